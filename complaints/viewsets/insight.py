"""Insight on the desk: limits, ages, findings and patterns, each within the officer's posts."""

from django.http import Http404
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from complaints.models import Complaint
from complaints.queries import insight as asked
from complaints.reports.insight import (
    age_tables,
    drawn,
    finding_tables,
    pattern_groups,
    shade_table,
    standings,
)
from complaints.reports.refusals import refusal_table
from complaints.reports.tables import figure
from office.desk.pages import DeskPage
from office.desk.viewset import DESKS, DeskViewSet
from office.scopes import carries, grants_of

PERMISSION = "complaints.view_statistics_complaint"
# Single complaints: as dots, and with numbers below the least.
EACH = "complaints.view_each_complaint"
PATTERNS = "complaints.view_patterns_complaint"
READ = "complaints.view_complaint"
YEARS_BACK = 6


class InsightView(DeskPage):
    """All of it on one page; a bureau sees numbers only, and no small ones."""

    template_name = "complaints/desk/insight.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return self.desk.title

    def trail(self):
        return []

    def complaints(self, permission):
        return Complaint.objects.within(self.request.user, permission)

    @cached_property
    def place(self):
        """The number of the division of the officer's first post."""
        grants = grants_of(self.request.user, PERMISSION)
        return next((grant.low for grant in grants if grant.low is not None), 0)

    def figure(self, key):
        return figure(key, division_id=self.place, today=self.today)

    @cached_property
    def sees_each(self):
        return carries(self.request.user, EACH, PERMISSION)

    @cached_property
    def year(self):
        wanted = self.request.GET.get("year", str(self.today.year))
        if wanted not in map(str, self.years):
            raise Http404
        return int(wanted)

    @property
    def years(self):
        return range(self.today.year, self.today.year - YEARS_BACK, -1)

    def get_context_data(self, **kwargs):
        cell_least = self.figure("cell_least")
        least = 1 if self.sees_each else cell_least
        rows = self.complaints(PERMISSION)
        found = standings(rows, self.today)
        return super().get_context_data(
            media="",
            year=self.year,
            years=self.years,
            least=least,
            dots=drawn(found, self.address_of) if self.sees_each else None,
            shades=shade_table(found, least),
            ages=age_tables(rows, self.today, least),
            refusals=refusal_table(rows, self.year, least),
            findings=finding_tables(rows, self.year, least),
            satisfaction=self.satisfaction(rows, cell_least),
            **self.patterns(),
            **kwargs,
        )

    def satisfaction(self, rows, least):
        """Return what is told of satisfaction: the average, or that too few gave one."""
        average, count = asked.satisfaction(rows, self.year)
        if count < least:
            return _("fewer than %(least)d gave one") % {"least": least}
        told = {"average": f"{average:.1f}", "count": count}
        return _("%(average)s of 5, from %(count)d complainants") % told

    def patterns(self):
        if not self.request.user.has_perm(PATTERNS):
            return {"patterns": None}
        least, months = self.figure("pattern_count"), self.figure("pattern_months")
        rows = self.complaints(PATTERNS)
        found = pattern_groups(rows, least=least, months=months, today=self.today)
        addressed = [
            (pattern, [(row, self.address_of(row)) for row in pattern.complaints])
            for pattern in found
        ]
        return {"patterns": addressed, "pattern_least": least, "pattern_months": months}

    def address_of(self, complaint):
        """Return the page of a complaint, if the officer may open one."""
        desk = DESKS.get(Complaint._meta.label_lower)
        if desk is None or not self.may_open:
            return ""
        return desk.url("inspect", complaint.pk)

    @cached_property
    def may_open(self):
        return carries(self.request.user, READ, PERMISSION)


class InsightDesk(DeskViewSet):
    """Figures, no records; nothing is done here but looking."""

    name = "complaint_insight"
    icon = "order"
    model = Complaint
    title = gettext_lazy("Insight into complaints")
    help = gettext_lazy("Within your posts. What you have a part in yourself is in no figure.")

    def permits(self, user, action):
        return action == "view" and user.has_perm(PERMISSION)

    def get_urlpatterns(self):
        return [path("", self.page(InsightView), name="index")]

    def on_register(self):
        # The desk of complaints is another.
        ViewSet.on_register(self)
