"""A row for each desk of casework, with the mark of its place in what people type."""

from casework.models import AllowanceRun, CaseworkPolicy, ClaimLine, PublicPayroll
from tests import make
from tests.casework import make_cases, make_claims, make_schemes
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


def scheme(at):
    return make_schemes.scheme("draft", division=at.division, name=f"{at.mark}办法", tiers=[])


def batch(at):
    """A draft with one line, in words of the place."""
    make_claims.rules()
    make_claims.scheme(at.division)
    make_claims.case(at.body, at.person)
    made = make_claims.batch(of=at.body)
    made.lines.update(reason=f"{at.mark}补助")
    return made


def line(at):
    return ClaimLine.objects.filter(batch__organization=at.body).first() or batch(at).lines.get()


def run(at):
    first = TODAY.replace(day=1)
    return make.saved(
        AllowanceRun(
            division=at.division, organization=at.body, from_on=first.replace(month=10),
            until_on=first, opened_on=TODAY, reasons=f"{at.mark}退回",
        )
    )  # fmt: skip


def payroll(at):
    return make.saved(
        PublicPayroll(mediator=at.person, employer=f"{at.mark}单位", from_on=TODAY - DAY)
    )


MAKERS = {
    "cases": case,
    "claims": batch,
    "claim_lines": line,
    "allowance_runs": run,
    "public_payroll": payroll,
    "subsidy_schemes": scheme,
    "casework_policies": figure,
}
