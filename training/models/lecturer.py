from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from office.personal import EncryptedTextField, LookupHashField
from registry.models import Division, Mediator, Speciality
from training.queries import LecturerQuerySet


class Lecturer(Record):
    """A person of the pool who teaches, during ``[from_on, until_on)``; perhaps a mediator."""

    name = models.CharField(_("name"), max_length=60)
    unit = models.CharField(_("employer"), max_length=120)
    teaches = models.CharField(
        _("teaches"), max_length=200, help_text=_("Subjects, in a few words.")
    )
    specialities = models.ManyToManyField(
        Speciality, verbose_name=_("kinds of disputes"), blank=True, related_name="+"
    )
    mediator = models.ForeignKey(
        Mediator,
        verbose_name=_("mediator"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lecturers",
        help_text=_("Only if the lecturer is a mediator."),
    )
    phone = EncryptedTextField(_("phone of the lecturer"), blank=True, default="")
    phone_hash = LookupHashField(source="phone")
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="lecturers"
    )
    from_on = models.DateField(_("in the pool from"))
    until_on = models.DateField(_("in the pool until"), null=True, blank=True)

    objects = LecturerQuerySet.as_manager()

    class Meta:
        verbose_name = _("lecturer")
        verbose_name_plural = _("lecturers")
        ordering = ["name", "pk"]
        permissions = [
            ("export_lecturer", "Can export lecturer"),
            ("unmask_lecturer", "Can see the full phone of a lecturer"),
        ]
        constraints = [
            models.CheckConstraint(
                name="lecturer_leaves_after_entering",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["mediator"],
                condition=Q(mediator__isnull=False, until_on__isnull=True),
                name="lecturer_is_a_mediator_once",
                violation_error_message=_("This mediator is in the pool already."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.division_id
