"""A candidate's result once it is out: each answer beside its key, what changed, the appeal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from office.clocks import Calendar
from training import actions
from training.actions.appeals import refusals_to_appeal
from training.flows import AttemptState
from training.forms.marking import AppealForm
from training.models import Appeal, ExamCandidate, Rekey, RekeyKind
from training.rules.wording import answer_in_words, key_in_words
from training.views.crumbs import exam_crumbs


@never_cache
@login_required
@require_safe
def exam_result(request, pk):
    """Show the result of the last attempt, once results are out, and every answer with its key."""
    exam, attempt = _released(request, pk)
    calendar, today = Calendar.load(), timezone.localdate()
    appeal = Appeal.objects.filter(attempt=attempt).first()
    remarks = list(attempt.remarks.filter(to_tell=True).select_related("rekey__version__question"))
    context = {
        "exam": exam,
        "attempt": attempt,
        "rows": _rows(exam, attempt),
        "remarks": remarks,
        "appeal": appeal,
        "unread": any(remark.acknowledged_at is None for remark in remarks) or _is_unread(appeal),
        "deadline": exam.appeal_deadline(calendar),
        "today": today,
        "may_appeal": appeal is None and not refusals_to_appeal(attempt, calendar, today),
        "crumbs": exam_crumbs(_("Result"), exam),
    }
    return render(request, "training/exam_result.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appeal_result(request, pk):
    """Appeal against the result; what was filed already is shown with the result."""
    exam, attempt = _released(request, pk)
    calendar, today = Calendar.load(), timezone.localdate()
    filed = Appeal.objects.filter(attempt=attempt).exists()
    if filed or refusals_to_appeal(attempt, calendar, today):
        return redirect("exam_result", pk)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        try:
            actions.file_appeal(attempt.pk, by=request.user, today=today, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Your appeal is filed. The decision stands here."))
            return redirect("exam_result", pk)
    back = {"label": _("Result"), "url": reverse("exam_result", args=[pk])}
    context = {
        "exam": exam,
        "form": form,
        "deadline": exam.appeal_deadline(calendar),
        "today": today,
        "crumbs": exam_crumbs(_("Appeal"), exam, back),
    }
    return render(request, "training/appeal_result.html", context)


@login_required
@require_POST
def acknowledge_result(request, pk):
    """Note that what changed was read; a second click changes nothing."""
    _exam, attempt = _released(request, pk)
    actions.acknowledge_result(attempt.pk, by=request.user, now=timezone.now())
    return redirect("exam_result", pk)


def _released(request, pk):
    """Return an exam whose results are out and the own last attempt in it; else 404."""
    places = ExamCandidate.objects.announced().select_related("exam__paper")
    place = get_object_or_404(places, exam=pk, mediator__user=request.user)
    attempt = place.attempts.order_by("-number").first()
    if attempt is None or not place.exam.is_released or attempt.state == AttemptState.VOIDED:
        raise Http404
    attempt.exam = place.exam
    return place.exam, attempt


def _rows(exam, attempt):
    """Every question with the own answer, the key it was marked by, why, and the marks."""
    ruling = Rekey.objects.ruling(exam)
    items = attempt.items.select_related("version__question")
    return [_row(item, ruling.get(item.version_id)) for item in items]


def _row(item, rekey):
    version = item.version
    kind = version.question.kind
    content = (rekey and rekey.content) or version.content
    return {
        "item": item,
        "answer": answer_in_words(kind, version.content, item.answer),
        "key": key_in_words(kind, content),
        "rekey": rekey,
        "left_out": rekey is not None and rekey.kind == RekeyKind.LEFT_OUT,
        "comments": [one.comment for one in item.markings.given() if one.comment]
        if kind == "essay"
        else [],
    }


def _is_unread(appeal):
    return appeal is not None and not appeal.is_open and appeal.read_at is None
