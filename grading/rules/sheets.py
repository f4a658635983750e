"""The scoring sheet of a rule: what events are worth in all, and in which band that is (P19)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import bands, spelling
from grading.rules.items import BASE, CAP, FLOOR, PENDING, Item, limited, read_item
from grading.rules.rounding import rounded
from grading.rules.scheme import exact
from grading.rules.unknown import UNK, is_known

AT = "sheet"
# Where a rule set keeps its sheet once it was read.
READ = "_sections_of_the_sheet"
PASS, FAIL = "pass", "fail"
PASS_LINE = ("pass", "pass_mark", "pass_line")
BONUS = ("bonus", "bonuses")
DEDUCTIONS = ("deductions", "deduct")
# What the sheet says of the whole, beside its sections and items.
WHOLE = ("bonus_cap", "bands", "step", "decimals", "rounding", "tie_break", "raters")


@dataclass(frozen=True)
class Section:
    """Items that are counted together, with what limits and weighs them."""

    name: str
    items: tuple
    weight: Fraction = Fraction(1)
    base: object = None
    floor: object = None
    cap: object = None
    bonus: bool = False


def sheet(scheme, events):
    """Return the score and the band of what happened: ``[Decimal, label]``.

    Without bands the label is ``pass`` or ``fail`` by the pass line, None if there is none. A score
    nobody has given yet makes it ``[None, "pending"]``, a number the rule does not know on the way
    ``[None, "UNK"]``.

    :param events: by item: how often, the points given, or a list of days late.
    :raises SchemeFault: if the sheet has no such item, or an event does not fit its item.
    """
    if not scheme.section(AT) or _has_an_unknown_part(scheme.section(AT)):
        return [None, "UNK"]
    sections = sections_of(scheme)
    _refuse_strangers(sections, events)
    items = [item for section in sections for item in section.items]
    scores = {item.name: item.score(events.get(item.name)) for item in items}
    if PENDING in scores.values():
        return [None, PENDING]
    total = whole_of(scheme, sections, scores)
    if total is UNK:
        return [None, "UNK"]
    score = stated(scheme, total)
    return [score, band(scheme, score)]


def band(scheme, score):
    """Return the word for a score: of a band, else ``pass`` or ``fail``; None if there is none."""
    if "bands" in scheme.section(AT):
        return bands.band_in(bands_of(scheme), f"{AT}.bands", score)
    line = pass_line(scheme)
    if line is None:
        return None
    return "UNK" if line is UNK else PASS if score >= line else FAIL


def pass_line(scheme):
    """Return the least score that passes, UNK if it is unknown, None if the sheet has none."""
    written = spelling.said(AT, scheme.section(AT), *PASS_LINE)
    return None if written is None else spelling.number(scheme, f"{AT}.pass", written)


def bands_of(scheme):
    """Return the bands of the sheet, UNK if an end of one is unknown."""
    return bands.read_bands(scheme, f"{AT}.bands", scheme.section(AT).get("bands"))


def sections_of(scheme):
    """Return the sections of the sheet; items that stand in none are a section of their own.

    It is read once for a rule set: a ranking asks for it anew with each of thousands.

    :raises SchemeFault: if something is not understood or an item stands there twice.
    """
    kept = vars(scheme)
    if READ not in kept:
        kept[READ] = tuple(_read(scheme))
    return list(kept[READ])


def _read(scheme):
    whole = scheme.section(AT)
    others = ("sections", "items", *PASS_LINE, *BONUS, *DEDUCTIONS, *WHOLE)
    spelling.only(AT, whole, *others, *BASE, *FLOOR, *CAP)
    rows = spelling.named(f"{AT}.sections", whole.get("sections"), "section")
    weights = _weights(scheme, rows)
    found = [_section(scheme, f"{AT}.sections.{name}", name, row, weights) for name, row in rows]
    if is_known(whole.get("items")):
        found.append(Section("", _items(scheme, f"{AT}.items", whole["items"])))
    for names, options in ((BONUS, {"bonus": True}), (DEDUCTIONS, {"sign": -1})):
        if is_known(written := spelling.said(AT, whole, *names)):
            found.append(_shorthand(scheme, names[0], written, **options))
    _refuse_twice(found)
    return found


def _has_an_unknown_part(whole):
    sections = whole.get("sections")
    if UNK in [whole.get(name) for name in ("sections", "items", *BONUS, *DEDUCTIONS)]:
        return True
    rows = list(sections.values()) if isinstance(sections, dict) else sections or []
    return UNK in [*rows, *(row.get("items") for row in rows if isinstance(row, dict))]


def _shorthand(scheme, name, written, *, bonus=False, sign=1):
    """Read ``bonus`` and ``deductions``: a section, or its limits and items side by side."""
    at, limits = f"{AT}.{name}", (*FLOOR, *CAP)
    written = {"items": written} if isinstance(written, list) else written
    if not isinstance(written, dict):
        raise spelling.fault(at, _("Names with values are needed here."))
    if "items" not in written:
        items = {key: row for key, row in written.items() if key not in limits}
        written = {key: row for key, row in written.items() if key in limits} | {"items": items}
    return _section(scheme, at, name, {**written, "bonus": bonus}, sign=sign)


def _section(scheme, at, name, row, weights=None, *, sign=1):
    spelling.only(at, row, "items", "weight", "bonus", "deductions", "kind", *BASE, *FLOOR, *CAP)
    if row.get("deductions") is True or row.get("kind") in ("deduct", "deductions"):
        sign = -1
    base, floor, cap = (_number(scheme, at, row, names) for names in (BASE, FLOOR, CAP))
    if sign == -1 and base is None and floor is None and cap not in (None, UNK):
        floor, cap = -abs(cap), None
    items = _items(scheme, f"{at}.items", row.get("items"), sign)
    weight, bonus = (weights or {}).get(name, Fraction(1)), row.get("bonus") is True
    return Section(name, items, weight, base, floor, cap, bonus)


def _items(scheme, at, written, sign=1) -> tuple[Item, ...]:
    rows = spelling.named(at, written, "item")
    return tuple(read_item(scheme, f"{at}.{name}", name, row, sign) for name, row in rows)


def _weights(scheme, rows):
    """Return the weights by section: parts that make up 1, or hundredths that make up 100."""
    said = {name: row["weight"] for name, row in rows if isinstance(row, dict) and "weight" in row}
    plain = [exact(scheme.value(one)) for one in said.values()]
    if None not in plain and sum(plain) == 100:
        return {name: Fraction(one) / 100 for name, one in zip(said, plain, strict=True)}
    found = {
        name: spelling.share(scheme, f"{AT}.sections.{name}.weight", one)
        for name, one in said.items()
    }
    if said and UNK not in found.values() and sum(found.values()) != 1:
        raise spelling.fault(f"{AT}.sections", _("The weights do not make up the whole."))
    return found


def whole_of(scheme, sections, scores, given=0):
    """Return the exact score of points by item, UNK if a number on the way is unknown.

    :param given: points from elsewhere that count in no section, before the limits of the whole.
    """
    pool = pooled_in(scheme, sections)
    total, bonus = Fraction(given), Fraction(0)
    for section in sections:
        pooled = [item for item in section.items if item.name in pool]
        counted = [scores[item.name] for item in section.items if item not in pooled]
        points = _of_section(section, counted)
        extra = [scores[item.name] for item in pooled]
        if points is UNK or UNK in extra:
            return UNK
        bonus += sum(map(Fraction, extra)) + (points if section.bonus else 0)
        total += 0 if section.bonus else points
    return _of_whole(scheme, total, bonus)


def pooled_in(scheme, sections):
    """Return the names of the items whose points are bonus, capped together and not weighed."""
    everything = _bonus_is_whatever_adds(scheme, sections)
    return {
        item.name
        for section in sections
        for item in section.items
        if item.bonus or (everything and item.sign == 1)
    }


def _of_section(section, counted):
    if UNK in (*counted, section.weight, section.base, section.floor, section.cap):
        return UNK
    points = sum(map(Fraction, counted), Fraction(section.base or 0))
    return limited(points, _exact(section.floor), _exact(section.cap)) * section.weight


def _of_whole(scheme, total, bonus):
    whole = scheme.section(AT)
    base, floor, cap = (_number(scheme, AT, whole, names) for names in (BASE, FLOOR, CAP))
    most = None if (said := _bonus_cap(whole)) is None else spelling.number(scheme, AT, said)
    if UNK in (base, floor, cap) or (most is UNK and bonus):
        return UNK
    bonus = bonus if most in (None, UNK) else min(bonus, Fraction(most))
    return limited(Fraction(base or 0) + total + bonus, _exact(floor), _exact(cap))


def _bonus_is_whatever_adds(scheme, sections):
    """A bonus cap over a base score, and nothing marked as bonus: it caps whatever adds points."""
    whole = scheme.section(AT)
    marked = any(item.bonus or section.bonus for section in sections for item in section.items)
    return _bonus_cap(whole) is not None and any(name in whole for name in BASE) and not marked


def _bonus_cap(whole):
    """Return the cap of all that is bonus; ``bonus: {cap: 10}`` without items says it too."""
    bonus = spelling.said(AT, whole, *BONUS)
    only_limits = isinstance(bonus, dict) and bonus and bonus.keys() <= set(CAP)
    return spelling.said(AT, bonus, *CAP) if only_limits else whole.get("bonus_cap")


def stated(scheme, total, places=None):
    """Return the score as a number, rounded only if and as the sheet says.

    :param places: to which it is rounded half up where the sheet does not say it.
    """
    whole = scheme.section(AT)
    if is_known(whole.get("decimals")):
        how = spelling.rounding(f"{AT}.rounding", whole.get("rounding"))
        return rounded(total, spelling.whole(scheme, f"{AT}.decimals", whole["decimals"]), how)
    if places is not None:
        return rounded(total, places)
    score = Decimal(total.numerator) / Decimal(total.denominator)
    if Fraction(score) != total:
        raise spelling.fault(f"{AT}.decimals", _("It must be said how this score is rounded."))
    return score


def _refuse_strangers(sections, events):
    known = {item.name for section in sections for item in section.items}
    for name in events:
        if name not in known:
            raise spelling.fault(f"events.{name}", _("The sheet has no item “%s”.") % name)


def _refuse_twice(sections):
    names = [item.name for section in sections for item in section.items]
    for name in names:
        if names.count(name) > 1:
            raise spelling.fault(AT, _("“%s” stands here twice.") % name)


def _number(scheme, at, settings, names):
    written = spelling.said(at, settings, *names)
    return None if written is None else spelling.number(scheme, f"{at}.{names[0]}", written)


def _exact(number):
    return None if number is None else Fraction(number)
