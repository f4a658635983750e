"""A row for each desk of complaints, with the mark of its place in what people type."""

from complaints.models import ComplaintPolicy, Consequence, Decision, SupervisedSheet, TaskSheet
from tests import make
from tests.complaints import make_task_sheets
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


def complaint(at):
    """A complaint nobody took up; what was said carries the mark, and no list may show it."""
    figures()
    given = {"facts": f"{at.mark}收了香烟。", "submission": f"complaint {at.mark}"}
    return received(about=at.body, **given)[0]


MAKERS = {
    "complaint_consequences": consequence,
    "complaints": complaint,
    "task_sheets": task_sheet,
    "received_sheets": task_sheet,
    "supervised_sheets": supervised_sheet,
    "complaint_policies": figure,
}
