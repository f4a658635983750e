from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.flows import CaseState
from casework.models.case_words import (
    REQUIRED_DOCUMENTS,
    Agreement,
    FileDocument,
    Fulfilment,
)
from casework.models.subsidy_scheme import SubsidyScheme, check_codes
from casework.models.subsidy_words import AmountKind, Period, TierDocuments
from casework.queries import OfSchemeQuerySet
from casework.rules.schemes import TierTerms
from registry.models import Employment


class TierOutcome(models.TextChoices):
    """How a case ended, as far as it may be paid for."""

    SUCCEEDED = CaseState.SUCCEEDED.value, CaseState.SUCCEEDED.label
    FAILED = CaseState.FAILED.value, CaseState.FAILED.label
    WITHDRAWN = CaseState.WITHDRAWN.value, CaseState.WITHDRAWN.label
    TRANSFERRED = CaseState.TRANSFERRED.value, CaseState.TRANSFERRED.label


def yuan(label, **given):
    return models.DecimalField(label, max_digits=10, decimal_places=2, **given)


def scheme_of(related_name):
    return models.ForeignKey(
        SubsidyScheme,
        verbose_name=_("subsidy scheme"),
        on_delete=models.PROTECT,
        related_name=related_name,
    )


class SubsidyTier(models.Model):
    """A tier of a scheme: the cases it is for, the papers it asks for. Tiers are tried in order.

    An empty list of conditions means any.
    """

    scheme = scheme_of("tiers")
    code = models.SlugField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=40)
    clause = models.CharField(_("clause"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))
    # Codes of ``TierOutcome``, ``Agreement``, ``DifficultyClass`` and ``Fulfilment``.
    outcomes = models.JSONField(_("for cases that"), default=list, blank=True)
    agreements = models.JSONField(_("forms of agreement"), default=list, blank=True)
    difficulties = models.JSONField(_("classes of difficulty"), default=list, blank=True)
    fulfilments = models.JSONField(_("fulfilment"), default=list, blank=True)
    least_attempts = models.PositiveSmallIntegerField(
        _("attempts at least"), default=1, validators=[MinValueValidator(1)]
    )
    documents_rule = models.CharField(
        _("papers it asks for"), max_length=10, choices=TierDocuments.choices, blank=True
    )
    # Codes of ``FileDocument``.
    documents = models.JSONField(_("papers named"), default=list, blank=True)
    amount_kind = models.CharField(
        _("what it pays"), max_length=10, choices=AmountKind.choices, default=AmountKind.FIXED
    )

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier of a subsidy scheme")
        verbose_name_plural = _("tiers of subsidy schemes")
        ordering = ["scheme_id", "order"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="subsidytier_code_once"),
            models.UniqueConstraint(fields=["scheme", "order"], name="subsidytier_order_once"),
            models.CheckConstraint(
                name="subsidytier_was_attempted", condition=Q(least_attempts__gte=1)
            ),
            models.CheckConstraint(
                name="subsidytier_words_are_known",
                condition=Q(
                    documents_rule__in=["", *TierDocuments.values],
                    amount_kind__in=AmountKind.values,
                ),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.scheme.division_id

    def clean(self):
        check_codes(
            self,
            {
                "outcomes": TierOutcome,
                "agreements": Agreement,
                "fulfilments": Fulfilment,
                "documents": FileDocument,
            },
        )

    def papers(self):
        """Return the codes of the papers it asks for, or None while that is undecided."""
        asked = {"none": [], "full": REQUIRED_DOCUMENTS, "listed": self.documents or None}
        found = asked.get(self.documents_rule)
        return None if found is None else tuple(str(code) for code in found)

    def terms(self):
        """Return the tier as the rules of pricing read it."""
        return TierTerms(
            code=self.code,
            name=self.name,
            clause=self.clause,
            outcomes=tuple(self.outcomes),
            agreements=tuple(self.agreements),
            difficulties=tuple(self.difficulties),
            fulfilments=tuple(self.fulfilments),
            least_attempts=self.least_attempts,
            documents=self.papers(),
            kind=self.amount_kind,
            amounts={row.level: (row.low, row.high) for row in self.amounts.all()},
        )


class TierAmount(models.Model):
    """What a tier pays to mediators of a level (its code); without a level, to all others.

    An amount that is not known is left blank, and keeps the scheme from coming into force.
    """

    tier = models.ForeignKey(
        SubsidyTier, verbose_name=_("tier"), on_delete=models.PROTECT, related_name="amounts"
    )
    level = models.SlugField(_("level"), max_length=20, blank=True)
    low = yuan(_("from yuan"), null=True, blank=True)
    high = yuan(_("to yuan"), null=True, blank=True)

    class Meta:
        verbose_name = _("amount of a tier")
        verbose_name_plural = _("amounts of tiers")
        ordering = ["tier_id", "level"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["tier", "level"], name="tieramount_once_for_a_level"),
            models.CheckConstraint(
                name="tieramount_is_an_amount",
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False, low__gt=0, high__gte=F("low")),
                violation_error_message=_("An amount is positive; a range begins with the lower."),
            ),
        ]

    def __str__(self):
        return f"{self.low}" if self.low == self.high else f"{self.low}-{self.high}"


class LevelFactor(models.Model):
    """By how much an amount is multiplied for a level; without a level, for all others."""

    scheme = scheme_of("factors")
    level = models.SlugField(_("level"), max_length=20, blank=True)
    factor = models.DecimalField(_("factor"), max_digits=5, decimal_places=3)

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("factor of a level")
        verbose_name_plural = _("factors of levels")
        ordering = ["scheme_id", "level"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["scheme", "level"], name="levelfactor_once"),
            models.CheckConstraint(name="levelfactor_is_positive", condition=Q(factor__gt=0)),
        ]

    def __str__(self):
        return f"{self.level} × {self.factor}"

    @property
    def area(self):
        return self.scheme.division_id


class FundingShare(models.Model):
    """Which part of every amount a fund pays."""

    scheme = scheme_of("funding")
    fund = models.CharField(_("fund"), max_length=60)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("share of a fund")
        verbose_name_plural = _("shares of funds")
        ordering = ["scheme_id", "order", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["scheme", "fund"], name="fundingshare_once"),
            models.CheckConstraint(
                name="fundingshare_is_a_part",
                condition=Q(percent__gt=0) & Q(percent__lte=Decimal(100)),
            ),
        ]

    def __str__(self):
        return f"{self.fund} {self.percent}%"

    @property
    def area(self):
        return self.scheme.division_id


class AllowanceRate(models.Model):
    """What is paid every month beside cases, and how much by cases, to an employment and a level.

    The nearest line holds: of the level, else of every level. ``caps_cases`` says whether the part
    by cases is a ceiling; None while that is undecided.
    """

    scheme = scheme_of("allowances")
    employment = models.CharField(
        _("full-time or part-time"), max_length=10, choices=Employment.choices, blank=True
    )
    level = models.SlugField(_("level"), max_length=20, blank=True)
    amount = yuan(_("fixed, yuan a month"), null=True, blank=True)
    case_part = yuan(_("by cases, yuan"), null=True, blank=True)
    case_period = models.CharField(
        _("by cases, every"), max_length=10, choices=Period.choices, default=Period.MONTH
    )
    caps_cases = models.BooleanField(_("the part by cases is a ceiling"), null=True, blank=True)

    objects = OfSchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("rate of allowance")
        verbose_name_plural = _("rates of allowance")
        ordering = ["scheme_id", "employment", "level"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "employment", "level"], name="allowancerate_once"
            ),
            models.CheckConstraint(
                name="allowancerate_pays_something",
                condition=(Q(amount__isnull=True) | Q(amount__gt=0))
                & (Q(case_part__isnull=True) | Q(case_part__gt=0)),
            ),
            models.CheckConstraint(
                name="allowancerate_words_are_known",
                condition=Q(employment__in=["", *Employment.values], case_period__in=Period.values),
            ),
        ]

    def __str__(self):
        return f"{self.get_employment_display()} {self.level} {self.amount}"

    @property
    def area(self):
        return self.scheme.division_id

    def undecided(self):
        """Return what is not decided about it, or an empty string."""
        if self.amount is None and self.case_part is None:
            return gettext("A rate of allowance is left blank.")
        if self.case_part is not None and self.caps_cases is None:
            return gettext("It is not decided whether the part by cases is a ceiling.")
        return ""
