"""Subsidy claims of the demo city in every state, and the allowances of a quarter."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef

from casework import actions
from casework.actions import allowances, claim_lines, claim_steps, claims
from casework.flows import ClaimState
from casework.models import (
    REQUIRED_DOCUMENTS,
    Agreement,
    ClaimBatch,
    DifficultyScheme,
    DisputeType,
    SubsidyScheme,
)
from casework.rules.claims import quarter_of, span_of
from office.models import User
from registry.city.accounts import FENGQIAO
from registry.flows.organization import DIRECT_KINDS
from registry.models import Appointment, Division, Organization

COUNTY = "330681"
REASON = "演示。"
SECOND = "township2"
CASES = 3
DAY = timedelta(days=1)
SIGNED = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
S = ClaimState
# What is wrong with a line until somebody names an amount and says why.
REASON_SETTLES = {"undecided", "late", "flagged"}
# What becomes of the batches, in the order of the organisations; ``returned`` twice.
STATES = [
    S.DRAFT, S.FIRST_CHECK, S.SECOND_CHECK, S.TOWNSHIP_REVIEW, S.BUREAU_CHECK, S.APPROVAL,
    S.APPROVED, S.PAID, S.RETURNED, S.WITHDRAWN,
]  # fmt: skip


@transaction.atomic
def make_claims(today):
    """Draw up claims in every state for the quarter before this one; returns how many there are.

    The committee of the account ``clerk`` has cases of that quarter and claims nothing yet. The
    account ``township2`` is the second of the justice office, for whom the second check waits.
    """
    year, quarter = _quarter_before(today)
    from_on, ends_on = span_of(year, quarter)
    for body, state in zip(_bodies(from_on, today), [None, *STATES], strict=False):
        _cases(body, from_on, ends_on, today)
        if state:
            batch = claims.open_batch(
                by=None, today=today, organization=body, year=year, quarter=quarter, reason=REASON
            )
            _bring(batch, state, today)
    _allowances(from_on, today)
    return ClaimBatch.objects.count()


def _quarter_before(today):
    year, quarter = quarter_of(today)
    return (year, quarter - 1) if quarter > 1 else (year - 1, 4)


def _bodies(since, today):
    """Return organisations below the county where two people serve, that of the clerk first."""
    low, high = Division.objects.get(code=COUNTY).span
    serving = Appointment.objects.on_the_roster(today).filter(
        organization=OuterRef("pk"), from_on__lte=since
    )
    rows = Organization.objects.listed().filter(
        Exists(serving), division_id__gte=low, division_id__lt=high
    )
    rows = rows.exclude(kind__in=DIRECT_KINDS).exclude(claim_batches__isnull=False).order_by("pk")
    own = list(rows.filter(division__code=FENGQIAO, kind="township")[:1])
    others = rows.exclude(pk__in=[body.pk for body in own])
    in_fengqiao = others.filter(division__code__startswith=FENGQIAO)
    near = list(in_fengqiao[: len(STATES)])
    far = others.exclude(pk__in=[body.pk for body in near])[: len(STATES) - len(near)]
    return [*own, *near, *far]


def _cases(body, from_on, ends_on, today):
    """Enter closed cases with whole files, of every class but the last."""
    posts = Appointment.objects.on_the_roster(today).filter(organization=body, from_on__lte=from_on)
    people = [post.mediator for post in posts.select_related("mediator").order_by("pk")[:2]]
    for number in range(CASES):
        accepted_on = from_on + (10 + 20 * number) * DAY
        closed_on = min(accepted_on + 5 * DAY, ends_on - DAY)
        shares = [(people[0], "lead", 2)]
        if number == 0 and len(people) > 1:
            shares.append((people[1], "together", 1))
        actions.enter_case(
            by=None, today=today, reason=REASON, organization=body,
            dispute_type=DisputeType.objects.order_by("order", "pk")[number],
            difficulty=_class(body, accepted_on, number), accepted_on=accepted_on, attempts=1,
            people=2, documents=[str(code) for code in REQUIRED_DOCUMENTS], shares=shares,
            close={"step": "succeed", "closed_on": closed_on, "agreement": Agreement.WRITTEN},
        )  # fmt: skip


def _class(body, on, number):
    scheme = DifficultyScheme.objects.ruling(body.division_id, on)
    classes = list(scheme.classes.order_by("order")) if scheme else []
    return classes[number % max(1, len(classes) - 1)] if classes else None


def _bring(batch, state, today):
    """Take a draft to a state the way it comes about."""
    note = {"today": today, "reason": REASON}
    if state == S.WITHDRAWN:
        claim_steps.withdraw_batch(batch.pk, by=None, **note)
        return
    if state == S.DRAFT or not _decide(batch, today):
        return
    claim_steps.submit_batch(batch.pk, by=None, declares=True, **note)
    if state == S.RETURNED:
        reason = "两件案件的回访记录缺失，请补正。"
        claim_steps.return_batch(batch.pk, by=_who("township"), today=today, reason=reason)
        return
    for at, take in _onward(today):
        batch.refresh_from_db()
        if batch.state == state:
            break
        if batch.state == at:
            take(batch.pk)
    if state == S.PAID:
        claim_steps.disclose_batch(batch.pk, by=_who("county"), **note)


def _decide(batch, today):
    """Decide what the scheme leaves to the organisation; says whether any line stands."""
    lines = batch.lines.standing()
    for line in lines:
        is_open = "undecided" in line.faults and REASON_SETTLES.issuperset(line.faults)
        if is_open and line.offer.get("low"):
            low = Decimal(line.offer["low"])
            note = {"by": None, "today": today, "reason": "当事人较多，调解历时较长。"}
            claim_lines.adjust_line(line.pk, amount=low, **note)
        elif line.faults:
            claim_lines.strike_line(line.pk, by=None, today=today, reason="材料不全，暂不申报。")
    return lines.exists()


def _onward(today):
    note = {"today": today, "reason": "材料齐全，同意。"}
    review = {"leader": "何志远", "reviewed_on": today}
    paid = {"paid_on": today, "voucher": f"记-{today:%Y%m}-018"}
    yield S.FIRST_CHECK, lambda pk: claim_steps.pass_first_check(pk, by=_who("township"), **note)
    yield S.SECOND_CHECK, lambda pk: claim_steps.pass_second_check(pk, by=_who(SECOND), **note)
    yield (
        S.TOWNSHIP_REVIEW,
        lambda pk: claim_steps.record_review(
            pk, by=_who("township"), document=SimpleUploadedFile("审核意见.pdf", SIGNED), **note,
            **review,
        ),
    )  # fmt: skip
    yield S.BUREAU_CHECK, lambda pk: claim_steps.check_totals(pk, by=_who("county"), **note)
    yield S.APPROVAL, lambda pk: claim_steps.approve_batch(pk, by=_who("county2"), **note)
    yield S.APPROVED, lambda pk: claim_steps.pay_batch(pk, by=_who("county"), **paid, **note)


def _who(username):
    return User.objects.get(username=username)


def _allowances(from_on, today):
    """The allowances of the quarter, paid where the scheme of the county has a monthly rate."""
    county = Division.objects.get(code=COUNTY)
    if SubsidyScheme.objects.ruling(county.pk, from_on) is None:
        return
    note = {"today": today, "reason": REASON}
    first, second = _who("county"), _who("county2")
    run = allowances.open_run(by=first, division=county, from_on=from_on, months=3, **note)
    line = run.lines.select_related("mediator").first()
    if line is None:
        return
    allowances.add_performance(
        run.pk, by=first, mediator=line.mediator, month=line.month, label="年度考核优秀",
        amount=Decimal("300.00"), **note,
    )  # fmt: skip
    allowances.approve_performance(run.pk, by=second, **note)
    allowances.submit_run(run.pk, by=first, **note)
    allowances.approve_run(run.pk, by=second, **note)
    paid = {"paid_on": today, "voucher": f"记-{today:%Y%m}-021"}
    allowances.pay_run(run.pk, by=first, **paid, **note)
