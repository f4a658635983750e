"""Addresses of complaints for the public and for mediators."""

from django.urls import path

from complaints.views import replies, respondents

urlpatterns = [
    path("my/complaints/", respondents.my_complaints, name="my_complaints"),
    path("my/complaints/replies/", replies.my_replies, name="my_replies"),
    path("my/complaints/replies/<int:pk>/", replies.my_reply, name="my_reply"),
    path("my/complaints/<int:pk>/", respondents.my_complaint, name="my_complaint"),
]
