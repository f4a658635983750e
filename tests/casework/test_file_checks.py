"""File checks: what must be there, a second person scores, and never who mediated."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from casework import actions
from casework.flows import FILE_CHECK, CaseState, FileCheckState
from casework.models import (
    REQUIRED_DOCUMENTS,
    CaseRecord,
    FileCheck,
    FileDocument,
    QualityItem,
    QualityScheme,
)
from casework.rules.files import expected, missing
from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.casework import make_cases
from tests.casework import make_opinions as made
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
F = FileCheckState
S = FILE_CHECK.steps


@pytest.mark.parametrize(
    ("facts", "more", "less"),
    [
        ({"agreement": "written"}, [], []),
        ({"agreement": "oral"}, [], ["agreement"]),
        ({"agreement": "none"}, [], ["agreement"]),
        ({"agreement": ""}, [], ["agreement"]),
        ({"agreement": "written", "confirmation": "confirmed"}, ["confirmation"], []),
        ({"agreement": "written", "confirmation": "applied"}, [], []),
        ({"agreement": "written", "confirmation": "refused"}, [], []),
        ({"agreement": "oral", "fulfilment": "fulfilled"}, ["fulfilment"], ["agreement"]),
        ({"agreement": "oral", "fulfilment": "partly"}, [], ["agreement"]),
    ],
)
def test_what_must_be_in_a_file_follows_from_the_case(facts, more, less):
    facts = {"confirmation": "", "fulfilment": "", **facts}
    needed = expected(REQUIRED_DOCUMENTS, **facts)
    assert set(needed) == set(REQUIRED_DOCUMENTS) - set(less) | set(more)


def test_of_an_oral_agreement_the_record_is_kept_even_if_it_were_not_always():
    assert expected([], agreement="oral", confirmation="", fulfilment="") == ["record"]


@given(
    st.lists(st.sampled_from(FileDocument.values), unique=True),
    st.lists(st.sampled_from(FileDocument.values), unique=True),
)
def test_what_is_missing_and_what_was_found_make_up_what_must_be_there(needed, found):
    lacking = missing(needed, found)
    assert set(lacking) == set(needed) - set(found)
    assert lacking == [code for code in needed if code in lacking]


def test_a_check_notes_what_is_missing():
    check = made.file_check("checked")

    assert check.found == made.WHOLE[:3]
    assert check.missing == ["record", "agreement", "cover"]
    assert (check.state, check.checked_on) == (F.CHECKED, TODAY)


def test_what_was_completed_is_missing_no_more():
    check = made.file_check("completed")
    assert (check.missing, check.completed_on, check.to_complete) == (
        [], TODAY, "Add the record.",
    )  # fmt: skip


@pytest.mark.parametrize("state", F)
@pytest.mark.parametrize("step", S)
def test_a_step_is_taken_from_its_states_only(state, step):
    check = made.file_check(state)
    assert (FILE_CHECK.refusals(check, step, TODAY) == []) is (state in S[step].sources)


@pytest.mark.parametrize("state", CaseState)
def test_a_file_is_checked_once_the_mediation_is_over(state):
    case = make_cases.case(state)
    closed = state in {"succeeded", "failed", "withdrawn", "transferred"}
    if closed:
        made.file_check(case=case)
    else:
        with pytest.raises(Refused, match="once the mediation is over"):
            made.file_check(case=case)


def test_a_file_is_checked_by_one_at_a_time_and_again_once_that_is_over():
    case = make_cases.case("succeeded")
    check = made.file_check(case=case)
    with pytest.raises(ValidationError, match="being checked already"):
        made.file_check(case=case)
    actions.drop_check(check.pk, by=None, today=TODAY, reason="Lost.")
    made.file_check("scored", case=case)
    made.file_check(case=case)


class TestSecondPerson:
    def test_who_checked_does_not_score(self):
        first = make.user()
        check = made.file_check("checked", checked_by=first)
        with pytest.raises(Refused, match="Who checked the file does not score it"):
            actions.score_file(check.pk, by=first, today=TODAY, marks=made.full_marks())
        check.refresh_from_db()
        assert (check.state, check.score) == (F.CHECKED, None)
        actions.score_file(check.pk, by=make.user(), today=TODAY, marks=made.full_marks())

    def test_who_checked_the_completion_does_not_score_either(self):
        other = make.user()
        check = made.file_check("returned")
        actions.complete_file(check.pk, by=other, today=TODAY, found=made.WHOLE)
        with pytest.raises(Refused, match="Who checked the file does not score it"):
            actions.score_file(check.pk, by=other, today=TODAY, marks=made.full_marks())

    @pytest.mark.parametrize("state", ["drawn", "checked", "returned"])
    def test_who_mediated_neither_checks_nor_scores(self, state):
        officer = make.user()
        person = make.appointment().mediator
        person.user = officer
        person.save()
        check = made.file_check(state, case=make_cases.case("succeeded", mediators=[person]))
        act, given = {
            "drawn": (actions.check_file, {"found": []}),
            "checked": (actions.score_file, {"marks": made.full_marks()}),
            "returned": (actions.complete_file, {"found": []}),
        }[state]
        with pytest.raises(Refused, match="You mediated this case"):
            act(check.pk, by=officer, today=TODAY, **given)

    @pytest.mark.parametrize("field", ["checked_by", "completed_by"])
    def test_the_database_itself_refuses_one_person_for_both(self, field):
        check = made.file_check("scored")
        with pytest.raises(IntegrityError, match="scored_by_another"), transaction.atomic():
            FileCheck.objects.filter(pk=check.pk).update(**{field: check.scored_by})


class TestScores:
    def test_the_score_is_the_sum_by_the_scheme_that_holds(self):
        check = made.file_check("checked")
        scored = actions.score_file(
            check.pk, by=make.user(), today=TODAY, marks=made.full_marks(less=2)
        )
        assert scored.score == 100 - 2 * 5
        assert scored.scheme == QualityScheme.objects.get()
        assert scored.state == F.SCORED

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda marks: marks | {"record": marks["record"] + 1},
            lambda marks: marks | {"record": -1},
            lambda marks: marks | {"beauty": 1},
            lambda marks: {code: marks[code] for code in list(marks)[1:]},
        ],
    )
    def test_marks_are_those_of_the_scheme_and_within_it(self, spoil):
        check = made.file_check("checked")
        with pytest.raises(Refused):
            actions.score_file(
                check.pk, by=make.user(), today=TODAY, marks=spoil(made.full_marks())
            )

    def test_without_a_scheme_nothing_is_scored(self):
        check = made.file_check("checked")
        QualityItem.objects.all().delete()
        QualityScheme.objects.all().delete()
        with pytest.raises(Refused, match="No scheme of file quality holds"):
            actions.score_file(check.pk, by=make.user(), today=TODAY, marks={})


def scheme(**fields):
    given = {
        "division": make.division("330681"), "name": "诸暨标准", "standing": "setting",
        "source": "", "from_on": TODAY, "items": [("齐全", 60), ("规范", 40)], **fields,
    }  # fmt: skip
    return actions.set_quality_scheme(by=make.user(), today=TODAY, reason="-", **given)


class TestSchemes:
    def test_the_scheme_of_the_nearest_division_holds_from_its_day_on(self):
        made.ready()
        own = scheme(from_on=TODAY + DAY)
        ruling = QualityScheme.objects.ruling
        place = make.division("330681").pk
        assert ruling(place, TODAY).division is None
        assert ruling(place, TODAY + DAY) == own
        assert ruling(make.division("330682").pk, TODAY + DAY).division is None

    def test_points_add_up_to_100(self):
        with pytest.raises(Refused, match="add up to 100"):
            scheme(items=[("齐全", 60), ("规范", 39)])
        assert sum(item.points for item in scheme().items.all()) == 100

    def test_the_scheme_of_the_product_adds_up_to_100_and_is_called_a_setting(self):
        made.ready()
        [row] = QualityScheme.objects.all()
        assert sum(item.points for item in row.items.all()) == 100
        assert row.standing == "setting"
        assert actions.load_quality(make_cases.read("quality.json")) == 0

    def test_a_scheme_does_not_begin_in_the_past_nor_two_on_one_day(self):
        with pytest.raises(Refused, match="cannot begin in the past"):
            scheme(from_on=TODAY - DAY)
        scheme()
        with pytest.raises(ValidationError, match="already begins on this day"):
            scheme()

    def test_what_rests_on_a_rule_names_it(self):
        with pytest.raises(ValidationError, match="Name the source"):
            scheme(standing="law")

    @pytest.mark.parametrize(
        ("model", "values"),
        [
            (QualityScheme, {"until_on": TODAY - DAY}),
            (QualityScheme, {"standing": "law"}),
            (QualityItem, {"points": 0}),
            (QualityItem, {"points": 101}),
            (QualityItem, {"order": 1}),
            (QualityItem, {"code": "item-1"}),
        ],
    )
    def test_the_database_holds_it_too(self, model, values):
        row = scheme()
        which = {"pk": row.pk} if model is QualityScheme else {"scheme": row}
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(**which).update(**values)


@pytest.mark.parametrize(
    ("state", "values", "name"),
    [
        ("drawn", {"state": "lost"}, "filecheck_(state_is_known|checked_on_a_day)"),
        ("checked", {"checked_on": None}, "filecheck_checked_on_a_day"),
        ("drawn", {"checked_on": TODAY}, "filecheck_checked_on_a_day"),
        ("scored", {"score": None}, "filecheck_scored_has_a_score"),
        ("scored", {"score": 101}, "filecheck_scored_has_a_score"),
        ("scored", {"scheme": None}, "filecheck_scored_has_a_score"),
        ("checked", {"score": 50}, "filecheck_scored_has_a_score"),
    ],
)
def test_the_database_refuses_a_check_that_cannot_be(state, values, name):
    check = made.file_check(state)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        FileCheck.objects.filter(pk=check.pk).update(**values)


def test_the_ledger_tells_each_act_and_no_remark():
    check = made.file_check("completed")
    entries = LedgerEntry.objects.of(check).order_by("sequence")
    assert [entry.act.rpartition(".")[2] for entry in entries] == [
        "open_check", "check", "hand_back", "complete",
    ]  # fmt: skip
    assert made.COMMENT not in str(list(entries.values("before", "after")))


def test_if_scoring_fails_in_the_middle_nothing_is_scored(monkeypatch):
    check = made.file_check("checked")

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("office.flow.ledger.append", fails)
    with pytest.raises(RuntimeError):
        actions.score_file(check.pk, by=make.user(), today=TODAY, marks=made.full_marks())
    check.refresh_from_db()
    assert (check.state, check.score) == (F.CHECKED, None)


def test_the_case_of_a_check_may_change_and_so_may_what_it_needs():
    check = made.file_check("checked")
    CaseRecord.objects.filter(pk=check.case_id).update(fulfilment="fulfilled")
    check = FileCheck.objects.get(pk=check.pk)
    assert "fulfilment" in check.expected
    assert "fulfilment" not in check.missing
