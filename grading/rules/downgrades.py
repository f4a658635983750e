"""What takes a level away again: conditions, and bad years running (P30)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.operators import compare, sign
from grading.rules.scheme import exact
from grading.rules.unknown import UNK, is_known

AT = "downgrade"
KEEP, UNKNOWN = "keep", "UNK"
RUNNING = ("each_year", "consecutive", "running", "years_running", "bad_years")
COUNT = ("last", "years", "n", "times", "count", "bad_years")
VALUE = ("value", "bad", "result", "is")
EXCUSES = ("unless", "unless_excused", "excused_by", "excuse")
BAD = {"fail", "failed", "bad", "unqualified", "不合格", "不称职"}
GOOD = {
    "pass", "passed", "ok", "good", "qualified", "excellent",
    "合格", "基本合格", "称职", "基本称职", "良好", "优秀",
}  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """What happens to a level; ``certain`` is False while the condition cannot be answered."""

    effect: object
    bar_months: object = None
    certain: bool = True


@dataclass(frozen=True)
class Run:
    """So many bad years running have an effect; which are bad a comparison says, or words."""

    at: str
    count: object
    op: object
    value: object
    effect: object
    excusable: bool = True

    def is_bad(self, year):
        """Return whether the figure or word of a year is bad.

        :raises SchemeFault: if the rule does not say it.
        """
        if self.value is UNK or self.op is UNK:
            return UNK
        if self.value is None:
            return self._is_bad_by_word(year)
        if self.op in (None, "=", "==", "in"):
            return _plain(year) in [_plain(one) for one in _listed(self.value)]
        if self.op == "!=":
            return _plain(year) != _plain(self.value)
        if None in (exact(year), exact(self.value)):
            raise spelling.fault(self.at, _("“%s” is no number.") % year)
        return compare(exact(year), self.op, exact(self.value))

    def _is_bad_by_word(self, year):
        if year in BAD or year in GOOD:
            return year in BAD
        raise spelling.fault(self.at, _("It must be said whether “%s” is a bad year.") % year)


def consecutive(scheme, series, good_reason=False):
    """Return the effect of the bad years at the end of a series, ``keep`` if they have none.

    Of several rules the one for the longest run counts. An excused bad year is passed over: it
    counts as nothing and breaks no run. ``UNK`` if that hangs on what the rule does not know.

    :param series: one word or figure a year, oldest first; rows with ``year``, or by year.
    :param good_reason: whether all bad years are excused, or which: years where the series has
        them, places in it from 0, or as many yes and no as there are years.
    """
    if scheme.document.get(AT) is UNK:
        return UNKNOWN
    years = _years(series)
    excused = _excused(years, good_reason)
    reached = [(run, _is_reached(run, years, excused)) for run in runs_of(scheme)]
    reached = [(run, answer) for run, answer in reached if answer is not False]
    if not reached:
        return KEEP
    if any(answer is UNK for _run, answer in reached):
        return UNKNOWN
    run, _answer = max(reached, key=lambda pair: pair[0].count)
    return UNKNOWN if run.effect is UNK else run.effect


def runs_of(scheme):
    """Return the rules about years running, in the order of the document."""
    found = [_run(scheme, f"{AT}[{at}]", row) for at, row in enumerate(scheme.rows(AT))]
    return [run for run in found if run]


def effects_of(scheme, judge, facts):
    """Return the effects whose conditions hold, and those that cannot be answered yet.

    :param judge: answers a condition of the rule: ``judge(predicate, facts)`` is True, False, None.
    """
    return [effect for _row, effect in grounds_of(scheme, judge, facts)]


def grounds_of(scheme, judge, facts):
    """Return the same effects, each with the row of the rule that has it."""
    found = []
    for place, row in enumerate(scheme.rows(AT)):
        when = row.get("when", UNK)
        answer = None if when is UNK else judge(when, facts)
        if answer is not False:
            effect = Effect(row.get("effect", UNK), _months(scheme, place, row), answer is True)
            found.append((row, effect))
    return found


def _months(scheme, place, row):
    months = row.get("bar_months")
    return None if months is None else spelling.whole(scheme, f"{AT}[{place}].bar_months", months)


def _run(scheme, at, row):
    """Return what a row says about years running, None if it speaks of something else."""
    spelling.only(at, row, "when", "effect", "bar_months", "procedure", *RUNNING, *EXCUSES)
    settings, excused = _condition(at, row)
    if settings is None:
        return None
    settings = settings if isinstance(settings, dict) else {"n": settings}
    names = (*COUNT, *VALUE, "op", "metric", "series", "field", "with_current", *EXCUSES)
    spelling.only(at, settings, *names)
    count = spelling.said(at, settings, *COUNT)
    value = spelling.said(at, settings, *VALUE)
    op = settings.get("op")
    excuse = spelling.said(at, {**row, **settings}, *EXCUSES)
    return Run(
        at,
        spelling.whole(scheme, at, count),
        op if op in (None, "in", UNK) else sign(scheme, at, op),
        None if value is None else scheme.value(value),
        row.get("effect", UNK),
        excused or excuse is not False,
    )


def _condition(at, row):
    """Return what is said of years running, and whether an excuse stands beside it."""
    if any(name in row for name in RUNNING):
        return spelling.said(at, row, *RUNNING), False
    when = row.get("when")
    if not isinstance(when, dict):
        return None, False
    if any(name in when for name in RUNNING):
        return spelling.said(at, when, *RUNNING), False
    nodes = when.get("all")
    nodes = [node for node in nodes if isinstance(node, dict)] if isinstance(nodes, list) else []
    running = [node for node in nodes if any(name in node for name in RUNNING)]
    if not running:
        return None, False
    others = [node for node in nodes if node not in running]
    if len(running) > 1 or any("not" not in node for node in others):
        raise spelling.fault(at, _("Years running can only stand with what excuses them."))
    return spelling.said(at, running[0], *RUNNING), bool(others)


def _is_reached(run, years, excused):
    """Return whether the bad years at the end are as many as the rule asks for."""
    length = 0
    for place in reversed(range(len(years))):
        bad = run.is_bad(years[place][1])
        if bad is UNK:
            return UNK
        if not bad:
            break
        length += not (run.excusable and place in excused)
    if run.count is UNK:
        return UNK if length else False
    return length >= run.count > 0


def _years(series):
    """Return pairs of a year, None if it is not said, and what it was like."""
    if isinstance(series, dict):
        return sorted(
            ((str(year), value) for year, value in series.items()), key=lambda one: one[0]
        )
    return [_year(one) for one in series]


def _year(one):
    if not isinstance(one, dict):
        return None, one
    spelling.only("series", one, "year", "result", "value", "grade")
    return str(one.get("year")), spelling.said("series", one, "result", "value", "grade")


def _excused(years, good_reason):
    """Return the places of the years that are excused."""
    everything = set(range(len(years)))
    if good_reason is True:
        return everything
    if not is_known(good_reason) or good_reason is False:
        return set()
    if all(isinstance(one, bool) for one in good_reason):
        if len(good_reason) not in (0, len(years)):
            raise spelling.fault("good_reason", _("As many answers as years are needed here."))
        return {place for place, one in enumerate(good_reason) if one}
    named = {str(one) for one in good_reason}
    return {place for place in everything if named & {years[place][0] or str(place)}}


def _listed(value):
    return value if isinstance(value, list) else [value]


def _plain(value):
    """Return a value so that 60 and 60.0 are the same, but true and 1 are not."""
    number = exact(value)
    return value if number is None else number
