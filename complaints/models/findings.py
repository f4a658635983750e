from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.models.task_sheet import TaskSheet
from complaints.models.vault import Evidence


class Findings(models.Model):
    """What a unit found out: who looked, whether the person was heard, and each ground.

    ``sealed`` holds, under the key of the complaint, what the person said or why nobody was heard
    (``said``), text and result for each ground (``grounds``), and the ``proposal``.
    """

    sheet = models.ForeignKey(
        TaskSheet, verbose_name=_("task sheet"), on_delete=models.PROTECT, related_name="findings"
    )
    first_investigator = models.CharField(_("first investigator"), max_length=60)
    second_investigator = models.CharField(_("second investigator"), max_length=60)
    is_heard = models.BooleanField(_("person complained of was heard"))
    sealed = models.TextField(_("sealed"))
    reported_on = models.DateField(pgettext_lazy("findings", "reported on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("findings")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="findings_by_two_people",
                condition=~Q(first_investigator="")
                & ~Q(second_investigator="")
                & ~Q(first_investigator=F("second_investigator")),
            )
        ]

    def __str__(self):
        return f"{self.sheet_id} {self.reported_on}"


class FindingsPaper(models.Model):
    """A file the unit gave with its findings; it lies sealed among the evidence of the case."""

    findings = models.ForeignKey(
        Findings, verbose_name=_("findings"), on_delete=models.PROTECT, related_name="papers"
    )
    evidence = models.OneToOneField(
        Evidence, verbose_name=_("file"), on_delete=models.PROTECT, related_name="findings_paper"
    )

    class Meta:
        verbose_name = _("paper of findings")
        verbose_name_plural = _("papers of findings")
        ordering = ["pk"]
        default_permissions = []

    def __str__(self):
        return f"{self.findings_id} {self.evidence_id}"
