"""A row for each desk of casework, with the mark of its place in what people type."""

from casework.models import CaseworkPolicy
from tests import make
from tests.casework import make_case_studies
from tests.make import DAY, TODAY


def figure(at):
    return make.saved(
        CaseworkPolicy(
            key="visit_share", division=at.division, amount=30, unit="percent", standing="practice",
            kind="village" if CaseworkPolicy.objects.filter(division=at.division).exists() else "",
            source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


def case_study(at):
    return make_case_studies.study(
        "submitted", by=at.person, body=at.body, title=f"{at.mark}案例", comment=f"{at.mark}点评"
    )


def prevention(at):
    return make_case_studies.report("reported", body=at.body, remarks=f"{at.mark}说明")


MAKERS = {
    "case_studies": case_study,
    "prevention": prevention,
    "casework_policies": figure,
}
