"""Papers, exams, candidates and attempts on the desk: lists, acts, the room, other divisions."""

from datetime import date

import pytest

from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.registry.desk import elsewhere, sent, url
from tests.training import make_exams
from tests.training.make_exams import HOUR, NOW, SECOND
from training.models import Exam, ExamCandidate, ExamPaper

pytestmark = pytest.mark.django_db
DESKS = ["exam_papers", "exams", "exam_candidates", "exam_attempts"]

QUERIES = dict(zip(DESKS, [10, 10, 9, 9], strict=True))


@pytest.fixture
def trainer(at_desk):
    return at_desk(make.officer(Role.TRAINER, make.division("330681")))


def made(desk, at=None, **fields):
    """A row of a desk, in a division."""
    of = make_exams.paper(["single", "essay"], at=at)
    if desk == "exam_papers":
        return of
    exam = make_exams.exam(of=of, **fields)
    if desk == "exams":
        return exam
    place = make_exams.candidate(exam)
    return place if desk == "exam_candidates" else make_exams.sitting(place=place).attempt


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("desk", DESKS)
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, trainer, desk, rows, django_assert_num_queries
):
    for _row in range(rows):
        made(desk)
    client.get(url(desk, "index"))

    with django_assert_num_queries(QUERIES[desk]):
        assert client.get(url(desk, "index")).status_code == 200


@pytest.mark.parametrize("desk", DESKS)
def test_a_row_of_another_division_is_not_found(client, trainer, desk):
    own, other = made(desk), made(desk, at=elsewhere())
    acts = {
        "exam_papers": "make_ready", "exams": "extend", "exam_candidates": "extend",
        "exam_attempts": "ask_void",
    }  # fmt: skip

    assert listed(client.get(url(desk, "index"))) == [own]
    for page in ["inspect", "history"]:
        assert client.get(url(desk, page, own.pk)).status_code == 200
        assert client.get(url(desk, page, other.pk)).status_code == 404
    assert client.get(url(desk, "act", own.pk, acts[desk])).status_code == 200
    assert client.get(url(desk, "act", other.pk, acts[desk])).status_code == 404
    if desk in {"exam_papers", "exams"}:
        assert client.get(url(desk, "edit", other.pk)).status_code == 404


def test_the_room_of_another_division_is_not_found(client, trainer):
    assert client.get(url("exams", "room", made("exams").pk)).status_code == 200
    assert client.get(url("exams", "room", made("exams", at=elsewhere()).pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.TRAINER, DESKS),
        (Role.COUNTY_BUREAU, DESKS[1:]),
        (Role.AUDITOR, DESKS[1:]),
        (Role.HANDLER, []),
        (Role.CLERK, []),
    ],
)
def test_each_role_sees_what_it_may(client, at_desk, role, sees):
    place = make.organization() if role == Role.CLERK else make.division("330681")
    at_desk(make.officer(role, place))

    found = [desk for desk in DESKS if client.get(url(desk, "index")).status_code == 200]

    assert found == sees


def test_a_county_officer_changes_nothing_of_an_exam(client, county):
    exam = made("exams")

    for act in ["extend", "collect", "ask_release", "fill", "set_rooms"]:
        assert client.get(url("exams", "act", exam.pk, act)).status_code == 404


def test_a_paper_is_made_line_by_line(client, trainer):
    make_exams.rules()
    response = client.post(
        url("exam_papers", "add"),
        sent(name="卷一", division=make.division().pk, kind="drawn", rule="partial"),
    )
    paper = ExamPaper.objects.get()
    assert response.url == url("exam_papers", "inspect", paper.pk)
    question = make_exams.question()
    act = url("exam_papers", "act", paper.pk, "add_line")
    client.post(act, sent(topic=question.topic_id, kind="single", number=1, marks="2.5"))
    client.post(act, sent(number=1, marks="1"))

    short = client.get(url("exam_papers", "act", paper.pk, "make_ready"))
    line = paper.lines.last()
    client.post(url("exam_papers", "act", paper.pk, "drop_line"), sent(line=line.pk))
    client.post(url("exam_papers", "act", paper.pk, "make_ready"), sent())

    assert "any question × 1: the bank is short of 1." in short.content.decode()
    paper.refresh_from_db()
    assert (paper.state, paper.full_marks()) == ("ready", paper.lines.get().marks)


def test_a_list_of_questions_is_typed(client, trainer):
    paper = make_exams.paper([], state="draft")
    one, two = make_exams.question(), make_exams.question()
    act = url("exam_papers", "act", paper.pk, "add_questions")

    client.post(act, sent(codes=f"{two.code}，{one.code}", marks="2"))
    wrong = client.post(act, sent(codes="nothing", marks="2"))
    client.post(url("exam_papers", "act", paper.pk, "drop_question"), sent(code=two.code))

    assert wrong.context["form"].errors["codes"] == ["Not in use: nothing."]
    assert [item.version.question for item in paper.items.all()] == [one]


def test_an_exam_is_planned_scheduled_and_seated(client, trainer):
    of = make_exams.paper(["single"])
    make_exams.rules()
    people = [
        make.appointment(make.mediator(born_on=date(1980, 1, 1))).mediator for _each in range(2)
    ]
    typed = {
        "title": "年度考试", "purpose": "yearly", "division": make.division().pk, "paper": of.pk,
        "opens_at": "2026-11-24T09:00", "closes_at": "2026-11-24T11:00", "minutes": "45",
    }  # fmt: skip
    client.post(url("exams", "add"), sent(**typed))
    exam = Exam.objects.get()

    client.post(url("exams", "act", exam.pk, "schedule"), sent())
    client.post(url("exams", "act", exam.pk, "set_rooms"), sent(rooms="一号 1\n二号，5"))
    wrong = client.post(url("exams", "act", exam.pk, "set_rooms"), sent(rooms="一号"))

    exam.refresh_from_db()
    assert (exam.state, exam.minutes, exam.pass_share) == ("scheduled", 45, 60)
    rooms = list(exam.candidates.order_by("mediator_id").values_list("mediator", "room__name"))
    assert rooms == [(people[0].pk, "一号"), (people[1].pk, "二号")]
    said = "“一号” is not a name and a number of seats."
    assert wrong.context["form"].errors["rooms"] == [said]
    page = client.get(url("exams", "inspect", exam.pk)).content.decode()
    assert url("exams", "room", exam.pk) in page


def test_one_more_candidate_is_found_by_the_certificate(client, trainer):
    exam = made("exams", opens_at=NOW + HOUR, closes_at=NOW + 2 * HOUR)
    make.mediator(certificate_number="A1")
    make.mediator(certificate_number="B1", in_division=elsewhere())
    act = url("exams", "act", exam.pk, "add_candidate")

    client.post(act, sent(certificate_number="A1"))
    other = client.post(act, sent(certificate_number="B1"))

    assert exam.candidates.get().mediator.certificate_number == "A1"
    said = "Nobody of the division has this certificate number."
    assert other.context["form"].errors["certificate_number"] == [said]


def test_the_room_shows_who_sits_and_renews_itself(client, trainer):
    exam = made("exams")
    sitting = make_exams.sitting(exam)
    sitting.answer("essay", "甲")
    waiting = make_exams.candidate(exam)

    response = client.get(url("exams", "room", exam.pk))

    row = response.context["rows"][0]
    assert response["Refresh"] == "15"
    assert (row["attempt"].answered, row["attempt"].asked) == (1, 2)
    assert row["minutes_left"] in {59, 60}
    assert list(response.context["waiting"]) == [waiting]


@pytest.mark.parametrize("sitting", [1, 3])
def test_the_room_takes_as_many_queries_for_one_as_for_three(
    client, trainer, sitting, django_assert_num_queries
):
    exam = made("exams")
    for _each in range(sitting):
        make_exams.sitting(exam)
    client.get(url("exams", "room", exam.pk))

    with django_assert_num_queries(11):
        client.get(url("exams", "room", exam.pk))


def test_time_is_given_on_the_desk_to_all_and_to_one(client, trainer):
    place = made("exam_candidates")
    sitting = make_exams.sitting(place=place)
    before = sitting.attempt.deadline_at

    client.post(url("exams", "act", place.exam_id, "extend"), sent(minutes="5"))
    client.post(url("exam_candidates", "act", place.pk, "extend"), sent(minutes="7"))

    assert sitting.again().deadline_at == before + 12 * 60 * SECOND
    assert ExamCandidate.objects.get().extensions.count() == 1


def test_two_officers_void_an_attempt_on_the_desk(client, at_desk):
    attempt = made("exam_attempts")
    trainer = make.officer(Role.TRAINER, make.division("330681"))
    county = make.officer(Role.COUNTY_BUREAU, make.division("330681"))
    at_desk(trainer, password_shown=True)
    client.post(url("exam_attempts", "act", attempt.pk, "ask_void"), sent())
    alone = client.post(url("exam_attempts", "act", attempt.pk, "void"), sent())
    at_desk(county, password_shown=True)

    client.post(url("exam_attempts", "act", attempt.pk, "void"), sent())

    assert alone.context["form"].non_field_errors() == ["Who proposed it does not decide it."]
    attempt.refresh_from_db()
    assert (attempt.state, attempt.voided_by) == ("voided", county)
    assert LedgerEntry.objects.get(act="training.attempt.void").actor == county


def test_a_proposal_is_turned_down_on_the_desk(client, trainer):
    attempt = made("exam_attempts")
    client.post(url("exam_attempts", "act", attempt.pk, "ask_void"), sent())

    client.post(url("exam_attempts", "act", attempt.pk, "drop_void"), sent())

    attempt.refresh_from_db()
    assert attempt.void_asked_by is None


def test_an_exam_is_collected_released_and_archived_on_the_desk(client, at_desk, time_machine):
    exam = make_exams.exam("scheduled", of=make_exams.paper(["single"]))
    sitting = make_exams.sitting(exam)
    sitting.answer("single", "k1")
    at_desk(make.officer(Role.TRAINER, make.division("330681")), password_shown=True)
    early = client.get(url("exams", "act", exam.pk, "collect")).context["refusals"]
    time_machine.move_to(NOW + 2 * HOUR)
    at_desk_again = make.officer(Role.TRAINER, make.division("330681"))
    client.force_login(at_desk_again)
    client.post(url("exams", "act", exam.pk, "collect"), sent())

    assert "The time in which the exam can be begun is not over." in early
    exam.refresh_from_db()
    assert (exam.state, sitting.again().state) == ("marking", "marked")


def test_the_saved_states_are_replayed_in_the_words_of_the_questions(client, trainer):
    sitting = make_exams.sitting(make_exams.exam(of=make_exams.paper([*make_exams.CONTENT])))
    sitting.answer("single", "k2")
    sitting.answer("multiple", ["k1", "k2"])
    sitting.answer("matching", {"k1": "k3"})
    sitting.answer("single", "k1")
    sitting.save(sitting.item("single").position, None)

    client.post(url("exam_attempts", "act", sitting.attempt.pk, "replay"), sent())
    page = client.get(url("exam_attempts", "replay", sitting.attempt.pk)).content.decode()

    for words in ["乙", "左一 → 右三"]:
        assert words in page
    assert page.count('data-label="Received"') == 5
