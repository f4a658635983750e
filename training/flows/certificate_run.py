"""The life of a bulk issue: prepared by one officer, issued by another, done in the background."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class RunState(models.TextChoices):
    PREPARED = "prepared", _("prepared")
    ISSUING = "issuing", _("being issued")
    DONE = "done", _("issued")
    STOPPED = "stopped", _("stopped by a fault")
    DISCARDED = "discarded", _("discarded")


@guard(_("Nobody is in it."))
def somebody_is_in_it(run, today):
    return run.certificates.exists()


S = RunState
# The steps "finish" and "stop" are taken by the background work itself.
RUN = Flow(
    Step("issue", _("Issue all"), [S.PREPARED, S.STOPPED], S.ISSUING, somebody_is_in_it),
    Step("finish", _("Finish"), S.ISSUING, S.DONE),
    Step("stop", _("Stop"), S.ISSUING, S.STOPPED),
    Step("discard", _("Discard"), S.PREPARED, S.DISCARDED),
    editable=[],
)
