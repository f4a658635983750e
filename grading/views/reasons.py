"""The reasons of an outcome, for the person whose application it was and for nobody else."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from grading.models import Application
from grading.notices.statements import statement_paper
from grading.reports.statements import is_told, statement_of
from office.papers import render as render_paper
from registry.letters import bureau_of


@login_required
@require_safe
def my_reasons(request, pk):
    """Show why the own application came out as it did, rule by rule."""
    application = _own(request.user, pk)
    context = {
        "application": application,
        "statement": statement_of(application),
        "crumbs": [
            {"url": reverse("my_page"), "label": _("My page")},
            {"label": _("Reasons of the outcome")},
        ],
    }
    return _kept(render(request, "grading/my_reasons.html", context))


@login_required
@require_safe
def my_reasons_paper(request, pk):
    """Hand out the same as a paper to print."""
    return _kept(paper_of(_own(request.user, pk), timezone.localdate()))


def paper_of(application, today):
    """Return the response with the statement as a PDF; papers are always Chinese."""
    with override(settings.LANGUAGE_CODE):
        paper = statement_paper(
            statement_of(application),
            issuer=bureau_of(application.grading_round.division_id),
            dated_on=today,
        )
    response = HttpResponse(render_paper(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="reasons-{application.pk}.pdf"'
    return response


def _own(user, pk):
    """Return the user's own application. :raises Http404: if it is another's, or not told yet."""
    rows = Application.objects.with_all().select_related("round_level__panel")
    application = get_object_or_404(rows.own_of(user), pk=pk)
    if not is_told(application):
        raise Http404
    return application


def _kept(response):
    """Keep a personal page out of every cache."""
    response["Cache-Control"] = "no-store, private"
    return response
