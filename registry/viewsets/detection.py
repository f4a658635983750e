"""Organisations that call for a look: a report of the desk, from which one orders to rectify."""

import django_filters
from django.db.models import Q
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.base import ViewSet

from office.desk.columns import Column
from office.desk.exports import ExportView
from office.desk.filters import Filters, choice, contains
from office.desk.lists import IndexView
from office.desk.viewset import DESKS, DeskViewSet
from registry.flows import OrganizationState
from registry.models import Organization, OrganizationKind, Policy, PolicyKey
from registry.queries.detection import LEAST_MEMBERS, any_sign, with_signs
from registry.questions import activity_of_organizations
from registry.viewsets.terms import DivisionFilter, division_column

SIGN_LABELS = [
    ("any", gettext_lazy("any sign")),
    ("unconfirmed", gettext_lazy("not confirmed")),
    ("understaffed", gettext_lazy("fewer than three members")),
    ("term_expired", gettext_lazy("a term is over")),
    ("no_cases", gettext_lazy("no case")),
    ("no_training", gettext_lazy("no training")),
]


class SignFilters(Filters):
    name = contains("name", gettext_lazy("Organisation name"))
    division = DivisionFilter()
    kind = choice("kind", gettext_lazy("Kind"), OrganizationKind.choices)
    sign = django_filters.ChoiceFilter(
        method="only_with",
        label=gettext_lazy("Sign"),
        choices=SIGN_LABELS,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Organization
        fields = []

    def only_with(self, rows, name, sign):
        return rows.filter(any_sign() if sign == "any" else Q(**{sign: True}))


def said(sign, bad, good):
    """Return the value of a column: what was found, or that it is not known."""

    def value(row):
        found = getattr(row, sign)
        if found is None:
            return _("not known")
        return bad(row) if found else good(row)

    return value


def tone(sign):
    return lambda row: {None: "plain", True: "error", False: "ok"}[getattr(row, sign)]


def since(row):
    return _("none since %(day)s") % {"day": date_format(row.idle_since, "Y-m-d")}


def confirmation(row):
    return date_format(row.confirmed_on, "Y-m-d") if row.confirmed_on else _("never")


def order_link(row):
    """The way to an order to rectify, where one is possible."""
    if row.state != OrganizationState.LISTED:
        return ""
    url = f"{DESKS['registry.rectification'].url('add')}?organization={row.pk}"
    return format_html('<a href="{}">{}</a>', url, _("Order to rectify"))


def sign_column(sign, label, bad, good):
    return Column(name=sign, label=label, value=said(sign, bad, good), tone=tone(sign))


SIGN_COLUMNS = (
    sign_column("no_cases", gettext_lazy("Cases"), since, lambda row: _("yes")),
    sign_column("no_training", gettext_lazy("Training"), since, lambda row: _("yes")),
    sign_column("unconfirmed", gettext_lazy("Last confirmed on"), confirmation, confirmation),
    sign_column(
        "understaffed",
        gettext_lazy("Committee members"),
        lambda row: f"{row.members} / {LEAST_MEMBERS}",
        lambda row: row.members,
    ),
    sign_column(
        "term_expired", gettext_lazy("Terms"), lambda row: _("over"), lambda row: _("running")
    ),
)
NAME = Column(
    name="name",
    label=gettext_lazy("Organisation name"),
    value=lambda row: row.name,
    sort="name",
)


class DetectionDesk(DeskViewSet):
    """A report on organisations: it lists and exports them, their own desk shows them."""

    name = "detection"
    icon = "search"
    model = Organization
    help = gettext_lazy(
        "The months without activity are set under “policies”. What no part of the system can "
        "tell yet is “not known”, never none."
    )
    related = ("division",)
    filterset_class = SignFilters
    list_columns = (
        NAME,
        "kind",
        division_column,
        *SIGN_COLUMNS,
        Column(
            name="order",
            label=gettext_lazy("Next step"),
            value=order_link,
            permission="registry.add_rectification",
        ),
    )
    exported = (NAME, "kind", division_column, *SIGN_COLUMNS)
    history = False
    PERMISSIONS = {
        "view": "registry.view_rectification",
        "export": "registry.export_organization",
    }

    @property
    def title(self):
        return _("Organisations to look at")

    def permits(self, user, action):
        permission = self.PERMISSIONS.get(action)
        return permission is not None and user.has_perm(permission)

    def rows(self, user, action="view"):
        today = timezone.localdate()
        on_the_roster = Organization.objects.listed().select_related(*self.related)
        rows = on_the_roster.within(user, self.PERMISSIONS["view"])
        idle = Policy.objects.in_force(today).filter(key=PolicyKey.IDLE_MONTHS)
        answers = activity_of_organizations.send(Organization, organizations=rows)
        return with_signs(
            rows,
            today=today,
            idle=idle.select_related("division"),
            activity={name: sign for _receiver, told in answers for name, sign in told.items()},
        )

    def url(self, view, *args):
        if view == "inspect":
            return DESKS["registry.organization"].url(view, *args)
        return super().url(view, *args)

    def get_urlpatterns(self):
        return [
            path("", self.page(IndexView), name="index"),
            path("export/", self.page(ExportView), name="export"),
        ]

    def on_register(self):
        # The desk of organisations stays the one to which links of organisations lead.
        ViewSet.on_register(self)
