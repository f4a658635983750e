from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grading.flows.review import CONSEQUENCE, ConsequenceState
from grading.models.review import ReviewSheet
from grading.models.scheme import officer
from grading.queries.reviews import ConsequenceQuerySet, OfSheetQuerySet
from office.models import Record
from registry.models import Objection


class Actor(models.TextChoices):
    """Who gives points."""

    SELF = "self", _("the mediator")
    ORGANIZATION = "organization", _("the organisation")
    OFFICE = "office", _("the justice office")
    BUREAU = "bureau", _("the bureau")


class FigureState(models.TextChoices):
    ASSESSED = "assessed", _("counted")
    MISSING = "missing", _("missing, not assessed")
    TOO_FEW = "too_few", _("too few to say anything")


class ReviewFigure(models.Model):
    """A figure of a sheet, computed from the registers; nobody can type it.

    ``part`` over ``whole`` is its value, ``mix`` tells of which kinds of cases it is made
    (``{kind: number}``). A correction is a row of its own with its reason; the newest stands.
    """

    sheet = models.ForeignKey(
        ReviewSheet, verbose_name=_("review sheet"), on_delete=models.PROTECT,
        related_name="figures",
    )  # fmt: skip
    indicator = models.CharField(_("indicator"), max_length=60)
    metric = models.CharField(_("source"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=FigureState.choices)
    part = models.DecimalField(
        _("numerator"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    whole = models.DecimalField(
        _("denominator"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    mix = models.JSONField(_("kinds of cases"), default=dict, blank=True)
    counted_on = models.DateField(_("counted on"))
    # Set on a correction only.
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by = officer(_("corrected by"))
    replaced_on = models.DateField(_("replaced on"), null=True, blank=True)

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure of a review sheet")
        verbose_name_plural = _("figures of review sheets")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="reviewfigure_state_is_known", condition=Q(state__in=FigureState.values)
            ),
            models.UniqueConstraint(
                fields=["sheet", "indicator"],
                condition=Q(replaced_on__isnull=True),
                name="reviewfigure_standing_once",
            ),
            models.CheckConstraint(
                name="reviewfigure_corrected_with_a_reason",
                condition=Q(by__isnull=True) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="reviewfigure_counted_has_a_value",
                condition=~Q(state=FigureState.ASSESSED)
                | Q(part__isnull=False, whole__isnull=False) & ~Q(whole=0),
            ),
        ]

    def __str__(self):
        return f"{self.sheet_id} {self.indicator}"


class ReviewMark(models.Model):
    """Points that somebody gave for an indicator, and why; a newer one takes their place."""

    sheet = models.ForeignKey(
        ReviewSheet, verbose_name=_("review sheet"), on_delete=models.PROTECT, related_name="marks"
    )
    indicator = models.CharField(_("indicator"), max_length=60)
    actor = models.CharField(_("given by"), max_length=12, choices=Actor.choices)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    note = models.CharField(_("on what they rest"), max_length=500, blank=True)
    by = officer(_("by"))
    on = models.DateField(_("given on"))
    replaced_on = models.DateField(_("replaced on"), null=True, blank=True)

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("points of a review sheet")
        verbose_name_plural = _("points of review sheets")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="reviewmark_actor_is_known", condition=Q(actor__in=Actor.values)
            ),
            models.CheckConstraint(name="reviewmark_is_not_negative", condition=Q(points__gte=0)),
            models.UniqueConstraint(
                fields=["sheet", "indicator", "actor"],
                condition=Q(replaced_on__isnull=True),
                name="reviewmark_standing_once",
            ),
        ]

    def __str__(self):
        return f"{self.sheet_id} {self.indicator} {self.actor}"


class SheetObjection(models.Model):
    """An objection to a result: the person's own, or one that came in to the public notice.

    Whoever gave points on the sheet or checked it does not decide on it.
    """

    sheet = models.ForeignKey(
        ReviewSheet, verbose_name=_("review sheet"), on_delete=models.PROTECT,
        related_name="objections",
    )  # fmt: skip
    objection = models.OneToOneField(
        Objection,
        verbose_name=_("objection to the notice"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review_objection",
    )
    text = models.TextField(_("objection"), max_length=3_000, blank=True)
    filed_on = models.DateField(_("received on"))
    is_upheld = models.BooleanField(_("upheld"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=3_000, blank=True)
    decided_by = officer(pgettext_lazy("officer", "decided by"))
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    objects = OfSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection to a review sheet")
        verbose_name_plural = _("objections to review sheets")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(
                name="sheetobjection_says_something",
                condition=~Q(text="") | Q(objection__isnull=False),
            ),
            models.CheckConstraint(
                name="sheetobjection_decided_with_an_answer",
                condition=Q(is_upheld__isnull=True, decided_on__isnull=True)
                | Q(is_upheld__isnull=False, decided_on__isnull=False, decided_by__isnull=False)
                & ~Q(answer=""),
            ),
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(is_upheld__isnull=True),
                name="sheetobjection_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.sheet_id} {self.filed_on}"


class Kind(models.TextChoices):
    """What may follow from a band; each is decided by a person, none happens by itself."""

    AWARD = "award", _("award")
    RENEWAL = "renewal", _("another term recommended")
    TALK = "talk", _("talk")
    TRAINING = "training", _("training")
    NO_RENEWAL = "no_renewal", _("no further term recommended")
    PAY = "pay", _("performance pay")
    GRADING = "grading", _("grading")


class ReviewConsequence(Record):
    """What the rule has follow from a sheet's band: a task until an officer settles it."""

    flow = CONSEQUENCE

    sheet = models.ForeignKey(
        ReviewSheet,
        verbose_name=_("review sheet"),
        on_delete=models.PROTECT,
        related_name="consequences",
    )
    kind = models.CharField(_("consequence"), max_length=12, choices=Kind.choices)
    clause = models.CharField(_("clause"), max_length=120, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    # Of performance pay, where the rule says it in parts of it.
    factor = models.DecimalField(_("factor"), max_digits=8, decimal_places=4, null=True, blank=True)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=ConsequenceState.choices,
        default=ConsequenceState.OPEN,
        editable=False,
    )
    # The sheet was corrected after this was carried out: somebody has to look at it again.
    flagged_on = models.DateField(_("flagged on"), null=True, blank=True, editable=False)
    settled_by = officer(_("settled by"))
    settled_on = models.DateField(_("settled on"), null=True, blank=True, editable=False)
    note = models.CharField(_("what was done"), max_length=500, blank=True, editable=False)

    objects = ConsequenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("consequence of a review")
        verbose_name_plural = _("consequences of reviews")
        ordering = ["sheet", "pk"]
        permissions = CONSEQUENCE.permissions("reviewconsequence")
        constraints = [
            models.CheckConstraint(
                name="reviewconsequence_kind_is_known", condition=Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="reviewconsequence_state_is_known",
                condition=Q(state__in=ConsequenceState.values),
            ),
            models.UniqueConstraint(fields=["sheet", "kind"], name="reviewconsequence_once"),
            models.CheckConstraint(
                name="reviewconsequence_settled_by_somebody",
                condition=Q(state=ConsequenceState.OPEN)
                | Q(settled_on__isnull=False, settled_by__isnull=False) & ~Q(note=""),
            ),
        ]

    def __str__(self):
        return f"{self.sheet} · {self.get_kind_display()}"

    @property
    def area(self):
        return self.sheet.division_id
