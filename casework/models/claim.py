from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from casework.flows.claim import CLAIM, HANDED_IN, IN_CHECK, ClaimState
from casework.models.policy import CaseworkPolicy
from casework.queries.claims import ClaimBatchQuerySet, OfBatchQuerySet
from casework.rules.claims import NOTHING, span_of, to_the_cent
from office.clocks import due
from office.models import Record
from registry.models import Division, Organization

S = ClaimState
ONE_DAY = timedelta(days=1)


def money(label, **given):
    """A field for an amount of yuan with two places."""
    return models.DecimalField(label, max_digits=12, decimal_places=2, **given)


def officer(label):
    """A field for the account that did something; editable by no form."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )


class ClaimBatch(Record):
    """What an organisation claims for the cases it closed in a quarter.

    The totals are those of the standing lines, counted anew with every step. It keeps the policy
    of the limit under which it was opened; a late one is flagged, never refused.
    """

    flow = CLAIM

    number = models.CharField(_("batch number"), max_length=30, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="claim_batches",
    )
    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        related_name="claim_batches",
        editable=False,
    )
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), choices=[(number, str(number)) for number in (1, 2, 3, 4)]
    )
    state = models.CharField(
        _("state"), max_length=20, choices=S.choices, default=S.DRAFT, editable=False
    )
    turn = models.PositiveSmallIntegerField(_("times handed in"), default=0, editable=False)
    policy = models.ForeignKey(
        CaseworkPolicy,
        verbose_name=_("limit for claiming"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)
    line_count = models.PositiveIntegerField(_("standing lines"), default=0, editable=False)
    total_claimed = money(_("total claimed"), default=NOTHING, editable=False)
    total_approved = money(_("total approved"), default=NOTHING, editable=False)
    opened_by = officer(_("drawn up by"))
    opened_on = models.DateField(_("drawn up on"), editable=False)
    submitted_on = models.DateField(_("first submitted on"), null=True, blank=True, editable=False)
    # Who took the last step: nobody takes two in a row.
    moved_by = officer(_("last step taken by"))
    reasons = models.TextField(_("reasons given"), blank=True, editable=False)
    returned_from = models.CharField(
        _("returned from"), max_length=20, choices=S.choices, blank=True, editable=False
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True, editable=False)
    paid_on = models.DateField(_("paid on"), null=True, blank=True, editable=False)
    voucher = models.CharField(_("voucher number"), max_length=60, blank=True, editable=False)
    disclosed_on = models.DateField(_("disclosed from"), null=True, blank=True, editable=False)
    disclosed_until_on = models.DateField(
        _("disclosed until"), null=True, blank=True, editable=False
    )

    objects = ClaimBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidy claim")
        verbose_name_plural = _("subsidy claims")
        ordering = ["-year", "-quarter", "-pk"]
        permissions = [
            *CLAIM.permissions("claimbatch"),
            ("export_claimbatch", "Can export subsidy claims"),
            ("disclose_claimbatch", "Can disclose a paid subsidy claim"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="claimbatch_by_state")]
        constraints = [
            models.CheckConstraint(
                name="claimbatch_state_is_known", condition=Q(state__in=S.values)
            ),
            models.CheckConstraint(
                name="claimbatch_quarter_is_known", condition=Q(quarter__in=[1, 2, 3, 4])
            ),
            models.CheckConstraint(
                name="claimbatch_handed_in_is_dated",
                condition=~Q(state__in=HANDED_IN) | Q(submitted_on__isnull=False, turn__gte=1),
            ),
            models.CheckConstraint(
                name="claimbatch_returned_says_why",
                condition=~Q(state=S.RETURNED)
                | (Q(returned_from__in=[*IN_CHECK, S.APPROVED]) & ~Q(reasons="")),
            ),
            models.CheckConstraint(
                name="claimbatch_approved_is_dated",
                condition=Q(state__in=[S.APPROVED, S.PAID], approved_on__isnull=False)
                | (~Q(state__in=[S.APPROVED, S.PAID]) & Q(approved_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="claimbatch_paid_has_a_voucher",
                condition=(Q(state=S.PAID, paid_on__isnull=False) & ~Q(voucher=""))
                | (~Q(state=S.PAID) & Q(paid_on__isnull=True, voucher="")),
            ),
            models.CheckConstraint(
                name="claimbatch_disclosed_once_paid",
                condition=Q(disclosed_on__isnull=True, disclosed_until_on__isnull=True)
                | Q(
                    state=S.PAID,
                    disclosed_on__isnull=False,
                    disclosed_until_on__isnull=False,
                    disclosed_until_on__gte=F("disclosed_on"),
                ),
            ),
            models.CheckConstraint(
                name="claimbatch_totals_are_not_negative",
                condition=Q(total_claimed__gte=0, total_approved__gte=0),
            ),
            models.UniqueConstraint(
                fields=["organization", "year", "quarter"],
                condition=~Q(state=S.WITHDRAWN),
                name="claimbatch_once_a_quarter",
                violation_error_message=_(
                    "This organisation has a claim for this quarter already."
                ),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def area(self):
        return self.division_id

    @property
    def from_on(self):
        """The first day of the quarter."""
        return span_of(self.year, self.quarter)[0]

    @property
    def ends_on(self):
        """The first day after the quarter."""
        return span_of(self.year, self.quarter)[1]

    def deadline(self, calendar):
        """Return the deadline for claiming under the policy the batch was opened under."""
        # The quarter's last day excluded, the day after it is the first that counts.
        last = span_of(self.year, self.quarter)[1] - ONE_DAY
        return due(calendar, last, self.policy.term)

    def is_late(self, today):
        """Whether it was, or is still to be, handed in after the limit; flagged, never refused."""
        return self.due_on is not None and (self.submitted_on or today) > self.due_on

    @property
    def kept_totals(self):
        """The number and the amounts that are kept with the batch."""
        approved = self.total_approved
        return (self.line_count, self.total_claimed, approved, approved, approved)

    def recounted(self):
        """Return the number of lines and what they, their parts and their funds add up to."""
        found = self.lines.standing().aggregate(
            number=Count("pk"), claimed=Sum("amount_claimed"), approved=Sum("amount_approved")
        )
        sums = [found["claimed"], found["approved"]]
        for name in ("shares", "funds"):
            rows = self.lines.model._meta.get_field(name).related_model._default_manager
            rows = rows.of_standing_lines().filter(line__batch=self)
            sums.append(rows.aggregate(all=Sum("amount"))["all"])
        return (found["number"], *map(to_the_cent, sums))


class ClaimStep(models.Model):
    """One step of a batch: who took it, when, with which opinion. Kept for good, like the ledger.

    ``signed_by`` and ``signed_on`` are of the township's leader, who has no account here.
    """

    batch = models.ForeignKey(
        ClaimBatch, verbose_name=_("subsidy claim"), on_delete=models.PROTECT, related_name="steps"
    )
    turn = models.PositiveSmallIntegerField(_("times handed in"))
    name = models.CharField(
        _("step"), max_length=20, choices=[(step.name, step.label) for step in CLAIM.steps.values()]
    )
    by = officer(_("by"))
    after = officer(_("step before it taken by"))
    on = models.DateField(_("taken on"))
    opinion = models.TextField(_("opinion"), max_length=500, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=60, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    total = money(_("total approved"), default=NOTHING)

    objects = OfBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a subsidy claim")
        verbose_name_plural = _("steps of subsidy claims")
        ordering = ["batch", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="claimstep_is_known", condition=Q(name__in=list(CLAIM.steps))
            ),
            models.CheckConstraint(
                name="claimstep_never_twice_by_one",
                # Without an account on either side it was the system itself.
                condition=Q(by__isnull=True) | Q(after__isnull=True) | ~Q(by=F("after")),
            ),
            models.CheckConstraint(
                name="claimstep_review_is_signed",
                condition=(Q(name="record_review", signed_on__isnull=False) & ~Q(signed_by=""))
                | (~Q(name="record_review") & Q(signed_on__isnull=True, signed_by="")),
            ),
        ]

    def __str__(self):
        return f"{self.batch} · {self.get_name_display()}"

    @property
    def area(self):
        return self.batch.division_id


class ClaimSeries(models.Model):
    """The last number given to a batch in a county in a year: one row, locked by the next."""

    county = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("series of batch numbers")
        verbose_name_plural = _("series of batch numbers")
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["county", "year"], name="claimseries_once")]

    def __str__(self):
        return f"{self.county} {self.year}"
