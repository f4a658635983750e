"""The register on the dashboard: what stands in the own area, in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from office.desk.viewset import DESKS
from office.policies import rows_for
from registry.flows import AppointmentState, ImportState, OrganizationState
from registry.models import (
    Appointment,
    Employment,
    ImportBatch,
    Level,
    LevelHolding,
    Mediator,
    Organization,
    OrganizationKind,
)
from registry.reports.term_chart import MONTHS, chart_of
from registry.rules import months_later

HALF = 220  # the longest bar of the pyramid, in units of the drawing
O, I = OrganizationState, ImportState  # noqa: E741
ON_ROSTER = [O.LISTED, O.CHANGE_PENDING, O.RECTIFYING]
WAITING = [O.FIRST_REVIEW, O.FILING, O.CHANGE_PENDING]
IMPORTS_OPEN = [I.UPLOADED, I.CHECKING, I.CHECKED, I.APPLYING, I.UNDOING]


@dataclass(frozen=True)
class Figure:
    """A number that leads to its list; ``tone`` is "", "warn" or "error"."""

    number: int
    label: str
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Pair:
    """A line of the pyramid: full-time to the left, everybody else to the right."""

    label: str
    full_time: int
    others: int
    left: float
    right: float


def figures(user, today):
    """Return what is to be seen at once: organisations, people, and what waits."""
    organizations = rows_for(user, "view", Organization).aggregate(
        listed=Count("pk", filter=Q(state__in=ON_ROSTER)),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        rectifying=Count("pk", filter=Q(state=O.RECTIFYING)),
    )
    held = rows_for(user, "view", Appointment).in_post(today)
    people = held.aggregate(
        people=Count("mediator", distinct=True),
        full_time=Count("mediator", distinct=True, filter=Q(employment=Employment.FULL_TIME)),
        ending=Count("pk", filter=Q(state=AppointmentState.IN_POST) & held.ends_soon(today)),
        overdue=Count("pk", filter=Q(term_until_on__lte=today, until_on=None)),
    )
    desk, posts = DESKS["registry.organization"].url("index"), DESKS["registry.appointment"]
    posts_url = posts.url("index")
    people_url = DESKS["registry.mediator"].url("index")
    found = [
        Figure(organizations["listed"], _("Organisations on the roster"), desk),
        Figure(people["people"], _("Mediators in post"), people_url),
        Figure(people["full_time"], _("of them full-time"), f"{people_url}?employment=full_time"),
    ]
    found += warned(organizations["waiting"], _("Organisations waiting for a decision"), desk)
    found += warned(
        organizations["rectifying"], _("Ordered to rectify"), f"{desk}?state={O.RECTIFYING}"
    )
    ending, overdue = (f"{posts_url}?decision={name}" for name in ("ending", "overdue"))
    found += warned(people["ending"], _("Terms to be decided on"), ending)
    found += warned(people["overdue"], _("Terms ended, still in post"), overdue, "error")
    found += imports_in_progress(user)
    return found


def warned(number, label, url, tone="warn"):
    """Return a figure only where there is something to warn of."""
    return [Figure(number, label, url, tone)] if number else []


def imports_in_progress(user):
    """Return the figure of the imports that are not finished, for those who see imports."""
    if not user.has_perm("registry.view_importbatch"):
        return []
    number = ImportBatch.objects.within(user).filter(state__in=IMPORTS_OPEN).count()
    desk = DESKS.get("registry.importbatch")
    return warned(number, _("Imports in progress"), desk.url("index") if desk else "")


def by_kind(user):
    """Return (kind, on the roster, others) for every kind the area has, largest first."""
    counted = (
        rows_for(user, "view", Organization)
        .order_by()
        .values_list("kind")
        .annotate(
            listed=Count("pk", filter=Q(state__in=ON_ROSTER)),
            others=Count("pk", filter=~Q(state__in=ON_ROSTER)),
        )
        .order_by("-listed", "kind")
    )
    labels = dict(OrganizationKind.choices)
    return [(labels[kind], listed, others) for kind, listed, others in counted]


def pyramid(user, today):
    """Return the mediators in post by level, full-time to the left, the others to the right."""
    held = Appointment.objects.in_post(today).filter(mediator=OuterRef("pk"))
    holding = LevelHolding.objects.in_force(today).filter(mediator=OuterRef("pk"))
    rows = (
        rows_for(user, "view", Mediator)
        .filter(Exists(held))
        .annotate(
            rank=Subquery(holding.values("level__rank")[:1]),
            full_time=Exists(held.filter(employment=Employment.FULL_TIME)),
        )
        .order_by()
        .values_list("rank", "full_time")
        .annotate(Count("pk"))
    )
    counted = {(rank, full_time): count for rank, full_time, count in rows}
    levels = [(level.rank, str(level)) for level in Level.objects.filter(scale="level")]
    lines = [*levels, (None, _("no level"))]
    most = max(counted.values(), default=0) or 1
    pairs = []
    for rank, label in lines:
        full_time, others = counted.get((rank, True), 0), counted.get((rank, False), 0)
        sides = (round(count / most * HALF, 1) for count in (full_time, others))
        pairs.append(Pair(label, full_time, others, *sides))
    return pairs


def terms_ending(user, today):
    """Return the chart of the terms that end from this month on, nothing being decided yet."""
    first = today.replace(day=1)
    counted = dict(
        rows_for(user, "view", Appointment)
        .in_post(today)
        .filter(state=AppointmentState.IN_POST)
        .filter(term_until_on__gte=first, term_until_on__lt=months_later(first, MONTHS))
        .annotate(month=TruncMonth("term_until_on"))
        .order_by()
        .values_list("month")
        .annotate(Count("pk"))
    )
    return chart_of(counted, today, _list_of)


def _list_of(first, last):
    index = DESKS["registry.appointment"].url("index")
    months = f"ends_from={first:%Y-%m-%d}&ends_until={last:%Y-%m-%d}"
    return f"{index}?{months}&state={AppointmentState.IN_POST}"


class RegisterPanel(Component):
    """A panel of the dashboard; ``today`` is read at the edge of the request."""

    def __init__(self, user, today):
        self.user, self.today = user, today


class FiguresPanel(RegisterPanel):
    order = 10
    template_name = "registry/panels/figures.html"

    def get_context_data(self, parent_context):
        return {"figures": figures(self.user, self.today)}


class PyramidPanel(RegisterPanel):
    order = 20
    template_name = "registry/panels/pyramid.html"

    def get_context_data(self, parent_context):
        pairs = pyramid(self.user, self.today)
        return {"pairs": pairs, "height": 30 * len(pairs), "empty": not any(_sums(pairs))}


def _sums(pairs):
    return [pair.full_time + pair.others for pair in pairs]


class TermsPanel(RegisterPanel):
    order = 30
    template_name = "registry/panels/terms.html"

    def get_context_data(self, parent_context):
        return {"chart": terms_ending(self.user, self.today)}


class KindsPanel(RegisterPanel):
    order = 40
    template_name = "registry/panels/kinds.html"

    def get_context_data(self, parent_context):
        return {"kinds": by_kind(self.user)}


def register_panels(user, today):
    """Return the panels of the register for this user, none for those who do not see it."""
    if not user.has_perm("registry.view_mediator"):
        return []
    return [panel(user, today) for panel in (FiguresPanel, PyramidPanel, TermsPanel, KindsPanel)]
