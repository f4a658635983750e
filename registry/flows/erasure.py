"""The life of an erasure of a person's data: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, asking, guard
from registry.flows.appointment import HOLDING, PENDING
from registry.questions import may_erase
from registry.rules import years_later


class ErasureState(models.TextChoices):
    ASKED = "asked", _("asked for, to be decided by a second person")
    CARRIED_OUT = "carried_out", _("carried out")
    DECLINED = "declined", _("declined")


@guard(_("The person holds a post, or is on the way into one."))
def no_post_is_held(erasure, today):
    posts = erasure.mediator.appointments
    held = posts.filter(state__in=HOLDING)
    running = held.filter(until_on=None) | held.filter(until_on__gt=today)
    return not (running.exists() or posts.filter(state__in=PENDING).exists())


@guard(_("The time for which the data are kept after the last post is not over."))
def retention_is_over(erasure, today):
    kept_until = years_later(erasure.last_needed_on, erasure.policy.amount)
    return kept_until <= today


@guard(_("This entry was merged into another: erase that one, and this goes with it."))
def entry_is_the_one_kept(erasure, today):
    return erasure.mediator.merged_into_id is None


@guard(_("The person's account is still open: close it first."))
def account_is_closed(erasure, today):
    account = erasure.mediator.user
    return account is None or not account.is_active


@guard(_("An import still keeps the data: it is emptied when the time for undoing it is over."))
def no_import_keeps_it(erasure, today):
    return not erasure.lines_of_imports().exists()


E = ErasureState
ERASURE = Flow(
    Step(
        "carry_out",
        _("Erase the personal data"),
        E.ASKED,
        E.CARRIED_OUT,
        entry_is_the_one_kept,
        no_post_is_held,
        retention_is_over,
        account_is_closed,
        no_import_keeps_it,
        asking(may_erase),
    ),
    Step("decline", _("Decline the erasure"), E.ASKED, E.DECLINED),
    editable=[],
)
