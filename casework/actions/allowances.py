"""Allowances of a period: the fixed part counted from the posts, performance added by officers."""

from collections import defaultdict

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.actions.rates import Rates, level_on, levels_of
from casework.flows.claim import LISTED
from casework.models import AllowanceRun, PayKind, PayLine
from casework.rules.allowances import ProRata, days_in_post, fixed_amount, month_after, months_in
from office import ledger
from office.flow import Refused, changing, taking
from registry.models import Appointment, Employment

ROWS = AllowanceRun.objects.select_related("division", "organization")
FULL_TIME = Employment.FULL_TIME


@transaction.atomic
def open_run(
    *, by, today, division, from_on, months, organization=None, pro_rata=ProRata.BY_DAYS, reason=""
):
    """Draw up the allowances of a division, or of one organisation, for one or three months.

    Everybody in a full-time post gets a line for each month, at the rate of the scheme of the
    place; a month that is in another run already is left out.

    :raises Refused: if the organisation lies elsewhere.
    """
    if organization is not None:
        low, high = division.span
        if not low <= organization.division_id < high:
            raise Refused(_("This organisation lies in another division."))
    until_on = from_on = from_on.replace(day=1)
    for _month in range(months):
        until_on = month_after(until_on)
    run = AllowanceRun(
        division=division, organization=organization, from_on=from_on, until_on=until_on,
        pro_rata=pro_rata, opened_by=by, opened_on=today,
    )  # fmt: skip
    run.full_clean()
    run.save()
    _write(list(_fixed_lines(run, by)))
    _recount(run)
    after = ledger.filled(run)
    ledger.append("casework.allowancerun.add", run, by=by, reason=reason, after=after)
    return run


def _write(lines):
    try:
        with transaction.atomic():
            PayLine.objects.bulk_create(lines)
    except IntegrityError as broken:
        said = _("The fixed allowance of one of these months is in another run already.")
        raise Refused(said) from broken


def _fixed_lines(run, by):
    """Yield the line of everybody who was in full-time post in a month of the run."""
    paid = set(
        PayLine.objects.standing()
        .filter(kind=PayKind.FIXED, month__gte=run.from_on, month__lt=run.until_on)
        .values_list("mediator_id", "organization_id", "month")
    )
    spans, places = _posts_of(run)
    rates = Rates("amount")
    levels = levels_of({mediator for mediator, _body in spans})
    for month in months_in(run.from_on, run.until_on):
        for (mediator, body), held in sorted(spans.items()):
            days = days_in_post(month, held)
            level = level_on(levels[mediator], month)
            rate = rates.of(places[body], month, FULL_TIME, level)
            if not days or rate is None or (mediator, body, month) in paid:
                continue
            amount = fixed_amount(rate.amount, month, days, run.pro_rata)
            yield PayLine(
                run=run, mediator_id=mediator, organization_id=body, month=month, days=days,
                kind=PayKind.FIXED, rate=rate, amount=amount, entered_by=by,
            )  # fmt: skip


def _posts_of(run):
    """Return the full-time posts held in a run, and where the organisations lie."""
    posts = Appointment.objects.held().filter(
        Q(until_on=None) | Q(until_on__gt=run.from_on),
        employment=FULL_TIME,
        from_on__lt=run.until_on,
        organization__state__in=LISTED,
    )
    if run.organization_id:
        posts = posts.filter(organization=run.organization_id)
    else:
        posts = posts.in_division(run.division)
    spans, places = defaultdict(list), {}
    for post in posts.select_related("organization"):
        spans[post.mediator_id, post.organization_id].append((post.from_on, post.until_on))
        places[post.organization_id] = post.organization.division_id
    return spans, places


@transaction.atomic
def add_performance(pk, *, by, today, mediator, month, label, amount, reason):
    """Add performance pay for somebody of the run; a second officer has to approve it.

    :raises Refused: if the month is not in the run, or the person held no post there in it.
    """
    with changing(ROWS, pk, by=by, reason=reason) as run:
        month = month.replace(day=1)
        if not run.from_on <= month < run.until_on:
            raise Refused({"month": _("This month is not in the run.")})
        post = _post_in(run, mediator, month)
        if post is None:
            raise Refused(_("This person held no post there in that month."))
        line = PayLine(
            run=run, mediator=mediator, organization_id=post.organization_id, month=month,
            kind=PayKind.PERFORMANCE, label=label, amount=amount, reason=reason, entered_by=by,
        )  # fmt: skip
        line.full_clean()
        line.save()
        run.total = run.recounted()
    return run


def _post_in(run, mediator, month):
    posts = Appointment.objects.held().filter(
        Q(until_on=None) | Q(until_on__gt=month), mediator=mediator, from_on__lt=month_after(month)
    )
    if run.organization_id:
        posts = posts.filter(organization=run.organization_id)
    return posts.in_division(run.division).order_by("pk").first()


@transaction.atomic
def approve_performance(pk, *, by, today, reason):
    """Approve the performance lines of a run that another officer entered.

    :raises Refused: if there are none that this officer may approve.
    """
    with changing(ROWS, pk, by=by, reason=reason) as run:
        waiting = run.lines.standing().filter(kind=PayKind.PERFORMANCE, approved_by=None)
        others = waiting if by is None else waiting.exclude(entered_by=by)
        if not others.update(approved_by=by):
            raise Refused(_("Whoever entered performance pay does not approve it."))
    return run


@transaction.atomic
def strike_performance(pk, *, by, today, line, reason):
    """Strike a performance line out of a draft."""
    with changing(ROWS, pk, by=by, reason=reason) as run:
        found = run.lines.standing().filter(pk=line.pk, kind=PayKind.PERFORMANCE)
        if not found.update(is_void=True):
            raise Refused(_("This line does not stand."))
        run.total = run.recounted()
    return run


def submit_run(pk, *, by, today, reason=""):
    """Hand a run over for approval."""
    with taking("submit", ROWS, pk, by=by, today=today, reason=reason) as run:
        run.submitted_by, run.reasons = by, ""
    return run


def approve_run(pk, *, by, today, reason):
    """Approve a run. :raises Refused: if the same officer drew it up or handed it over."""
    with taking("approve", ROWS, pk, by=by, today=today, reason=reason) as run:
        if by is not None and by.pk in {run.opened_by_id, run.submitted_by_id}:
            raise Refused(_("Whoever prepared a run does not approve it."))
        run.approved_by, run.approved_on = by, today
    return run


def send_back_run(pk, *, by, today, reason):
    """Return a run to its draft, with reasons."""
    with taking("send_back", ROWS, pk, by=by, today=today, reason=reason) as run:
        run.reasons, run.approved_by, run.approved_on = reason, None, None
    return run


def pay_run(pk, *, by, today, paid_on, voucher, reason=""):
    """Record that a run was paid. :raises Refused: if the day lies ahead or before the approval."""
    with taking("pay", ROWS, pk, by=by, today=today, reason=reason or voucher) as run:
        if paid_on > today or paid_on < run.approved_on:
            raise Refused(_("It is paid between the day of its approval and today."))
        run.paid_on, run.voucher = paid_on, voucher
    return run


def cancel_run(pk, *, by, today, reason):
    """Cancel a draft; its months may be paid in another run."""
    with taking("cancel", ROWS, pk, by=by, today=today, reason=reason) as run:
        run.lines.standing().update(is_void=True)
        run.total = run.recounted()
    return run


def _recount(run):
    run.total = run.recounted()
    run.save(update_fields=["total", "changed_at"])
