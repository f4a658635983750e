"""The pages of a candidate: with script and without, on one device and another, keys on none."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import translation

from office.workbench import lines_of
from tests import make
from tests.make import TODAY
from tests.training import make_exams
from tests.training.make_exams import HOUR, NOW, RIGHT, SECOND
from training import actions
from training.models import AnswerSave, Attempt

pytestmark = pytest.mark.django_db
# Everything of the bank that tells what is right, or by which a candidate could find out.
KEYS = re.compile(r"批注|钥匙|weight|feedback|explanation|accepted|\bk[123]\b")


@pytest.fixture
def at(time_machine):
    """Move the clock of the server; it stands still."""

    def move(moment):
        time_machine.move_to(moment, tick=False)

    move(NOW)
    return move


@pytest.fixture
def place(at):
    translation.activate("en")
    return make_exams.candidate(
        make_exams.exam(of=make_exams.paper([*make_exams.CONTENT]), minutes=20)
    )


@pytest.fixture
def browser(client, place):
    client.cookies["django_language"] = "en"
    client.force_login(place.mediator.user)
    return client


@pytest.fixture
def second(django_client_class, place):
    """Another device of the same person."""
    other = django_client_class()
    other.cookies["django_language"] = "en"
    other.force_login(place.mediator.user)
    return other


@pytest.fixture
def django_client_class():
    from django.test import Client  # noqa: PLC0415

    return Client


def url(name, place, *args):
    return reverse(name, args=[place.exam_id, *args])


def begin(browser, place):
    response = browser.post(url("begin_exam", place))
    assert response.url == url("exam_question", place, 1)
    return place.attempts.get()


def position_of(attempt, kind):
    return attempt.items.get(version__question__kind=kind).position


def send(browser, place, **sent):
    sent = {"client": "a" * 32, "number": 1, "base": 0, **sent}
    return browser.post(
        url("save_exam_answer", place), json.dumps(sent), content_type="application/json"
    )


def typed(item, kind):
    """What a browser without script sends for the right answer."""
    value = make_exams.shown(item, RIGHT[kind])
    if kind == "matching":
        return {f"answer-{left}": right for left, right in value.items()}
    return {"answer": value}


# --- Without script -----------------------------------------------------------------------------


def test_an_exam_is_sat_from_the_own_page_to_the_result_without_script(browser, place, at):
    rules = browser.get(url("my_exam", place)).content.decode()
    assert "Begin the exam" in rules
    attempt = begin(browser, place)
    for item in attempt.items.select_related("version__question"):
        here = url("exam_question", place, item.position)
        assert browser.get(here).status_code == 200
        kind = item.version.question.kind
        response = browser.post(here, {"go": "next", **typed(item, kind)})
    assert response.url == url("exam_hand_in", place)

    last = browser.get(response.url).content.decode()
    done = browser.post(response.url)

    assert "Answered 7 of 7" in last
    assert done.url == url("my_exam", place)
    attempt.refresh_from_db()
    assert attempt.state == "submitted"
    scores = set(attempt.items.exclude(score=None).values_list("score", flat=True))
    assert scores == {2}
    assert browser.get(url("exam_result", place)).status_code == 404


def in_any_order(answer):
    """Of several that are right the page keeps an order of its own."""
    return sorted(answer) if isinstance(answer, list) else answer


@pytest.mark.parametrize("kind", sorted(RIGHT))
def test_looking_on_saves_nothing_and_a_change_is_saved(browser, place, kind):
    attempt = begin(browser, place)
    item = attempt.items.select_related("version__question").get(version__question__kind=kind)
    here = url("exam_question", place, item.position)

    browser.post(here, {"go": "next"})
    browser.post(here, {"go": "next", **typed(item, kind)})
    browser.post(here, {"go": "next", **typed(item, kind)})
    browser.post(here, {"go": "next"})

    kept = AnswerSave.objects.values_list("value", flat=True)
    [given, cleared] = map(in_any_order, kept)
    assert (given, cleared) == (in_any_order(make_exams.shown(item, RIGHT[kind])), None)


@pytest.mark.parametrize(
    ("go", "leads"),
    [("previous", 2), ("next", 4), ("stay", 3), ("6", 6), ("999", None), ("", 3), ("x", 3)],
)
def test_every_button_saves_and_leads_on(browser, place, go, leads):
    attempt = begin(browser, place)

    response = browser.post(url("exam_question", place, 3), {"go": go, "put_off": "on"})

    wanted = url("exam_question", place, leads) if leads else url("exam_hand_in", place)
    assert response.url == wanted
    assert attempt.items.get(position=3).is_put_off


def test_handing_in_lists_what_is_open(browser, place):
    attempt = begin(browser, place)
    browser.post(url("exam_question", place, 2), {"go": "stay", "put_off": "on"})
    send(browser, place, position=position_of(attempt, "fill_in"), value="x")

    context = browser.get(url("exam_hand_in", place)).context

    assert len(context["unanswered"]) == 6
    assert [item.position for item in context["put_off"]] == [2]


def test_leaving_hands_in_nothing_and_coming_back_goes_on(browser, place, second):
    attempt = begin(browser, place)
    send(browser, place, position=position_of(attempt, "fill_in"), value="留")
    browser.cookies.clear()

    page = second.get(url("my_exam", place)).content.decode()
    assert "Go on here" in page
    second.post(url("take_over_exam", place))
    shown = second.get(url("exam_question", place, position_of(attempt, "fill_in")))

    assert 'value="留"' in shown.content.decode()
    attempt.refresh_from_db()
    assert attempt.state == "in_progress"


# --- With script --------------------------------------------------------------------------------


def test_a_save_is_answered_with_its_number_and_the_servers_time(browser, place):
    attempt = begin(browser, place)

    response = send(browser, place, position=position_of(attempt, "fill_in"), value="答")

    assert response.json() == {
        "sequence": 1, "saved": "saved 09:00:00", "overtaken": False, "left": 1200,
    }  # fmt: skip
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", "nonsense", '{"position": 0}', '{"position": "x", "client": "a"}', "[" * 9999],
)
def test_nonsense_is_refused(browser, place, body):
    begin(browser, place)

    response = browser.post(url("save_exam_answer", place), body, content_type="application/json")

    assert response.status_code == 422
    assert AnswerSave.objects.count() == 0


def test_a_wrong_shape_and_a_used_number_are_told(browser, place):
    attempt = begin(browser, place)
    position = position_of(attempt, "fill_in")
    send(browser, place, position=position, value="一")

    wrong = send(browser, place, position=position, value={"a": 1}, number=2)
    used = send(browser, place, position=position, value="二")

    assert (wrong.status_code, wrong.json()["reason"]) == (422, "refused")
    assert (used.status_code, used.json()["reason"], used.json()["next"]) == (409, "number", 2)


def test_the_first_device_is_told_in_words_that_another_went_on(browser, place, second):
    attempt = begin(browser, place)
    second.post(url("take_over_exam", place))

    response = send(browser, place, position=position_of(attempt, "fill_in"), value="一")

    assert response.status_code == 409
    assert response.json() == {
        "reason": "taken_over",
        "said": "The exam goes on on another device. Nothing is saved from here.",
    }
    assert browser.get(url("exam_question", place, 1)).url == url("my_exam", place)
    assert browser.get(url("exam_clock", place)).json()["here"] is False
    assert second.get(url("exam_clock", place)).json() == {
        "left": 1200, "running": True, "here": True,
    }  # fmt: skip


@pytest.mark.parametrize(("after", "status"), [(0, 200), (30, 200), (31, 410)])
def test_what_comes_too_late_is_clearly_told(browser, place, at, after, status):
    attempt = begin(browser, place)
    at(attempt.deadline_at + after * SECOND)

    response = send(browser, place, position=position_of(attempt, "fill_in"), value="一")

    assert response.status_code == status
    if status == 410:
        assert response.json()["said"] == "The time is over. What was saved before is handed in."


def test_whoever_is_signed_out_is_told_to_sign_in_again(browser, place):
    attempt = begin(browser, place)
    browser.logout()

    for response in [
        send(browser, place, position=position_of(attempt, "fill_in"), value="一"),
        browser.get(url("exam_clock", place)),
    ]:
        assert (response.status_code, response.json()["reason"]) == (401, "signed_out")


def test_after_the_time_every_page_leads_to_the_rules_which_say_so(browser, place, at):
    attempt = begin(browser, place)
    at(attempt.accepts_until + SECOND)

    assert browser.get(url("exam_question", place, 1)).url == url("my_exam", place)
    assert browser.get(url("exam_hand_in", place)).url == url("my_exam", place)
    assert "The time ran out." in browser.get(url("my_exam", place)).content.decode()
    # Looking at it wrote nothing; it is handed in all the same.
    assert Attempt.objects.get().state == "in_progress"


# --- Who sees what ------------------------------------------------------------------------------


def test_nobody_elses_exam_is_found(client, place, at):
    stranger = make.mediator(user=make.user())
    client.force_login(stranger.user)

    for name in ["my_exam", "exam_hand_in", "exam_result", "exam_clock"]:
        assert client.get(url(name, place)).status_code == 404
    assert client.get(url("exam_question", place, 1)).status_code == 404
    for name in ["begin_exam", "take_over_exam"]:
        assert client.post(url(name, place)).status_code == 404
    assert send(client, place, position=1, value=None).status_code == 404
    assert client.get(reverse("my_exams")).context["lines"] == []
    assert Attempt.objects.count() == 0


def test_a_draft_is_not_announced(browser, place):
    type(place.exam).objects.filter(pk=place.exam_id).update(state="draft")

    assert browser.get(url("my_exam", place)).status_code == 404


def test_an_account_without_a_mediator_has_no_exams(client):
    client.force_login(make.user())

    assert client.get(reverse("my_exams")).status_code == 404


def test_no_response_holds_a_key_before_the_results_are_out(browser, place, at):
    seen = [browser.get(reverse("my_page")), browser.get(reverse("my_exams"))]
    seen += [browser.get(url("my_exam", place)), browser.post(url("begin_exam", place))]
    attempt = place.attempts.get()
    for item in attempt.items.select_related("version__question"):
        kind, here = item.version.question.kind, url("exam_question", place, item.position)
        seen.append(browser.get(here))
        wrong = {"answer": "x"}
        seen.append(browser.post(here, {"go": "stay", **wrong}))
        value = make_exams.shown(item, RIGHT[kind])
        if kind not in {"fill_in"}:
            seen.append(
                send(browser, place, position=item.position, value=value, number=item.position)
            )
        seen.append(browser.get(here))
    seen += [browser.get(url("exam_clock", place)), browser.get(url("exam_hand_in", place))]
    seen += [browser.post(url("exam_hand_in", place)), browser.get(url("my_exam", place))]
    seen += [browser.get(url("exam_result", place)), browser.get(reverse("my_exams"))]
    actions.collect_exam(place.exam_id, by=make.user(), now=NOW + 3 * HOUR, reason="-")
    seen += [browser.get(url("my_exam", place)), browser.get(url("exam_result", place))]

    for response in seen:
        text = response.content.decode() + str(response.headers)
        assert KEYS.findall(text) == [], response.request["PATH_INFO"]
    assert len(seen) > 30


def test_the_same_option_has_another_name_in_every_attempt(place):
    names = set()
    for seed in (1, 2, 3):
        sitting = make_exams.sitting(place.exam, seed=seed)
        names |= {name for name, _own in sitting.item("single").frozen["options"]}

    assert len(names) == 9


def test_the_result_is_read_once_it_is_out(browser, place, at):
    sitting = make_exams.sitting(place=place)
    sitting.submit()
    sitting.attempt.items.filter(score=None).update(score=0)
    Attempt.objects.update(state="marked", score=1)
    actions.collect_exam(place.exam_id, by=make.user(), now=NOW + 3 * HOUR, reason="-")
    make_exams.release(place.exam, now=NOW + 3 * HOUR)

    page = browser.get(url("exam_result", place)).content.decode()

    assert "not passed" in page
    assert "Read the result" in browser.get(url("my_exam", place)).content.decode()


# --- The own page -------------------------------------------------------------------------------


def test_the_own_page_leads_to_the_exam_by_one_click(place):
    user = place.mediator.user

    tasks, places = lines_of(user, TODAY)
    assert [(task.label, task.url) for task in tasks] == [(place.exam.title, url("my_exam", place))]
    assert reverse("my_exams") in [one.url for one in places]

    sitting = make_exams.sitting(place=place)
    tasks, _places = lines_of(user, TODAY)
    assert [task.url for task in tasks] == [url("exam_question", place, 1)]

    sitting.submit()
    assert lines_of(user, TODAY)[0] == []


@pytest.mark.parametrize("exams", [1, 3])
def test_the_list_takes_as_many_queries_for_one_exam_as_for_three(
    browser, place, exams, django_assert_num_queries
):
    for _more in range(exams - 1):
        make_exams.candidate(make_exams.exam(), place.mediator)
    browser.get(reverse("my_exams"))

    with django_assert_num_queries(4):
        browser.get(reverse("my_exams"))


def test_a_save_takes_few_queries(browser, place, django_assert_max_num_queries):
    attempt = begin(browser, place)
    position = position_of(attempt, "fill_in")
    send(browser, place, position=position, value="一")

    with django_assert_max_num_queries(10):
        send(browser, place, position=position, value="二", number=2, base=1)
