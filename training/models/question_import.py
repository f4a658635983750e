from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Division
from training.flows import QUESTION_IMPORT, QuestionImportState
from training.models.question import Question, Topic
from training.queries import QuestionImportQuerySet


class QuestionVerdict(models.TextChoices):
    """What becomes of a question of the file."""

    READY = "ready", _("ready")
    FLAGGED = "flagged", _("flagged")
    SAME = "same", _("already there")
    REFUSED = "refused", _("refused")


class QuestionImport(Record):
    """A file of questions: how many of what were found in it, and what became of them."""

    flow = QUESTION_IMPORT

    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        related_name="question_imports",
    )
    file_name = models.CharField(_("file name"), max_length=200)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("topic where the file names none"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    valid_from_on = models.DateField(_("law in force from"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    checked_on = models.DateField(_("checked on"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=QuestionImportState.choices,
        default=QuestionImportState.CHECKED,
        editable=False,
    )
    ready = models.PositiveIntegerField(_("ready questions"), default=0)
    flagged = models.PositiveIntegerField(_("flagged questions"), default=0)
    same = models.PositiveIntegerField(_("questions already there"), default=0)
    refused = models.PositiveIntegerField(_("refused questions"), default=0)

    objects = QuestionImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
        ordering = ["-pk"]
        permissions = QUESTION_IMPORT.permissions("questionimport")
        constraints = [
            models.CheckConstraint(
                name="questionimport_state_is_known",
                condition=Q(state__in=QuestionImportState.values),
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def area(self):
        return self.division_id

    @property
    def total(self):
        return self.ready + self.flagged + self.same + self.refused


class QuestionImportLine(models.Model):
    """One question of a file. Of a refused one only its line and the reasons are kept.

    ``item`` is the question as ``training.formats.items.Item`` gives it, until it is entered.
    """

    batch = models.ForeignKey(
        QuestionImport,
        verbose_name=_("import of questions"),
        on_delete=models.CASCADE,
        related_name="lines",
    )
    line = models.PositiveIntegerField(_("line"))
    number = models.PositiveIntegerField(_("number"))
    verdict = models.CharField(_("result"), max_length=8, choices=QuestionVerdict.choices)
    remarks = models.JSONField(_("reasons and remarks"), default=list, blank=True)
    item = models.JSONField(_("question"), null=True, blank=True)
    question = models.ForeignKey(
        Question,
        verbose_name=_("question"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("line of an import of questions")
        verbose_name_plural = _("lines of imports of questions")
        ordering = ["batch", "number"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="questionimportline_once"),
            models.CheckConstraint(
                name="questionimportline_verdict_is_known",
                condition=Q(verdict__in=QuestionVerdict.values),
            ),
            models.CheckConstraint(
                name="questionimportline_refused_keeps_nothing",
                condition=~Q(verdict="refused") | Q(item__isnull=True, question__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.batch_id}/{self.number}"
