from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models.award import AwardLevel
from registry.models.mediator import Mediator
from registry.models.organization import Organization
from registry.models.policy import Policy
from registry.queries.honours import StarRatingQuerySet, StudioProfileQuerySet

MOST_STARS = 5


class StarRating(Record):
    """The stars of a committee from ``rated_on`` until the next rating takes its place.

    Practice: one to three stars, checked again every three years (内蒙古); one to five (黄石).
    """

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="star_ratings",
    )
    stars = models.PositiveSmallIntegerField(_("stars"))
    most_stars = models.PositiveSmallIntegerField(_("most stars of the scheme"), default=MOST_STARS)
    rated_on = models.DateField(_("rated on"))
    rated_by = models.CharField(_("rated by"), max_length=100)
    policy = models.ForeignKey(
        Policy, verbose_name=_("policy"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    recheck_due = models.DateField(_("to be checked again until"), editable=False)
    until_on = models.DateField(_("replaced on"), null=True, blank=True, editable=False)

    objects = StarRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("star rating")
        verbose_name_plural = _("star ratings")
        ordering = ["recheck_due", "pk"]
        permissions = [("export_starrating", "Can export star rating")]
        constraints = [
            models.CheckConstraint(
                name="star_rating_within_its_scheme",
                condition=Q(stars__gte=1, stars__lte=F("most_stars"), most_stars__lte=MOST_STARS),
                violation_error_message=_(
                    "A committee has at least one star and no more than the scheme gives."
                ),
            ),
            models.CheckConstraint(
                name="star_rating_rechecked_later", condition=Q(recheck_due__gt=F("rated_on"))
            ),
            models.CheckConstraint(
                name="star_rating_replaced_later",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("rated_on")),
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(until_on__isnull=True),
                name="star_rating_open_once",
                violation_error_message=_("This committee has a rating; check that one again."),
            ),
        ]

    def __str__(self):
        return f"{self.organization} · {self.stars}/{self.most_stars}"

    @property
    def area(self):
        return self.organization.division_id


class StudioProfile(Record):
    """What is particular to a personal or brand studio: whose name it bears and who leads it."""

    organization = models.OneToOneField(
        Organization,
        verbose_name=_("studio"),
        on_delete=models.PROTECT,
        related_name="studio_profile",
    )
    named_after = models.CharField(_("named after the person or brand"), max_length=60)
    leader = models.ForeignKey(
        Mediator,
        verbose_name=_("leading mediator"),
        on_delete=models.PROTECT,
        related_name="studios_led",
    )
    level = models.CharField(_("recognised as"), max_length=10, choices=AwardLevel.choices)
    recognised_on = models.DateField(_("recognised on"))
    checked_on = models.DateField(_("last checked on"), editable=False)
    policy = models.ForeignKey(
        Policy, verbose_name=_("policy"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    recheck_due = models.DateField(_("to be checked again until"), editable=False)

    objects = StudioProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand or personal studio")
        verbose_name_plural = _("brand and personal studios")
        ordering = ["recheck_due", "pk"]
        permissions = [("export_studioprofile", "Can export studio profile")]
        constraints = [
            models.CheckConstraint(
                name="studio_level_is_known", condition=Q(level__in=AwardLevel.values)
            ),
            models.CheckConstraint(
                name="studio_checked_since_recognised",
                condition=Q(checked_on__gte=F("recognised_on"), recheck_due__gt=F("checked_on")),
            ),
        ]

    def __str__(self):
        return f"{self.organization} · {self.named_after}"

    @property
    def area(self):
        return self.organization.division_id
