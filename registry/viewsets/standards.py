"""Staffing on the desk: the standards, the organisations against them, the heat table."""

import django_filters
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice
from office.desk.history import name_acts, name_facts
from office.desk.pages import DeskPage
from office.desk.viewset import DeskViewSet
from registry.actions import standards
from registry.forms.standards import AdoptForm, NewStandardForm
from registry.models import Organization, StaffingStandard, Standing
from registry.queries.standards import with_staffing
from registry.reports.standards import heat, root_for
from registry.rules import NUMBER_DIGITS
from registry.viewsets.organization_lists import AspectDesk, AspectFilters
from registry.viewsets.policies import TONES as STANDING_TONES
from registry.viewsets.terms import division_column

name_acts(set_standard=gettext_lazy("Set the standard"))
name_facts(least=(gettext_lazy("Full-timers, at least"), ()))
BELOW, MEETS, UNRULED = "below", "meets", "unruled"
STANDINGS = [
    (BELOW, gettext_lazy("below the standard")),
    (MEETS, gettext_lazy("meets the standard")),
    (UNRULED, gettext_lazy("no standard")),
]


class StaffingFilters(AspectFilters):
    standing = django_filters.ChoiceFilter(
        label=gettext_lazy("Staffing"),
        choices=STANDINGS,
        method="of_standing",
        empty_label=gettext_lazy("All"),
    )

    def of_standing(self, rows, name, value):
        return {
            BELOW: rows.filter(missing__gt=0),
            MEETS: rows.filter(missing=0),
            UNRULED: rows.filter(required=None),
        }[value]


def standing(row):
    if row.required is None:
        return UNRULED
    return BELOW if row.missing else MEETS


class HeatView(DeskPage):
    """Divisions by kinds: how many organisations meet the standard, and how many are missing."""

    template_name = "registry/desk/heat.html"

    def get(self, request, *args, **kwargs):
        wanted = request.GET.get("division")
        is_number = wanted and wanted.isascii() and wanted.isdigit()
        if wanted and not (is_number and len(wanted) <= NUMBER_DIGITS):
            raise Http404
        root = root_for(request.user, int(wanted) if wanted else None)
        if wanted and root is None:
            raise Http404
        table = heat(request.user, root, self.today) if root else None
        return self.render_to_response(self.get_context_data(heat=table))

    def get_page_title(self):
        return _("Staffing by division and kind")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            rows_url=self.desk.url("index"), legality_url=reverse("legality:index"), **kwargs
        )


class StaffingDesk(AspectDesk):
    name = "staffing"
    icon = "table"
    title = gettext_lazy("Staffing")
    help = gettext_lazy(
        "Full-time mediators only, against the standard in force today of the nearest division."
    )
    filterset_class = StaffingFilters
    list_columns = (
        column(Organization, "name", label=gettext_lazy("Organisation name")),
        "kind",
        division_column,
        Column(
            name="full_time",
            label=gettext_lazy("Full-timers"),
            value=lambda row: row.full_time,
            sort="full_time",
        ),
        Column(
            name="required",
            label=gettext_lazy("Standard"),
            value=lambda row: row.required,
            sort="required",
        ),
        Column(
            name="missing",
            label=gettext_lazy("Missing"),
            value=lambda row: row.missing,
            sort="missing",
        ),
        Column(
            name="standing",
            label=gettext_lazy("Staffing"),
            value=lambda row: dict(STANDINGS)[standing(row)],
            tone=lambda row: {BELOW: "error", MEETS: "ok", UNRULED: "plain"}[standing(row)],
        ),
    )
    exported = list_columns

    def seen(self, organizations, user, today):
        ruling = StaffingStandard.objects.nearest_first(today)
        return with_staffing(organizations, today, ruling)

    @property
    def menu_url(self):
        return self.url("heat")

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("heat/", self.page(HeatView), name="heat")]


class StandardFilters(Filters):
    standing = choice("standing", gettext_lazy("Rests on"), Standing.choices)
    in_force = django_filters.BooleanFilter(
        label=gettext_lazy("In force today"), method="running_today"
    )

    class Meta:
        model = StaffingStandard
        fields = []

    def running_today(self, rows, name, value):
        running = StaffingStandard.objects.in_force(timezone.localdate()).values("pk")
        return rows.filter(pk__in=running) if value else rows.exclude(pk__in=running)


def place(standard):
    return standard.division.name if standard.division else _("template, adopted nowhere by itself")


def named_kinds(standard):
    return _(", ").join(
        f"{line.get_kind_display()} {line.full_time_least}" for line in standard.lines.all()
    )


class StandardDesk(DeskViewSet):
    name = "standards"
    icon = "list-ul"
    model = StaffingStandard
    help = gettext_lazy(
        "How many full-time mediators each kind must have. A template rules nowhere until a"
        " division adopts it; the nearest division's standard rules as a whole."
    )
    related = ("division",)
    filterset_class = StandardFilters
    list_columns = (
        column(StaffingStandard, "name"),
        Column(name="division", label=gettext_lazy("Where"), value=place),
        Column(name="lines", label=gettext_lazy("Full-timers, at least"), value=named_kinds),
        column(StaffingStandard, "standing", tones=STANDING_TONES),
        "source",
        "from_on",
        "until_on",
    )
    add_form_class = NewStandardForm
    add = staticmethod(standards.set_standard)
    acts = (
        Act(
            name="adopt",
            label=gettext_lazy("Adopt for a division"),
            take=standards.adopt_standard,
            permission="add",
            form_class=AdoptForm,
            offered=lambda row: row.division_id is None,
        ),
    )

    def rows(self, user, action="view"):
        return super().rows(user, action).prefetch_related("lines")

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def sections(self, record, page):
        facts = facts_of(record, "standing", "source", "from_on", "until_on")
        facts.insert(0, (_("Where"), place(record)))
        lines = [(line.get_kind_display(), line.full_time_least) for line in record.lines.all()]
        return [
            Section(name="data", heading=_("Standard"), icon="list-ul", facts=facts),
            Section(name="lines", heading=_("Full-timers, at least"), icon="user", facts=lines),
        ]
