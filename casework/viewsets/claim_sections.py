"""What the page of a claim tells: its lines, who gets what, what was left out, every step."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.flows import ClaimState
from casework.reports.claims import funds_of, left_out, lines_of, payees_of
from casework.rules.capitals import capitals
from office.clocks import Calendar
from office.desk.columns import Section, facts_of
from office.desk.viewset import DESKS
from office.templatetags.clocks import due_text

LINE_TONES = {"struck": "error", "withdrawn": "plain", "open": "ok"}


def facts_section(batch, page):
    """What is claimed by whom for when, and by when it had to be handed in."""
    names = ["organization", "division", "year", "quarter", "opened_by", "opened_on"]
    names += ["submitted_on", "turn", "line_count", "total_claimed", "total_approved"]
    names += ["approved_on", "paid_on", "voucher", "disclosed_on", "disclosed_until_on"]
    facts = [(label, value) for label, value in facts_of(batch, *names) if value not in (None, "")]
    deadline = batch.deadline(Calendar.load())
    facts.insert(4, (_("To be handed in"), due_text(deadline, batch.submitted_on or page.today)))
    if batch.is_late(page.today):
        facts.insert(5, (_("Late"), _("It was not handed in in time; it is checked all the same.")))
    return Section(name="claim", heading=_("Subsidy claim"), icon="order", facts=facts)


def reasons_section(batch):
    """Why it was returned, and by whom."""
    label = ClaimState(batch.returned_from).label if batch.returned_from else _("Reasons given")
    facts = [(label, batch.reasons)]
    return Section(name="reasons", heading=_("Reasons given"), icon="warning", facts=facts)


def lines_section(batch, page):
    """The lines: claimed and approved side by side, who gets what, what bars a line."""
    desk = DESKS["casework.claimline"]
    rows = [
        {
            "line": line,
            "url": desk.url("inspect", line.pk),
            "tone": LINE_TONES[line.state],
            "shares": line.shares.all(),
            "faults": line.fault_sentences() if line.stands else [],
        }
        for line in lines_of(batch)
    ]
    return Section(
        name="lines",
        heading=pgettext("casework", "Cases"),
        icon="list-ul",
        template="casework/desk/claim_lines.html",
        context={"rows": rows, "batch": batch},
    )


def left_out_section(batch):
    """The cases of the quarter that are not claimed, each with the reasons."""
    return Section(
        name="left-out",
        heading=_("Cases of the quarter that are not claimed"),
        icon="minus",
        template="casework/desk/claim_left_out.html",
        context={"rows": left_out(batch)},
    )


def money_section(batch):
    """Who gets what, and what the funds bear."""
    payees = payees_of(batch)
    return Section(
        name="money",
        heading=_("Who gets what"),
        icon="group",
        template="casework/desk/claim_money.html",
        context={
            "payees": payees,
            "funds": funds_of(batch),
            "total": batch.total_approved,
            "capitals": capitals(batch.total_approved),
        },
    )


def steps_section(batch):
    """All steps that were ever taken, returns among them."""
    steps = batch.steps.select_related("by")
    return Section(
        name="steps",
        heading=_("Steps"),
        icon="history",
        template="casework/desk/claim_steps.html",
        context={"steps": list(steps)},
    )
