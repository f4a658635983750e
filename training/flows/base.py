"""The life of a training base."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class BaseState(models.TextChoices):
    OPEN = "open", _("in use")
    CLOSED = "closed", _("closed")


@guard(_("Sessions are still to be held at this base."))
def no_session_lies_ahead(base, today):
    return not base.sessions.filter(state__in=["open", "running"]).exists()


S = BaseState
BASE = Flow(
    Step("close", _("Close the base"), S.OPEN, S.CLOSED, no_session_lies_ahead),
    Step("reopen", _("Put back in use"), S.CLOSED, S.OPEN),
    editable=[S.OPEN],
)
