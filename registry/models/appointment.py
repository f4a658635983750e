from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.flows import APPOINTMENT, AppointmentState
from registry.models.mediator import Mediator
from registry.models.organization import Organization
from registry.queries import AppointmentQuerySet


class PostHeld(models.TextChoices):
    DIRECTOR = "director", _("director")
    DEPUTY = "deputy", _("deputy director")
    MEMBER = "member", _("committee member")
    MEDIATOR = "mediator", _("mediator")
    CHIEF = "chief", _("chief mediator")


class Employment(models.TextChoices):
    FULL_TIME = "full_time", _("full-time")
    PART_TIME = "part_time", _("part-time")
    INVITED = "invited", _("invited")


class Route(models.TextChoices):
    """How a person came into post; it decides who may end it (People's Mediation Law 9, 13, 15)."""

    ELECTED = "elected", _("elected")
    APPOINTED = "appointed", _("appointed")


class Appointment(Record):
    """A mediator's post in an organisation during ``[from_on, until_on)``."""

    flow = APPOINTMENT

    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="appointments"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="appointments",
    )
    post = models.CharField(
        _("post"), max_length=10, choices=PostHeld.choices, default=PostHeld.MEDIATOR
    )
    employment = models.CharField(
        _("full-time or part-time"), max_length=10, choices=Employment.choices
    )
    route = models.CharField(
        _("elected or appointed"), max_length=10, choices=Route.choices, blank=True
    )
    from_on = models.DateField(_("from"))
    term_until_on = models.DateField(_("term ends on"), null=True, blank=True)
    until_on = models.DateField(_("left on"), null=True, blank=True, editable=False)
    state = models.CharField(
        _("state"),
        max_length=15,
        choices=AppointmentState.choices,
        default=AppointmentState.IN_POST,
        editable=False,
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-from_on", "pk"]
        permissions = APPOINTMENT.permissions("appointment")
        indexes = [
            models.Index(fields=["organization", "state"], name="appointment_in_organization")
        ]
        constraints = [
            models.CheckConstraint(
                name="appointment_state_is_known", condition=Q(state__in=AppointmentState.values)
            ),
            models.CheckConstraint(
                name="appointment_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="appointment_term_ends_after_it_begins",
                condition=Q(term_until_on__isnull=True) | Q(term_until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="appointment_ended_has_a_date",
                condition=Q(state="ended", until_on__isnull=False)
                | (~Q(state="ended") & Q(until_on__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["mediator", "organization"],
                condition=Q(until_on__isnull=True),
                name="appointment_open_once_in_an_organization",
                violation_error_message=_(
                    "This mediator already holds a post in this organisation."
                ),
            ),
            models.UniqueConstraint(
                fields=["mediator"],
                condition=Q(until_on__isnull=True, employment="full_time"),
                name="appointment_one_full_time",
                violation_error_message=_("This mediator already holds a full-time post."),
            ),
        ]

    def __str__(self):
        return f"{self.mediator} · {self.organization}"

    @property
    def area(self):
        return self.organization.division_id
