from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models.task_sheet import TaskSheet


class SheetWord(models.TextChoices):
    """What is said in a task sheet, and by which side."""

    DRAFT = "draft", pgettext_lazy("words of a task sheet", "draft")
    TEXT = "text", pgettext_lazy("words of a task sheet", "approved text")
    RETURN = "return", pgettext_lazy("words of a task sheet", "why the draft came back")
    ROUTE = "route", pgettext_lazy("words of a task sheet", "why it goes to this unit")
    OBJECTION = "objection", pgettext_lazy("words of a task sheet", "why the unit objects")
    SEND_BACK = "send_back", pgettext_lazy("words of a task sheet", "why the findings came back")
    REMINDER = "reminder", pgettext_lazy("words of a task sheet", "reminder")
    SUPERVISION = "supervision", pgettext_lazy("words of a task sheet", "supervision")
    SIDE = "side", pgettext_lazy("words of a task sheet", "what the person complained of says")


W = SheetWord
# What the unit reads; the rest stays with the handlers.
FOR_THE_UNIT = [W.TEXT, W.OBJECTION, W.SEND_BACK, W.REMINDER, W.SUPERVISION, W.SIDE]
ONCE_A_DAY = [W.REMINDER, W.SUPERVISION]


class SheetStatement(models.Model):
    """One thing said in a task sheet, sealed under the key of its complaint."""

    sheet = models.ForeignKey(
        TaskSheet, verbose_name=_("task sheet"), on_delete=models.PROTECT, related_name="statements"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=SheetWord.choices)
    sealed = models.TextField(_("sealed"))
    said_on = models.DateField(_("date"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("words of a task sheet")
        verbose_name_plural = _("words of task sheets")
        ordering = ["pk"]
        default_permissions = []
        indexes = [models.Index(fields=["sheet", "kind"], name="sheetstatement_of_sheet")]
        constraints = [
            models.CheckConstraint(
                name="sheetstatement_kind_is_known", condition=Q(kind__in=SheetWord.values)
            ),
            models.UniqueConstraint(
                fields=["sheet", "kind", "said_on"],
                condition=Q(kind__in=ONCE_A_DAY),
                name="sheetstatement_reminder_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(kind=W.TEXT), name="sheetstatement_one_approved_text"
            ),
        ]

    def __str__(self):
        return f"{self.sheet_id} {self.kind}"
