"""Stars of committees and the profile of studios on the desk, with what is overdue."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.actions import stars
from registry.forms.honours import (
    NewStarRatingForm,
    NewStudioForm,
    RecheckStarsForm,
    RecheckStudioForm,
    StudioForm,
)
from registry.models import AwardLevel, StarRating, StudioProfile

name_acts(
    rate=gettext_lazy("Give the stars"),
    replace=gettext_lazy("Replace by a new rating"),
    recheck=gettext_lazy("Note a re-check"),
)
REPLACED, OVERDUE, CURRENT = "replaced", "overdue", "current"
STANDINGS = {
    CURRENT: (gettext_lazy("current"), "ok"),
    OVERDUE: (gettext_lazy("re-check overdue"), "error"),
    REPLACED: (gettext_lazy("replaced"), "plain"),
}


def standing(row):
    """Whether a rating or profile is current; the edge of the request reads the clock."""
    if getattr(row, "until_on", None):
        return REPLACED
    return OVERDUE if row.recheck_due < timezone.localdate() else CURRENT


ORGANIZATION = Column(
    name="organization",
    label=gettext_lazy("Organisation"),
    value=lambda row: row.organization.name,
    sort="organization__name",
)
STANDING = Column(
    name="standing",
    label=gettext_lazy("State"),
    value=lambda row: STANDINGS[standing(row)][0],
    tone=lambda row: STANDINGS[standing(row)][1],
)


class RecheckFilters(Filters):
    """Filters that lists with a re-check share."""

    organization = contains("organization__name", gettext_lazy("Organisation name"))
    due_until = day("recheck_due", gettext_lazy("Re-check due until"), "lte")
    overdue = django_filters.BooleanFilter(
        label=gettext_lazy("Re-check overdue"), method="of_overdue"
    )

    class Meta:
        model = StarRating
        fields = []

    def of_overdue(self, rows, name, value):
        late = self._meta.model.objects.overdue(timezone.localdate()).values("pk")
        return rows.filter(pk__in=late) if value else rows.exclude(pk__in=late)


class StarFilters(RecheckFilters):
    stars = django_filters.NumberFilter(
        "stars", label=gettext_lazy("Stars"), min_value=1, max_value=5
    )
    current = django_filters.BooleanFilter(
        "until_on", lookup_expr="isnull", label=gettext_lazy("Not replaced")
    )


class StudioFilters(RecheckFilters):
    level = choice("level", gettext_lazy("Recognised as"), AwardLevel.choices)

    class Meta:
        model = StudioProfile
        fields = []


class StarDesk(DeskViewSet):
    name = "stars"
    icon = "pick"
    model = StarRating
    related = ("organization",)
    filterset_class = StarFilters
    list_columns = (
        ORGANIZATION,
        Column(
            name="stars",
            label=gettext_lazy("Stars"),
            value=lambda row: f"{row.stars}/{row.most_stars}",
            sort="stars",
        ),
        column(StarRating, "rated_on"),
        "rated_by",
        "recheck_due",
        "until_on",
        STANDING,
    )
    exported = list_columns
    add_form_class = NewStarRatingForm
    add = staticmethod(stars.rate_alone)
    document_kinds = (("decision", gettext_lazy("decision on the stars")),)
    acts = (
        Act(
            name="recheck",
            label=gettext_lazy("Check again"),
            take=stars.recheck_stars,
            permission="add",
            form_class=RecheckStarsForm,
            offered=lambda row: row.until_on is None,
            refusals=lambda row, today: stars.bars_to_rating_alone(row.organization, today),
            consequences=lambda row, today: [_("A new rating takes the place of this one.")],
        ),
    )

    def initial(self, request):
        return {"rated_on": timezone.localdate()}

    def tags(self, record):
        return [STANDINGS[standing(record)]]

    def sections(self, record, page):
        facts = facts_of(
            record, "stars", "most_stars", "rated_on", "rated_by", "recheck_due", "until_on"
        )
        facts.insert(0, (_("Organisation"), record.organization.name))
        facts.append((_("Counted by the policy"), str(record.policy)))
        return [Section(name="data", heading=_("Star rating"), icon="pick", facts=facts)]


class StudioDesk(DeskViewSet):
    name = "studios"
    icon = "home"
    model = StudioProfile
    related = ("organization", "leader")
    filterset_class = StudioFilters
    list_columns = (
        ORGANIZATION,
        "named_after",
        Column(
            name="leader", label=gettext_lazy("Led by"), value=lambda row: row.leader.name,
            sort="leader__name",
        ),
        "level",
        "recognised_on",
        "checked_on",
        "recheck_due",
        STANDING,
    )  # fmt: skip
    exported = list_columns
    form_class = StudioForm
    add_form_class = NewStudioForm
    add = staticmethod(stars.recognise_studio)
    change = staticmethod(stars.change_studio)
    document_kinds = (("decision", gettext_lazy("decision on the studio")),)
    acts = (
        Act(
            name="recheck",
            label=gettext_lazy("Note a re-check"),
            take=stars.recheck_studio,
            permission="change",
            form_class=RecheckStudioForm,
        ),
    )

    def initial(self, request):
        return {"recognised_on": timezone.localdate()}

    def tags(self, record):
        return [STANDINGS[standing(record)]]

    def sections(self, record, page):
        facts = facts_of(
            record, "named_after", "level", "recognised_on", "checked_on", "recheck_due"
        )
        facts.insert(0, (_("Organisation"), record.organization.name))
        facts.insert(2, (_("Led by"), record.leader.name))
        facts.append((_("Counted by the policy"), str(record.policy)))
        return [Section(name="data", heading=_("Studio"), icon="home", facts=facts)]
