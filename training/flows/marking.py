"""The lives of a marking, of a correction of a key and of an appeal against a result.

Their guards are asked about the day.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.flow import Flow, Step, guard
from training.flows.exam import AttemptState, ExamState


class MarkingState(models.TextChoices):
    CLAIMED = "claimed", _("waits for its marker")
    MARKED = "marked", _("marked")
    RETURNED = "returned", _("handed back")


class RekeyState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", pgettext_lazy("rekey", "in force")
    DROPPED = "dropped", _("turned down")


class AppealState(models.TextChoices):
    OPEN = "open", _("open")
    UPHELD = "upheld", pgettext_lazy("appeal", "upheld")
    REJECTED = "rejected", pgettext_lazy("appeal", "rejected")


@guard(_("The exam is not in marking."))
def its_exam_is_in_marking(marking, today):
    return marking.item.attempt.exam.state == ExamState.MARKING


@guard(_("The attempt was voided; hand the answer back."))
def its_attempt_stands(marking, today):
    return marking.item.attempt.state != AttemptState.VOIDED


@guard(_("This question is not marked by persons any more; hand the answer back."))
def its_answer_has_no_score(marking, today):
    return marking.item.score is None


@guard(_("Keys are corrected between the collection of the papers and the archive."))
def its_exam_can_be_marked_anew(rekey, today):
    return rekey.exam.state in {ExamState.MARKING, ExamState.ASKED, ExamState.RELEASED}


@guard(_("The results are not out."))
def its_results_are_out(appeal, today):
    return appeal.attempt.exam.state == ExamState.RELEASED


@guard(_("The attempt has no result."))
def it_has_a_result(appeal, today):
    return appeal.attempt.state in {AttemptState.PASSED, AttemptState.FAILED}


M, R, A = MarkingState, RekeyState, AppealState
MARKING = Flow(
    Step(
        "mark",
        _("Mark"),
        M.CLAIMED,
        M.MARKED,
        its_exam_is_in_marking,
        its_attempt_stands,
        its_answer_has_no_score,
    ),
    Step("hand_back", _("Hand back"), M.CLAIMED, M.RETURNED),
    editable=[],
)
REKEY = Flow(
    Step(
        "confirm",
        _("Put in force and mark anew"),
        R.PROPOSED,
        R.CONFIRMED,
        its_exam_can_be_marked_anew,
    ),
    Step("drop", _("Turn down"), R.PROPOSED, R.DROPPED),
    editable=[],
)
APPEAL = Flow(
    Step("uphold", _("Uphold"), A.OPEN, A.UPHELD, its_results_are_out, it_has_a_result),
    Step("reject", pgettext_lazy("appeal", "Reject"), A.OPEN, A.REJECTED, its_results_are_out),
    editable=[],
)
