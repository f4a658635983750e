"""Return visits, codes, samples and file checks, built by the acts of the office."""

from casework import actions
from casework.models import CaseworkPolicy, QualityScheme
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY

COMMENT = "张阿姨说调解员偏袒王五"


def ready():
    """The figures and the scheme that hold everywhere."""
    if not CaseworkPolicy.objects.exists():
        make_cases.figures()
    if not QualityScheme.objects.exists():
        actions.load_quality(make_cases.read("quality.json"))


def visit(case=None, *, by=None, score=4, today=TODAY, **fields):
    outcome = fields.setdefault("outcome", "reached")
    given = {
        "side": "applicant", "means": "phone", "visited_on": today, "comment": COMMENT, **fields,
    }  # fmt: skip
    return actions.record_visit(
        (case or make_cases.case("succeeded")).pk,
        by=by or make.user(),
        today=today,
        score=score if outcome == "reached" else None,
        **given,
    )


def code(case=None, *, by=None, side="applicant", today=TODAY):
    """The row of a code and the code itself."""
    ready()
    case = case or make_cases.case("succeeded")
    return actions.issue_code(case.pk, by=by or make.user(), today=today, side=side)


def sample(kind="visit", *, by=None, today=TODAY, **fields):
    given = {
        "division": make.division(), "organization": None, "from_on": TODAY - 365 * DAY,
        "last_on": TODAY, "is_stratified": False, "seed": "枫桥", "reason": "Quarterly.", **fields,
    }  # fmt: skip
    return actions.draw_sample(kind=kind, by=by or make.user(), today=today, **given)


WHOLE = ["application", "notice", "identity", "record", "agreement", "cover"]


def file_check(state="drawn", *, case=None, checked_by=None, by=None):
    """A check in a state, taken there the way it comes about."""
    ready()
    case = case or make_cases.case("succeeded")
    note = {"today": TODAY, "by": checked_by or make.user()}
    check = actions.open_check(case=case, reason="-", **note)
    if state == "dropped":
        return actions.drop_check(check.pk, reason="Lost.", **note)
    if state != "drawn":
        check = actions.check_file(check.pk, found=WHOLE[:3], remarks=COMMENT, **note)
    if state in {"returned", "completed"}:
        check = actions.hand_back_file(check.pk, reason="-", to_complete="Add the record.", **note)
    if state == "completed":
        check = actions.complete_file(check.pk, found=WHOLE, **note)
    if state == "scored":
        given = {"today": TODAY, "by": by or make.user()}
        check = actions.score_file(check.pk, marks=full_marks(), **given)
    return check


def full_marks(less=0):
    """Points for each item of the scheme that holds everywhere."""
    items = QualityScheme.objects.get(division=None).items.all()
    return {item.code: item.points - less for item in items}
