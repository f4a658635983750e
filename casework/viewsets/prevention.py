"""Reports on prevention on the desk: written, handed in, returned; who is missing; the totals."""

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.actions import prevention
from casework.flows import PREVENTION, PreventionState
from casework.forms.prevention import CorrectReportForm, NewReportForm, ReportForm
from casework.models import PreventionReport
from casework.models.prevention import FIGURES
from casework.reports.prevention import missing_of, totals_of
from casework.rules.prevention import month_before, read_month
from office import ledger
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.exports import WholeList, workbook
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.pages import DeskPage
from office.desk.viewset import DeskViewSet
from office.sheets.writing import ExportColumn
from registry.viewsets.terms import DivisionFilter, division_column

name_acts(
    report=PREVENTION.steps["report"].label,
    correct=gettext_lazy("Correct what was reported"),
)
P = PreventionState
TONES = {P.DRAFT: "plain", P.REPORTED: "ok", P.RETURNED: "warn"}
EARLIEST_YEAR = 2000


class PreventionFilters(Filters):
    organization = contains("organization__name", gettext_lazy("Organisation name"))
    division = DivisionFilter()
    month = django_filters.CharFilter(label=gettext_lazy("Month"), method="of_month", max_length=7)
    late = django_filters.BooleanFilter(label=gettext_lazy("Overdue"), method="only_late")

    class Meta:
        model = PreventionReport
        fields = []

    def of_month(self, rows, name, value):
        month = read_month(value)
        return rows.filter(month=month) if month else rows.none()

    def only_late(self, rows, name, value):
        late = PreventionReport.objects.overdue(timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if value else rows.exclude(pk__in=late)


def month_column():
    return Column(
        name="month",
        label=gettext_lazy("Month"),
        value=lambda row: f"{row.month:%Y-%m}",
        sort="month",
    )


def organization_column():
    return Column(
        name="organization",
        label=gettext_lazy("Organisation"),
        value=lambda row: row.organization.name,
        sort="organization__name",
    )


def figure_labels():
    return [capfirst(PreventionReport._meta.get_field(name).verbose_name) for name in FIGURES]


class MissingView(DeskPage):
    """Who owes the report of a month, by county."""

    template_name = "casework/desk/prevention_missing.html"

    def get(self, request, *args, **kwargs):
        month = read_month(request.GET.get("month", "")) or month_before(self.today)
        counties = missing_of(request.user, month)
        context = {"counties": counties, "month": month, "total": sum(c.count for c in counties)}
        return self.render_to_response(self.get_context_data(**context))

    def get_page_title(self):
        return _("Who has not reported")


class TotalsView(DeskPage):
    """The totals of a year by division."""

    template_name = "casework/desk/prevention_totals.html"

    @property
    def year(self):
        typed = self.request.GET.get("year", "")
        is_year = typed.isascii() and typed.isdigit() and len(typed) == 4
        return int(typed) if is_year and int(typed) >= EARLIEST_YEAR else self.today.year

    def get(self, request, *args, **kwargs):
        lines, whole = totals_of(request.user, self.year)
        heads = [pgettext("prevention", "Reports"), *figure_labels()]
        labelled = [(line.name, list(zip(heads, line.cells, strict=True))) for line in lines]
        in_all = list(zip(heads, whole.cells, strict=True))
        context = {"lines": labelled, "whole": in_all, "year": self.year, "heads": heads}
        context["may_export"] = self.desk.permits(request.user, "export")
        return self.render_to_response(self.get_context_data(**context))

    def get_page_title(self):
        return _("Totals of a year")


class TotalsExportView(TotalsView):
    """The same totals as a workbook; the ledger tells who took it."""

    action = "export"
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        lines, whole = totals_of(request.user, self.year)
        whole.name = _("In all")
        heads = [_("Division"), pgettext("prevention", "Reports"), *figure_labels()]
        rows = [[line.name, *line.cells] for line in [*lines, whole]]
        ledger.append(
            "casework.preventionreport.export",
            WholeList(PreventionReport._meta, None),
            by=request.user,
            after={"rows": len(lines), "year": self.year},
        )
        title = self.get_page_title()
        return workbook(f"{title}-{self.year}", title, [ExportColumn(head) for head in heads], rows)


class PreventionDesk(DeskViewSet):
    name = "prevention"
    icon = "calendar-check"
    model = PreventionReport
    help = gettext_lazy("What was done in a month before there were cases to mediate.")
    related = ("organization", "division", "policy", "reported_by")
    filterset_class = PreventionFilters
    tab_field = "state"
    list_columns = (
        month_column(),
        organization_column(),
        division_column,
        column(PreventionReport, "state", tones=TONES),
        "screenings",
        "found",
        "prevented",
        Column(
            name="due_on",
            label=gettext_lazy("Due on"),
            value=lambda row: row.due_on,
            sort="due_on",
        ),
        "reported_on",
    )
    exported = (
        month_column(),
        organization_column(),
        division_column,
        "state",
        *FIGURES,
        "remarks",
        "due_on",
        "reported_on",
    )
    form_class = ReportForm
    add_form_class = NewReportForm
    add = staticmethod(prevention.begin_report)
    change = staticmethod(prevention.change_report)
    index_template = "casework/desk/prevention_index.html"
    acts = (
        step(PREVENTION, "report", prevention.hand_in_report),
        step(
            PREVENTION,
            "return",
            prevention.return_report,
            consequences=lambda row, today: [_("Its figures do not count until it comes back.")],
            icon="rotate",
        ),
        Act(
            name="correct",
            label=gettext_lazy("Correct what was reported"),
            take=prevention.correct_report,
            permission="correct",
            form_class=CorrectReportForm,
            offered=lambda row: row.state == P.REPORTED,
            icon="edit",
        ),
    )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("missing/", self.page(MissingView), name="missing"),
            path("totals/", self.page(TotalsView), name="totals"),
            path("totals/export/", self.page(TotalsExportView), name="totals_export"),
        ]

    def tags(self, record):
        late = [(_("overdue"), "error")] if record.is_late(timezone.localdate()) else []
        return [(record.get_state_display(), TONES[record.state]), *late]

    def sections(self, record, page):
        facts = facts_of(
            record, organization_column(), month_column(), "division", *FIGURES, "remarks",
            "due_on", "reported_on", "reported_by", "reasons",
        )  # fmt: skip
        return [Section(name="data", heading=_("Prevention"), icon="calendar-check", facts=facts)]
