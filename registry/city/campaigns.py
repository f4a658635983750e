"""Last year's confirmation campaign of the demo: answered by some, and closed."""

from datetime import timedelta

from office.models import User
from registry.actions import confirmations
from registry.models import Division, Organization, OrganizationKind

REASON = "演示。"
COUNTY = "330681"
ANSWERED = 5


def make_campaigns(today):
    """Call the organisations of the county a year ago, let some answer, and close the campaign."""
    opened_on = today - timedelta(days=380)
    officer, clerk = (User.objects.get(username=name) for name in ("county", "township"))
    county = Division.objects.get(code=COUNTY)
    campaign = confirmations.open_campaign(
        by=officer,
        today=opened_on,
        reason=REASON,
        year=opened_on.year,
        division=county,
        from_on=opened_on,
        due_on=opened_on + timedelta(days=30),
    )
    villages = Organization.objects.in_division(county).listed()
    villages = villages.filter(kind=OrganizationKind.VILLAGE).order_by("pk")
    for body in villages[:ANSWERED]:
        confirmations.confirm_organization(
            body.pk, by=clerk, today=opened_on + timedelta(days=9), reason=REASON
        )
    confirmations.close_campaign(
        campaign.pk, by=officer, today=opened_on + timedelta(days=31), reason=REASON
    )
