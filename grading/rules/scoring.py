"""Score sheets: what a member gives on each criterion, whether it may be given, what it adds up to.

Sheets are kept by application and member, never by their place in a list: one assessor's sheet
cannot take the place of another's. A sheet with a fault counts for nothing until it is mended; what
is missing is never nought.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules.rounding import HALF_UP, exactly, mean, rounded

MEAN, TRIMMED_MEAN, MEDIAN = "mean", "trimmed_mean", "median"
NUMBER = re.compile(r"[-+]?[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True)
class Criterion:
    """A line of the sheet: scores from ``low`` to ``high`` in steps that begin at ``low``.

    ``anchors`` are pairs (score, sentence): what a work of that score looks like.
    """

    code: str
    high: Decimal
    low: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    weight: Decimal = Decimal(1)
    anchors: tuple = ()

    def anchor(self, score):
        """Return the sentence of the highest anchor that a score reaches; empty below the first."""
        reached = [one for one in self.anchors if exactly(one[0]) <= exactly(score)]
        return max(reached, key=lambda one: exactly(one[0]))[1] if reached else ""


@dataclass(frozen=True)
class Sheet:
    """What a member gave an application, or that the member abstained and why."""

    member: object
    application: object
    scores: dict = field(default_factory=dict, hash=False)
    abstained: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Combining:
    """How the totals of several members become one score.

    ``trim`` totals are left out at each end of a trimmed mean. ``least`` is how many totals there
    must be; abstentions are none.
    """

    kind: str = MEAN
    places: int = 2
    rounding: str = HALF_UP
    trim: int = 1
    least: int = 1

    @property
    def fewest(self):
        """How many totals are needed; of a trimmed mean one at least is left."""
        return max(self.least, 2 * self.trim + 1 if self.kind == TRIMMED_MEAN else 1)


@dataclass(frozen=True)
class Combined:
    """One score of several members: None with the reason if it cannot be formed.

    ``used`` and ``trimmed`` are the members whose totals were used and left out.
    """

    score: Decimal | None
    used: tuple = ()
    trimmed: tuple = ()
    why: str = ""


class MalformedSheets(ValueError):
    """Sheets that cannot be read. ``rows`` is {row number: its faults}; nothing is scored."""

    def __init__(self, rows):
        self.rows = rows
        super().__init__(
            " ".join(
                _("Row %(row)d: %(faults)s") % {"row": row, "faults": " ".join(faults)}
                for row, faults in rows.items()
            )
        )


def read_sheets(rows, criteria):
    """Return the sheets of rows as {application: {member: Sheet}}; the rows are numbered from 1.

    A row is a mapping with ``member``, ``application`` and ``scores`` or ``abstained`` with
    ``reason``; scores may be written as text.

    :raises MalformedSheets: naming every row with a fault, and all its faults. There is no result
        then: a row that cannot be read is not a row without scores.
    """
    faulty, kept = {}, {}
    for number, row in enumerate(rows, 1):
        sheet, faults = _read(row, criteria)
        if not faults and sheet.member in kept.get(sheet.application, {}):
            faults = [_("This member's sheet for this application is there already.")]
        if faults:
            faulty[number] = faults
        else:
            kept.setdefault(sheet.application, {})[sheet.member] = sheet
    if faulty:
        raise MalformedSheets(faulty)
    return kept


def by_application(sheets):
    """Return sheets as {application: {member: Sheet}}, the same in whatever order they came.

    :raises ValueError: if a member has two for one application: neither may replace the other.
    """
    kept = {}
    for sheet in sheets:
        of_application = kept.setdefault(sheet.application, {})
        if sheet.member in of_application:
            raise ValueError(f"Two sheets of {sheet.member} for {sheet.application}.")
        of_application[sheet.member] = sheet
    return kept


def sheet_faults(sheet, criteria):
    """Return every fault of a sheet; none means that it counts."""
    if sheet.abstained:
        return _abstention_faults(sheet)
    known = {criterion.code for criterion in criteria}
    found = [
        _("%(criterion)s is not on the sheet.") % {"criterion": code}
        for code in sheet.scores
        if code not in known
    ]
    for criterion in criteria:
        found += _score_faults(criterion, sheet.scores.get(criterion.code))
    return found


def total(sheet, criteria):
    """Return the exact total of a sheet, each score times its weight; None of an abstention.

    :raises ValueError: naming the faults, if the sheet has any.
    """
    faults = sheet_faults(sheet, criteria)
    if faults:
        raise ValueError(" ".join(faults))
    if sheet.abstained:
        return None
    return _as_decimal(
        sum(_exact_score(sheet.scores[one.code]) * exactly(one.weight) for one in criteria)
    )


def bounds(criteria):
    """Return the lowest and the highest total that a sheet can have."""
    return tuple(
        _as_decimal(sum(exactly(getattr(one, end)) * exactly(one.weight) for one in criteria))
        for end in ("low", "high")
    )


def totals(sheets, criteria):
    """Return {member: total} of one application's {member: Sheet}, without those who abstained."""
    found = {member: total(sheet, criteria) for member, sheet in sheets.items()}
    return {member: one for member, one in found.items() if one is not None}


def combined(totals, how):
    """Return the ``Combined`` score of {member: total}, rounded once at the end."""
    if len(totals) < how.fewest:
        said = {"number": len(totals), "least": how.fewest}
        why = _("There are %(number)d scores; %(least)d are needed.") % said
        return Combined(None, used=tuple(sorted(totals)), why=why)
    order = sorted(totals, key=lambda member: (exactly(totals[member]), str(member)))
    cut = how.trim if how.kind == TRIMMED_MEAN else 0
    used = order[cut : len(order) - cut]
    middle = used[(len(used) - 1) // 2 : len(used) // 2 + 1] if how.kind == MEDIAN else used
    return Combined(
        rounded(mean(totals[member] for member in middle), how.places, how.rounding),
        used=tuple(sorted(used)),
        trimmed=tuple(sorted(set(order) - set(used))),
    )


def _read(row, criteria):
    """Return the sheet of a row, and its faults."""
    scores = row.get("scores") or {} if isinstance(row, Mapping) else None
    if not isinstance(scores, Mapping):
        return None, [_("The scores cannot be read.")]
    missing = [name for name in ("member", "application") if not _is_a_name(row.get(name))]
    if missing:
        return None, [_("%(name)s is missing.") % {"name": name} for name in missing]
    sheet = Sheet(
        member=row["member"],
        application=row["application"],
        scores=dict(scores),
        abstained=row.get("abstained") is True,
        reason=str(row.get("reason") or ""),
    )
    return sheet, sheet_faults(sheet, criteria)


def _is_a_name(value):
    return isinstance(value, Hashable) and value is not None and value != ""


def _exact_score(score):
    """Return a score, or the text of one, as a fraction; a text is no longer than a score can be.

    :raises TypeError: or ValueError, if it is no exact number.
    """
    if isinstance(score, str) and not NUMBER.fullmatch(score.strip()):
        raise ValueError(f"{score!r} is no number.")
    return exactly(score)


def _abstention_faults(sheet):
    found = []
    if not sheet.reason.strip():
        found.append(_("Give the reason for abstaining."))
    if any(score not in (None, "") for score in sheet.scores.values()):
        found.append(_("Who abstains gives no scores."))
    return found


def _score_faults(criterion, score):
    said = {
        "criterion": criterion.code,
        "score": score,
        "low": criterion.low,
        "high": criterion.high,
        "step": criterion.step,
    }
    if score is None or score == "":
        return [_("%(criterion)s is missing.") % said]
    try:
        value = _exact_score(score)
    except (TypeError, ValueError):
        return [_("%(criterion)s: “%(score)s” is no exact number.") % said]
    found = []
    if not exactly(criterion.low) <= value <= exactly(criterion.high):
        found.append(_("%(criterion)s: %(score)s is not from %(low)s to %(high)s.") % said)
    if ((value - exactly(criterion.low)) / exactly(criterion.step)).denominator != 1:
        found.append(_("%(criterion)s: %(score)s is not on a step of %(step)s.") % said)
    return found


def _as_decimal(value):
    """Return an exact sum of decimals as the decimal it is."""
    value = Fraction(value)
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return rounded(value, places)
