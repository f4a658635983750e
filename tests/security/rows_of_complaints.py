"""A row for each desk of complaints, with the mark of its place in what people type."""

import json

from complaints.actions import propose_destruction
from complaints.models import (
    Complaint,
    ComplaintPolicy,
    Consequence,
    Decision,
    SupervisedSheet,
    TaskSheet,
)
from registry.actions import load_policies
from tests import make
from tests.complaints import make_entered, make_task_sheets
from tests.complaints.make_complaints import FIXTURES, handler, received
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


def consequence(at):
    """Something a unit of the place was asked to do; what was said of it carries the mark."""
    figures()
    given = {"facts": f"{at.mark}收了香烟。", "submission": f"consequence {at.mark}"}
    about, _code = received(about=at.body, **given)
    decision = make.saved(
        Decision(
            complaint=about, stage="first", result="founded", measures=["order"],
            sealed_reasons="-", body=f"{at.mark}司法局", decided_on=TODAY, decided_by=at.recorder,
        )
    )  # fmt: skip
    return make.saved(
        Consequence(
            decision=decision, kind="order", division=at.division, organization=at.body,
            unit=f"{at.mark}人民调解委员会", opened_on=TODAY,
        )
    )  # fmt: skip


def task_sheet(at):
    """A sheet about a person of the place that its unit has; the text carries the mark."""
    make_task_sheets.figures()
    county = at.division.code[:6]
    given = {"facts": f"{at.mark}收了香烟。", "submission": f"sheet {make.next_number()}"}
    by, second = make_task_sheets.handler(county), make_task_sheets.handler(county)
    return make_task_sheets.sheet("sent", about=at.person, by=by, second=second, **given)


def supervised_sheet(at):
    """A sheet that the justice office of the place was asked to press for."""
    sheet = task_sheet(at)
    TaskSheet.objects.filter(pk=sheet.pk).update(supervisor=at.division)
    return SupervisedSheet.objects.get(pk=sheet.pk)


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
    "complaint_policies": figure,
    "complaint_consequences": consequence,
    "task_sheets": task_sheet,
    "received_sheets": task_sheet,
    "supervised_sheets": supervised_sheet,
    "entered_complaints": entered_complaint,
    "hotline_imports": hotline_import,
    "identity_views": identity_view,
    "key_destructions": key_destruction,
}
