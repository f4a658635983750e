"""The published editions of the roster, and the extracts one can verify."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.flows import EditionState
from registry.models import Edition, Extract
from registry.search import facts
from registry.views.roster import kept_for_a_minute, way

EDITIONS_A_PAGE = 20
EDITION_FILES = ("pdf", "xlsx")


@kept_for_a_minute
def editions(request):
    """List the published editions of the roster, the newest first."""
    found = Edition.objects.public().select_related("division").order_by("-on_date", "-pk")
    page = Paginator(found, EDITIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "registry/editions.html", {"page": page})


@kept_for_a_minute
def edition(request, public_id):
    """Show an edition with its files and their digests; of a withdrawn one only that it was."""
    found = get_object_or_404(
        Edition.objects.public().select_related("division"), public_id=public_id
    )
    context = {
        "edition": found,
        "facts": facts.of_edition(found),
        "crumbs": way(_("Roster editions"), "editions", found.title),
    }
    return render(request, "registry/edition.html", context)


@require_safe
def edition_file(request, public_id, suffix):
    """Hand out a file of a published edition."""
    found = get_object_or_404(
        Edition.objects.filter(state=EditionState.PUBLISHED), public_id=public_id
    )
    if suffix not in EDITION_FILES:
        raise Http404
    name = f"{found.title}.{suffix}"
    return FileResponse(getattr(found, suffix).open(), as_attachment=True, filename=name)


@require_safe
def extract(request, public_id):
    """Show every fact that a printed extract of the roster states, so that it can be compared."""
    found = get_object_or_404(Extract.objects, public_id=public_id)
    response = render(request, "registry/extract.html", {"extract": found})
    patch_cache_control(response, private=True, no_store=True)
    return response
