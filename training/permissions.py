"""What each role may do in training; which rows is a matter of scope.

Source: the table of rights in the specification. A question's author never approves it.
"""

from office.roles import Role, allow

READ = [
    "training.view_question",
    "training.view_trainingpolicy",
    "training.view_hourentry",
]
# The keys of questions: only for those who write and review them.
WRITE_QUESTIONS = [
    "training.add_question",
    "training.change_question",
    "training.submit_question",
    "training.review_question",
    "training.send_back_question",
    "training.put_in_use_question",
    "training.retire_question",
]


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow_courses()
    allow(Role.TRAINER, *READ, *WRITE_QUESTIONS)
    allow(Role.CITY_BUREAU, "training.view_trainingpolicy", "training.add_trainingpolicy")
    allow(Role.CITY_BUREAU, "training.view_hourentry")
    allow(Role.COUNTY_BUREAU, "training.view_trainingpolicy", "training.view_hourentry")
    allow(Role.AUDITOR, "training.view_trainingpolicy", "training.view_hourentry")


SEE_STUDIES = ["training.view_coursestudy", "training.view_coursepage"]
SEE_FIGURES = [
    *SEE_STUDIES,
    "training.view_studydivision",
    "training.export_coursestudy",
    "training.set_aside_coursestudy",
    "training.export_coursepage",
    "training.export_studydivision",
]
SEE_TEACHING = ["training.view_textbook", "training.view_lecturer"]
TEACH = [
    *SEE_TEACHING,
    "training.add_textbook",
    "training.change_textbook",
    "training.export_textbook",
    "training.add_lecturer",
    "training.change_lecturer",
    "training.export_lecturer",
    "training.unmask_lecturer",
]


def allow_courses():
    """Who sees what people study, and who keeps textbooks and lecturers.

    Courses are pages: a trainer writes them by the rights of Wagtail's page tree
    (``training.actions.let_trainers_write``).
    """
    for role in [Role.TRAINER, Role.COUNTY_BUREAU, Role.CITY_BUREAU]:
        allow(role, *SEE_FIGURES, *TEACH)
    for role in [Role.CLERK, Role.JUSTICE_OFFICE]:
        allow(role, *SEE_STUDIES)
    allow(Role.AUDITOR, *SEE_STUDIES, "training.view_studydivision", *SEE_TEACHING)
