from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from casework.flows.allowance import ALLOWANCE, AllowanceState
from casework.models.claim import NOTHING, money, officer
from casework.queries.allowances import (
    AllowanceRunQuerySet,
    PayLineQuerySet,
    PublicPayrollQuerySet,
)
from casework.rules.allowances import ProRata
from casework.rules.claims import to_the_cent
from office.models import Record
from registry.models import Division, Mediator, Organization

A = AllowanceState


class PayKind(models.TextChoices):
    FIXED = "fixed", _("fixed allowance")
    PERFORMANCE = "performance", _("performance pay")


class AllowanceRun(Record):
    """The allowances of a division, or of one organisation, for the months ``[from_on, until_on)``.

    ``pro_rata`` says how months are paid in which somebody came or went.
    """

    flow = ALLOWANCE

    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        related_name="allowance_runs",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="allowance_runs",
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    pro_rata = models.CharField(
        _("months begun"), max_length=15, choices=ProRata.choices, default=ProRata.BY_DAYS
    )
    state = models.CharField(
        _("state"), max_length=10, choices=A.choices, default=A.DRAFT, editable=False
    )
    total = money(_("total"), default=NOTHING, editable=False)
    opened_by = officer(_("drawn up by"))
    opened_on = models.DateField(_("drawn up on"), editable=False)
    submitted_by = officer(_("submitted by"))
    approved_by = officer(_("approved by"))
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)
    reasons = models.TextField(_("reasons given"), blank=True, editable=False)
    paid_on = models.DateField(_("paid on"), null=True, blank=True, editable=False)
    voucher = models.CharField(_("voucher number"), max_length=60, blank=True, editable=False)

    objects = AllowanceRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("allowance run")
        verbose_name_plural = _("allowance runs")
        ordering = ["-from_on", "-pk"]
        permissions = [
            *ALLOWANCE.permissions("allowancerun"),
            ("export_allowancerun", "Can export allowance runs"),
            ("add_performance_allowancerun", "Can add performance pay"),
            ("approve_performance_allowancerun", "Can approve performance pay"),
        ]
        constraints = [
            models.CheckConstraint(
                name="allowancerun_state_is_known", condition=Q(state__in=A.values)
            ),
            models.CheckConstraint(
                name="allowancerun_rule_is_known", condition=Q(pro_rata__in=ProRata.values)
            ),
            models.CheckConstraint(
                name="allowancerun_is_of_whole_months",
                condition=Q(from_on__day=1, until_on__day=1, until_on__gt=F("from_on")),
                violation_error_message=_("A run is of whole months."),
            ),
            models.CheckConstraint(
                name="allowancerun_approved_by_another",
                # Each is tested for null by name: a CHECK that is unknown passes.
                condition=Q(
                    state__in=[A.DRAFT, A.APPROVAL, A.CANCELLED],
                    approved_by__isnull=True,
                    approved_on__isnull=True,
                )
                | (
                    Q(state__in=[A.APPROVED, A.PAID], approved_on__isnull=False)
                    & (
                        Q(approved_by__isnull=True)
                        | Q(submitted_by__isnull=True)
                        | ~Q(approved_by=F("submitted_by"))
                    )
                ),
            ),
            models.CheckConstraint(
                name="allowancerun_paid_has_a_voucher",
                condition=(Q(state=A.PAID, paid_on__isnull=False) & ~Q(voucher=""))
                | (~Q(state=A.PAID) & Q(paid_on__isnull=True, voucher="")),
            ),
        ]

    def __str__(self):
        return f"{self.organization or self.division} {self.from_on:%Y-%m}"

    @property
    def area(self):
        return self.division_id

    def recounted(self):
        """Return what the lines add up to."""
        return to_the_cent(self.lines.standing().aggregate(all=Sum("amount"))["all"])


class PayLine(models.Model):
    """What one mediator gets for a month in a run, and for what.

    What is paid for cases is not copied here: it stands with the claims (``ClaimShare``).
    """

    run = models.ForeignKey(
        AllowanceRun,
        verbose_name=_("allowance run"),
        on_delete=models.PROTECT,
        related_name="lines",
    )
    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="pay_lines"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="pay_lines",
    )
    month = models.DateField(_("month"))
    kind = models.CharField(_("kind of pay"), max_length=12, choices=PayKind.choices)
    amount = money(_("amount"), validators=[MinValueValidator(0)])
    label = models.CharField(_("for what"), max_length=80, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    days = models.PositiveSmallIntegerField(_("days in post"), null=True, blank=True)
    rate = models.ForeignKey(
        "casework.AllowanceRate",
        verbose_name=_("monthly rate"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    entered_by = officer(_("entered by"))
    approved_by = officer(_("approved by"))
    is_void = models.BooleanField(_("struck out"), default=False, editable=False)

    objects = PayLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of pay")
        verbose_name_plural = _("lines of pay")
        ordering = ["run", "month", "pk"]
        default_permissions = ["view"]
        constraints = [
            models.CheckConstraint(
                name="payline_kind_is_known", condition=Q(kind__in=PayKind.values)
            ),
            models.CheckConstraint(
                name="payline_amount_is_not_negative", condition=Q(amount__gte=0)
            ),
            models.CheckConstraint(
                name="payline_fixed_says_the_rate",
                condition=~Q(kind=PayKind.FIXED) | Q(rate__isnull=False, days__isnull=False),
            ),
            models.CheckConstraint(
                name="payline_performance_says_why",
                condition=~Q(kind=PayKind.PERFORMANCE) | (~Q(label="") & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="payline_approved_by_another",
                condition=Q(approved_by__isnull=True)
                | Q(entered_by__isnull=True)
                | ~Q(approved_by=F("entered_by")),
            ),
            models.UniqueConstraint(
                fields=["mediator", "organization", "month"],
                condition=Q(kind=PayKind.FIXED, is_void=False),
                name="payline_fixed_once_a_month",
                violation_error_message=_(
                    "The fixed allowance of this month is in another run already."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.month:%Y-%m} {self.amount}"

    @property
    def area(self):
        return self.run.division_id


class PublicPayroll(Record):
    """A person on the public payroll during ``[from_on, until_on)``: some schemes pay them nothing.

    Who is not entered here is declared, with every claim, not to be on it.
    """

    mediator = models.ForeignKey(
        Mediator,
        verbose_name=_("mediator"),
        on_delete=models.PROTECT,
        related_name="public_payroll",
    )
    employer = models.CharField(_("employer"), max_length=120)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = PublicPayrollQuerySet.as_manager()

    class Meta:
        verbose_name = _("person on the public payroll")
        verbose_name_plural = _("people on the public payroll")
        ordering = ["-from_on", "pk"]
        default_permissions = ["view", "add", "change"]
        constraints = [
            models.CheckConstraint(
                name="publicpayroll_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.from_on}"

    @property
    def area(self):
        return self.mediator.division_id
