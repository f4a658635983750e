"""What was decided on the own term, and why; one may ask for a review in time, once."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from grading.actions import renewals
from grading.flows.renewal import RENEWAL, RenewalState
from grading.forms.renewals import OwnReplyForm
from grading.models import Renewal
from grading.notices.renewal_papers import pack_paper
from grading.reports.renewals import facts_of_case, said_reasons, tables_of
from office.desk.sending import sent_once
from office.papers import render as render_paper
from registry.letters import bureau_of


@login_required
@never_cache
@require_safe
def my_renewals(request):
    """List what was decided on the own terms, and those on which nobody has decided yet."""
    rows = _own(request.user)
    context = {
        "told": rows.told().order_by("-told_on", "-pk"),
        "waiting": rows.running().filter(told_on=None).order_by("term_until_on", "pk"),
        "crumbs": _crumbs(),
    }
    return render(request, "grading/my_renewals.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_renewal(request, pk):
    """Show a decision on the own term with all it rests on; in time one may reply, once."""
    case = get_object_or_404(_own(request.user).told(), pk=pk)
    form = OwnReplyForm(request.POST or None)

    def reply(**typed):
        renewals.reply(pk, by=request.user, today=timezone.localdate(), **typed)
        return reverse("my_renewal", args=[pk])

    if there := sent_once(request, form, reply, told=_("You asked for a review.")):
        return redirect(there)
    return render(
        request, "grading/my_renewal.html", _context(case, form), status=422 if form.errors else 200
    )


@login_required
@never_cache
@require_safe
def my_renewal_paper(request, pk):
    """Hand out what the decision on the own term rests on, to print."""
    return paper_of(get_object_or_404(_own(request.user).told(), pk=pk), timezone.localdate())


def paper_of(case, today):
    """Return the response with the evidence as a PDF; papers are always Chinese."""
    with override(settings.LANGUAGE_CODE):
        silence, lines = said_reasons(case)
        paper = pack_paper(
            case,
            facts=facts_of_case(case),
            silence=silence,
            lines=lines,
            tables=tables_of(case.pack),
            issuer=bureau_of(case.area),
            dated_on=today,
        )
        content = render_paper(paper)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="reappointment-{case.pk}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


def _own(user):
    return Renewal.objects.with_all().filter(appointment__mediator__user=user)


def _context(case, form):
    silence, lines = said_reasons(case)
    today = timezone.localdate()
    return {
        "case": case,
        "form": form,
        "silence": silence,
        "lines": lines,
        "tables": tables_of(case.pack),
        "may_reply": case.state == RenewalState.TOLD and not RENEWAL.refusals(case, "reply", today),
        "crumbs": _crumbs(str(case.appointment.organization)),
    }


def _crumbs(label=""):
    way = [{"url": reverse("my_page"), "label": _("My page")}]
    if not label:
        return [*way, {"label": _("My reappointments")}]
    own = {"url": reverse("my_renewals"), "label": _("My reappointments")}
    return [*way, own, {"label": label}]
