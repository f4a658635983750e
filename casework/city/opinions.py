"""Return visits, codes, samples and file checks in every state, for the demo's county."""

from datetime import timedelta
from itertools import cycle

from django.core.exceptions import ValidationError
from django.db import transaction

from casework import actions
from casework.actions.file_checks import scheme_for
from casework.flows import CLOSED
from casework.models import REQUIRED_DOCUMENTS, CaseRecord, Outcome, SampleKind
from office.models import User
from registry.models import Division

COUNTY = "330681"
BACK = timedelta(days=120)
EXPIRED = timedelta(days=60)
SEED = "枫桥经验"
NOTE = {"reason": "演示。"}
VISITED, DRAWN, CODES = 24, 36, 40
MARKS = [5, 5, 4, 5, 3, 4, 5, 2, 4, 5, 1]
OUTCOMES = [Outcome.REACHED] * 5 + [Outcome.NOT_REACHED, Outcome.REACHED, Outcome.DECLINED]
WORDS = ["调解员很耐心，讲道理。", "", "希望协议能早些履行。", "", "来回跑了三趟，时间长。", ""]
CODE_STATES = ["used", "used", "issued", "used", "revoked", "expired"]
CHECK_STATES = [
    "scored",
    "checked",
    "scored",
    "returned",
    "drawn",
    "completed",
    "scored",
    "dropped",
]
# Points taken off each item, file by file.
LESS = [0, 1, 3, 2, 5]


def make_opinions(today):
    """Ask parties and check files of the county's closed cases; returns what was made."""
    county = Division.objects.filter(code=COUNTY).first()
    closed = CaseRecord.objects.filter(state__in=CLOSED, closed_on__gte=today - BACK)
    cases = list(closed.in_division(county).order_by("pk")) if county else []
    if not cases:
        return {"opinions": 0, "codes": 0, "file_checks": 0}
    window = {"division": county, "from_on": today - BACK, "last_on": today, "seed": SEED}
    visits, files = (
        actions.draw_sample(
            kind=kind, number=DRAWN, is_stratified=True, by=_officer(0), today=today,
            **window, **NOTE,
        )
        for kind in (SampleKind.VISIT, SampleKind.FILES)
    )  # fmt: skip
    drawn = [item.case for item in visits.items.select_related("case")[:VISITED]]
    return {
        "opinions": _visit(drawn, today),
        "codes": _hand_out(cases, today),
        "file_checks": _check(files, today),
    }


def _officer(number):
    """One of the two officers of the county; without demo accounts the system itself."""
    names = ["county", "county2"]
    return User.objects.filter(username=names[number]).first()


def _visit(cases, today):
    asked = zip(cases, cycle(OUTCOMES), cycle(MARKS), cycle(WORDS), strict=False)
    return sum(
        _taken(
            actions.record_visit, case.pk, by=_officer(0), today=today, side="applicant",
            outcome=outcome, means="phone", visited_on=today,
            score=mark if outcome == Outcome.REACHED else None,
            comment=words if outcome == Outcome.REACHED else "",
        )
        for case, outcome, mark, words in asked
    )  # fmt: skip


def _hand_out(cases, today):
    given = zip(cases[:CODES], cycle(CODE_STATES), cycle(MARKS), cycle(WORDS), strict=False)
    return sum(_taken(_live, case, state, mark, words, today) for case, state, mark, words in given)


def _live(case, state, mark, words, today):
    """Hand out a code and take it to a state the way it comes about."""
    day = today - EXPIRED if state == "expired" else today
    code, _shown = actions.issue_code(case.pk, by=_officer(0), today=day, side="respondent")
    if state == "used":
        actions.give_opinion(code.pk, today=today, score=mark, comment=words)
    elif state == "revoked":
        actions.revoke_code(code.pk, by=_officer(0), today=today, **NOTE)


def _check(sample, today):
    checks = sample.file_checks.order_by("pk")
    return sum(
        _taken(_go_on, check, state, less, today)
        for check, state, less in zip(checks, cycle(CHECK_STATES), cycle(LESS), strict=False)
    )


def _go_on(check, state, less, today):
    """Take a check to a state the way it comes about, the score by the second officer."""
    first, second = ({"by": _officer(number), "today": today} for number in (0, 1))
    if state == "drawn":
        return
    if state == "dropped":
        actions.drop_check(check.pk, **first, **NOTE)
        return
    found = [*REQUIRED_DOCUMENTS[:-1], "fulfilment", "confirmation"]
    actions.check_file(check.pk, found=found, remarks="笔录签名齐全。", **first)
    if state in {"returned", "completed"}:
        actions.hand_back_file(check.pk, to_complete="请补齐卷宗封底。", **first, **NOTE)
    if state == "completed":
        actions.complete_file(check.pk, found=[*found, "cover"], **first)
    if state == "scored":
        items = scheme_for(check, today).items.all()
        marks = {item.code: max(item.points - less, 0) for item in items}
        actions.score_file(check.pk, marks=marks, **second)


def _taken(act, *args, **given):
    """Take an act; whether the invented case allowed it."""
    try:
        with transaction.atomic():
            act(*args, **given)
    except ValidationError:
        return False
    return True
