"""The public pages of training, and those of the mediators."""

from django.urls import path

from training import views
from training.views import (
    exam_saves,
    exams,
    mentorships,
    own_certificates,
    results,
    textbooks,
    verification,
)
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
    path("my/textbooks/", textbooks.my_textbooks, name="my_textbooks"),
    path(
        "my/textbooks/<int:pk>/files/<int:document>/",
        textbooks.textbook_file,
        name="textbook_file",
    ),
    path("my/courses/", views.my_courses, name="my_courses"),
    path("my/courses/<int:pk>/", views.my_course, name="my_course"),
    path("my/courses/<int:pk>/begin/", views.begin_course, name="begin_course"),
    path("my/courses/<int:pk>/finish/", views.finish_course, name="finish_course"),
    path("my/lessons/<int:pk>/", views.my_lesson, name="my_lesson"),
    path("my/lessons/<int:pk>/resume/", views.resume_lesson, name="resume_lesson"),
    path("my/lessons/<int:pk>/read/", views.read_on, name="read_on"),
    path("my/lessons/<int:pk>/done/", views.finish_lesson, name="finish_lesson"),
    path("my/lessons/<int:pk>/quiz/<uuid:block>/", views.answer_quiz, name="answer_quiz"),
    path("lesson-videos/<int:pk>/<str:filename>", views.lesson_video, name="lesson_video"),
    path("verify/", verification.verify, name="verify"),
    path("verify/file/", verification.verify_file, name="verify_file"),
    path("verify/keys/", verification.verification_keys, name="verification_keys"),
    path("verify/<slug:code>/", verification.verify_certificate, name="verify_certificate"),
    path("verify/<slug:code>/signed/", verification.signed_certificate, name="signed_certificate"),
    path("my/certificates/", own_certificates.own_certificates, name="own_certificates"),
    path("my/certificates/<int:pk>/", own_certificates.own_certificate, name="own_certificate"),
    path(
        "my/certificates/<int:pk>/paper/",
        own_certificates.own_certificate_paper,
        name="own_certificate_paper",
    ),
    path(
        "my/certificates/<int:pk>/badge/",
        own_certificates.own_certificate_badge,
        name="own_certificate_badge",
    ),
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
]
