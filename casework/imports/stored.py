"""What the ledger holds about the cases of some rows, as plain values that compare and keep."""

from collections import defaultdict

from casework.models import CaseParty, CaseRecord, CaseShare

FIELDS = (
    "organization_id", "dispute_type_id", "difficulty_id", "source", "accepted_on", "closed_on",
    "people", "amount", "attempts", "state", "agreement", "agreed_on", "fulfilment", "due_on",
    "fulfilled_on", "is_voluntary", "confirmation", "confirmation_on", "transferred_to",
    "documents",
)  # fmt: skip
DAYS = frozenset(
    ["accepted_on", "closed_on", "agreed_on", "due_on", "fulfilled_on", "confirmation_on"]
)


def cases_by_number(numbers):
    """Return {number: plain values, with the primary key and the revision}."""
    columns = ("number", "pk", "revision", *FIELDS)
    rows = CaseRecord.objects.filter(number__in=numbers).values(*columns)
    return {row["number"]: _plain(row) for row in rows.order_by()}


def _plain(row):
    for name in DAYS:
        if row[name]:
            row[name] = row[name].isoformat()
    if row["amount"] is not None:
        row["amount"] = f"{row['amount']:.2f}"
    row["documents"] = sorted(row["documents"])
    return row


def shares_of(pks):
    """Return {case: [[person, part, weight]]}, whoever leads first."""
    found = defaultdict(list)
    rows = CaseShare.objects.filter(case__in=pks).order_by("pk")
    for case, person, role, weight in rows.values_list("case_id", "mediator_id", "role", "weight"):
        found[case].append([person, role, weight])
    for shares in found.values():
        shares.sort(key=lambda share: share[1] != "lead")
    return found


def parties_of(pks):
    """Return {case: [[side, whether a unit, name, telephone]]}."""
    found = defaultdict(list)
    for party in CaseParty.objects.filter(case__in=pks).order_by("pk"):
        found[party.case_id].append([party.side, party.is_unit, party.name, party.phone])
    for parties in found.values():
        parties.sort(key=lambda party: ["applicant", "respondent"].index(party[0])
                     if party[0] != "other" else 2)  # fmt: skip
    return found


def plain_shares(people, stored):
    """Return the parts of those named; people who are known keep theirs unless weights differ."""
    same_people = [person for person, _weight in people] == [share[0] for share in stored]
    given = [weight for _person, weight in people]
    if same_people and (given[0] is None or _are_alike(given, [share[2] for share in stored])):
        return stored
    roles = {person: role for person, role, _weight in stored}
    shares = []
    for place, (person, weight) in enumerate(people):
        role = "recorder" if roles.get(person) == "recorder" and place else "together"
        shares.append([person, role if place else "lead", weight or 1])
    return shares


def _are_alike(weights, others):
    """Whether both divide a whole in the same parts: 3 to 2 is 60 to 40."""
    whole, other = sum(weights), sum(others)
    return all(one * other == two * whole for one, two in zip(weights, others, strict=True))
