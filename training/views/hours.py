"""A mediator's own hours: what is required, what was done, what is still missing."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.models import Mediator
from training.reports.hours import needs_of
from training.views.crumbs import own_crumbs

YEARS_SHOWN = 5


@login_required
@require_safe
def my_hours(request):
    """Show the hours of a year to the mediator whose they are."""
    mediator = get_object_or_404(Mediator, user=request.user)
    today = timezone.localdate()
    years = [today.year - back for back in range(YEARS_SHOWN)]
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else today.year
    entries = mediator.hour_entries.filter(done_on__year=year).order_by("-done_on", "-pk")
    context = {
        "needs": needs_of(mediator, year=year, today=today),
        "entries": entries,
        "total": entries.total(),
        "year": year,
        "years": years,
        "crumbs": own_crumbs(_("My hours")),
    }
    return render(request, "training/my_hours.html", context)
