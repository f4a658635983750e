"""Kinds of certificates and seals: set by the bureau from a day on, never edited."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from office.pictures import reencode
from office.scopes import grants_of
from training.models import CertificateKind, Seal


@transaction.atomic
def add_certificate_kind(*, by, today, reason, **fields):
    """Begin a kind of certificate; one of the same code and division ends the day it begins.

    :raises Refused: if that one begins no earlier.
    """
    kind = CertificateKind(**fields)
    open_rows = CertificateKind.objects.select_for_update(of=("self",)).filter(until_on=None)
    _end_before(open_rows.filter(code=kind.code, division=kind.division).first(), kind, by, reason)
    return _entered("training.certificatekind.add", kind, by=by, reason=reason)


@transaction.atomic
def end_certificate_kind(pk, *, by, today, reason, until_on):
    """Issue a kind no longer from a day on.

    :raises Refused: if it ended before, or the day is not after its first.
    """
    kind = CertificateKind.objects.select_for_update(of=("self",)).get(pk=pk)
    if kind.until_on is not None:
        raise Refused(_("This kind ended before."))
    if not is_ones_own(kind, by):
        raise Refused(_("This kind comes from above: only who set it ends it."))
    return _ended("training.certificatekind.end", kind, until_on, by=by, reason=reason)


def is_ones_own(row, by):
    """Whether the division of a row lies in a post of the officer; what comes from above does not.

    A bureau sees the kinds that hold for it, and ends only its own.
    """
    if by is None or by.is_superuser:
        return True
    spans = [(one.low, one.high) for one in grants_of(by, "training.change_certificatekind")]
    return row.division_id is not None and any(
        low is not None and low <= row.division_id < high for low, high in spans
    )


@transaction.atomic
def add_seal(*, by, today, reason, picture, **fields):
    """Keep the picture of a seal, drawn anew; the one before it ends the day this one begins.

    :raises ValidationError: if the file is no usable picture.
    """
    seal = Seal(picture=reencode(picture), added_by=by, **fields)
    open_rows = Seal.objects.select_for_update(of=("self",)).filter(until_on=None)
    _end_before(open_rows.filter(division=seal.division).first(), seal, by, reason)
    return _entered("training.seal.add", seal, by=by, reason=reason)


@transaction.atomic
def end_seal(pk, *, by, today, reason, until_on):
    """Print a seal no longer from a day on. :raises Refused: as :func:`end_certificate_kind`."""
    seal = Seal.objects.select_for_update(of=("self",)).get(pk=pk)
    if seal.until_on is not None:
        raise Refused(_("This seal ended before."))
    return _ended("training.seal.end", seal, until_on, by=by, reason=reason)


@transaction.atomic
def load_certificate_kinds(content):
    """Store the kinds of a list of plain values that are not there yet; returns how many."""
    added = 0
    for values in content["kinds"]:
        if not CertificateKind.objects.filter(code=values["code"], division=None).exists():
            _entered("training.certificatekind.add", CertificateKind(**values), by=None)
            added += 1
    return added


def _end_before(standing, new, by, reason):
    if standing is None:
        return
    if standing.from_on >= new.from_on:
        raise Refused({"from_on": _("It must begin after the one whose place it takes.")})
    act = f"{standing._meta.label_lower}.end"
    _ended(act, standing, new.from_on, by=by, reason=reason)


def _ended(act, row, until_on, **note):
    row.until_on = until_on
    row.revision += 1
    row.full_clean()
    row.save()
    after = {"until_on": until_on.isoformat()}
    ledger.append(act, row, before={"until_on": None}, after=after, **note)
    return row


def _entered(act, row, **note):
    row.full_clean()
    row.save()
    # Values of files may still be strings of a form; the row as stored is what is told.
    row.refresh_from_db()
    ledger.append(act, row, after=ledger.filled(row), **note)
    return row
