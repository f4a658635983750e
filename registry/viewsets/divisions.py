"""Divisions: a tree to look through, level by level. They are loaded from a file, never edited."""

import django_filters
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.viewset import DESKS, DeskViewSet
from registry.models import Division, DivisionLevel, Mediator, Organization


class DivisionFilters(Filters):
    name = contains("name", gettext_lazy("Division name"))
    code = django_filters.CharFilter(
        "code", lookup_expr="startswith", label=gettext_lazy("Code begins with"), max_length=12
    )
    level = choice("level", gettext_lazy("Level"), DivisionLevel.choices)

    class Meta:
        model = Division
        fields = []


class DivisionDesk(DeskViewSet):
    name = "divisions"
    icon = "site"
    model = Division
    related = ("parent",)
    history = False
    filterset_class = DivisionFilters
    list_columns = (
        column(Division, "name", label=gettext_lazy("Division name")),
        "code",
        "level",
        Column(
            name="parent",
            label=gettext_lazy("Belongs to"),
            value=lambda row: row.parent.name if row.parent else "",
            sort="parent",
        ),
    )

    def tags(self, record):
        return [(record.get_level_display(), "plain")]

    def sections(self, record, page):
        user = page.request.user
        below = self.rows(user).filter(parent=record).annotate(Count("children"))
        organizations = Organization.objects.within(user).in_division(record).count()
        mediators = Mediator.objects.within(user).in_division(record).count()
        facts = [
            *facts_of(record, "code", "level"),
            (_("Mediation organisations"), organizations),
            (_("People's mediators"), mediators),
        ]
        here = f"?division={record.pk}"
        context = {
            "above": self.above(record, user),
            "below": [(row, self.url("inspect", row.pk)) for row in below],
            "facts": facts,
            "organizations_url": DESKS["registry.organization"].url("index") + here,
            "mediators_url": DESKS["registry.mediator"].url("index") + here,
        }
        return [
            Section(
                name="data",
                heading=_("Division"),
                icon="site",
                template="registry/desk/division.html",
                context=context,
            )
        ]

    def above(self, record, user):
        """The division above and its address, for those who may see it."""
        row = self.rows(user).filter(pk=record.parent_id).first()
        return row and (row, self.url("inspect", row.pk))
