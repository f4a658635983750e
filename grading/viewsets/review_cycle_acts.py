"""What a bureau does with a review, step by step, each with what it will bring about."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grading.actions import review_results, review_sheets, reviews
from grading.flows.review import CYCLE, CycleState, SheetState, the_parts_are_decided
from grading.models import ReviewConsequence
from office.desk.acts import Act, step
from office.desk.history import name_acts_of, name_facts

S = SheetState
ABANDON = CYCLE.steps["abandon"]
name_acts_of("grading.reviewcycle", join=gettext_lazy("Count in a review of the year"))
name_facts(
    sheets=(gettext_lazy("Review sheets"), ()),
    indicator=(gettext_lazy("Indicator"), ()),
)


def counted(cycle, *states):
    """Return a sentence with how many sheets are in one of the states."""
    number = cycle.sheets.filter(state__in=states).count()
    labels = "、".join(str(S(state).label) for state in states)
    told = {"number": number, "states": labels}
    return (
        ngettext("%(number)d sheet now: %(states)s.", "%(number)d sheets now: %(states)s.", number)
        % told
    )


def effects_of_opening(cycle, today):
    if cycle.is_rolled_up:
        return [
            _("Everybody who was in post in %(division)s in the period gets a sheet.")
            % {"division": cycle.division.name},
            _("The shorter reviews of this rule and place are tied to the year."),
            _("Nobody gives points: the bureau checks once all of them are decided."),
        ]
    return [
        _("Everybody who was in post in %(division)s in the period gets a sheet, and people stay.")
        % {"division": cycle.division.name},
        _("Figures are counted from the registers; nobody can type them."),
        _("Mediators may write and hand in their self-review until %(day)s.")
        % {"day": date_format(cycle.self_until) if cycle.self_until else "—"},
    ]


def effects_of_collecting(cycle, today):
    return [
        counted(cycle, S.SELF),
        _("These pass on without a self-review, and are marked so."),
        counted(cycle, S.ORGANIZATION),
        _("Organisations and justice offices give their points."),
    ]


def effects_of_taking_over(cycle, today):
    return [
        counted(cycle, S.BUREAU),
        _("Organisations and justice offices give no more points; the bureau checks."),
    ]


def bars_to_checking(cycle, today):
    if late := the_parts_are_decided(cycle, today):
        return late
    ready, _waiting = review_sheets.sorted_for_check(cycle)
    return [] if ready.exists() else [_("No sheet is ready to be checked.")]


def effects_of_checking(cycle, today):
    ready, waiting = (some.count() for some in review_sheets.sorted_for_check(cycle))
    told = ngettext(
        "%(number)d sheet is checked: its result is worked out by the rule and kept.",
        "%(number)d sheets are checked: their results are worked out by the rule and kept.",
        ready,
    )
    left = ngettext(
        "%(number)d sheet waits for points of the bureau.",
        "%(number)d sheets wait for points of the bureau.",
        waiting,
    )
    return [
        told % {"number": ready},
        *([left % {"number": waiting}] if waiting else []),
        _("Your own sheet is left for a colleague."),
    ]


def effects_of_proposing(cycle, today):
    return [
        counted(cycle, S.PROPOSED),
        counted(cycle, S.NOT_GRADED),
        _("The quota of the highest band is counted now, if the rule has one."),
        _("Another officer decides the results."),
    ]


def effects_of_taking_back(cycle, today):
    return [counted(cycle, S.PROPOSED), _("Sheets can be checked anew one by one.")]


def effects_of_announcing(cycle, today):
    return [
        counted(cycle, S.PROPOSED),
        _("The public sees name, organisation and band; no score and no figure."),
        _("Everybody reads the own sheet, and may sign it or object until the last day."),
    ]


def effects_of_deciding(cycle, today):
    return [
        counted(cycle, S.NOTICE),
        _("The results stand; what they rest on is kept for good."),
        _("What the rule has follow from a band waits for an officer; nothing happens by itself."),
    ]


def effects_of_applying(cycle, today):
    settled = ReviewConsequence.objects.filter(sheet__cycle=cycle)
    number = settled.exclude(state="open").count()
    sentence = ngettext(
        "%(number)d consequence is settled.", "%(number)d consequences are settled.", number
    )
    return [sentence % {"number": number}]


def may_be_abandoned(cycle):
    """Whether it is at a step at which a review like it is given up."""
    is_at_the_bureau = cycle.state == CycleState.BUREAU
    return cycle.state in ABANDON.sources and (not is_at_the_bureau or cycle.is_rolled_up)


def effects_of_abandoning(cycle, today):
    ends = _("The review ends without results; nothing is deleted.")
    if cycle.is_rolled_up:
        stay = _("The shorter reviews stay as they are; another review of the year may join them.")
        return [counted(cycle, S.BUREAU), ends, stay]
    return [counted(cycle, S.SELF), ends]


ACTS = (
    step(CYCLE, "open", reviews.open_cycle, consequences=effects_of_opening),
    step(CYCLE, "collect", reviews.collect_sheets, consequences=effects_of_collecting,
         icon="upload"),
    step(CYCLE, "take_over", reviews.take_over_sheets, consequences=effects_of_taking_over),
    Act(name="check_ready", label=gettext_lazy("Check all sheets that are ready"),
        take=review_sheets.check_ready, permission="propose", refusals=bars_to_checking,
        consequences=effects_of_checking, offered=lambda cycle: cycle.state == CycleState.BUREAU,
        icon="tasks"),
    step(CYCLE, "propose", review_results.propose_results, consequences=effects_of_proposing,
         icon="list-ol"),
    step(CYCLE, "take_back", review_results.take_back_results,
         consequences=effects_of_taking_back, icon="rotate"),
    step(CYCLE, "announce", review_results.announce_results, consequences=effects_of_announcing,
         sensitive=True, icon="openquote"),
    step(CYCLE, "decide", review_results.decide_results, consequences=effects_of_deciding,
         sensitive=True),
    step(CYCLE, "apply", review_results.apply_results, consequences=effects_of_applying),
    step(CYCLE, "archive", reviews.archive_cycle, icon="folder"),
    step(CYCLE, "abandon", reviews.abandon_cycle, consequences=effects_of_abandoning,
         offered=may_be_abandoned, icon="cross", grave=True),
)  # fmt: skip
