"""All figures of every mediator over a year, against the bare SQL aggregate in the same run.

``python -m benchmarks.case_metrics --cases 1000000`` (10000000 is the nation). Both answers are
compared row by row before anything is timed; then the ways take turns in five rounds.
"""

import argparse
import os
import shutil
import time
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.__main__ import set_up

ROUNDS = 5
BARE = """
SELECT s.mediator_id AS mediator,
    COUNT(*) AS accepted,
    COUNT(*) FILTER (WHERE c.state IN ('succeeded', 'failed', 'withdrawn', 'transferred'))
        AS closed,
    COUNT(*) FILTER (WHERE c.state = 'succeeded') AS succeeded,
    COUNT(*) FILTER (WHERE c.agreement IN ('written', 'oral')) AS agreed,
    COUNT(*) FILTER (WHERE c.agreement = 'written') AS written,
    COUNT(*) FILTER (WHERE c.agreement = 'oral') AS oral,
    COUNT(*) FILTER (WHERE c.fulfilment = 'fulfilled') AS fulfilled,
    COUNT(*) FILTER (WHERE c.fulfilment IN ('fulfilled', 'partly', 'refused')) AS fulfilment_known,
    COUNT(*) FILTER (WHERE c.fulfilment = 'fulfilled' AND c.is_voluntary) AS voluntary,
    COUNT(*) FILTER (WHERE c.fulfilment = 'fulfilled' AND c.is_voluntary IS NOT NULL)
        AS voluntariness_known,
    COALESCE(SUM({days}) FILTER (
        WHERE c.state IN ('succeeded', 'failed', 'withdrawn', 'transferred')), 0) AS days,
    COUNT(*) FILTER (WHERE c.confirmation = 'refused') AS court_refused,
    COUNT(*) FILTER (WHERE c.confirmation IN ('confirmed', 'refused')) AS court_decided,
    COUNT(*) FILTER (WHERE c.judgment IN ('changed', 'revoked', 'invalid')) AS overturned
FROM casework_caseshare s JOIN casework_caserecord c ON c.id = s.case_id
WHERE c.accepted_on >= '2026-01-01' AND c.accepted_on < '2027-01-01' AND c.same_as_id IS NULL
    AND c.state IN ('accepted', 'succeeded', 'failed', 'withdrawn', 'transferred')
GROUP BY s.mediator_id
"""
DAYS = {
    "sqlite": "CAST(julianday(c.closed_on) - julianday(c.accepted_on) AS INTEGER)",
    "postgresql": "c.closed_on - c.accepted_on",
}


def main():
    """Make the cases, compare, measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.case_metrics", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--dir", default="var/benchmark-cases")
    parser.add_argument("--select-only", action="store_true", help="write nothing")
    parser.add_argument("--again", action="store_true", help="take the cases that are there")
    options = parser.parse_args()
    home = Path(options.dir).resolve()
    if not options.again:
        shutil.rmtree(home, ignore_errors=True)
    set_up(home)
    prepare(options)
    report(options.cases, select_only=options.select_only)


def prepare(options):
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from benchmarks.invented_cases import fill  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        if not options.again:
            start = time.perf_counter()
            fill(options.cases)
            print(f"{options.cases:,} cases made in {time.perf_counter() - start:.0f} s.")


def asked():
    """Return (columns, SQL, parameters) of the catalogue: all figures of the ledger, by person."""
    from casework.metrics import METRICS, measure  # noqa: PLC0415

    ledger = [
        name
        for name, metric in METRICS.items()
        if all(tally.source == "cases" for tally in metric.tallies)
    ]
    measuring = measure(ledger, per="mediator", window=(date(2026, 1, 1), date(2027, 1, 1)))
    return measuring.columns("cases"), *measuring.sql("cases")


def report(cases, *, select_only):
    """Compare the answers, then measure the ways in turns."""
    from django.db import connection  # noqa: PLC0415

    columns, ours, parameters = asked()
    bare = BARE.format(days=DAYS[connection.vendor]).replace("%", "%%")
    with connection.cursor() as cursor:
        people = compared(cursor, columns, bare, ours, parameters)
        ways = {
            "bare SELECT": lambda: summed(cursor, columns, bare),
            "catalogue, SELECT": lambda: summed(cursor, columns, ours, parameters),
            "bare INSERT ... SELECT": lambda: stored(cursor, bare),
            "catalogue, INSERT ... SELECT": lambda: stored(cursor, ours, parameters),
        }
        if select_only:
            ways = {name: way for name, way in ways.items() if "INSERT" not in name}
        taken = {name: [] for name in ways}
        for _round in range(ROUNDS):
            for name, way in ways.items():
                start = time.perf_counter()
                way()
                taken[name].append(time.perf_counter() - start)
    table(cases, people, {name: median(times) for name, times in taken.items()})


def compared(cursor, columns, bare, ours, parameters):
    """Return how many people have figures; end the run if the two answers differ."""
    names = ", ".join(columns)
    for table_name, sql, given in (("theirs", bare, None), ("own", ours, parameters)):
        cursor.execute(f"CREATE TEMPORARY TABLE {table_name} AS {sql}", given)
    shown = ", ".join(f"{name}_{'s' if name == 'mediator' else 'n'}" for name in columns)
    for first, second in ((f"SELECT {names} FROM theirs", f"SELECT {shown} FROM own"),
                          (f"SELECT {shown} FROM own", f"SELECT {names} FROM theirs")):  # fmt: skip
        cursor.execute(f"SELECT COUNT(*) FROM ({first} EXCEPT {second}) AS differing")
        if differing := cursor.fetchone()[0]:
            raise SystemExit(f"The answers differ in {differing} rows.")
    cursor.execute("SELECT COUNT(*) FROM own")
    people = cursor.fetchone()[0]
    for table_name in ("theirs", "own"):
        cursor.execute(f"DROP TABLE {table_name}")
    return people


def summed(cursor, columns, sql, parameters=None):
    """Have every figure of everybody counted, none of them left out as unused."""
    ending = "_n" if parameters else ""
    sums = ", ".join(f"SUM({name}{ending})" for name in columns[1:])
    cursor.execute(f"SELECT COUNT(*), {sums} FROM ({sql}) AS counted", parameters)
    return cursor.fetchone()


def stored(cursor, sql, parameters=None):
    """Have the figures written into a table that ends with the round."""
    cursor.execute(f"CREATE TEMPORARY TABLE stored AS {sql}", parameters)
    cursor.execute("DROP TABLE stored")


def table(cases, people, medians):
    from django.db import connection  # noqa: PLC0415

    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    print(f"\n{cases:,} cases, {people:,} people with figures; {connection.vendor}, wall clock,")
    print(f"medians of {ROUNDS} rounds in turns, load {load}. The answers are equal.\n")
    print("| way | s | / the bare one |\n|---|---|---|")
    for name, seconds in medians.items():
        reference = medians[name.replace("catalogue,", "bare")]
        print(f"| {name} | {seconds:.2f} | {seconds / reference:.2f} |")


if __name__ == "__main__":
    main()
