"""Lists of organisations under one aspect: they lead to the organisation's own page."""

import django_filters
from django import forms
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from office.desk.exports import ExportView
from office.desk.filters import Filters, choice, contains
from office.desk.lists import IndexView
from office.desk.viewset import DESKS, DeskViewSet
from registry.models import Division, Organization, OrganizationKind
from registry.viewsets.terms import DivisionFilter


class AnyDivisionFilter(DivisionFilter):
    """Divisions with those that were abolished: what was counted there must be found."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        rows = Division.objects.filter(level__in=["city", "county", "township"])
        self.extra["queryset"] = self.queryset = rows.order_by("id")


class AspectFilters(Filters):
    """``own`` leaves out what lies below the chosen division."""

    name = contains("name", _("Organisation name"))
    division = AnyDivisionFilter()
    own = django_filters.BooleanFilter(
        label=_("Only the division itself"), method="only_itself", widget=forms.CheckboxInput
    )
    kind = choice("kind", _("Kind"), OrganizationKind.choices)

    class Meta:
        model = Organization
        fields = []

    def only_itself(self, rows, name, value):
        division = self.form.cleaned_data.get("division")
        return rows.filter(division=division) if value and division else rows


class AspectDesk(DeskViewSet):
    """A list of organisations on the roster; their desk is another, so nothing is done here."""

    model = Organization
    related = ("division",)
    history = False

    def rows(self, user, action="view"):
        # The edge of the request reads the clock.
        return self.seen(super().rows(user, action).listed(), user, timezone.localdate())

    def seen(self, organizations, user, today):
        """Return the organisations with what this list says of them."""
        raise NotImplementedError

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
        # The desk of organisations stays theirs.
        ViewSet.on_register(self)
