"""A mediator's own pay: what it is made of, and how far each part has come."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.reports.pay import pay_of
from office.sheets.writing import csv_lines
from registry.models import Mediator


@login_required
@require_safe
def my_pay(request):
    """Show the pay of the mediator whose it is, by quarter."""
    mediator = get_object_or_404(Mediator, user=request.user)
    crumbs = [{"url": reverse("my_page"), "label": _("My page")}, {"label": _("My pay")}]
    context = {"periods": pay_of(mediator), "crumbs": crumbs}
    return kept(render(request, "casework/my_pay.html", context))


@login_required
@require_safe
def my_pay_file(request):
    """Hand out the same as a table."""
    mediator = get_object_or_404(Mediator, user=request.user)
    entries = [entry for period in pay_of(mediator) for entry in period.entries]
    heads = [
        _("Year"), _("Quarter"), _("Kind of pay"), _("For what"), _("Source"), _("Amount (yuan)"),
        _("State"), _("Paid on"),
    ]  # fmt: skip
    rows = [
        [e.year, e.quarter, e.kind, e.what, e.source, e.amount, e.standing_label, e.paid_on]
        for e in entries
    ]
    response = HttpResponse(b"".join(csv_lines(heads, rows)), content_type="text/csv")
    response["Content-Disposition"] = 'attachment; filename="pay.csv"'
    return kept(response)


def kept(response):
    """Keep a personal page out of every cache."""
    response["Cache-Control"] = "no-store, private"
    return response
