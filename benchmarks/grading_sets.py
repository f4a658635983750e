"""Who would pass a rule of twelve clauses: by the rule, by hand, and person by person.

``python -m benchmarks.grading_sets --people 1000000`` in a throw-away SQLite file, or
``DATABASE_URL`` of an empty database. Written are the people with what comes out: by the rule's one
statement, and by a statement of the same clauses that was written by hand. Counted are those who
pass: by the rule with every clause told, and as a bare aggregate that leaves time served and what
is missing out. All answers are compared before anything is timed, then the ways take turns; a
sample is judged person by person.
"""

import argparse
import os
import shutil
import time
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.__main__ import set_up

SAMPLE = 500
CASES_OF_A_PERSON = 25 / 8
TODAY = date(2026, 11, 23)
RULE = """
ruleset:
  id: benchmark
  levels: [{code: L4, label: 四级, rank: 4}]
  metrics:
    service_years: {service_months: service}
    success: {ratio: [cases.agreed, cases.mediated]}
    oral: {ratio: [cases.oral, cases.mediated]}
    written: {ratio: [cases.written, cases.agreed]}
    fulfilled: {ratio: [cases.fulfilled, cases.agreed]}
  population: {all: [{flag: committee_filed}, {any: [{flag: full_time}, {flag: part_time}]}]}
  req:
    L4:
      all:
        - {cmp: [service_years, 满, 2]}
        - {cmp: [cases.accepted, 不低于, 3]}
        - {cmp: [cases.mediated, 不低于, 3]}
        - {cmp: [cases.failed, 不超过, 2]}
        - {cmp: [cases.court_refused, 不超过, 0]}
        - {cmp: [success, 不低于, 0.85]}
        - {cmp: [oral, 不超过, 0.30]}
        - {cmp: [written, 不低于, 0.40]}
        - {cmp: [fulfilled, 不低于, 0.60]}
"""
# Days of the calendar, in the words of each database.
WORDS = {
    "sqlite": {
        "year": "CAST(strftime('%Y', {0}) AS INTEGER)",
        "month": "CAST(strftime('%m', {0}) AS INTEGER)",
        "day": "CAST(strftime('%d', {0}) AS INTEGER)",
        "before": "CAST(strftime('%d', {0}, 'start of month', '-1 day') AS INTEGER)",
        "last": "CAST(strftime('%d', {0}, 'start of month', '+1 month', '-1 day') AS INTEGER)",
        "least": "MIN",
    },
    "postgresql": {
        "year": "EXTRACT(YEAR FROM {0})::int",
        "month": "EXTRACT(MONTH FROM {0})::int",
        "day": "EXTRACT(DAY FROM {0})::int",
        "before": "EXTRACT(DAY FROM date_trunc('month', {0}) - interval '1 day')::int",
        "last": "EXTRACT(DAY FROM date_trunc('month', {0}) + interval '1 month - 1 day')::int",
        "least": "LEAST",
    },
}
BY_HAND = """
WITH held AS (
    SELECT mediator_id AS who, from_on AS since,
        {least}(COALESCE(until_on, '2026-11-23'), '2026-11-23') AS until
    FROM registry_appointment
    WHERE state IN ('probation', 'in_post', 'suspended', 'ended') AND ended_by <> 'dropped_out'
        AND from_on < '2026-11-23'
), marked AS (
    SELECT who, since, until, MAX(until) OVER (PARTITION BY who ORDER BY since, until
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM held
), numbered AS (
    SELECT who, since, until,
        SUM(CASE WHEN since <= before THEN 0 ELSE 1 END) OVER (PARTITION BY who
            ORDER BY since, until ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS island
    FROM marked
), whole AS (
    SELECT who, MIN(since) AS since, MAX(until) AS until FROM numbered GROUP BY who, island
), parts AS (
    SELECT who, ({year_until} - {year_since}) * 12 + {month_until} - {month_since} AS months,
        {day_since} AS first, {day_until} AS last,
        {last_until} AS this_month, {before_until} AS month_before
    FROM whole
), served AS (
    SELECT who, SUM(CASE WHEN last >= {least}(first, this_month)
        THEN months * 31 + last - {least}(first, this_month)
        ELSE (months - 1) * 31 + last + month_before - {least}(first, month_before) END) AS days
    FROM parts GROUP BY who
), posts AS (
    SELECT a.mediator_id AS who,
        COUNT(*) FILTER (WHERE o.state IN ('listed', 'change_pending', 'rectifying')) AS filed,
        COUNT(*) FILTER (WHERE a.employment IN ('full_time', 'part_time')) AS counted
    FROM registry_appointment a JOIN registry_organization o ON o.id = a.organization_id
    WHERE a.from_on <= '2026-11-23' AND (a.until_on IS NULL OR a.until_on > '2026-11-23')
        AND a.state IN ('in_post', 'suspended', 'ended')
    GROUP BY a.mediator_id
), cases AS (
    SELECT s.mediator_id AS who, COUNT(*) AS accepted,
        COUNT(*) FILTER (WHERE c.state <> 'accepted') AS mediated,
        COUNT(*) FILTER (WHERE c.state = 'succeeded') AS agreed,
        COUNT(*) FILTER (WHERE c.state = 'failed') AS failed,
        COUNT(*) FILTER (WHERE c.agreement = 'written') AS written,
        COUNT(*) FILTER (WHERE c.agreement = 'oral') AS oral,
        COUNT(*) FILTER (WHERE c.fulfilment = 'fulfilled') AS fulfilled,
        COUNT(*) FILTER (WHERE c.confirmation = 'refused') AS refused
    FROM casework_caseshare s JOIN casework_caserecord c ON c.id = s.case_id
    WHERE c.accepted_on <= '2026-11-23' AND c.same_as_id IS NULL
        AND c.state IN ('accepted', 'succeeded', 'failed', 'withdrawn', 'transferred')
    GROUP BY s.mediator_id
), asked AS (
    SELECT m.id AS who,
        COALESCE(p.filed, 0) > 0 AND COALESCE(p.counted, 0) > 0
        AND COALESCE(s.days, 0) >= 2 * 12 * 31 AND COALESCE(c.accepted, 0) >= 3
        AND COALESCE(c.mediated, 0) >= 3 AND COALESCE(c.failed, 0) <= 2
        AND COALESCE(c.refused, 0) <= 0
        AND c.agreed * 100 >= NULLIF(c.mediated, 0) * 85
        AND c.oral * 100 <= NULLIF(c.mediated, 0) * 30
        AND c.written * 100 >= NULLIF(c.agreed, 0) * 40
        AND c.fulfilled * 100 >= NULLIF(c.agreed, 0) * 60 AS passes
    FROM registry_mediator m LEFT JOIN posts p ON p.who = m.id
    LEFT JOIN cases c ON c.who = m.id LEFT JOIN served s ON s.who = m.id
    WHERE m.merged_into_id IS NULL
)
SELECT who, CASE WHEN passes THEN 'pass' WHEN passes IS NULL THEN 'pending' ELSE 'fail' END
    AS result FROM asked
"""
BARE = """
SELECT COUNT(*) FILTER (WHERE p.filed > 0 AND p.counted > 0 AND f.accepted >= 3
    AND f.mediated >= 3 AND f.failed <= 2 AND f.refused = 0
    AND f.agreed * 100 >= f.mediated * 85 AND f.oral * 100 <= f.mediated * 30
    AND f.written * 100 >= f.agreed * 40 AND f.fulfilled * 100 >= f.agreed * 60)
FROM registry_mediator m
LEFT JOIN (
    SELECT s.mediator_id AS who, COUNT(*) AS accepted,
        COUNT(*) FILTER (WHERE c.state <> 'accepted') AS mediated,
        COUNT(*) FILTER (WHERE c.state = 'succeeded') AS agreed,
        COUNT(*) FILTER (WHERE c.state = 'failed') AS failed,
        COUNT(*) FILTER (WHERE c.agreement = 'written') AS written,
        COUNT(*) FILTER (WHERE c.agreement = 'oral') AS oral,
        COUNT(*) FILTER (WHERE c.fulfilment = 'fulfilled') AS fulfilled,
        COUNT(*) FILTER (WHERE c.confirmation = 'refused') AS refused
    FROM casework_caseshare s JOIN casework_caserecord c ON c.id = s.case_id
    WHERE c.same_as_id IS NULL AND c.accepted_on <= '2026-11-23'
        AND c.state IN ('accepted', 'succeeded', 'failed', 'withdrawn', 'transferred')
    GROUP BY s.mediator_id
) f ON f.who = m.id
LEFT JOIN (
    SELECT a.mediator_id AS who,
        COUNT(*) FILTER (WHERE a.until_on IS NULL AND o.state = 'listed') AS filed,
        COUNT(*) FILTER (WHERE a.until_on IS NULL AND a.employment <> 'invited') AS counted
    FROM registry_appointment a JOIN registry_organization o ON o.id = a.organization_id
    GROUP BY a.mediator_id
) p ON p.who = m.id
"""
HAND, OURS = "written by hand, and kept", "the rule, and kept"
BARELY, TOLD = "bare aggregate, counted", "the rule, counted clause by clause"


def main():
    """Make the people, compare the answers, measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading_sets", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5, help="how often the ways take turns")
    parser.add_argument("--dir", default="var/benchmark-grading")
    parser.add_argument("--again", action="store_true", help="take the people that are there")
    options = parser.parse_args()
    home = Path(options.dir).resolve()
    if not options.again:
        shutil.rmtree(home, ignore_errors=True)
    set_up(home)
    prepare(options)
    report(options.people, options.rounds)


def prepare(options):
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from benchmarks import invented_cases, invented_people  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
        cursor.execute("DROP TABLE IF EXISTS kept")
        cursor.execute("CREATE TABLE kept (way integer, who bigint, result varchar(10))")
    if not options.again:
        start = time.perf_counter()
        invented_people.fill(options.people)
        invented_cases.fill(int(options.people * CASES_OF_A_PERSON))
        print(f"{options.people:,} people made in {time.perf_counter() - start:.0f} s.")


def report(people, rounds):
    from django.db import connection  # noqa: PLC0415

    from grading.evaluation import Everybody  # noqa: PLC0415
    from grading.rules.documents import rule_sets  # noqa: PLC0415

    (scheme,) = rule_sets(RULE).values()
    walked, agreed = walk(scheme, people)
    with connection.cursor() as cursor:
        ways = {
            HAND: lambda: keep(cursor, 1, by_hand()),
            OURS: lambda: keep(cursor, 2, Everybody(scheme, "L4", TODAY).statement()),
            BARELY: lambda: bare(cursor),
            TOLD: lambda: Everybody(scheme, "L4", TODAY).counted().results,
        }
        found = {name: way() for name, way in ways.items()}
        compare(cursor)
        taken = {name: [] for name in ways}
        for at in range(rounds):
            # Whoever is first finds the pages the others left: they take turns in that as well.
            for name in sorted(ways, reverse=at % 2 == 1):
                start = time.perf_counter()
                ways[name]()
                taken[name].append(time.perf_counter() - start)
    table(people, rounds, taken, (walked, agreed), found)


def by_hand():
    from django.db import connection  # noqa: PLC0415

    from grading.evaluation.sql import Sql  # noqa: PLC0415

    words = WORDS[connection.vendor]
    days = {
        f"{part}_{end}": words[part].format(end)
        for part in ("year", "month", "day", "last", "before")
        for end in ("since", "until")
    }
    return Sql(BY_HAND.format(least=words["least"], **days).replace("%", "%%"))


def keep(cursor, way, statement):
    """Write what a statement finds in the place of what it found before."""
    cursor.execute("DELETE FROM kept WHERE way = %s", [way])
    cursor.execute(
        f"INSERT INTO kept (way, who, result) SELECT {way}, who, result FROM ({statement.text}) q",
        statement.params,
    )


def compare(cursor):
    """End the run if the rule and the hand differ in anybody."""
    cursor.execute(
        "SELECT COUNT(*) FROM kept a LEFT JOIN kept b ON b.who = a.who AND b.way = 2"
        " WHERE a.way = 1 AND (b.result IS NULL OR b.result <> a.result)"
    )
    if differing := cursor.fetchone()[0]:
        raise SystemExit(f"The answers differ for {differing} people.")
    cursor.execute("SELECT COUNT(*), SUM(way) FROM kept")
    rows, ways = cursor.fetchone()
    if ways * 2 != rows * 3:
        raise SystemExit("One way finds people whom the other does not.")


def bare(cursor):
    """Return how many pass by the same thresholds, time served left out."""
    cursor.execute(BARE)
    return cursor.fetchone()[0]


def walk(scheme, people):
    """Judge a sample person by person; return what everybody would take, and that both agree."""
    from grading.evaluation import Everybody, facts_of  # noqa: PLC0415
    from grading.rules.judging import grade  # noqa: PLC0415
    from registry.models import Mediator  # noqa: PLC0415

    some = [n * (people // SAMPLE) + 1 for n in range(SAMPLE)]
    start = time.perf_counter()
    single = {
        pk: grade(scheme, "L4", found).result
        for one in some
        for pk, found in facts_of([one], TODAY).items()
    }
    took = time.perf_counter() - start
    sample = Mediator.objects.filter(pk__in=some)
    at_once = dict(Everybody(scheme, "L4", TODAY, people=sample).results())
    if single != at_once:
        raise SystemExit("The two evaluators differ.")
    return took * people / SAMPLE, len(single)


def table(people, rounds, taken, walked, found):
    from django.db import connection  # noqa: PLC0415

    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    seconds, agreed = walked
    print(f"\n{people:,} people; {connection.vendor}, wall clock, medians of {rounds} rounds in")
    print(f"turns, load {load}. {agreed} people judged person by person and at once alike.")
    print(f"By the bare aggregate {found[BARELY]} pass; by the rule: {found[TOLD]}\n")
    print("| way | s | / that before it |\n|---|---|---|")
    for first, second in ((HAND, OURS), (BARELY, TOLD)):
        pairs = zip(taken[second], taken[first], strict=True)
        ratios = sorted(one / other for one, other in pairs)
        print(f"| {first} | {median(taken[first]):.2f} | |")
        told = f"{median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        print(f"| {second} | {median(taken[second]):.2f} | {told} |")
    ratio = seconds / median(taken[OURS])
    print(f"| person by person ({SAMPLE} judged) | {seconds:.0f} | {ratio:.0f} of the rule, kept |")


if __name__ == "__main__":
    main()
