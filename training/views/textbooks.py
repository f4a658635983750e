"""The textbooks a mediator may read, and their files."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from office.desk.documents import handed_out
from office.documents import documents_of
from training.models import Textbook
from training.reports.textbooks import shelf_of
from training.views.courses import for_mediators
from training.views.crumbs import own_crumbs


@require_safe
@for_mediators
def my_textbooks(request, mediator):
    """List the textbooks of the places that a mediator serves in, with their files."""
    context = {"shelf": shelf_of(mediator), "crumbs": own_crumbs(_("Textbooks"))}
    return render(request, "training/my_textbooks.html", context)


@require_safe
@for_mediators
def textbook_file(request, mediator, pk, document):
    """Hand out a file of a textbook."""
    rows = Textbook.objects.read_in(mediator.division_id)
    papers = documents_of(get_object_or_404(rows, pk=pk))
    return handed_out(get_object_or_404(papers, pk=document))
