"""Severe and lenient members: by how much each differs from co-readers, and scores without that.

A total is taken as what the application is worth plus the leniency of who read it. Leniencies are
the least-squares solution of that, exact: each member's mean difference from the co-readers on the
applications they share, once the co-readers' own leniency is taken off. (A plain mean difference
would charge every co-reader of a severe member with lenience.) Calibration items, which all have
scored, are such shared applications.

* The leniencies of members whose readings hang together add up to nought over their readings, so
  the mean of all totals stays what it is.
* What is taken off a member's totals is one number, so their order stays what it is.
* A member with too few shared applications is not calibrated and serves nobody as a measure; the
  raw total stands, with the reason. So it does for members whom no shared application links.
* The raw total is always there beside the calibrated one. A calibrated one is not cut to the range
  of the sheet: it says where the work stands among the others, it is not a mark that was given.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules.rounding import HALF_UP, exactly, rounded


@dataclass(frozen=True)
class Leniency:
    """How much higher a member scores than the co-readers; negative is severe.

    ``shared`` is the sample: so many applications were read together with others who are
    calibrated. ``value`` is None, and ``why`` says the reason, where it is not known.
    """

    value: Fraction | None
    shared: int
    why: str = ""


@dataclass(frozen=True)
class Reading:
    """A total as given and as calibrated; equal, with the reason, if it is not calibrated."""

    raw: Decimal
    calibrated: Decimal
    why: str = ""

    @property
    def is_calibrated(self):
        """Whether the leniency of the member was taken off."""
        return not self.why


@dataclass(frozen=True)
class Calibration:
    """Leniencies as {member: Leniency}, readings as {application: {member: Reading}}.

    ``panels`` are the sets of members whose readings hang together: between members of different
    sets nothing is compared.
    """

    leniencies: dict
    readings: dict
    panels: tuple = ()


def calibrated(totals, *, minimum, places=2, rounding=HALF_UP, items=frozenset()):
    """Return the ``Calibration`` of {application: {member: total}}.

    ``minimum`` is the smallest sample (shared applications) that calibrates. ``items`` are the
    calibration items among the applications; they measure, and do not count in the mean that stays.
    """
    exact = {
        application: {member: exactly(one) for member, one in of_members.items()}
        for application, of_members in totals.items()
    }
    members = {member for of_members in exact.values() for member in of_members}
    samples, measured = _measured(exact, members, max(minimum, 1))
    panels = _panels(exact, measured)
    values = {}
    for panel in panels:
        values |= _solve(exact, panel, _readings_of(exact, panel, items))
    leniencies = {
        member: Leniency(
            values.get(member), samples[member], _why(member, values, samples, minimum)
        )
        for member in sorted(members)
    }
    return Calibration(leniencies, _readings(totals, leniencies, places, rounding), panels)


def _why(member, values, samples, minimum):
    if member in values:
        return ""
    said = {"shared": samples[member], "minimum": max(minimum, 1)}
    return _("Not calibrated: %(shared)d readings shared with others, %(minimum)d needed.") % said


def _readings(totals, leniencies, places, rounding):
    return {
        application: {
            member: _reading(raw, leniencies[member], places, rounding)
            for member, raw in of_members.items()
        }
        for application, of_members in totals.items()
    }


def _reading(raw, leniency, places, rounding):
    if leniency.value is None:
        return Reading(raw, raw, leniency.why)
    return Reading(raw, rounded(exactly(raw) - leniency.value, places, rounding))


def _measured(exact, members, minimum):
    """Return each member's sample, and the members whose sample is large enough.

    Who is left out no longer is a co-reader of others, so this is repeated until nobody is.
    """
    measured, samples = set(members), {}
    while True:
        shared = dict.fromkeys(measured, 0)
        for of_members in exact.values():
            together = of_members.keys() & measured
            for member in together if len(together) > 1 else ():
                shared[member] += 1
        samples |= shared
        enough = {member for member in measured if shared[member] >= minimum}
        if enough == measured:
            return samples, measured
        measured = enough


def _panels(exact, measured):
    """Return the sets of members linked by shared applications, each in order."""
    panel_of = {member: {member} for member in measured}
    for of_members in exact.values():
        together = [panel_of[member] for member in of_members if member in measured]
        for other in together[1:]:
            _join(panel_of, together[0], other)
    return tuple(sorted({tuple(sorted(panel)) for panel in panel_of.values()}))


def _join(panel_of, one, other):
    if panel_of[min(one)] is not panel_of[min(other)]:
        joined = panel_of[min(one)] | panel_of[min(other)]
        panel_of.update(dict.fromkeys(joined, joined))


def _readings_of(exact, panel, items):
    """Return how many readings each member has: those that are ranked, if there are any."""
    ranked = {application: one for application, one in exact.items() if application not in items}
    for applications in (ranked, exact):
        counts = {
            member: sum(member in of_members for of_members in applications.values())
            for member in panel
        }
        if any(counts.values()):
            return counts
    return counts


def _solve(exact, panel, readings):
    """Return {member: leniency} of members that are linked, adding up to nought over readings."""
    matrix, differences = _equations(exact, panel)
    # One equation follows from the others; the condition on the sum takes its place.
    rows = [[matrix[one][other] for other in panel] + [differences[one]] for one in panel[1:]]
    rows.append([Fraction(readings[member]) for member in panel] + [Fraction(0)])
    return dict(zip(panel, _eliminated(rows), strict=True))


def _equations(exact, panel):
    """Return, for each member, the sums over shared applications of who differs by how much."""
    matrix = defaultdict(lambda: defaultdict(Fraction))
    differences = defaultdict(Fraction)
    inside = set(panel)
    for of_members in exact.values():
        together = [member for member in of_members if member in inside]
        if len(together) < 2:
            continue
        part = Fraction(1, len(together))
        middle = sum(of_members[member] for member in together) * part
        for one in together:
            differences[one] += of_members[one] - middle
            matrix[one][one] += 1
            for other in together:
                matrix[one][other] -= part
    return matrix, differences


def _eliminated(rows):
    """Return the exact solution of linear equations with one; rows end in their right side."""
    size = len(rows)
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        divisor = rows[column][column]
        rows[column] = [value / divisor for value in rows[column]]
        for row in range(size):
            factor = rows[row][column]
            if row != column and factor:
                rows[row] = [
                    value - factor * other
                    for value, other in zip(rows[row], rows[column], strict=True)
                ]
    return [row[-1] for row in rows]
