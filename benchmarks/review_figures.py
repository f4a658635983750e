"""The figures of review sheets: as the rule asks for them, and as a bare aggregate by hand.

``python -m benchmarks.review_figures --people 100000 --cases 1000000`` in a throw-away SQLite file,
or ``DATABASE_URL`` of an empty database. Both read the same rows; the answers are compared before
anything is timed, then the two take turns and each pair gives one ratio.
"""

import argparse
import os
import shutil
import time
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.__main__ import set_up

PERIOD, COUNTED_ON = (date(2026, 1, 1), date(2027, 1, 1)), date(2027, 1, 14)
CODES = ("simple", "general", "major", "grave")
RULE = """
schema: review-rule/v1
ruleset:
  id: benchmark
  metrics:
    success: {ratio: [cases.agreed, cases.accepted]}
    fulfilled: {ratio: [cases.fulfilled, cases.agreed]}
    written: {ratio: [cases.written, cases.agreed]}
  review:
    indicators:
      - {id: success, weight: 40, metric: success, least_n: 5}
      - {id: fulfilled, weight: 20, metric: fulfilled, least_n: 5}
      - {id: written, weight: 20, metric: written}
      - {id: mediated, weight: 20, metric: cases.mediated, steps: {1: 10, 3: 20}}
"""
BARE = """
SELECT s.id AS sheet, COALESCE(f.agreed, 0) AS part0, NULLIF(f.accepted, 0) AS whole0,
    COALESCE(f.fulfilled, 0) AS part1, NULLIF(f.agreed, 0) AS whole1,
    COALESCE(f.written, 0) AS part2, COALESCE(f.mediated, 0) AS part3,
    f.d2 AS m0, f.d4 AS m1, f.d3 AS m2, f.d1 AS m3, f.none AS m4
FROM grading_reviewsheet s LEFT JOIN (
    SELECT h.mediator_id AS who, COUNT(*) AS accepted,
        COUNT(*) FILTER (WHERE c.state = 'succeeded') AS agreed,
        COUNT(*) FILTER (WHERE c.fulfilment = 'fulfilled') AS fulfilled,
        COUNT(*) FILTER (WHERE c.agreement = 'written') AS written,
        COUNT(*) FILTER (WHERE c.state IN ('succeeded', 'failed', 'withdrawn', 'transferred'))
            AS mediated,
        COUNT(*) FILTER (WHERE c.difficulty_id = 1) AS d1,
        COUNT(*) FILTER (WHERE c.difficulty_id = 2) AS d2,
        COUNT(*) FILTER (WHERE c.difficulty_id = 3) AS d3,
        COUNT(*) FILTER (WHERE c.difficulty_id = 4) AS d4,
        COUNT(*) FILTER (WHERE c.difficulty_id IS NULL) AS none
    FROM casework_caseshare h JOIN casework_caserecord c ON c.id = h.case_id
    WHERE c.same_as_id IS NULL AND c.accepted_on >= '2026-01-01' AND c.accepted_on < '2027-01-01'
        AND c.state IN ('accepted', 'succeeded', 'failed', 'withdrawn', 'transferred')
    GROUP BY h.mediator_id
) f ON f.who = s.mediator_id
WHERE s.cycle_id = 1
"""
SUMMED = ("part0", "whole0", "part1", "whole1", "part2", "part3", "m0", "m1", "m2", "m3", "m4")


def main():
    """Make people, cases and sheets, compare the answers, measure, and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.review_figures", description=__doc__
    )
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--cases", type=int, help="25 for eight people if not told")
    parser.add_argument("--dir", default="var/benchmark-reviews")
    parser.add_argument("--pairs", type=int, default=9, help="how often the two take turns")
    parser.add_argument("--again", action="store_true", help="take what is there")
    options = parser.parse_args()
    home = Path(options.dir).resolve()
    if not options.again:
        shutil.rmtree(home, ignore_errors=True)
    set_up(home)
    prepare(options.people, options.cases or options.people * 25 // 8, again=options.again)
    report(options.pairs)


def prepare(people, cases, *, again):
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from benchmarks import invented_cases, invented_people  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
    if not again:
        start = time.perf_counter()
        invented_people.fill(people)
        invented_cases.CASES_OF_A_MEDIATOR = cases / people
        invented_cases.fill(cases)
        fill_sheets(people)
        print(f"{people:,} sheets, {cases:,} cases in {time.perf_counter() - start:.0f} s.")


def fill_sheets(people):
    """Make a sheet for everybody, and the four classes of difficulty that the cases name."""
    from django.db import connection  # noqa: PLC0415

    from benchmarks.invented_people import insert  # noqa: PLC0415
    from casework.models import DifficultyClass  # noqa: PLC0415
    from grading.models import ReviewSheet  # noqa: PLC0415

    code = "CASE n " + " ".join(f"WHEN {at + 1} THEN '{one}'" for at, one in enumerate(CODES))
    with connection.cursor() as cursor:
        insert(
            cursor, DifficultyClass, len(CODES),
            {"id": "n", "scheme_id": "1", "code": f"{code} END", "order": "n"},
        )  # fmt: skip
        insert(
            cursor, ReviewSheet, people,
            {"id": "n", "cycle_id": "1", "mediator_id": "n", "organization_id": "n / 5 + 1",
             "division_id": "330000000000", "in_from": "'2026-01-01'", "in_until": "'2027-01-01'",
             "days_in": "365", "number": "1", "state": "'self'"},
        )  # fmt: skip
        cursor.execute("ANALYZE")


def report(pairs):
    from django.db import connection  # noqa: PLC0415

    from grading.evaluation.review_figures import OfSheets  # noqa: PLC0415
    from grading.models import ReviewSheet  # noqa: PLC0415
    from grading.rules.documents import rule_sets  # noqa: PLC0415

    (scheme,) = rule_sets(RULE).values()
    sheets = ReviewSheet.objects.filter(cycle=1)
    asked = OfSheets(scheme, PERIOD, COUNTED_ON, sheets=sheets).wide()
    taken = {"bare": [], "rule": []}
    ways = {"bare": (BARE, ()), "rule": (asked.text, asked.params)}
    with connection.cursor() as cursor:
        compare(cursor, *ways.values())
        found = summed(cursor, *ways["bare"])
        for at in range(pairs):
            # Whoever is first finds the pages the other left: they take turns in that as well.
            for name in sorted(ways, reverse=at % 2 == 1):
                start = time.perf_counter()
                summed(cursor, *ways[name])
                taken[name].append(time.perf_counter() - start)
    table(found, taken, pairs)


def compare(cursor, first, second):
    """End the run if the two answers differ in any sheet."""
    names = ", ".join(["sheet", *SUMMED])
    for (left, given), (right, others) in ((first, second), (second, first)):
        cursor.execute(
            f"SELECT COUNT(*) FROM (SELECT {names} FROM ({left}) AS l"
            f" EXCEPT SELECT {names} FROM ({right}) AS r) AS differing",
            (*given, *others),
        )
        if differing := cursor.fetchone()[0]:
            raise SystemExit(f"The answers differ in {differing} sheets.")


def summed(cursor, statement, parameters):
    """Have every figure of every sheet counted, none of them left out as unused."""
    sums = ", ".join(f"COALESCE(SUM({name}), 0)" for name in SUMMED)
    cursor.execute(f"SELECT COUNT(*), {sums} FROM ({statement}) AS counted", parameters)
    return [int(one) for one in cursor.fetchone()]


def table(found, taken, pairs):
    from django.db import connection  # noqa: PLC0415

    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    ratios = sorted(one / other for one, other in zip(taken["rule"], taken["bare"], strict=True))
    print(f"\n{found[0]:,} sheets, {found[2]:,} parts in cases of the period; {connection.vendor},")
    print(f"wall clock, {pairs} pairs in turns, load {load}. Both answers are the same.\n")
    print("| way | s | / the bare aggregate |\n|---|---|---|")
    print(f"| bare aggregate | {median(taken['bare']):.2f} | 1.00 |")
    told = f"{median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
    print(f"| the figures of the rule | {median(taken['rule']):.2f} | {told} |")


if __name__ == "__main__":
    main()
