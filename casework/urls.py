"""The public pages of casework, and those of the mediators."""

from django.urls import path

from casework.views.opinions import find_opinion, opinion, opinion_thanks

urlpatterns = [
    path("opinion/", find_opinion, name="find_opinion"),
    path("opinion/thanks/", opinion_thanks, name="opinion_thanks"),
    path("opinion/<str:code>/", opinion, name="opinion"),
]
