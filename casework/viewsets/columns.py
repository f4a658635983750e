"""The columns that several desks of casework share."""

from django.utils.translation import gettext_lazy as _

from office.desk.columns import Column

case_column = Column(
    name="case", label=_("Case number"), value=lambda row: str(row.case), sort="case__number"
)
body_column = Column(
    name="organization",
    label=_("Organisation"),
    value=lambda row: row.case.organization.name,
    sort="case__organization__name",
)
