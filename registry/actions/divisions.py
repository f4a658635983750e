"""Divisions are loaded from a file of codes, whole or not at all."""

from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from registry.models import Division, DivisionLevel
from registry.models.division import division_id

LENGTHS = {
    2: DivisionLevel.PROVINCE,
    4: DivisionLevel.CITY,
    6: DivisionLevel.COUNTY,
    9: DivisionLevel.TOWNSHIP,
    12: DivisionLevel.VILLAGE,
}
BATCH = 5_000


@transaction.atomic
def load_divisions(rows, *, by, source):
    """Store new and changed divisions; returns the counts ``{"rows", "new", "changed"}``.

    ``rows`` is an iterable of mappings with ``code``, ``name``, ``parent_code``, ``level``. What is
    not in the file stays: divisions are abolished by a decision, not by a missing line.

    :raises ValidationError: with every fault of the file, each naming its line; nothing is stored.
    """
    known = {d.code: (d.name, d.level, d.parent_id) for d in Division.objects.iterator()}
    read, faults = {}, []
    for line, row in enumerate(rows, start=2):
        code, name = (row.get("code") or "").strip(), (row.get("name") or "").strip()
        parent = (row.get("parent_code") or "").strip()
        faults += [
            _("Line %(line)s: %(fault)s.") % {"line": line, "fault": fault}
            for fault in _faults({**row, "code": code, "name": name, "parent_code": parent}, read)
        ]
        read[code] = (name, LENGTHS.get(len(code)), division_id(parent) if parent else None)
    ids = {division_id(code) for code in (*known, *read) if code.isdecimal()}
    faults += [
        _("Code %(code)s: the division it belongs to is missing.") % {"code": code}
        for code, (_name, _level, parent) in read.items()
        if parent is not None and parent not in ids
    ]
    if faults:
        raise ValidationError(faults)
    new = [code for code in read if code not in known]
    changed = [code for code in read if code in known and known[code] != read[code]]
    _store(sorted([*new, *changed], key=len), read)
    if new or changed:
        root = Division.objects.get(code=min(read, key=len))
        after = {"source": source, "rows": len(read), "new": len(new), "changed": len(changed)}
        ledger.append("registry.division.load", root, by=by, after=after)
    return {"rows": len(read), "new": len(new), "changed": len(changed)}


def _faults(row, read):
    code, level, parent, faults = row["code"], row.get("level"), row["parent_code"], []
    if not (code.isdecimal() and code.isascii() and LENGTHS.get(len(code)) == level):
        faults.append(
            _("the code “%(code)s” does not fit the level “%(level)s”")
            % {"code": code, "level": level}
        )
    elif code in read:
        faults.append(_("the code “%(code)s” stands twice") % {"code": code})
    elif parent and not code.startswith(parent):
        faults.append(
            _("the code “%(code)s” does not begin with that of its parent") % {"code": code}
        )
    if not row["name"]:
        faults.append(_("the name is missing"))
    return faults


def _store(codes, read):
    """Write parents before children, in batches."""
    codes = iter(codes)
    while batch := list(islice(codes, BATCH)):
        Division.objects.bulk_create(
            [
                Division(id=division_id(code), code=code, name=name, level=level, parent_id=parent)
                for code in batch
                for name, level, parent in [read[code]]
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["name", "level", "parent"],
        )
