"""The life of a code with which a party gives an opinion: handed out, used or taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class CodeState(models.TextChoices):
    ISSUED = "issued", _("handed out")
    USED = "used", _("used")
    REVOKED = "revoked", _("taken back")


@guard(_("The code is no longer valid."))
def the_code_is_valid(code, today):
    return today <= code.last_on


C = CodeState
OPINION_CODE = Flow(
    Step("use", _("Give the opinion"), C.ISSUED, C.USED, the_code_is_valid),
    Step("revoke", _("Take the code back"), C.ISSUED, C.REVOKED),
    editable=[],
)
