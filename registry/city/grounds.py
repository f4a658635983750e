"""Cases of the demo on the grounds that are seldom used, so that each of them is seen once."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from office.flow import Refused
from registry.actions import closures, record_discipline, rectifications
from registry.city.appointments import paper
from registry.city.closures import Cases
from registry.flows import ClosureGround
from registry.models import Appointment, DisciplineKind, Fault, Ground

DAY = timedelta(days=1)
COUNTY = "330681"
ORDERS = {
    Fault.SET_UP: "委员不足三人，未设主任。",
    Fault.ROSTER_DUTIES: "未按规定报送年度确认和变更情况。",
}
FACTS = {
    ClosureGround.PLACE_GONE: "所在村已并入邻村。",
    ClosureGround.NOT_RECTIFIED: "责令改正逾期未改正。",
    ClosureGround.ROSTER_DUTIES: "经责令仍不履行名册义务。",
}
CRITICISED = {Ground.LEAK: "在外谈论当事人隐私，经批评已向当事人致歉。"}


def make_grounds(today):
    """Order, begin to deregister and criticise on each of the grounds above."""
    cases = Cases(today)
    free = (one for one in cases.bodies if not (one.closures.all() or one.rectifications.all()))
    for ground, faults in ORDERS.items():
        with suppress(Refused), transaction.atomic():
            rectifications.order_rectification(
                organization=next(free),
                ground=ground,
                faults=faults,
                **cases.note(on=today - 6 * DAY),
            )
    for ground, facts in FACTS.items():
        with suppress(Refused), transaction.atomic():
            closures.open_closure(
                organization=next(free), ground=ground, facts=facts, **cases.note()
            )
    criticise(cases, today)


def criticise(cases, today):
    """Record a criticism on each ground about people who were never criticised."""
    posts = Appointment.objects.in_post(today).filter(
        organization__division__code__startswith=COUNTY,
        discipline=None,
        state="in_post",
        until_on=None,
        from_on__lt=today - 30 * DAY,
    )
    for post, (ground, text) in zip(posts.order_by("pk"), CRITICISED.items(), strict=False):
        record_discipline(
            post.pk,
            kind=DisciplineKind.CRITICISM,
            ground=ground,
            text=text,
            decided_on=today - 15 * DAY,
            document=paper("会议记录"),
            **cases.note(on=today - 12 * DAY),
        )
