"""Who takes part in a round of a journey, and by which rule: written beside the city."""

import os
import sys

import django

from tests.journeys.city import FENGQIAO, let_in

# The city was made with the first of the numbers that made-up accounts are called by.
NUMBERS_OF_THE_CITY = 1_000
TITLE = "枫桥人民调解员等级评定试行办法"
CODE, LABEL, PLACES = "l4", "四级人民调解员", 2
# The best is far ahead; the two others are equal, and there is one place for them.
BEST, CHOSEN, LAST = "applicant1", "applicant2", "applicant3"
APPLICANTS = {BEST: "竺一鸣", CHOSEN: "竺二川", LAST: "竺三省"}
PANEL = {"panelist1": "寿知行", "panelist2": "寿明理", "panelist3": "寿守中"}
THIRD_OFFICER = {"county3": "郦公正"}
CHANGES = {
    "title": TITLE, "completeness": [], "vetoes": [],
    "base": {"attest": "political_and_conduct"},
    "req": {code: {"flag": "in_post"} for code in ("l1", "l2", "l3", "l4")},
    "sheet": {
        "items": [
            {"id": "skill", "label": "调解能力", "range": [0, 40]},
            {"id": "law", "label": "法律和政策知识", "range": [0, 30]},
            {"id": "conduct", "label": "职业操守", "range": [0, 30]},
        ],
        "pass": 60, "tie_break": ["skill", "law"],
    },
    "selection": {
        "quotas": [{"level": CODE, "number": PLACES}], "rank_by": ["score"],
        "tie_at_cut": "manual",
    },
    "committee": {
        "size": 3, "seats": {"member": {"count": 3, "label": "委员"}}, "quorum": 2,
        "vote": "majority_present", "tie": "chair",
    },
}  # fmt: skip


def fill():
    from django.utils import timezone  # noqa: PLC0415

    from office.roles import Role  # noqa: PLC0415
    from registry.models import Division, Organization  # noqa: PLC0415
    from registry.search import upkeep  # noqa: PLC0415
    from tests import make  # noqa: PLC0415
    from tests.grading import make_grading  # noqa: PLC0415

    for _taken in range(NUMBERS_OF_THE_CITY):
        make.next_number()
    county = Division.objects.get(code="330681")
    content = make_grading.document(**CHANGES)
    make_grading.version("active", content=content, division=county)
    for accounts, role in ((PANEL, Role.PANEL), (THIRD_OFFICER, Role.COUNTY_BUREAU)):
        for username, name in accounts.items():
            let_in(make.officer(role, county, username=username, name=name))
    committee = Organization.objects.get(name=FENGQIAO)
    for username, name in APPLICANTS.items():
        account = let_in(make.user(username=username, name=name))
        person = make.mediator(name=name, in_division=committee.division, user=account)
        make.appointment(person, committee)
    upkeep.rebuild(today=timezone.localdate())


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    django.setup()
    fill()
