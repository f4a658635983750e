"""Rows against the ledger: which cases are new, what would change, what is against it.

Thousands of rows at a time: the stored cases of all of them are read in a fixed number of queries.
"""

from dataclasses import dataclass, field

from casework.flows import CaseState, what_bars_changes
from casework.imports.seen import Seen
from casework.imports.stored import (
    FIELDS,
    cases_by_number,
    parties_of,
    plain_shares,
    shares_of,
)
from casework.rules.case_rows import BLANK, OF_SUCCESS, faults_of, settled
from registry.models import Verdict

# Taken over as the cell says it; the others are looked up.
TAKEN = (
    "source", "accepted_on", "closed_on", "people", "amount", "attempts", "agreement", "agreed_on",
    "fulfilment", "due_on", "fulfilled_on", "is_voluntary", "confirmation", "confirmation_on",
    "transferred_to", "documents",
)  # fmt: skip
SIDES = ("applicant", "respondent")


@dataclass(slots=True)
class Outcome:
    """What one row would do. ``before`` and ``after`` hold only what differs."""

    draft: object
    verdict: str = Verdict.ERROR
    revision: int | None = None
    before: dict = field(default_factory=dict)
    after: dict = field(default_factory=dict)
    parties_before: list | None = None
    parties_after: list | None = None

    @property
    def number(self):
        return self.draft.values.get("number", "")


class Judge:
    """Judges rows in the order of the file; remembers which numbers it has seen."""

    def __init__(self, reach, *, today):
        self.reach, self.today = reach, today
        self.seen = Seen()

    def judge(self, drafts):
        """Return the outcome of each draft."""
        for draft in drafts:
            self._once(draft)
        numbers = [one.values["number"] for one in drafts if "number" in one.values]
        stored = cases_by_number(numbers)
        known = [row["pk"] for row in stored.values()]
        shares = shares_of(known)
        wanted = any(side in one.values for one in drafts for side in SIDES)
        parties = parties_of(known) if wanted else {}
        outcomes = []
        for draft in drafts:
            row = stored.get(draft.values.get("number"))
            if row:
                row["shares"] = shares.get(row["pk"], [])
                row["parties"] = parties.get(row["pk"], [])
            outcomes.append(self._outcome(draft, row))
        self._ask_whether_they_may_change(outcomes, stored)
        return outcomes

    def _once(self, draft):
        number = draft.values.get("number")
        if number is None:
            if not any(fault[0] == "number" for fault in draft.faults):
                draft.refuse("number", "number_missing")
        else:
            first = self.seen.first(number, draft.sheet_row)
            if first != draft.sheet_row:
                draft.refuse("number", "number_repeated", first)

    def _outcome(self, draft, row):
        if row and not self.reach.holds(row["organization_id"]):
            # What else is wrong with the row would tell what that case says.
            draft.faults = [fault for fault in draft.faults if fault[0] != "number"]
            draft.refuse("number", "number_taken")
            return Outcome(draft)
        if row and row["state"] == CaseState.VOID:
            draft.refuse("number", "number_void")
            return Outcome(draft)
        stored = {name: row[name] for name in (*FIELDS, "shares")} if row else {**BLANK}
        given = self._given(draft, stored)
        case = settled(stored, given)
        # What could not be read, or found without its organisation, is not missing as well.
        unread = {fault[0] for fault in draft.faults} | (draft.values.keys() & {"mediators"})
        if "outcome" in unread:
            unread |= {"closed_on", *OF_SUCCESS}
        for column, code in faults_of(case, given, self.today):
            if column not in unread:
                draft.refuse(column, code)
        if draft.faults:
            return Outcome(draft)
        return self._compared(draft, row, stored, case)

    def _given(self, draft, stored):
        """Return what the row says, in the plain values of a case; refuse what is not known."""
        values = draft.values
        given = {name: values[name] for name in TAKEN if name in values}
        if "outcome" in values:
            given["state"] = str(values["outcome"])
        self._find(draft, given, "organization", "organization_id", self.reach.body)
        self._find(draft, given, "dispute_type", "dispute_type_id", self.reach.type)
        body = given.get("organization_id") or stored.get("organization_id")
        day = given.get("accepted_on") or stored.get("accepted_on")
        if "difficulty" in values and body and day:
            found, fault = self.reach.difficulty(values["difficulty"], body, day)
            given["difficulty_id"] = found
            if fault:
                draft.refuse("difficulty", fault, values["difficulty"])
        if "mediators" in values and body:
            given["shares"] = self._shares(draft, body, day, stored.get("shares") or [])
        return given

    def _find(self, draft, given, column, name, find):
        if column in draft.values:
            found, fault = find(draft.values[column])
            if fault:
                draft.refuse(column, fault, draft.values[column])
            else:
                given[name] = found

    def _shares(self, draft, body, day, stored):
        """Return [person, part, weight] of those named, the first leads; [] after a fault."""
        people = []
        for who, weight in draft.values["mediators"]:
            person, fault = self.reach.person(who, body, day)
            if fault or any(person == one for one, _weight in people):
                draft.refuse("mediators", fault or "mediator_twice", who)
                return []
            people.append((person, weight))
        return plain_shares(people, stored)

    def _compared(self, draft, row, stored, case):
        parties = [] if row is None else row["parties"]
        wanted = _parties(draft.values, parties)
        if row is None:
            after = {k: v for k, v in case.items() if k in ALWAYS or v not in ("", None, [])}
            return Outcome(draft, Verdict.NEW, after=after, parties_after=wanted or None)
        changed = [name for name in case if case[name] != stored[name]]
        outcome = Outcome(
            draft,
            Verdict.CHANGED if changed or wanted != parties else Verdict.SAME,
            revision=row["revision"],
            before={name: stored[name] for name in changed},
            after={name: case[name] for name in changed},
        )
        if wanted != parties:
            outcome.parties_before, outcome.parties_after = parties, wanted
        return outcome

    def _ask_whether_they_may_change(self, outcomes, stored):
        """Ask once about all changed cases."""
        changed = [one for one in outcomes if one.verdict == Verdict.CHANGED]
        if not changed:
            return
        barred = what_bars_changes([stored[one.number]["pk"] for one in changed], self.today)
        for outcome in changed:
            for said in barred.get(stored[outcome.number]["pk"], []):
                outcome.draft.refuse("number", "barred", said)
            if outcome.draft.faults:
                outcome.verdict, outcome.before, outcome.after = Verdict.ERROR, {}, {}
                outcome.parties_before = outcome.parties_after = None


ALWAYS = frozenset(["source", "attempts", "state"])


def _parties(values, stored):
    """Return [side, unit, name, telephone] as the row says; sides it is silent on stay."""
    parties = []
    for side in SIDES:
        of_side = [party for party in stored if party[0] == side]
        if side not in values:
            parties += of_side
            continue
        kept = {name: phone for _side, _unit, name, phone in of_side}
        phones = values.get(f"{side}_phone")
        for place, (name, unit) in enumerate(values[side]):
            if phones is None:
                phone = kept.get(name, "")
            else:
                phone = phones[place] if place < len(phones) else ""
            parties.append([side, unit, name, phone])
    return parties + [party for party in stored if party[0] not in SIDES]
