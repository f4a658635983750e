from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Division, Employment, Mediator, OrganizationKind
from registry.models.policy import Standing
from training.models.hours import ContentClass
from training.queries.requirements import HoursRuleQuerySet, HoursWaiverQuerySet


class Requirement(models.TextChoices):
    """For what hours are required."""

    PRE_SERVICE = "pre_service", _("training before duty")
    YEARLY = "yearly", _("every year")
    SPECIAL = "special", _("special training, every year")


class GivenIn(models.TextChoices):
    """In what a rule counts. Days become class hours when the rule is set."""

    HOURS = "hours", _("class hours")
    DAYS = "days", _("days")
    QUARTERS = "quarters", _("times a quarter")


class HoursRule(models.Model):
    """How much a class of mediators must learn, in force during ``[from_on, until_on)``.

    Without a division it is a template: published elsewhere, adopted by nobody here. A row is
    never edited; the nearest division's rules for a requirement hold as a whole, and among them
    the one for the kind of organisation and the employment goes before the general one.

    ``hours`` is what ``amount`` comes to in class hours; times a quarter come to none, they are
    occasions that are counted.
    """

    name = models.CharField(_("name of the rule"), max_length=80)
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hours_rules",
    )
    requirement = models.CharField(_("required"), max_length=12, choices=Requirement.choices)
    kind = models.CharField(
        _("kind of organisation"), max_length=12, choices=OrganizationKind.choices, blank=True
    )
    employment = models.CharField(
        _("full-time or part-time"), max_length=10, choices=Employment.choices, blank=True
    )
    content_class = models.CharField(
        _("content class"), max_length=10, choices=ContentClass.choices, blank=True
    )
    amount = models.DecimalField(
        _("amount"), max_digits=5, decimal_places=1, validators=[MinValueValidator(0)]
    )
    given_in = models.CharField(_("given in"), max_length=10, choices=GivenIn.choices)
    hours = models.DecimalField(
        _("class hours"), max_digits=6, decimal_places=1, null=True, blank=True, editable=False
    )
    standing = models.CharField(_("rests on"), max_length=10, choices=Standing.choices)
    source = models.CharField(_("source"), max_length=200, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = HoursRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule on hours")
        verbose_name_plural = _("rules on hours")
        ordering = ["division_id", "requirement", "kind", "employment", "-from_on"]
        constraints = [
            models.CheckConstraint(
                name="hoursrule_requirement_is_known",
                condition=Q(requirement__in=Requirement.values),
            ),
            models.CheckConstraint(name="hoursrule_wants_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="hoursrule_comes_to_hours_or_occasions",
                condition=Q(given_in__in=["hours", "days"], hours__isnull=False, hours__gt=0)
                | Q(given_in="quarters", hours__isnull=True),
            ),
            models.CheckConstraint(
                name="hoursrule_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="hoursrule_names_its_source",
                condition=Q(standing=Standing.SETTING) | ~Q(source=""),
            ),
            models.UniqueConstraint(
                fields=["division", "requirement", "kind", "employment"],
                condition=Q(until_on__isnull=True, division__isnull=False),
                name="hoursrule_open_once",
            ),
            models.UniqueConstraint(
                fields=["name", "requirement", "kind", "employment"],
                condition=Q(division__isnull=True),
                name="hoursrule_template_once",
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.get_requirement_display()}"

    @property
    def area(self):
        return self.division_id


class HoursWaiver(Record):
    """Hours a mediator need not learn for a year, with the reason (illness, secondment ...)."""

    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="hours_waivers"
    )
    requirement = models.CharField(_("required"), max_length=12, choices=Requirement.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    hours = models.DecimalField(
        _("class hours waived"), max_digits=6, decimal_places=1, validators=[MinValueValidator(0)]
    )
    reason = models.CharField(_("reason"), max_length=200)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("granted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    granted_on = models.DateField(_("granted on"), editable=False)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)

    objects = HoursWaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiver of hours")
        verbose_name_plural = _("waivers of hours")
        ordering = ["-year", "-granted_on", "-pk"]
        permissions = [
            ("withdraw_hourswaiver", "Can withdraw a waiver of hours"),
            ("export_hourswaiver", "Can export waivers of hours"),
        ]
        constraints = [
            models.CheckConstraint(
                name="hourswaiver_requirement_is_known",
                condition=Q(requirement__in=Requirement.values),
            ),
            models.CheckConstraint(name="hourswaiver_waives_something", condition=Q(hours__gt=0)),
            models.CheckConstraint(name="hourswaiver_says_why", condition=~Q(reason="")),
            models.UniqueConstraint(
                fields=["mediator", "requirement", "year"],
                condition=Q(withdrawn_on__isnull=True),
                name="hourswaiver_once_a_year",
                violation_error_message=_("Hours of this year are waived for this person already."),
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.year}"

    @property
    def area(self):
        return self.mediator.division_id
