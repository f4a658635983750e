"""The sections of a complaint's page: metadata for all, the sealed parts for those given it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints import vault
from complaints.actions import mark_read
from complaints.models import ComplaintGround, Mode
from complaints.notices.progress import leading
from complaints.reports.limits import clock_lines
from office.clocks import Calendar
from office.desk.columns import Section, facts_of


def sections_of(record, page):
    """Return the sections the officer may see."""
    shown = [metadata(record), clocks(record, page)]
    if not page.reads:
        return shown
    try:
        return [shown[0], about(record), *sealed(record, page), shown[1], linked(record, page)]
    except vault.Destroyed:
        return [*shown, destroyed()]


def metadata(record):
    """What everybody who lists complaints may know: no name, no word of it."""
    facts = facts_of(
        record, "number", "channel", "mode", "urgency", "state", "division", "handler",
        "received_on", "suspended_on", "closed_on",
    )  # fmt: skip
    return Section(name="metadata", heading=_("Complaint"), icon="doc-empty", facts=facts)


def about(record):
    """Who is complained of, and on what grounds."""
    grounds = dict(ComplaintGround.choices)
    said = "、".join(str(grounds.get(code, code)) for code in record.grounds)
    facts = [
        *facts_of(record, "about", "mediator", "organization"),
        (pgettext("complaint", "Grounds"), said),
        *facts_of(record, "happened_on", "source_number"),
    ]
    if record.mode == Mode.CONFIDENTIAL:
        wish = _("The complainant wishes to be asked through the code, not by telephone.")
        facts.append((pgettext("complaint", "Confidential"), wish))
    return Section(name="about", heading=_("Complained of"), icon="user", facts=facts)


def sealed(record, page):
    """What was said, and the files; the handler has seen now what the complainant sent."""
    said = [(row, text) for row, text in vault.statements(record)]
    if page.request.user.pk == leading(record).handler_id:
        mark_read(record, today=timezone.localdate())
    pieces = [
        (row, name, page.desk.url("evidence", record.pk, row.pk))
        for row, name in vault.files(record)
    ]
    return [
        Section(
            name="statements",
            heading=_("What was said"),
            icon="comment",
            template="complaints/desk/statements.html",
            context={"said": said, "is_anonymous": record.mode == Mode.ANONYMOUS},
        ),
        Section(
            name="evidence",
            heading=_("Evidence"),
            icon="doc-full",
            template="complaints/desk/evidence.html",
            context={"pieces": pieces},
        ),
    ]


def clocks(record, page):
    """Every limit: its unit, last day, figure, pauses, and whether it is provisional."""
    rows = record.clocks.select_related("policy").prefetch_related("pauses")
    return Section(
        name="clocks",
        heading=_("Limits"),
        icon="time",
        template="complaints/desk/clocks.html",
        context={"lines": clock_lines(rows, Calendar.load(), page.today)},
    )


def linked(record, page):
    """Complaints joined to this one or it to them, as far as the officer may see them."""
    rows = page.desk.rows(page.request.user)
    found = [
        (_("Joined to"), rows.filter(merged=record)),
        (_("Joined to this one"), rows.filter(merged_into=record)),
        (_("Retaliation on account of"), rows.filter(retaliations=record)),
        (_("Reports of retaliation"), rows.filter(retaliation_for=record)),
    ]
    links = [
        (label, row, page.desk.url("inspect", row.pk)) for label, some in found for row in some
    ]
    return Section(
        name="linked",
        heading=_("Complaints that belong to it"),
        icon="link",
        template="complaints/desk/linked.html",
        context={"links": links},
    )


def destroyed():
    """What is left once the key is gone."""
    facts = [(_("Sealed parts"), _("The key was destroyed: nothing of it can be read again."))]
    return Section(name="destroyed", heading=_("What was said"), icon="lock", facts=facts)
