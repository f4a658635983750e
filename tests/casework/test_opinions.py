"""Return visits and opinions by code: who may, once for each party, and what nobody learns."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from casework import actions
from casework.flows import OPINION_CODE, CaseState, CodeState
from casework.models import CaseRecord, CaseworkPolicy, Opinion, OpinionCode
from casework.reports.satisfaction import satisfaction_of, satisfaction_of_mediator, told
from casework.rules.opinions import Satisfaction
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from registry.models.public_id import ALPHABET
from tests import make
from tests.casework import make_cases
from tests.casework import make_opinions as made
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LETTERS = {letter.upper() for letter in ALPHABET}


class TestVisits:
    def test_a_visit_is_kept_with_who_asked_and_its_comment_sealed(self):
        officer = make.user(name="赵六")
        opinion = made.visit(by=officer, score=5)

        with connection.cursor() as cursor:
            cursor.execute("SELECT comment FROM casework_opinion")
            [stored] = cursor.fetchone()
        assert made.COMMENT not in stored
        opinion.refresh_from_db()
        assert (opinion.comment, opinion.score) == (made.COMMENT, 5)
        assert (opinion.channel, opinion.visited_by, opinion.given_on) == ("visit", officer, TODAY)

    def test_the_ledger_tells_of_the_visit_and_not_of_the_words(self):
        opinion = made.visit()

        entry = LedgerEntry.objects.of(opinion).get()

        assert entry.act == "casework.opinion.visit"
        assert entry.after["comment"] is True
        assert made.COMMENT not in str(entry.after)

    @pytest.mark.parametrize("state", CaseState)
    def test_parties_are_asked_once_the_mediation_is_over(self, state):
        case = make_cases.case(state)
        closed = state in {"succeeded", "failed", "withdrawn", "transferred"}
        if closed:
            made.visit(case)
        else:
            with pytest.raises(Refused, match="Parties are asked once the mediation is over"):
                made.visit(case)
        assert Opinion.objects.exists() is closed

    def test_who_mediated_does_not_record_the_visit(self):
        officer = make.user()
        person = make.appointment().mediator
        person.user = officer
        person.save()
        case = make_cases.case("succeeded", mediators=[make.mediator(), person])

        with pytest.raises(Refused, match="You mediated this case"):
            made.visit(case, by=officer)
        with pytest.raises(Refused, match="You mediated this case"):
            made.code(case, by=officer)
        assert not Opinion.objects.exists()
        assert made.visit(case).pk

    @pytest.mark.parametrize(
        ("days", "allowed"), [(0, True), (1, False), (-20, True), (-21, False)]
    )
    def test_the_day_lies_between_the_end_and_today(self, days, allowed):
        case = make_cases.case("succeeded")
        assert case.closed_on == TODAY - 20 * DAY
        try:
            made.visit(case, visited_on=TODAY + days * DAY)
        except Refused:
            assert not allowed
        assert Opinion.objects.exists() is allowed

    @pytest.mark.parametrize("outcome", ["not_reached", "declined"])
    def test_whoever_gave_no_answer_has_no_mark(self, outcome):
        assert made.visit(outcome=outcome).score is None
        with pytest.raises(ValidationError):
            actions.record_visit(
                make_cases.case("succeeded").pk, by=None, today=TODAY, side="applicant",
                outcome=outcome, means="phone", visited_on=TODAY, score=3,
            )  # fmt: skip

    def test_each_party_answers_once_and_may_be_tried_again_and_again(self):
        case = make_cases.case("succeeded")
        make_cases.party(case)
        make_cases.party(case)
        for _time in range(3):
            made.visit(case, outcome="not_reached")
        made.visit(case)
        made.visit(case)
        made.visit(case, side="respondent")

        with pytest.raises(Refused, match="Every party of this side has given its opinion"):
            made.visit(case)
        assert Opinion.objects.scored().count() == 3

    def test_an_answer_takes_the_place_of_a_code_still_out(self):
        case = make_cases.case("succeeded")
        row, code = made.code(case)
        made.visit(case, outcome="not_reached")
        assert actions.find_code(code, today=TODAY) == row

        made.visit(case)

        row.refresh_from_db()
        assert row.state == CodeState.REVOKED
        assert actions.find_code(code, today=TODAY) is None

    def test_if_the_answer_cannot_be_stored_the_code_stays(self, monkeypatch):
        case = make_cases.case("succeeded")
        row, _code = made.code(case)

        def fails(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("casework.actions.opinions.entered", fails)
        with pytest.raises(RuntimeError):
            made.visit(case)
        row.refresh_from_db()
        assert row.state == CodeState.ISSUED


class TestCodes:
    def test_a_code_has_16_letters_without_look_alikes_and_only_its_hash_is_kept(self):
        row, code = made.code()

        letters = code.replace("-", "")
        assert len(letters) == 16
        assert set(letters) <= LETTERS
        assert not LETTERS & set("01ILO")
        stored = str(OpinionCode.objects.values().get()) + str(
            list(LedgerEntry.objects.values("before", "after", "reason"))
        )
        assert letters not in stored
        assert code not in stored
        assert row.code_hash not in str(list(LedgerEntry.objects.values("before", "after")))

    def test_it_is_found_however_it_is_typed(self):
        row, code = made.code()
        for typed in [code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "]:
            assert actions.find_code(typed, today=TODAY) == row

    def test_it_keeps_the_policy_it_was_made_under(self):
        row, _code = made.code()
        assert row.policy.key == "survey_days"
        # Thirty days end on a working day, if the calendar of the year is known.
        assert row.last_on == TODAY + row.policy.amount * DAY

    @pytest.mark.parametrize(("days", "works"), [(30, True), (31, False)])
    def test_it_works_on_its_last_day_and_not_after(self, days, works):
        row, code = made.code()
        day = TODAY + days * DAY

        assert (actions.find_code(code, today=day) is not None) is works
        assert (OPINION_CODE.refusals(row, "use", day) == []) is works
        if not works:
            with pytest.raises(Refused, match="no longer valid"):
                actions.give_opinion(row.pk, today=day, score=3)

    def test_unknown_expired_and_revoked_codes_are_the_same_to_whoever_asks(self):
        (expired, expired_code), (revoked, revoked_code) = made.code(), made.code()
        actions.revoke_code(revoked.pk, by=make.user(), today=TODAY, reason="Lost.")
        void, void_code = made.code()
        CaseRecord.objects.filter(pk=void.case_id).update(state="void")

        answers = [
            actions.find_code(text, today=expired.last_on + DAY)
            for text in (expired_code, revoked_code, void_code, "", "AAAA-BBBB-CCCC-DDDD", "0" * 99)
        ]

        assert answers == [None] * 6

    def test_an_opinion_is_given_once(self):
        row, code = made.code()
        opinion = actions.give_opinion(row.pk, today=TODAY, score=2, comment=made.COMMENT)

        with pytest.raises(Refused):
            actions.give_opinion(row.pk, today=TODAY, score=5)
        assert list(Opinion.objects.values_list("score", flat=True)) == [2]
        assert (opinion.channel, opinion.side, opinion.case) == ("code", row.side, row.case)
        assert actions.find_code(code, today=TODAY + 99 * DAY).state == CodeState.USED

    def test_the_ledger_of_an_opinion_by_code_holds_neither_mark_nor_words(self):
        row, _code = made.code()
        actions.give_opinion(row.pk, today=TODAY, score=2, comment=made.COMMENT)

        [use, issue] = LedgerEntry.objects.filter(subject_type="casework.opinioncode")
        assert (issue.act, use.act) == ("casework.opinioncode.hand_out", "casework.opinioncode.use")
        assert use.after == {"state": "used"}
        assert not LedgerEntry.objects.filter(subject_type="casework.opinion").exists()
        assert ledger.faults() == []

    def test_a_side_gets_as_many_codes_as_it_has_parties(self):
        case = make_cases.case("succeeded")
        row, _code = made.code(case)
        with pytest.raises(Refused, match="or holds a code"):
            made.code(case)
        made.code(case, side="respondent")
        make_cases.party(case)
        make_cases.party(case)
        made.code(case)
        actions.revoke_code(row.pk, by=None, today=TODAY, reason="Lost.")
        made.code(case)
        with pytest.raises(Refused, match="or holds a code"):
            made.code(case)

    def test_what_expired_may_be_replaced(self):
        case = make_cases.case("succeeded")
        row, _code = made.code(case)
        with pytest.raises(Refused):
            made.code(case, today=row.last_on)
        made.code(case, today=row.last_on + DAY)

    def test_without_a_policy_there_is_no_code(self):
        made.ready()
        CaseworkPolicy.objects.filter(key="survey_days").delete()
        with pytest.raises(Refused, match="No policy sets this figure"):
            made.code()

    @pytest.mark.parametrize("state", CodeState)
    @pytest.mark.parametrize("step", ["use", "revoke"])
    def test_only_a_code_handed_out_is_used_or_taken_back(self, state, step):
        row, _code = made.code()
        OpinionCode.objects.filter(pk=row.pk).update(state=state)
        row.refresh_from_db()
        assert (OPINION_CODE.refusals(row, step, TODAY) == []) is (state == CodeState.ISSUED)


BROKEN = [
    ({"score": None}, "opinion_has_a_mark_if_reached"),
    ({"score": 6}, "opinion_has_a_mark_if_reached"),
    ({"score": 0}, "opinion_has_a_mark_if_reached"),
    ({"outcome": "declined"}, "opinion_has_a_mark_if_reached"),
    ({"outcome": "sung"}, "opinion_has_a_mark_if_reached"),
    ({"side": "judge"}, "opinion_side_is_known"),
    ({"means": ""}, "opinion_came_one_way"),
    ({"channel": "code"}, "opinion_came_one_way"),
    ({"channel": "dream"}, "opinion_came_one_way"),
]


@pytest.mark.parametrize(("values", "name"), BROKEN)
def test_the_database_refuses_an_opinion_that_cannot_be(values, name):
    opinion = made.visit()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Opinion.objects.filter(pk=opinion.pk).update(**values)


def test_the_database_takes_one_opinion_for_a_code():
    row, _code = made.code()
    actions.give_opinion(row.pk, today=TODAY, score=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.bulk_create(
            [Opinion(case=row.case, channel="code", side="applicant", outcome="reached", score=5,
                     code=row, given_on=TODAY)]
        )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "lost"}, "opinioncode_state_is_known"),
        ({"side": "judge"}, "opinioncode_side_is_known"),
        ({"last_on": TODAY - DAY}, "opinioncode_is_valid_for_a_while"),
        ({"code_hash": ""}, "opinioncode_has_a_hash"),
    ],
)
def test_the_database_refuses_a_code_that_cannot_be(values, name):
    row, _code = made.code()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        OpinionCode.objects.filter(pk=row.pk).update(**values)


class TestSatisfaction:
    def test_below_the_least_number_nothing_is_shown_and_nothing_is_not_zero(self, in_english):
        made.ready()
        person = make.appointment().mediator
        for score in (5, 4, 4, 3):
            made.visit(make_cases.case("succeeded", mediators=[person]), score=score)
        four = satisfaction_of_mediator(person, today=TODAY)
        made.visit(make_cases.case("failed", mediators=[person]), score=1)
        five = satisfaction_of_mediator(person, today=TODAY)

        assert (four.average, told(four)) == (None, "fewer than 5 opinions")
        assert (five.average, told(five)) == (Decimal("3.40"), "3.40 of 5, from 5 opinions")

    def test_only_scored_opinions_of_counting_cases_count(self):
        made.ready()
        kept = made.visit(score=5)
        made.visit(outcome="declined")
        void = made.visit(score=1)
        CaseRecord.objects.filter(pk=void.case_id).update(state="void")
        twin = made.visit(score=1)
        CaseRecord.objects.filter(pk=twin.case_id).update(same_as=kept.case_id)

        assert list(Opinion.objects.counting()) == [kept]
        found = satisfaction_of(
            Opinion.objects.all(), division_id=kept.case.division_id, today=TODAY
        )
        assert (found.count, found.total) == (1, 5)

    @given(st.lists(st.integers(1, 5), max_size=40), st.integers(1, 12))
    def test_the_average_lies_among_the_marks_or_is_not_told(self, scores, least):
        found = Satisfaction(len(scores), sum(scores), least)
        if len(scores) < least:
            assert found.average is None
        else:
            assert min(scores) <= found.average <= max(scores)
