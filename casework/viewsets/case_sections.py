"""The parts of a case's page."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.reports.cases import (
    confirmation_deadline,
    documents_of_file,
    entries_of_dispute,
    faults_of,
    likely_twins,
    masked_parties,
    parts_of,
)
from office.desk.columns import Section, facts_of
from office.desk.viewset import DESKS
from registry.models import Mediator


def sections_of(desk, case, page):
    """Return the sections of a case, what looks wrong first."""
    others = _other_entries(desk, case, page)
    wrong = faults_of(case, list(case.shares.all()))
    flagged = [
        Section(
            name="flags",
            heading=_("What looks wrong"),
            icon="warning",
            template="casework/desk/flags.html",
            context={"sentences": wrong},
        )
    ]
    return [
        *(flagged if wrong else []),
        *others,
        _facts(case),
        _mediators(case, page),
        _parties(case),
        *([_agreement(case, page)] if case.state == "succeeded" else []),
        _documents(case),
    ]


def _facts(case):
    facts = facts_of(
        case, "number", "organization", "division", "dispute_type", "difficulty", "source",
        "accepted_on", "closed_on", "people", "amount", "attempts", "transferred_to", "origin",
    )  # fmt: skip
    shown = _("on record, shown with the parties") if case.summary else ""
    facts.append((_("What it was about"), shown))
    return Section(name="facts", heading=_("Case"), facts=facts)


def _mediators(case, page):
    desk = DESKS["registry.mediator"]
    parts = parts_of(case)
    seen = set(
        Mediator.objects.within(page.request.user)
        .filter(pk__in=[part.person.pk for part in parts])
        .values_list("pk", flat=True)
    )
    rows = [
        (part, desk.url("inspect", part.person.pk) if part.person.pk in seen else "")
        for part in parts
    ]
    return Section(
        name="mediators",
        heading=_("Mediators and their parts"),
        icon="group",
        template="casework/desk/mediators.html",
        context={"rows": rows},
    )


def _parties(case):
    return Section(
        name="parties",
        heading=_("Parties (masked)"),
        icon="user",
        template="casework/desk/masked.html",
        context={"parties": masked_parties(case)},
    )


def _agreement(case, page):
    facts = facts_of(
        case, "agreement", "agreed_on", "fulfilment", "due_on", "fulfilled_on", "is_voluntary",
        "confirmation", "confirmation_on", "judgment",
    )  # fmt: skip
    deadline = confirmation_deadline(case)
    if deadline is not None and not case.confirmation:
        facts.append((_("A court may be asked to confirm it until"), deadline.due_on))
    return Section(name="agreement", heading=_("Agreement, fulfilment and court"), facts=facts)


def _documents(case):
    return Section(
        name="file",
        heading=pgettext("case", "File"),
        icon="doc-full",
        template="casework/desk/documents.html",
        context={"documents": documents_of_file(case)},
    )


def _other_entries(desk, case, page):
    rows = desk.rows(page.request.user)
    joined, likely = entries_of_dispute(case, rows), likely_twins(case, rows, page.today)
    linked = [[(row, desk.url("inspect", row.pk)) for row in found] for found in (joined, likely)]
    if not joined and not likely:
        return []
    return [
        Section(
            name="dispute",
            heading=_("Other entries of this dispute"),
            icon="link",
            template="casework/desk/entries.html",
            context={"joined": linked[0], "likely": linked[1]},
        )
    ]
