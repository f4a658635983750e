"""Rows of organisations against the register: which is known, what would change."""

from collections import defaultdict

from django.utils.translation import gettext as _

from registry.flows import ORGANIZATION, OrganizationState
from registry.imports.outcomes import Outcome, judged, plain
from registry.imports.places import Places, committee_key
from registry.imports.places import plain as plain_name
from registry.imports.rows import OrganizationReader
from registry.imports.terms import Terms
from registry.models import Division, Organization, Speciality

GONE = [OrganizationState.DEREGISTERED, OrganizationState.NOT_LISTED]
ON_ROSTER = [
    OrganizationState.LISTED,
    OrganizationState.CHANGE_PENDING,
    OrganizationState.RECTIFYING,
    OrganizationState.CLOSING,
]
FIELDS = (
    "name", "kind", "division_id", "established_on", "filed_on", "founding_unit", "credit_code",
    "number", "address", "phone", "hours", "short_name", "field_id",
)  # fmt: skip
EMPTY = {"established_on": None, "filed_on": None, "number": None, "field_id": None}


def places_of(division):
    """Return the places below a filing division."""
    below = Division.objects.in_division(division).exclude(pk=division.pk)
    return Places(division, below.values_list("pk", "name", "level", "parent_id"))


def names_above(division):
    """Return the names people write before an organisation: the division and those above it."""
    names = []
    while division is not None:
        names.insert(0, plain_name(division.name))
        division = division.parent
    return names


class Index:
    """The organisations of a filing division by the keys of their names."""

    def __init__(self, division, states_out=GONE):
        self.above = names_above(division)
        self.by_key, self.divisions, self.states = defaultdict(list), {}, {}
        rows = Organization.objects.in_division(division).exclude(state__in=states_out)
        for pk, name, short, place, state, into in rows.values_list(
            "pk", "name", "short_name", "division_id", "state", "merged_into"
        ).iterator():
            if into is None:
                self.divisions[pk], self.states[pk] = place, state
            for key in {self.key(name), self.key(short)} - {""}:
                # The name of an entry that was merged leads to the one that was kept.
                if (into or pk) not in self.by_key[key]:
                    self.by_key[key].append(into or pk)

    def key(self, name):
        return committee_key(name, self.above)

    def find(self, name, span=None):
        """Return the organisations called so; within a span of divisions, if that settles it."""
        found = self.by_key.get(self.key(name), [])
        if span is not None and len(found) > 1:
            low, high = span
            found = [pk for pk in found if low <= self.divisions[pk] < high]
        return found


class Bodies:
    """Judges rows of organisations for one filing division, in the order of the file."""

    reader = OrganizationReader
    model = Organization

    def __init__(self, division, *, today, lock=False):
        self.division, self.today, self.lock = division, today, lock
        self.places, self.index = places_of(division), Index(division)
        self.fields = Terms(Speciality)
        self.seen = {"name": {}, "credit_code": {}, "number": {}}

    def judge(self, drafts):
        """Return the outcome of each draft."""
        for draft in drafts:
            self._place(draft)
        pks = {pk for draft in drafts if not draft.faults for pk in self._known(draft)}
        rows = Organization.objects.filter(pk__in=pks)
        known = (rows.select_for_update() if self.lock else rows).in_bulk()
        owners = {name: self._owners(drafts, name) for name in ("credit_code", "number")}
        return [self._outcome(draft, known, owners) for draft in drafts]

    def _place(self, draft):
        """Find the division: what the row says, else what the name tells, else the filing one."""
        values = draft.values
        township = village = None
        if text := values.pop("township", None):
            township = self.places.township(text)
            if township is None and plain_name(text) != plain_name(self.division.name):
                sentence = _("No township or village of this name lies in %(division)s.")
                draft.refuse("township", sentence % {"division": self.division})
        if text := values.pop("village", None):
            village = self.places.village(text, township)
            if village is None:
                draft.remark("village", _("No village of this name is known there."))
        named = self.places.of_organization(self.index.key(values.get("name", "")), township)
        values["division_id"] = village or named or township or self.division.pk
        if word := values.pop("field", None):
            found, others = self.fields.read([word])
            if found:
                values["field_id"] = found[0]
            for other in others:
                draft.remark("field", _("“%(word)s” is not in the list.") % {"word": other})

    def _known(self, draft):
        """Return the organisations of this name, in this place if there are several."""
        found = self.index.find(draft.values.get("name", ""))
        here = [pk for pk in found if self.index.divisions[pk] == draft.values["division_id"]]
        elsewhere = {self.index.divisions[pk] for pk in found} - {self.division.pk}
        if here or (draft.values["division_id"] != self.division.pk and elsewhere):
            # The same name in another township is another organisation.
            return here or [pk for pk in found if self._around(pk, draft.values["division_id"])]
        return found

    def _around(self, pk, division_id):
        """Whether the register has it in the same township, only not in the same village."""
        return self.index.divisions[pk] // 1000 == division_id // 1000

    def _owners(self, drafts, name):
        given = [draft.values[name] for draft in drafts if draft.values.get(name)]
        rows = Organization.objects.filter(**{f"{name}__in": given})
        return dict(rows.values_list(name, "pk"))

    def _outcome(self, draft, known, owners):
        found = self._known(draft) if "name" in draft.values else []
        self._once(draft, found)
        row = known.get(found[0]) if found else None
        if len(found) > 1:
            draft.refuse("name", _("Several organisations in the register are called so."))
        for name, owner in owners.items():
            taken = owner.get(draft.values.get(name))
            if taken is not None and (row is None or taken != row.pk):
                draft.refuse(name, _("Another organisation in the register has this number."))
        if row is not None and row.state not in ORGANIZATION.editable:
            draft.refuse("name", _("In its present state this organisation may not be changed."))
        if draft.faults:
            return Outcome(draft)
        old = None if row is None else picture(row)
        new = self._after(draft, old)
        return judged(draft, old, new, row.public_id if row else "", {"organization": row})

    def _once(self, draft, found):
        """Of two rows about one organisation the first stands."""
        values = draft.values
        same = {
            "name": found[0]
            if found
            else (self.index.key(values.get("name", "")), values["division_id"]),
            "credit_code": values.get("credit_code"),
            "number": values.get("number"),
        }
        for name, key in same.items():
            if not key or not values.get(name):
                continue
            first = self.seen[name].setdefault(key, draft.number)
            if first != draft.number:
                sentence = _("It stands already in row %(row)d of the file.")
                draft.refuse(name, sentence % {"row": first})

    def _after(self, draft, old):
        given = {name: plain(draft.values[name]) for name in FIELDS if name in draft.values}
        if old is None:
            return {name: EMPTY.get(name, "") for name in FIELDS} | given
        # People shorten names, and a wider place must not replace a closer one.
        del given["name"]
        if given["division_id"] == self.division.pk:
            del given["division_id"]
        return old | given


def picture(row):
    """Return what the register says of an organisation, as plain values."""
    return {name: plain(getattr(row, name)) for name in FIELDS}
