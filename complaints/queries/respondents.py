"""Who can be complained of by name, those on the public roster, and which body is in charge."""

from typing import NamedTuple

from registry.models import Division, MediatorRow, Organization, OrganizationRow
from registry.models.division import DivisionLevel
from registry.rules import enclosing
from registry.search import lookup
from registry.search.typed import understand

KINDS = {"mediator": MediatorRow, "organization": OrganizationRow}


class Found(NamedTuple):
    """Mediators and organisations that fit a text; ``is_cut`` if there are more than these."""

    mediators: list
    organizations: list
    is_cut: bool


def find_respondents(text):
    """Return who on the roster fits a text. :raises ValidationError: if it cannot be searched."""
    words = understand(text)
    if not words:
        return Found([], [], is_cut=False)
    people, bodies = lookup.find_mediators(words, []), lookup.find_organizations(words, [])
    is_cut = max(people.total, bodies.total) > lookup.PAGE_SIZE
    return Found(people.rows, bodies.rows, is_cut)


def respondent(kind, public_id):
    """Return what a complaint about one on the roster says of it; None if there is none."""
    row = KINDS[kind].objects.filter(public_id=public_id).first() if kind in KINDS else None
    if row is None:
        return None
    of_row = row.public_id if kind == "organization" else row.organization_public_id
    body = Organization.objects.get(public_id=of_row)
    return {
        "about": kind,
        "mediator": row.mediator_id if kind == "mediator" else None,
        "organization": body.pk,
        "division": body_in_charge(body.division_id).pk,
    }


def respondent_of_page(public_id):
    """Return the same for the public id of either kind, as a page of the register gives it."""
    found = [respondent(kind, public_id) for kind in KINDS]
    return next((one for one in found if one), None)


def body_in_charge(division_id):
    """Return the county a place lies in, or the division above counties itself."""
    around = Division.objects.filter(pk__in=enclosing(division_id)).order_by("pk")
    return around.filter(level=DivisionLevel.COUNTY).last() or around.last()


def counties():
    """Return the counties somebody can choose from."""
    return Division.objects.filter(level=DivisionLevel.COUNTY, until_on=None)
