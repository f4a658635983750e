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
    "training.settle_question",
    "training.see_keys_question",
    "training.export_question",
    "training.view_questionimport",
    "training.add_questionimport",
    "training.enter_questionimport",
    "training.drop_questionimport",
]


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow(Role.TRAINER, *READ, *WRITE_QUESTIONS)
    allow(Role.CITY_BUREAU, "training.view_trainingpolicy", "training.add_trainingpolicy")
    allow(Role.CITY_BUREAU, "training.view_hourentry")
    allow(Role.COUNTY_BUREAU, "training.view_trainingpolicy", "training.view_hourentry")
    allow(Role.AUDITOR, "training.view_trainingpolicy", "training.view_hourentry")
