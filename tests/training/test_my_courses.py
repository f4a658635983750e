"""A mediator's own courses in the browser: one click to go on, nothing of anybody else."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests import make
from tests.make import TODAY
from tests.training import make_courses as made
from tests.training.make_courses import answered, key
from training import actions
from training.models import CourseStudy, HourEntry, LessonProgress, QuizAnswer

pytestmark = pytest.mark.django_db
POSTED = ["begin_course", "finish_course", "read_on", "finish_lesson"]


@pytest.fixture
def mediator(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    person = make.mediator()
    client.force_login(made.account(person))
    return person


@pytest.fixture
def course():
    return made.course()


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def send(client, lesson, *chosen, name="几年一届？"):
    address = reverse("answer_quiz", args=[lesson.pk, key(f"quiz of {name}")])
    return client.post(address, {f"question-{key(name)}": [key(name, one) for one in chosen]})


def test_to_go_on_is_one_click_from_my_page(client, mediator, course):
    lesson = made.lesson(course, made.block("heading", "甲"), made.block("heading", "乙"))
    actions.read_on(mediator, lesson, key("乙"), today=TODAY)

    link = soup(client.get("/my/")).select_one(".tasks a")
    answer = client.get(link["href"])

    assert course.title in link.text
    assert answer.url == f"{reverse('my_lesson', args=[lesson.pk])}#block-{key('乙')}"
    assert soup(client.get(answer.url)).select_one(f"#block-{key('乙')} h2").text == "乙"


def test_empty_shelves_say_so(client, mediator):
    page = soup(client.get(reverse("my_courses")))

    assert page.select("main article") == []
    assert len(page.select("main h2 + p")) == 3


def test_the_shelves_show_what_is_begun_recommended_and_completed(client, mediator):
    titles = ["在学", "推荐", "学完"]
    underway, _recommended, completed = (made.course(title) for title in titles)
    actions.begin_course(mediator, underway, today=TODAY)
    made.lesson(underway, made.one_question())
    answered(mediator, made.lesson(completed, made.one_question()))

    page = soup(client.get(reverse("my_courses")))

    assert [one.text for one in page.select("main h3 a")] == ["在学", "推荐"]
    assert [one.text for one in page.select("main .links a")] == ["学完"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_shelves_take_as_many_queries_for_one_course_as_for_three(
    client, mediator, rows, django_assert_num_queries
):
    for _number in range(rows):
        course = made.course()
        made.lesson(course, made.one_question())
        actions.begin_course(mediator, course, today=TODAY)
        made.course()
    client.get(reverse("my_courses"))

    with django_assert_num_queries(8):
        client.get(reverse("my_courses"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_lesson_takes_as_many_queries_for_one_question_as_for_three(
    client, mediator, course, rows, django_assert_num_queries
):
    names = ["甲", "乙", "丙"][:rows]
    lesson = made.lesson(course, *(made.one_question(name) for name in names))
    for name in names:
        made.lesson(course)
        answered(mediator, lesson, name, chosen="一年")
    client.get(reverse("my_lesson", args=[lesson.pk]))

    with django_assert_num_queries(9):
        client.get(reverse("my_lesson", args=[lesson.pk]))


def test_a_course_is_started_by_a_button_and_opens_its_first_lesson(client, mediator, course):
    lesson = made.lesson(course, made.one_question())
    form = soup(client.get(reverse("my_course", args=[course.pk]))).select_one("main form")

    answers = [client.post(form["action"]) for _click in range(2)]

    assert {answer.url for answer in answers} == {reverse("resume_lesson", args=[lesson.pk])}
    assert CourseStudy.objects.get().mediator == mediator


def test_the_lessons_of_a_course_are_ticked(client, mediator, course):
    done, begun, _new = (made.lesson(course, made.one_question(name)) for name in "甲乙丙")
    answered(mediator, done, "甲")
    answered(mediator, begun, "乙", chosen="一年")

    page = soup(client.get(reverse("my_course", args=[course.pk])))

    tags = [(one.select_one(".tag") or one).get("class") for one in page.select(".links li")]
    assert tags == [["tag", "tag-ok"], ["tag", "tag-info"], None]


def test_what_is_right_does_not_stand_in_the_page_before_it_is_found(client, mediator, course):
    lesson = made.lesson(course, made.one_question())
    address = reverse("my_lesson", args=[lesson.pk])

    before = client.get(address).content.decode()
    public = client.get(lesson.url).content.decode()

    for page in [before, public]:
        assert "任期三年" not in page
        assert "correct" not in page
        assert "checked" not in page
    options = soup(client.get(address)).select("main input[type=radio]")
    assert [set(one.attrs) for one in options] == [{"type", "id", "name", "value"}] * 2
    assert key("几年一届？", "三年") not in public


def test_the_result_stands_beside_the_question_with_its_reason(client, mediator, course):
    name = "几年一届？"
    asked = made.question(
        name, "一年", "+三年", explanation="任期三年。", article="人民调解法第九条"
    )
    lesson = made.lesson(course, made.quiz(f"quiz of {name}", asked))

    wrong = send(client, lesson, "一年")
    page = soup(client.get(wrong.url))
    result = page.select_one(f"#result-{key(name)}")
    assert wrong.url.endswith(f"#block-{key('quiz of 几年一届？')}")
    assert result.select_one(".tag-error") is not None
    assert "任期三年。" in result.text
    assert "人民调解法第九条" in result.text
    assert page.select_one("fieldset")["aria-describedby"] == f"result-{key(name)}"
    assert page.select_one("input[checked]")["value"] == key(name, "一年")

    page = soup(client.get(send(client, lesson, "三年").url))
    assert page.select_one(f"#result-{key(name)} .tag-ok") is not None
    assert page.select("main input[type=radio]") == []


def test_a_question_with_several_right_options_offers_boxes(client, mediator, course):
    quiz = made.quiz("q", made.question("哪些？", "+甲", "+乙", "丙"))
    lesson = made.lesson(course, quiz)

    page = soup(client.get(reverse("my_lesson", args=[lesson.pk])))

    assert len(page.select("main input[type=checkbox]")) == 3
    assert page.select_one("legend .optional") is not None


def test_a_quiz_sent_empty_is_shown_again_with_what_is_missing(client, mediator, course):
    lesson = made.lesson(course, made.one_question())

    answer = send(client, lesson)

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one(".error-summary a")["href"] == f"#block-{key('quiz of 几年一届？')}"
    assert page.select_one(".error-message") is not None
    assert LessonProgress.objects.count() == 0


def test_the_lesson_shows_how_far_it_is_read(client, mediator, course):
    blocks = [made.block("heading", name) for name in ["甲", "乙", "丙"]]
    lesson = made.lesson(course, *blocks)
    address = reverse("read_on", args=[lesson.pk])

    answer = client.post(address, {"block": key("乙")})

    page = soup(client.get(answer.url))
    forms = page.select("main section form input[name=block]")
    assert answer.url.endswith(f"#block-{key('乙')}")
    assert [one["value"] for one in forms] == [key("丙")]


def test_a_place_that_is_none_leads_to_the_lesson(client, mediator, course):
    lesson = made.lesson(course, made.block("heading", "甲"))

    answer = client.post(reverse("read_on", args=[lesson.pk]), {"block": "//evil.example"})

    assert answer.url == reverse("my_lesson", args=[lesson.pk])


def test_a_double_click_on_the_last_answer_credits_once(client, mediator, course):
    lesson = made.lesson(course, made.one_question())

    answers = [send(client, lesson, "三年") for _click in range(3)]

    assert {answer.status_code for answer in answers} == {302}
    assert HourEntry.objects.get().mediator == mediator
    assert QuizAnswer.objects.get().attempts == 1


def test_a_lesson_without_questions_is_completed_by_a_button(client, mediator, course):
    lesson = made.lesson(course, made.block("paragraph", "<p>读。</p>"))
    page = soup(client.get(reverse("my_lesson", args=[lesson.pk])))
    assert page.select_one("#end form")["action"] == reverse("finish_lesson", args=[lesson.pk])

    answer = client.post(reverse("finish_lesson", args=[lesson.pk]))

    assert LessonProgress.objects.get().completed_on == TODAY
    assert soup(client.get(answer.url)).select("#end form") == []


def test_a_lesson_with_questions_is_not_completed_by_the_button(client, mediator, course):
    lesson = made.lesson(course, made.one_question())

    answer = client.post(reverse("finish_lesson", args=[lesson.pk]))

    assert answer.status_code == 422
    assert LessonProgress.objects.count() == 0


def test_a_lesson_leads_to_its_neighbours(client, mediator, course):
    first, second, third = (made.lesson(course) for _number in range(3))

    links = soup(client.get(reverse("my_lesson", args=[second.pk]))).select(".pages a")

    assert [link["href"] for link in links] == [
        reverse("my_lesson", args=[first.pk]),
        reverse("my_course", args=[course.pk]),
        reverse("my_lesson", args=[third.pk]),
    ]


def test_a_course_of_which_nothing_is_left_is_finished_by_a_button(client, mediator, course):
    gone = made.lesson(course, made.one_question("乙"))
    answered(mediator, made.lesson(course, made.one_question()))
    gone.unpublish()
    form = soup(client.get(reverse("my_course", args=[course.pk]))).select_one("main form")

    client.post(form["action"])

    assert HourEntry.objects.get().mediator == mediator


def test_what_others_answered_is_not_shown(client, mediator, course):
    lesson = made.lesson(course, made.one_question())
    answered(make.mediator(), lesson)

    page = soup(client.get(reverse("my_lesson", args=[lesson.pk])))

    assert page.select("[id^=result]") == []
    assert page.select("main .tag") == []
    assert soup(client.get("/my/")).select(".tasks a") == []


@pytest.mark.parametrize("who", ["nobody", "an officer"])
def test_own_courses_are_for_mediators_only(client, course, who):
    lesson = made.lesson(course, made.one_question())
    if who == "an officer":
        client.force_login(make.user(is_superuser=True))
    quiz = reverse("answer_quiz", args=[lesson.pk, key("quiz of 几年一届？")])
    shown = [
        reverse("my_courses"),
        reverse("my_course", args=[course.pk]),
        reverse("my_lesson", args=[lesson.pk]),
        reverse("resume_lesson", args=[lesson.pk]),
    ]
    courses, lessons = POSTED[:2], POSTED[2:]
    posted = [
        quiz,
        *(reverse(name, args=[course.pk]) for name in courses),
        *(reverse(name, args=[lesson.pk]) for name in lessons),
    ]

    answers = [client.get(one) for one in shown] + [client.post(one) for one in posted]

    expected = 302 if who == "nobody" else 404
    assert {answer.status_code for answer in answers} == {expected}
    assert CourseStudy.objects.count() == 0


@pytest.mark.parametrize("taken_away", ["course", "lesson"])
def test_what_is_not_published_is_not_there(client, mediator, course, taken_away):
    lesson = made.lesson(course, made.one_question())
    {"course": course, "lesson": lesson}[taken_away].unpublish()

    assert client.get(reverse("my_lesson", args=[lesson.pk])).status_code == 404
    assert send(client, lesson, "三年").status_code == 404
    answer = client.get(reverse("my_course", args=[course.pk]))
    assert answer.status_code == (404 if taken_away == "course" else 200)


@pytest.mark.parametrize("name", [*POSTED, "answer_quiz"])
def test_nothing_is_written_by_following_a_link(client, mediator, course, name):
    lesson = made.lesson(course, made.one_question())
    pk = course.pk if name in POSTED[:2] else lesson.pk
    rest = [key("quiz of 几年一届？")] if name == "answer_quiz" else []

    assert client.get(reverse(name, args=[pk, *rest])).status_code == 405


def test_every_field_has_a_label_and_every_id_is_there_once(client, mediator, course):
    lesson = made.lesson(
        course,
        made.block("heading", "甲"),
        made.one_question(),
        made.block("heading", "乙"),
        made.quiz("q", made.question("哪些？", "+甲", "+乙", "丙")),
    )
    page = soup(client.get(reverse("my_lesson", args=[lesson.pk])))

    ids = [one["id"] for one in page.select("[id]")]
    fields = page.select("main input:not([type=hidden])")
    assert len(ids) == len(set(ids))
    assert {one["id"] for one in fields} == {one["for"] for one in page.select("main label")}
    assert [one.name for one in page.select("h1, h2")] == ["h1", "h2", "h2", "h2"]
    assert page.select("[style], main script") == []
