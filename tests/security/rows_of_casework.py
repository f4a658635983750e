"""A row for each desk of casework, with the mark of its place in what people type."""

from casework import actions
from casework.models import CaseworkPolicy, RatedOrganization
from tests import make
from tests.casework import make_cases
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


MAKERS = {
    "return_visits": closed_case,
    "opinions": opinion,
    "opinion_codes": opinion_code,
    "file_checks": file_check,
    "case_samples": case_sample,
    "satisfaction": rated,
    "quality_schemes": quality_scheme,
    "casework_policies": figure,
}
