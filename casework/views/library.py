"""The case library before the public: the search, and the page of each case."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.models import CaseStudy, LibraryEntry
from casework.reports.library import asked, facets_of, related_to

CASES_A_PAGE = 10
MOST_PAGES = 50


class Pages(Paginator):
    """Pages of the library, no more than ``MOST_PAGES`` of them."""

    @cached_property
    def num_pages(self):
        return min(super().num_pages, MOST_PAGES)


@require_safe
def library(request):
    """Look for cases by words, type, field and level."""
    question = asked(request.GET)
    found = LibraryEntry.objects.found_by(question.text)
    rows = question.narrow(found).select_related("dispute_type", "field")
    page = Pages(rows, CASES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "question": question,
        "page": page,
        "total": page.paginator.count,
        "facets": facets_of(question, found),
        "crumbs": [{"label": _("Case library")}],
    }
    return render(request, "casework/library.html", context)


@require_safe
def library_case(request, public_id):
    """Show a published case; of a withdrawn one, only that it was there."""
    rows = LibraryEntry.objects.select_related("dispute_type", "field")
    entry = rows.filter(public_id=public_id).first()
    back = {"label": _("Case library"), "url": reverse("library")}
    if entry is None:
        # Only what was published once has been withdrawn; anything else was never there.
        get_object_or_404(CaseStudy, public_id=public_id, published_on__isnull=False)
        context = {"crumbs": [back, {"label": _("Withdrawn case")}]}
        return render(request, "casework/library_gone.html", context, status=410)
    context = {
        "entry": entry,
        "related": related_to(entry),
        "crumbs": [back, {"label": entry.title, "lang": "zh-hans"}],
    }
    return render(request, "casework/library_case.html", context)
