from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.flows.claim import LineState
from casework.models.case import CaseRecord
from casework.models.claim import ClaimBatch, money
from casework.queries.claims import ClaimLineQuerySet, OfLineQuerySet
from casework.rules.claims import ClaimFault
from office.models import Record
from registry.models import Mediator

L = LineState


class ClaimLine(Record):
    """One case in a batch: the tier and amount claimed, those approved, and why.

    ``dispute`` is the entry that stands for the dispute; it is claimed once, whatever entries of
    it there are. ``offer``, ``documents`` and ``faults`` are as they were when the line was last
    looked at: with the batch's last step by the clerk.
    """

    batch = models.ForeignKey(
        ClaimBatch, verbose_name=_("subsidy claim"), on_delete=models.PROTECT, related_name="lines"
    )
    case = models.ForeignKey(
        CaseRecord, verbose_name=_("case"), on_delete=models.PROTECT, related_name="claim_lines"
    )
    dispute = models.ForeignKey(
        CaseRecord, verbose_name=_("dispute"), on_delete=models.PROTECT, related_name="+"
    )
    scheme = models.ForeignKey(
        "casework.SubsidyScheme",
        verbose_name=_("subsidy scheme"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    tier_claimed = models.ForeignKey(
        "casework.SubsidyTier",
        verbose_name=_("tier claimed"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    tier_approved = models.ForeignKey(
        "casework.SubsidyTier",
        verbose_name=_("tier approved"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    amount_claimed = money(
        _("amount claimed"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    amount_approved = money(
        _("amount approved"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    # Yuan; None until somebody said whether another fund paid for it.
    paid_elsewhere = money(
        _("paid by another fund"), null=True, blank=True, validators=[MinValueValidator(0)]
    )
    reason = models.CharField(_("reason given by the organisation"), max_length=500, blank=True)
    approved_reason = models.CharField(_("reason given in the checks"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=L.choices, default=L.OPEN, editable=False
    )
    struck_reason = models.CharField(_("struck out because"), max_length=500, blank=True)
    documents = models.JSONField(_("documents in the file"), default=list, blank=True)
    missing = models.JSONField(_("documents missing"), default=list, blank=True)
    faults = models.JSONField(_("what bars the line"), default=list, blank=True)
    offer = models.JSONField(
        _("what the scheme offers"), default=dict, blank=True, encoder=DjangoJSONEncoder
    )

    objects = ClaimLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a subsidy claim")
        verbose_name_plural = _("lines of subsidy claims")
        ordering = ["batch", "pk"]
        default_permissions = ["view"]
        permissions = [
            ("adjust_claimline", "Can adjust a line of a subsidy claim"),
            ("strike_claimline", "Can strike a line of a subsidy claim"),
            ("export_claimline", "Can export lines of subsidy claims"),
        ]
        constraints = [
            models.CheckConstraint(
                name="claimline_state_is_known", condition=Q(state__in=L.values)
            ),
            models.CheckConstraint(
                name="claimline_struck_says_why",
                condition=(Q(state=L.STRUCK) & ~Q(struck_reason=""))
                | (~Q(state=L.STRUCK) & Q(struck_reason="")),
            ),
            models.CheckConstraint(
                name="claimline_amounts_are_not_negative",
                condition=(Q(amount_claimed__isnull=True) | Q(amount_claimed__gte=0))
                & (Q(amount_approved__isnull=True) | Q(amount_approved__gte=0)),
            ),
            models.CheckConstraint(
                name="claimline_tiers_are_of_a_scheme",
                condition=Q(scheme__isnull=False)
                | Q(tier_claimed__isnull=True, tier_approved__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["dispute"],
                condition=Q(state=L.OPEN),
                name="claimline_dispute_once",
                violation_error_message=_("This dispute is claimed already."),
            ),
        ]

    def __str__(self):
        return str(self.case)

    @property
    def area(self):
        return self.batch.division_id

    @property
    def stands(self):
        """Whether the line is neither struck out nor withdrawn with its batch."""
        return self.state == L.OPEN

    @property
    def is_changed(self):
        """Whether the checks approved another amount or tier than was claimed."""
        claimed = (self.amount_claimed, self.tier_claimed_id)
        return claimed != (self.amount_approved, self.tier_approved_id)

    def fault_sentences(self):
        """Return what bars the line, in sentences."""
        return [ClaimFault(fault).label for fault in self.faults]


class ClaimShare(models.Model):
    """What one mediator gets of a line, to the cent; the parts of a line add up to it."""

    line = models.ForeignKey(
        ClaimLine, verbose_name=_("line"), on_delete=models.PROTECT, related_name="shares"
    )
    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="claim_shares"
    )
    weight = models.PositiveSmallIntegerField(_("weight"))
    amount = money(_("amount"))

    objects = OfLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a subsidy")
        verbose_name_plural = _("parts of subsidies")
        ordering = ["line", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["line", "mediator"], name="claimshare_once"),
            models.CheckConstraint(
                name="claimshare_is_a_share", condition=Q(weight__gte=1, amount__gte=0)
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.amount}"

    @property
    def area(self):
        return self.line.batch.division_id


class ClaimFunding(models.Model):
    """What one fund bears of a line, to the cent; the funds of a line add up to it."""

    line = models.ForeignKey(
        ClaimLine, verbose_name=_("line"), on_delete=models.PROTECT, related_name="funds"
    )
    fund = models.CharField(_("fund"), max_length=60)
    amount = money(_("amount"))

    objects = OfLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund of a subsidy")
        verbose_name_plural = _("funds of subsidies")
        ordering = ["line", "pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["line", "fund"], name="claimfunding_once"),
            models.CheckConstraint(name="claimfunding_is_money", condition=Q(amount__gte=0)),
        ]

    def __str__(self):
        return f"{self.fund} {self.amount}"

    @property
    def area(self):
        return self.line.batch.division_id
