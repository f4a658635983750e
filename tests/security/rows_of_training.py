"""A row for each desk of training, with the mark of its place in what people type."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.timezone import get_default_timezone

from registry.models import Mediator
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_certificates as certificates
from training import actions
from training.actions import (
    add_base,
    add_part,
    add_session,
    credit_hours,
    draw_audit,
    enrol,
    open_session,
    waive_hours,
)
from training.models import (
    AuditItem,
    ContentClass,
    HoursRule,
    Pairing,
    Seal,
    TrainingBase,
    TrainingPolicy,
)


def figure(at):
    return make.saved(
        TrainingPolicy(
            key="mentor_load", division=at.division, amount=3, unit="pieces", standing="practice",
            kind="village" if TrainingPolicy.objects.filter(division=at.division).exists() else "",
            source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


def hour_entry(at):
    return credit_hours(
        at.person, hours=Decimal(2), content_class=ContentClass.LAW, source=at.body,
        title=f"{at.mark}课程", done_on=TODAY, by=at.recorder, today=TODAY,
    )  # fmt: skip


def hours_rule(at):
    taken = HoursRule.objects.filter(division=at.division).count()
    return make.saved(
        HoursRule(
            name=f"{at.mark}学时", division=at.division, given_in="hours", amount=Decimal(20),
            requirement=["yearly", "special", "pre_service"][taken], hours=Decimal(20),
            standing="setting", from_on=TODAY - DAY,
        )
    )  # fmt: skip


def hours_waiver(at):
    return waive_hours(
        by=at.recorder, today=TODAY, reason=f"{at.mark}病假", mediator=at.person,
        requirement="yearly", year=TODAY.year, hours=Decimal(4),
    )  # fmt: skip


def hours_audit(at):
    hour_entry(at)
    return draw_audit(
        by=at.recorder, today=TODAY, reason="-", division=at.division, year=TODAY.year, size=1,
        seed=f"{at.mark}样本",
    )  # fmt: skip


def audit_item(at):
    return AuditItem.objects.filter(audit__division=at.division).first()


def certificate(at):
    row = certificates.certificate(mediator=at.person, basis=f"{at.mark}考试")
    actions.check_certificate(row.pk, year=2025, by=at.recorder, today=TODAY, reason="-")
    return row


def certificate_kind(at):
    code = f"of-{at.division.pk}"
    return certificates.kind("training", code=code, division=at.division, name=f"{at.mark}证书")


def certificate_run(at):
    return actions.prepare_run(
        title=f"{at.mark}批次", division=at.division, kind=certificate_kind(at), basis="-",
        mediators=Mediator.objects.filter(pk=at.person.pk), by=at.recorder, today=TODAY,
    )  # fmt: skip


def seal(at):
    before = Seal.objects.filter(division=at.division).count()
    return actions.add_seal(
        picture=certificates.picture(), division=at.division, body=f"{at.mark}司法局",
        from_on=TODAY + before * DAY, by=at.recorder, today=TODAY, reason="-",
    )  # fmt: skip


def pairing(at):
    """An agreement to be signed: the two serve in the place, whoever could be paired there."""
    return make.saved(
        Pairing(
            mentor=make.mediator(in_division=at.division, name=f"{at.mark}师傅"),
            apprentice=at.person, from_on=TODAY, until_on=TODAY + 365 * DAY,
            plan=f"{at.mark}计划", proposed_by=at.recorder,
            logs_policy=TrainingPolicy.objects.get(key="pairing_logs"),
        )
    )  # fmt: skip


def training_base(at):
    mark = "" if at.mark.endswith("same_place") else at.mark
    number = TrainingBase.objects.count()
    return add_base(
        by=at.recorder, today=TODAY, reason="-", code=f"TB-{number}", name=f"{mark}基地",
        division=at.division, address=f"{mark}路", seats=40, strengths=f"{mark}实训",
    )  # fmt: skip


def training_session(at):
    """An open session. All organisations of a place see it, so there it bears no mark."""
    mark = "" if at.mark.endswith("same_place") else at.mark
    day = TODAY + 9 * DAY
    note = {"by": at.recorder, "today": TODAY, "reason": "-"}
    row = add_session(
        **note, title=f"{mark}培训班", division=at.division, base=training_base(at),
        content_class="law", audience="yearly", hours=Decimal(4), seats=30, enrol_until_on=day,
    )  # fmt: skip
    start = datetime(day.year, day.month, day.day, 9, tzinfo=get_default_timezone())
    add_part(
        row.pk, **note, starts_at=start, ends_at=start + timedelta(hours=2),
        title=f"{mark}课", lecturer=f"{mark}讲师",
    )  # fmt: skip
    return open_session(row.pk, **note)


def enrolment(at):
    return enrol(training_session(at).pk, mediator=at.person, by=at.recorder, today=TODAY)


MAKERS = {
    "pairings": pairing,
    "certificates": certificate,
    "certificate_kinds": certificate_kind,
    "certificate_runs": certificate_run,
    "seals": seal,
    "training_policies": figure,
    "hour_entries": hour_entry,
    "hours_rules": hours_rule,
    "hours_waivers": hours_waiver,
    "hours_audits": hours_audit,
    "audit_items": audit_item,
    "training_bases": training_base,
    "training_sessions": training_session,
    "enrolments": enrolment,
}
