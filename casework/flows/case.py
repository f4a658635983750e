"""The life of a case in the ledger."""

from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.flow import Flow, Step, guard

# Asked with ``cases`` (pks) and ``today``; answered with {pk: sentences that bar changing what
# was claimed or paid for it}. One question for a file of many cases.
may_change_cases = Signal()


def what_bars_changes(cases, today):
    """Return {pk: sentences} for those of the cases (pks) that must not be changed."""
    barred = {}
    for _receiver, answer in may_change_cases.send(None, cases=list(cases), today=today):
        for pk, sentences in answer.items():
            barred.setdefault(pk, []).extend(sentences)
    return barred


def nothing_bars_a_change(case, today):
    """A guard: the reasons are those of whoever was asked."""
    return what_bars_changes([case.pk], today).get(case.pk, [])


class CaseState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ACCEPTED = "accepted", _("accepted")
    SUCCEEDED = "succeeded", _("succeeded")
    FAILED = "failed", pgettext_lazy("case", "failed")
    WITHDRAWN = "withdrawn", _("withdrawn by the parties")
    TRANSFERRED = "transferred", _("passed on")
    VOID = "void", _("struck out")


@guard(_("Name at least one mediator."))
def somebody_mediates(case, today):
    return case.shares.exists()


@guard(_("The case was accepted on a later day than this."))
def the_day_has_come(case, today):
    return case.accepted_on is not None and case.accepted_on <= today


S = CaseState
CLOSED = [S.SUCCEEDED, S.FAILED, S.WITHDRAWN, S.TRANSFERRED]
CASE = Flow(
    Step("accept", _("Accept the case"), S.DRAFT, S.ACCEPTED, somebody_mediates, the_day_has_come),
    Step("succeed", _("Close as succeeded"), S.ACCEPTED, S.SUCCEEDED, somebody_mediates),
    Step("fail", _("Close as failed"), S.ACCEPTED, S.FAILED),
    Step("withdraw", _("Close as withdrawn"), S.ACCEPTED, S.WITHDRAWN),
    Step("transfer", _("Pass on"), S.ACCEPTED, S.TRANSFERRED),
    Step("reopen", _("Open again"), CLOSED, S.ACCEPTED, nothing_bars_a_change),
    Step("void", _("Strike out"), [S.ACCEPTED, *CLOSED], S.VOID, nothing_bars_a_change),
    editable=[S.DRAFT, S.ACCEPTED, *CLOSED],
)
