"""What of reviews and reappointments waits for an officer or a clerk, on the own page.

Told is whose turn it is: that others may stand in for an organisation or an office, or that a city
may act for its counties, makes no task of it.
"""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grading.flows.renewal import RenewalState
from grading.flows.review import CycleState, SheetState
from grading.models import Renewal, ReviewSheet
from office.roles import Role
from office.scopes import grants_of
from office.workbench import Task

C, S, R = CycleState, SheetState, RenewalState
COLLECTING = [C.SELF, C.ORGANIZATION]
SHEETS, RENEWALS = "grading_sheets", "grading_renewals"


def reviews_that_wait(user, today):
    """Return a line for each kind of thing that waits for the user; nothing, where nothing does."""
    return [*_for_clerks(user), *_for_offices(user), *_for_bureaus(user), *_renewals(user)]


def _for_clerks(user):
    bodies = [
        grant.organization
        for grant in grants_of(user, "grading.score_reviewsheet")
        if grant.role == Role.CLERK and grant.organization is not None
    ]
    return _to_score(user, Q(organization__in=bodies), S.ORGANIZATION) if bodies else []


def _for_offices(user):
    spans = Q()
    for grant in grants_of(user, "grading.pass_on_reviewsheet"):
        if grant.role == Role.JUSTICE_OFFICE and grant.low is not None:
            spans |= ReviewSheet.objects.between(grant.low, grant.high)
    return _to_score(user, spans, S.OFFICE) if spans else []


def _to_score(user, there, state):
    until = {S.ORGANIZATION: "cycle__organization_until", S.OFFICE: "cycle__office_until"}[state]
    rows = _not_own(user).filter(there, state=state, cycle__state__in=COLLECTING)
    found = rows.aggregate(number=Count("pk"), until=Min(until))
    return _line(_("Review sheets to score"), SHEETS, state, found["number"], found["until"])


def _for_bureaus(user):
    own = _own_divisions(user, "grading.check_reviewsheet")
    if not own:
        return []
    of_others = Q(corrects__isnull=False) & ~Q(checked_by=user)
    rows = _not_own(user).filter(cycle__division__in=own, state__in=[S.BUREAU, S.OBJECTED])
    found = rows.aggregate(
        checks=Count("pk", filter=Q(state=S.BUREAU, corrects=None, cycle__state=C.BUREAU)),
        corrections=Count("pk", filter=Q(state=S.BUREAU) & of_others),
    )
    objected = rows.filter(state=S.OBJECTED, cycle__state=C.NOTICE).untouched_by(user).count()
    return [
        *_line(_("Review sheets to check"), SHEETS, S.BUREAU, found["checks"]),
        *_line(_("Corrections of review sheets to confirm"), SHEETS, S.BUREAU,
               found["corrections"]),
        *_line(_("Objections to review results"), SHEETS, S.OBJECTED, objected),
    ]  # fmt: skip


def _renewals(user):
    spans, rows = Q(), Renewal.objects.all()
    for grant in _of_bureaus(user, "grading.decide_renewal"):
        if grant.role == Role.CITY_BUREAU:
            spans |= Q(**{rows.division_lookup: grant.low})
        else:
            spans |= rows.between(grant.low, grant.high)
    if not spans:
        return []
    rows = rows.filter(spans).exclude(appointment__mediator__user_id=user.pk)
    found = rows.aggregate(
        decisions=Count("pk", filter=Q(state=R.RECOMMENDED)),
        reviews=Count("pk", filter=Q(state=R.IN_REVIEW)),
    )
    return [
        *_line(_("Reappointments to decide on"), RENEWALS, R.RECOMMENDED, found["decisions"]),
        *_line(_("Reappointments to look at again"), RENEWALS, R.IN_REVIEW, found["reviews"]),
    ]


def _of_bureaus(user, permission):
    bureaus = (Role.COUNTY_BUREAU, Role.CITY_BUREAU)
    grants = grants_of(user, permission)
    return [one for one in grants if one.role in bureaus and one.low is not None]


def _own_divisions(user, permission):
    """Return the divisions whose own bureau the user works in."""
    return {grant.low for grant in _of_bureaus(user, permission)}


def _not_own(user):
    return ReviewSheet.objects.exclude(mediator__user_id=user.pk)


def _line(label, desk, state, number, until=None):
    if not number:
        return []
    note = ngettext("%(number)d waits.", "%(number)d wait.", number) % {"number": number}
    return [Task(label, f"{reverse(f'{desk}:index')}?state={state}", note, until, "warn")]
