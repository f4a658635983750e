"""How the rows of an import are shown: what each would change, field by field."""

from dataclasses import dataclass

from office.desk.history import told
from office.models import LedgerEntry
from registry.models import ImportKind, Mediator, Organization

PARTS = {"appointment": "registry.appointment", "level": "registry.levelholding"}
SUBJECTS = {ImportKind.MEDIATORS: Mediator, ImportKind.ORGANIZATIONS: Organization}


@dataclass(frozen=True)
class ShownLine:
    """One row: whom it is about, and its changes as (label, before, after)."""

    line: object
    name: str
    changes: list


def shown(lines, kind):
    """Return the rows as people read them; labels, not codes, and no personal number."""
    model = SUBJECTS[kind]
    lines = list(lines)
    known = dict(
        model.objects.filter(
            public_id__in=[line.target for line in lines if line.target]
        ).values_list("public_id", "name")
    )
    entries, owners = [], []
    for line in lines:
        for subject, before, after in _parts(line, model):
            entries.append(LedgerEntry(subject_type=subject, act="", before=before, after=after))
            owners.append(line.pk)
    changes = {}
    for owner, entry in zip(owners, told(entries), strict=True):
        changes.setdefault(owner, []).extend(entry.changes)
    return [
        ShownLine(
            line, line.after.get("name") or known.get(line.target, ""), changes.get(line.pk, [])
        )
        for line in lines
    ]


def _parts(line, model):
    """Yield the subject, before and after of the record itself, its appointment and its level."""
    before, after = dict(line.before), dict(line.after)
    for name, subject in PARTS.items():
        old, new = before.pop(name, None) or {}, after.pop(name, None) or {}
        changed = {key: value for key, value in new.items() if old.get(key) != value}
        if changed:
            yield subject, {key: old.get(key) for key in changed}, changed
    yield model._meta.label_lower, before, after
