"""What a page tells of a case beside its own fields: what looks wrong, what is due."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.models import (
    REQUIRED_DOCUMENTS,
    Agreement,
    CaseworkKey,
    CaseworkPolicy,
    FileDocument,
)
from casework.queries.case_flags import NEVER_LISTED
from casework.rules.cases import percent
from office.clocks import Calendar, due
from office.personal import mask_name, mask_phone
from registry.models import Appointment
from registry.queries.register import in_force

MOST_TWINS = 10
# An oral agreement is recorded and has no paper of its own; People's Mediation Law, art. 28.
ONLY_IF_WRITTEN = {FileDocument.AGREEMENT}


@dataclass(frozen=True)
class Part:
    """A mediator's part in a case, in percent to read."""

    person: object
    role: str
    weight: int
    percent: str


def parts_of(case):
    """Return the parts of a case in percent of all weights."""
    shares = list(case.shares.all())
    total = sum(share.weight for share in shares)
    return [
        Part(share.mediator, share.get_role_display(), share.weight, percent(share.weight, total))
        for share in shares
    ]


def masked_parties(case):
    """Return (side, masked name, masked telephone) of each party."""
    return [
        (party.get_side_display(), mask_name(party.name), mask_phone(party.phone))
        for party in case.parties.all()
    ]


def required_documents(case):
    """Return the codes that the file of this case must hold."""
    written = case.state == "succeeded" and case.agreement != Agreement.ORAL
    return [code for code in REQUIRED_DOCUMENTS if written or code not in ONLY_IF_WRITTEN]


def documents_of_file(case):
    """Return (label, whether it is there, whether it is required) in the order of the contents."""
    required, there = required_documents(case), set(case.documents)
    return [
        (kind.label, kind in there, kind in required)
        for kind in FileDocument
        if kind in there or kind in required
    ]


def ruling(key, division_id, on):
    """Return the figure that holds for a division on a day, or None."""
    try:
        return CaseworkPolicy.objects.ruling(key, division_id=division_id, on=on)
    except CaseworkPolicy.DoesNotExist:
        return None


def confirmation_deadline(case):
    """Return until when a court can be asked to confirm the agreement, or None.

    People's Mediation Law, art. 33: within 30 days from the day the agreement takes effect.
    """
    if case.agreed_on is None:
        return None
    figure = ruling(CaseworkKey.CONFIRMATION_DAYS, case.division_id, case.agreed_on)
    return figure and due(Calendar.load(), case.agreed_on, figure.term)


def confirmation_warnings(case, today):
    """Return what to tell before a confirmation is noted: it may come late, the court decides."""
    deadline = confirmation_deadline(case)
    if deadline is None or deadline.due_on is None:
        return []
    said = _("Both parties together may ask for confirmation until %(day)s.")
    if today > deadline.due_on:
        said = _("The term to ask for confirmation ended on %(day)s: the court decides.")
    return [said % {"day": date_format(deadline.due_on)}]


def twin_figures(today):
    """Return (low, high, days) of each figure in force, the nearest first."""
    rows = CaseworkPolicy.objects.in_force(today).filter(key=CaseworkKey.TWIN_DAYS, kind="")
    found = [
        (*(row.division.span if row.division else (None, None)), row.amount)
        for row in rows.select_related("division")
    ]
    return sorted(found, key=lambda span: (span[0] is None, (span[1] or 0) - (span[0] or 0)))


def likely_twins(case, rows, today):
    """Return the cases among ``rows`` that may be entries of the same dispute."""
    figure = ruling(CaseworkKey.TWIN_DAYS, case.division_id, today)
    if figure is None or case.state in {"draft", "void"}:
        return []
    return list(rows.likely_twins_of(case, figure.amount)[:MOST_TWINS])


def entries_of_dispute(case, rows):
    """Return the other entries of the dispute among ``rows``."""
    return list(rows.same_dispute(case).exclude(pk=case.pk).order_by("accepted_on", "pk"))


def faults_of(case, shares):
    """Return a sentence for each thing that looks wrong with who mediated, and where."""
    return [*_outside(case, shares), *_unlisted(case)]


def _outside(case, shares):
    day = date_format(case.accepted_on)
    held = Appointment.objects.held().filter(
        in_force(case.accepted_on),
        organization=case.organization_id,
        mediator__in=[share.mediator_id for share in shares],
    )
    served = set(held.values_list("mediator_id", flat=True))
    return [
        _("%(person)s held no post in “%(body)s” on %(day)s, when the case was accepted.")
        % {"person": share.mediator, "body": case.organization, "day": day}
        for share in shares
        if share.mediator_id not in served
    ]


def _unlisted(case):
    body, accepted_on = case.organization, case.accepted_on
    if body.state in NEVER_LISTED:
        return [_("“%(body)s” is not on the roster.") % {"body": body}]
    if (body.filed_on and body.filed_on > accepted_on) or (
        body.deregistered_on and body.deregistered_on <= accepted_on
    ):
        said = _("“%(body)s” was not on the roster on %(day)s, when the case was accepted.")
        return [said % {"body": body, "day": date_format(accepted_on)}]
    return []
