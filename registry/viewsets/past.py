"""The roster on a day, as it was known at another: a report for the officer's desk."""

from datetime import datetime, time, timedelta
from urllib.parse import urlencode

import django_filters
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.columns import Column, Section, display, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.lists import IndexView
from office.desk.viewset import DeskViewSet
from registry.forms.staff import DayInput
from registry.models import AppointmentVersion, Level, OrganizationKind, OrganizationVersion
from registry.viewsets.terms import DivisionFilter

DAY = timedelta(days=1)


def asked(request):
    """Return the day and the moment a request asks for: today, as known now, if it names none.

    A day of knowledge means what was known when that day ended; None means now.
    """
    today = timezone.localdate()
    on = _day(request, "on") or today
    known_on = _day(request, "known_on")
    if known_on is None or known_on >= today:
        return on, None
    return on, timezone.make_aware(datetime.combine(known_on + DAY, time()))


def _day(request, name):
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:  # well formed, but no day of the calendar
        return None


class PastFilters(Filters):
    on = django_filters.DateFilter(
        label=gettext_lazy("Roster on"), method="as_it_is", widget=DayInput
    )
    known_on = django_filters.DateFilter(
        label=gettext_lazy("As known on"), method="as_it_is", widget=DayInput
    )
    name = contains("name", gettext_lazy("Organisation name"))
    division = DivisionFilter()
    kind = choice("kind", gettext_lazy("Kind"), OrganizationKind.choices)

    class Meta:
        model = OrganizationVersion
        fields = []

    def as_it_is(self, rows, name, value):
        """The rows are those of the day already: see ``PastDesk.rows_at``."""
        return rows


class PastIndexView(IndexView):
    """The organisations of the day; each leads to its people on the same day."""

    def rows(self, action=None):
        return self.desk.rows_at(self.request, action or self.action)

    def line(self, row):
        row, address, shown = super().line(row)
        asked_for = {n: v for n in ("on", "known_on") if (v := self.request.GET.get(n))}
        return row, f"{address}?{urlencode(asked_for)}" if asked_for else address, shown

    def get_context_data(self, **kwargs):
        on, known_at = asked(self.request)
        shown = {
            "on": date_format(on, "DATE_FORMAT"),
            "known_at": date_format(
                timezone.localtime(known_at or timezone.now()), "DATETIME_FORMAT"
            ),
        }
        told = _("The roster on %(on)s, as it was known at %(known_at)s.") % shown
        return {**super().get_context_data(**kwargs), "page_help": told}


class PastDesk(DeskViewSet):
    name = "past-roster"
    icon = "history"
    model = OrganizationVersion
    title = gettext_lazy("Roster on a day")
    menu_hook = "register_reports_menu_item"
    history = False
    filterset_class = PastFilters
    list_columns = (
        "name",
        "kind",
        Column(
            name="division", label=gettext_lazy("Division"), value=lambda row: row.division_name
        ),
        "state",
        Column(name="people", label=gettext_lazy("In post"), value=lambda row: row.people),
        "valid_from",
    )

    def rows_at(self, request, action):
        on, known_at = asked(request)
        rows = super().rows(request.user, action).as_of(on, known_at).on_the_register()
        return rows.placed().counted(on, known_at)

    def page(self, view_class):
        return super().page(PastIndexView if view_class is IndexView else view_class)

    def sections(self, record, page):
        on, known_at = asked(page.request)
        bodies = self.rows(page.request.user).filter(pk=record.pk)
        people = AppointmentVersion.objects.told(on, known_at, bodies).order_by("post", "name")
        levels = Level.objects.in_bulk()
        shown = [
            {
                "name": row.name,
                "post": display(row, "post"),
                "employment": display(row, "employment"),
                "level": levels.get(row.level_id, ""),
                "from_on": row.from_on,
                "until_on": row.until_on,
            }
            for row in people
        ]
        facts = facts_of(record, "name", "kind", "state", "number", "valid_from", "valid_until")
        facts += facts_of(record, "recorded_at", "superseded_at")
        return [
            Section(
                name="people",
                heading=_("In post on %(day)s") % {"day": on.isoformat()},
                icon="user",
                template="registry/desk/past_people.html",
                context={"people": shown},
            ),
            Section(name="data", heading=_("Data"), facts=facts),
        ]
