"""The life of the destruction of a complaint's key: proposed by one, carried out by another."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.rules.keeping import kept_until
from office.flow import Flow, Step, guard


class DestructionState(models.TextChoices):
    PROPOSED = (
        "proposed",
        pgettext_lazy("destruction", "proposed, to be decided by a second person"),
    )
    CONFIRMED = "confirmed", pgettext_lazy("destruction", "carried out")
    REJECTED = "rejected", pgettext_lazy("destruction", "rejected")


@guard(_("The complaint is not closed."))
def complaint_is_closed(destruction, today):
    return destruction.complaint.closed_on is not None


@guard(_("The time for which a closed complaint is kept is not over."))
def time_of_keeping_is_over(destruction, today):
    closed_on = destruction.complaint.closed_on
    return closed_on is None or kept_until(closed_on, destruction.policy.amount) <= today


@guard(_("A complaint that is not closed is joined to it or refers to it."))
def no_open_complaint_needs_it(destruction, today):
    return not destruction.linked().filter(closed_on=None).exists()


@guard(_("Something that follows from the decision is still to be done."))
def nothing_is_still_to_be_done(destruction, today):
    return not destruction.complaint.decisions.filter(consequences__state="open").exists()


D = DestructionState
DESTRUCTION = Flow(
    Step(
        "confirm",
        _("Destroy the key"),
        D.PROPOSED,
        D.CONFIRMED,
        complaint_is_closed,
        time_of_keeping_is_over,
        no_open_complaint_needs_it,
        nothing_is_still_to_be_done,
    ),
    Step("reject", _("Keep the complaint"), D.PROPOSED, D.REJECTED),
    editable=[],
)
