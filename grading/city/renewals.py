"""Reappointments of the demo city: one in every state, led there by the actions of officers."""

from datetime import timedelta

from grading.actions import renewals
from grading.city.officers import officer
from grading.flows.renewal import Choice
from grading.models import Renewal
from office.models import User
from registry.actions.appointments import change_appointment
from registry.flows import AppointmentState
from registry.models import Appointment

OWN = "mediator"
DAY = timedelta(days=1)
NOTE = "演示：任期届满，按规定办理续聘。"
REPLY = "本任期内的培训学时少计了一次，请求复核。"
NO_REVIEWS = "演示：任期内的年度考核未录入系统。"
# How far each goes, in the order in which those whose term ends first are led there.
ROADS = [
    ("carry_out", Choice.RENEW), ("carry_out", Choice.NOT_RENEW), ("reply", Choice.NOT_RENEW),
    ("tell", Choice.RENEW), ("decide", Choice.RENEW), ("recommend", Choice.RENEW),
    ("take_pack", Choice.RENEW), ("carry_out", Choice.RENEW),
]  # fmt: skip


def make_renewals(county, today):
    """Open the cases of a county and lead some on; returns how many there are.

    The demo's own mediator was told of another term and may still ask for a review.
    """
    own, others = _posts(county, today)
    for at, post in enumerate([*own, *others]):
        _end(post, today + (10 + 3 * at) * DAY, today)
    for on in (today - 40 * DAY, today):
        renewals.open_renewals(division=county, **_note(on))
    roads = [*zip(own, [("tell", Choice.RENEW)], strict=False), *zip(others, ROADS, strict=False)]
    for post, road in roads:
        _lead(Renewal.objects.with_all().get(appointment=post), *road, today)
    return {"renewals": Renewal.objects.count()}


def _note(on, name="county"):
    return {"by": officer(name), "today": on, "reason": NOTE}


def _posts(county, today):
    """Return the post of the demo's own mediator, and as many others as there are roads."""
    posts = Appointment.objects.in_division(county).filter(
        state=AppointmentState.IN_POST, organization__state="listed",
        from_on__lt=today - 90 * DAY, term_until_on__isnull=False,
    )  # fmt: skip
    posts = posts.exclude(unit="").order_by("term_until_on", "pk")
    own = posts.filter(mediator__user__username=OWN)[:1]
    return list(own), list(posts.filter(mediator__user=None)[: len(ROADS)])


def _end(post, on, today):
    """Let a term end soon, so that there is something to see wherever the city is small."""
    if post.term_until_on > on:
        change_appointment(
            post.pk, by=officer("county"), today=today, reason="演示：任期与换届一致。",
            revision=post.revision, term_until_on=on,
        )  # fmt: skip


def _lead(case, last, choice, today):
    """Take the steps of a case up to one of them."""
    renewals.take_pack(case.pk, **_note(today - 35 * DAY))
    if last == "take_pack":
        return
    _recommend(case, choice, today - 30 * DAY)
    if last == "recommend":
        return
    _decide(case, choice, today - 25 * DAY)
    if last == "decide":
        return
    _tell(case, last, today - 20 * DAY)
    if last == "reply":
        _reply(case, today - 15 * DAY)
    elif last == "carry_out":
        renewals.carry_out(case.pk, **_note(today - 5 * DAY, "county2"))


def _recommend(case, choice, on):
    told = "演示：综合本任期表现。"
    renewals.recommend(case.pk, advice=choice, note=told, **_note(on))


def _decide(case, choice, on):
    renewals.decide(
        case.pk, choice=choice, unit=case.appointment.unit, unit_decided_on=on - DAY,
        unit_document="演示：会议决议", no_reviews_because=NO_REVIEWS, **_note(on),
    )  # fmt: skip


def _tell(case, last, on):
    until = on + (30 * DAY if last in ("tell", "reply") else 5 * DAY)
    renewals.tell(case.pk, told_on=on, reply_until=until, **_note(on))


def _reply(case, on):
    """Nobody signs in with the account: it stands for the person."""
    person = case.appointment.mediator
    person.user = User(username=f"mediator-{person.pk}", name=person.name)
    person.user.set_unusable_password()
    person.user.save()
    person.save(update_fields=["user"])
    renewals.reply(case.pk, by=person.user, today=on, text=REPLY)
