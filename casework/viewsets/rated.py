"""Satisfaction and file quality of organisations: averages, and none of too few."""

from datetime import date

import django_filters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import RatedOrganization
from casework.reports.satisfaction import least_by_place, told
from casework.rules.opinions import Satisfaction
from office.desk.columns import Column, Section
from office.desk.filters import Filters, contains
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column

YEARS_SHOWN = 3


def rated_in(rows, year, today):
    """Return the organisations with their figures of the cases closed in a year."""
    spans, everywhere = least_by_place(today)
    rows = rows.with_least(spans, everywhere)
    return rows.with_figures(from_on=date(year, 1, 1), last_on=date(year, 12, 31))


def satisfaction(row):
    return told(Satisfaction(row.reached, row.marks_total, row.least))


def quality(row):
    return round(row.scores_total / row.checks) if row.checks else ""


class RatedFilters(Filters):
    name = contains("name", gettext_lazy("Organisation"))
    division = DivisionFilter()
    year = django_filters.NumberFilter(
        label=gettext_lazy("Cases closed in the year"), method="leave", min_value=2000,
        max_value=2100,
    )  # fmt: skip

    class Meta:
        model = RatedOrganization
        fields = []

    def leave(self, rows, name, value):
        """The year chooses the figures, not the organisations."""
        return rows

    def filter_queryset(self, queryset):
        today = timezone.localdate()
        year = int(self.form.cleaned_data.get("year") or today.year)
        return rated_in(super().filter_queryset(queryset), year, today)


class RatedOrganizationDesk(DeskViewSet):
    name = "satisfaction"
    icon = "thumbtack"
    model = RatedOrganization
    help = gettext_lazy("Of the cases closed in the year. Averages of too few are not shown.")
    related = ("division",)
    filterset_class = RatedFilters
    history = False
    list_columns = (
        "name",
        division_column,
        Column(
            name="closed_cases",
            label=gettext_lazy("Cases closed"),
            value=lambda row: row.closed_cases,
            sort="closed_cases",
        ),
        Column(name="asked", label=gettext_lazy("Times asked"), value=lambda row: row.asked),
        Column(name="satisfaction", label=gettext_lazy("Satisfaction"), value=satisfaction),
        Column(name="checks", label=gettext_lazy("Files scored"), value=lambda row: row.checks),
        Column(name="quality", label=gettext_lazy("Average file score"), value=quality),
    )
    exported = list_columns

    def sections(self, record, page):
        columns = self.columns[2:]
        rows = RatedOrganization.objects.filter(pk=record.pk)
        years = range(page.today.year, page.today.year - YEARS_SHOWN, -1)
        lines = [(year, rated_in(rows, year, page.today).get()) for year in years]
        return [
            Section(
                name="figures",
                heading=_("Cases closed in the year"),
                icon="list-ul",
                template="casework/desk/includes/rated_years.html",
                context={
                    "heads": [column.label for column in columns],
                    "lines": [
                        (year, [(column.label, column.value(row)) for column in columns])
                        for year, row in lines
                    ],
                },
            )
        ]
