"""How tests of the desk name its pages and send its forms."""

from django.urls import reverse

from office.desk.submissions import new_key
from tests import make

REASON = "A letter of 20 November 2026."


def elsewhere():
    """A division of another county."""
    return make.division("330682")


def url(desk, page, *args):
    return reverse(f"{desk}:{page}", args=args)


def sent(**typed):
    """What a browser sends with a form of the desk."""
    return {"submission": new_key(), "reason": REASON, **typed}


def fields(response):
    """What the form on a page would send back as it stands."""
    form = response.context["form"]
    return {name: _sent_back(form[name].value()) for name in form.fields}


def _sent_back(value):
    if isinstance(value, list):
        return [getattr(row, "pk", row) for row in value]
    return "" if value is None else value
