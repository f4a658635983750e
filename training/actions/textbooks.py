"""Textbooks come on the list and go out of use; none is deleted."""

from django.db import transaction
from django.utils.translation import gettext as _

from office.flow import Refused, changing
from registry.actions.entering import acting, entered
from registry.models import Speciality
from training.models import Textbook


@transaction.atomic
def add_textbook(*, by, today, reason, **fields):
    """Put a textbook on the list; returns it."""
    return entered(Textbook(**fields), by=by, reason=reason)


@transaction.atomic
def change_textbook(pk, *, by, today, reason, revision, **fields):
    """Correct what is written of a textbook.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(Textbook.objects, pk, by=by, reason=reason, revision=revision) as textbook:
        for name, value in fields.items():
            setattr(textbook, name, value)
    return textbook


@transaction.atomic
def withdraw_textbook(pk, *, by, today, reason):
    """Take a textbook out of use.

    :raises Refused: if it is out of use already.
    """
    with acting("withdraw", Textbook.objects, pk, by=by, reason=reason) as textbook:
        if textbook.withdrawn_on:
            raise Refused(_("This textbook is out of use already."))
        textbook.withdrawn_on = today
    return textbook


@transaction.atomic
def load_textbooks(textbooks, *, division, by, today):
    """Put those of the textbooks on a division's list that are not on it; returns how many."""
    known = set(Textbook.objects.filter(division=division).values_list("title", flat=True))
    missing = [values for values in textbooks if values["title"] not in known]
    for values in missing:
        code = values["field"]
        fields = {**values, "field": Speciality.objects.get(code=code) if code else None}
        reason = _("Comes with the product.")
        add_textbook(by=by, today=today, reason=reason, division=division, **fields)
    return len(missing)
