"""An audit of credited hours in the demo city: one credit checked, the others still to be."""

from office.models import User
from registry.models import Division
from training import actions
from training.models import AuditFinding, HourEntry

COUNTY = "330681"
SEED = "枫桥"
SIZE = 6
WHY = "年度抽查。"
FOUND = "签到表与考勤记录一致。"


def make_audit(today):
    """Draw an audit of the last year with hours; returns the number of credits in it."""
    county = Division.objects.get(code=COUNTY)
    last = HourEntry.objects.in_division(county).order_by("-done_on").first()
    if last is None:
        return 0
    note = {"by": User.objects.get(username="county"), "today": today}
    audit = actions.draw_audit(
        division=county, year=last.done_on.year, size=SIZE, seed=SEED, reason=WHY, **note
    )
    item = audit.items.order_by("pk").first()
    actions.check_credit(item.pk, finding=AuditFinding.BORNE_OUT, reason=FOUND, **note)
    return audit.items.count()
