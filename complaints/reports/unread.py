"""What complainants sent and their handlers have not opened yet, on the handlers' own page."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from complaints.models import Sending
from office.workbench import Task

DESK = "complaints"


def news_on_my_page(user, today):
    """Return one line for a handler to whom complainants wrote; it says of no case which."""
    own = Q(complaint__handler=user, complaint__merged_into=None)
    joined = Q(complaint__merged_into__handler=user)
    waiting = Sending.objects.filter(own | joined, read_on=None)
    count = waiting.values("complaint").distinct().count()
    if not count:
        return []
    note = ngettext("in %(count)d complaint", "in %(count)d complaints", count)
    return [
        Task(
            label=_("New messages of complainants"),
            url=reverse(f"{DESK}:index"),
            note=note % {"count": count},
            tone="warn",
        )
    ]
