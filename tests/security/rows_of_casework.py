"""A row for each desk of casework, with the mark of its place in what people type."""

from io import BytesIO

from casework.actions import make_push_key, receive_case_import
from casework.models import CaseworkPolicy
from tests import make
from tests.make import DAY, TODAY


def figure(at):
    return make.saved(
        CaseworkPolicy(
            key="visit_share", division=at.division, amount=30, unit="percent", standing="practice",
            kind="village" if CaseworkPolicy.objects.filter(division=at.division).exists() else "",
            source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


def case_import(at):
    content = f"案件编号,调解组织,调解员\n{at.mark}1,{at.body.name},{at.person.name}\n"
    return receive_case_import(
        BytesIO(content.encode()), division=at.division, organization=at.body,
        name=f"{at.mark}案件.csv", by=at.recorder,
    )  # fmt: skip


def push_key(at):
    return make_push_key(
        name=f"{at.mark}平台", division=at.division, by=at.recorder, today=TODAY, reason="R"
    )[0]


MAKERS = {
    "case_imports": case_import,
    "push_keys": push_key,
    "casework_policies": figure,
}
