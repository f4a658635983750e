"""A mediator's sessions: those to enrol in, the own ones, the calendar file, and the opinion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.models import Mediator
from training import actions
from training.forms.feedback import FeedbackForm
from training.models import TrainingSession
from training.notices.sessions import calendar_file
from training.reports.own_sessions import (
    coming_sessions,
    open_sessions,
    own_session,
    parts_of,
    sessions_of,
)
from training.views.crumbs import own_crumbs


def _list_crumb():
    return {"url": reverse("my_sessions"), "label": _("Training sessions")}


def _mine(request, pk):
    """Return the mediator and a session the mediator may see; all others are not found."""
    mediator = get_object_or_404(Mediator, user=request.user)
    rows = TrainingSession.objects.seen_by(mediator).select_related("base", "division")
    return mediator, get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def my_sessions(request):
    """List the sessions open to the mediator, and the own ones."""
    mediator = get_object_or_404(Mediator, user=request.user)
    context = {
        "open_sessions": open_sessions(mediator, timezone.localdate()),
        "coming": coming_sessions(mediator, timezone.localdate()),
        "mine": sessions_of(mediator),
        "crumbs": own_crumbs(_("Training sessions")),
    }
    return render(request, "training/my_sessions.html", context)


@login_required
@require_safe
def my_session(request, pk):
    """Show a session and how the mediator stands to it."""
    mediator, session = _mine(request, pk)
    context = {
        "own": own_session(session, mediator, timezone.localdate()),
        "session": session,
        "parts": parts_of(session),
        "crumbs": own_crumbs(session.title, _list_crumb()),
    }
    return render(request, "training/my_session.html", context)


@login_required
@require_POST
def enrol_in_session(request, pk):
    """Ask for a place; a second time changes nothing."""
    mediator, session = _mine(request, pk)
    try:
        enrolment = actions.enrol(
            pk, mediator=mediator, by=request.user, today=timezone.localdate()
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(
            request, _("Your place: %(state)s") % {"state": enrolment.get_state_display()}
        )
    return redirect(session)


@login_required
@require_POST
def leave_session(request, pk):
    """Give the place back before the session begins; a second time changes nothing."""
    mediator, session = _mine(request, pk)
    try:
        actions.leave(pk, mediator=mediator, by=request.user, today=timezone.localdate())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("You have withdrawn."))
    if TrainingSession.objects.seen_by(mediator).filter(pk=pk).exists():
        return redirect(session)
    return redirect("my_sessions")


@login_required
@require_safe
def session_calendar(request, pk):
    """Hand out the parts of a session as a file that calendars read."""
    _mediator, session = _mine(request, pk)
    address = request.build_absolute_uri(session.get_absolute_url())
    content = calendar_file(session, address=address, stamped_at=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="session-{session.pk}.ics"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def session_feedback(request, pk):
    """Ask a participant what the session was worth; the answer names nobody."""
    mediator, session = _mine(request, pk)
    own = own_session(session, mediator, timezone.localdate())
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_feedback(pk, mediator=mediator, **form.cleaned_data)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Thank you. Your opinion was noted without your name."))
        return redirect(session)
    if not own.may_answer:
        return redirect(session)
    context = {
        "form": form,
        "session": session,
        "crumbs": own_crumbs(_("Opinion"), _list_crumb()),
    }
    return render(request, "training/session_feedback.html", context)
