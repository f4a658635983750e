"""A small city for the journeys: two counties, some villages, and people one can look for."""

import csv
import os
import sys
from datetime import date
from io import StringIO

import django

# Two counties, in each one township: of one with two villages, of the other with all.
PLACES = {"33", "3306", "330602", "330602001", "330602001004", "330602001008", "330681"}
TOWNSHIP = "330681109"
CASES = 400
MEDIATORS = 200
FENGQIAO = "枫桥镇人民调解委员会"
# Names that the drawn people cannot have: each is found in another way.
FOUND_BY_SOUND = "章坤恺"
RARE = "郦㛃"
WITH_A_DOT = "古丽娜尔·买买提"


MASTER, SEASONED = "钭永康", date(2018, 1, 1)


# Committees that nobody else in the tests touches, each for one journey.
UNTOUCHED = ["望江村", "听涛村", "揽月村"]
# The account of a mediator who has not applied for a level of the county yet.
APPLICANT = "applicant"
PHONE = "0575-87000110"
OLD_PHONE = "0575-87000555"
VILLAGES = {
    "huixin": "汇心村",
    "taohua": "桃花村",
}


def fill():
    """Fill the migrated database of the settings with the pages, the city and the known people."""
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    fixtures = settings.BASE_DIR / "fixtures"
    quiet = {"stdout": StringIO()}
    divisions = _divisions(fixtures / "divisions_330600.csv", settings.VAR_DIR)
    for year in sorted((fixtures / "calendars").iterdir()):
        call_command("load_calendar", year, **quiet)
    _calendar_of_next_year()
    call_command("load_policies", fixtures / "policies.json", **quiet)
    call_command("load_training", **quiet)
    call_command("make_pages", **quiet)
    call_command("make_city", divisions=str(divisions), mediators=MEDIATORS, **quiet)
    _master()
    call_command("make_training", **quiet)
    call_command("load_casework", **quiet)
    call_command("load_complaints", **quiet)
    call_command("make_casework", cases=CASES, **quiet)
    call_command("make_complaints", **quiet)
    call_command("load_grading", **quiet)
    call_command("make_grading", **quiet)
    _known_people()
    _applicants()


def _divisions(source, folder):
    with source.open(encoding="utf-8-sig") as file:
        head, *rows = csv.reader(file)
    target = folder / "divisions.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [head, *(row for row in rows if row[0] in PLACES or row[0].startswith(TOWNSHIP))]
        )
    return target


def _calendar_of_next_year():
    """In December terms end in a year of which nothing is published: here only its first day is."""
    from django.utils import timezone  # noqa: PLC0415

    from office.clocks import PublishedYear, store_calendar  # noqa: PLC0415
    from office.models import CalendarYear  # noqa: PLC0415

    today = timezone.localdate()
    year = today.year + 1
    if not CalendarYear.objects.filter(year=year).exists():
        off = {date(year, month, 1): "节日" for month in (1, 5, 10)}
        published = PublishedYear(year, "演示日历", today, off, {})
        store_calendar(published, by=None, now=timezone.now())


def _master():
    """Somebody of the Fengqiao committee who may take an apprentice."""
    from registry.models import Level, LevelHolding, Organization  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    committee = Organization.objects.get(name=FENGQIAO)
    master = make.mediator(name=MASTER, in_division=committee.division)
    make.appointment(master, committee, from_on=SEASONED)
    holding = {"level": Level.objects.get(rank=1), "from_on": SEASONED}
    make.saved(LevelHolding(mediator=master, **holding))


def _known_people():
    from django.utils import timezone  # noqa: PLC0415

    from registry.models import Organization  # noqa: PLC0415
    from registry.search import upkeep  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    committee = Organization.objects.get(name=FENGQIAO)
    committee.phone = PHONE
    committee.save()
    for village in UNTOUCHED:
        name = f"枫桥镇{village}人民调解委员会"
        make.organization(name=name, in_division=committee.division)
    for account, village in VILLAGES.items():
        _village_with_a_clerk(account, f"枫桥镇{village}人民调解委员会", committee.division)
    for name in [FOUND_BY_SOUND, RARE, WITH_A_DOT]:
        person = make.mediator(name=name, in_division=committee.division)
        make.appointment(person, committee)
    upkeep.rebuild(today=timezone.localdate())


def _applicants():
    """Somebody who may still apply for a level, and a sheet that waits for the panel's member."""
    from django.utils import timezone  # noqa: PLC0415

    from grading.actions.judging import take_evidence  # noqa: PLC0415
    from grading.models import Panel  # noqa: PLC0415
    from office.models import User  # noqa: PLC0415
    from registry.models import Organization  # noqa: PLC0415
    from tests import make  # noqa: PLC0415
    from tests.grading import make_rounds  # noqa: PLC0415

    committee = Organization.objects.get(name=FENGQIAO)
    account = let_in(make.user(username=APPLICANT, name="酆自荐"))
    person = make.mediator(name="酆自荐", in_division=committee.division, user=account)
    make.appointment(person, committee, from_on=SEASONED)
    panel = Panel.objects.get(state="sitting")
    of = panel.grading_round
    code = of.levels.order_by("rank").last().code
    other = make.mediator(name="酆候评", in_division=committee.division)
    make.appointment(other, committee, from_on=SEASONED)
    row = make_rounds.application("eligible", of=of, code=code, mediator=other, body=committee)
    take_evidence([row], today=timezone.localdate())
    make_rounds.reading(panel, row, User.objects.get(username="panel"))


def let_in(account):
    """Let somebody sign in as the accounts of the demo do."""
    from registry.city.accounts import PASSWORD  # noqa: PLC0415

    account.set_password(PASSWORD)
    account.save()
    return account


def _village_with_a_clerk(account, name, place):
    from office.roles import Role  # noqa: PLC0415
    from tests import make  # noqa: PLC0415

    body = make.organization(name=name, in_division=place, phone=OLD_PHONE)
    make.members(body)
    clerk = make.officer(
        Role.CLERK, body, username=account, name=name[3:6], email=f"{account}@example.org"
    )
    let_in(clerk)


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    django.setup()
    fill()
