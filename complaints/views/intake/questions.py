"""The questions one after the other: the way, whom, what, and how to be reached."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.drafts import answer_step, remember_search
from complaints.forms.intake import ContactForm, SearchForm, UnknownForm, WayForm, WhatForm
from complaints.models import Subject
from complaints.queries.respondents import find_respondents, respondent
from complaints.rules.steps import Step
from complaints.views.intake.drafting import address_of, key_of, shown, step_page, to_next
from complaints.views.intake.entrance import name_of
from complaints.views.pace import slow_down
from registry.search import allowance

ROSTER_PAUSE = 60  # seconds


@step_page(Step.WAY)
def way(request, draft):
    """Ask whether to give a name, and tell with each way who can see what."""
    form = WayForm(request.POST) if request.method == "POST" else WayForm()
    if form.is_valid():
        return _answered(request, Step.WAY, form.cleaned_data)
    chosen = draft.answers.get(Step.WAY, {}).get("mode", "")
    return shown(request, Step.WAY, draft, form=form, chosen=chosen)


@step_page(Step.WHOM)
def whom(request, draft):
    """Ask whom it is about: looked up in the public register, or described."""
    if request.method == "GET":
        return _whom_page(request, draft)
    if "pick" in request.POST:
        return _picked(request, draft)
    if "describe" in request.POST:
        return _described(request, draft)
    form = SearchForm(request.POST)
    if form.is_valid():
        remember_search(key_of(request), form.cleaned_data["q"], now=timezone.now())
        return redirect(f"{address_of(Step.WHOM)}#found")
    return _whom_page(request, draft, search=form, form=form)


@step_page(Step.WHAT)
def what(request, draft):
    """Ask what happened, when, and which grounds it falls under."""
    today = timezone.localdate()
    typed = request.POST if request.method == "POST" else None
    form = WhatForm(typed, initial=draft.answers.get(Step.WHAT), today=today)
    if form.is_valid():
        return _answered(request, Step.WHAT, form.cleaned_data)
    return shown(request, Step.WHAT, draft, form=form)


@step_page(Step.CONTACT)
def contact(request, draft):
    """Ask for name and telephone of whoever does not stay anonymous."""
    typed = request.POST if request.method == "POST" else None
    form = ContactForm(typed, initial=draft.answers.get(Step.CONTACT))
    if form.is_valid():
        return _answered(request, Step.CONTACT, {**form.cleaned_data, "address": ""})
    return shown(request, Step.CONTACT, draft, form=form)


def _answered(request, step, answer):
    return to_next(answer_step(key_of(request), step, answer, now=timezone.now()))


def _picked(request, draft):
    """Take one of the register; of one that left it meanwhile, say so."""
    kind, _colon, public_id = request.POST["pick"].partition(":")
    if kind == "kept" and Step.WHOM in draft.answers:
        return to_next(draft)
    answer = respondent(kind, public_id)
    if answer:
        return _answered(request, Step.WHOM, answer)
    form = SearchForm({"q": draft.search})
    form.add_error(None, _("This entry is no longer in the register. Choose another one."))
    return _whom_page(request, draft, search=form, form=form)


def _described(request, draft):
    form = UnknownForm(request.POST)
    if not form.is_valid():
        return _whom_page(request, draft, unknown=form, form=form)
    answer = {
        "about": Subject.UNKNOWN,
        "description": form.cleaned_data["description"],
        "division": form.cleaned_data["county"].pk,
    }
    return _answered(request, Step.WHOM, answer)


def _whom_page(request, draft, *, search=None, unknown=None, form=None):
    answer = draft.answers.get(Step.WHOM, {})
    is_described = answer.get("about") == Subject.UNKNOWN
    described = {"description": answer.get("description"), "county": answer.get("division")}
    found = find_respondents(draft.search)
    people = [row.public_id for row in found.mediators]
    if allowance.is_spent(request, people, now=timezone.now()):
        return slow_down(request, ROSTER_PAUSE)
    return shown(
        request,
        Step.WHOM,
        draft,
        form=form,
        search=search or SearchForm(initial={"q": draft.search}),
        unknown=unknown or UnknownForm(initial=described if is_described else None),
        is_unknown_open=is_described or unknown is not None,
        found=found,
        has_searched=bool(draft.search),
        chosen="" if is_described or not answer else name_of(answer),
    )
