"""A case is typed by its number: a list to choose from would show cases of others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import CaseRecord


class CaseNumberField(forms.CharField):
    """The number of a case; a form turns it into the case with ``case_of``."""

    def __init__(self, **given):
        given.setdefault("label", _("Case number"))
        given.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=40, **given)


def case_of(number, user, permission):
    """Return the case of a number within the posts that carry the permission.

    :raises ValidationError: if there is none, wherever else there may be one.
    """
    case = CaseRecord.objects.within(user, permission).filter(number=number.strip()).first()
    if case is None:
        raise forms.ValidationError(_("There is no case with this number here."))
    return case
