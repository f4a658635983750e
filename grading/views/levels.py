"""The own level, and what one says to the proposal to take it away."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from grading.actions.taking_away import answer_proposal
from grading.forms.grades import OwnAnswerForm
from grading.models import Grade
from grading.reports.own_levels import CONTESTED
from office.desk.sending import sent_once


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_level(request, pk):
    """Show a level of one's own; while it is to be taken away one may answer, once."""
    rows = Grade.objects.filter(mediator__user=request.user).select_related("version__scheme")
    grade = get_object_or_404(rows, pk=pk)
    form = OwnAnswerForm(request.POST or None)

    def answer(**typed):
        answer_proposal(pk, by=request.user, today=timezone.localdate(), **typed)
        return reverse("my_level", args=[pk])

    if there := sent_once(request, form, answer, told=_("Your answer has been filed.")):
        return redirect(there)
    heading = _("My title") if grade.is_title else _("My level")
    context = {
        "grade": grade,
        "heading": heading,
        "form": form,
        "is_asked": grade.state in CONTESTED and grade.answered_on is None,
        "is_over": grade.has_run_out(timezone.localdate()),
        "crumbs": [{"url": reverse("my_page"), "label": _("My page")}, {"label": heading}],
    }
    status = 422 if form.is_bound else 200
    return render(request, "grading/my_level.html", context, status=status)
