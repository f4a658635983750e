"""Complaints decided, replied, reviewed, closed - through the acts - and what they lead to."""

import json

from complaints import actions, vault
from complaints.actions.received_sheets import SEALED_AS
from complaints.models import Complaint, ComplaintGround, Findings, TaskSheet
from office.roles import Role
from tests import make
from tests.complaints.make_complaints import complaint, handler
from tests.make import DAY, TODAY
from tests.registry.cases import pdf

REASONS = "经调查核实，有当事人陈述和录音为证。"
TO_COMPLAINANT = "你反映的问题已经查清。"
TO_RESPONDENT = "有关你的投诉已经办结。"
TEXTS = {"to_complainant": TO_COMPLAINANT, "to_respondent": TO_RESPONDENT}
FOUNDED = [("property", "founded")]
UNFOUNDED = [("property", "unfounded")]
TYPED = {"reason": "县局意见。"}


def reviewer(**fields):
    """A handler with a post in the city above."""
    return make.officer(Role.HANDLER, make.division("3306"), **fields)


def post_of(route="elected"):
    """Somebody in post who can be removed, or dismissed."""
    return make.appointment(route=route, unit="枫桥村村民会议")


def found(*, by=None, **given):
    """A complaint whose findings are in; the sheet is stored without its history."""
    row = complaint("findings_in", by=by or handler(), **given)
    report(row)
    return row


def report(row, **told):
    """The unit's findings on a complaint."""
    sheet = TaskSheet.objects.create(
        complaint=row, serial=1, division=make.division("330681"), state="reported",
        drawn_by=row.handler, approved_by=make.user(), sent_on=TODAY,
    )  # fmt: skip
    grounds = {ground: {"finding": "founded", "text": "属实。"} for ground in row.grounds}
    told = {"said": "承认。", "grounds": grounds, "proposal": "批评教育。"} | told
    sealed = vault.seal_text(row, json.dumps(told, ensure_ascii=False), SEALED_AS)
    return Findings.objects.create(
        sheet=sheet, first_investigator="王一平", second_investigator="李二安", is_heard=True,
        sealed=sealed, reported_on=TODAY, by=sheet.approved_by,
    )  # fmt: skip


def decided(items=FOUNDED, measures=(), *, on=TODAY, **given):
    row = found(**({"today": on} | given))
    actions.decide(
        row.pk, by=row.handler, today=on, items=items, reasons=REASONS, measures=measures
    )
    return fresh(row)


def replied(items=FOUNDED, measures=(), *, on=TODAY, **given):
    row = decided(items, measures, on=on, **given)
    actions.reply(row.pk, by=row.handler, today=on, **TEXTS)
    return fresh(row)


def in_review(items=FOUNDED, measures=(), *, on=TODAY, **given):
    """A complaint of which a review was asked for, as the holder of the code does."""
    row = replied(items, measures, on=on, **given)
    return begin(row, "in_review", actions.begin_review, on)


def begin(row, state, act, on=TODAY):
    """What the holder of the code sets going by asking."""
    act(row, on)
    Complaint.objects.filter(pk=row.pk).update(state=state)
    return fresh(row)


def taken_up(*, by=None, **given):
    """A complaint in review, and who took it up."""
    row, by = in_review(**given), by or reviewer()
    actions.take_up_review(row.pk, by=by, today=TODAY)
    return fresh(row), by


def reviewed(outcome="upheld", *, on=TODAY, items=(), measures=(), **given):
    row, by = taken_up(on=on, **given)
    actions.review(
        row.pk, by=by, today=on, outcome=outcome, reasons=REASONS, items=items, measures=measures,
        **TEXTS,
    )  # fmt: skip
    return fresh(row)


def in_recheck(*, on=TODAY, **given):
    row = reviewed(on=on, **given)
    return begin(row, "in_recheck", actions.begin_recheck, on)


def outside(**given):
    """What is recorded of a re-review."""
    return {
        "number": "浙司复〔2026〕8号", "decided_on": TODAY, "body": "浙江省司法厅",
        "outcome": "upheld", "reasons": REASONS, "document": pdf("复核意见.pdf"),
    } | given  # fmt: skip


def rechecked(*, on=TODAY, **given):
    row = in_recheck(on=on)
    actions.recheck(row.pk, by=row.handler, today=on, **outside(decided_on=on, **given))
    return fresh(row)


def asked_until(row, key="review_ask_days"):
    return row.clocks.filter(key=key).latest("pk").due_on


def final(items=FOUNDED, measures=(), **given):
    """A complaint whose time to ask is over by ``TODAY``."""
    return replied(items, measures, on=TODAY - 40 * DAY, today=TODAY - 60 * DAY, **given)


def consequence(kind="criticism", *, is_final=True, route="elected", **given):
    """Something to be done after a founded complaint."""
    post = post_of("appointed" if kind == "dismissal" else route)
    make_it = final if is_final else replied
    row = make_it(measures=[kind], about=post.mediator, **given)
    return row.decisions.get().consequences.get(kind=kind)


def recording(**given):
    """What the committee records of somebody."""
    return {
        "ground": ComplaintGround.PROPERTY, "decided_on": TODAY, "text": "批评教育。",
        "document": pdf("批评决定.pdf"),
    } | given  # fmt: skip


def fresh(row):
    return type(row).objects.get(pk=row.pk)
