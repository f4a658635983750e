"""Letters to the court are drawn up with the act they tell of, and sent."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, changing
from registry.actions.numbers import next_letter_number
from registry.flows import AppointmentState
from registry.flows.organization import members_of
from registry.models import CourtNotice
from registry.notices.court import content_of, parties

CANDIDATE = AppointmentState.CANDIDATE


def draw_court_notice(
    organization, subject, *, by, today, filing=None, differences=(), term=None, note=""
):
    """Draw up the letter about an act on an organisation, in the act's own transaction.

    Call it when everything else is written: the letter keeps what the register says then.
    """
    issuer, court = parties(organization)
    members = [member for member in members_of(organization) if member.state != CANDIDATE]
    notice = CourtNotice(
        organization=organization,
        filing=filing,
        subject=subject,
        court=court,
        issuer=issuer,
        number=next_letter_number(organization.division_id, today=today),
        drawn_on=today,
        note=note,
        content=content_of(organization, members, differences, term),
    )
    notice.full_clean()
    notice.save()
    after = ledger.filled(notice)
    ledger.append("registry.courtnotice.add", notice, by=by, after=after)
    return notice


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
