from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.models import Record
from office.models.files import private_files
from registry.models import Division
from registry.models.public_id import new_public_id
from training.queries.certificates import CertificateKindQuerySet, SealQuerySet
from training.rules.certificates import pattern_faults


class CertificateCategory(models.TextChoices):
    TRAINING = "training", _("training certificate")
    # One person, one number, one such certificate at a time.
    DUTY = "duty", _("duty certificate")
    LEVEL = "level", _("certificate of a level")


def check_pattern(pattern):
    """Refuse a pattern that cannot make numbers. :raises ValidationError:"""
    if faults := pattern_faults(pattern):
        raise ValidationError(faults)


class CertificateKind(Record):
    """A kind of certificate as a bureau issues it during ``[from_on, until_on)``.

    A row is never edited: other words or another pattern are a new row from a day on. Without a
    division it is issued everywhere.
    """

    code = models.SlugField(_("code"), max_length=30)
    category = models.CharField(_("category"), max_length=10, choices=CertificateCategory.choices)
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="certificate_kinds",
    )
    name = models.CharField(_("title"), max_length=60)
    name_en = models.CharField(_("title in English"), max_length=80)
    wording = models.CharField(_("what it certifies"), max_length=200)
    number_pattern = models.CharField(
        _("pattern of numbers"),
        max_length=60,
        default="{division6}{year}{serial:05d}",
        validators=[check_pattern],
        help_text=_("Places: {division6}, {division4}, {year}, {serial:05d}."),
    )
    is_limited = models.BooleanField(
        _("valid for a time"),
        default=False,
        help_text=_("Without months of its own, the figure of training holds."),
    )
    valid_months = models.PositiveSmallIntegerField(_("months it is valid"), null=True, blank=True)
    has_yearly_check = models.BooleanField(_("checked every year"), default=False)
    bars_duty = models.BooleanField(
        _("needed to take up duty"),
        default=False,
        help_text=_("Nobody takes up a post in the division without a valid one."),
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = CertificateKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("kind of certificate")
        verbose_name_plural = _("kinds of certificates")
        ordering = ["code", "division_id", "-from_on"]
        constraints = [
            models.CheckConstraint(
                name="certificatekind_category_is_known",
                condition=Q(category__in=CertificateCategory.values),
            ),
            models.CheckConstraint(
                name="certificatekind_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="certificatekind_months_are_some",
                condition=Q(valid_months__isnull=True)
                | Q(valid_months__isnull=False, valid_months__gte=1, is_limited=True),
                violation_error_message=_("Months are given for what is valid for a time."),
            ),
            models.CheckConstraint(
                name="certificatekind_of_duty_bars_duty",
                condition=Q(bars_duty=False) | Q(category=CertificateCategory.DUTY),
                violation_error_message=_("Only a duty certificate can be needed for duty."),
            ),
            models.UniqueConstraint(
                fields=["code", "division"],
                condition=Q(until_on__isnull=True),
                name="certificatekind_open_once",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(until_on__isnull=True, division__isnull=True),
                name="certificatekind_open_once_everywhere",
            ),
        ]

    def __str__(self):
        return self.name_en if (get_language() or "").startswith("en") else self.name

    @property
    def area(self):
        return self.division_id

    @property
    def is_of_duty(self):
        return self.category == CertificateCategory.DUTY

    def is_in_force(self, day):
        """Whether it is issued that day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


class CertificateSeries(models.Model):
    """The last number of a kind in a place and a year: locked by whoever takes the next."""

    kind_code = models.CharField(max_length=30)
    place = models.CharField(max_length=6, blank=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of certificate numbers")
        verbose_name_plural = _("series of certificate numbers")
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["kind_code", "place", "year"], name="certificate_series_once"
            )
        ]

    def __str__(self):
        return f"{self.kind_code} {self.place} {self.year}"


def seal_path(seal, filename):
    return f"seals/{seal.public_id}.jpg"


class Seal(Record):
    """The picture of a bureau's seal, printed on certificates; it is kept private."""

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="seals"
    )
    body = models.CharField(_("name on the seal"), max_length=120)
    picture = models.ImageField(_("picture"), upload_to=seal_path, storage=private_files)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["division_id", "-from_on"]
        constraints = [
            models.CheckConstraint(
                name="seal_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["division"], condition=Q(until_on__isnull=True), name="seal_open_once"
            ),
        ]

    def __str__(self):
        return self.body

    @property
    def area(self):
        return self.division_id
