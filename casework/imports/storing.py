"""Write what rows would do into the ledger of cases, in the transaction of the caller."""

from collections import defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.imports.stored import FIELDS
from casework.models import CaseOrigin, CaseParty, CaseRecord, CaseShare
from office.flow import Refused
from registry.models import Organization, Verdict

COLUMNS = [
    CaseRecord._meta.get_field(name).name
    for name in (*FIELDS, "division_id", "revision", "changed_at")
]


def store(batch, lines):
    """Enter some rows of an import: new cases, and changes of cases that are as they were shown.

    :raises Refused: if a case was entered or changed since the check.
    """
    new = [line for line in lines if line.verdict == Verdict.NEW]
    changed = [line for line in lines if line.verdict == Verdict.CHANGED]
    rows = locked(lines)
    for line in lines:
        row = rows.get(line.case_number)
        if (row.revision if row else None) != line.revision_before:
            raise Refused(
                _("The ledger has changed since the check (case %(number)s). Check the file again.")
                % {"number": line.case_number}
            )
    _enter(batch, new)
    rewrite([(rows[line.case_number], line.after, _parties(line, "after")) for line in changed])


def locked(lines):
    """Return {number: the case}, locked."""
    numbers = [line.case_number for line in lines]
    found = CaseRecord.objects.select_for_update(of=("self",)).filter(number__in=numbers)
    return {case.number: case for case in found.order_by("pk")}


def rewrite(changes):
    """Give cases the values of ``(case, values, parties or None)`` and count their revision up."""
    now, divisions = timezone.now(), _divisions(values for _case, values, _parties in changes)
    for case, values, _parties_of_case in changes:
        for name, value in values.items():
            if name != "shares":
                setattr(case, name, value)
        if "organization_id" in values:
            case.division_id = divisions[values["organization_id"]]
        case.revision += 1
        case.changed_at = now
    cases = [case for case, _values, _parties in changes]
    if cases:
        CaseRecord.objects.bulk_create(
            cases, update_conflicts=True, unique_fields=["id"], update_fields=COLUMNS
        )
    reshared = [(case, values["shares"]) for case, values, _p in changes if "shares" in values]
    CaseShare.objects.filter(case__in=[case for case, _shares in reshared]).delete()
    CaseShare.objects.bulk_create(_shares(reshared))
    _name_parties([(case, parties) for case, _v, parties in changes if parties is not None])


def _enter(batch, lines):
    divisions = _divisions(line.after for line in lines)
    origin = CaseOrigin.PUSHED if batch.key_id else CaseOrigin.IMPORTED
    cases = []
    for line in lines:
        values = {name: value for name, value in line.after.items() if name != "shares"}
        cases.append(
            CaseRecord(
                number=line.case_number,
                division_id=divisions[values["organization_id"]],
                origin=origin,
                entered_by_id=batch.uploaded_by_id,
                **values,
            )
        )
    CaseRecord.objects.bulk_create(cases)
    pairs = list(zip(cases, lines, strict=True))
    CaseShare.objects.bulk_create(_shares((case, line.after["shares"]) for case, line in pairs))
    CaseParty.objects.bulk_create(
        _party(case, party) for case, line in pairs for party in _parties(line, "after") or ()
    )


def _divisions(values):
    """Return {organisation: its division} of the organisations these values name."""
    pks = {one["organization_id"] for one in values if "organization_id" in one}
    return dict(Organization.objects.filter(pk__in=pks).values_list("pk", "division_id"))


def _shares(pairs):
    return [
        CaseShare(case=case, mediator_id=person, role=role, weight=weight)
        for case, shares in pairs
        for person, role, weight in shares
    ]


def _parties(line, when):
    return line.told_parties[when] if line.parties else None


def _party(case, party):
    side, unit, name, phone = party
    return CaseParty(case=case, side=side, is_unit=unit, name=name, phone=phone)


def _name_parties(pairs):
    """Make the parties of cases those given; who is named already keeps the row."""
    known = defaultdict(dict)
    for party in CaseParty.objects.filter(case__in=[case for case, _parties in pairs]):
        known[party.case_id][party.side, party.name] = party
    made, renamed, gone = [], [], []
    for case, parties in pairs:
        left = known[case.pk]
        for side, unit, name, phone in parties:
            party = left.pop((side, name), None)
            if party is None:
                made.append(_party(case, (side, unit, name, phone)))
            elif party.phone != phone:
                party.phone = phone
                renamed.append(party)
        gone += left.values()
    CaseParty.objects.filter(pk__in=[party.pk for party in gone]).delete()
    CaseParty.objects.bulk_update(renamed, ["phone"])
    CaseParty.objects.bulk_create(made)
