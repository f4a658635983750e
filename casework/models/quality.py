from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.queries import SchemeQuerySet
from registry.models import Division
from registry.models.policy import Standing

FULL_MARKS = 100


class QualityScheme(models.Model):
    """What the file of a case is scored by, in a division and below it, from a day on.

    Its items add up to 100 points. It is never edited: a new scheme takes its place, and a check
    keeps the scheme it was scored by.
    """

    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quality_schemes",
    )
    name = models.CharField(_("name"), max_length=80)
    standing = models.CharField(
        _("rests on"), max_length=10, choices=Standing.choices, default=Standing.SETTING
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme of file quality")
        verbose_name_plural = _("schemes of file quality")
        ordering = ["-from_on", "-pk"]
        default_permissions = ["view", "add"]
        constraints = [
            models.CheckConstraint(
                name="qualityscheme_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=models.F("from_on")),
            ),
            models.CheckConstraint(
                name="qualityscheme_names_its_source",
                condition=Q(standing=Standing.SETTING) | ~Q(source=""),
                violation_error_message=_("Name the source, or call it a setting."),
            ),
            models.UniqueConstraint(
                fields=["division", "from_on"],
                name="qualityscheme_begins_once",
                violation_error_message=_("A scheme already begins on this day."),
            ),
            models.UniqueConstraint(
                fields=["from_on"],
                condition=Q(division__isnull=True),
                name="qualityscheme_begins_once_everywhere",
                violation_error_message=_("A scheme already begins on this day."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.division_id


class QualityItem(models.Model):
    """One item of a scheme and the most points it gives."""

    scheme = models.ForeignKey(
        QualityScheme,
        verbose_name=_("scheme of file quality"),
        on_delete=models.PROTECT,
        related_name="items",
    )
    code = models.SlugField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    points = models.PositiveSmallIntegerField(_("most points"))
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("item of file quality")
        verbose_name_plural = _("items of file quality")
        ordering = ["scheme", "order"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="qualityitem_code_once"),
            models.UniqueConstraint(fields=["scheme", "order"], name="qualityitem_order_once"),
            models.CheckConstraint(
                name="qualityitem_gives_points", condition=Q(points__gte=1, points__lte=FULL_MARKS)
            ),
        ]

    def __str__(self):
        in_english = (get_language() or "").startswith("en")
        return self.name_en if in_english and self.name_en else self.name
