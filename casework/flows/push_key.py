"""The life of a platform's key: made by one officer, in force once a second one confirms it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step


class PushKeyState(models.TextChoices):
    PROPOSED = "proposed", _("to be confirmed by a second officer")
    ACTIVE = "active", _("in force")
    REVOKED = "revoked", _("revoked")


S = PushKeyState
PUSH_KEY = Flow(
    Step("confirm", _("Confirm the key"), S.PROPOSED, S.ACTIVE),
    Step("revoke", _("Revoke the key"), [S.PROPOSED, S.ACTIVE], S.REVOKED),
    editable=[],
)
