"""A mediator's own write-ups: begun from a case, written, checked, handed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework import actions
from casework.flows import StudyState
from casework.flows.case_study import ADOPTED, WRITING
from casework.forms.case_studies import NewStudyForm, OwnStudyForm
from casework.models import CaseStudy
from casework.notices.mark_words import MARK_LABELS
from casework.reports.library import recommended_to
from casework.rules.personal_marks import pieces
from office.desk.sending import sent_once
from office.desk.submissions import new_key
from registry.models import Mediator

S = StudyState
TONES = {
    S.DRAFT: "none", S.SUBMITTED: "info", S.EDITING: "info", S.RETURNED: "warn",
    S.DECLINED: "none", S.PUBLISHED: "ok",
}  # fmt: skip


def _own(request, pk):
    """Return the person and one of the person's write-ups; another's cannot be found."""
    mediator = get_object_or_404(Mediator, user=request.user)
    rows = CaseStudy.objects.of_author(mediator)
    return mediator, get_object_or_404(
        rows.select_related("dispute_type", "division", "organization", "case"), pk=pk
    )


def _crumbs(label, *between):
    own = {"url": reverse("my_page"), "label": _("My page")}
    return [own, *between, {"label": label}]


def _below(label):
    return _crumbs(label, {"url": reverse("my_case_studies"), "label": _("My write-ups")})


@login_required
@require_safe
def my_case_studies(request):
    """List the person's write-ups, those that came back first."""
    mediator = get_object_or_404(Mediator, user=request.user)
    rows = CaseStudy.objects.of_author(mediator).select_related("dispute_type")
    studies = sorted(rows.order_by("-pk"), key=lambda row: row.state != S.RETURNED)
    context = {
        "studies": [(row, TONES.get(row.state, "ok"), row.state in ADOPTED) for row in studies],
        "crumbs": _crumbs(_("My write-ups")),
    }
    return render(request, "casework/my_case_studies.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new_case_study(request):
    """Begin a write-up; the same form sent twice begins one."""
    mediator = get_object_or_404(Mediator, user=request.user)
    initial = {"submission": new_key(), "case": request.GET.get("case")}
    form = NewStudyForm(request.POST or None, author=mediator, initial=initial)

    def begin(**typed):
        note = {"author": mediator, "by": request.user, "today": timezone.localdate()}
        return reverse("edit_case_study", args=[actions.begin_study(**note, **typed).pk])

    if there := sent_once(request, form, begin):
        return redirect(there)
    context = {"form": form, "crumbs": _below(_("A new write-up"))}
    return render(request, "casework/new_case_study.html", context, status=_status(form))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def edit_case_study(request, pk):
    """Write on; then the text is shown with what in it may tell who somebody is."""
    mediator, study = _own(request, pk)
    if study.state not in WRITING:
        return redirect("my_case_study", pk)
    form = OwnStudyForm(request.POST or None, instance=study)
    if form.is_valid():
        try:
            actions.write_study(
                pk,
                author=mediator,
                by=request.user,
                today=timezone.localdate(),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return redirect("my_case_study", pk)
    context = {"form": form, "study": study, "crumbs": _below(study.title)}
    return render(request, "casework/edit_case_study.html", context, status=_status(form))


@login_required
@never_cache
@require_safe
def my_case_study(request, pk):
    """Show one's own write-up: how it stands, and its text beside what may identify people."""
    _mediator, study = _own(request, pk)
    return _shown(request, study)


def _shown(request, study, refusals=(), status=200):
    sections = [
        (capfirst(label), list(pieces(text, marks)), [(m, MARK_LABELS[m.kind]) for m in marks])
        for label, text, marks in study.marked()
    ]
    context = {
        "study": study,
        "tone": TONES.get(study.state, "ok"),
        "sections": sections,
        "refusals": refusals,
        "may_write": study.state in WRITING,
        "is_adopted": study.state in ADOPTED,
        "is_public": study.state == S.PUBLISHED,
        "is_marked": any(marks for _label, _parts, marks in sections),
        "crumbs": _below(study.title),
    }
    return render(request, "casework/my_case_study.html", context, status=status)


@login_required
@require_POST
def submit_case_study(request, pk):
    """Hand it in; a second click finds it handed in."""
    mediator, study = _own(request, pk)
    if study.state in WRITING:
        try:
            actions.submit_study(pk, author=mediator, by=request.user, today=timezone.localdate())
        except ValidationError as refusal:
            return _shown(request, study, refusal.messages, status=422)
        messages.success(request, _("Handed in. The bureau edits it and tells you here."))
    return redirect("my_case_study", pk)


@login_required
@require_safe
def my_library(request):
    """Show which cases of the library are near to what the person handles, and why."""
    mediator = get_object_or_404(Mediator, user=request.user)
    context = {
        "recommended": recommended_to(mediator, timezone.localdate()),
        "crumbs": _crumbs(_("Cases for you")),
    }
    return render(request, "casework/my_library.html", context)


def _status(form):
    return 422 if form.errors else 200
