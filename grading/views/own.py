"""What the own pages of an applicant have in common: whose application it is, and the way back."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from grading.actions import entering, nominating
from grading.flows.application import WITH_THE_APPLICANT, ApplicationState
from grading.models import Application
from grading.notices.own_standing import reference_of, told_reason, told_state
from grading.rules.evidence import facts_from
from registry.models import Mediator


def mediator_of(request):
    return get_object_or_404(Mediator, user=request.user)


def own_application(request, pk):
    """Return one of the person's own applications, or one of the organisation one is a clerk of.

    Another's cannot be found.
    """
    rows = Application.objects.with_all().own_of(request.user)
    return get_object_or_404(rows, pk=pk)


def lies_here(application):
    """Whether it lies with the applicant, to be written or mended."""
    if application.state == ApplicationState.DRAFT:
        return application.grading_round.state == "open"
    return application.state in WITH_THE_APPLICANT


def looked_up(application):
    """Put the applicant's own figures into the row in hand; nothing is stored.

    What officers answered and ruled is told with their decision and not before.
    """
    entering.look_up(application)
    if application.decided_on is None:
        application.__dict__["facts"] = facts_from(application.evidence)
    return application


def crumbs(label, application=None):
    """Return the way from one's own page to a page of grading."""
    way = [
        {"url": reverse("my_page"), "label": _("My page")},
        {"url": reverse("my_grading"), "label": _("Grading")},
    ]
    if application is not None:
        own = reverse("my_application", args=[application.pk])
        way.append({"url": own, "label": str(application.round_level.label)})
    return [*way, {"label": label}]


def base_context(application, label=None):
    """Return what every page of an application shows of it."""
    state, tone = told_state(application)
    return {
        "application": application,
        "grading_round": application.grading_round,
        "level": application.round_level,
        "reference": reference_of(application),
        "state": state,
        "tone": tone,
        "reason": told_reason(application),
        "lies_here": lies_here(application),
        "asks_consent": nominating.is_waiting(application) and lies_here(application),
        "crumbs": crumbs(label, application) if label else crumbs(application.round_level.label),
    }
