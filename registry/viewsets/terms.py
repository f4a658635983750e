"""The columns, filters and tones that several desks of the register share."""

import django_filters
from django.utils.translation import gettext_lazy as _

from office.desk.columns import Column
from registry.flows import AppointmentState, OrganizationState
from registry.models import Division

O, A = OrganizationState, AppointmentState  # noqa: E741
ORGANIZATION_TONES = {
    O.DRAFT: "plain",
    O.FIRST_REVIEW: "warn",
    O.RETURNED: "error",
    O.FILING: "warn",
    O.LISTED: "ok",
    O.CHANGE_PENDING: "warn",
    O.RECTIFYING: "warn",
    O.CLOSING: "warn",
}
APPOINTMENT_TONES = {
    A.IN_POST: "ok",
    A.PROBATION: "info",
    A.TERM_ENDING: "warn",
    A.SUSPENDED: "warn",
    A.REJECTED: "error",
}
INDENT = {"township": "　"}


def division_label(division):
    """Return a division's name, indented below its county."""
    return INDENT.get(division.level, "") + division.name


class DivisionFilter(django_filters.ModelChoiceFilter):
    """A division with everything below it; to choose from are those within the own area."""

    def __init__(self, **kwargs):
        rows = Division.objects.filter(level__in=["city", "county", "township"], until_on=None)
        super().__init__(
            queryset=rows.order_by("id"), label=_("Division"), empty_label=_("All"), **kwargs
        )

    @property
    def field(self):
        field = super().field
        field.label_from_instance = division_label
        return field

    def filter(self, qs, value):
        return qs.in_division(value) if value else qs


division_column = Column(
    name="division",
    label=_("Division"),
    value=lambda row: row.division.name,
    sort="division",
)
