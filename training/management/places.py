"""What the commands of the question bank are told on the command line."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from office.models import User
from registry.models import Division


def bank_division(code=None):
    """Return the division whose bank is meant; without a code the only city there is.

    :raises ValidationError: if there is none, or several.
    """
    if code:
        found = list(Division.objects.filter(code=code))
    else:
        found = list(Division.objects.filter(level="city")[:2])
    if len(found) != 1:
        raise ValidationError(
            _("Name a division by its code: “%(code)s” is not one.") % {"code": code or ""}
        )
    return found[0]


def account(username):
    """Return the account of that name, or None if none is named.

    :raises ValidationError: if there is no such account.
    """
    if username is None:
        return None
    found = User.objects.filter(username=username).first()
    if found is None:
        raise ValidationError(_("There is no account “%(name)s”.") % {"name": username})
    return found
