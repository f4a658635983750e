from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A word of a list the bureau keeps; the code never changes, the words may."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    name_en = models.CharField(_("name in English"), max_length=60)
    # Other words for the same thing, by which an import recognises it.
    synonyms = models.JSONField(_("synonyms"), default=list, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self):
        return self.name_en if (get_language() or "").startswith("en") else self.name


class Speciality(Term):
    """A field of disputes a mediator is good at, or in which an industry body works."""

    class Meta(Term.Meta):
        verbose_name = _("speciality")
        verbose_name_plural = _("specialities")


class Language(Term):
    """A language or dialect in which a mediator can work."""

    class Meta(Term.Meta):
        verbose_name = _("language or dialect")
        verbose_name_plural = _("languages and dialects")
