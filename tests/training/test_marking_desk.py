"""Marking, statistics, corrections, appeals and the replay on the desk."""

from decimal import Decimal

import pytest

from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url
from tests.training import make_exams, make_marking
from tests.training.make_exams import NOW
from tests.training.make_marking import WHY, again, in_marking, marked, released
from training import actions
from training.models import Exam, Marking, Rekey
from training.reports.items import doubtful, lines_of, scatter

pytestmark = pytest.mark.django_db
QUERIES = {"markings": 9, "rekeys": 9, "appeals": 10}


def trainer(at=None):
    return make.officer(Role.TRAINER, at or make.division("330681"))


@pytest.fixture
def signed_in(at_desk):
    return at_desk(trainer(), password_shown=True)


def exam_of(marker, **fields):
    """An exam in marking of which somebody is a marker."""
    exam, sittings = in_marking(**fields)
    users = [marker, make.user()]
    actions.name_markers(exam.pk, by=make.user(), today=TODAY, users=users, **WHY)
    return exam, sittings


def row_of(desk, marker, at=None):
    """A row of a desk, in a division."""
    if desk == "markings":
        exam, _sittings = exam_of(marker, at=at)
        return actions.claim_answer(exam.pk, by=marker, now=NOW, today=TODAY)
    if desk == "rekeys":
        return make_marking.rekey(exam=in_marking(["single", "true_false"], at=at)[0])
    return make_marking.appeal(sitting=released(rights=[False], at=at)[1][0])


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("desk", QUERIES)
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, signed_in, desk, rows, django_assert_num_queries
):
    for _row in range(rows):
        row_of(desk, signed_in)
    client.get(url(desk, "index"))

    with django_assert_num_queries(QUERIES[desk]):
        assert client.get(url(desk, "index")).status_code == 200


@pytest.mark.parametrize(
    ("desk", "act"), [("markings", "hand_back"), ("rekeys", "drop"), ("appeals", "reject")]
)
def test_a_row_of_another_division_is_not_found(client, signed_in, desk, act):
    own, other = row_of(desk, signed_in), row_of(desk, signed_in, at=elsewhere())

    assert listed(client.get(url(desk, "index"))) == [own]
    pages = [("inspect",), ("act", act)] + ([("mark",)] if desk == "markings" else [])
    for page, *more in pages:
        assert client.get(url(desk, page, own.pk, *more)).status_code == 200
        assert client.get(url(desk, page, other.pk, *more)).status_code == 404


def test_the_statistics_of_another_division_are_not_found(client, signed_in):
    for at, status in [(None, 200), (elsewhere(), 404)]:
        exam, sittings = in_marking(["single"], at=at)
        version = sittings[0].item("single").version_id
        assert client.get(url("exams", "statistics", exam.pk)).status_code == status
        assert client.get(url("exams", "rekey", exam.pk, version)).status_code == status
        replay = url("exam_attempts", "replay", sittings[0].attempt.pk)
        assert client.get(replay, follow=True).status_code == status


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.TRAINER, [*QUERIES]),
        (Role.COUNTY_BUREAU, ["rekeys", "appeals"]),
        (Role.AUDITOR, ["rekeys", "appeals"]),
        (Role.HANDLER, []),
    ],
)
def test_each_role_sees_what_it_may(client, at_desk, role, sees):
    at_desk(make.officer(role, make.division("330681")))

    assert [desk for desk in QUERIES if client.get(url(desk, "index")).status_code == 200] == sees


# --- Marking ------------------------------------------------------------------------------------


def test_trainers_of_the_division_are_named_on_the_desk(client, signed_in):
    exam, _sittings = in_marking()
    second, elsewhere_one = trainer(), trainer(elsewhere())
    act = url("exams", "act", exam.pk, "name_markers")

    wrong = client.post(act, sent(users=[signed_in.pk, elsewhere_one.pk]))
    client.post(act, sent(users=[signed_in.pk, second.pk]))

    assert "users" in wrong.context["form"].errors
    assert {marker.user for marker in exam.markers.all()} == {signed_in, second}
    assert fields(client.get(act))["users"] == [signed_in.pk, second.pk]


def test_a_marker_takes_the_next_answer_and_marks_it_by_the_guide(client, signed_in):
    exam, _sittings = exam_of(signed_in)

    response = client.post(url("markings", "next"), sent(exam=exam.pk))
    marking = Marking.objects.get()
    assert response.url == url("markings", "mark", marking.pk)
    page = client.get(response.url).content.decode()
    done = client.post(response.url, sent(point_0="2.5", comment="漏了程序"))

    assert "要点钥匙" in page
    assert make_marking.ESSAY in page
    assert done.url == url("markings", "next")
    marking = again(marking)
    assert (marking.state, marking.points, marking.marks) == ("marked", ["2.5"], Decimal("8.33"))
    assert marking.comment == "漏了程序"


def test_more_than_a_point_is_worth_is_not_taken(client, signed_in):
    row = row_of("markings", signed_in)

    response = client.post(url("markings", "mark", row.pk), sent(point_0="3.01"))

    assert "point_0" in response.context["form"].errors
    assert again(row).state == "claimed"


def test_a_marker_sees_neither_whose_answer_it_is_nor_what_another_gave(client, signed_in):
    exam, [sitting] = exam_of(signed_in)
    person = sitting.attempt.candidate.mediator
    other = exam.markers.exclude(user=signed_in).get().user
    marked(exam, other, "1.23")
    row = actions.claim_answer(exam.pk, by=signed_in, now=NOW, today=TODAY)

    pages = [url("markings", "index"), url("markings", "mark", row.pk),
             url("markings", "inspect", row.pk), url("markings", "next")]  # fmt: skip
    text = "".join(client.get(page).content.decode() for page in pages)

    for secret in [person.name, other.name, "1.23", "4.10"]:
        assert secret not in text
    other_row = Marking.objects.get(marker=other)
    assert client.get(url("markings", "inspect", other_row.pk)).status_code == 404
    assert client.get(url("exam_attempts", "replay", sitting.attempt.pk)).status_code == 404
    told = client.post(url("exam_attempts", "act", sitting.attempt.pk, "replay"), sent())
    said = "Who marks the exam does not look at whose answers these are."
    assert told.context["form"].non_field_errors() == [said]


def test_when_nothing_waits_the_page_says_so(client, signed_in):
    exam, _sittings = exam_of(signed_in, essays=False)

    response = client.post(url("markings", "next"), sent(exam=exam.pk))

    assert response.context["form"].non_field_errors() == ["No answer waits for you."] or (
        "No answer waits for you." in response.content.decode()
    )


def test_an_answer_is_handed_back_on_the_desk(client, signed_in):
    row = row_of("markings", signed_in)

    client.post(url("markings", "act", row.pk, "hand_back"), sent())

    assert again(row).state == "returned"
    assert client.get(url("markings", "mark", row.pk)).status_code == 404


# --- Statistics ---------------------------------------------------------------------------------


def sat_by(rights, kinds=("single", "true_false", "fill_in")):
    """An exam in marking, with a sitting for each list of kinds answered rightly."""
    exam = make_exams.exam(of=make_exams.paper(kinds, marks="1"))
    for right in rights:
        make_marking.answered(exam, right=right)
    return make_marking.collected(exam)


def by_kind(exam):
    return {line.version.question.kind: line for line in lines_of(exam)}


def test_the_figures_of_a_question_count_attempts_that_stand():
    exam = sat_by([["single", "true_false"], ["single", "true_false"], ["fill_in"], []])
    cheat = exam.attempts.last()
    actions.ask_void(cheat.pk, by=make.user(), today=TODAY, **WHY)
    actions.void_attempt(cheat.pk, by=make.user(), now=NOW, **WHY)

    found = by_kind(exam)

    single = found["single"]
    assert (single.statistics.attempts, round(single.statistics.facility, 2)) == (
        3, Decimal("66.67"),
    )  # fmt: skip
    assert [(words, number) for words, _right, number in single.chosen] == [
        ("甲", 2), ("乙", 0), ("丙", 0),
    ]  # fmt: skip
    assert round(found["fill_in"].statistics.discrimination, 9) == -100
    assert found["fill_in"].is_doubtful
    assert single.weight is not None


@pytest.mark.parametrize(("attempts", "is_doubtful"), [(2, False), (3, True)])
def test_what_one_or_two_have_wrong_is_not_called_doubtful(attempts, is_doubtful):
    exam = sat_by([[]] * attempts, kinds=["single"])

    assert by_kind(exam)["single"].is_doubtful is is_doubtful


def test_a_drawn_question_has_no_effective_weight():
    make_exams.rules()
    make_exams.question("single")
    exam = make_exams.exam(of=make_exams.drawn_paper({"number": 1}))
    for _each in range(2):
        make_marking.answered(exam)
    make_marking.collected(exam)

    assert [line.weight for line in lines_of(exam)] == [None]


def test_doubtful_questions_are_named_before_the_release(client, signed_in):
    exam = sat_by([["single", "true_false"], ["single", "true_false"], ["fill_in"]])

    page = client.get(url("exams", "act", exam.pk, "ask_release"))

    code = by_kind(exam)["fill_in"].version.question.code
    assert doubtful(exam) == [code]
    assert page.context["consequences"][2] == (
        f"1 question is doubtful by its statistics: {code}. Look at it first."
    )


def test_the_page_of_statistics_draws_what_it_lists(client, signed_in):
    exam = sat_by([["single", "true_false"], ["single"], ["fill_in"], []])

    page = client.get(url("exams", "statistics", exam.pk))

    text = page.content.decode()
    assert len(page.context["found"]["points"]) == len(scatter(lines_of(exam))) == 3
    assert text.count("<title>Q") == 3


def test_a_left_out_question_has_no_statistics_any_more():
    exam = sat_by([["single"], []])
    line = by_kind(exam)["single"]
    row = actions.propose_rekey(
        exam.pk, by=make.user(), today=TODAY, version=line.version, kind="left_out", **WHY
    )
    actions.confirm_rekey(row.pk, by=make.user(), now=NOW, today=TODAY, **WHY)

    assert "single" not in by_kind(exam)


# --- Corrections and appeals --------------------------------------------------------------------


def test_a_key_is_corrected_on_the_desk_by_two(client, at_desk, signed_in):
    exam, [sitting] = released(rights=[False])
    version = sitting.item(1).version_id
    form = url("exams", "rekey", exam.pk, version)

    same = client.post(form, sent(kind="key", right=["k1"]))
    client.post(form, sent(kind="key", right=["k2"]))
    row = Rekey.objects.get()
    act = url("rekeys", "act", row.pk, "confirm")
    alone = client.post(act, sent())
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")), password_shown=True)
    page = client.get(act)
    client.post(act, sent())

    assert same.context["form"].non_field_errors() == ["This is the key it has."]
    assert alone.context["form"].non_field_errors() == ["Who proposed it does not decide it."]
    assert page.context["consequences"] == [
        "1 attempt is marked anew.",
        "Whose marks or result change is told so on the own page.",
    ]
    assert again(row).state == "confirmed"
    assert client.get(url("rekeys", "inspect", row.pk)).status_code == 200


def test_a_typed_key_is_corrected_line_by_line(client, signed_in):
    exam, [sitting] = released(["fill_in"], rights=[False])
    form = url("exams", "rekey", exam.pk, sitting.item(1).version_id)

    shown = fields(client.get(form))
    client.post(form, sent(kind="key", right="钥匙文本\n锁"))

    assert shown["right"] == "钥匙文本"
    assert [one["text"] for one in Rekey.objects.get().content["accepted"]] == ["钥匙文本", "锁"]


def test_an_essay_can_only_be_cancelled_on_the_desk(client, signed_in):
    exam, [sitting] = in_marking()
    form = url("exams", "rekey", exam.pk, sitting.item("essay").version_id)

    choices = client.get(form).context["form"].fields["kind"].choices

    assert [value for value, _label in choices] == ["full_marks", "left_out"]


def test_a_question_of_another_exam_is_not_found(client, signed_in):
    exam, _sittings = in_marking(["single"])
    _other, [sitting] = in_marking(["single"])

    page = url("exams", "rekey", exam.pk, sitting.item(1).version_id)
    assert client.get(page).status_code == 404


def test_an_appeal_is_upheld_on_the_desk(client, signed_in):
    appeal = row_of("appeals", signed_in)
    act = url("appeals", "act", appeal.pk, "uphold")

    shown = fields(client.get(act))
    client.post(act, sent(marks_1="8"))

    assert shown["marks_1"] == Decimal("0.00")
    appeal = again(appeal)
    assert (appeal.state, appeal.attempt.score, appeal.attempt.state) == ("upheld", 8, "passed")
    assert client.get(url("appeals", "inspect", appeal.pk)).status_code == 200


def test_an_appeal_is_rejected_on_the_desk(client, signed_in):
    appeal = row_of("appeals", signed_in)

    client.post(url("appeals", "act", appeal.pk, "reject"), sent())

    assert again(appeal).state == "rejected"


def test_whoever_may_not_decide_does_not_see_the_answers(client, at_desk, signed_in):
    exam, [sitting] = exam_of(signed_in)
    other = exam.markers.exclude(user=signed_in).get().user
    for marker in [signed_in, other]:
        marked(exam, marker, 1)
    make_exams.release(exam, now=make_marking.OVER, **WHY)
    appeal = make_marking.appeal(sitting=sitting)
    page = url("appeals", "inspect", appeal.pk)

    barred = client.get(page).content.decode()
    at_desk(trainer())
    allowed = client.get(page).content.decode()

    assert make_marking.ESSAY not in barred
    assert make_marking.ESSAY in allowed


def test_a_resit_is_announced_on_the_desk(client, signed_in):
    exam, _sittings = released(rights=[False])
    act = url("exams", "act", exam.pk, "resit")
    typed = {"title": "补考", "opens_at": "2026-12-20T09:00", "closes_at": "2026-12-20T11:00"}

    early = client.post(act, sent(**typed | {"opens_at": "2026-12-08T09:00"}))
    wrong = client.post(act, sent(**typed | {"closes_at": "2026-12-20T09:00"}))
    client.post(act, sent(**typed))

    said = "The resit would begin before the gap that is set is over."
    assert early.context["form"].non_field_errors() == [said]
    assert "closes_at" in wrong.context["form"].errors
    assert Exam.objects.get(title="补考").resit_of == exam


# --- The replay ---------------------------------------------------------------------------------


def test_an_attempt_is_replayed_state_by_state_and_looking_is_in_the_ledger(client, signed_in):
    sitting = make_exams.sitting(make_exams.exam(of=make_exams.paper(["single", "fill_in"])))
    sitting.answer("single", "k2")
    sitting.answer("fill_in", "甲乙丙")
    sitting.answer("single", "k1")
    actions.take_over(sitting.attempt.pk, by=sitting.user, device="two", now=NOW)
    page = url("exam_attempts", "replay", sitting.attempt.pk)

    unasked = client.get(page)
    client.post(unasked.url, sent())
    last = client.get(page)
    second = client.get(page, {"at": "2"}).context
    first = client.get(page, {"at": "1"}).context

    def words(context):
        return sorted(one["words"] for one in context["paper"])

    assert unasked.url == url("exam_attempts", "act", sitting.attempt.pk, "replay")
    assert words(last.context) == ["甲", "甲乙丙"]
    assert words(second) == ["乙", "甲乙丙"]
    assert words(first) == ["—", "乙"] or set(words(first)) == {"—", "乙"}
    assert (first["previous"], first["following"], last.context["following"]) == (None, 2, None)
    assert len(last.context["switches"]) == 1
    entry = LedgerEntry.objects.get(act="training.attempt.replay")
    assert (entry.actor, entry.reason) == (signed_in, REASON)


def test_the_reason_of_yesterday_or_of_another_opens_nothing(client, at_desk, time_machine):
    attempt = make_exams.sitting().attempt
    at_desk(trainer())
    page = url("exam_attempts", "replay", attempt.pk)
    client.post(url("exam_attempts", "act", attempt.pk, "replay"), sent())

    today = client.get(page).status_code
    time_machine.move_to(NOW + DAY)
    tomorrow = client.get(page).status_code
    time_machine.move_to(NOW)
    client.force_login(trainer())

    assert (today, tomorrow, client.get(page).status_code) == (200, 302, 302)


def replayed(client, sitting, **query):
    client.post(url("exam_attempts", "act", sitting.attempt.pk, "replay"), sent())
    return client.get(url("exam_attempts", "replay", sitting.attempt.pk), query)


@pytest.mark.parametrize("at", ["x", "0", "99", "-1", "9" * 30])
def test_a_state_that_is_not_there_is_the_nearest(client, signed_in, at):
    sitting = make_exams.sitting()
    sitting.answer("single", "k1")

    page = replayed(client, sitting, at=at)

    assert page.context["at"] == 1


def test_nothing_saved_is_replayed_as_nothing(client, signed_in):
    page = replayed(client, make_exams.sitting())

    assert (page.status_code, page.context["paper"]) == (200, [])


@pytest.mark.parametrize(("role", "sees"), [(Role.TRAINER, True), (Role.AUDITOR, False)])
def test_keys_are_shown_only_to_those_who_write_questions(client, at_desk, role, sees):
    exam = sat_by([["single", "true_false"], ["single"]])
    at_desk(make.officer(role, exam.division))
    page = client.get(url("exams", "statistics", exam.pk)).content.decode()
    assert ("Key</th>" in page, "✓" in page) == (sees, sees)
