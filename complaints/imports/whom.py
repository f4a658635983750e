"""About whom a ticket is: found by name among what the public register shows."""

from complaints.models import Subject
from registry.models import MediatorRow, OrganizationRow


class Several(Exception):
    """More than one row has the name; ``column`` says which name, ``code`` what to say."""

    def __init__(self, column, code):
        self.column, self.code = column, code
        super().__init__(code)


def find_whom(organization, mediator, division):
    """Return the fields ``about``, ``mediator_id``, ``organization_id`` for two names.

    Of several with one name those of the division are meant. Who is not on the roster is unknown:
    the names as they were given then go with the complaint.

    :raises Several: if a name alone does not say who is meant.
    """
    body = person = None
    if organization:
        body = _only(OrganizationRow, {"name": organization}, division, "organization")
    if mediator:
        asked = {"name": mediator} | ({"organization_name": organization} if organization else {})
        person = _only(MediatorRow, asked, division, "mediator")
    if person:
        return _of(Subject.MEDIATOR, person.mediator_id, body_of(person))
    if body and not mediator:
        return _of(Subject.ORGANIZATION, None, body.organization_id)
    return _of(Subject.UNKNOWN, None, body.organization_id if body else None)


def body_of(person):
    """Return the key of the organisation that the roster names with a mediator, or None."""
    rows = OrganizationRow.objects.filter(public_id=person.organization_public_id)
    return rows.values_list("organization_id", flat=True).first()


def _of(about, mediator, organization):
    return {"about": about, "mediator_id": mediator, "organization_id": organization}


def _only(rows, asked, division, column):
    found = list(rows.objects.filter(**asked)[:20])
    if len(found) > 1:
        low, high = division.span
        found = [row for row in found if low <= row.division_id < high] or found
    if len(found) > 1:
        raise Several(column, "several_people" if column == "mediator" else "several_bodies")
    return found[0] if found else None
