from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.identity import Sex
from office.models import Record
from office.models.files import private_files
from office.personal import EncryptedTextField, LookupHashField
from registry.models.division import Division
from registry.models.public_id import new_public_id
from registry.models.terms import Language, Speciality
from registry.queries import MediatorQuerySet


class Education(models.TextChoices):
    PRIMARY = "primary", _("primary school or below")
    JUNIOR = "junior", _("junior middle school")
    SENIOR = "senior", _("senior middle school")
    COLLEGE = "college", _("junior college")
    BACHELOR = "bachelor", _("bachelor")
    MASTER = "master", _("master")
    DOCTOR = "doctor", _("doctor")


class Background(models.TextChoices):
    """Where a mediator comes from; the composition figures people ask for count these."""

    LEGAL = "legal", _("legal professional")
    JUDICIAL = "judicial", _("retired judicial staff")
    MEDICAL = "medical", _("medical")
    PSYCHOLOGY = "psychology", _("psychology")
    GRASSROOTS = "grassroots", _("grass-roots work")
    OTHER = "other", _("other")


def photo_path(mediator, filename):
    return f"mediators/{mediator.public_id}.jpg"


class Mediator(Record):
    """A person who is, was or is proposed as a people's mediator.

    Purpose, basis and retention of each personal field: ``docs/personal-data.md``.
    """

    public_id = models.CharField(
        _("public id"), max_length=12, unique=True, default=new_public_id, editable=False
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
    )
    name = models.CharField(_("name"), max_length=60)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    ethnicity = models.CharField(_("ethnicity"), max_length=20, blank=True)
    education = models.CharField(
        _("education"), max_length=10, choices=Education.choices, blank=True
    )
    background = models.CharField(
        _("professional background"), max_length=12, choices=Background.choices, blank=True
    )
    political_status = models.CharField(_("political status"), max_length=20, blank=True)
    id_number = EncryptedTextField(_("ID number"), blank=True, default="")
    id_number_hash = LookupHashField(source="id_number")
    phone = EncryptedTextField(_("personal phone"), blank=True, default="")
    phone_hash = LookupHashField(source="phone")
    certificate_number = models.CharField(
        _("certificate number"), max_length=40, null=True, blank=True, unique=True
    )
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="mediators"
    )
    specialities = models.ManyToManyField(
        Speciality, verbose_name=_("specialities"), blank=True, related_name="mediators"
    )
    languages = models.ManyToManyField(
        Language, verbose_name=_("languages and dialects"), blank=True, related_name="mediators"
    )
    # What an import could not match to the list, in the words of the file; never published.
    other_specialities = models.CharField(_("other specialities"), max_length=200, blank=True)
    photo = models.ImageField(_("photo"), upload_to=photo_path, storage=private_files, blank=True)
    note = models.TextField(_("note"), blank=True)
    # From this day on nothing personal is left, and what the ledger says of it is not shown.
    erased_on = models.DateField(_("erased on"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        editable=False,
    )

    objects = MediatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("people's mediator")
        verbose_name_plural = _("people's mediators")
        ordering = ["division_id", "name", "pk"]
        permissions = [
            ("erase_mediator", "Can ask for the erasure of a mediator's personal data"),
            ("export_mediator", "Can export mediator"),
            ("extract_mediator", "Can issue an extract of the roster about a mediator"),
            ("record_level_mediator", "Can record and end a level of a mediator"),
            ("merge_mediator", "Can merge two entries of one mediator"),
            ("unmask_mediator", "Can see the full ID number and phone of a mediator"),
        ]
        indexes = [
            models.Index(fields=["division", "name"], name="mediator_in_division"),
            models.Index(fields=["name", "born_on"], name="mediator_alike"),
            models.Index(fields=["phone_hash"], name="mediator_by_phone"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["id_number_hash"],
                condition=Q(id_number_hash__isnull=False),
                name="mediator_id_number_once",
                violation_error_message=_(
                    "A mediator with this ID number is already in the register."
                ),
            ),
            models.CheckConstraint(
                name="mediator_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
            ),
            models.CheckConstraint(
                name="mediator_sex_is_known", condition=Q(sex="") | Q(sex__in=Sex.values)
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.division_id

    def get_absolute_url(self):
        return reverse("mediator", args=[self.public_id])


class ConsentField(models.TextChoices):
    """The optional fields that are published only with recorded consent (PIPL 25)."""

    PHOTO = "photo", _("photo")
    PHONE = "phone", _("personal phone")


class Consent(models.Model):
    """A mediator's recorded consent to publish one optional field."""

    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="consents"
    )
    field = models.CharField(_("field"), max_length=10, choices=ConsentField.choices)
    given_on = models.DateField(_("given on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["mediator", "field"],
                condition=Q(withdrawn_on__isnull=True),
                name="consent_open_once",
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("given_on")),
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.get_field_display()}"
