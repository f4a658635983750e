from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.models.case import CaseRecord
from casework.models.policy import CaseworkPolicy
from casework.queries import SampledCaseQuerySet, SampleQuerySet
from office.models import Record
from registry.models import Division, Organization


class SampleKind(models.TextChoices):
    VISIT = "visit", _("for return visits")
    FILES = "files", _("for checks of files")


class Sample(Record):
    """A random choice of closed cases, which anybody can draw again from its seed.

    The cases it was drawn from are kept (``SamplePopulation``): their digest stands here and in
    the ledger, so neither they nor the choice can be altered unnoticed.
    """

    kind = models.CharField(_("what for"), max_length=10, choices=SampleKind.choices)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="case_samples"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_samples",
    )
    from_on = models.DateField(_("closed from"))
    last_on = models.DateField(_("closed until, that day included"))
    # Percent; empty where a number was asked for.
    share = models.PositiveSmallIntegerField(_("share in percent"), null=True, blank=True)
    size = models.PositiveIntegerField(_("size asked for"))
    is_stratified = models.BooleanField(_("at least one of each organisation"), default=False)
    seed = models.CharField(_("seed"), max_length=40)
    count = models.PositiveIntegerField(_("cases drawn from"), editable=False)
    digest = models.CharField(_("digest of the cases drawn from"), max_length=64, editable=False)
    policy = models.ForeignKey(
        CaseworkPolicy,
        verbose_name=_("policy"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("drawn by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    drawn_on = models.DateField(_("drawn on"), editable=False)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("sample of cases")
        verbose_name_plural = _("samples of cases")
        ordering = ["-drawn_on", "-pk"]
        default_permissions = ["view", "add", "export"]
        constraints = [
            models.CheckConstraint(
                name="casesample_kind_is_known", condition=Q(kind__in=SampleKind.values)
            ),
            models.CheckConstraint(
                name="casesample_ends_after_it_begins",
                condition=Q(last_on__gte=F("from_on")),
                violation_error_message=_("The period cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="casesample_share_is_a_percentage",
                condition=Q(share__isnull=True) | Q(share__gte=1, share__lte=100),
            ),
            models.CheckConstraint(
                name="casesample_draws_something", condition=Q(size__gte=1, count__gte=1)
            ),
            models.CheckConstraint(name="casesample_has_a_seed", condition=~Q(seed="")),
            models.CheckConstraint(name="casesample_has_a_digest", condition=~Q(digest="")),
        ]

    def __str__(self):
        return f"{self.division} {self.from_on:%Y-%m-%d} – {self.last_on:%Y-%m-%d}"

    @property
    def area(self):
        return self.division_id


class SamplePopulation(models.Model):
    """The cases a sample was drawn from, one a line: number of the organisation, of the case."""

    sample = models.OneToOneField(
        Sample,
        verbose_name=_("sample of cases"),
        on_delete=models.PROTECT,
        related_name="population",
    )
    lines = models.TextField(_("cases drawn from"))

    class Meta:
        verbose_name = _("cases a sample was drawn from")
        verbose_name_plural = _("cases samples were drawn from")
        default_permissions = []

    def __str__(self):
        return str(self.sample)


class SampledCase(models.Model):
    """A case that was drawn, and as the how many-th."""

    sample = models.ForeignKey(
        Sample, verbose_name=_("sample of cases"), on_delete=models.PROTECT, related_name="items"
    )
    case = models.ForeignKey(
        CaseRecord, verbose_name=_("case"), on_delete=models.PROTECT, related_name="draws"
    )
    place = models.PositiveIntegerField(_("drawn as number"))

    objects = SampledCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("drawn case")
        verbose_name_plural = _("drawn cases")
        ordering = ["sample", "place"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["sample", "case"], name="sampledcase_once"),
            models.UniqueConstraint(fields=["sample", "place"], name="sampledcase_one_a_place"),
        ]

    def __str__(self):
        return f"{self.place} {self.case}"

    @property
    def area(self):
        return self.case.division_id
