"""The public pages of training, and those of the mediators."""

from django.urls import path

from training.views import mentorships
from training.views.hours import my_hours

urlpatterns = [
    path("my/hours/", my_hours, name="my_hours"),
    path("my/mentorship/", mentorships.my_pairings, name="my_pairings"),
    path("my/mentorship/<int:pk>/", mentorships.my_pairing, name="my_pairing"),
    path("my/mentorship/<int:pk>/accept/", mentorships.accept_pairing, name="accept_pairing"),
    path("my/mentorship/<int:pk>/decline/", mentorships.decline_pairing, name="decline_pairing"),
    path(
        "my/mentorship/<int:pk>/logs/<int:log>/confirm/",
        mentorships.confirm_log,
        name="confirm_log",
    ),
]
