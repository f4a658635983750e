"""People enrol themselves or are nominated, are approved or not, and withdraw."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from office.flow import Refused, taking
from registry.actions.entering import entered
from registry.models import Appointment
from registry.rules import enclosing
from training.actions.seats import count_taken, fill_seats, locked, place
from training.models import Enrolment, TrainingSession

OVER = ["ended", "rejected"]


def serving(today):
    """Appointments that are held, or on the way: training before duty is for these."""
    return Appointment.objects.filter(~Q(state__in=OVER) | Q(state="ended", until_on__gt=today))


def reasons_against(session, mediator, today, *, nominated=False):
    """Return all that bars a person from a session today, in sentences."""
    allowed = session.nomination if nominated else session.own_enrolment
    tests = [
        (session.state == "open", _("The session takes no enrolments.")),
        (today <= session.enrol_until_on, _("The last day to enrol is over.")),
        (
            allowed,
            _("Organisations do not nominate for this session.")
            if nominated
            else _("Only organisations nominate for this session."),
        ),
        (
            session.division_id in enclosing(mediator.division_id),
            _("The session is held for another place."),
        ),
        (
            mediator.merged_into_id is None
            and serving(today).filter(mediator=mediator.pk).exists(),
            _("Only people who hold a post, or are about to, take part."),
        ),
    ]
    return [reason for passes, reason in tests if not passes]


@transaction.atomic
def enrol(pk, *, mediator, by, today):
    """Enrol a person at the own wish: at once, on the waiting list, or to be approved.

    Whoever is enrolled already stays so: asking twice is asking once.

    :raises Refused: with all that bars the person.
    """
    session = locked(pk)
    if standing := _standing(session, mediator):
        return standing
    if reasons := reasons_against(session, mediator, today):
        raise Refused(reasons)
    return _applied(session, mediator, by=by, today=today)


@transaction.atomic
def nominate(pk, *, by, today, reason, organization, mediators):
    """Nominate people of an organisation for a session; returns their enrolments.

    :raises Refused: naming everybody who may not be nominated; then nobody is.
    """
    session = locked(pk)
    own = set(
        serving(today).filter(organization=organization).values_list("mediator_id", flat=True)
    )
    found = []
    for mediator in mediators:
        said = reasons_against(session, mediator, today, nominated=True)
        if mediator.pk not in own:
            said = [_("Does not serve in this organisation.")]
        found += [f"{mediator}：{sentence}" for sentence in said]
    if found:
        raise Refused(found)
    return [
        _standing(session, mediator)
        or _applied(session, mediator, organization=organization, by=by, today=today, reason=reason)
        for mediator in mediators
    ]


def _standing(session, mediator):
    return Enrolment.objects.live().filter(session=session, mediator=mediator).first()


def _applied(session, mediator, *, by, today, reason="", organization=None):
    enrolment = Enrolment(
        session=session, mediator=mediator, organization=organization, applied_on=today
    )
    entered(enrolment, by=by, reason=reason, act="apply")
    if session.needs_approval:
        return enrolment
    return place(enrolment, session, by=by, today=today, reason=reason)


@transaction.atomic
def approve(pk, *, by, today, reason):
    """Approve an enrolment: a seat while there is one, else a turn on the waiting list.

    :raises Refused: if it awaits no approval, or the session takes no enrolments.
    """
    enrolment = Enrolment.objects.get(pk=pk)
    return place(enrolment, locked(enrolment.session_id), by=by, today=today, reason=reason)


@transaction.atomic
def approve_all(pk, *, by, today, reason):
    """Approve everybody who awaits it, in the order in which they applied.

    :raises Refused: if nobody does.
    """
    session = locked(pk)
    pending = list(session.enrolments.filter(state="pending").order_by("pk"))
    if not pending:
        raise Refused(_("No enrolment awaits approval."))
    return [place(row, session, by=by, today=today, reason=reason) for row in pending]


@transaction.atomic
def reject(pk, *, by, today, reason):
    """Reject an enrolment; the person reads the reason on the own page."""
    locked(Enrolment.objects.get(pk=pk).session_id)
    rows = Enrolment.objects
    with taking("reject", rows, pk, by=by, today=today, reason=reason) as enrolment:
        enrolment.note = reason
    return enrolment


@transaction.atomic
def withdraw(pk, *, by, today, reason=""):
    """Withdraw an enrolment; a seat that falls free goes to the first who waits."""
    session = locked(Enrolment.objects.get(pk=pk).session_id)
    seated = Enrolment.objects.filter(pk=pk, state="enrolled").exists()
    rows = Enrolment.objects
    with taking("withdraw", rows, pk, by=by, today=today, reason=reason) as enrolment:
        enrolment.note = reason
    if seated:
        count_taken(session, -1)
    if session.state == "open":
        fill_seats(session, today=today)
    return enrolment


@transaction.atomic
def leave(pk, *, mediator, by, today):
    """Withdraw at the own wish, before the session begins; twice is once.

    :raises Refused: once the session has begun.
    """
    session = locked(pk)
    enrolment = _standing(session, mediator)
    if enrolment is None:
        return None
    if session.state != TrainingSession.flow.steps["open"].target:
        raise Refused(_("The session has begun: speak to the organiser."))
    return withdraw(enrolment.pk, by=by, today=today)
