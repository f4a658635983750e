"""Roster rows in the words of the page: labels instead of codes."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.flows import OrganizationState
from registry.search.originals import UNRATED_CODE

S = OrganizationState
# What a state means for somebody who looks for a committee.
STATE_MEANINGS = {
    S.LISTED: gettext_lazy("On the roster: it may take your dispute."),
    S.CHANGE_PENDING: gettext_lazy(
        "On the roster; a change of its particulars is being filed. It may take your dispute."
    ),
    S.CLOSING: gettext_lazy(
        "It is leaving the roster: it takes no new disputes and brings running ones to an end."
    ),
    S.DEREGISTERED: gettext_lazy("It has left the roster and may not mediate under its name."),
}
STATE_TAGS = {S.LISTED: "ok", S.CHANGE_PENDING: "ok", S.CLOSING: "warn"}


def state_told(state):
    """Return the state the public is told of: an order to rectify leaves no mark in public."""
    return S.LISTED if state == S.RECTIFYING else S(state)


class MediatorCard(NamedTuple):
    """What a page of results says about a mediator."""

    url: str
    name: str
    level: str
    is_rated: bool
    employment: str
    organization: str
    specialities: str
    phone: str
    only_sounds_alike: bool


class OrganizationCard(NamedTuple):
    """What a page of results says about an organisation."""

    url: str
    name: str
    kind: str
    state: str
    state_tag: str
    place: str
    address: str
    phone: str


def mediator_cards(rows, terms):
    """Return the cards of roster rows, labelled with the terms of the page."""
    base = reverse("mediators")
    return [
        MediatorCard(
            url=f"{base}{row.public_id}/",
            name=row.name,
            level=terms.level.get(row.level or UNRATED_CODE, row.level),
            is_rated=bool(row.level),
            employment=terms.employment[row.employment],
            organization=row.organization_name,
            specialities=listed(row.specialities, terms.speciality),
            phone=row.work_phone,
            only_sounds_alike=row.only_sounds_alike,
        )
        for row in rows
    ]


def organization_cards(rows, terms):
    """Return the cards of roster rows of organisations."""
    base = reverse("organizations")
    states = {code: str(state_told(code).label) for code in OrganizationState.values}
    return [
        OrganizationCard(
            url=f"{base}{row.public_id}/",
            name=row.name,
            kind=terms.kind[row.kind],
            state=states[row.state],
            state_tag=STATE_TAGS[state_told(row.state)],
            place=row.place,
            address=row.address,
            phone=row.phone,
        )
        for row in rows
    ]


def listed(codes, labels):
    """Return space-separated codes as a list in words: 物业、邻里."""
    return _(", ").join(labels.get(code, code) for code in codes.split())
