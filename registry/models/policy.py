from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.clocks import Term, Unit
from registry.models.division import Division
from registry.models.organization import OrganizationKind
from registry.queries import PolicyQuerySet


class PolicyKey(models.TextChoices):
    """What a policy sets. The unit each is given in: ``UNITS``."""

    FILING_LIMIT = "filing_limit", _("limit for filing an event")
    RECTIFICATION_TERM = "rectification_term", _("term to put a fault right")
    CLOSURE_NOTICE = "closure_notice", _("notice before a deregistration")
    APPOINTMENT_NOTICE = "appointment_notice", _("notice before an appointment")
    EDITION_NOTICE = "edition_notice", _("notice of a roster edition")
    GRADING_NOTICE = "grading_notice", _("notice of grading results")
    IDLE_MONTHS = "idle_months", _("months without activity that call for a look")
    TERM_YEARS = "term_years", _("years of a term")
    TERM_LEAD = "term_lead", _("lead time before a term ends")
    PROBATION_MONTHS = "probation_months", _("months of probation")
    REENTRY_MONTHS = "reentry_months", _("months before a dismissed person may be nominated again")
    ENTRY_AGE_MOST = "entry_age_most", _("highest age at entry")
    STAR_YEARS = "star_years", _("years until a star rating is checked again")
    EXPERT_YEARS = "expert_years", _("years of an expert's term")
    EXPERT_AGE_BELOW = "expert_age_below", _("age an expert must be under")
    FORECAST_MONTHS = "forecast_months", _("months for which legality is forecast")
    RETENTION_YEARS = (
        "retention_years",
        _("years a person's data are kept after the last post"),
    )


class PolicyUnit(models.TextChoices):
    WORKING = Unit.WORKING, _("working days")
    CALENDAR = Unit.CALENDAR, _("calendar days")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")
    HOURS = "hours", _("hours")
    PIECES = "pieces", _("in number")
    PERCENT = "percent", _("percent")


class Standing(models.TextChoices):
    """On what a figure rests; a setting of the bureau is never shown as law."""

    LAW = "law", _("law")
    PRACTICE = "practice", _("published practice of another place")
    STATED = "stated", _("stated by this bureau")
    SETTING = "setting", _("setting of this bureau, no rule found")


K = PolicyKey
DAYS = (PolicyUnit.WORKING, PolicyUnit.CALENDAR)
UNITS = {
    K.FILING_LIMIT: DAYS,
    K.RECTIFICATION_TERM: DAYS,
    K.CLOSURE_NOTICE: DAYS,
    K.APPOINTMENT_NOTICE: DAYS,
    K.EDITION_NOTICE: DAYS,
    K.GRADING_NOTICE: DAYS,
    K.TERM_LEAD: DAYS,
    K.IDLE_MONTHS: (PolicyUnit.MONTHS,),
    K.PROBATION_MONTHS: (PolicyUnit.MONTHS,),
    K.REENTRY_MONTHS: (PolicyUnit.MONTHS,),
    K.TERM_YEARS: (PolicyUnit.YEARS,),
    K.ENTRY_AGE_MOST: (PolicyUnit.YEARS,),
    K.STAR_YEARS: (PolicyUnit.YEARS,),
    K.EXPERT_YEARS: (PolicyUnit.YEARS,),
    K.EXPERT_AGE_BELOW: (PolicyUnit.YEARS,),
    K.FORECAST_MONTHS: (PolicyUnit.MONTHS,),
    K.RETENTION_YEARS: (PolicyUnit.YEARS,),
}


class Figure(models.Model):
    """A figure that a rule or the bureau sets, in force during ``[from_on, until_on)``.

    A row is never edited: a new figure is a new row from a day on, and what was opened under the
    old one keeps it. Without a division it holds everywhere, without a kind for every kind.

    Each floor has a table of its own, which names its ``key`` and the ``units`` of each key.
    """

    units = {}

    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)s_set",
    )
    kind = models.CharField(
        _("kind of organisation"), max_length=12, choices=OrganizationKind.choices, blank=True
    )
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=10, choices=PolicyUnit.choices)
    standing = models.CharField(_("rests on"), max_length=10, choices=Standing.choices)
    source = models.CharField(_("source"), max_length=200, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["key", "division_id", "kind", "-from_on"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="%(class)s_names_its_source",
                condition=Q(standing=Standing.SETTING) | ~Q(source=""),
            ),
            models.CheckConstraint(name="%(class)s_sets_something", condition=Q(amount__gte=1)),
            models.UniqueConstraint(
                fields=["key", "division", "kind"],
                condition=Q(until_on__isnull=True),
                name="%(class)s_open_once",
            ),
            models.UniqueConstraint(
                fields=["key", "kind"],
                condition=Q(until_on__isnull=True, division__isnull=True),
                name="%(class)s_open_once_everywhere",
            ),
        ]

    def __str__(self):
        return f"{self.get_key_display()} {self.amount} {self.get_unit_display()}"

    @property
    def area(self):
        return self.division_id

    @property
    def term(self):
        """The term a clock counts. :raises ValueError: if the policy is not given in days."""
        return Term(self.amount, Unit(self.unit))


class Policy(Figure):
    """A figure of the register."""

    units = UNITS

    key = models.CharField(_("what it sets"), max_length=30, choices=PolicyKey.choices)

    class Meta(Figure.Meta):
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            models.CheckConstraint(name="policy_key_is_known", condition=Q(key__in=K.values)),
            *Figure.Meta.constraints,
        ]
