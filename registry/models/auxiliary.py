from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from office.personal import EncryptedTextField, LookupHashField
from registry.models.division import Division
from registry.models.organization import Organization
from registry.queries.honours import AuxiliaryPersonQuerySet


class AuxiliaryKind(models.TextChoices):
    INFORMANT = "informant", _("informant")
    VOLUNTEER = "volunteer", _("volunteer")


class AuxiliaryPerson(Record):
    """An informant or volunteer during ``[from_on, until_on)``: never counted as a mediator."""

    kind = models.CharField(
        _("informant or volunteer"), max_length=10, choices=AuxiliaryKind.choices
    )
    name = models.CharField(_("name"), max_length=60)
    phone = EncryptedTextField(_("phone of the person"), blank=True, default="")
    phone_hash = LookupHashField(source="phone")
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="auxiliaries"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("helps the organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="auxiliaries",
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True, editable=False)

    objects = AuxiliaryPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("informant or volunteer")
        verbose_name_plural = _("informants and volunteers")
        ordering = ["division_id", "name", "pk"]
        permissions = [
            ("export_auxiliaryperson", "Can export auxiliary person"),
            ("unmask_auxiliaryperson", "Can see the full phone of an auxiliary person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="auxiliary_kind_is_known", condition=Q(kind__in=AuxiliaryKind.values)
            ),
            models.CheckConstraint(
                name="auxiliary_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
        ]

    def __str__(self):
        return f"{self.name} · {self.get_kind_display()}"

    @property
    def area(self):
        return self.division_id
