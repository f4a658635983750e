"""Addresses of Wagtail that the desk answers itself; they stand before Wagtail's own."""

from django.http import Http404
from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

# Wagtail's site history tells of rows outside the reader's posts; the ledger does not.
ledger = RedirectView.as_view(url=reverse_lazy("ledger:index"), query_string=False)


def no_such_page(request):
    raise Http404


instead_of_wagtail = [
    # Wagtail's pages for looking at its own error pages; one fails on purpose.
    path("failwhale/", no_such_page),
    path("test404/", no_such_page),
    path("reports/site-history/", ledger),
    path("reports/site-history/results/", ledger),
]
