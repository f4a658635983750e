"""A mediator's own pairings: accept or decline, write logs, confirm the other side's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.models import Mediator
from training import actions
from training.actions.mentorships import LOGGED_IN
from training.forms.mentorships import DeclineForm, LogForm
from training.models import Pairing, PairingLog
from training.views.crumbs import own_crumbs


def _own(request, pk):
    """Return the person and one of the person's own pairings; another's cannot be found."""
    mediator = get_object_or_404(Mediator, user=request.user)
    rows = Pairing.objects.of(mediator).select_related("mentor", "apprentice", "logs_policy")
    return mediator, get_object_or_404(rows, pk=pk)


@login_required
@require_safe
def my_pairings(request):
    """List the pairings of the person, running ones first."""
    mediator = get_object_or_404(Mediator, user=request.user)
    rows = Pairing.objects.of(mediator).select_related("mentor", "apprentice")
    context = {
        "mediator": mediator,
        "pairings": rows.order_by("ended_on", "-from_on"),
        "crumbs": own_crumbs(_("Masters and apprentices")),
    }
    return render(request, "training/my_pairings.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def my_pairing(request, pk):
    """Show one pairing; a form sent writes a log."""
    mediator, pairing = _own(request, pk)
    today = timezone.localdate()
    form = LogForm(request.POST or None, initial={"done_on": today, "kind": "joint_case"})
    if form.is_valid():
        try:
            actions.write_log(
                pairing.pk, by=request.user, writer=mediator, today=today, **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Noted. It counts when the other side has confirmed it."))
            return redirect("my_pairing", pk)
    return _shown(request, mediator, pairing, form)


def _shown(request, mediator, pairing, form, *, decline=None):
    is_mentor = pairing.mentor_id == mediator.pk
    today = timezone.localdate()
    back = {"url": reverse("my_pairings"), "label": _("Masters and apprentices")}
    context = {
        "pairing": pairing,
        "is_mentor": is_mentor,
        "other": pairing.apprentice if is_mentor else pairing.mentor,
        "logs": pairing.logs.order_by("-done_on", "-pk"),
        "awaiting": set(
            PairingLog.objects.awaiting(mediator).filter(pairing=pairing).values_list("pk", flat=1)
        ),
        "missing": max(pairing.logs_missing(today), 0) if pairing.state in LOGGED_IN else 0,
        "may_log": pairing.state in LOGGED_IN,
        "to_accept": is_mentor and pairing.state == "proposed",
        "form": form,
        "decline": decline or DeclineForm(),
        "crumbs": own_crumbs(str(pairing), back),
    }
    return render(request, "training/my_pairing.html", context)


@login_required
@require_POST
def accept_pairing(request, pk):
    """The mentor accepts; a second click finds it accepted."""
    mediator, pairing = _own(request, pk)
    if pairing.mentor_id == mediator.pk and pairing.state == "proposed":
        try:
            actions.accept_pairing(pairing.pk, by=request.user, today=timezone.localdate())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Accepted. The unit will have the agreement signed."))
    return redirect("my_pairing", pk)


@login_required
@require_POST
def decline_pairing(request, pk):
    """The mentor declines, with the reason."""
    mediator, pairing = _own(request, pk)
    if pairing.mentor_id != mediator.pk or pairing.state != "proposed":
        return redirect("my_pairing", pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _shown(request, mediator, pairing, LogForm(), decline=form)
    actions.decline_pairing(
        pairing.pk, by=request.user, today=timezone.localdate(), **form.cleaned_data
    )
    messages.success(request, _("Declined. The unit will be told."))
    return redirect("my_pairing", pk)


@login_required
@require_POST
def confirm_log(request, pk, log):
    """Confirm what the other side wrote; a second click changes nothing."""
    mediator, pairing = _own(request, pk)
    found = get_object_or_404(pairing.logs, pk=log)
    try:
        actions.confirm_log(found.pk, by=request.user, writer=mediator, today=timezone.localdate())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Confirmed."))
    return redirect("my_pairing", pk)
