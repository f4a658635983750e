"""The list of applications: filters, columns, the clock of a correction, acts for many at once."""

from dataclasses import replace

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.actions.acting import bars
from grading.actions.reviewing import correction_due
from grading.flows.application import ApplicationState
from grading.models import Application, GradingRound, Reading
from grading.reports.clauses_of_one import RESULT_TONES, said_of
from grading.rules.references import read_reference
from grading.rules.results import CHOICES
from office.clocks import Calendar, Shade
from office.desk.bulk import BulkView
from office.desk.columns import Column, column, related
from office.desk.filters import LONGEST_QUERY, Filters, choice, contains
from office.desk.lists import IndexView
from office.templatetags.clocks import due_text
from registry.models import Level
from registry.viewsets.terms import DivisionFilter, division_column

S = ApplicationState
SEES_ROUNDS = "grading.view_gradinground"
TONES = {
    S.SUBMITTED: "warn", S.RETURNED: "error", S.FIRST_REVIEWED: "warn", S.PENDING: "warn",
    S.ELIGIBLE: "ok", S.NOT_ELIGIBLE: "error", S.SCORED: "info", S.PROPOSED: "info",
    S.IN_NOTICE: "info", S.OBJECTED: "warn", S.CONFIRMED: "ok", S.FORWARDED: "info",
}  # fmt: skip
SHADES = {Shade.CALM: "info", Shade.AMBER: "warn", Shade.OVERDUE: "error"}


class ApplicationFilters(Filters):
    name = django_filters.CharFilter(method="named", label=gettext_lazy("Name"))
    reference = django_filters.CharFilter(
        method="called", label=gettext_lazy("Reference"), max_length=LONGEST_QUERY
    )
    organization = contains("organization__name", gettext_lazy("Organisation name"))
    round = django_filters.ModelChoiceFilter(
        field_name="grading_round",
        label=gettext_lazy("Round"),
        queryset=GradingRound.objects.all(),
        empty_label=gettext_lazy("All"),
    )
    level = django_filters.ModelChoiceFilter(
        field_name="round_level__level",
        label=gettext_lazy("Level"),
        queryset=Level.objects.filter(scale="level"),
        empty_label=gettext_lazy("All"),
    )
    division = DivisionFilter()
    result = choice("result", gettext_lazy("By the rule"), CHOICES)
    is_late = django_filters.BooleanFilter(label=gettext_lazy("Late"))
    mine = django_filters.BooleanFilter(method="for_me", label=gettext_lazy("Waiting for me"))

    class Meta:
        model = Application
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Rounds of the bodies above are read as well; to read a round asks for its own permission.
        rounds = GradingRound.objects.within(self.request.user, SEES_ROUNDS)
        self.form.fields["round"].queryset = rounds

    def called(self, rows, _name, value):
        """Find by either number; what the user reads blind cannot be looked up by it."""
        found = read_reference(value)
        if found is None:
            return rows.none()
        reads = Reading.objects.filter(
            application=OuterRef("pk"), member=self.request.user, panel__state="sitting"
        )
        return rows.filter(**found).exclude(Exists(reads))

    def named(self, rows, _name, value):
        of_body = Q(is_of_body=True, organization__name__icontains=value)
        return rows.filter(Q(mediator__name__icontains=value) | of_body)

    def for_me(self, rows, _name, value):
        mine = rows.waiting_for(self.request.user)
        return mine if value else rows.exclude(pk__in=mine.values("pk"))


class ApplicationList(IndexView):
    """The list of applications, each that was returned with its clock."""

    @cached_property
    def calendar(self):
        return Calendar.load()

    def line(self, row):
        waits = row.state == S.RETURNED
        row.clock = correction_due(row, self.calendar) if waits else None
        row.seen_on = self.today
        return super().line(row)


class ApplicationBulkView(BulkView):
    """Acts for many: what another body or another officer has to do is not done."""

    @cached_property
    def checked(self):
        return [
            replace(one, refusals=[*one.refusals, *self.bars(one.row)]) for one in super().checked
        ]

    def bars(self, row):
        return bars(self.request.user, row, self.act.name)


def submitted_text(row):
    """The day on which it was handed in, and whether that was after the window."""
    if not row.is_late:
        return row.submitted_on
    return _("%(day)s, late") % {"day": row.submitted_on.isoformat()}


def clock_text(row):
    """Until when it may be corrected, as it was told to the applicant."""
    if row.clock is None:
        return ""
    if row.correct_by is None:
        return due_text(row.clock, row.seen_on)
    # What was told counts, whatever the calendar says since.
    if row.clock.provisional:
        return row.correct_by
    return due_text(replace(row.clock, due_on=row.correct_by), row.seen_on)


def clock_tone(row):
    if row.clock is None:
        return ""
    if row.correct_by is not None and row.seen_on > row.correct_by:
        return "error"
    return SHADES[row.clock.shade(row.seen_on)]


result_column = Column(
    name="result",
    label=gettext_lazy("By the rule"),
    value=lambda row: said_of(row.result),
    tone=lambda row: RESULT_TONES.get(row.result, "plain"),
    sort="result",
)
WHO = (
    Column(
        name="mediator",
        label=gettext_lazy("Name"),
        value=lambda row: row.applicant_name,
        sort="mediator__name",
    ),
    related("level", gettext_lazy("Level"), "round_level__label"),
    related("organization", gettext_lazy("Organisation"), "organization__name"),
    division_column,
    related("round", gettext_lazy("Round"), "grading_round__title"),
)
NAMED, LEVEL, BODY, _PLACE, ROUND = WHO
LISTED = (
    NAMED,
    LEVEL,
    BODY,
    ROUND,
    Column(
        name="submitted_on",
        label=gettext_lazy("Submitted on"),
        value=submitted_text,
        tone=lambda row: "warn" if row.is_late else "",
        sort="submitted_on",
    ),
    result_column,
    Column(
        name="clock",
        label=gettext_lazy("To be corrected by"),
        value=clock_text,
        tone=clock_tone,
        sort="correct_by",
    ),
    column(Application, "state", tones=TONES),
)
EXPORTED = (
    *WHO,
    Column(
        name="kind",
        label=gettext_lazy("Kind of organisation"),
        value=lambda row: row.organization.get_kind_display(),
    ),
    "state",
    result_column,
    "is_late",
    "submitted_on",
    "returned_on",
    "correct_by",
    "first_reviewed_on",
    "decided_on",
    "place",
)
