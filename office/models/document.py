from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.files import private_files
from office.queries import LedgerQuerySet


def document_path(document, filename):
    return f"documents/{document.digest[:2]}/{document.digest}{document.suffix}"


class Document(models.Model):
    """A paper kept as evidence of a record. Its content is never changed; a better one is added.

    Rows are written by ``office.documents`` only. Two papers with the same content share one file.
    """

    subject_type = models.CharField(_("kind of record"), max_length=100)
    subject_id = models.CharField(_("record"), max_length=64)
    # The division the record belongs to, as a number: papers are scoped like the record itself.
    area = models.BigIntegerField(_("division"), null=True)
    kind = models.SlugField(_("kind of paper"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    suffix = models.CharField(_("format"), max_length=6)
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(_("digest (SHA-256)"), max_length=64)
    file = models.FileField(_("file"), upload_to=document_path, storage=private_files)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    added_on = models.DateField(_("added on"))

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["pk"]
        default_permissions = []
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="document_of_a_record")]

    def __str__(self):
        return self.name
