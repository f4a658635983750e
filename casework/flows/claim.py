"""The life of a claim batch: from an organisation through the checks to the payment."""

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from casework.rules.claims import ClaimFault
from office.flow import Flow, Step, asking, guard
from registry.flows import OrganizationState
from registry.flows.organization import DIRECT_KINDS

# Asked with ``obj`` (a batch) and ``today`` before it goes on; answered with sentences that bar it.
may_pass_claim = Signal()


class ClaimState(models.TextChoices):
    """Where a batch lies: each state but the last ones names whose turn it is."""

    DRAFT = "draft", _("draft")
    FIRST_CHECK = "first_check", _("awaiting first check")
    SECOND_CHECK = "second_check", _("awaiting second check")
    TOWNSHIP_REVIEW = "township_review", _("awaiting the township's review")
    BUREAU_CHECK = "bureau_check", _("awaiting the bureau's check")
    APPROVAL = "approval", _("awaiting approval")
    APPROVED = "approved", _("approved, to be paid")
    PAID = "paid", _("paid")
    RETURNED = "returned", _("returned with reasons")
    WITHDRAWN = "withdrawn", _("withdrawn")


class LineState(models.TextChoices):
    """Whether a line stands; only lines that stand are paid."""

    OPEN = "open", _("stands")
    STRUCK = "struck", _("struck out")
    WITHDRAWN = "withdrawn", _("withdrawn with its batch")


S = ClaimState
IN_OFFICE = [S.FIRST_CHECK, S.SECOND_CHECK, S.TOWNSHIP_REVIEW]
IN_BUREAU = [S.BUREAU_CHECK, S.APPROVAL]
IN_CHECK = [*IN_OFFICE, *IN_BUREAU]
HANDED_IN = [*IN_CHECK, S.APPROVED, S.PAID]
WITH_THE_CLERK = [S.DRAFT, S.RETURNED]
# Whose turn it is in a state: the step onward, and with it the permission to mend lines.
HELD_WITH = {
    S.DRAFT: "submit",
    S.RETURNED: "submit",
    S.FIRST_CHECK: "check_first",
    S.SECOND_CHECK: "check_second",
    S.TOWNSHIP_REVIEW: "record_review",
    S.BUREAU_CHECK: "check_totals",
}
LISTED = {
    OrganizationState.LISTED,
    OrganizationState.CHANGE_PENDING,
    OrganizationState.RECTIFYING,
}


def is_direct(batch):
    """Whether the batch goes to the bureau without a justice office, as filings of its kind do."""
    return batch.organization.kind in DIRECT_KINDS


@guard(_("This goes through the justice office."))
def goes_to_the_bureau(batch, today):
    return is_direct(batch)


@guard(_("This goes to the bureau directly."))
def goes_to_the_office(batch, today):
    return not is_direct(batch)


@guard(_("The organisation is not on the roster."))
def organization_is_listed(batch, today):
    return batch.organization.state in LISTED


@guard(_("The quarter has not ended yet."))
def quarter_is_over(batch, today):
    return batch.ends_on <= today


@guard(_("No line stands in this batch."))
def a_line_stands(batch, today):
    return batch.lines.standing().exists()


def lines_are_sound(batch, today):
    """Give for every fault of a standing line the cases it concerns."""
    cases = {}
    for number, faults in batch.lines.standing().values_list("case__number", "faults"):
        for fault in faults:
            cases.setdefault(fault, []).append(number)
    return [
        _("%(fault)s Cases: %(numbers)s.")
        % {"fault": ClaimFault(fault).label, "numbers": "、".join(sorted(numbers))}
        for fault, numbers in sorted(cases.items())
    ]


@guard(_("The totals kept with the batch are not those of its lines, shares and funds."))
def totals_add_up(batch, today):
    return batch.recounted() == batch.kept_totals


@guard(_("A case was joined with another entry of its dispute; hand the batch in again."))
def disputes_are_as_claimed(batch, today):
    lines = batch.lines.standing().annotate(now=Coalesce("case__same_as_id", "case_id"))
    return not lines.exclude(dispute_id=F("now")).exists()


ceilings_hold = asking(may_pass_claim)
CONTENT = [
    organization_is_listed, quarter_is_over, a_line_stands, lines_are_sound, totals_add_up,
    ceilings_hold,
]  # fmt: skip
CHECKED = [a_line_stands, lines_are_sound, disputes_are_as_claimed, totals_add_up, ceilings_hold]
CLAIM = Flow(
    Step("submit", _("Submit"), S.DRAFT, S.FIRST_CHECK, goes_to_the_office, *CONTENT),
    Step("submit_directly", _("Submit"), S.DRAFT, S.BUREAU_CHECK, goes_to_the_bureau, *CONTENT),
    Step("resubmit", _("Submit again"), S.RETURNED, S.FIRST_CHECK, goes_to_the_office, *CONTENT),
    Step(
        "resubmit_directly",
        _("Submit again"),
        S.RETURNED,
        S.BUREAU_CHECK,
        goes_to_the_bureau,
        *CONTENT,
    ),
    Step("check_first", _("First check passed"), S.FIRST_CHECK, S.SECOND_CHECK, *CHECKED),
    Step("check_second", _("Second check passed"), S.SECOND_CHECK, S.TOWNSHIP_REVIEW, *CHECKED),
    Step(
        "record_review",
        _("Record the township's review"),
        S.TOWNSHIP_REVIEW,
        S.BUREAU_CHECK,
        *CHECKED,
    ),
    Step("check_totals", _("Bureau's check passed"), S.BUREAU_CHECK, S.APPROVAL, *CHECKED),
    Step("approve", _("Approve"), S.APPROVAL, S.APPROVED, *CHECKED),
    Step("pay", _("Record the payment"), S.APPROVED, S.PAID, a_line_stands, totals_add_up),
    Step("send_back", _("Return with reasons"), [*IN_CHECK, S.APPROVED], S.RETURNED),
    Step("withdraw", _("Withdraw"), WITH_THE_CLERK, S.WITHDRAWN),
    editable=WITH_THE_CLERK,
)
HANDING_IN = ("submit", "submit_directly", "resubmit", "resubmit_directly")


def is_on_its_route(batch, name):
    """Whether this way of handing in is the one the batch takes from its state."""
    goes_directly = name.endswith("_directly")
    return batch.state in CLAIM.steps[name].sources and is_direct(batch) is goes_directly
