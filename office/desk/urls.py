"""Addresses of Wagtail that the desk answers itself; they stand before Wagtail's own."""

from django.urls import path, reverse_lazy
from django.views.generic import RedirectView

# Wagtail's site history tells of rows outside the reader's posts; the ledger does not.
ledger = RedirectView.as_view(url=reverse_lazy("ledger:index"), query_string=False)

instead_of_wagtail = [
    path("reports/site-history/", ledger),
    path("reports/site-history/results/", ledger),
]
