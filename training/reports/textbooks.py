"""The shelf of textbooks on the own pages."""

from django.urls import reverse

from office.models import Document
from training.models import Textbook


def shelf_of(mediator):
    """Return (textbook, [(name, address) of its files]) of all that a mediator may read."""
    books = list(Textbook.objects.read_in(mediator.division_id).select_related("field"))
    papers = Document.objects.filter(
        subject_type=Textbook._meta.label_lower, subject_id__in=[str(one.pk) for one in books]
    )
    files = {}
    for paper in papers.order_by("pk"):
        address = reverse("textbook_file", args=[paper.subject_id, paper.pk])
        files.setdefault(paper.subject_id, []).append((paper.name, address))
    return [(one, files.get(str(one.pk), [])) for one in books]
