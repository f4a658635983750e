"""The last look at what was answered, the sending, and the receipt, whose code is shown once."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from complaints.actions.drafts import (
    NoDraft,
    note_shown,
    receipt_of,
    show_again,
    submit_draft,
)
from complaints.models import ComplaintGround, Mode, Subject
from complaints.reports.outlook import expected
from complaints.rules.steps import Step
from complaints.views.intake.drafting import (
    address_of,
    draft_of,
    key_of,
    no_draft,
    shown,
    step_page,
)
from complaints.views.intake.entrance import name_of
from complaints.views.pace import seconds_to_wait, slow_down
from complaints.views.privacy import leaving_no_trace
from office.flow import Refused
from registry.models import Division
from registry.search.facts import day

TICK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'
    '<path d="M4 12l6 6L20 6" fill="none" stroke="#1f6b3b" stroke-width="3"/></svg>'
)


@step_page(Step.CHECK)
def check(request, draft):
    """Show everything once more; by POST, send it. A second click leads to the same receipt."""
    if request.method == "GET":
        return redirect("complaint_receipt") if draft.sent else _check_page(request, draft)
    now, key = timezone.now(), key_of(request)
    if draft.sent:
        show_again(key, now=now)
        return redirect("complaint_receipt")
    if missing := seconds_to_wait(request, "send", now=now):
        return slow_down(request, missing)
    try:
        submit_draft(key, today=timezone.localdate(), now=now)
    except Refused as refusal:
        return _check_page(request, draft, refusal.messages)
    return redirect("complaint_receipt")


@leaving_no_trace
@require_safe
def receipt(request):
    """Show number, code and dates; once the page has arrived, the code is not shown again."""
    try:
        draft = draft_of(request)
    except NoDraft:
        return no_draft(request)
    if not draft.sent:
        return redirect("complaint_check")
    complaint, code = receipt_of(draft)
    context = {"complaint": complaint, "dates": expected(complaint)}
    if draft.is_shown:
        return render(request, "complaints/intake/receipt_shown.html", context)
    return render(request, "complaints/intake/receipt.html", {**context, "code": code})


@leaving_no_trace
@require_safe
def receipt_seen(request):
    """Hand out the tick on the receipt: whose browser asks for it has the page with the code.

    A receipt that was lost on its way is therefore shown again, and one that arrived is not.
    """
    with suppress(NoDraft):
        note_shown(key_of(request), now=timezone.now())
    return HttpResponse(TICK, content_type="image/svg+xml")


def _check_page(request, draft, refusals=()):
    context = {"facts": _facts(draft), "refusals": refusals, "has_errors": bool(refusals)}
    page = shown(request, Step.CHECK, draft, **context)
    page.status_code = 422 if refusals else 200
    return page


def _facts(draft):
    """Return the answers with the pages on which they can be changed."""
    answers = draft.answers
    mode, said = answers[Step.WAY]["mode"], answers[Step.WHAT]
    told = [
        (Step.WAY, _("Way of complaining"), Mode(mode).label),
        (Step.WHOM, _("Whom it is about"), _whom(answers[Step.WHOM])),
        (Step.WHAT, pgettext("complaint", "Grounds"), _grounds(said["grounds"])),
        (Step.WHAT, _("Date"), day(parse_date(said["happened_on"])) or _("not given")),
        (Step.WHAT, _("What happened"), said["text"]),
        (Step.EVIDENCE, _("Files"), "\n".join(one["name"] for one in draft.files) or _("none")),
    ]
    if contact := answers.get(Step.CONTACT):
        told.append((Step.CONTACT, _("Your name"), contact["name"]))
        told.append((Step.CONTACT, _("Your phone"), contact["phone"]))
    return [{"term": term, "value": value, "url": address_of(step)} for step, term, value in told]


def _whom(answer):
    if answer["about"] != Subject.UNKNOWN:
        return name_of(answer)
    return f"{answer['description']}\n{Division.objects.get(pk=answer['division'])}"


def _grounds(codes):
    return _(", ").join(str(ComplaintGround(code).label) for code in codes)
