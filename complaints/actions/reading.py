"""Who may read a complaint: officers it was given to. Every gift is one row and one entry."""

from django.utils.translation import gettext as _

from complaints import vault
from complaints.models import CaseGrant
from office import ledger
from office.flow import Refused


class NotGiven(Refused):
    """The complaint was not given to the officer to read."""

    def __init__(self):
        super().__init__(_("This complaint was not given to you to read."))


def may_read(complaint, user):
    """Tell whether an officer may read the text of a complaint today."""
    return CaseGrant.objects.filter(complaint=complaint, user=user, until_on=None).exists()


def told_of(complaint, user):
    """Return all that was said in a complaint, as ``(row, text)``. :raises NotGiven: see above."""
    if not may_read(complaint, user):
        raise NotGiven
    return vault.statements(complaint)


def give_access(complaint, user, part, *, by, today):
    """Let an officer read a complaint; one who may already is left as he is."""
    grant, is_new = CaseGrant.objects.get_or_create(
        complaint=complaint, user=user, until_on=None, defaults={"part": part, "from_on": today}
    )
    if is_new:
        told = {"account": user.pk, "part": part}
        ledger.append("complaints.complaint.give_access", complaint, by=by, after=told)
    return grant


def take_access(complaint, user, *, by, today):
    """Take the right to read away again."""
    given = CaseGrant.objects.filter(complaint=complaint, user=user, until_on=None)
    if given.update(until_on=today):
        told = {"account": user.pk}
        ledger.append("complaints.complaint.take_access", complaint, by=by, before=told)
