"""The roster of a past day against the list of today, for an officer of a county and of a city.

``python -m benchmarks.past_roster --people 50000``. Every organisation, person and post has ten
versions; the question is about a day before today, as it is known now.
"""

import argparse
import shutil
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.__main__ import set_up

VERSIONS = 10
ROUNDS = 15
PEOPLE_OF_A_BODY = 5


def main():
    """Fill an empty database in ``--dir``, and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.past_roster", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--dir", default="var/benchmark-past")
    options = parser.parse_args()
    home = Path(options.dir).resolve()
    shutil.rmtree(home, ignore_errors=True)
    set_up(home)

    # Only now: these need Django started with the settings above.
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    settings.STAFF_SECOND_FACTOR, settings.ALLOWED_HOSTS = False, ["testserver"]
    call_command("migrate", verbosity=0)
    fill(options.people)
    report(options.people)


def fill(people):
    """Make organisations, people and posts, and change all of them nine times."""
    from django.utils import timezone  # noqa: PLC0415

    from registry.models import Appointment, Mediator, Organization  # noqa: PLC0415

    today = timezone.localdate()
    _invent(people, today)
    for version in range(1, VERSIONS):
        Organization.objects.update(phone=str(version))
        Mediator.objects.update(sex="male" if version % 2 else "female")
        Appointment.objects.update(term_until_on=today + timedelta(days=365 + version))


def _invent(people, today):
    from registry.models import Appointment, Division, Mediator, Organization  # noqa: PLC0415

    places = [("33", "province", None), ("3306", "city", "33"), ("330681", "county", "3306")]
    places += [(f"3306{n:02d}", "county", "3306") for n in range(2, 22)]
    rows = {}
    for code, level, parent in places:
        rows[code] = Division.objects.create(
            id=int(code.ljust(12, "0")), code=code, name=code, level=level, parent=rows.get(parent)
        )
    counties = [row for row in rows.values() if row.level == "county"]
    bodies = Organization.objects.bulk_create(
        Organization(
            name=f"第{n}村人民调解委员会", kind="village", state="listed",
            division=counties[n % len(counties)], established_on=today - timedelta(days=3_000),
        )
        for n in range(people // PEOPLE_OF_A_BODY)
    )  # fmt: skip
    persons = Mediator.objects.bulk_create(
        Mediator(name=f"人{n}", division=bodies[n % len(bodies)].division) for n in range(people)
    )
    Appointment.objects.bulk_create(
        Appointment(
            mediator=person, organization=bodies[n % len(bodies)], employment="part_time",
            from_on=today - timedelta(days=400),
        )
        for n, person in enumerate(persons)
    )  # fmt: skip


def report(people):
    """Print how long each page takes, and the ratio to the list of today."""
    from django.utils import timezone  # noqa: PLC0415

    on = (timezone.localdate() - timedelta(days=30)).isoformat()
    print(f"{people:,} people, {VERSIONS} versions each; processor time, p50 of {ROUNDS}.\n")
    print("| officer of | list of today, ms | roster on a day, ms | ratio |\n|---|---|---|---|")
    for name, code in [("a county", "330681"), ("the city", "3306")]:
        client = officer(code)
        client.get("/admin/organizations/")
        today = p50(client, "/admin/organizations/")
        past = p50(client, f"/admin/past-roster/?on={on}")
        print(f"| {name} | {today * 1000:.1f} | {past * 1000:.1f} | {past / today:.2f} |")


def officer(code):
    """Return the browser of an officer of a division."""
    from django.test import Client  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from office.models import User  # noqa: PLC0415
    from office.roles import Role  # noqa: PLC0415
    from registry import actions  # noqa: PLC0415
    from registry.models import Division  # noqa: PLC0415

    chief, account = (User.objects.create(username=f"{name}{code}") for name in ("chief", "o"))
    role = Role.CITY_BUREAU if len(code) == len("3306") else Role.COUNTY_BUREAU
    actions.grant_post(
        user=account, role=role, division=Division.objects.get(code=code),
        from_on=timezone.localdate() - timedelta(days=400), by=chief, reason="Benchmark.",
    )  # fmt: skip
    client = Client()
    client.force_login(account)
    return client


def p50(client, address):
    times = []
    for _ in range(ROUNDS):
        start = process_time()
        response = client.get(address)
        times.append(process_time() - start)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    return median(times)


if __name__ == "__main__":
    main()
