"""A mediator's own annual reviews: read, written, signed, objected to; and the sheet as a paper."""

from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grading.actions import review_objections
from grading.flows.review import SheetState
from grading.forms.own_reviews import AppealForm
from grading.models import ReviewSheet
from grading.notices.review_papers import sheet_paper
from grading.notices.review_words import plain
from grading.reports.own_reviews import (
    is_mine_to_contest,
    is_mine_to_sign,
    is_mine_to_write,
    is_told,
    told_state,
)
from grading.reports.review_lines import told_of
from grading.rules.reviews import NOT_ASSESSED, TOO_LITTLE
from grading.views.own import mediator_of
from office.desk.sending import sent_once
from office.papers import render as render_paper
from registry.letters import bureau_of


@login_required
@never_cache
@require_safe
def my_reviews(request):
    """List the own sheets, the last year first."""
    mediator_of(request)
    rows = ReviewSheet.objects.own(request.user).select_related("cycle", "organization")
    rows = rows.defer("content").order_by("-cycle__from_on", "-cycle__pk", "-number")
    found = [(sheet, is_told(sheet), *told_state(sheet)) for sheet in rows]
    years = [
        (year, list(sheets))
        for year, sheets in groupby(found, key=lambda one: one[0].cycle.from_on.year)
    ]
    return render(request, "grading/my_reviews.html", {"years": years, "crumbs": crumbs()})


@login_required
@never_cache
@require_safe
def my_review(request, pk):
    """Show what counted, why, and what to improve; the result once it is on public notice."""
    sheet = own_sheet(request, pk)
    return render(request, "grading/my_review.html", context_of(sheet))


@login_required
@require_POST
def sign_review(request, pk):
    """Sign the own result; a second click changes nothing."""
    sheet = own_sheet(request, pk)
    if is_mine_to_sign(sheet):
        try:
            review_objections.sign(pk, by=request.user, today=timezone.localdate())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("You have signed the sheet."))
    return redirect("my_review", pk)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal_review(request, pk):
    """Object to the own result while it is on public notice; sent twice it is one objection."""
    sheet, here = own_sheet(request, pk), reverse("my_review", args=[pk])
    if request.method != "POST" and not is_mine_to_contest(sheet, timezone.localdate()):
        return redirect(here)
    form = AppealForm(request.POST if request.method == "POST" else None)

    def appeal(**typed):
        review_objections.appeal(pk, by=request.user, today=timezone.localdate(), **typed)
        return here

    if there := sent_once(request, form, appeal, told=_("Your objection has been filed.")):
        return redirect(there)
    context = {"sheet": sheet, "form": form, "crumbs": crumbs(sheet, _("Object to the result"))}
    status = 422 if form.errors else 200
    return render(request, "grading/appeal_review.html", context, status=status)


@login_required
@never_cache
@require_safe
def my_review_paper(request, pk):
    """Hand out the own sheet as a paper, once its result is told."""
    sheet = own_sheet(request, pk)
    if not is_told(sheet):
        raise Http404
    return paper_of(sheet, timezone.localdate(), objections=own_objections(sheet))


def own_sheet(request, pk):
    """Return one of the person's own sheets; another's cannot be found."""
    rows = ReviewSheet.objects.own(request.user).with_all()
    return get_object_or_404(rows, pk=pk)


def own_objections(sheet):
    """Return the person's own objections; those of others to the notice stay theirs."""
    return list(sheet.objections.filter(objection=None).order_by("pk"))


def context_of(sheet):
    """Return what the page of the own sheet shows: of points and result nothing before its day."""
    told, is_public = told_of(sheet), is_told(sheet)
    state, tone = told_state(sheet)
    today = timezone.localdate()
    kept = sheet.state != SheetState.NOT_GRADED
    return {
        "sheet": sheet,
        "cycle": sheet.cycle,
        "state": state,
        "tone": tone,
        "is_told": is_public,
        "is_made_up": bool(told.parts),
        "parts": told.parts if is_public else [],
        "lines": told.lines if is_public else [one for one in told.lines if one.source],
        "flagged": told.flagged if is_public else [],
        "improvable": told.improvable if is_public else [],
        "sums": [*told.added, *score_of(sheet)] if is_public and kept else [],
        "newer": newer_than(sheet),
        "is_unassessed": is_public and sheet.result in (NOT_ASSESSED, TOO_LITTLE),
        "objections": own_objections(sheet),
        "may_write": is_mine_to_write(sheet, today),
        "may_sign": is_mine_to_sign(sheet),
        "may_contest": is_mine_to_contest(sheet, today),
        "crumbs": crumbs(sheet),
    }


def score_of(sheet):
    """Return the score that was kept, as a list of one fact, or none."""
    return [] if sheet.score is None else [(_("Score"), plain(sheet.score))]


def newer_than(sheet):
    """Return the sheet that took the place of a replaced one, None where nothing did."""
    if sheet.state != SheetState.REPLACED:
        return None
    rows = ReviewSheet.objects.filter(cycle=sheet.cycle_id, mediator=sheet.mediator_id)
    return rows.standing().order_by("-number").first()


def crumbs(sheet=None, label=""):
    """Return the way from one's own page to a page of the annual review."""
    way = [{"url": reverse("my_page"), "label": _("My page")}]
    if sheet is None:
        return [*way, {"label": _("My annual reviews")}]
    way.append({"url": reverse("my_reviews"), "label": _("My annual reviews")})
    if not label:
        return [*way, {"label": sheet.cycle.title}]
    own = {"url": reverse("my_review", args=[sheet.pk]), "label": sheet.cycle.title}
    return [*way, own, {"label": label}]


def paper_of(sheet, today, *, objections=()):
    """Return the response with a sheet as a PDF; papers are always Chinese."""
    with override(settings.LANGUAGE_CODE):
        paper = sheet_paper(
            sheet,
            told_of(sheet),
            issuer=bureau_of(sheet.cycle.division_id),
            dated_on=today,
            is_final=sheet.state in (SheetState.DECIDED, SheetState.NOT_GRADED),
            objections=[(one.text, one.answer or "—") for one in objections],
        )
    response = HttpResponse(render_paper(paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="review-{sheet.pk}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response
