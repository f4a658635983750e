"""The pages of a candidate: own exams, the rules, question by question, handing in, the result."""

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

from office.desk.submissions import new_key
from registry.models import Mediator
from training import actions
from training.actions.delivery import refusals_to_start
from training.forms.exam_answers import typed_answer
from training.models import AttemptItem, ExamCandidate
from training.rules.showing import shown
from training.views.crumbs import exam_crumbs, own_crumbs

DEVICE = "exam_device"


@never_cache
@login_required
@require_safe
def my_exams(request):
    """List the exams a mediator is a candidate of, the newest first."""
    mediator = get_object_or_404(Mediator, user=request.user)
    now = timezone.now()
    places = mediator.exam_places.announced().with_attempt(now).select_related("exam")
    lines = [{"place": place, "stage": place.exam.stage(now)} for place in places.newest()]
    return render(
        request, "training/my_exams.html", {"lines": lines, "crumbs": own_crumbs(_("My exams"))}
    )


@never_cache
@login_required
@require_safe
def my_exam(request, pk):
    """Show the rules of an exam, and the one thing to do: begin, go on, or read the result."""
    place, attempt = _place(request, pk)
    now = timezone.now()
    context = {
        "place": place,
        "exam": place.exam,
        "attempt": attempt,
        "now": now,
        "stage": place.exam.stage(now),
        "running": attempt is not None and attempt.is_running(now),
        "is_here": attempt is not None and attempt.device == request.session.get(DEVICE),
        "refusals": refusals_to_start(place.exam, place, now),
        "questions": place.exam.paper.number_of_questions(),
        "crumbs": exam_crumbs(place.exam.title),
    }
    return render(request, "training/my_exam.html", context)


@login_required
@require_POST
def begin_exam(request, pk):
    """Begin an exam on this device and go to its first question."""
    place, _attempt = _place(request, pk)
    device = _device(request)
    try:
        actions.start_attempt(place.pk, by=request.user, device=device, now=timezone.now())
    except ValidationError as refusal:
        return _refused(request, pk, refusal)
    return redirect("exam_question", pk, 1)


@login_required
@require_POST
def take_over_exam(request, pk):
    """Go on with a running attempt on this device."""
    _place_here, attempt = _place(request, pk)
    if attempt is None:
        raise Http404
    try:
        actions.take_over(attempt.pk, by=request.user, device=_device(request), now=timezone.now())
    except ValidationError as refusal:
        return _refused(request, pk, refusal)
    return redirect("exam_question", pk, 1)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exam_question(request, pk, position):
    """Show one question; without script, sending the page saves the answer and goes on."""
    place, attempt = _place(request, pk)
    now = timezone.now()
    if not _goes_on_here(request, attempt, now):
        return redirect("my_exam", pk)
    rows = AttemptItem.objects.select_related("version__question")
    item = get_object_or_404(rows, attempt=attempt, position=position)
    if request.method == "POST":
        return _saved_and_gone_on(request, attempt, item, now)
    context = _of_question(attempt, item, now)
    return render(request, "training/exam_question.html", {"exam": place.exam, **context})


def _of_question(attempt, item, now):
    answers = attempt.standing_answers()
    items = list(attempt.items.only("position", "is_put_off", "attempt_id"))
    version = item.version
    asked = shown(
        version.question.kind, version.stem, version.content, item.frozen, answers.get(item.pk)
    )
    return {
        "attempt": attempt,
        "item": item,
        "asked": asked,
        "grid": [{"item": one, "is_answered": one.pk in answers} for one in items],
        "last": len(items),
        "answered": len(answers),
        "now": now,
        "left": attempt.seconds_left(now),
    }


def _saved_and_gone_on(request, attempt, item, now):
    sent = {"by": request.user, "device": request.session[DEVICE], "now": now}
    value = typed_answer(item.version.question.kind, item.frozen, request.POST)
    is_put_off = "put_off" in request.POST
    try:
        if _differs(attempt, item, value):
            actions.save_answer(attempt.pk, position=item.position, value=value, **sent)
        if is_put_off != item.is_put_off:
            actions.put_off(attempt.pk, position=item.position, is_put_off=is_put_off, **sent)
    except ValidationError as refusal:
        return _refused(request, attempt.exam_id, refusal)
    return redirect(_where_to(request.POST.get("go", ""), attempt, item))


def _differs(attempt, item, value):
    """Whether the page says something else than what is saved: looking on saves nothing."""
    standing = attempt.saves.filter(item=item).standing().values_list("value", flat=True).first()
    return (value or None) != standing


def _where_to(go, attempt, item):
    if go == "hand_in":
        return reverse("exam_hand_in", args=[attempt.exam_id])
    steps = {"previous": item.position - 1, "next": item.position + 1}
    wanted = steps.get(go, int(go) if go.isascii() and go.isdigit() else item.position)
    last = attempt.items.count()
    if wanted > last:
        return reverse("exam_hand_in", args=[attempt.exam_id])
    return reverse("exam_question", args=[attempt.exam_id, max(1, wanted)])


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exam_hand_in(request, pk):
    """List what is unanswered and put off, and hand in."""
    place, attempt = _place(request, pk)
    now = timezone.now()
    if request.method == "POST" and attempt is not None:
        device = request.session.get(DEVICE, "")
        try:
            actions.submit_attempt(attempt.pk, by=request.user, device=device, now=now)
        except ValidationError as refusal:
            return _refused(request, pk, refusal)
        messages.success(request, _("Handed in."))
        return redirect("my_exam", pk)
    if not _goes_on_here(request, attempt, now):
        return redirect("my_exam", pk)
    answers = attempt.standing_answers()
    items = list(attempt.items.only("position", "is_put_off", "attempt_id"))
    context = {
        "exam": place.exam,
        "attempt": attempt,
        "unanswered": [item for item in items if item.pk not in answers],
        "put_off": [item for item in items if item.is_put_off],
        "answered": len(answers),
        "number": len(items),
        "now": now,
    }
    return render(request, "training/exam_hand_in.html", context)


def _place(request, pk):
    """Return the candidate's place in an exam and the last attempt, if there is one."""
    places = ExamCandidate.objects.announced().select_related("exam__paper", "room")
    place = get_object_or_404(places, exam=pk, mediator__user=request.user)
    return place, place.attempts.order_by("-number").first()


def _goes_on_here(request, attempt, now):
    return (
        attempt is not None
        and attempt.is_running(now)
        and attempt.device == request.session.get(DEVICE)
    )


def _device(request):
    """Return the token of this browser; one that has none gets one."""
    if DEVICE not in request.session:
        request.session[DEVICE] = new_key()
    return request.session[DEVICE]


def _refused(request, pk, refusal):
    for sentence in refusal.messages:
        messages.error(request, sentence)
    return redirect("my_exam", pk)
