"""The facts of people, read row by row: what one person is judged by, with the rows themselves."""

from grading.evaluation.periods import known_on
from grading.evaluation.subjects import MEDIATORS
from grading.rules.facts import Facts
from grading.rules.measures import Measuring
from grading.rules.scheme import Scheme

CATALOGUE = Scheme({"id": "catalogue", "levels": []})


def facts_of(people, as_of, *, answers=None, subject=MEDIATORS, period=None):
    """Return the ``Facts`` of people on a day, by their keys: a query for each series.

    :param people: keys of mediators, or of whatever ``subject`` is.
    :param answers: what officers answered to named questions, ``{key: {name: answer}}``.
    :param period: that of a review, ``(from_on, until_on)``, which is over on the day: the figures
        count in it, by what is known on the day.
    """
    people = list(people)
    rows = {pk: {name: [] for name in subject.series} for pk in people}
    for name, series in subject.series.items():
        # In one order, so that the evidence of one person is written alike every time.
        order = ("from_day" if series.spans else "day", "key")
        known = as_of if period is None else known_on(series, period, as_of)
        for row in series.query(known).filter(who__in=people).order_by(*order):
            rows[row["who"]][name].append(_plain(series, row))
    answers = answers or {}
    columns = list(subject.columns)
    for row in subject.rows.filter(pk__in=people).values("pk", *columns):
        rows[row["pk"]] |= {name: None if row[name] == "" else row[name] for name in columns}
    end = as_of if period is None else period[1]
    return {pk: _facts(subject, rows[pk], answers.get(pk, {}), end, period) for pk in people}


def _plain(series, row):
    """Return a row as vectors and stored evidence have it."""
    # An empty word of the register says nothing: it is missing.
    plain = {
        name: None if row[f"f_{name}"] == "" else row[f"f_{name}"] for name in series.attributes
    }
    if series.spans:
        return {"from": row["from_day"], "until": row["until_day"], "key": row["key"], **plain}
    return {"on": row["day"], "key": row["key"], **plain}


def _facts(subject, rows, answers, as_of, period):
    """Return the facts of one person: the series, and what the catalogue makes of them."""
    measuring = Measuring(CATALOGUE, Facts({"as_of": as_of, **rows}), period)
    figures = {name: measuring.of(calc).value for name, (_label, calc) in subject.figures.items()}
    flags = {name: measuring.of(calc).value for name, (_label, calc) in subject.flags.items()}
    happened = {
        name: [row["on"] for row in measuring.rows(spec) or ()]
        for name in flags
        if (spec := subject.happening(name))
    }
    told = {"flags": {**answers, **flags}, "happened": happened, "attest": answers}
    return Facts({"as_of": as_of, **rows, **figures, **told})
