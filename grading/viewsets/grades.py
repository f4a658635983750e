"""Levels that were given, on the officers' desk: checked again, lowered, revoked by two."""

from dataclasses import replace

import django_filters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.actions import taking_away
from grading.flows import GRADE, GradeState
from grading.forms.grades import GroundForm, LoweringForm, RecheckForm
from grading.models import Grade
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.history import name_acts, name_acts_of
from office.desk.viewset import DESKS, DeskViewSet
from registry.rules import day_after, last_day
from registry.viewsets.terms import DivisionFilter

name_acts(recheck=gettext_lazy("Check again"))
name_acts_of("grading.grade", answer=gettext_lazy("Answer of the person"))
S = GradeState
TONES = {
    S.HELD: "ok", S.LOWERING: "warn", S.REVOKING: "warn", S.LOWERED: "error", S.REVOKED: "error",
}  # fmt: skip
KINDS = [
    ("level", gettext_lazy("levels")),
    ("title", gettext_lazy("titles beside the level")),
]
DUE = [
    ("current", gettext_lazy("held today")),
    ("recheck", gettext_lazy("to be checked again")),
    ("over", gettext_lazy("run out")),
]


def labels():
    """Return the levels that were given, as they are called."""
    found = Grade.objects.order_by("label").values_list("label", flat=True).distinct()
    return [(label, label) for label in found]


class GradeFilters(Filters):
    name = contains("mediator__name", gettext_lazy("Name"))
    division = DivisionFilter(field_name="mediator__division")
    level = choice("label", gettext_lazy("Level"), labels)
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind"), choices=KINDS, empty_label=gettext_lazy("All"),
        method="of_kind",
    )  # fmt: skip
    due = django_filters.ChoiceFilter(
        label=gettext_lazy("Standing"), choices=DUE, empty_label=gettext_lazy("All"),
        method="standing",
    )  # fmt: skip
    until = day("until_on", gettext_lazy("Valid until at the latest"), "lte", method="ending_by")

    class Meta:
        model = Grade
        fields = []

    def of_kind(self, rows, name, value):
        return rows.titles() if value == "title" else rows.levels()

    def ending_by(self, rows, name, value):
        return rows.filter(until_on__lte=day_after(value))

    def standing(self, rows, name, value):
        today = timezone.localdate()
        return {
            "current": lambda: rows.standing().in_force(today),
            "recheck": lambda: rows.to_recheck(today),
            "over": lambda: rows.run_out(today),
        }[value]()


def told_standing(grade):
    """Return the state, or that the days of a standing level are over."""
    if grade.state == S.HELD and grade.has_run_out(timezone.localdate()):
        return _("run out")
    return grade.get_state_display()


def tone_of(grade):
    over = grade.state == S.HELD and grade.has_run_out(timezone.localdate())
    return "warn" if over else TONES.get(grade.state, "plain")


def may_be_lowered(grade):
    """Whether it may be proposed: it stands, and its rule has a lower level."""
    return grade.state == S.HELD and bool(taking_away.lower_levels(grade))


def deciding_effects(grade, today):
    found = [_("The public page stops showing the level today.")]
    if grade.bar_months:
        found.append(
            _("The person may not apply for %(months)d months.") % {"months": grade.bar_months}
        )
    return found


def proposing_effects(grade, today):
    return [
        _("The person reads the ground on the own page, and is asked to answer."),
        _("A second officer decides once the person has answered or the time is over."),
    ]


person = Column(
    name="mediator", label=gettext_lazy("Mediator"), value=lambda row: row.mediator.name,
    sort="mediator__name",
)  # fmt: skip
place = Column(
    name="division", label=gettext_lazy("Division"),
    value=lambda row: row.mediator.division.name, sort="mediator__division",
)  # fmt: skip

valid_until = Column(
    name="last_day", label=gettext_lazy("Valid until"), value=lambda row: last_day(row.until_on),
    sort="until_on",
)  # fmt: skip


class GradeDesk(DeskViewSet):
    name = "grading_levels_given"
    icon = "pick"
    model = Grade
    help = gettext_lazy("An older level keeps answering for its own dates.")
    related = ("mediator__division", "version__scheme", "proposed_by", "ended_by")
    filterset_class = GradeFilters
    tab_field = "state"
    list_columns = (
        person, place, "label", "from_on", valid_until, "recheck_on",
        Column(name="state", label=gettext_lazy("State"), value=told_standing, tone=tone_of,
               sort="state"),
    )  # fmt: skip
    exported = (person, place, "label", "from_on", valid_until, "recheck_on", "state", "ended_on")
    acts = (
        Act(
            name="recheck",
            label=gettext_lazy("Check again"),
            take=taking_away.recheck_grade,
            permission="recheck",
            form_class=RecheckForm,
            refusals=taking_away.bars_to_rechecking,
            offered=lambda row: row.state == S.HELD,
        ),
        replace(
            step(
                GRADE,
                "propose_lowering",
                taking_away.propose_lowering,
                form_class=LoweringForm,
                consequences=proposing_effects,
                icon="arrow-down",
            ),
            offered=may_be_lowered,
        ),
        step(
            GRADE,
            "propose_revoking",
            taking_away.propose_revoking,
            form_class=GroundForm,
            consequences=proposing_effects,
            grave=True,
            icon="cross",
        ),
        step(
            GRADE,
            "lower",
            taking_away.lower_grade,
            consequences=deciding_effects,
            sensitive=True,
            grave=True,
            icon="arrow-down",
        ),
        step(
            GRADE,
            "revoke",
            taking_away.revoke_grade,
            consequences=deciding_effects,
            sensitive=True,
            grave=True,
            icon="cross",
        ),
        step(GRADE, "keep", taking_away.keep_grade),
    )

    def tags(self, record):
        return [(told_standing(record), tone_of(record))]

    def ways_on(self, record, page):
        desk = DESKS.get("registry.mediator")
        if desk and desk.rows(page.request.user).filter(pk=record.mediator_id).exists():
            yield _("The person"), desk.url("inspect", record.mediator_id), "user", False

    def sections(self, record, page):
        facts = facts_of(
            record, person, place, "label", "version", "from_on", valid_until, "recheck_on",
            "rechecked_on",
        )  # fmt: skip
        heading = _("Title beside the level") if record.is_title else _("Level")
        found = [Section(name="level", heading=heading, icon=self.icon, facts=facts)]
        if record.ground:
            taken = facts_of(
                record, "ground", "clause", "lowered_to", "bar_months", "bar_until_on",
                "proposed_by", "proposed_on", "answer_by", "answer", "answered_on", "ended_by",
                "ended_on",
            )  # fmt: skip
            heading = _("Taking the level away")
            found.insert(0, Section(name="taking", heading=heading, icon="warning", facts=taken))
        return found
