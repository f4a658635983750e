"""One item of a scoring sheet: what so many events are worth (P19)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.unknown import UNK

PENDING = "pending"
# How the kind of an item is told: by the name its points stand under.
NAMES = {
    "fixed": ("fixed", "once"),
    "each": ("each", "each_time", "per", "per_occurrence", "per_event", "per_time", "add"),
    "deduct": ("deduct", "minus"),
    "steps": ("steps", "step_table", "table"),
    "range": ("range", "manual"),
    "growing": ("growing", "growing_deduction"),
}
# ... or by a word that stands beside them.
KINDS = {
    "fixed": "fixed", "once": "fixed",
    "each": "each", "per": "each", "per_occurrence": "each", "per_event": "each", "add": "each",
    "occurrence": "each", "count": "each",
    "deduct": "deduct", "deduction": "deduct",
    "step": "steps", "steps": "steps", "step_table": "steps",
    "range": "range", "manual": "range", "manual_range": "range",
    "growing": "growing", "growing_deduction": "growing",
}  # fmt: skip
POINTS = ("points", "score", "value")
FIRST = ("first", "first_day", "first_time")
FURTHER = ("then", "per_day", "then_per_day", "each_further_day")
BASE, FLOOR, CAP = ("base", "base_score"), ("floor", "min"), ("cap", "max")


@dataclass(frozen=True)
class Item:
    """An item; ``points`` depends on the kind, ``sign`` is -1 for what is taken away.

    ``floor`` and ``cap`` are None where there is none.
    """

    at: str
    name: str
    kind: str
    points: object
    sign: int = 1
    base: object = None
    floor: object = None
    cap: object = None
    bonus: bool = False
    default: object = None

    def score(self, event):
        """Return the points for what happened: UNK, or ``pending`` if nobody has said it.

        Nothing said means that nothing happened, but a score that a person gives is not nothing.

        :raises SchemeFault: if the event is of another kind than the item.
        """
        event = self.default if event is None else event
        if event is None and self.kind == "range":
            return PENDING
        points = Decimal(0) if event is None else getattr(self, f"_{self.kind}")(event)
        if points == 0 and self.base is None:
            return Decimal(0)
        if UNK in (points, self.base, self.floor, self.cap):
            return UNK
        base = self.base or 0
        base = Fraction(base) if isinstance(points, Fraction) else base
        return limited(self.sign * points + base, self.floor, self.cap)

    def score_for(self, number, share):
        """Return the exact points for a number reached in a part of the period: as if it had gone
        on like this. Only a table of steps, and so much each time, can be scaled.
        """
        number = Fraction(number) / share
        if self.kind == "steps":
            reached = [points for least, points in self.points if least <= number]
            points = reached[-1] if reached else Decimal(0)
        else:
            points = UNK if self.points is UNK else Fraction(self.points) * number
        if UNK in (points, self.floor, self.cap):
            return UNK
        return limited(Fraction(points), self.floor, self.cap)

    def _fixed(self, event):
        count = int(event) if isinstance(event, bool) else self._whole(event)
        if count > 1:
            raise self._strange(event)
        return self.points if count else Decimal(0)

    def _each(self, event):
        count = int(event) if isinstance(event, bool) else self._whole(event)
        if not count:
            return Decimal(0)
        return UNK if self.points is UNK else self.points * count

    def _steps(self, event):
        reached = [points for least, points in self.points if least <= self._number(event)]
        return reached[-1] if reached else Decimal(0)

    def _range(self, event):
        least, most = self.points
        number = self._number(event)
        if UNK in (least, most):
            return UNK
        if not least <= number <= most:
            told = {"event": event, "least": least, "most": most}
            raise spelling.fault(
                f"events.{self.name}",
                _("“%(event)s” is not between %(least)s and %(most)s.") % told,
            )
        return number

    def _growing(self, event):
        """A lateness of one day costs the first number, every further day of it the second.

        Where only the first time costs the first number, every later one costs the second a day.
        """
        if not isinstance(event, list):
            raise self._strange(event)
        late = [days for one in event if (days := self._whole(one))]
        first, further, once = self.points
        firsts = min(len(late), 1) if once else len(late)
        furthers = sum(late[1:]) if once else sum(late) - len(late)
        if (first is UNK and firsts) or (further is UNK and furthers):
            return UNK
        return (first * firsts if firsts else 0) + (further * furthers if furthers else Decimal(0))

    def _climbing(self, event):
        """The first time costs the first number, the next the second, all later ones the last, or
        each by so much more than the one before.
        """
        count = int(event) if isinstance(event, bool) else self._whole(event)
        costs, more = self.points
        listed, later = costs[:count], max(count - len(costs), 0)
        if UNK in listed or (later and UNK in (costs[-1], more)):
            return UNK
        growing = later * costs[-1] + more * (later * (later + 1) // 2) if later else Decimal(0)
        return sum(listed, growing)

    def _whole(self, event):
        number = self._number(event)
        if number < 0 or number != int(number):
            raise self._strange(event)
        return int(number)

    def _number(self, event):
        if isinstance(event, Fraction):
            return int(event) if event.denominator == 1 else event
        if isinstance(event, bool | list | dict) or not isinstance(event, int | str | Decimal):
            raise self._strange(event)
        try:
            number = Decimal(event)
        except ArithmeticError:
            raise self._strange(event) from None
        if not number.is_finite():
            raise self._strange(event)
        return number

    def _strange(self, event):
        sentence = _("“%s” does not fit this item.") % (event,)
        return spelling.fault(f"events.{self.name}", sentence)


def limited(points, floor, cap):
    """Return points that are neither under the floor nor above the cap, where there are any."""
    points = points if floor is None else max(points, floor)
    return points if cap is None else min(points, cap)


def read_item(scheme, at, name, written, sign=1):
    """Return an item as the rule writes it; a bare number is worth so much each time.

    :raises SchemeFault: if it is of no kind, or of two.
    """
    settings = dict(written) if isinstance(written, dict) else {"each": written}
    kind, points = kind_of(at, settings)
    if kind == "deduct" and isinstance(points, list | dict):
        kind = "climbing"
    spelling.only(at, settings, *BASE, *FLOOR, *CAP, "full", "bonus", "default", "sign")
    points = _POINTS[kind](scheme, at, points)
    full = settings.pop("full", None)
    if kind in ("deduct", "growing", "climbing") or settings.get("sign") in ("-", "minus", -1):
        sign = -1
    if sign == -1 or _is_negative(points):
        sign, points = -1, _sizes(points)
    if full is not None:
        # Full points are what deductions start from, and what additions end at.
        settings["base" if sign == -1 else "cap"] = full
    base, floor, cap = (_bound(scheme, at, settings, *names) for names in (BASE, FLOOR, CAP))
    if base is None and sign == -1:
        base, floor, cap = _limits_of_deduction(at, floor, cap)
    return Item(
        at, name, "each" if kind == "deduct" else kind, points, sign, base, floor, cap,
        bonus=settings.get("bonus") is True, default=settings.get("default"),
    )  # fmt: skip


def kind_of(at, settings):
    """Take the kind of an item and its points out of its settings, which lose them."""
    if "kind" in settings or "type" in settings:
        return _kind_by_word(at, settings)
    if settings.get("per") in ("occurrence", "event", "time"):
        settings["each"] = _points(at, settings)
        del settings["per"]
    found = [(kind, name) for kind, names in NAMES.items() for name in names if name in settings]
    if not found and any(name in settings for name in FIRST):
        return "growing", {name: settings.pop(name) for name in FIRST + FURTHER if name in settings}
    if not found and spelling.said(at, settings, *CAP) is not None:
        # Points up to a number, and nothing said of how: somebody gives them.
        return "range", _taken(settings, *FLOOR, *CAP)
    if len(found) != 1:
        raise spelling.fault(at, _("It must be said in one way what this item is worth."))
    kind, name = found[0]
    return kind, settings.pop(name)


def _kind_by_word(at, settings):
    word = settings.pop("kind", None) or settings.pop("type", None)
    kind = KINDS.get(word)
    if kind is None:
        raise spelling.fault(at, _("“%s” is no kind of item.") % word)
    for name in NAMES[kind]:
        if name in settings:
            return kind, settings.pop(name)
    if kind == "growing":
        return kind, _taken(settings, *FIRST, *FURTHER)
    if kind == "range":
        return kind, _taken(settings, *FLOOR, *CAP)
    return kind, _points(at, settings)


def _taken(settings, *names):
    return {name: settings.pop(name) for name in names if name in settings}


def _points(at, settings):
    points = spelling.said(at, settings, *POINTS)
    _taken(settings, *POINTS)
    return points


def _steps(scheme, at, written):
    """Read a table of steps: from so many events on, so many points."""
    if written is UNK:
        return [(Decimal(0), UNK)]
    if not isinstance(written, dict | list):
        raise spelling.fault(at, _("A table by name or a list of rows is expected here."))
    rows = written.items() if isinstance(written, dict) else map(_step_row(at), written)
    found = [
        (spelling.number(scheme, at, least), spelling.number(scheme, at, points))
        for least, points in rows
    ]
    if any(least is UNK for least, _points in found):
        return [(Decimal("-Infinity"), UNK)]
    if not found or len({least for least, _points in found}) < len(found):
        raise spelling.fault(at, _("Every step needs its own number."))
    return sorted(found, key=lambda step: step[0])


def _step_row(at):
    def read(row):
        if isinstance(row, list) and len(row) == 2:
            return row
        spelling.only(at, row, "from", "min", *POINTS)
        return spelling.said(at, row, "from", "min"), spelling.said(at, row, *POINTS)

    return read


def _range(scheme, at, written):
    if written is UNK:
        return UNK, UNK
    if isinstance(written, list) and len(written) == 2:
        written = {"min": written[0], "max": written[1]}
    if not isinstance(written, dict):
        written = {"max": written}
    spelling.only(at, written, *FLOOR, *CAP)
    least = spelling.said(at, written, *FLOOR)
    most = spelling.said(at, written, *CAP)
    return spelling.number(scheme, at, 0 if least is None else least), spelling.number(
        scheme, at, most
    )


def _growing(scheme, at, written):
    if written is UNK:
        return UNK, UNK, False
    if isinstance(written, list) and len(written) == 2:
        written = {"first": written[0], "then": written[1]}
    spelling.only(at, written, *FIRST, *FURTHER)
    first, further = (
        spelling.number(scheme, at, spelling.said(at, written, *names))
        for names in (FIRST, FURTHER)
    )
    return first, further, "first_time" in written


def _climbing(scheme, at, written):
    """Read what each time costs: ``[2, 4, 6]``, or ``{first: 2, more: 2}``."""
    if written == []:
        raise spelling.fault(at, _("Say what each time costs."))
    if isinstance(written, list):
        written, more = {"first": written[0]}, written[1:]
    else:
        spelling.only(at, written, "first", "more")
        more = []
    costs = [spelling.number(scheme, at, one) for one in (written.get("first"), *more)]
    step = spelling.number(scheme, at, written["more"]) if "more" in written else Decimal(0)
    if any(one is not UNK and one < 0 for one in (*costs, step)):
        raise spelling.fault(at, _("What each time costs is not below nothing."))
    return tuple(costs), step


_POINTS = {
    **dict.fromkeys(("fixed", "each", "deduct"), spelling.number),
    "steps": _steps,
    "range": _range,
    "growing": _growing,
    "climbing": _climbing,
}


def _sizes(points):
    """Return points without their sign: a deduction may be written as 2 or as -2."""
    if isinstance(points, tuple):
        return tuple(_sizes(one) for one in points)
    if isinstance(points, list):
        return [(least, _sizes(one)) for least, one in points]
    return points if points is UNK or isinstance(points, bool) else abs(points)


def _is_negative(points):
    if isinstance(points, list):
        return all(one is not UNK and one <= 0 for _least, one in points)
    return isinstance(points, Decimal) and points < 0


def _bound(scheme, at, settings, *names):
    written = spelling.said(at, settings, *names)
    return None if written is None else spelling.number(scheme, at, written)


def _limits_of_deduction(at, floor, cap):
    """Return base, floor and cap of what is only taken away.

    At most 10 is down to -10, whichever way it is written. Points that stop at 0 and have a most
    start from it: that is what they are deducted from.
    """
    if UNK in (floor, cap):
        return None, UNK, None
    if floor is not None and floor >= 0:
        if cap is None:
            raise spelling.fault(
                at, _("A deduction that stops at 0 needs the points it starts from.")
            )
        return cap, floor, cap
    if floor is not None and cap is not None:
        raise spelling.fault(at, _("It must be said in one way how much is deducted at most."))
    return None, floor if cap is None else -abs(cap), None
