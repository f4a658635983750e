"""A row for each desk of casework, with the mark of its place in what people type."""

from casework.models import CaseworkPolicy
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY


def figure(at):
    return make.saved(
        CaseworkPolicy(
            key="visit_share", division=at.division, amount=30, unit="percent", standing="practice",
            kind="village" if CaseworkPolicy.objects.filter(division=at.division).exists() else "",
            source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


def case(at):
    made = make_cases.case(
        "succeeded", body=at.body, mediators=[at.person], summary=f"{at.mark}纠纷",
        transferred_to=f"{at.mark}法院",
    )  # fmt: skip
    make_cases.party(made, name=f"{at.mark}当事人")
    return made


MAKERS = {
    "cases": case,
    "casework_policies": figure,
}
