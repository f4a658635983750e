"""One's own applications, and the organisation's: list, level, task list, handing in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grading.actions import entering, nominating
from grading.flows.application import ApplicationState
from grading.forms.applications import WithdrawForm
from grading.models import Application, RoundLevel
from grading.notices.own_standing import told_state
from grading.queries.bodies import bodies_of
from grading.reports.own_applications import levels_for, open_to_bodies
from grading.reports.statements import is_told
from grading.rules.terms import label_of
from grading.views.figures import counted, own_lines
from grading.views.own import (
    base_context,
    crumbs,
    lies_here,
    looked_up,
    mediator_of,
    own_application,
)
from grading.views.tasks import tasks_of
from registry.models import Mediator

S = ApplicationState


@login_required
@never_cache
@require_safe
def my_grading(request):
    """List one's applications, those of the organisation one is a clerk of, and what is open."""
    today, bodies = timezone.localdate(), bodies_of(request.user)
    mediator = None if bodies else mediator_of(request)
    mediator = mediator or Mediator.objects.filter(user=request.user).first()
    own = list(Application.objects.with_all().own_of(request.user).order_by("-opened_on", "-pk"))
    taken = {one.grading_round_id for one in own if one.mediator_id and one.state != S.WITHDRAWN}
    found = [] if mediator is None else levels_for(mediator, today)
    found = [(one, bars) for one, bars in found if one.grading_round_id not in taken]
    context = {
        "applications": [(one, *told_state(one)) for one in own],
        "levels": [(one, one.is_open(today)) for one, bars in found if not bars],
        "barred": [(one, bars) for one, bars in found if bars],
        "is_person": mediator is not None,
        "rounds": open_to_bodies(bodies, today),
        "crumbs": [crumbs("")[0], {"label": _("Grading")}],
    }
    return render(request, "grading/my_grading.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def begin_application(request, pk):
    """Show what a level asks for beside the own figures, and begin; twice begins one."""
    mediator, today = mediator_of(request), timezone.localdate()
    open_levels = RoundLevel.objects.open_to(mediator, today).with_rules()
    level = get_object_or_404(open_levels, pk=pk)
    begun = Application.objects.filter(mediator=mediator, grading_round=level.grading_round)
    if found := begun.exclude(state=S.WITHDRAWN).first():
        return redirect("my_application", found.pk)
    refusals = []
    if request.method == "POST":
        try:
            made = entering.begin_application(mediator, level, by=request.user, today=today)
        except ValidationError as refusal:
            refusals = refusal.messages
            if found := begun.exclude(state=S.WITHDRAWN).first():
                return redirect("my_application", found.pk)
        else:
            return redirect("my_application", made.pk)
    application = Application(
        grading_round=level.grading_round, round_level=level, mediator=mediator
    )
    lines = own_lines(looked_up(application))
    context = {
        "level": level,
        "grading_round": level.grading_round,
        "is_late": not level.is_open(today),
        "lines": lines,
        "counted": counted(lines),
        "path_refusals": application.bars_to_beginning(today),
        "refusals": refusals,
        "crumbs": crumbs(level.label),
    }
    return render(request, "grading/begin_application.html", context, status=_status(refusals))


@login_required
@never_cache
@require_safe
def my_application(request, pk):
    """Show an application: what is to be done, or how far it has come."""
    application = own_application(request, pk)
    context = base_context(application)
    if context["lies_here"]:
        context["tasks"] = tasks_of(looked_up(application), timezone.localdate())
    context["bodies"] = [label_of(one) for one in _bodies(application)]
    context["may_withdraw"] = _may_withdraw(application)
    context["is_told"] = is_told(application)
    return render(request, "grading/my_application.html", context)


def _bodies(application):
    return [one for one in (application.first_body, application.deciding_body) if one]


def _may_withdraw(application):
    steps = application.flow.ahead_of(application)
    is_ended = application.grading_round.state in ("confirmed", "archived")
    return any(step.name == "withdraw" for step in steps) and not is_ended


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def check_application(request, pk):
    """Show everything once more, and hand it in; a second click finds it handed in."""
    application = own_application(request, pk)
    if not lies_here(application):
        return redirect("application_sent" if application.submitted_on else "my_application", pk)
    refusals = []
    if request.method == "POST":
        refusals = _handed_in(application, request.user)
        if not refusals:
            return redirect("application_sent", pk)
    return _checked(request, application, refusals)


def _handed_in(application, by):
    """Hand in; return the sentences that bar it, none if it is handed in, now or before."""
    step = "submit" if application.state == S.DRAFT else "resubmit"
    take = {"submit": entering.submit_application, "resubmit": entering.resubmit_application}[step]
    try:
        take(application.pk, by=by, today=timezone.localdate())
    except ValidationError as refusal:
        # Two clicks at the same moment: the other one was first.
        now = Application.objects.get(pk=application.pk)
        return [] if now.state == S.SUBMITTED else refusal.messages
    return []


def _checked(request, application, refusals):
    today = timezone.localdate()
    lines = own_lines(looked_up(application))
    step = "submit" if application.state == S.DRAFT else "resubmit"
    context = {
        **base_context(application, _("Check and hand in")),
        "tasks": tasks_of(application, today),
        "lines": lines,
        "counted": counted(lines),
        "bars": [] if refusals else application.flow.refusals(application, step, today),
        "refusals": refusals,
    }
    return render(request, "grading/check_application.html", context, status=_status(refusals))


@login_required
@never_cache
@require_safe
def application_sent(request, pk):
    """Confirm with a reference and the days that matter that it was handed in."""
    application = own_application(request, pk)
    if application.submitted_on is None:
        return redirect("my_application", pk)
    context = base_context(application, pgettext("application", "Handed in"))
    context["first_body"] = label_of(application.first_body) if application.first_body else ""
    return render(request, "grading/application_sent.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw_application(request, pk):
    """Ask why, and take the application back or decline the nomination."""
    application = own_application(request, pk)
    if not _may_withdraw(application):
        return redirect("my_application", pk)
    declines = nominating.is_waiting(application)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        take = nominating.decline_nomination if declines else entering.withdraw_application
        typed = form.cleaned_data
        try:
            take(pk, by=request.user, today=timezone.localdate(), **typed)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Declined.") if declines else _("Withdrawn."))
            return redirect("my_application", pk)
    label = _("Decline the nomination") if declines else _("Withdraw the application")
    context = {**base_context(application, label), "form": form, "label": label}
    return render(
        request, "grading/withdraw_application.html", context, status=_status(form.errors)
    )


@login_required
@require_POST
def agree_to_nomination(request, pk):
    """Agree to be nominated; a second click changes nothing."""
    application = own_application(request, pk)
    if nominating.is_waiting(application):
        try:
            nominating.agree_to_nomination(pk, by=request.user, today=timezone.localdate())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("You agreed. Complete the application and hand it in."))
    return redirect(reverse("my_application", args=[pk]))


def _status(faults):
    return 422 if faults else 200
