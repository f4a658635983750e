"""Write what rows would do into the register, in the transaction of the caller."""

from registry.flows import OrganizationState
from registry.imports import bodies, people
from registry.models import (
    Appointment,
    ImportKind,
    LevelHolding,
    Mediator,
    Organization,
    Verdict,
)

PERSON_COLUMNS = [*people.FIELDS, "id_number_hash", "phone_hash", "revision", "changed_at"]
BODY_COLUMNS = [*bodies.FIELDS, "revision", "changed_at"]


def store(kind, outcomes):
    """Enter new rows and change known ones; returns {row number: (primary key, division)}."""
    new = [outcome for outcome in outcomes if outcome.verdict == Verdict.NEW]
    changed = [outcome for outcome in outcomes if outcome.verdict == Verdict.CHANGED]
    return STORES[kind](new, changed)


def _store_organizations(new, changed):
    made = [
        Organization(
            public_id=outcome.target,
            state=OrganizationState.LISTED,
            **cast(Organization, outcome.after),
        )
        for outcome in new
    ]
    Organization.objects.bulk_create(made)
    rows = [outcome.found["organization"] for outcome in changed]
    for row, outcome in zip(rows, changed, strict=True):
        assign(row, outcome.after, bodies.FIELDS)
    update(Organization, rows, BODY_COLUMNS)
    return _placed([*new, *changed], [*made, *rows])


def _store_mediators(new, changed):
    made = [
        Mediator(public_id=outcome.target, **cast(Mediator, only(outcome.after, people.FIELDS)))
        for outcome in new
    ]
    Mediator.objects.bulk_create(made)
    rows = [outcome.found["mediator"] for outcome in changed]
    for row, outcome in zip(rows, changed, strict=True):
        assign(row, outcome.after, people.FIELDS)
    update(Mediator, rows, PERSON_COLUMNS)
    outcomes, persons = [*new, *changed], [*made, *rows]
    pairs = list(zip(persons, outcomes, strict=True))
    for name in people.LINKS:
        link(name, {p.pk: o.after[name] for p, o in pairs if name in o.after}, cleared=rows)
    _store_appointments(pairs)
    LevelHolding.objects.bulk_create(
        LevelHolding(mediator=person, **cast(LevelHolding, outcome.after["level"]))
        for person, outcome in pairs
        if outcome.after.get("level")
    )
    return _placed(outcomes, persons)


def _store_appointments(pairs):
    made, changed = [], []
    for person, outcome in pairs:
        values = outcome.after.get("appointment")
        row = outcome.found.get("appointment")
        if values and row is None:
            made.append(Appointment(mediator=person, **cast(Appointment, values)))
        elif values:
            assign(row, values, people.POST_FIELDS)
            changed.append(row)
    Appointment.objects.bulk_create(made)
    update(Appointment, changed, [*people.POST_FIELDS, "revision", "changed_at"])


def link(name, wanted, *, cleared=()):
    """Give people (primary keys) these links; the links of ``cleared`` rows are replaced."""
    field = Mediator._meta.get_field(name)
    through, target = field.remote_field.through, f"{field.m2m_reverse_field_name()}_id"
    old = [row.pk for row in cleared if row.pk in wanted]
    if old:
        through.objects.filter(mediator__in=old).delete()
    through.objects.bulk_create(
        through(mediator_id=pk, **{target: linked})
        for pk, found in wanted.items()
        for linked in found
    )


def assign(row, values, names):
    """Set the fields that are given in plain values and count the revision up."""
    for name, value in cast(type(row), only(values, names)).items():
        setattr(row, name, value)
    row.revision += 1


def update(model, rows, columns):
    """Write whole rows that exist; encrypted columns are written together with their hashes."""
    names = [model._meta.get_field(name.removesuffix("_id")).name for name in columns]
    if rows:
        model.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["id"], update_fields=names
        )


def only(values, names):
    return {name: values[name] for name in names if name in values}


def cast(model, values):
    """Return plain values as the fields of a model hold them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def _placed(outcomes, rows):
    return {
        outcome.draft.number: (row.pk, row.division_id)
        for outcome, row in zip(outcomes, rows, strict=True)
    }


STORES = {
    ImportKind.MEDIATORS: _store_mediators,
    ImportKind.ORGANIZATIONS: _store_organizations,
}
