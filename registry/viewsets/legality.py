"""The legality of committees on the desk: today, and from which day on not."""

import django_filters
from django.db.models import DateField, F, Prefetch, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.columns import Column, Section, column
from office.scopes import grants_of
from registry.models import Appointment, Organization
from registry.queries.legality import NEVER, unlawful, with_forecast
from registry.reports.legality import horizon, legality_of, sentences_on
from registry.rules import SEATS, Fault
from registry.viewsets.organization_lists import AspectDesk, AspectFilters
from registry.viewsets.terms import division_column

UNLAWFUL, SOON, LAWFUL = "unlawful", "soon", "lawful"
STANDINGS = [
    (UNLAWFUL, gettext_lazy("not lawful")),
    (SOON, gettext_lazy("lawful, but not for long")),
    (LAWFUL, gettext_lazy("lawful")),
]
TONES = {UNLAWFUL: "error", SOON: "warn", LAWFUL: "ok"}


class LegalityFilters(AspectFilters):
    standing = django_filters.ChoiceFilter(
        label=gettext_lazy("Legality"),
        choices=STANDINGS,
        method="of_standing",
        empty_label=gettext_lazy("All"),
    )
    fault = django_filters.ChoiceFilter(
        label=gettext_lazy("What is wrong today"),
        choices=Fault.choices,
        method="with_fault",
        empty_label=gettext_lazy("All"),
    )

    def of_standing(self, rows, name, value):
        return {
            UNLAWFUL: rows.filter(unlawful_on=F("asked_on")),
            SOON: rows.filter(unlawful_on__gt=F("asked_on"), unlawful_on__lt=NEVER),
            LAWFUL: rows.filter(unlawful_on=NEVER),
        }[value]

    def with_fault(self, rows, name, value):
        found = unlawful(Organization.objects.all(), timezone.localdate(), Fault(value))
        return rows.filter(pk__in=found)


def standing(row):
    if row.unlawful_on == row.asked_on:
        return UNLAWFUL
    return LAWFUL if row.unlawful_on == NEVER else SOON


def known_day(row):
    return None if row.unlawful_on == NEVER else row.unlawful_on


def days_left(row):
    return (row.unlawful_on - row.asked_on).days if standing(row) == SOON else None


def reasons(row):
    on = known_day(row)
    return " ".join(sentences_on(row.seats, row.needs_minority_member, on)) if on else ""


class LegalityDesk(AspectDesk):
    name = "legality"
    icon = "warning"
    title = gettext_lazy("Legality of committees")
    help = gettext_lazy(
        "Three to nine members, one director, a woman, a minority member where one is needed, and"
        " running terms (People's Mediation Law 8, 9). The days ahead are those on which a term"
        " ends or somebody leaves."
    )
    filterset_class = LegalityFilters
    list_columns = (
        column(Organization, "name", label=gettext_lazy("Organisation name")),
        "kind",
        division_column,
        Column(
            name="standing",
            label=gettext_lazy("Legality"),
            value=lambda row: dict(STANDINGS)[standing(row)],
            tone=lambda row: TONES[standing(row)],
        ),
        Column(
            name="unlawful_on",
            label=gettext_lazy("Not lawful from"),
            value=known_day,
            sort="unlawful_on",
        ),
        Column(name="days_left", label=gettext_lazy("Days left"), value=days_left),
        Column(name="reasons", label=gettext_lazy("Why"), value=reasons, width=60),
    )
    exported = list_columns

    def seen(self, organizations, user, today):
        until = horizon(today, home_of(user))
        seats = Appointment.objects.filter(post__in=SEATS).select_related("mediator")
        needed = seats.only(
            "organization_id", "post", "state", "from_on", "until_on", "term_until_on",
            "mediator__sex", "mediator__ethnicity",
        )  # fmt: skip
        return (
            with_forecast(organizations, today, until)
            .annotate(asked_on=Value(today, output_field=DateField()))
            .prefetch_related(Prefetch("appointments", queryset=needed, to_attr="seats"))
        )


def home_of(user):
    """The number of the first division in which the user serves, or 0 for everywhere."""
    return next((grant.low for grant in grants_of(user) if grant.low is not None), 0)


def legality_section(record, appointments, today):
    """Return the section on legality of an organisation's page; none if it is no committee."""
    legality = legality_of(record, appointments, today)
    if legality is None:
        return []
    return [
        Section(
            name="legality",
            heading=_("Legality"),
            icon="warning" if legality.faults else "check",
            template="registry/desk/legality.html",
            context={"legality": legality},
        )
    ]
