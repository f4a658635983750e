from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from training.flows.marking import REKEY, RekeyState
from training.models.appeal import Appeal
from training.models.attempt import Attempt
from training.models.exam import Exam
from training.models.question import QuestionVersion
from training.queries.marking import OfExamAttemptQuerySet, RekeyQuerySet


class RekeyKind(models.TextChoices):
    KEY = "key", _("other answers are right")
    FULL_MARKS = "full_marks", _("cancelled: full marks to all")
    LEFT_OUT = "left_out", _("cancelled: left out of the marks of all")


class Rekey(Record):
    """A correction of a question in one exam: proposed by one person, put in force by another.

    The version that was asked stays as it was; the corrected key is in a version of its own, by
    which this exam is marked.
    """

    flow = REKEY

    exam = models.ForeignKey(
        Exam, verbose_name=_("exam"), on_delete=models.PROTECT, related_name="rekeys"
    )
    version = models.ForeignKey(
        QuestionVersion,
        verbose_name=_("question as asked"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField(_("correction"), max_length=10, choices=RekeyKind.choices)
    content = models.JSONField(_("content with the new key"), default=dict, blank=True)
    key_version = models.ForeignKey(
        QuestionVersion,
        verbose_name=_("version with the new key"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(
        _("state"),
        max_length=9,
        choices=RekeyState.choices,
        default=RekeyState.PROPOSED,
        editable=False,
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decision by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = RekeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of a key")
        verbose_name_plural = _("corrections of keys")
        ordering = ["-pk"]
        permissions = [*REKEY.permissions("rekey"), ("export_rekey", "Can export rekeys")]
        constraints = [
            models.CheckConstraint(
                name="rekey_state_is_known", condition=Q(state__in=RekeyState.values)
            ),
            models.CheckConstraint(
                name="rekey_kind_is_known", condition=Q(kind__in=RekeyKind.values)
            ),
            models.CheckConstraint(name="rekey_says_why", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["exam", "version"],
                condition=Q(state=RekeyState.PROPOSED),
                name="rekey_proposed_once",
                violation_error_message=_("A correction of this question is proposed already."),
            ),
            models.CheckConstraint(
                name="rekey_decided_by_somebody",
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rekey_confirmed_by_another",
                condition=~Q(state="confirmed")
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="rekey_in_force_has_its_version",
                condition=Q(state="confirmed", kind="key", key_version__isnull=False)
                | ~Q(state="confirmed", kind="key") & Q(key_version__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.version.question.code}, {self.get_kind_display()}"

    @property
    def area(self):
        return self.exam.division_id


class Remark(models.Model):
    """What a correction or an upheld appeal changed of one attempt; never changed itself.

    ``items`` are [{"position", "before", "after"}], with marks as decimal strings. The candidate
    is told until ``acknowledged_at``, if results were out.
    """

    attempt = models.ForeignKey(
        Attempt, verbose_name=_("attempt"), on_delete=models.PROTECT, related_name="remarks"
    )
    rekey = models.ForeignKey(
        Rekey,
        verbose_name=_("correction"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="remarks",
    )
    appeal = models.OneToOneField(
        Appeal,
        verbose_name=_("appeal"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="remark",
    )
    items = models.JSONField(_("marks by question"), default=list)
    before = models.DecimalField(
        _("marks before"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    after = models.DecimalField(
        _("marks after"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    full_before = models.DecimalField(_("full marks before"), max_digits=7, decimal_places=2)
    full_after = models.DecimalField(_("full marks after"), max_digits=7, decimal_places=2)
    result_before = models.CharField(_("result before"), max_length=11)
    result_after = models.CharField(_("result after"), max_length=11)
    reason = models.CharField(_("reason"), max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("marked anew by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("marked anew at"))
    to_tell = models.BooleanField(_("the candidate is told"), default=False)
    acknowledged_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = OfExamAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt marked anew")
        verbose_name_plural = _("attempts marked anew")
        ordering = ["attempt_id", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["rekey", "attempt"], name="remark_once_for_a_rekey"),
            models.CheckConstraint(
                name="remark_has_one_cause",
                condition=Q(rekey__isnull=False, appeal__isnull=True)
                | Q(rekey__isnull=True, appeal__isnull=False),
            ),
            models.CheckConstraint(name="remark_says_why", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.attempt}: {self.before} → {self.after}"

    @property
    def area(self):
        return self.attempt.exam.division_id

    @property
    def changes_the_result(self):
        return self.result_before != self.result_after
