"""The draft of a visitor: its key in a cookie that only these pages are sent, and the way about."""

from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from complaints.actions.drafts import AlreadySent, NoDraft, read_draft
from complaints.rules.steps import Step, may_open, next_step, step_before, steps_of
from complaints.views.privacy import leaving_no_trace

COOKIE = "complaint_draft"
PATH = "/complaints/"
LABELS = {
    Step.WAY: pgettext_lazy("step of a complaint", "Way"),
    Step.WHOM: pgettext_lazy("step of a complaint", "Whom"),
    Step.WHAT: pgettext_lazy("step of a complaint", "What"),
    Step.EVIDENCE: pgettext_lazy("step of a complaint", "Evidence"),
    Step.CONTACT: pgettext_lazy("step of a complaint", "Contact"),
    Step.CHECK: pgettext_lazy("step of a complaint", "Check and send"),
}


def step_page(step, **options):
    """Make a page of a view of one step: only with a draft, and only once its turn has come."""

    def page(view):
        @leaving_no_trace(**options)
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def answered(request, *args, **kwargs):
            try:
                draft = draft_of(request)
                if draft.sent and step is not Step.CHECK:
                    return redirect("complaint_receipt")
                if not draft.sent and not may_open(step, draft.answers):
                    return to_next(draft)
                return view(request, draft, *args, **kwargs)
            except AlreadySent:  # by another click, since the draft was read
                return redirect("complaint_receipt")
            except NoDraft:
                return no_draft(request)

        return answered

    return page


def keep_key(request, response, key):
    """Put the key of a draft into the visitor's browser, for these pages alone."""
    response.set_cookie(
        COOKIE, key, path=PATH, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


def forget_key(response):
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response


def key_of(request):
    return request.COOKIES.get(COOKIE, "")


def draft_of(request):
    """Return the visitor's draft. :raises NoDraft: if there is none that lives."""
    return read_draft(key_of(request), now=timezone.now())


def no_draft(request):
    """Tell that there is no draft, or none any more; what was typed just now can be copied."""
    typed = request.POST.get("text", "") or request.POST.get("description", "")
    page = render(request, "complaints/intake/gone.html", {"typed": typed}, status=404)
    return forget_key(page)


def to_next(draft):
    """Lead to the first step without an answer."""
    return redirect(address_of(next_step(draft.answers)))


def address_of(step):
    return reverse(f"complaint_{step}")


def shown(request, step, draft, **context):
    """Show the page of a step with its place on the way; what was refused is answered 422."""
    form = context.get("form")
    before = step_before(step, draft.answers)
    context |= {
        "marks": _marks(step, draft),
        "back": address_of(before) if before else reverse("complaints"),
    }
    refused = bool(form is not None and form.is_bound and form.errors)
    template = f"complaints/intake/{step}.html"
    return render(request, template, context, status=422 if refused else 200)


def _marks(current, draft):
    """Return each step as a mark of the way: done, here, or still to come."""
    return [
        {
            "label": LABELS[step],
            "number": number,
            "is_here": step is current,
            "url": address_of(step) if step in draft.answers else "",
        }
        for number, step in enumerate(steps_of(draft.answers), start=1)
    ]
