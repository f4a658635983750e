"""The addresses of the site, and two to compare with."""

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from portal.urls import urlpatterns as of_the_site
from registry.models import MediatorRow


def hello(request):
    """Answer without doing anything: what the server and the middleware cost."""
    return HttpResponse("hello")


@require_POST
def nothing(request):
    """Answer in JSON without doing anything: what a save is compared with."""
    return JsonResponse({"saved": True})


def icontains(request):
    """Answer as Django does by default: a filter with icontains, its count and its first page."""
    text = request.GET["q"]
    found = MediatorRow.objects.filter(
        Q(name__icontains=text) | Q(organization_name__icontains=text)
    )
    names = ", ".join(row.name for row in found[:10])
    return HttpResponse(f"{found.count()}: {names}")


urlpatterns = [
    path("hello/", hello),
    path("icontains/", icontains),
    path("nothing/", nothing),
    *of_the_site,
]
