"""A row for each desk of complaints, with the mark of its place in what people type."""

from complaints.actions import propose_destruction
from complaints.models import Complaint, ComplaintPolicy
from tests import make
from tests.complaints.make_complaints import figures, received
from tests.complaints.make_destructions import DUE, seen
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


def identity_view(at):
    """That the recorder saw who complained; the reason carries the mark, the log has none."""
    figures()
    made, _code = received(about=at.body, submission=f"seen {at.mark}")
    return seen(made, by=at.recorder, reason=f"{at.mark}回访")


def key_destruction(at):
    """An old complaint whose key is to be destroyed."""
    figures()
    made, _code = received(about=at.body, submission=f"old {at.mark}", today=DUE - DAY)
    Complaint.objects.filter(pk=made.pk).update(state="rejected", closed_on=DUE)
    return propose_destruction(made, by=at.recorder, today=TODAY)


MAKERS = {
    "complaints": complaint,
    "identity_views": identity_view,
    "key_destructions": key_destruction,
    "complaint_policies": figure,
}
