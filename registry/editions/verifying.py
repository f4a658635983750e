"""Is a file an edition of this register, is it unaltered, and does the register still say so?"""

from dataclasses import dataclass

from django.db.models import Q

from office.ledger import Head
from office.models import LedgerEntry
from registry.editions.content import content_of
from registry.editions.files import sha256
from registry.models import Edition


@dataclass(frozen=True)
class Verdict:
    """What became of a check; ``faults`` are sentences, none means that all agrees."""

    edition: Edition | None
    faults: list


def verify(data):
    """Return the verdict on a file (bytes)."""
    digest = sha256(data)
    edition = Edition.objects.public().filter(Q(pdf_sha256=digest) | Q(xlsx_sha256=digest)).first()
    if edition is None:
        return Verdict(None, ["No published edition has this file: it is another one or altered."])
    faults = []
    if edition.withdrawn_on:
        faults.append(f"The edition was withdrawn on {edition.withdrawn_on}.")
    if content_of(edition).digest != edition.digest:
        faults.append("The register gives other rows for this edition.")
    if not _is_in_the_ledger(Head.read(edition.ledger_head)):
        faults.append("The ledger does not hold the head that the edition names.")
    return Verdict(edition, faults)


def _is_in_the_ledger(head):
    return LedgerEntry.objects.filter(sequence=head.sequence, hash=head.hash).exists()
