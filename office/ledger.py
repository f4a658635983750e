"""The ledger: every act appends one entry, chained to the one before it by a hash.

Whoever appends locks the head of the chain until the transaction ends, so entries have one order.
Take the locks of all rows an act needs before it writes: the head is locked last.
"""

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from office.models.ledger import SYSTEM, LedgerEntry, LedgerHead
from office.personal import EncryptedTextField, LookupHashField
from office.scopes import body_of

HASHED = [
    "sequence", "at", "actor_id", "actor_name", "body", "act", "subject_type", "subject_id", "area",
    "reason", "legal_basis", "evidence", "before", "after", "previous_hash",
]  # fmt: skip
BATCH = 2_000
AS_IT_IS = (str, int, bool, type(None))


def append(act, obj, *, by, reason="", legal_basis="", evidence=(), before=None, after=None):
    """Append one entry about ``obj``; returns it. ``by`` may be None for the system itself."""
    entry = _entry(act, obj, by=by, reason=reason, legal_basis=legal_basis, evidence=evidence)
    entry.before, entry.after = before or {}, after or {}
    return append_all([entry])[0]


def draft(act, obj, *, by, reason="", before=None, after=None):
    """Return an entry not yet in the chain, for ``append_all``."""
    entry = _entry(act, obj, by=by, reason=reason)
    entry.before, entry.after = before or {}, after or {}
    return entry


def hold():
    """Lock the end of the chain ahead of the entry; returns it.

    For acts that store rows under a number given from outside, which another act of the same moment
    may store as well: whoever comes second waits here, and not in a circle.
    """
    return LedgerHead.objects.select_for_update().get(pk=1)


@transaction.atomic
def append_all(entries):
    """Chain and store many entries in their order, in one transaction."""
    end = hold()
    for entry in entries:
        entry.sequence, entry.previous_hash = end.sequence + 1, end.hash
        entry.hash = fingerprint(entry)
        end.sequence, end.hash = entry.sequence, entry.hash
    LedgerEntry.objects.bulk_create(entries, batch_size=BATCH)
    end.save()
    return entries


def fingerprint(entry):
    """Return the SHA-256 of an entry's content, its predecessor's hash included."""
    # Through JSON and back, so that what is hashed is what the database will give back.
    content = json.dumps(
        [_plain(getattr(entry, name)) for name in HASHED], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(content.encode()).hexdigest()


def snapshot(obj, names=None):
    """Return the fields of a row as plain values; personal data only as a mark that it is there.

    :param names: of which fields (``attname``), where an act can change no others; all if None.
    """
    return {
        field.attname: bool(getattr(obj, field.attname))
        if isinstance(field, EncryptedTextField)
        else _plain(field.value_to_string(obj) if _is_file(field) else getattr(obj, field.attname))
        for field in obj._meta.concrete_fields
        if (names is None or field.attname in names)
        and not isinstance(field, LookupHashField)
        and field.attname not in {"changed_at", "revision"}
    }


def filled(obj):
    """Return the snapshot of a new row without the fields that are empty."""
    return {name: value for name, value in snapshot(obj).items() if value not in (None, "", False)}


def changes(before, after):
    """Return the two snapshots reduced to the fields in which they differ."""
    names = [name for name in after if before.get(name) != after[name]]
    return {n: before.get(n) for n in names}, {n: after[n] for n in names}


@dataclass(frozen=True)
class Head:
    """The end of the chain at one moment; noted outside, it proves later that nothing was cut."""

    sequence: int
    hash: str

    def __str__(self):
        return f"{self.sequence}:{self.hash}"

    @classmethod
    def read(cls, text):
        """Read what ``str`` wrote. :raises ValueError: if it is something else."""
        sequence, _colon, digest = text.partition(":")
        return cls(int(sequence), digest)


def head():
    """Return the end of the chain as it is now."""
    row = LedgerHead.objects.get(pk=1)
    return Head(row.sequence, row.hash)


def faults(noted=None):
    """Walk the chain and return a sentence for every break; an empty list proves it whole.

    ``noted`` is a head written down outside at some earlier time: the chain must still hold it.
    """
    found, sequence, previous = [], 0, "0" * 64
    missing = noted is not None and noted.sequence > 0
    for entry in LedgerEntry.objects.order_by("sequence").iterator(chunk_size=BATCH):
        if entry.sequence != sequence + 1:
            found.append(f"{sequence + 1}: entries are missing before {entry.sequence}")
        if entry.previous_hash != previous:
            found.append(f"{entry.sequence}: does not follow the entry before it")
        if entry.hash != fingerprint(entry):
            found.append(f"{entry.sequence}: its content was altered")
        if noted and (noted.sequence, noted.hash) == (entry.sequence, entry.hash):
            missing = False
        sequence, previous = entry.sequence, entry.hash
    if missing:
        found.append(f"{noted.sequence}: the chain does not hold the head that was noted outside")
    if head() != Head(sequence, previous):
        found.append(f"{head().sequence}: the head does not match the last entry {sequence}")
    return found


def _entry(act, obj, *, by, reason="", legal_basis="", evidence=()):
    return LedgerEntry(
        at=timezone.now(),
        actor=by,
        actor_name=by.get_full_name() if by else SYSTEM,
        body=body_of(by) if by else "",
        act=act,
        subject_type=obj._meta.label_lower,
        subject_id=str(obj.pk),
        area=getattr(obj, "area", None),
        reason=reason,
        legal_basis=legal_basis,
        evidence=list(evidence),
    )


def _plain(value):
    # What JSON gives back as it is need not go through it; a batch writes hundreds of thousands.
    if type(value) in AS_IT_IS:
        return value
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _is_file(field):
    return isinstance(field, models.FileField)
