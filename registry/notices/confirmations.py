"""What the clerks of organisations are reminded of."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def reminder(organization, campaign, address):
    """Return a message to a clerk whose organisation has not confirmed yet, for ``send_mail``."""
    values = {
        "organization": organization.name,
        "year": campaign.year,
        "date": date_format(campaign.due_on),
    }
    subject = _("Please confirm the data of %(organization)s for %(year)s") % values
    text = _(
        "The people and the data of %(organization)s have not been confirmed for %(year)s yet.\n"
        "Please sign in, check them under “Yearly confirmations” and confirm them by %(date)s."
    )
    return (subject, text % values, settings.DEFAULT_FROM_EMAIL, [address])
