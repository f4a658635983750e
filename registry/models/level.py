from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.mediator import Mediator
from registry.queries import LevelHoldingQuerySet


class Level(models.Model):
    """A level of a scale. Rank 1 is the highest, whatever the label says."""

    scale = models.SlugField(_("scale"), max_length=30, default="level")
    code = models.SlugField(_("code"), max_length=20)
    label = models.CharField(_("label"), max_length=30)
    label_en = models.CharField(_("label in English"), max_length=40)
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["scale", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "code"], name="level_code_once_in_a_scale"),
            models.UniqueConstraint(fields=["scale", "rank"], name="level_rank_once_in_a_scale"),
        ]

    def __str__(self):
        return self.label_en if (get_language() or "").startswith("en") else self.label


class LevelHolding(models.Model):
    """A level held during ``[from_on, until_on)``; an older one still answers for its dates."""

    mediator = models.ForeignKey(
        Mediator, verbose_name=_("mediator"), on_delete=models.PROTECT, related_name="levels"
    )
    level = models.ForeignKey(
        Level, verbose_name=_("level"), on_delete=models.PROTECT, related_name="holdings"
    )
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    objects = LevelHoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("level held")
        verbose_name_plural = _("levels held")
        ordering = ["-from_on"]
        constraints = [
            models.CheckConstraint(
                name="level_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["mediator"],
                condition=Q(until_on__isnull=True),
                name="level_open_once_for_a_mediator",
            ),
        ]

    def __str__(self):
        return f"{self.mediator} {self.level}"

    def runs_on(self, day):
        """Whether it is held on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)
