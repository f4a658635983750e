"""Who must sit the examination, and whether its parts are passed on a day (P18)."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from grading.rules import bands, spelling
from grading.rules.operators import compare, sign
from grading.rules.unknown import UNK, is_known

AT = "exam"
COMPULSORY, VOLUNTARY, EXEMPT, UNKNOWN = "compulsory", "voluntary", "exempt", "UNK"
PASS, FAIL = "pass", "fail"
DUTIES = {
    COMPULSORY: COMPULSORY, "mandatory": COMPULSORY, "required": COMPULSORY,
    VOLUNTARY: VOLUNTARY, "optional": VOLUNTARY, EXEMPT: EXEMPT, "waived": EXEMPT,
}  # fmt: skip
CONDITIONS = {"all", "any", "k_of", "not", "cmp", "flag", "attest", "use", "switch"}
READING = "exam_boundary"  # the name under which a rule decides where two groups meet
PASS_MARK = ("pass", "pass_mark")
YEARS = ("validity_years", "valid_years", "years")
WHEN = ("when", "who", "condition")
LEAST_AGE, MOST_AGE = ("min_age", "age_min", "min"), ("max_age", "age_max", "max")
AGE = re.compile(r"^([^0-9]*?)\s*([0-9]+)(?:周?岁)?([^0-9]*)$")


@dataclass(frozen=True)
class Group:
    """People of whom the rule says whether they must sit: a condition and limits of age."""

    name: str
    duty: str
    when: object
    ages: tuple


@dataclass(frozen=True)
class Part:
    """A part of the examination; a result counts for so many years, None is for ever."""

    name: str
    mark: object
    years: object


def duty(scheme, age, judge):
    """Return whether somebody of an age must sit: ``compulsory``, ``voluntary`` or ``exempt``.

    Whom no group takes in nobody obliges: ``exempt``. Where two groups take somebody in and say
    different things, a named reading of the rule decides; ``UNK`` if there is none, or if a group
    is not known well enough.

    :param age: in full years.
    :param judge: answers a condition of the rule: ``judge(predicate, {"age": 50})`` is True, False,
        or None if it cannot be answered.
    """
    written = scheme.section(AT).get("groups")
    if not is_known(written):
        return UNKNOWN
    answers = [(group, _takes_in(group, age, judge)) for group in groups_of(scheme)]
    found = {group.duty for group, answer in answers if answer is True}
    open_duties = {group.duty for group, answer in answers if answer is UNK}
    if UNK in found or not open_duties <= found:
        return UNKNOWN
    if len(found) <= 1:
        return found.pop() if found else EXEMPT
    return _decided(scheme, [group for group, answer in answers if answer is True])


def groups_of(scheme):
    """Return the groups of the examination in the order of the rule.

    :raises SchemeFault: if one is not understood.
    """
    rows = spelling.named(f"{AT}.groups", _with_names(scheme.section(AT).get("groups")), "group")
    return [_group(scheme, f"{AT}.groups.{name}", name, row) for name, row in rows]


def parts(scheme, results, day):
    """Return whether the examination is passed on a day: ``pass`` or ``fail``.

    Every part needs a result of at least its mark that still counts: up to and including the day
    of the same date so many years later (28 February for a 29th). A part without one is failed.
    ``UNK`` if that hangs on a number the rule does not know.

    :param results: ``{part: [score, date]}``, or a list of such pairs for several attempts.
    :raises SchemeFault: if a result is of no part.
    """
    wanted = parts_of(scheme)
    for name in results:
        if name not in {part.name for part in wanted}:
            raise spelling.fault(f"results.{name}", _("The examination has no part “%s”.") % name)
    answers = [_is_passed(scheme, part, results.get(part.name), day) for part in wanted]
    if False in answers:
        return FAIL
    return UNKNOWN if not answers or UNK in answers else PASS


def parts_of(scheme):
    """Return the parts of the examination in the order of the rule."""
    whole = scheme.section(AT)
    rows = spelling.named(f"{AT}.parts", whole.get("parts"), "part")
    return [_part(scheme, f"{AT}.parts.{name}", name, row, whole) for name, row in rows]


def awarded(scheme, score):
    """Return the level or certificate that a score brings, None if none, ``UNK`` if unknown."""
    written = scheme.section(AT).get("bands", UNK)
    found = bands.read_bands(scheme, f"{AT}.bands", written)
    return bands.band_in(found, f"{AT}.bands", score)


def last_day(on, years):
    """Return the last day on which a result of a day counts."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 2, 28)


def _with_names(written):
    """Name the rows that have no name after their place."""
    if not isinstance(written, list):
        return written
    rows = [row if isinstance(row, dict) else {"duty": row} for row in written]
    return {str(row.get("id", place)): row for place, row in enumerate(rows)}


def _group(scheme, at, name, row):
    if row is UNK:
        return Group(name, DUTIES.get(name, UNK), UNK, ())
    if isinstance(row, dict) and CONDITIONS.intersection(row):
        row = {"when": row}
    spelling.only(at, row, "duty", "age", "group", *WHEN, *LEAST_AGE, *MOST_AGE)
    written = row.get("duty", name)
    if written is not UNK and written not in DUTIES:
        raise spelling.fault(f"{at}.duty", _("One of %s is needed here.") % ", ".join(DUTIES))
    known = UNK if written is UNK else DUTIES[written]
    return Group(name, known, spelling.said(at, row, *WHEN), tuple(_ages(scheme, at, row)))


def _ages(scheme, at, row):
    """Yield signs and numbers of the limits of age, 以上 and 以下 as the rule binds them."""
    at = f"{at}.age"
    for names, word in ((LEAST_AGE, "以上"), (MOST_AGE, "以下")):
        if (limit := spelling.said(at, row, *names)) is not None:
            yield sign(scheme, at, word), spelling.number(scheme, at, limit)
    if row.get("age") is UNK:
        yield UNK, UNK
    elif row.get("age") is not None:
        for word, limit in _limits(at, row["age"]):
            yield sign(scheme, at, word), spelling.number(scheme, at, limit)


def _limits(at, age):
    """Return pairs of a word and a number: of ``{以下: 50}``, ``[以下, 50]``, ``50周岁以下``."""
    if isinstance(age, str) and (found := AGE.match(age)):
        return [(found[1] or found[3], found[2])]
    if isinstance(age, list) and len(age) == 2:
        return [age]
    if isinstance(age, dict):
        return [({"min": "以上", "max": "以下"}.get(word, word), age[word]) for word in age]
    raise spelling.fault(at, _("A comparison and a number are needed here."))


def _takes_in(group, age, judge):
    answers = [compare(Decimal(age), found, limit) for found, limit in group.ages]
    if group.when is UNK:
        answers.append(UNK)
    elif group.when:
        told = judge(group.when, {"age": age})
        answers.append(UNK if told is None else told)
    return False if False in answers else UNK if UNK in answers else True


def _decided(scheme, groups):
    """Return the duty that a reading decides for where groups meet."""
    choices = {key: group.duty for group in groups for key in (group.duty, group.name)}
    section = scheme.section(AT)
    named = spelling.said(AT, section, "reading", "switch", "boundary", "overlap")
    if named in DUTIES:
        return choices.get(DUTIES[named], UNKNOWN)
    choice = scheme.reading(named if is_known(named) else READING)
    if choice is UNK and not is_known(named):
        # A rule may give its reading any name; only one can be meant that chooses among these.
        every = {**scheme.section("readings"), **scheme.readings}
        chosen = {str(found) for name in every if (found := scheme.reading(name)) is not UNK}
        chosen = {
            choices[DUTIES.get(one, one)] for one in chosen if DUTIES.get(one, one) in choices
        }
        return chosen.pop() if len(chosen) == 1 else UNKNOWN
    return choices.get(DUTIES.get(choice, choice), UNKNOWN) if choice is not UNK else UNKNOWN


def _part(scheme, at, name, row, whole):
    row = row if isinstance(row, dict) else {} if row is None else {"pass": row}
    spelling.only(at, row, *PASS_MARK, "full", *YEARS, "part")
    mark = spelling.said(at, row, *PASS_MARK)
    if mark is None:
        mark = spelling.said(AT, whole, *PASS_MARK)
    years = spelling.said(at, row, *YEARS)
    years = spelling.said(AT, whole, *YEARS) if years is None else years
    counts = None if years is None else spelling.whole(scheme, f"{at}.validity_years", years)
    return Part(name, _mark(scheme, f"{at}.pass", mark, row.get("full", whole.get("full"))), counts)


def _mark(scheme, at, mark, full):
    """Return the least score that passes; a percentage is one of the full score."""
    mark = scheme.value(mark)
    if not isinstance(mark, dict) and not (isinstance(mark, str) and mark.endswith("%")):
        return spelling.number(scheme, at, mark)
    part, whole = spelling.share(scheme, at, mark), spelling.number(scheme, at, full)
    return UNK if UNK in (part, whole) else part * Fraction(whole)


def _is_passed(scheme, part, attempts, day):
    if not attempts:
        return False
    single = isinstance(attempts, dict) or not isinstance(attempts[0], list | dict)
    answers = [_counts(scheme, part, one, day) for one in ([attempts] if single else attempts)]
    return True if True in answers else UNK if UNK in answers else False


def _counts(scheme, part, attempt, day):
    at = f"results.{part.name}"
    score, on = (
        (attempt.get("score"), attempt.get("date")) if isinstance(attempt, dict) else attempt
    )
    score, on = spelling.number(scheme, at, score), spelling.day(at, on)
    if UNK in (score, on) or on > day:
        return False
    answers = [UNK if part.mark is UNK else score >= part.mark]
    if part.years is not None:
        answers.append(UNK if part.years is UNK else day <= last_day(on, part.years))
    return False if False in answers else UNK if UNK in answers else True
