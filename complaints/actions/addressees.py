"""To which unit a task sheet goes: the way up for one complaint, and who sits there."""

from django.db.models import Q

from complaints.models import Complaint, DeclaredRecusal, Subject
from complaints.rules.routing import Addressee, Conflict, Stop, Way
from office.models import User
from office.roles import Role
from registry.flows import OrganizationState
from registry.models import Appointment, DivisionLevel, Post, PostHeld

OFFICES = {
    DivisionLevel.TOWNSHIP: (Addressee.TOWNSHIP, Role.JUSTICE_OFFICE),
    DivisionLevel.COUNTY: (Addressee.COUNTY, Role.COUNTY_BUREAU),
    DivisionLevel.CITY: (Addressee.CITY, Role.CITY_BUREAU),
}
HEADS = [PostHeld.DIRECTOR, PostHeld.DEPUTY]


def way_of(complaint, *, today):
    """Return the units that may be asked about a complaint, from the lowest up."""
    stops = []
    if complaint.organization:
        stops.append(_of_organization(complaint, today))
    place = complaint.organization.division if complaint.organization else complaint.division
    stops += [
        _of_office(complaint, division, today)
        for division in divisions_up_from(place)
        if division.level in OFFICES
    ]
    return Way(tuple(stops))


def divisions_up_from(division):
    """Return a division and those above it."""
    found = []
    while division:
        found.append(division)
        division = division.parent
    return found


def office_above(sheet):
    """Return the division whose office stands above the unit of a sheet; None for the city."""
    place = sheet.organization.division if sheet.organization else sheet.division
    offices = divisions_up_from(place or sheet.complaint.division)
    if sheet.division:
        offices = offices[1:]
    return next((one for one in offices if one.level in OFFICES), None)


def accounts_at(sheet, *, today):
    """Return the accounts that read a sheet: clerks of the body or officers of the office."""
    return _not_concerned(_posts(sheet.organization, sheet.division, today), sheet.complaint)


def accounts_of_office(division, complaint, *, today):
    """Return the accounts of the office of a division that may see sheets of a complaint."""
    return _not_concerned(_posts(None, division, today), complaint)


def seconds_for(complaint, *, today, but=()):
    """Return the accounts that may approve a sheet: handlers of this body or one above it.

    Whoever is recused or among ``but``, those who wrote the text, is left out.
    """
    above = [one.pk for one in divisions_up_from(complaint.division)]
    posts = Post.objects.in_force(today).filter(role=Role.HANDLER, division__in=above)
    found = User.objects.filter(is_active=True, posts__in=posts).distinct().order_by("pk")
    rows = Complaint.objects.filter(pk=complaint.pk)
    fit = [
        one.pk
        for one in found
        if one not in but and rows.without_recused(one).exists()
    ]  # fmt: skip
    return found.filter(pk__in=fit)


def _of_organization(complaint, today):
    body, person = complaint.organization, complaint.mediator
    conflicts = []
    if complaint.about == Subject.ORGANIZATION:
        conflicts.append(Conflict.IS_COMPLAINED_OF)
    if body.state == OrganizationState.DEREGISTERED:
        conflicts.append(Conflict.NOT_IN_WORK)
    if person and _heads(person, body):
        conflicts.append(Conflict.HEAD)
    conflicts += _conflicts_of(_posts(body, None, today), complaint)
    return Stop(Addressee.ORGANIZATION, body.pk, tuple(conflicts))


def _of_office(complaint, division, today):
    kind, _role = OFFICES[division.level]
    conflicts = _conflicts_of(_posts(None, division, today), complaint)
    # One officer who stands back does not bar an office in which others serve.
    standing_back = [Conflict.KIN]
    if _not_concerned(_posts(None, division, today), complaint).exists():
        conflicts = [one for one in conflicts if one not in standing_back]
    return Stop(kind, division.pk, tuple(conflicts))


def _heads(person, body):
    posts = Appointment.objects.filter(mediator=person, organization=body, until_on=None)
    return posts.filter(post__in=HEADS).exists()


def _conflicts_of(posts, complaint):
    """Return whether one who serves there is complained of, or declared to have a part in it."""
    accounts = posts.values("user")
    found = []
    person = complaint.mediator
    if person and person.user_id and posts.filter(user=person.user_id).exists():
        found.append(Conflict.CLERK)
    if DeclaredRecusal.objects.filter(complaint=complaint, user__in=accounts).exists():
        found.append(Conflict.KIN)
    return found


def _posts(body, division, today):
    posts = Post.objects.in_force(today).filter(user__is_active=True)
    if body:
        return posts.filter(role=Role.CLERK, organization=body)
    if division and division.level in OFFICES:
        return posts.filter(role=OFFICES[division.level][1], division=division)
    return posts.none()


def _not_concerned(posts, complaint):
    declared = DeclaredRecusal.objects.filter(complaint=complaint).values("user")
    person = complaint.mediator
    concerned = Q(pk__in=declared) | Q(pk=person.user_id if person else None)
    accounts = User.objects.filter(is_active=True, posts__in=posts).exclude(concerned)
    return accounts.distinct().order_by("pk")


def may_get(sheet, *, today):
    """Tell whether the unit a sheet is addressed to may still be asked today."""
    way = way_of(sheet.complaint, today=today)
    if sheet.outside:
        return way.may_go_outside
    own = {"organization_id": sheet.organization_id, "division_id": sheet.division_id}
    return any({**own, "outside": ""} == unit_at(stop) for stop in way.open_ones)


def unit_at(stop):
    """Return the fields of a sheet that is addressed to a stop of the way."""
    if stop.kind == Addressee.ORGANIZATION:
        return {"organization_id": stop.pk, "division_id": None, "outside": ""}
    return {"organization_id": None, "division_id": stop.pk, "outside": ""}
