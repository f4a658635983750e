"""A row for each desk of casework, with the mark of its place in what people type."""

from io import BytesIO

from casework import actions
from casework.actions import make_push_key, receive_case_import
from casework.models import (
    AllowanceRun,
    CaseworkPolicy,
    ClaimLine,
    PublicPayroll,
    RatedOrganization,
    SubsidyScheme,
)
from tests import make
from tests.casework import make_case_studies, make_cases, make_claims, make_schemes
from tests.casework import make_opinions as opinions
from tests.make import DAY, TODAY


def figure(at):
    return make.saved(
        CaseworkPolicy(
            key="visit_share", division=at.division, amount=30, unit="percent", standing="practice",
            kind="village" if CaseworkPolicy.objects.filter(division=at.division).exists() else "",
            source=f"{at.mark}文件", from_on=TODAY - 9 * DAY,
        )
    )  # fmt: skip


def scheme(at):
    return make_schemes.scheme("draft", division=at.division, name=f"{at.mark}办法", tiers=[])


def case(at):
    made = make_cases.case(
        "succeeded", body=at.body, mediators=[at.person], summary=f"{at.mark}纠纷",
        transferred_to=f"{at.mark}法院",
    )  # fmt: skip
    make_cases.party(made, name=f"{at.mark}当事人")
    return made


def closed_case(at):
    """A case of a place, with a number that bears its mark."""
    return make_cases.case(
        "succeeded", body=at.body, mediators=[at.person], number=f"{at.mark}{make.next_number()}"
    )


def opinion(at):
    return opinions.visit(closed_case(at), by=at.recorder, comment=f"{at.mark}意见")


def opinion_code(at):
    return opinions.code(closed_case(at), by=at.recorder)[0]


def file_check(at):
    """Handed back, so that the organisation sees it as well."""
    opinions.ready()
    note = {"by": at.recorder, "today": TODAY, "reason": "-"}
    check = actions.open_check(case=closed_case(at), **note)
    actions.check_file(check.pk, found=[], remarks=f"{at.mark}备注", **note)
    return actions.hand_back_file(check.pk, to_complete=f"{at.mark}补正", **note)


def case_sample(at):
    closed_case(at)
    return opinions.sample(by=at.recorder, division=at.division, number=1, seed=f"{at.mark}种子")


def rated(at):
    return RatedOrganization.objects.get(pk=at.body.pk)


def quality_scheme(at):
    from_on = TODAY + make.next_number() * DAY
    return actions.set_quality_scheme(
        by=at.recorder, today=TODAY, reason="-", division=at.division, name=f"{at.mark}标准",
        standing="setting", from_on=from_on, items=[("齐全", 100)],
    )  # fmt: skip


def case_study(at):
    return make_case_studies.study(
        "submitted", by=at.person, body=at.body, title=f"{at.mark}案例", comment=f"{at.mark}点评"
    )


def prevention(at):
    return make_case_studies.report("reported", body=at.body, remarks=f"{at.mark}说明")


def batch(at):
    """A draft with one line, in words of the place."""
    make_claims.rules()
    if SubsidyScheme.objects.ruling(at.division.pk, TODAY) is None:
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
    "subsidy_schemes": scheme,
    "casework_policies": figure,
    "cases": case,
    "return_visits": closed_case,
    "opinions": opinion,
    "opinion_codes": opinion_code,
    "file_checks": file_check,
    "case_samples": case_sample,
    "satisfaction": rated,
    "quality_schemes": quality_scheme,
    "case_studies": case_study,
    "prevention": prevention,
    "claims": batch,
    "claim_lines": line,
    "allowance_runs": run,
    "public_payroll": payroll,
    "case_imports": case_import,
    "push_keys": push_key,
}
