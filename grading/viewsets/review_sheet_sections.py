"""What the page of a review sheet tells: figures, points, the result, objections, versions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.notices.review_words import said_of
from grading.reports.review_lines import told_of
from office.desk.columns import Column, Section, facts_of
from office.desk.viewset import DESKS

FACTS = (
    "cycle", "mediator", "organization", "division", "number", "in_from",
    Column(
        name="last_day_in", label=gettext_lazy("served until"), value=lambda row: row.last_day_in
    ),
    "days_in",
    "handed_in_on", "returned_on", "return_reason", "correction_reason", "checked_by",
    "decided_by", "decided_on", "signed_on", "flagged_on",
)  # fmt: skip


def sections_of(record, page):
    told = told_of(record)
    made_of = parts_section(told, page) if told.parts else lines_section(told)
    found = [facts_section(record), made_of, result_section(record, told)]
    if record.statement:
        found.append(statement_section(record))
    return [*found, *objections_of(record), *versions_of(record, page)]


def facts_section(record):
    """Whose sheet it is, and how far it is."""
    found = [(label, value) for label, value in facts_of(record, *FACTS) if value not in (None, "")]
    if record.is_late:
        found.append((_("Self-review"), _("without a self-review")))
    return Section(name="sheet", heading=_("Review sheet"), icon="form", facts=found)


def lines_section(told):
    """Each indicator: the figure and where it comes from, the points and who gave them."""
    return Section(
        name="lines",
        heading=_("Figures and points"),
        icon="list-ul",
        template="grading/desk/review_lines.html",
        context={"lines": told.lines, "flagged": told.flagged},
    )


def parts_section(told, page):
    """The shorter reviews of a year: what each came to, and what became of it."""
    desk, keys = DESKS["grading.reviewsheet"], [one.sheet for one in told.parts if one.sheet]
    seen = set(page.rows().filter(pk__in=keys).values_list("pk", flat=True))
    rows = [
        (one, desk.url("inspect", one.sheet) if one.sheet in seen else "") for one in told.parts
    ]
    return Section(
        name="parts",
        heading=_("What the year is made up of"),
        icon="list-ul",
        template="grading/desk/review_parts.html",
        context={"parts": rows},
    )


def result_section(record, told):
    """What the lines add up to now, and what was kept when the sheet was checked."""
    kept = [
        (_("Result kept"), said_of(record.result) if record.result else ""),
        (_("Score kept"), record.score),
        (_("Band by points"), record.band_earned),
        (_("Band"), record.band),
        ("SHA-256", record.digest),
    ]
    kept = [(label, value) for label, value in kept if value not in (None, "")]
    return Section(
        name="result",
        heading=_("What the rule makes of it"),
        icon="order",
        template="grading/desk/review_result.html",
        context={"sums": told.sums, "kept": kept},
    )


def statement_section(record):
    """What the person wrote."""
    facts = [(_("Own account"), record.statement)]
    return Section(name="statement", heading=_("Self-review"), icon="openquote", facts=facts)


def objections_of(record):
    """All objections with their answers; who objected to the notice stays sealed."""
    rows = list(record.objections.select_related("decided_by").order_by("pk"))
    if not rows:
        return []
    return [
        Section(
            name="objections",
            heading=_("Objections"),
            icon="comment",
            template="grading/desk/review_objections.html",
            context={"objections": rows},
        )
    ]


def versions_of(record, page):
    """The other versions of the sheet, where there was a correction, and what follows from it."""
    rows = page.rows().filter(cycle=record.cycle_id, mediator=record.mediator_id)
    others = list(rows.exclude(pk=record.pk).order_by("number"))
    desk = DESKS["grading.reviewsheet"]
    found = [(one, desk.url("inspect", one.pk)) for one in others]
    consequences = list(record.consequences.order_by("pk"))
    sections = []
    if found:
        sections.append(
            Section(
                name="versions",
                heading=_("Other versions"),
                icon="history",
                template="grading/desk/review_versions.html",
                context={"versions": found},
            )
        )
    if consequences and (desk := DESKS.get("grading.reviewconsequence")):
        rows = [(one, desk.url("inspect", one.pk)) for one in consequences]
        sections.append(
            Section(
                name="consequences",
                heading=_("What follows"),
                icon="tasks",
                template="grading/desk/review_consequences.html",
                context={"consequences": rows},
            )
        )
    return sections
