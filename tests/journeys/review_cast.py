"""Who takes part in the review of a journey, and by which rule: a small county of its own."""

import os
import sys

import django

from tests.journeys.city import SEASONED, let_in

# The city was made with the first of the numbers that made-up accounts are called by.
NUMBERS_OF_THE_CITY = 1_000
COUNTY, TOWN = "330699", "330699101"
RULE = "小县人民调解员年度考核办法"
REVIEWED, NAME = "reviewed", "宓自评"
CLERK, OFFICE = "review_clerk", "review_office"
FIRST, SECOND = "review_first", "review_second"
CONDUCT = [{"id": "conduct", "label": "工作表现", "weight": 100, "manual": True}]


def fill():
    from django.utils import timezone  # noqa: PLC0415

    from office.roles import Role  # noqa: PLC0415
    from registry.search import upkeep  # noqa: PLC0415
    from tests import make  # noqa: PLC0415
    from tests.grading import make_cycles, make_sheets  # noqa: PLC0415

    for _taken in range(NUMBERS_OF_THE_CITY):
        make.next_number()
    county, town = make.division(COUNTY, "小县"), make.division(TOWN, "小镇")
    body = make.organization(name="小镇人民调解委员会", in_division=town, kind="township")
    content = {**make_sheets.rule(indicators=CONDUCT), "title": RULE}
    make_cycles.version(content=content, division=county)
    for username, role, place in [
        (CLERK, Role.CLERK, body), (OFFICE, Role.JUSTICE_OFFICE, town),
        (FIRST, Role.COUNTY_BUREAU, county), (SECOND, Role.COUNTY_BUREAU, county),
    ]:  # fmt: skip
        let_in(make.officer(role, place, username=username, name=username))
    account = let_in(make.user(username=REVIEWED, name=NAME))
    person = make.mediator(name=NAME, in_division=town, user=account)
    make.appointment(person, body, from_on=SEASONED)
    upkeep.rebuild(today=timezone.localdate())


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    django.setup()
    fill()
