"""The open figures of complaints: a page for everybody, and the same table as a file."""

import tempfile

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from complaints.reports.open_figures import open_figures
from office.desk.exports import CONTENT_TYPES, IN_MEMORY, downloaded
from office.sheets.writing import write_csv, write_xlsx


@require_safe
def complaint_figures(request):
    """Show what came in, what became of it and how long it took, year by year."""
    figures = open_figures(timezone.localdate())
    return render(request, "complaints/figures.html", {"figures": figures})


@require_safe
def complaint_figures_file(request):
    """Hand out the table as a workbook or as CSV, as ``format`` says."""
    file_format = request.GET.get("format", "xlsx")
    if file_format not in CONTENT_TYPES:
        raise Http404
    figures, title = open_figures(timezone.localdate()), _("Figures of complaints")
    target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 the response closes it
    if file_format == "csv":
        write_csv(target, figures.columns, figures.rows)
    else:
        write_xlsx(target, title, figures.columns, figures.rows)
    return downloaded(target, title, file_format)
