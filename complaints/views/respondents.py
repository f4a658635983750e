"""The pages of the person complained of: the redacted sheet, and the form to state a side."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from complaints import vault
from complaints.actions import state_side
from complaints.actions.sheet_words import approved_text, words_of
from complaints.flows.task_sheet import WITH_THE_UNIT
from complaints.forms.respondents import SideForm
from complaints.models import SheetWord, TaskSheet
from complaints.views.keeping import kept_nowhere
from office.desk.sending import sent_once
from office.desk.submissions import new_key
from registry.models import Mediator


def _rows(request):
    get_object_or_404(Mediator, user=request.user)
    rows = TaskSheet.objects.about(request.user)
    return rows.select_related("complaint", "organization", "division").with_limits()


@kept_nowhere
@login_required
@require_safe
def my_complaints(request):
    """List the sheets about the person that went out."""
    context = {"sheets": _rows(request).order_by("-pk"), "crumbs": _crumbs()}
    return render(request, "complaints/my_complaints.html", context)


@kept_nowhere
@login_required
@require_http_methods(["GET", "POST"])
def my_complaint(request, pk):
    """Show one sheet about the person, and take what the person says to it, until findings are in.

    A form sent twice is taken once.
    """
    sheet = get_object_or_404(_rows(request), pk=pk)
    form = SideForm(request.POST or None, initial={"submission": new_key()})

    def state(text):
        state_side(pk, text=text, by=request.user, today=timezone.localdate())
        return reverse("my_complaint", args=[pk])

    if there := sent_once(request, form, state, told=_("Your side was added.")):
        return redirect(there)
    return render(
        request, "complaints/my_complaint.html", _shown(sheet, form), status=_status(form)
    )


def _shown(sheet, form):
    try:
        text, said = approved_text(sheet), words_of(sheet, SheetWord.SIDE)
    except vault.Destroyed:
        text, said = "", []
    own = {"url": reverse("my_complaints"), "label": _("Complaints about me")}
    return {
        "sheet": sheet,
        "text": text,
        "said": said,
        "form": form,
        "may_say": sheet.state in WITH_THE_UNIT,
        "crumbs": [_crumbs()[0], own, {"label": str(sheet)}],
    }


def _crumbs():
    own = {"url": reverse("my_page"), "label": _("My page")}
    return [own, {"label": _("Complaints about me")}]


def _status(form):
    return 422 if form.errors else 200
