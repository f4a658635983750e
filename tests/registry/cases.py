"""Notices, orders to rectify and deregistrations in every state, made through the actions."""

import json
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from office.clocks import read_calendar
from office.clocks.published import days_of
from office.documents import attach
from office.models import CalendarDay, CalendarYear
from office.roles import Role
from registry import actions
from registry.actions import closures, notices, rectifications
from registry.flows import ClosureState, NoticeState, ObjectionState, RectificationState
from tests import make
from tests.make import DAY, TODAY

FIXTURES = Path(__file__).parents[2] / "fixtures"
TERM = timedelta(days=20)  # longer than the seven working days of a notice
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CUSTODY = {
    "seal_with": "枫桥镇司法所", "seal_on": TODAY, "plaque_with": "枫桥镇司法所",
    "plaque_on": TODAY, "files_with": "枫桥镇档案室", "files_on": TODAY,
}  # fmt: skip
S = ClosureState


def load_rules():
    """Put the policies and the calendars of the product where there are none.

    Nothing is recounted and nothing logged: tests of loading are elsewhere, and thousands begin
    with this.
    """
    policies, calendars = rules_of_the_product()
    actions.load_policies(policies)
    if CalendarYear.objects.exists():
        return
    for published in calendars:
        facts = {"document": published.document, "issued_on": published.issued_on}
        row = CalendarYear.objects.create(year=published.year, loaded_at=timezone.now(), **facts)
        CalendarDay.objects.bulk_create(days_of(published, row))


@cache
def rules_of_the_product():
    """Return the policies and the calendars as the files of the product have them."""
    policies = json.loads((FIXTURES / "policies.json").read_text())
    calendars = (FIXTURES / "calendars").iterdir()
    return policies, [read_calendar(path.read_text()) for path in calendars]


def county_officer():
    return make.officer(Role.COUNTY_BUREAU, make.division("330681"))


def note(by=None, today=TODAY):
    return {"by": by or county_officer(), "today": today, "reason": "县局会议决定。"}


def pdf(name="决定.pdf"):
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def notice(state=NoticeState.PUBLISHED, *, on=TODAY, by=None, **fields):
    fields.setdefault("kind", "appointment")
    fields.setdefault("title", "关于拟聘任人民调解员的公示")
    fields.setdefault("body", "现将拟聘任人员予以公示。\n有异议的，请在公示期内提出。")
    fields.setdefault("division", make.division())
    row = notices.draft_notice(**fields, **note(by, on))
    if state != NoticeState.DRAFT:
        row = notices.publish_notice(row.pk, **note(by, on))
    if state == NoticeState.WITHDRAWN:
        row = notices.withdraw_notice(row.pk, **note(by, on))
    return row


def objection(state=ObjectionState.OPEN, *, to=None, on=TODAY, **fields):
    to = to or notice(on=on)
    fields.setdefault("text", "该村仍有纠纷需要就地调解。")
    fields.setdefault("submission", f"{to.pk:08x}{to.objections.count():024x}")
    row, _code = notices.file_objection(to.pk, today=on, **fields)
    if state == ObjectionState.UPHELD:
        row = notices.uphold_objection(row.pk, answer="异议成立。", **note(today=on))
    elif state == ObjectionState.REJECTED:
        row = notices.reject_objection(row.pk, answer="异议不成立。", **note(today=on))
    elif state == ObjectionState.WITHDRAWN:
        row = notices.withdraw_objection(row.pk, **note(today=on))
    return row


def rectification(state=RectificationState.ORDERED, *, on=None, body=None, **fields):
    on = on or (TODAY - 60 * DAY if state == RectificationState.FAILED else TODAY)
    fields.setdefault("ground", "seal")
    fields.setdefault("faults", "印章名称与登记名称不一致。")
    body = body or make.organization()
    row = rectifications.order_rectification(organization=body, **fields, **note(today=on))
    if state == RectificationState.PASSED:
        return rectifications.clear_rectification(row.pk, result="已更换印章。", **note())
    if state == RectificationState.FAILED:
        return rectifications.fail_rectification(row.pk, result="仍未更换。", **note())
    if state == RectificationState.WITHDRAWN:
        return rectifications.withdraw_rectification(row.pk, **note())
    return row


def closure(state=S.DRAFT, *, body=None, on=TODAY, settle="end", **fields):
    """A deregistration that was put on notice on a day and is decided after its term."""
    fields.setdefault("ground", "abolished")
    fields.setdefault("facts", "村民委员会决定撤销。")
    body = body or make.organization()
    row = closures.open_closure(organization=body, **fields, **note(today=on))
    if state == S.DRAFT:
        return row
    attach(row, upload=pdf(), kind="decision", **note(today=on))
    row = closures.announce_closure(row.pk, **note(today=on))
    if state == S.STOPPED:
        return closures.stop_closure(row.pk, **note(today=on))
    if state == S.ON_NOTICE:
        return row
    ready(row, settle=settle)
    row = closures.propose_closure(row.pk, **note(today=on + TERM))
    if state == S.CARRIED_OUT:
        row = carry_out(row, today=on + TERM)
    return row


def ready(row, *, settle="end", **given):
    """Give every item a destination and record the custody."""
    for item in row.items.all():
        closures.settle_item(item.pk, destination=settle, **given, **note())
    closures.record_custody(row.pk, **CUSTODY, **note())


def carry_out(row, *, by=None, today=TODAY + TERM, typed_name=None):
    typed_name = row.organization.name if typed_name is None else typed_name
    return closures.carry_out_closure(row.pk, typed_name=typed_name, **note(by, today))
