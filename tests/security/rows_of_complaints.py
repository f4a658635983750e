"""A row for each desk of complaints, with the mark of its place in what people type."""

import json

from complaints.models import ComplaintPolicy
from registry.actions import load_policies
from tests import make
from tests.complaints import make_entered
from tests.complaints.make_complaints import FIXTURES, handler
from tests.make import DAY, TODAY


def figure(at):
    return make.saved(
        ComplaintPolicy(
            key="reply_days", division=at.division, amount=5, unit="working", standing="practice",
            kind="village" if ComplaintPolicy.objects.filter(division=at.division).exists() else "",
            source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


def figures():
    """The figures that hold everywhere, once; the calendars are loaded by the world."""
    if not ComplaintPolicy.objects.filter(key="accept_days").exists():
        content = json.loads((FIXTURES / "policies.json").read_text(encoding="utf-8"))
        load_policies(content, ComplaintPolicy)


def entered_complaint(at):
    """Entered in the place, about nobody known; what was typed bears the mark and is sealed."""
    figures()
    officer = make_entered.window(at.division.code)
    return make_entered.entered(
        officer, whom=f"{at.mark}某", facts=f"{at.mark}投诉内容", channel="letter"
    )[0]


def hotline_import(at):
    figures()
    county = make.division(at.division.code[:6])
    row = make_entered.row(f"T-{make.next_number()}", facts=f"{at.mark}投诉内容")
    return make_entered.checked(row, by=handler(county.code), division=county)


MAKERS = {
    "entered_complaints": entered_complaint,
    "hotline_imports": hotline_import,
    "complaint_policies": figure,
}
