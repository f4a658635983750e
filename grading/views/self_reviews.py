"""The own self-review: saved as it is typed, with or without script, and handed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from grading.actions import review_sheets
from grading.flows.review import SheetState
from grading.forms.own_reviews import SelfReviewForm
from grading.reports.own_reviews import is_mine_to_write
from grading.reports.review_lines import told_of
from grading.views.reviews import crumbs, own_sheet
from office.desk.pages import add_refusal
from office.flow import Refused, Stale


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def my_self_review(request, pk):
    """Write the self-review, save it, hand it in; what was typed stays if it cannot be kept."""
    sheet = own_sheet(request, pk)
    if not is_mine_to_write(sheet, timezone.localdate()):
        return redirect("my_review", pk)
    form = SelfReviewForm(request.POST if request.method == "POST" else None, sheet=sheet)
    if form.is_valid():
        try:
            return _kept(request, sheet, form)
        except Stale:
            return _stale(request, sheet, form)
        except ValidationError as refusal:
            add_refusal(form, _beside_fields(form, refusal))
            sheet.refresh_from_db(fields=["revision"])
            _put(form, sheet.revision)
    return _shown(request, sheet, form, 422 if form.errors else 200)


def _kept(request, sheet, form):
    """Save, and hand in if that button was pressed. :raises ValidationError: if it is refused."""
    today = timezone.localdate()
    review_sheets.save_own(sheet.pk, by=request.user, today=today, **form.values())
    if "hand_in" in request.POST and form.left_empty():
        raise ValidationError(form.left_empty())
    if "hand_in" not in request.POST:
        messages.success(request, _("Saved. It is not handed in yet."))
        return redirect("my_self_review", sheet.pk)
    review_sheets.hand_in(sheet.pk, by=request.user, today=today)
    messages.success(request, _("Handed in. Your organisation goes on with it."))
    return redirect("my_review", sheet.pk)


def _stale(request, sheet, form):
    """Keep what was typed; sent again it takes the place of what was saved elsewhere."""
    sheet.refresh_from_db(fields=["revision", "state"])
    if sheet.state != SheetState.SELF:
        return redirect("my_review", sheet.pk)
    _put(form, sheet.revision)
    said = _(
        "This was saved from another page since. What you typed is below: save it again to put it"
        " in its place."
    )
    form.add_error(None, said)
    return _shown(request, sheet, form, 409)


def _put(form, revision):
    form.data = form.data.copy()
    form.data["revision"] = revision


def _beside_fields(form, refusal):
    """Return what the action said of indicators as said of the fields for them."""
    if not hasattr(refusal, "error_dict"):
        return refusal
    told = {form.field_of.get(name, name): one for name, one in refusal.error_dict.items()}
    return ValidationError(told)


def _shown(request, sheet, form, status):
    context = {
        "sheet": sheet,
        "cycle": sheet.cycle,
        "form": form,
        "lines": [line for line in told_of(sheet).lines if line.source],
        "save_url": reverse("save_self_review", args=[sheet.pk]),
        "crumbs": crumbs(sheet, _("Self-review")),
    }
    return render(request, "grading/my_self_review.html", context, status=status)


@login_required
@never_cache
@require_POST
def save_self_review(request, pk):
    """Save what was typed, for the script of the page."""
    sheet = own_sheet(request, pk)
    if not is_mine_to_write(sheet, timezone.localdate()):
        return _no(410, _("This self-review is not open any more."))
    form = SelfReviewForm(request.POST, sheet=sheet)
    if not form.is_valid():
        return _no(422, _("This cannot be saved: look at the points and the length."))
    try:
        today = timezone.localdate()
        saved = review_sheets.save_own(pk, by=request.user, today=today, **form.values())
    except Stale:
        return _no(409, _("This was saved from another page. Press the save button."))
    except Refused as refusal:
        return _no(422, " ".join(refusal.messages))
    at = timezone.localtime().strftime("%H:%M:%S")
    return JsonResponse({"said": _("saved %(time)s") % {"time": at}, "revision": saved.revision})


def _no(status, sentence):
    return JsonResponse({"said": sentence}, status=status)
