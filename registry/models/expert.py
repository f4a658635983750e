from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from office.personal import EncryptedTextField, LookupHashField
from registry.models.division import Division
from registry.models.policy import Policy
from registry.queries.honours import ExpertQuerySet


class ExpertField(models.TextChoices):
    """What an expert is asked about (practice of Shenzhen: law, medicine, psychology and more)."""

    LAW = "law", _("law")
    MEDICINE = "medicine", _("medicine")
    PSYCHOLOGY = "psychology", _("psychology")
    ENGINEERING = "engineering", _("building and engineering")
    FINANCE = "finance", _("finance and insurance")
    LABOUR = "labour", _("labour and social security")
    TRAFFIC = "traffic", _("traffic")
    ENVIRONMENT = "environment", _("environment")
    OTHER = "other", _("other field")


class Expert(Record):
    """A person whom mediators may consult, during ``[from_on, until_on)``; no mediator.

    The policies under which the term was counted and the age was tested are kept with it.
    """

    name = models.CharField(_("name"), max_length=60)
    field = models.CharField(_("field of expertise"), max_length=12, choices=ExpertField.choices)
    employer = models.CharField(_("employer"), max_length=120, blank=True)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="experts"
    )
    born_on = models.DateField(_("date of birth"))
    phone = EncryptedTextField(_("phone of the expert"), blank=True, default="")
    phone_hash = LookupHashField(source="phone")
    from_on = models.DateField(_("in the pool from"))
    until_on = models.DateField(_("in the pool until"), editable=False)
    term_policy = models.ForeignKey(
        Policy,
        verbose_name=_("policy of the term"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    age_policy = models.ForeignKey(
        Policy,
        verbose_name=_("policy of the age"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    left_on = models.DateField(_("left the pool on"), null=True, blank=True, editable=False)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["until_on", "pk"]
        permissions = [
            ("export_expert", "Can export expert"),
            ("unmask_expert", "Can see the full phone of an expert"),
        ]
        constraints = [
            models.CheckConstraint(
                name="expert_field_is_known", condition=Q(field__in=ExpertField.values)
            ),
            models.CheckConstraint(
                name="expert_term_ends_after_it_begins", condition=Q(until_on__gt=F("from_on"))
            ),
            models.CheckConstraint(
                name="expert_leaves_after_entering",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("from_on")),
            ),
        ]

    def __str__(self):
        return f"{self.name} · {self.get_field_display()}"

    @property
    def area(self):
        return self.division_id
