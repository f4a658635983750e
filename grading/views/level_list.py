"""The public announcement of all levels that are held today."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from grading.reports.level_list import LevelList
from registry.search import allowance
from registry.views.roster import kept_for_a_minute


@kept_for_a_minute
def levels(request):
    """Show how many hold which level where, and their names page by page."""
    today = timezone.localdate()
    held = LevelList(request.GET, today)
    page = held.page()
    shown = [row.public_id for row in page.object_list]
    if allowance.is_spent(request, shown, now=timezone.now()):
        return render(request, "429.html", status=429)
    context = {
        "held": held,
        "page": page,
        "names": [(row, held.levels.get(row.level, row.level)) for row in page.object_list],
        "today": today,
        "crumbs": [{"label": _("Levels of mediators")}],
    }
    return render(request, "grading/levels.html", context)
