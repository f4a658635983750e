"""The life of a complaint: every state, guard and step in one place.

Source: the table of the complaint in the specification. A suspension is no state: the clocks stand
still and no step is taken until it ends (``is_not_suspended``), and the complaint goes on where it
was.
"""

from django.db import models
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.flow import Flow, Step, asking, guard

# Asked before a decision (``obj``, ``today``): are the findings complete, is each ground decided?
may_decide_complaint = Signal()


class ComplaintState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("complaint", "received")
    SCREENING = "screening", pgettext_lazy("complaint", "being screened")
    AWAITING_MATERIAL = "awaiting_material", pgettext_lazy("complaint", "waiting for material")
    ACCEPTED = "accepted", pgettext_lazy("complaint", "accepted")
    REJECTED = "rejected", pgettext_lazy("complaint", "not accepted")
    LEAD = "lead", pgettext_lazy("complaint", "taken as a lead")
    ASSIGNED = "assigned", pgettext_lazy("complaint", "with the unit")
    FINDINGS_IN = "findings_in", pgettext_lazy("complaint", "findings are in")
    DECIDED = "decided", pgettext_lazy("complaint", "decided")
    REPLIED = "replied", pgettext_lazy("complaint", "replied")
    IN_REVIEW = "in_review", pgettext_lazy("complaint", "under review")
    REVIEWED = "reviewed", pgettext_lazy("complaint", "reviewed")
    IN_RECHECK = "in_recheck", pgettext_lazy("complaint", "under re-review")
    FINAL = "final", pgettext_lazy("complaint", "final")
    CLOSED = "closed", pgettext_lazy("complaint", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "withdrawn")
    MERGED = "merged", pgettext_lazy("complaint", "joined to another")


@guard(_("The complaint is suspended: end the suspension first."))
def is_not_suspended(complaint, today):
    return complaint.suspended_on is None


@guard(_("Nobody handles the complaint yet."))
def somebody_handles_it(complaint, today):
    return complaint.handler_id is not None


@guard(_("Only a complaint that names nobody becomes a lead."))
def it_is_anonymous(complaint, today):
    return complaint.is_anonymous


@guard(_("Missing material was asked for before; that is done once, for all that is missing."))
def nothing_was_asked_for_before(complaint, today):
    return not complaint.clocks.filter(key="material_days").exists()


@guard(_("The time to send the missing material is not over yet."))
def time_for_material_is_over(complaint, today):
    return complaint.clocks.filter(key="material_days", stopped_on=None, due_on__lt=today).exists()


@guard(_("The complaint was opened again once; that is possible once only."))
def it_was_not_reopened(complaint, today):
    return not complaint.is_reopened


@guard(_("What was sealed in the complaint was destroyed; it cannot be opened again."))
def its_key_is_there(complaint, today):
    return complaint.vault_key.destroyed_on is None


S = ComplaintState
# Where the bureau works on it, and where nothing more is to come.
WITH_THE_BUREAU = [
    S.RECEIVED, S.SCREENING, S.AWAITING_MATERIAL, S.ACCEPTED, S.ASSIGNED, S.FINDINGS_IN, S.DECIDED,
    S.IN_REVIEW, S.IN_RECHECK,
]  # fmt: skip
ENDED = [S.REJECTED, S.CLOSED, S.WITHDRAWN, S.MERGED]
BEFORE_DECISION = [
    S.RECEIVED, S.SCREENING, S.AWAITING_MATERIAL, S.ACCEPTED, S.ASSIGNED, S.FINDINGS_IN,
]  # fmt: skip
G = (is_not_suspended, somebody_handles_it)
COMPLAINT = Flow(
    Step("screen", _("Take it up for screening"), S.RECEIVED, S.SCREENING, is_not_suspended),
    Step(
        "ask_material", _("Ask for missing material"), S.SCREENING, S.AWAITING_MATERIAL,
        *G, nothing_was_asked_for_before,
    ),
    Step("go_on", _("Go on screening"), S.AWAITING_MATERIAL, S.SCREENING, is_not_suspended),
    Step(
        "lapse", _("Close for want of material"), S.AWAITING_MATERIAL, S.CLOSED,
        *G, time_for_material_is_over,
    ),
    Step("accept", _("Accept the complaint"), S.SCREENING, S.ACCEPTED, *G),
    Step("reject", _("Do not accept it"), S.SCREENING, S.REJECTED, *G),
    Step("make_lead", _("Take it as a lead"), S.SCREENING, S.LEAD, *G, it_is_anonymous),
    Step("pursue", _("Accept the lead as a complaint"), S.LEAD, S.ACCEPTED, *G),
    Step("assign", _("Send the task sheet"), S.ACCEPTED, S.ASSIGNED, *G),
    Step("object", _("The unit objects"), S.ASSIGNED, S.SCREENING, is_not_suspended),
    Step(
        "call_back", _("Take it back from the unit"), S.ASSIGNED, S.ACCEPTED, is_not_suspended,
    ),
    Step("report", _("Findings come in"), S.ASSIGNED, S.FINDINGS_IN, is_not_suspended),
    Step("send_back", _("Return the findings"), S.FINDINGS_IN, S.ASSIGNED, *G),
    Step("decide", _("Decide"), S.FINDINGS_IN, S.DECIDED, *G, asking(may_decide_complaint)),
    Step("reply", _("Reply to both sides"), S.DECIDED, S.REPLIED, *G),
    Step("ask_review", _("A review is asked for"), S.REPLIED, S.IN_REVIEW),
    Step("review", _("Decide the review"), S.IN_REVIEW, S.REVIEWED, is_not_suspended),
    Step("look_again", _("Have it investigated again"), S.IN_REVIEW, S.ACCEPTED, is_not_suspended),
    Step("ask_recheck", _("A re-review is asked for"), S.REVIEWED, S.IN_RECHECK),
    Step("recheck", _("Record the re-review"), S.IN_RECHECK, S.FINAL, is_not_suspended),
    Step("close", _("Close"), [S.LEAD, S.REPLIED, S.REVIEWED, S.FINAL], S.CLOSED),
    Step("reopen", _("Open again"), S.CLOSED, S.SCREENING, it_was_not_reopened, its_key_is_there),
    Step("withdraw", _("Note the withdrawal"), BEFORE_DECISION, S.WITHDRAWN),
    Step("merge", _("Join to another complaint"), BEFORE_DECISION, S.MERGED, is_not_suspended),
    editable=[],
)  # fmt: skip
