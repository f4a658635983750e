"""What a level brings: money, a factor, a share of an index, the right to an award (P31)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import levels, spelling
from grading.rules.unknown import UNK, is_known

AT = "benefits"
UNKNOWN = "UNK"
AMOUNT, MULTIPLIER, INDEX = "amount", "multiplier", "index"
FORMS = (AMOUNT, MULTIPLIER, INDEX)
ANY = "any"


@dataclass(frozen=True)
class Benefit:
    """An exact value: an amount, a factor, or a share of what ``of`` names."""

    form: str
    value: Decimal | Fraction
    of: str = ""


def benefit(scheme, kind, level, case_class=None, on=None):
    """Return what a level brings for a class of cases on a day.

    None if the rule grants nothing; ``UNK`` if it does not know. Where rows follow one another in
    time the one in force on the day counts; without a day only a row that has no dates does.
    """
    if scheme.document.get(AT, UNK) is UNK:
        return UNKNOWN
    code = spelling.level_of(scheme, level).code
    found = [(at, row) for at, row in rows_of(scheme, kind) if _is_in_force(at, row, on)]
    if len(found) > 1:
        raise spelling.fault(AT, _("Two tables of “%s” are in force on one day.") % kind)
    if not found:
        return None
    at, row = found[0]
    written = _cell(at, row, {"level": code, "case_class": case_class})
    if written is None:
        return None
    return _benefit(scheme, at, row, written)


def eligible(scheme, kind, level):
    """Return whether a level is high enough for a benefit: ``yes``, ``no``, ``UNK``."""
    found = [row["min_level"] for _at, row in rows_of(scheme, kind) if "min_level" in row]
    if not found or UNK in found:
        return UNKNOWN
    return "no" if levels.order(scheme, level, found[0]) == levels.LOWER else "yes"


def credit(scheme, kind, case):
    """Return the share of a benefit that a case of this kind brings: oral, unsuccessful ...

    UNK if the rule does not say it.
    """
    found = [(at, row["partial"]) for at, row in rows_of(scheme, kind) if "partial" in row]
    if not found or not isinstance(found[0][1], dict):
        return UNK
    at, table = found[0]
    return spelling.share(scheme, f"{at}.partial.{case}", table.get(case))


def rows_of(scheme, kind):
    """Return the places and rows of the document that are about one kind of benefit."""
    written = scheme.document.get(AT)
    if isinstance(written, dict):
        named = [(f"{AT}.{name}", name, row) for name, row in written.items()]
    else:
        rows = scheme.rows(AT)
        named = [(f"{AT}[{at}]", row.get("kind"), row) for at, row in enumerate(rows)]
    return [(at, row) for at, name, row in named if name == kind and _is_understood(at, row)]


def _is_understood(at, row):
    known = ("kind", "by", "table", "form", "of", "from", "to", "partial", "min_level")
    spelling.only(at, row, *known, "currency", "per")
    return True


def _is_in_force(at, row, on):
    spans = [
        (name, spelling.day(f"{at}.{name}", row[name])) for name in ("from", "to") if name in row
    ]
    for name, day in spans:
        if day is UNK or on is None:
            return False
        if (name == "from" and on < day) or (name == "to" and on > day):
            return False
    return True


def _cell(at, row, facts):
    """Return what the table says for these facts, None if nothing."""
    table, by = row.get("table", UNK), spelling.words(row.get("by", "level"))
    if isinstance(table, list):
        return _listed(at, table, by, facts)
    for name in by:
        if name not in facts:
            raise spelling.fault(f"{at}.by", _("One of %s is needed here.") % "level, case_class")
        if isinstance(table, dict):
            named = {str(key): value for key, value in table.items()}
            table = named.get(str(facts[name]), named.get(ANY))
    return table


def _listed(at, rows, by, facts):
    for place, row in enumerate(rows):
        spelling.only(f"{at}.table[{place}]", row, *by, *FORMS, "value", "percent", "share", "of")
        if all(
            str(facts.get(name)) in spelling.words(row.get(name, facts.get(name))) for name in by
        ):
            return {key: value for key, value in row.items() if key not in by}
    return None


def _benefit(scheme, at, row, written):
    form, of = row.get("form", AMOUNT), row.get("of", "")
    if isinstance(written, dict):
        of = written.get("of", of)
        form, written = _form(at, written, form)
    if form not in FORMS:
        raise spelling.fault(f"{at}.form", _("One of %s is needed here.") % ", ".join(FORMS))
    if form == INDEX and not is_known(of):
        return UNKNOWN
    value = spelling.number(scheme, at, written)
    return UNKNOWN if value is UNK else Benefit(form, value, str(of) if form == INDEX else "")


def _form(at, written, form):
    names = {AMOUNT: AMOUNT, MULTIPLIER: MULTIPLIER, INDEX: INDEX, "share": INDEX, "value": form}
    spelling.only(at, written, *names, "percent", "of")
    if "percent" in written:
        percent = written["percent"]
        return INDEX, f"{percent}%" if isinstance(percent, int | Decimal) else percent
    found = [(names[name], written[name]) for name in names if name in written]
    if len(found) != 1:
        raise spelling.fault(at, _("It must be said in one way what this level brings."))
    return found[0]
