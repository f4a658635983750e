"""Annual reviews on the officer's desk: set up, opened, followed, decided."""

from datetime import timedelta

import django_filters
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.actions import reviews
from grading.flows.review import CycleState
from grading.forms.grades import DayInput
from grading.forms.review_cycles import CycleForm, NewCycleForm
from grading.models import Length, ReviewCycle
from grading.reports.review_calibration import Calibration
from grading.reports.review_standing import (
    ROAD,
    matrix_of,
    notes_on,
    standing_of,
    with_counts,
)
from grading.viewsets.review_cycle_acts import ACTS
from grading.viewsets.review_cycle_pages import CalibrationExportView, CalibrationView
from grading.viewsets.roads import road_section
from grading.viewsets.scheme_pages import VersionView
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column

C = CycleState
TONES = {
    C.DRAFT: "plain", C.SELF: "info", C.ORGANIZATION: "warn", C.BUREAU: "warn",
    C.PROPOSED: "warn", C.NOTICE: "info", C.DECIDED: "ok", C.APPLIED: "ok", C.ARCHIVED: "ok",
    C.ABANDONED: "plain",
}  # fmt: skip
last_day_column = Column(
    name="until_on",
    label=gettext_lazy("last day"),
    value=lambda row: row.last_day,
    sort="until_on",
)
FACTS = (
    "title", "division", "version", "length", "from_on", last_day_column, "part_of", "self_until",
    "organization_until", "office_until", "opened_by", "frozen_on", "proposed_by", "notice",
    "decided_by", "decided_on",
)  # fmt: skip
rule_column = Column(
    name="version",
    label=gettext_lazy("Rule set"),
    value=lambda row: str(row.version),
    sort="version__scheme__title",
)
sheets_column = Column(
    name="sheets", label=gettext_lazy("Review sheets"), value=lambda row: row.number_of_sheets
)
done_column = Column(
    name="done",
    label=pgettext_lazy("review", "With a result"),
    value=lambda row: row.number_done,
)
ungraded_column = Column(
    name="ungraded", label=gettext_lazy("Not graded"), value=lambda row: row.number_ungraded
)


class CycleFilters(Filters):
    title = contains("title", gettext_lazy("Title"))
    division = DivisionFilter()
    length = choice("length", gettext_lazy("Cycle"), ReviewCycle._meta.get_field("length").choices)
    begins_from = day("from_on", gettext_lazy("Period from"), "gte")
    ends_until = django_filters.DateFilter(
        method="is_over_by", label=gettext_lazy("Period until"), widget=DayInput
    )

    class Meta:
        model = ReviewCycle
        fields = []

    def is_over_by(self, rows, _name, last_day):
        return rows.filter(until_on__lte=last_day + timedelta(days=1))


class CycleView(VersionView):
    """A review. What is held above is read here and acted on by nobody below."""


class CycleDesk(DeskViewSet):
    name = "grading_reviews"
    icon = "calendar-check"
    model = ReviewCycle
    help = gettext_lazy(
        "Everybody who was in post in the period is reviewed by one version of a rule set. Figures"
        " come from the registers; what is missing is not assessed, and said."
    )
    related = ("division", "version__scheme")
    filterset_class = CycleFilters
    tab_field = "state"
    list_columns = (
        "title",
        division_column,
        "from_on",
        last_day_column,
        sheets_column,
        done_column,
        ungraded_column,
        column(ReviewCycle, "state", tones=TONES),
    )
    exported = (
        "title", division_column, rule_column, "length", "from_on", last_day_column,
        "self_until", "organization_until", "office_until", "state", sheets_column, done_column,
        ungraded_column,
        "decided_on",
    )  # fmt: skip
    form_class = CycleForm
    add_form_class = NewCycleForm
    add = staticmethod(reviews.add_cycle)
    change = staticmethod(reviews.change_cycle)
    acts = ACTS

    def rows(self, user, action="view"):
        found = super().rows(user, action)
        if action not in ("view", "export"):
            return found
        # A list of reviews does not carry the texts of their rule sets about.
        return with_counts(found, user).defer("version__text")

    def get_urlpatterns(self):
        own = [
            path("<int:pk>/", self.page(CycleView), name="inspect"),
            path("<int:pk>/compare/", self.page(CalibrationView), name="calibration"),
            path("<int:pk>/compare/export/", self.page(CalibrationExportView),
                 name="calibration_export"),
        ]  # fmt: skip
        rest = (one for one in super().get_urlpatterns() if one.name != "inspect")
        return [*own, *rest]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def ways_on(self, record, page):
        sheets = DESKS.get("grading.reviewsheet")
        if sheets and sheets.permits(page.request.user, "view") and record.state != C.DRAFT:
            address = f"{sheets.url('index')}?cycle={record.pk}"
            yield _("Sheets of this review"), address, "list-ul", False
        waiting = DESKS.get("grading.reviewconsequence")
        if waiting and waiting.permits(page.request.user, "view") and record.decided_on:
            address = f"{waiting.url('index')}?cycle={record.pk}"
            yield _("Consequences of this review"), address, "tasks", False
        if page.may("statistics") and record.state != C.DRAFT:
            yield _("Compare offices"), self.url("calibration", record.pk), "table", False
        schemes = DESKS["grading.schemeversion"]
        if schemes.rows(page.request.user).filter(pk=record.version_id).exists():
            yield _("The rule set"), schemes.url("inspect", record.version_id), "list-ol", False

    def sections(self, record, page):
        standing = standing_of(record, page.request.user)
        found = [road_section(record, ROAD, standing, notes_on(standing)), facts_section(record)]
        found += [*parts_of(record, page), matrix_section(record, standing)]
        if page.may("statistics"):
            found.append(bands_section(record, page.request.user))
        return found


def facts_section(cycle):
    facts = facts_of(cycle, *FACTS)
    shown = [(label, value) for label, value in facts if value not in (None, "")]
    return Section(name="review", heading=_("This review"), facts=shown)


def parts_of(cycle, page):
    """The shorter reviews that count in a year, where there are some."""
    if cycle.length != Length.YEAR:
        return []
    desk = DESKS["grading.reviewcycle"]
    rows = page.rows().filter(part_of=cycle).exclude(state=C.ABANDONED).order_by("from_on")
    parts = [(one, TONES.get(one.state, "plain"), desk.url("inspect", one.pk)) for one in rows]
    if not parts:
        return []
    return [
        Section(
            name="parts",
            heading=_("What the year is made up of"),
            icon="calendar-check",
            template="grading/desk/review_cycle_parts.html",
            context={"parts": parts},
        )
    ]


def matrix_section(cycle, standing):
    """The places below the review's division, and how many sheets of each state they have."""
    states, lines = matrix_of(cycle, standing)
    return Section(
        name="places",
        heading=_("By division and state"),
        icon="site",
        template="grading/desk/review_matrix.html",
        context={
            "states": states,
            "lines": lines,
            "address": f"{DESKS['grading.reviewsheet'].url('index')}?cycle={cycle.pk}",
        },
    )


def bands_section(cycle, user):
    """How many sheets have which band."""
    total = Calibration(cycle, user).total()
    return Section(
        name="bands",
        heading=_("Distribution of bands"),
        icon="table",
        template="grading/desk/review_bands.html",
        context={"total": total, "shares": total.shares()},
    )
