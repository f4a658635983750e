"""A row for each desk of complaints, with the mark of its place in what people type."""

from complaints.models import ComplaintPolicy
from tests import make
from tests.complaints.make_complaints import figures, received
from tests.make import DAY, TODAY


def figure(at):
    return make.saved(
        ComplaintPolicy(
            key="reply_days", division=at.division, amount=5, unit="working", standing="practice",
            kind="village" if ComplaintPolicy.objects.filter(division=at.division).exists() else "",
            source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


def complaint(at):
    """A complaint nobody took up; what was said carries the mark, and no list may show it."""
    figures()
    given = {"facts": f"{at.mark}收了香烟。", "submission": f"complaint {at.mark}"}
    return received(about=at.body, **given)[0]


MAKERS = {
    "complaints": complaint,
    "complaint_policies": figure,
}
