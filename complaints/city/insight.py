"""Old complaints of the demo: years for the open figures, destroyed keys, views of identities."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from complaints import actions
from complaints.models import ComplaintGround
from office.models import User
from registry.models import Appointment, Division
from registry.rules import years_later

ZHUJI = "330681"
OLD_YEARS = 6
# How many came on which channel in each of the last years that are over; what became of them.
YEARS = [{"web": 9, "window": 11, "hotline": 8}, {"web": 6, "window": 8, "hotline": 7}]
ENDS = ["not_mediation", "no_facts", "other_body", "court"]
FACTS = "调解时只听一方陈述，没有让另一方把话说完。（演示第{number}件）"
IDENTITY = {"name": "周晓棠", "phone": "13905750000", "address": "诸暨市暨阳街道"}
WHY = "当事人来电询问进展，需核对来电人身份。"
KEPT = "当事人另案起诉，法院可能调阅材料，暂不销毁。"


def make_insight(today):
    """Add what the figures and the logs are shown by; returns how many complaints it were."""
    handler, head = (User.objects.get(username=name) for name in ("handler", "city"))
    held = _posts()
    if not held:
        return {"ended": 0, "old": 0}
    made = [
        _ended(held, number, day, channel, handler=handler)
        for number, (day, channel) in enumerate(_days(today))
    ]
    old_day = years_later(today, -OLD_YEARS)
    old = [_ended(held, 900 + number, old_day, "web", handler=handler) for number in range(4)]
    _destroy(old, handler, head, today)
    _look_at(held, handler, today)
    return {"ended": len(made), "old": len(old)}


def _days(today):
    """Yield (day, channel) of complaints of the years that are over, spread over the months."""
    for back, channels in enumerate(YEARS, start=1):
        for channel, count in channels.items():
            for number in range(count):
                day = date(today.year - back, 1 + number % 12, 3 + number)
                yield day, channel


def _posts():
    """Posts of people without an account, in organisations of the county."""
    low, high = Division.objects.get(code=ZHUJI).span
    rows = Appointment.objects.filter(
        state="in_post",
        organization__division_id__gte=low,
        organization__division_id__lt=high,
        mediator__user=None,
    )
    return list(rows.select_related("organization", "mediator").order_by("pk")[:20])


def _ended(held, number, day, channel, *, handler):
    """A complaint that was received, taken up and refused, all in its own time."""
    post = held[number % len(held)]
    made, _code = actions.file_complaint(
        submission=f"demo insight {number}",
        channel=channel,
        mode="named",
        facts=FACTS.format(number=number),
        identity=IDENTITY,
        today=day,
        division=Division.objects.get(code=ZHUJI),
        about="mediator",
        mediator=post.mediator,
        organization=post.organization,
        grounds=[ComplaintGround.values[number % len(ComplaintGround.values)]],
    )
    actions.take_up(made.pk, by=handler, today=day)
    later = day + timedelta(days=2 + number % 9)
    ground = ENDS[number % len(ENDS)]
    actions.reject(made.pk, ground=ground, by=handler, today=later, reason="演示。")
    return made


def _destroy(old, handler, head, today):
    """Of four old complaints one is due, one proposed, one destroyed, one kept."""
    _due, proposed, destroyed, kept = old
    cases = [
        actions.propose_destruction(made, by=handler, today=today)
        for made in (proposed, destroyed, kept)
    ]
    actions.confirm_destruction(cases[1].pk, by=head, today=today)
    actions.reject_destruction(cases[2].pk, by=head, today=today, reason=KEPT)


def _look_at(held, handler, today):
    """The handler saw who complained, twice."""
    post = held[-1]
    made, _code = actions.file_complaint(
        submission="demo insight seen",
        channel="window",
        mode="confidential",
        facts=FACTS.format(number=999),
        identity=IDENTITY,
        today=today,
        division=Division.objects.get(code=ZHUJI),
        about="mediator",
        mediator=post.mediator,
        organization=post.organization,
        grounds=["partiality"],
    )
    actions.take_up(made.pk, by=handler, today=today)
    for hour in (9, 15):
        now = timezone.make_aware(datetime.combine(today, time(hour)))
        actions.open_identity(made.pk, by=handler, now=now, today=today, reason=WHY)
