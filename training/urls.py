"""The public pages of training, and those of the mediators."""

from django.urls import path

from training.views import mentorships
from training.views.hours import my_hours
from training.views.sessions import (
    enrol_in_session,
    leave_session,
    my_session,
    my_sessions,
    session_calendar,
    session_feedback,
)
from training.views.sign_in import sign_in

urlpatterns = [
    path("my/hours/", my_hours, name="my_hours"),
    path("my/sessions/", my_sessions, name="my_sessions"),
    path("my/sessions/sign-in/<str:code>/", sign_in, name="sign_in"),
    path("my/sessions/<int:pk>/", my_session, name="my_session"),
    path("my/sessions/<int:pk>/enrol/", enrol_in_session, name="enrol_in_session"),
    path("my/sessions/<int:pk>/leave/", leave_session, name="leave_session"),
    path("my/sessions/<int:pk>/calendar.ics", session_calendar, name="session_calendar"),
    path("my/sessions/<int:pk>/opinion/", session_feedback, name="session_feedback"),
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
