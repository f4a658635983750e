from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office.models import Record
from registry.flows import RECTIFICATION, RectificationState
from registry.models.organization import Organization
from registry.models.policy import Policy
from registry.queries import RectificationQuerySet


class Fault(models.TextChoices):
    """What an organisation may be ordered to put right."""

    SET_UP = "set_up", _("set-up")
    NAME = "name", _("name")
    SIGN = "sign", _("sign")
    SEAL = "seal", _("seal")
    WORK = "work", _("cannot work normally")
    ROSTER_DUTIES = "roster_duties", _("duties of the roster unmet")


class Rectification(Record):
    """An order to an organisation to put something right by a day."""

    flow = RECTIFICATION

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="rectifications",
    )
    number = models.CharField(
        pgettext_lazy("document", "number"),
        max_length=40,
        null=True,
        blank=True,
        unique=True,
        editable=False,
    )
    ground = models.CharField(_("ground"), max_length=15, choices=Fault.choices)
    faults = models.TextField(_("what has to be put right"), max_length=2_000)
    policy = models.ForeignKey(
        Policy,
        verbose_name=_("policy"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    ordered_on = models.DateField(_("ordered on"), editable=False)
    due_on = models.DateField(_("to be put right by"), editable=False)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ordered by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    result = models.TextField(_("result of the re-check"), max_length=2_000, blank=True)
    checked_on = models.DateField(_("re-checked on"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=RectificationState.choices,
        default=RectificationState.ORDERED,
        editable=False,
    )

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("order to rectify")
        verbose_name_plural = _("orders to rectify")
        ordering = ["-ordered_on", "-pk"]
        permissions = RECTIFICATION.permissions("rectification")
        constraints = [
            models.CheckConstraint(
                name="rectification_state_is_known",
                condition=Q(state__in=RectificationState.values),
            ),
            models.CheckConstraint(
                name="rectification_ground_is_known", condition=Q(ground__in=Fault.values)
            ),
            models.CheckConstraint(
                name="rectification_leaves_time", condition=Q(due_on__gt=F("ordered_on"))
            ),
            models.CheckConstraint(
                name="rectification_checked_has_a_result",
                condition=~Q(state__in=[RectificationState.PASSED, RectificationState.FAILED])
                | (Q(checked_on__isnull=False) & ~Q(result="")),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(state=RectificationState.ORDERED),
                name="rectification_one_at_a_time",
                violation_error_message=_("An order to rectify is running already."),
            ),
        ]

    def __str__(self):
        return f"{self.organization} · {self.number}" if self.number else str(self.organization)

    @property
    def area(self):
        return self.organization.division_id

    def is_overdue(self, today):
        """Whether its term is over and nobody has checked since."""
        return self.state == RectificationState.ORDERED and self.due_on < today
