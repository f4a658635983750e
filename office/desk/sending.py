"""How an own page takes what was sent: once, and with refusals in the form."""

from django.contrib import messages
from django.core.exceptions import ValidationError

from office.desk.pages import add_refusal
from office.desk.submissions import SentAgain, once


def sent_once(request, form, take, *, told=""):
    """Return the address a sent form leads to, or None if it has to be shown (again).

    A valid form takes effect once, however often it is sent: ``take`` is called with what was
    typed and returns the address. What it refuses stands in the form, beside what was typed;
    ``told`` is said to the person when it took effect.
    """
    if not form.is_valid():
        return None
    typed = dict(form.cleaned_data)
    try:
        with once(typed.pop("submission"), request.user) as submission:
            submission.outcome = take(**typed)
    except SentAgain as again:
        return again.outcome
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None
    if told:
        messages.success(request, told)
    return submission.outcome
