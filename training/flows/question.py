"""The life of a question: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard
from training.rules.content import faults
from training.rules.remarks import sentences


class QuestionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for the second person")
    REVIEWED = "reviewed", _("reviewed")
    IN_USE = "in_use", _("in use")
    RETIRED = "retired", _("retired")


@guard(_("The question has findings that must be settled first."))
def nothing_is_flagged(question, today):
    return not question.findings


@guard(_("The law it rests on is no longer in force."))
def its_law_is_in_force(question, today):
    return question.current.is_valid_on(today)


def its_answers_are_sound(question, today):
    """All that is wrong with text and answers of the current version, one sentence each."""
    version = question.current
    return sentences(faults(question.kind, version.stem, version.content))


S = QuestionState
FIT = (its_answers_are_sound, nothing_is_flagged)
QUESTION = Flow(
    Step("submit", _("Hand over for review"), S.DRAFT, S.SUBMITTED, *FIT),
    Step("send_back", _("Send back"), [S.SUBMITTED, S.REVIEWED], S.DRAFT),
    Step("review", _("Approve"), S.SUBMITTED, S.REVIEWED, *FIT, its_law_is_in_force),
    Step("put_in_use", _("Put in use"), S.REVIEWED, S.IN_USE, its_law_is_in_force),
    Step("retire", _("Retire"), [S.DRAFT, S.SUBMITTED, S.REVIEWED, S.IN_USE], S.RETIRED),
    editable=[S.DRAFT, S.REVIEWED, S.IN_USE],
)
