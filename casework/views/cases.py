"""A mediator's own cases: entered in a minute, kept as drafts, ended, fulfilled."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework import actions
from casework.flows import CaseState
from casework.forms.own_cases import OwnCaseForm, OwnEndForm, OwnFulfilmentForm, typed_in
from casework.models import CaseRecord
from casework.reports.cases import documents_of_file, masked_parties, parts_of
from casework.reports.own_cases import state_tabs, was_discarded_by
from office.desk.pages import add_refusal
from office.desk.submissions import SentAgain, once
from registry.models import Mediator

ROWS_A_PAGE = 20
# A search has one page: its words are in no address to go on from.
MOST_FOUND = 200
LONGEST_QUERY = 60


def for_mediators(view):
    """Hand the mediator of the signed-in account to a view; others find no such page."""

    @login_required
    @never_cache
    @wraps(view)
    def found(request, *args, **kwargs):
        return view(request, get_object_or_404(Mediator, user=request.user), *args, **kwargs)

    return found


def own_case(mediator, pk, **wanted):
    """Return a case the mediator took part in or entered, or say that there is none."""
    rows = CaseRecord.objects.own(mediator)
    rows = rows.select_related("organization", "dispute_type", "difficulty", "division")
    return get_object_or_404(rows, pk=pk, **wanted)


@require_http_methods(["GET", "HEAD", "POST"])
@for_mediators
def my_cases(request, mediator):
    """List the own cases, newest first: by state, by number, by the exact name of a party.

    What is searched for is sent: a party's name stands in no address and no log of addresses.
    """
    query = request.POST.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    state = request.GET.get("state", "")
    own = CaseRecord.objects.own(mediator)
    found = own.called(query) if query else own
    rows = found.filter(state=state) if state in CaseState.values else found
    rows = rows.select_related("organization", "dispute_type")
    page = Paginator(rows, MOST_FOUND if query else ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tabs": state_tabs(found, state),
        "state": state if state in CaseState.values else "",
        "query": query,
        "has_any": bool(page.object_list) or own.exists(),
        "crumbs": crumbs(),
    }
    return render(request, "casework/my_cases.html", context)


@require_http_methods(["GET", "POST"])
@for_mediators
def new_case(request, mediator):
    """Enter a case, or keep what was typed of one as a draft."""
    return _form_page(request, mediator, None)


@require_http_methods(["GET", "POST"])
@for_mediators
def my_draft(request, mediator, pk):
    """Go on with a draft of one's own."""
    case = own_case(mediator, pk, entered_by=request.user)
    if case.state != CaseState.DRAFT:
        # The second click of whoever entered it, or an old address.
        return redirect("my_case", pk)
    return _form_page(request, mediator, case)


def _form_page(request, mediator, draft):
    today, as_draft = timezone.localdate(), "draft" in request.POST
    given = {"mediator": mediator, "today": today, "as_draft": as_draft}
    if request.method == "GET":
        form = OwnCaseForm(initial=_initial(draft), **given)
        return _show_form(request, form, draft)
    form = OwnCaseForm(request.POST, **given)
    if as_draft and not form.may_be_kept():
        form.keep_least_errors()
    elif as_draft or form.is_valid():
        try:
            return redirect(_entered(request, form, draft))
        except ValidationError as refusal:
            add_refusal(form, refusal)
    if draft:
        _remember(form, draft, by=request.user)
    return _show_form(request, form, draft, status=422)


def _remember(form, draft, *, by):
    """Keep what was typed with the draft, though it could not be entered as it is."""
    try:
        actions.keep_draft(draft.pk, by=by, today=form.today, typed=form.typed)
    except ValidationError:
        return  # Entered meanwhile by another click: there is nothing left to keep it with.


def _initial(draft):
    """What a draft's form is filled with: what was typed; several values where there may be."""
    several = {"colleagues", "documents"}
    typed = typed_in(draft) if draft else {}
    return {
        name: values if name in several else (values or [""])[-1] for name, values in typed.items()
    }


def _entered(request, form, draft):
    """Keep the draft, or enter the case, once; return the address that shows it."""
    note = {"by": request.user, "today": form.today}
    try:
        with once(form.cleaned_data["submission"], request.user) as submission:
            if form.as_draft:
                case = _kept(form, draft, note)
                submission.outcome = reverse("my_draft", args=[case.pk])
                messages.success(request, _("The draft is kept. Nobody counts it yet."))
            else:
                close = form.close(form.today)
                pk = draft and draft.pk
                case = actions.enter_case(**note, **form.values(), close=close, draft=pk)
                submission.outcome = f"{reverse('my_case', args=[case.pk])}?entered=1"
    except SentAgain as again:
        return again.outcome
    return submission.outcome


def _kept(form, draft, note):
    values = form.values() | {"typed": form.typed}
    # A day or a class that cannot be yet is kept as typed, not in the record.
    values["accepted_on"] = min(values["accepted_on"], form.today)
    if draft:
        return actions.keep_draft(draft.pk, **note, **values)
    return actions.begin_case(**note, **values)


def _show_form(request, form, draft, status=200):
    context = {
        "form": form,
        "draft": draft,
        "crumbs": crumbs(_("Continue a draft") if draft else _("Enter a case")),
    }
    return render(request, "casework/my_case_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_mediators
def discard_case(request, mediator, pk):
    """Throw a draft of one's own away, asked once."""
    rows = CaseRecord.objects.own(mediator).drafts_of(request.user)
    draft = rows.filter(pk=pk).first()
    if request.method == "POST" and draft is None and was_discarded_by(request.user, pk):
        # The second click: it is gone already.
        return redirect("my_cases")
    draft = draft or get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        try:
            actions.discard_draft(draft.pk, by=request.user, today=timezone.localdate())
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("my_case", pk)
        messages.success(request, _("The draft was discarded."))
        return redirect("my_cases")
    context = {"draft": draft, "crumbs": crumbs(_("Discard the draft"))}
    return render(request, "casework/discard_case.html", context)


@require_safe
@for_mediators
def my_case(request, mediator, pk):
    """Show an own case; right after it was entered, with its number as a confirmation."""
    case = own_case(mediator, pk)
    return _show_case(request, case)


def _show_case(request, case, *, end=None, fulfilment=None, status=200):
    context = {
        "case": case,
        "parts": parts_of(case),
        "parties": masked_parties(case),
        "documents": documents_of_file(case),
        "entered": "entered" in request.GET and case.number,
        "may_continue": case.state == "draft" and case.entered_by_id == request.user.pk,
        "end": end or (OwnEndForm() if case.state == "accepted" else None),
        "fulfilment": fulfilment or (OwnFulfilmentForm() if case.fulfilment == "pending" else None),
        "crumbs": crumbs(str(case)),
        "has_errors": status == 422,
    }
    return render(request, "casework/my_case.html", context, status=status)


@require_http_methods(["POST"])
@for_mediators
def end_case(request, mediator, pk):
    """Note how a case of one's own ended; a second click finds it ended."""
    case = own_case(mediator, pk)
    if case.state != CaseState.ACCEPTED:
        return redirect("my_case", pk)
    form = OwnEndForm(request.POST)
    if form.is_valid():
        today = timezone.localdate()
        try:
            actions.close_case(pk, by=request.user, today=today, close=form.close(today))
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Noted: the case has ended."))
            return redirect("my_case", pk)
    return _show_case(request, case, end=form, status=422)


@require_http_methods(["POST"])
@for_mediators
def fulfil_case(request, mediator, pk):
    """Note what became of the agreement; the same sent twice is noted once."""
    case = own_case(mediator, pk)
    if case.fulfilment != "pending":
        return redirect("my_case", pk)
    form = OwnFulfilmentForm(request.POST)
    if form.is_valid():
        note = {"by": request.user, "today": timezone.localdate()}
        known = {name: value for name, value in form.cleaned_data.items() if value is not None}
        try:
            actions.note_fulfilment(pk, **note, **known)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Noted."))
            return redirect("my_case", pk)
    return _show_case(request, case, fulfilment=form, status=422)


def crumbs(label=""):
    """Return the way from the own page to a page of the own cases."""
    way = [
        {"label": _("My page"), "url": reverse("my_page")},
        {"label": _("My cases"), "url": reverse("my_cases") if label else ""},
    ]
    return [*way, {"label": label, "url": ""}] if label else way
