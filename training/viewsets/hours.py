"""Hours on the desk: who lacks how many, the entries, the rules, waivers and audits."""

import django_filters
from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.exports import ExportView
from office.desk.filters import Filters, choice, contains, day
from office.desk.history import name_acts
from office.desk.lists import IndexView
from office.desk.pages import DeskPage
from office.desk.viewset import DESKS, DeskViewSet
from registry.models import Division, Mediator
from registry.rules import NUMBER_DIGITS
from registry.viewsets.terms import DivisionFilter
from training.actions import hours
from training.models import ContentClass, HourEntry, HourEntryKind, HoursRule, Requirement
from training.models.requirement import GivenIn
from training.queries.requirements import with_plan, with_requirement
from training.reports.hours import by_division
from training.viewsets.minutes import minutes_behind

name_acts(
    credit=gettext_lazy("Credit hours"),
    reverse=gettext_lazy("Take hours back"),
)
SHORT, COMPLETE, UNASKED = "short", "complete", "unasked"
SHORT_AFTER_PLAN = "short_after_plan"
STANDINGS = [
    (SHORT, gettext_lazy("hours are missing")),
    (SHORT_AFTER_PLAN, gettext_lazy("still short after plan")),
    (COMPLETE, gettext_lazy("complete")),
    (UNASKED, gettext_lazy("no rule")),
]
YEARS_BACK = 5


def person_column(prefix="mediator__"):
    return Column(
        name="mediator",
        label=gettext_lazy("Person's name"),
        value=(lambda row: row.mediator.name) if prefix else (lambda row: row.name),
        sort=f"{prefix}name",
    )


def place_column(prefix="mediator__"):
    return Column(
        name="division",
        label=gettext_lazy("Division"),
        value=(lambda row: row.mediator.division.name) if prefix else (lambda r: r.division.name),
        sort=f"{prefix}division",
    )


class EntryFilters(Filters):
    person = contains("mediator__name", gettext_lazy("Person's name"))
    division = DivisionFilter(field_name="mediator__division")
    content_class = choice("content_class", gettext_lazy("Content class"), ContentClass.choices)
    since = day("done_on", gettext_lazy("Done from"), "gte")
    until = day("done_on", gettext_lazy("Done until"), "lte")

    class Meta:
        model = HourEntry
        fields = []


class HourEntryDesk(DeskViewSet):
    name = "hour_entries"
    icon = "time"
    model = HourEntry
    help = gettext_lazy(
        "Computed from attendance and lessons, never typed. What was wrong is taken back with a"
        " reason; both entries stay."
    )
    related = ("mediator", "mediator__division")
    filterset_class = EntryFilters
    tab_field = "kind"
    list_columns = (
        person_column(),
        place_column(),
        "source_title",
        "content_class",
        "hours",
        column(HourEntry, "kind", tones={HourEntryKind.REVERSED: "error"}),
        "done_on",
        "entered_on",
    )
    exported = (*list_columns, "reason")
    acts = (
        Act(
            name="reverse",
            label=gettext_lazy("Take the hours back"),
            take=hours.reverse_hours,
            permission="reverse",
            offered=lambda row: row.kind == HourEntryKind.CREDITED and not is_reversed(row),
            consequences=lambda row, today: [
                _("%(hours)s class hours of %(person)s no longer count.")
                % {"hours": row.hours, "person": row.mediator}
            ],
            grave=True,
            icon="rotate",
        ),
    )

    def sections(self, record, page):
        facts = facts_of(record, *self.list_columns)
        if record.reversal_of_id:
            facts.append((_("Reason"), record.reason))
        elif is_reversed(record):
            facts.append((_("Taken back"), record.reversal.reason))
        data = Section(name="data", heading=_("Entry of hours"), icon="time", facts=facts)
        return [data, *minutes_behind(record)]


def is_reversed(entry):
    return HourEntry.objects.filter(reversal_of=entry.pk).exists()


class RequirementFilters(Filters):
    """``requirement`` and ``year`` say what is counted; the list is annotated with it already."""

    name = contains("name", gettext_lazy("Person's name"))
    division = DivisionFilter()
    requirement = django_filters.ChoiceFilter(
        label=gettext_lazy("Required"),
        choices=Requirement.choices,
        method="already",
        empty_label=None,
    )
    standing = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=STANDINGS,
        method="of_standing",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Mediator
        fields = []

    def already(self, rows, name, value):
        rules = in_hours(value)
        found = with_requirement(rows, value, year=self.year, on=self.today, rules=rules)
        return with_plan(found, value, year=self.year, on=self.today)

    @property
    def today(self):
        return timezone.localdate()

    @property
    def year(self):
        return self.today.year

    def filter_queryset(self, queryset):
        """Annotate first, whatever was chosen; then narrow."""
        chosen = self.form.cleaned_data
        rows = self.already(queryset, "", chosen.get("requirement") or Requirement.YEARLY)
        for name, value in chosen.items():
            if name != "requirement":
                rows = self.filters[name].filter(rows, value)
        return rows

    def of_standing(self, rows, name, value):
        return {
            SHORT: rows.filter(missing__gt=0),
            SHORT_AFTER_PLAN: rows.filter(missing_after_plan__gt=0),
            COMPLETE: rows.filter(missing=0),
            UNASKED: rows.filter(required=None),
        }[value]


def in_hours(requirement):
    """The rules that rule today and come to class hours, the nearest first."""
    rules = HoursRule.objects.ruling(requirement, timezone.localdate())
    return [rule for rule in rules if rule.given_in != GivenIn.QUARTERS]


def standing(row):
    if row.required is None:
        return UNASKED
    return SHORT if row.missing else COMPLETE


class TrainingStateView(DeskPage):
    """Divisions, those furthest behind first: how many have all hours, and what is missing."""

    template_name = "training/desk/hours.html"

    def get(self, request, *args, **kwargs):
        requirement = request.GET.get("requirement", Requirement.YEARLY)
        if requirement not in Requirement.values:
            raise Http404
        root = self.root(request.GET.get("division"))
        people = self.desk.people(request.user, self.today)
        lines = []
        if root is not None:
            year = self.today.year
            lines = by_division(people, root, requirement=requirement, year=year, on=self.today)
        context = self.get_context_data(root=root, lines=lines, requirement=requirement)
        return self.render_to_response(context)

    def root(self, wanted):
        """The division asked for, or the widest of the reader; None without any."""
        found = Division.objects.within(self.request.user, "training.view_hourentry")
        if not wanted:
            return found.exclude(level="province").order_by("pk").first()
        is_number = wanted.isascii() and wanted.isdigit() and len(wanted) <= NUMBER_DIGITS
        division = found.filter(pk=int(wanted)).first() if is_number else None
        if division is None:
            raise Http404
        return division

    def get_page_title(self):
        return _("Hours by division")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            rows_url=self.desk.url("index"), requirements=Requirement.choices, **kwargs
        )


class HoursDesk(DeskViewSet):
    """Mediators in post with what they still need; their own desk shows the person."""

    name = "hours"
    icon = "time"
    model = Mediator
    title = gettext_lazy("Hours required")
    help = gettext_lazy("Class hours of this year against the rules in force today.")
    related = ("division",)
    filterset_class = RequirementFilters
    history = False
    list_columns = (
        person_column(""),
        place_column(""),
        Column(
            name="required",
            label=gettext_lazy("Required"),
            value=lambda row: row.required,
            sort="required",
        ),
        Column(
            name="done", label=gettext_lazy("Hours done"), value=lambda row: row.done, sort="done"
        ),
        Column(name="waived", label=gettext_lazy("Waived"), value=lambda row: row.waived or ""),
        Column(
            name="missing",
            label=gettext_lazy("Hours missing"),
            value=lambda row: row.missing,
            sort="missing",
        ),
        Column(
            name="planned",
            label=gettext_lazy("Planned"),
            value=lambda row: row.planned or "",
            sort="planned",
        ),
        Column(
            name="missing_after_plan",
            label=gettext_lazy("Missing after plan"),
            value=lambda row: row.missing_after_plan,
            sort="missing_after_plan",
        ),
        Column(
            name="standing",
            label=gettext_lazy("State"),
            value=lambda row: dict(STANDINGS)[standing(row)],
            tone=lambda row: {SHORT: "warn", COMPLETE: "ok", UNASKED: "plain"}[standing(row)],
        ),
    )
    exported = list_columns
    PERMISSIONS = {
        "view": "training.view_hourentry",
        "export": "training.export_hourentry",
    }

    def permits(self, user, action):
        permission = self.PERMISSIONS.get(action)
        return permission is not None and user.has_perm(permission)

    def people(self, user, today, action="view"):
        """The people in post today whose hours the user may see."""
        rows = Mediator.objects.within(user, self.PERMISSIONS[action])
        return rows.filter(merged_into=None).in_post(today)

    def rows(self, user, action="view"):
        people = self.people(user, timezone.localdate(), action)
        return people.select_related(*self.related)

    def url(self, view, *args):
        if view == "inspect":
            return DESKS["registry.mediator"].url(view, *args)
        return super().url(view, *args)

    @property
    def menu_url(self):
        return self.url("state")

    def get_urlpatterns(self):
        return [
            path("", self.page(IndexView), name="index"),
            path("export/", self.page(ExportView), name="export"),
            path("state/", self.page(TrainingStateView), name="state"),
        ]

    def on_register(self):
        # The desk of mediators stays theirs.
        ViewSet.on_register(self)
