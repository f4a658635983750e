"""What the page of a round tells: how far it is, its windows, how many are where."""

from django.utils.translation import gettext as _

from grading.flows.round import moved_up
from grading.reports.rounds import funnel_heads, funnel_of, table_of_places
from office.desk.columns import Section, facts_of

FACTS = (
    "title", "division", "version", "as_of", "takes_late", "correction_days", "opened_by",
    "announced_by", "proposed_by", "confirmed_by", "confirmed_on", "notice",
)  # fmt: skip


def facts_section(grading_round):
    facts = facts_of(grading_round, *FACTS)
    shown = [(label, value) for label, value in facts if value not in (None, "")]
    if grading_round.notice_id is not None:
        further = [str(row.notice) for row in moved_up(grading_round).order_by("notice")]
        shown += [(_("Supplementary notices"), "、".join(further))] if further else []
    return Section(name="round", heading=_("This round"), facts=shown)


def funnel_section(grading_round, standing, today, rankings=()):
    """The levels with their windows, and how many came how far.

    :param rankings: {key of a level: address of its ranking}, of those that may be read.
    """
    rankings = dict(rankings)
    rows = [
        {
            "level": level,
            "ranking": rankings.get(level.pk),
            "is_open": grading_round.state == "open" and level.is_open(today),
            "numbers": list(zip(funnel_heads(), funnel_of(level, standing), strict=True)),
        }
        for level in grading_round.levels.select_related("level").order_by("rank")
    ]
    return Section(
        name="levels",
        heading=_("Levels, windows and applications"),
        icon="list-ul",
        template="grading/desk/round_levels.html",
        context={"rows": rows, "heads": funnel_heads()},
    )


def places_section(grading_round, standing):
    """The places below the round's division, and how many of each state they have."""
    heads, rows = table_of_places(grading_round, standing)
    named = [*heads, _("All")]
    rows = [(name, list(zip(named, numbers, strict=True))) for name, numbers in rows]
    return Section(
        name="places",
        heading=_("By division and state"),
        icon="site",
        template="grading/desk/round_places.html",
        context={"heads": heads, "rows": rows},
    )
