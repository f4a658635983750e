from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.clocks import due
from office.models import Record
from training.flows.marking import APPEAL, AppealState
from training.models.attempt import Attempt
from training.models.policy import TrainingPolicy
from training.queries.marking import AppealQuerySet


class Appeal(Record):
    """A candidate's appeal against a result, decided by somebody who did not mark the attempt."""

    flow = APPEAL

    attempt = models.OneToOneField(
        Attempt, verbose_name=_("attempt"), on_delete=models.PROTECT, related_name="appeal"
    )
    text = models.TextField(_("grounds"), max_length=2000)
    filed_on = models.DateField(_("appealed on"))
    # The days in which it is to be decided.
    policy = models.ForeignKey(
        TrainingPolicy,
        verbose_name=_("time to decide"),
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=AppealState.choices,
        default=AppealState.OPEN,
        editable=False,
    )
    decision = models.TextField(_("decision"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decision by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    decided_on = models.DateField(_("decision of"), null=True, blank=True, editable=False)
    # When the candidate said to have read the decision.
    read_at = models.DateTimeField(_("read at"), null=True, blank=True, editable=False)
    # Of whom this tells were the data erased: no page shows what the ledger was told.
    erased_on = models.DateField(_("erased on"), null=True, blank=True, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal against a result")
        verbose_name_plural = _("appeals against results")
        ordering = ["due_on", "pk"]
        permissions = [*APPEAL.permissions("appeal"), ("export_appeal", "Can export appeals")]
        indexes = [models.Index(fields=["state", "due_on"], name="appeal_by_days_left")]
        constraints = [
            models.CheckConstraint(
                name="appeal_state_is_known", condition=Q(state__in=AppealState.values)
            ),
            models.CheckConstraint(name="appeal_says_why", condition=~Q(text="")),
            models.CheckConstraint(
                name="appeal_decided_with_grounds",
                condition=Q(state="open", decided_by__isnull=True, decided_on__isnull=True)
                | ~Q(state="open")
                & Q(decided_by__isnull=False, decided_on__isnull=False)
                & ~Q(decision=""),
            ),
        ]

    def __str__(self):
        return f"{self.attempt}"

    @property
    def area(self):
        return self.attempt.exam.division_id

    @property
    def is_open(self):
        return self.state == AppealState.OPEN

    def deadline(self, calendar):
        """The last day on which it should be decided, as counted."""
        return due(calendar, self.filed_on, self.policy.term)
