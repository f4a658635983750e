"""The life of a roster edition: every state, guard and step in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class EditionState(models.TextChoices):
    PREPARING = "preparing", _("being prepared")
    READY = "ready", _("ready for the second officer")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DISCARDED = "discarded", _("discarded")


@guard(_("The scan found personal data in it. Correct the register and prepare it anew."))
def no_personal_data_was_found(edition, today):
    return not edition.findings


@guard(_("There is nobody in it."))
def somebody_is_in_it(edition, today):
    return edition.people > 0


S = EditionState
# The step without a permission of any role is taken by the background work itself.
EDITION = Flow(
    Step("present", _("Show the result"), S.PREPARING, S.READY),
    Step(
        "publish",
        _("Publish"),
        S.READY,
        S.PUBLISHED,
        somebody_is_in_it,
        no_personal_data_was_found,
    ),
    Step("discard", _("Discard"), [S.PREPARING, S.READY], S.DISCARDED),
    Step("withdraw", _("Withdraw"), S.PUBLISHED, S.WITHDRAWN),
    editable=[],
)
