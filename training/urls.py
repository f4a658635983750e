"""The public pages of training, and those of the mediators."""

from django.urls import path

from training.views.hours import my_hours

urlpatterns = [
    path("my/hours/", my_hours, name="my_hours"),
]
