"""The lists of the staff at 15,000 organisations beside 150: queries and times as ratios.

``python -m benchmarks.staff_lists``. Both registers are filled from nothing, each in a database of
its own, by two runs of this module; the officers are those of a county and of the city.
"""

import argparse
import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.__main__ import set_up
from benchmarks.past_roster import officer

ROUNDS = 9
PEOPLE_OF_A_BODY = 4
FILINGS_IN_TEN = 2
PAGES = {
    "organisations": "/admin/organizations/",
    "mediators": "/admin/mediators/",
    "filings": "/admin/filings/",
    "heat table": "/admin/staffing/heat/",
}
KINDS = ["village"] * 7 + ["township", "industry", "enterprise"]
OFFICERS = {"county": "330681", "city": "3306"}


def main():
    """Measure both sizes, each in a process of its own, and print the ratios."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.staff_lists", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs=2, default=[150, 15_000])
    parser.add_argument("--one", type=int, help="only this size, as JSON")
    parser.add_argument("--dir", default="var/benchmark-staff")
    options = parser.parse_args()
    if options.one:
        sys.stdout.write(json.dumps(measured(options.one, Path(options.dir).resolve())))
    else:
        report(*options.sizes, *(child(size, options.dir) for size in options.sizes))


def child(size, home):
    """Return what another process measures at one size."""
    command = [sys.executable, "-m", "benchmarks.staff_lists", "--one", str(size), "--dir", home]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1])


def measured(size, home):
    """Fill an empty database; return [queries, seconds] of each page by officer."""
    shutil.rmtree(home, ignore_errors=True)
    set_up(home)

    # Only now: these need Django started with the settings above.
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    settings.STAFF_SECOND_FACTOR, settings.ALLOWED_HOSTS = False, ["testserver"]
    call_command("migrate", verbosity=0)
    fill(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    clients = {place: officer(code) for place, code in OFFICERS.items()}
    return {
        f"{name}, {place}": taken(client, address)
        for place, client in clients.items()
        for name, address in PAGES.items()
    }


def taken(client, address):
    """Return the number of queries of a page and its median processor time."""
    from django.db import connection  # noqa: PLC0415

    asked = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    client.get(address)
    with connection.execute_wrapper(note):
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        client.get(address)
        times.append(process_time() - start)
    return [len(asked), median(times)]


def fill(size):
    """Make a city of four counties with organisations, people in post, and filings."""
    from django.utils import timezone  # noqa: PLC0415

    today = timezone.localdate()
    bodies = _bodies(size, _townships(), today)
    _people(bodies, today)
    _filings(bodies[:: 10 // FILINGS_IN_TEN], today)


def _townships():
    from registry.models import Division  # noqa: PLC0415

    rows = {}
    places = [("33", "province", None), ("3306", "city", "33")]
    for county in ("330681", "330602", "330603", "330604"):
        places.append((county, "county", "3306"))
        places += [(f"{county}{n:03d}", "township", county) for n in range(1, 16)]
    for code, level, parent in places:
        rows[code] = Division.objects.create(
            id=int(code.ljust(12, "0")), code=code, name=code, level=level, parent=rows.get(parent)
        )
    return [row for row in rows.values() if row.level == "township"]


def _bodies(size, townships, today):
    from registry.models import Organization, StaffingStandard, StandardLine  # noqa: PLC0415

    standard = StaffingStandard.objects.create(
        name="332", division_id=330600000000, from_on=today - timedelta(days=400),
        standing="setting",
    )  # fmt: skip
    for kind, least in {"industry": 3, "township": 2, "village": 1}.items():
        StandardLine.objects.create(standard=standard, kind=kind, full_time_least=least)
    return Organization.objects.bulk_create(
        Organization(
            name=f"第{n}村人民调解委员会", kind=KINDS[n % len(KINDS)], state="listed",
            division=townships[n % len(townships)], established_on=today - timedelta(days=3_000),
        )
        for n in range(size)
    )  # fmt: skip


def _people(bodies, today):
    from registry.models import Appointment, Mediator  # noqa: PLC0415

    seats = [(body, seat) for body in bodies for seat in range(PEOPLE_OF_A_BODY)]
    persons = Mediator.objects.bulk_create(
        Mediator(
            name=f"人{n}", sex="female" if seat == 1 else "male", division=body.division,
            phone=f"138{n:08d}",
        )
        for n, (body, seat) in enumerate(seats)
    )  # fmt: skip
    Appointment.objects.bulk_create(
        Appointment(
            mediator=person, organization=body, from_on=today - timedelta(days=400),
            post="member" if seat else "director",
            employment="part_time" if seat % 2 else "full_time",
        )
        for person, (body, seat) in zip(persons, seats, strict=True)
    )  # fmt: skip


def _filings(bodies, today):
    from office.models import User  # noqa: PLC0415
    from registry.actions import load_policies  # noqa: PLC0415
    from registry.models import Filing, Policy  # noqa: PLC0415

    path = Path(__file__).parent.parent / "fixtures" / "policies.json"
    load_policies(json.loads(path.read_text(encoding="utf-8")))
    policy = Policy.objects.get(key="filing_limit", division=None, kind="")
    clerk = User.objects.create(username="filer")
    Filing.objects.bulk_create(
        Filing(
            kind="change", state="first_review", organization=body, policy=policy,
            proposed={"phone": "0575-87000009"}, event_on=today - timedelta(days=n % 40),
            opened_on=today, opened_by=clerk, submitted_on=today,
        )
        for n, body in enumerate(bodies)
    )  # fmt: skip


def report(few, many, small, large):
    print(f"{few:,} and {many:,} organisations; processor time, p50 of {ROUNDS}.\n")
    heads = ["list, officer of a", f"queries at {few:,}", f"at {many:,}", "ms", "ms", "ratio"]
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}")
    for name, (queries, seconds) in small.items():
        more, longer = large[name]
        told = [queries, more, f"{seconds * 1000:.0f}", f"{longer * 1000:.0f}"]
        print(f"| {name} | {' | '.join(map(str, told))} | {longer / seconds:.2f} |")


if __name__ == "__main__":
    main()
