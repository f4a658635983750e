"""What the script of an exam asks for: an answer is saved, and how much time is left."""

from django.http import Http404, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from office.flow import Refused
from training import actions
from training.actions.delivery import Misnumbered, TakenOver, TooLate
from training.forms.exam_answers import SaveForm
from training.models import Attempt, AttemptItem
from training.views.exams import DEVICE

REASONS = {
    Misnumbered: ("number", 409),
    TakenOver: ("taken_over", 409),
    TooLate: ("over", 410),
}


@never_cache
@require_POST
def save_exam_answer(request, pk):
    """Save one answer of a running attempt; the answer is a number and the time, or why not."""
    if not request.user.is_authenticated:
        return _no("signed_out", [_("Sign in again; your answers are kept on this device.")], 401)
    form, value = SaveForm.read(request.body)
    if form is None or not form.is_valid():
        return _no("refused", [_("This is no answer to this question.")], 422)
    attempt, now = _attempt(request, pk), timezone.now()
    sent = {"value": value, "device": request.session.get(DEVICE, ""), **form.cleaned_data}
    try:
        saved = actions.save_answer(attempt.pk, by=request.user, now=now, **sent)
    except AttemptItem.DoesNotExist:
        raise Http404 from None
    except Refused as refusal:
        return _why_not(refusal)
    at = timezone.localtime(saved.saved_at).strftime("%H:%M:%S")
    return JsonResponse(
        {
            "sequence": saved.sequence,
            "saved": _("saved %(time)s") % {"time": at},
            "overtaken": saved.overtaken,
            "left": attempt.seconds_left(now),
        }
    )


@never_cache
@require_safe
def exam_clock(request, pk):
    """Tell how many seconds are left by the server's clock, and whether it goes on here."""
    if not request.user.is_authenticated:
        return _no("signed_out", [_("Sign in again; your answers are kept on this device.")], 401)
    attempt, now = _attempt(request, pk), timezone.now()
    return JsonResponse(
        {
            "left": attempt.seconds_left(now),
            "running": attempt.is_running(now),
            "here": attempt.device == request.session.get(DEVICE),
        }
    )


def _attempt(request, pk):
    rows = Attempt.objects.filter(exam=pk, candidate__mediator__user=request.user)
    attempt = rows.order_by("-number").first()
    if attempt is None:
        raise Http404
    return attempt


def _why_not(refusal):
    for kind, (reason, status) in REASONS.items():
        if isinstance(refusal, kind):
            more = {"next": refusal.next_number} if kind is Misnumbered else {}
            return _no(reason, refusal.messages, status, **more)
    return _no("refused", refusal.messages, 422)


def _no(reason, sentences, status, **more):
    return JsonResponse({"reason": reason, "said": " ".join(sentences), **more}, status=status)
