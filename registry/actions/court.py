"""Letters to the court are drawn up with the act they tell of, and sent."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing
from registry.actions.numbers import lock_series, next_letter_number
from registry.flows import AppointmentState
from registry.flows.appointment import MEDIATING
from registry.flows.organization import members_of
from registry.models import CourtNotice, CourtSubject
from registry.notices.court import change_of_member, content_of, parties
from registry.rules import SEATS

CANDIDATE = AppointmentState.CANDIDATE
# The steps by which somebody takes up or leaves a post between elections; for those of a filing or
# a deregistration there is the letter about that.
TOLD_OF = {"begin", "lapse", "remove", "dismiss", "resign", "transfer", "record_death"}


def draw_court_notice(
    organization, subject, *, by, today, filing=None, differences=(), term=None, note=""
):
    """Draw up the letter about an act on an organisation, in the act's own transaction.

    Call it when everything else is written: the letter keeps what the register says then.
    """
    issuer, court = parties(organization)
    notice = CourtNotice(
        organization=organization,
        filing=filing,
        subject=subject,
        court=court,
        issuer=issuer,
        number=next_letter_number(organization.division_id, today=today),
        drawn_on=today,
        note=note,
        content=content_of(organization, _seated(organization), differences, term),
    )
    notice.full_clean()
    notice.save()
    after = ledger.filled(notice)
    ledger.append("registry.courtnotice.add", notice, by=by, after=after)
    return notice


def is_seated(appointment):
    """Whether it is a seat on a committee that is on the roster."""
    return appointment.post in SEATS and appointment.organization.state in MEDIATING


def lock_letters(organization, *, today):
    """Lock what telling of a member writes, before the act writes anything itself."""
    lock_series(organization.division_id, today=today)
    list(CourtNotice.objects.select_for_update(of=("self",)).gathering(organization))


def tell_of_member(appointment, *, by, today, reason):
    """Tell the court who took up or left a post: in the letter that waits, or in a new one.

    Lock the letters first (``lock_letters``), and call it when the post is written.
    """
    organization, change = appointment.organization, change_of_member(appointment)
    waiting = CourtNotice.objects.gathering(organization).first()
    if waiting is None:
        subject = CourtSubject.MEMBER
        draw_court_notice(organization, subject, by=by, today=today, differences=[change])
        return
    with changing(CourtNotice.objects, waiting.pk, by=by, reason=reason) as notice:
        changes = [*notice.content["differences"], change]
        notice.content = content_of(organization, _seated(organization), changes)
        notice.drawn_on = max(notice.drawn_on, today)


def _seated(organization):
    return [member for member in members_of(organization) if member.state != CANDIDATE]


@transaction.atomic
def send_court_notice(pk, *, by, today, reason, sent_on, court):
    """Record that a letter went to the court.

    :raises Refused: if it went already, or on a day before it was drawn up or after today.
    """
    with changing(CourtNotice.objects, pk, by=by, reason=reason) as notice:
        if notice.sent_on is not None:
            raise Refused(_("This letter was sent already."))
        if not notice.drawn_on <= sent_on <= today:
            said = _("A letter is sent between the day it was drawn up and today.")
            raise Refused({"sent_on": said})
        notice.sent_on, notice.court = sent_on, court
    return notice
