"""Who would pass a rule: everybody in one statement, the bare aggregate, and person by person.

``python -m benchmarks.grading_sets --people 1000000`` in a throw-away SQLite file, or
``DATABASE_URL`` of an empty database. The three ways are compared before anything is timed; the
first two take turns in five rounds, the third judges a sample.
"""

import argparse
import os
import shutil
import time
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.__main__ import set_up

ROUNDS, SAMPLE = 5, 500
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
  population: {all: [{flag: committee_filed}, {any: [{flag: full_time}, {flag: part_time}]}]}
  req:
    L4:
      all:
        - {cmp: [service_years, 满, 2]}
        - {cmp: [cases.mediated, 不低于, 3]}
        - {cmp: [success, 不低于, 0.85]}
        - {cmp: [oral, 不超过, 0.30]}
"""
BARE = """
SELECT COUNT(*) FROM registry_mediator m
LEFT JOIN (
    SELECT s.mediator_id AS who,
        COUNT(*) FILTER (WHERE c.state IN ('succeeded', 'failed', 'withdrawn', 'transferred'))
            AS mediated,
        COUNT(*) FILTER (WHERE c.state = 'succeeded') AS agreed,
        COUNT(*) FILTER (WHERE c.agreement = 'oral') AS oral
    FROM casework_caseshare s JOIN casework_caserecord c ON c.id = s.case_id
    WHERE c.same_as_id IS NULL AND c.accepted_on <= '2026-11-23'
        AND c.state IN ('accepted', 'succeeded', 'failed', 'withdrawn', 'transferred')
    GROUP BY s.mediator_id
) f ON f.who = m.id
LEFT JOIN (
    SELECT a.mediator_id AS who, MIN(a.from_on) AS first_on,
        COUNT(*) FILTER (WHERE a.until_on IS NULL AND o.state = 'listed') AS filed,
        COUNT(*) FILTER (WHERE a.until_on IS NULL AND a.employment <> 'invited') AS counted
    FROM registry_appointment a JOIN registry_organization o ON o.id = a.organization_id
    GROUP BY a.mediator_id
) p ON p.who = m.id
WHERE p.filed > 0 AND p.counted > 0 AND f.mediated >= 3 AND f.agreed * 100 >= f.mediated * 85
    AND f.oral * 100 <= f.mediated * 30
"""


def main():
    """Make the people, compare the answers, measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading_sets", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--dir", default="var/benchmark-grading")
    parser.add_argument("--again", action="store_true", help="take the people that are there")
    options = parser.parse_args()
    home = Path(options.dir).resolve()
    if not options.again:
        shutil.rmtree(home, ignore_errors=True)
    set_up(home)
    prepare(options)
    report(options.people)


def prepare(options):
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from benchmarks import invented_cases, invented_people  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
    if not options.again:
        start = time.perf_counter()
        invented_people.fill(options.people)
        invented_cases.fill(int(options.people * CASES_OF_A_PERSON))
        print(f"{options.people:,} people made in {time.perf_counter() - start:.0f} s.")


def report(people):
    from django.db import connection  # noqa: PLC0415

    from grading.evaluation import Everybody  # noqa: PLC0415
    from grading.rules.documents import rule_sets  # noqa: PLC0415

    (scheme,) = rule_sets(RULE).values()
    walked, agreed = walk(scheme, people)
    with connection.cursor() as cursor:
        ways = {
            "bare aggregate": lambda: bare(cursor),
            "the rule as one statement": lambda: Everybody(scheme, "L4", TODAY).counted().results,
        }
        found = {name: way() for name, way in ways.items()}
        taken = {name: [] for name in ways}
        for _round in range(ROUNDS):
            for name, way in ways.items():
                start = time.perf_counter()
                way()
                taken[name].append(time.perf_counter() - start)
    medians = {name: median(times) for name, times in taken.items()}
    medians[f"person by person ({SAMPLE} judged, times {people // SAMPLE})"] = walked
    table(people, medians, found, agreed)


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
    single = {pk: grade(scheme, "L4", found).result for pk, found in facts_of(some, TODAY).items()}
    took = time.perf_counter() - start
    sample = Mediator.objects.filter(pk__in=some)
    at_once = dict(Everybody(scheme, "L4", TODAY, people=sample).results())
    if single != at_once:
        raise SystemExit("The two evaluators differ.")
    return took * people / SAMPLE, len(single)


def table(people, medians, found, agreed):
    from django.db import connection  # noqa: PLC0415

    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    print(f"\n{people:,} people; {connection.vendor}, wall clock, medians of {ROUNDS} rounds in")
    print(f"turns, load {load}. {agreed} people judged both ways alike. Found: {found}\n")
    print("| way | s | / the bare aggregate |\n|---|---|---|")
    reference = medians["bare aggregate"]
    for name, seconds in medians.items():
        print(f"| {name} | {seconds:.2f} | {seconds / reference:.2f} |")


if __name__ == "__main__":
    main()
