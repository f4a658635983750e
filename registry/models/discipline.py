from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models.appointment import Appointment, Ground
from registry.queries import DisciplineQuerySet


class DisciplineKind(models.TextChoices):
    """What was done. The committee criticises and orders; a court has a list of its own."""

    CRITICISM = "criticism", _("criticism")
    ORDER = "order", _("order to correct")
    COURT_DELISTING = "court_delisting", _("taken off a court's own list")


BY_THE_COMMITTEE = [DisciplineKind.CRITICISM, DisciplineKind.ORDER]
ARTICLE_15 = [ground for ground in Ground if ground != Ground.LOCAL]


class Discipline(Record):
    """Criticism or an order to correct, recorded on a post (People's Mediation Law, art. 15).

    It moves no state. That a court took somebody off its own list is a flag and no discipline of
    the committee. Neither is ever public.
    """

    appointment = models.ForeignKey(
        Appointment,
        verbose_name=_("appointment"),
        on_delete=models.PROTECT,
        related_name="discipline",
    )
    kind = models.CharField(_("kind"), max_length=16, choices=DisciplineKind.choices)
    ground = models.CharField(_("ground"), max_length=12, choices=Ground.choices, blank=True)
    unit = models.CharField(_("decided by"), max_length=120)
    decided_on = models.DateField(_("decided on"))
    text = models.TextField(_("what happened"), max_length=2000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = DisciplineQuerySet.as_manager()

    class Meta:
        verbose_name = _("discipline record")
        verbose_name_plural = _("discipline records")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="discipline_kind_is_known", condition=Q(kind__in=DisciplineKind.values)
            ),
            models.CheckConstraint(
                name="discipline_of_the_committee_has_a_ground",
                condition=Q(kind__in=BY_THE_COMMITTEE, ground__in=ARTICLE_15)
                | Q(kind=DisciplineKind.COURT_DELISTING, ground=""),
                violation_error_message=_(
                    "Criticism and an order name a ground of article 15; a court's list has none."
                ),
            ),
            models.CheckConstraint(name="discipline_says_by_whom", condition=~Q(unit="")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.appointment.mediator}"

    @property
    def area(self):
        return self.appointment.organization.division_id
