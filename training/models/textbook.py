from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Record
from registry.models import Division, Speciality
from training.queries import TextbookQuerySet


class TextbookKind(models.TextChoices):
    BOOK = "book", _("book")
    HANDOUT = "handout", _("handout")
    CASES = "cases", _("collection of cases")
    LAW = "law", _("text of a law")
    SLIDES = "slides", _("slides")


class Textbook(Record):
    """What is taught from: a file kept as a paper of the record, or an address elsewhere."""

    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind of textbook"), max_length=10, choices=TextbookKind.choices)
    field = models.ForeignKey(
        Speciality,
        verbose_name=_("kind of dispute"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    author = models.CharField(_("author or publisher"), max_length=120, blank=True)
    link = models.URLField(_("address"), blank=True)
    note = models.TextField(_("note"), max_length=500, blank=True)
    division = models.ForeignKey(
        Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="textbooks"
    )
    withdrawn_on = models.DateField(_("out of use since"), null=True, blank=True, editable=False)

    objects = TextbookQuerySet.as_manager()

    class Meta:
        verbose_name = _("textbook")
        verbose_name_plural = _("textbooks")
        ordering = ["title", "pk"]
        permissions = [("export_textbook", "Can export textbook")]
        constraints = [
            models.CheckConstraint(
                name="textbook_kind_is_known", condition=Q(kind__in=TextbookKind.values)
            ),
            models.UniqueConstraint(
                fields=["division", "title", "author"],
                name="textbook_once",
                violation_error_message=_("This textbook is on the list already."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def area(self):
        return self.division_id
