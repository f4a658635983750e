"""The life of a filing: one case for each event, from its draft to the bureau's decision."""

from copy import copy

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from office.documents import documents_of
from office.flow import Flow, Step, guard
from registry.flows.organization import (
    DIRECT_KINDS,
    ORGANIZATION,
    OrganizationState,
    bars_to_entry,
    members_of,
)
from registry.rules import COMMITTEES, composition_faults, name_faults


class FilingKind(models.TextChoices):
    SET_UP = "set_up", _("set up")
    CHANGE = "change", _("change")
    RE_ELECTION = "re_election", _("re-election")


class FilingState(models.TextChoices):
    DRAFT = "draft", _("draft")
    FIRST_REVIEW = "first_review", _("awaiting first review")
    RETURNED = "returned", _("returned for correction")
    FILING = "filing", _("awaiting filing")
    FILED = "filed", _("filed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


F = FilingState
IN_REVIEW = [F.FIRST_REVIEW, F.FILING]
OPEN = [F.DRAFT, *IN_REVIEW, F.RETURNED]
MINUTES = "minutes"
CANDIDATE = "candidate"
# Which step of the organisation goes with a step of its filing; a re-election moves nothing.
MOVED_WITH = {
    FilingKind.SET_UP: {
        "submit": "submit",
        "submit_directly": "submit_directly",
        "pass_on": "pass_on",
        "send_back": "send_back",
        "resubmit": "resubmit",
        "resubmit_directly": "resubmit_directly",
        "file": "list",
        "refuse": "refuse",
        "withdraw": "withdraw",
    },
    FilingKind.CHANGE: {
        "submit": "propose_change",
        "submit_directly": "propose_change",
        "file": "settle_change",
        "refuse": "settle_change",
        "withdraw": "settle_change",
    },
    FilingKind.RE_ELECTION: {},
}


def step_of_the_organization(filing, name):
    """Return the step the organisation takes when its filing takes this one, or an empty string.

    A draft moved nothing yet, so nothing moves back when it is withdrawn.
    """
    if name == "withdraw" and filing.state == F.DRAFT:
        return ""
    return MOVED_WITH[filing.kind].get(name, "")


def the_organization_may(name):
    """Make a guard of all that bars the organisation from the step it takes with this one."""

    def reasons(filing, today):
        moved = step_of_the_organization(filing, name)
        return ORGANIZATION.refusals(filing.organization, moved, today) if moved else []

    return reasons


def is_direct(filing):
    """Whether the filing goes to the county bureau without the justice office."""
    return filing.organization.kind in DIRECT_KINDS


@guard(_("This goes to the county bureau directly."))
def goes_to_the_office_first(filing, today):
    return filing.kind == FilingKind.SET_UP or not is_direct(filing)


@guard(_("This goes through the justice office."))
def goes_to_the_bureau(filing, today):
    return filing.kind == FilingKind.SET_UP or is_direct(filing)


@guard(_("The county bureau returned it, so it goes back there."))
def goes_back_to_the_office(filing, today):
    return not is_direct(filing) and filing.returned_from != F.FILING


@guard(_("The justice office returned it, so it goes back there."))
def goes_back_to_the_bureau(filing, today):
    return is_direct(filing) or filing.returned_from == F.FILING


@guard(_("The day of the event lies in the future."))
def event_has_happened(filing, today):
    # A set-up is an establishment, of which the organisation says the same.
    is_said = filing.event_on == filing.organization.established_on
    return filing.event_on <= today or (filing.kind == FilingKind.SET_UP and is_said)


@guard(_("The minutes of the election or appointment are missing among the documents."))
def minutes_are_attached(filing, today):
    return filing.kind == FilingKind.CHANGE or documents_of(filing, MINUTES).exists()


@guard(_("Nothing is to be changed: no new value differs from the old one."))
def something_changes(filing, today):
    return filing.kind != FilingKind.CHANGE or bool(filing.differences())


@guard(_("The organisation is not on the roster."))
def organization_is_listed(filing, today):
    on_the_roster = {
        OrganizationState.LISTED,
        OrganizationState.CHANGE_PENDING,
        OrganizationState.RECTIFYING,
    }
    return filing.kind == FilingKind.SET_UP or filing.organization.state in on_the_roster


@guard(_("The new term must begin after the one that runs."))
def term_follows_the_last(filing, today):
    if filing.kind != FilingKind.RE_ELECTION:
        return True
    return not filing.organization.terms.filter(from_on__gte=filing.term_from_on).exists()


@guard(_("There is a term of this number already, or a later one."))
def term_number_is_next(filing, today):
    if filing.kind != FilingKind.RE_ELECTION:
        return True
    return not filing.organization.terms.filter(number__gte=filing.term_number).exists()


def committee_after(filing):
    """Return the members once this is filed: those who stay, and those the filing names."""
    members = members_of(filing.organization)
    if filing.kind == FilingKind.SET_UP:
        return members
    return [
        member
        for member in members
        if (member.pk in filing.named if member.state == CANDIDATE else True)
        and member.pk not in filing.leaving
    ]


def new_committee_is_complete(filing, today):
    """Give every reason why the members after a re-election do not make up a committee."""
    body = filing.organization
    if filing.kind != FilingKind.RE_ELECTION or body.kind not in COMMITTEES:
        return []
    members = committee_after(filing)
    faults = composition_faults(members, needs_minority_member=body.needs_minority_member)
    return faults + bars_to_entry(members, today)


def changed_organization(filing):
    """Return a copy of the organisation as it would be after the change."""
    body = copy(filing.organization)
    for name, value in filing.proposed.items():
        setattr(body, body._meta.get_field(name).attname, value)
    return body


def changed_organization_is_valid(filing, today):
    """Give every reason why the organisation could not be as the change would have it."""
    if filing.kind != FilingKind.CHANGE:
        return []
    body, place = changed_organization(filing), filing.organization.division
    faults = []
    if body.name != filing.organization.name:
        faults += name_faults(body.name, body.kind, place=place.name, place_level=place.level)
    try:
        body.full_clean()
    except ValidationError as refusal:
        faults += refusal.messages
    return faults


CONTENT = [
    event_has_happened,
    minutes_are_attached,
    something_changes,
    changed_organization_is_valid,
    organization_is_listed,
    new_committee_is_complete,
    term_follows_the_last,
    term_number_is_next,
]


def _step(name, label, source, target, *guards):
    return Step(name, label, source, target, *guards, the_organization_may(name))


FILING = Flow(
    _step("submit", _("Submit"), F.DRAFT, F.FIRST_REVIEW, goes_to_the_office_first, *CONTENT),
    _step("submit_directly", _("Submit"), F.DRAFT, F.FILING, goes_to_the_bureau, *CONTENT),
    _step("pass_on", _("Pass on to the county bureau"), F.FIRST_REVIEW, F.FILING),
    _step("send_back", _("Return for correction"), IN_REVIEW, F.RETURNED),
    _step(
        "resubmit",
        _("Submit again"),
        F.RETURNED,
        F.FIRST_REVIEW,
        goes_back_to_the_office,
        *CONTENT,
    ),
    _step(
        "resubmit_directly",
        _("Submit again"),
        F.RETURNED,
        F.FILING,
        goes_back_to_the_bureau,
        *CONTENT,
    ),
    _step("file", _("Accept the filing"), F.FILING, F.FILED, *CONTENT),
    _step("refuse", _("Refuse the filing"), F.FILING, F.REFUSED),
    _step("withdraw", _("Withdraw the filing"), OPEN, F.WITHDRAWN),
    editable=[F.DRAFT, F.RETURNED],
)
# The ways of handing in; which one a filing takes depends on its kind and on who returned it.
HANDING_IN = ("submit", "submit_directly", "resubmit", "resubmit_directly")
ROUTES = {
    "submit": lambda filing: not is_direct(filing),
    "submit_directly": is_direct,
    "resubmit": lambda filing: not goes_back_to_the_office(filing, None),
    "resubmit_directly": lambda filing: not goes_back_to_the_bureau(filing, None),
}


def is_on_its_route(filing, name):
    """Whether this way of handing in is the one the filing takes from its state."""
    return filing.state in FILING.steps[name].sources and ROUTES[name](filing)
