"""Addresses of complaints for the public and for mediators."""

from django.urls import path

from complaints.views import respondents

urlpatterns = [
    path("my/complaints/", respondents.my_complaints, name="my_complaints"),
    path("my/complaints/<int:pk>/", respondents.my_complaint, name="my_complaint"),
]
