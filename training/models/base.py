from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Division
from training.flows import BASE, BaseState
from training.queries.sessions import TrainingBaseQuerySet


class TrainingBase(Record):
    """A place where sessions are held, and what it is good for."""

    flow = BASE

    code = models.CharField(_("number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="bases"
    )
    address = models.CharField(_("address"), max_length=200)
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    strengths = models.CharField(_("strengths"), max_length=200, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=BaseState.choices,
        default=BaseState.OPEN,
        editable=False,
    )

    objects = TrainingBaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("training base")
        verbose_name_plural = _("training bases")
        ordering = ["code"]
        permissions = [
            *BASE.permissions("trainingbase"),
            ("export_trainingbase", "Can export training bases"),
        ]
        constraints = [
            models.CheckConstraint(
                name="trainingbase_state_is_known", condition=Q(state__in=BaseState.values)
            ),
            models.CheckConstraint(name="trainingbase_seats_somebody", condition=Q(seats__gte=1)),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.division_id
