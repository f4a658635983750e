"""The life of a public notice and of an objection to it: every state, guard and step."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, asking
from registry.questions import may_withdraw_notice
from registry.rules import personal_numbers


class NoticeState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ObjectionState(models.TextChoices):
    OPEN = "open", _("open")
    UPHELD = "upheld", _("upheld")
    REJECTED = "rejected", _("not upheld")
    WITHDRAWN = "withdrawn", _("withdrawn")


def no_personal_number_is_told(notice, today):
    """Bar a text that tells the public somebody's ID number, mobile phone or bank card."""
    return [
        gettext("The text contains “%(number)s”, which looks like a personal number.")
        % {"number": number}
        for _kind, number in personal_numbers(f"{notice.title}\n{notice.body}")
    ]


N = NoticeState
NOTICE = Flow(
    Step("publish", _("Publish"), N.DRAFT, N.PUBLISHED, no_personal_number_is_told),
    Step(
        "withdraw", _("Withdraw the notice"), N.PUBLISHED, N.WITHDRAWN, asking(may_withdraw_notice)
    ),
    editable=[N.DRAFT],
)

J = ObjectionState
OBJECTION = Flow(
    Step("uphold", _("Uphold the objection"), J.OPEN, J.UPHELD),
    Step("reject", _("Reject the objection"), J.OPEN, J.REJECTED),
    Step("withdraw", _("Note its withdrawal"), J.OPEN, J.WITHDRAWN),
    editable=[],
)
