"""How a case is written: what is tested of it every time, and what the ledger tells of it."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.flows import what_bars_changes
from casework.models import CaseParty, CaseRecord, CaseSeries, CaseShare, DifficultyScheme
from casework.rules.cases import MOST_PARTIES, case_number, date_faults, share_faults
from office import ledger
from office.flow import Refused
from registry.rules import county_code

# What follows from how a case ended; gone when it is opened again.
OUTCOME = {
    "closed_on": None,
    "agreement": "",
    "agreed_on": None,
    "fulfilment": "",
    "due_on": None,
    "fulfilled_on": None,
    "is_voluntary": None,
    "confirmation": "",
    "confirmation_on": None,
    "judgment": "",
    "transferred_to": "",
}
# What may be filled in at any time: no money depends on it.
ALWAYS_FREE = {"summary", "documents", "attempts"}


def lock_series(division_id, year):
    """Return the series of a county and a year, locked until the transaction ends.

    An act that writes to the ledger first and takes a number then would wait for one that does it
    the other way round, and that one for it: whoever does both locks the series before.
    """
    key = {"county": county_code(division_id), "year": year}
    CaseSeries.objects.get_or_create(**key)
    return CaseSeries.objects.select_for_update().get(**key)


def next_number(division_id, year):
    """Return the next number of a county and a year."""
    series = lock_series(division_id, year)
    while True:
        series.last += 1
        number = case_number(series.county, series.year, series.last)
        # Numbers of imported cases may be of the same form.
        if not CaseRecord.objects.filter(number=number).exists():
            series.save()
            return number


@contextmanager
def noting(act, pk, states, said, *, by, reason="", evidence=()):
    """Lock a case of one of the states, hand it over to be written, then save and log it.

    :raises Refused: with ``said`` if the case is in another state.
    """
    with transaction.atomic():
        case = locked(pk)
        if case.state not in states:
            raise Refused(said)
        before = ledger.snapshot(case)
        yield case
        case.revision += 1
        case.full_clean()
        case.save()
        old, new = ledger.changes(before, ledger.snapshot(case))
        note = {"by": by, "reason": reason, "evidence": evidence, "before": old, "after": new}
        ledger.append(f"casework.caserecord.{act}", case, **note)


def locked(pk):
    """Return a case, locked until the transaction ends."""
    return CaseRecord.objects.select_for_update(of=("self",)).get(pk=pk)


def fill(case, fields):
    """Put values into a case.

    :raises TypeError: if there is no such field.
    """
    for name, value in fields.items():
        if not any(name == field.name for field in case._meta.concrete_fields):
            raise TypeError(f"A case has no field {name}.")
        setattr(case, name, value)


def check(case, today, *, class_is_new=False):
    """Test what no single field tells. :raises Refused: beside the fields it concerns.

    A case keeps the class it was once given, whatever scheme comes later.
    """
    found = {}
    for name, said in [*date_faults(case, today), *(_class_faults(case) if class_is_new else [])]:
        found.setdefault(name, []).append(said)
    if found:
        raise Refused(found)


def _class_faults(case):
    if case.difficulty is None:
        return []
    ruling = DifficultyScheme.objects.ruling(case.division_id, case.accepted_on)
    if ruling is not None and ruling.pk == case.difficulty.scheme_id:
        return []
    return [("difficulty", _("This class is not of the scheme that held when it was accepted."))]


def ask_leave(case, today):
    """:raises Refused: if something above bars a change of what was claimed or paid for."""
    if reasons := what_bars_changes([case.pk], today).get(case.pk):
        raise Refused(reasons)


def put_people(case, shares=None, parties=None):
    """Replace who mediated and who the parties are; None leaves them as they are.

    Returns what the ledger tells of both, as (before, after): of the parties only how many.
    """
    before, after = {}, {}
    if shares is not None:
        before["shares"], after["shares"] = _put_shares(case, shares)
    if parties is not None:
        before["parties"], after["parties"] = _put_parties(case, parties)
    return {name: value for name, value in before.items() if value}, after


def _put_shares(case, shares):
    """``shares`` are (mediator, role, weight). :raises Refused: if they do not go together."""
    if faults := share_faults([(person.pk, role, weight) for person, role, weight in shares]):
        raise Refused(faults)
    old = told_shares(case)
    case.shares.all().delete()
    for person, role, weight in shares:
        _saved(CaseShare(case=case, mediator=person, role=role, weight=weight))
    return old, told_shares(case)


def _put_parties(case, parties):
    """``parties`` are mappings of side, name, phone, is_unit. :raises Refused: if too many."""
    if len(parties) > MOST_PARTIES:
        raise Refused(
            _("A case has at most %(count)d parties: name who speaks for the others.")
            % {"count": MOST_PARTIES}
        )
    old, _deleted = case.parties.all().delete()
    for values in parties:
        _saved(CaseParty(case=case, **values))
    return old, len(parties)


def told_shares(case):
    """What the ledger tells of who mediated: the person's row, the part, the weight."""
    rows = case.shares.order_by("pk").values_list("mediator_id", "role", "weight")
    return [list(row) for row in rows]


def _saved(row):
    try:
        row.full_clean()
    except ValidationError as refusal:
        raise Refused(refusal.messages) from refusal
    row.save()
