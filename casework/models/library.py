from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.models.case_study import CaseStudy, LibraryLevel
from casework.models.terms import DisputeType
from casework.queries import LibraryQuerySet
from registry.models import Speciality


class LibraryEntry(models.Model):
    """A case as the public reads it: a copy of a published write-up, gone when it is withdrawn.

    Public pages read this table and no other, so that no draft can be shown by mistake.
    """

    study = models.OneToOneField(
        CaseStudy,
        verbose_name=_("write-up of a case"),
        on_delete=models.PROTECT,
        related_name="entry",
    )
    public_id = models.CharField(_("public id"), max_length=12, unique=True)
    title = models.CharField(_("title"), max_length=80)
    facts = models.TextField(pgettext_lazy("case", "what happened"))
    process = models.TextField(_("how it was mediated"))
    outcome = models.TextField(pgettext_lazy("case", "how it ended"))
    law = models.TextField(_("law applied"), blank=True)
    comment = models.TextField(pgettext_lazy("case", "comment"), blank=True)
    # Parted by blanks, with one before the first and after the last.
    keywords = models.CharField(_("keywords"), max_length=130, blank=True)
    dispute_type = models.ForeignKey(
        DisputeType,
        verbose_name=_("type of dispute"),
        on_delete=models.PROTECT,
        related_name="library_entries",
    )
    field = models.ForeignKey(
        Speciality,
        verbose_name=_("field"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="library_entries",
    )
    level = models.CharField(_("level of the library"), max_length=10, choices=LibraryLevel.choices)
    author_name = models.CharField(_("author"), max_length=60, blank=True)
    organization_name = models.CharField(_("organisation"), max_length=120, blank=True)
    words = models.PositiveIntegerField(_("length in characters"))
    published_on = models.DateField(_("published on"))
    folded_title = models.CharField(max_length=200)
    # All that is searched: title, keywords and sections, folded.
    text = models.TextField()

    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = _("case of the library")
        verbose_name_plural = _("cases of the library")
        ordering = ["-published_on", "-pk"]
        default_permissions = []
        indexes = [
            models.Index(fields=["-published_on", "-id"], name="library_newest_first"),
            models.Index(fields=["dispute_type", "level"], name="library_of_type"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("library_case", args=[self.public_id])

    @property
    def area(self):
        return self.study.division_id

    @property
    def word_list(self):
        return self.keywords.split()
