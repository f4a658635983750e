"""From the page of an organisation or a mediator to the complaints about it."""

from django.utils.translation import gettext as _

from complaints.models import Complaint
from office.desk.viewset import DESKS
from registry.models import Organization

HANDLES = "complaints.take_complaint"
MOST = 10


def ways_to_complaints(obj, user):
    """Return (label, address, icon, whether grave) for each complaint the user was given.

    Of the others nobody is told whom they are about: they are neither linked nor counted.
    """
    if not user.has_perm(HANDLES):
        return []
    name = "organization" if isinstance(obj, Organization) else "mediator"
    rows = Complaint.objects.within(user, HANDLES).readable_by(user).filter(**{name: obj.pk})
    desk = DESKS["complaints.complaint"]
    return [
        (_("Complaint %(number)s") % {"number": row}, desk.url("inspect", row.pk), "warning", False)
        for row in rows.order_by("-pk")[:MOST]
    ]
