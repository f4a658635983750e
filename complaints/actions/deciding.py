"""A complaint is decided, ground by ground, by somebody it was given to."""

from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.clocks import start_clock, stop_clock
from complaints.actions.consequences import lift_consequences
from complaints.actions.reading import NotGiven, may_read
from complaints.actions.received_sheets import findings_on
from complaints.actions.stepping import stepping
from complaints.actions.task_sheets import end_sheets
from complaints.models import ComplaintKey, Decision, DecisionItem, Stage
from complaints.queries.decisions import is_recused, post_complained_of
from complaints.rules.decisions import ground_refusals, measure_refusals, result_of
from office import ledger
from office.flow import Refused
from registry.letters import bureau_for

K = ComplaintKey
REASONS = "reasons"


def decide(pk, *, by, today, items, reasons, measures=()):
    """Decide a complaint; ``items`` are (ground, finding), each ground of the complaint once.

    The limit to decide stops. The limit to reply starts; to a nameless complainant none is owed.

    :raises Refused: if the officer is recused or was not given the case, a ground is left out or
        decided twice, or a measure cannot follow.
    """
    with stepping("decide", pk, by=by, today=today) as complaint:
        refuse_strangers(complaint, by)
        decision = store_decision(
            complaint, Stage.FIRST, items, reasons, measures, by=by, today=today,
            body=bureau_for(by, complaint.division_id), decided_on=today,
        )  # fmt: skip
        end_sheets(complaint, by=by, today=today)
        stop_clock(complaint, K.TOTAL_DAYS, today=today)
        if not complaint.is_anonymous:
            start_clock(complaint, K.REPLY_DAYS, today=today)
    return decision


def findings_missing(complaint):
    """Return what is missing in the findings: every ground, and what the other side said to it.

    Where nobody was heard, why not stands in the place of what was said.
    """
    found = findings_on(complaint)
    if found is None:
        return [_("No findings have been reported.")]
    _row, told = found
    missing = []
    if not told["said"].strip():
        missing.append(_("The findings do not say what the other side said, or why nobody asked."))
    if set(complaint.grounds) - set(told["grounds"]):
        missing.append(_("The findings leave out a ground of the complaint."))
    return missing


def store_decision(complaint, stage, items, reasons, measures, *, by, today, body, decided_on):
    """Keep a decision in the place of the one that stood; what that one asked for is lifted.

    Its consequences are opened when it is told to the sides.
    """
    items, measures = list(items), list(measures)
    if refusals := ground_refusals(complaint.grounds, items):
        raise Refused(refusals)
    result = result_of(finding for _ground, finding in items)
    if refusals := _measure_refusals(complaint, result, measures):
        raise Refused({"measures": refusals})
    put_aside(complaint, by=by, today=today)
    decision = Decision(
        complaint=complaint, stage=stage, result=result, measures=measures, body=body,
        decided_on=decided_on, decided_by=by,
        sealed_reasons=vault.seal_text(complaint, reasons, REASONS),
    )  # fmt: skip
    decision.full_clean()
    decision.save()
    for ground, finding in items:
        item = DecisionItem(decision=decision, ground=ground, finding=finding)
        item.full_clean()
        item.save()
    told = {"stage": stage, "result": result, "measures": measures}
    ledger.append("complaints.decision.add", decision, by=by, after=told)
    return decision


def put_aside(complaint, *, by, today):
    """Let the decision that stood stand no longer, and lift what it asked for."""
    for stood in complaint.decisions.select_for_update(of=("self",)).filter(stands=True):
        lift_consequences(stood, by=by, today=today)
        stood.stands = False
        stood.save(update_fields=["stands"])


def reasons_of(decision):
    """Return the reasons of a decision. Whoever calls has asked whether they may be read."""
    return vault.open_text(decision.complaint, decision.sealed_reasons, REASONS)


def refuse_strangers(complaint, by):
    """Refuse whoever is recused or was not given the case to read. :raises Refused: then."""
    if is_recused(complaint, by):
        raise Refused(_("You have to do with this complaint: somebody else deals with it."))
    if not may_read(complaint, by):
        raise NotGiven


def _measure_refusals(complaint, result, measures):
    post = post_complained_of(complaint)
    return measure_refusals(
        result,
        measures,
        route=post.route if post else "",
        has_post=post is not None,
        has_body=complaint.organization_id is not None,
    )
