"""A row for each desk of complaints, with the mark of its place in what people type."""

from complaints.models import ComplaintPolicy
from tests import make
from tests.make import DAY, TODAY


def figure(at):
    return make.saved(
        ComplaintPolicy(
            key="reply_days", division=at.division, amount=5, unit="working", standing="practice",
            kind="village" if ComplaintPolicy.objects.filter(division=at.division).exists() else "",
            source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


MAKERS = {
    "complaint_policies": figure,
}
