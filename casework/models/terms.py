from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.queries import SchemeQuerySet
from registry.models import Division, Speciality
from registry.models.terms import Term


class DisputeType(Term):
    """What a dispute is about, in the words of the yearly statistics."""

    # The field of mediators who are good at it; cases of this type speak for the field.
    speciality = models.ForeignKey(
        Speciality,
        verbose_name=_("field"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dispute_types",
    )

    class Meta(Term.Meta):
        verbose_name = _("type of dispute")
        verbose_name_plural = _("types of dispute")


class DifficultyScheme(models.Model):
    """Classes of difficulty that hold in a division, and below it, during ``[from_on, until_on)``.

    A scheme is never edited: a new one takes its place from a day on. A case keeps the class it was
    given, whatever scheme comes later.
    """

    division = models.ForeignKey(
        Division,
        verbose_name=_("division"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="difficulty_schemes",
    )
    name = models.CharField(_("name"), max_length=80)
    source = models.CharField(_("source"), max_length=200, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheme of difficulty")
        verbose_name_plural = _("schemes of difficulty")
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="difficultyscheme_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["division", "from_on"], name="difficultyscheme_begins_once"
            ),
            models.UniqueConstraint(
                fields=["from_on"],
                condition=Q(division__isnull=True),
                name="difficultyscheme_begins_once_everywhere",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def area(self):
        return self.division_id


class DifficultyClass(models.Model):
    """A class of a scheme, the simplest first."""

    scheme = models.ForeignKey(
        DifficultyScheme,
        verbose_name=_("scheme of difficulty"),
        on_delete=models.PROTECT,
        related_name="classes",
    )
    code = models.SlugField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=30)
    name_en = models.CharField(_("name in English"), max_length=60)
    meaning = models.CharField(_("which cases it is for"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        verbose_name = _("class of difficulty")
        verbose_name_plural = _("classes of difficulty")
        ordering = ["scheme", "order"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="difficultyclass_code_once"),
            models.UniqueConstraint(fields=["scheme", "order"], name="difficultyclass_order_once"),
        ]

    def __str__(self):
        return self.name_en if (get_language() or "").startswith("en") else self.name
