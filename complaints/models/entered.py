"""Complaints that came in by an officer: at the window, by letter, by telephone, from above."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.complaint import Complaint
from complaints.models.hotline_import import HotlineImport
from complaints.queries import EnteredComplaintQuerySet
from registry.models import Division


class ComplaintEntry(models.Model):
    """Where a complaint was entered by an officer, and of which day the letter or ticket is.

    It says nothing of the case: who passed it on lies sealed in the complaint.
    """

    complaint = models.OneToOneField(
        Complaint, verbose_name=_("complaint"), on_delete=models.PROTECT, related_name="entry"
    )
    division = models.ForeignKey(
        Division, verbose_name=_("entered in"), on_delete=models.PROTECT, related_name="+"
    )
    source_on = models.DateField(_("date of the ticket or letter"), null=True, blank=True)
    batch = models.ForeignKey(
        HotlineImport,
        verbose_name=_("import of hotline tickets"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
    )

    class Meta:
        verbose_name = _("entry of a complaint")
        verbose_name_plural = _("entries of complaints")
        default_permissions = []

    def __str__(self):
        return str(self.complaint_id)


class EnteredComplaintManager(models.Manager.from_queryset(EnteredComplaintQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(entry__isnull=False)


class EnteredComplaint(Complaint):
    """A complaint as those see it who entered it: that it is there, and where it stands."""

    flow = None
    objects = EnteredComplaintManager()

    class Meta:
        proxy = True
        ordering = ["-received_on", "-pk"]
        verbose_name = _("entered complaint")
        verbose_name_plural = _("entered complaints")
        default_permissions = ["view", "add", "export"]
