"""Somebody suffers for having complained: a linked case for the next higher body, at once."""

from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.deciding import refuse_strangers
from complaints.actions.filing import file_complaint
from complaints.models import (
    Channel,
    Complaint,
    ComplaintGround,
    DeclaredWitness,
    Mode,
    Urgency,
)
from complaints.notices.mail import tell_leads
from office import ledger
from office.flow import Refused


def report_retaliation(complaint, *, text, today, submission, by=None):
    """Open an urgent case linked to a complaint, with the body above; returns it and its code.

    The heads of the bureau get a message that says nothing but that there is one.

    It comes from the holder of the code, or from the handler (``by``). Who complains is who
    complained before. Sent again, it finds the case it made.

    :raises Refused: if there is nothing in the text, or the officer was not given the case.
    """
    if not text.strip():
        raise Refused({"text": _("Say what happened.")})
    if by is not None:
        refuse_strangers(complaint, by)
    known = set(complaint.retaliations.values_list("pk", flat=True))
    identity = None if complaint.mode == Mode.ANONYMOUS else vault.identity(complaint)
    made, code = file_complaint(
        submission=submission, channel=Channel.WINDOW if by else Channel.WEB, mode=complaint.mode,
        facts=text, today=today, identity=identity or None, by=by,
        division=complaint.division.parent or complaint.division, about=complaint.about,
        mediator=complaint.mediator, organization=complaint.organization,
        grounds=[ComplaintGround.OTHER], urgency=Urgency.URGENT, retaliation_for=complaint,
    )  # fmt: skip
    if made.pk not in known:
        tell_leads(made, today=today)
    return made, code


def note_witness(pk, *, by, today, mediator):
    """Note that a mediator told something in a case, so that later acts are looked at.

    :raises Refused: if the officer was not given the case, or it is the person complained of.
    """
    complaint = Complaint.objects.get(pk=pk)
    refuse_strangers(complaint, by)
    if mediator.pk == complaint.mediator_id:
        raise Refused({"mediator": _("The person complained of is no witness here.")})
    witness, is_new = DeclaredWitness.objects.get_or_create(
        complaint=complaint, mediator=mediator, defaults={"noted_by": by, "noted_on": today}
    )
    if is_new:
        # Whom it is about stays in the case.
        ledger.append("complaints.complaint.note_witness", complaint, by=by)
    return witness
