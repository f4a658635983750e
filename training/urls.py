"""The public pages of training, and those of the mediators."""

from django.urls import path

from training.views import exam_saves, exams, mentorships, results
from training.views.hours import my_hours

urlpatterns = [
    path("my/exams/", exams.my_exams, name="my_exams"),
    path("my/exams/<int:pk>/", exams.my_exam, name="my_exam"),
    path("my/exams/<int:pk>/begin/", exams.begin_exam, name="begin_exam"),
    path("my/exams/<int:pk>/take-over/", exams.take_over_exam, name="take_over_exam"),
    path("my/exams/<int:pk>/questions/<int:position>/", exams.exam_question, name="exam_question"),
    path("my/exams/<int:pk>/save/", exam_saves.save_exam_answer, name="save_exam_answer"),
    path("my/exams/<int:pk>/clock/", exam_saves.exam_clock, name="exam_clock"),
    path("my/exams/<int:pk>/hand-in/", exams.exam_hand_in, name="exam_hand_in"),
    path("my/exams/<int:pk>/result/", results.exam_result, name="exam_result"),
    path("my/exams/<int:pk>/appeal/", results.appeal_result, name="appeal_result"),
    path("my/exams/<int:pk>/read/", results.acknowledge_result, name="acknowledge_result"),
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
