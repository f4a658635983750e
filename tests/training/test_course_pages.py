"""Courses as pages: for everybody to read, in both languages, with films that phones play."""

import gc
import json
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import CollectionViewRestriction, Page

from office.flow import Refused
from tests import make
from tests.training import make_courses as made
from tests.training.make_courses import key
from training import actions
from training.models import CoursePage, LessonPage, Textbook, TrainingIndexPage

pytestmark = pytest.mark.django_db
COURSE = {
    "slug": "law", "title": "人民调解法逐条学", "content_class": "law", "field": "neighbours",
    "level": "basic", "hours": "3.0", "audience": "pre_service", "summary": "三十五条。",
    "lessons": [
        {
            "slug": "principles", "title": "总则",
            "blocks": [
                {"type": "heading", "value": "三项原则"},
                {"type": "paragraph", "value": "<p>自愿、<b>平等</b>。</p>"},
                {"type": "quiz", "value": {"questions": [
                    {
                        "stem": "收费吗？", "explanation": "第四条。",
                        "options": [
                            {"text": "收费", "correct": False}, {"text": "不收费", "correct": True},
                        ],
                    },
                ]}},
            ],
        },
    ],
}  # fmt: skip
FILM = bytes(range(256)) * 10


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def film(name="lesson.mp4"):
    return Document.objects.create(title="现场调解", file=ContentFile(FILM, name=name))


@pytest.fixture
def site_pages(db):
    make.speciality()
    call_command("make_pages", stdout=StringIO())
    cache.clear()


def test_courses_are_loaded_once_and_stay_as_edited(site_pages):
    assert actions.load_courses([COURSE]) == 1
    CoursePage.objects.filter(locale__language_code="zh-hans").update(title="改过")
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "title"))

    assert actions.load_courses([COURSE]) == 0
    assert (
        list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id", "title")) == before
    )


def test_a_loaded_course_has_its_blocks_with_lasting_ids(site_pages):
    actions.load_courses([COURSE])

    lesson = LessonPage.objects.offered().get()
    first = [block.id for block in lesson.body]
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    assert [block.block_type for block in lesson.body] == ["heading", "paragraph", "quiz"]
    assert [block.id for block in lesson.body] == first
    assert lesson.course.field.code == "neighbours"


def test_a_quiz_without_a_right_option_is_not_loaded(site_pages):
    broken = json.loads(json.dumps(COURSE))
    quiz = broken["lessons"][0]["blocks"][2]["value"]["questions"][0]
    quiz["options"][1]["correct"] = False

    with pytest.raises(ValidationError):
        actions.load_courses([broken])
    assert CoursePage.objects.count() == 0


def test_without_a_list_there_is_nowhere_to_put_courses():
    with pytest.raises(Refused):
        actions.load_courses([COURSE])


def test_the_command_loads_courses_and_textbooks_once(site_pages, tmp_path):
    make.division("330681")
    files = {"courses": [COURSE], "textbooks": [
        {"title": "读本", "kind": "book", "field": "", "note": ""},
        {"title": "讲义", "kind": "handout", "field": "neighbours", "note": "现场。"},
    ]}  # fmt: skip
    paths = {}
    for name, content in files.items():
        paths[name] = Path(tmp_path / f"{name}.json")
        paths[name].write_text(json.dumps(content))

    said = []
    for _time in range(2):
        out = StringIO()
        call_command("load_courses", **paths, stdout=out)
        said.append(json.loads(out.getvalue()))

    assert said == [{"courses": 1, "textbooks": 2}, {"courses": 0, "textbooks": 0}]
    assert {one.division.code for one in Textbook.objects.all()} == {"3306"}


def test_the_command_says_what_is_missing():
    with pytest.raises(CommandError):
        call_command("load_courses", stdout=StringIO())


@pytest.mark.parametrize("language", ["", "/en"])
def test_everybody_reads_list_course_and_lesson(client, site_pages, language):
    actions.load_courses([COURSE])

    way = [
        f"{language}/courses/",
        f"{language}/courses/law/",
        f"{language}/courses/law/principles/",
    ]
    pages = [soup(client.get(address)) for address in way]

    assert [len(page.select("h1")) for page in pages] == [1, 1, 1]
    assert [a["href"] for a in pages[0].select("main .card a")] == [way[1]]
    assert [a["href"] for a in pages[1].select("main .links a")] == [way[2]]
    assert pages[0].select_one("main .card h2 a")["lang"] == "zh-hans"
    assert pages[2].article["lang"] == "zh-hans"
    assert "自愿、" in pages[2].article.text


def test_the_lesson_tells_everybody_the_question_and_nobody_the_answer(client, site_pages):
    actions.load_courses([COURSE])

    page = client.get("/courses/law/principles/").content.decode()

    assert "不收费" in page
    assert "第四条" not in page
    assert soup(client.get("/courses/law/principles/")).select("main form") == []


@pytest.mark.parametrize("language", ["", "/en"])
def test_who_is_signed_in_is_led_to_the_page_that_is_studied(client, site_pages, language):
    actions.load_courses([COURSE])
    person = make.mediator()
    client.force_login(made.account(person))

    course = soup(client.get(f"{language}/courses/law/")).select_one("main a.button")
    lesson = soup(client.get(f"{language}/courses/law/principles/")).select_one("main a.button")

    studied = CoursePage.objects.offered().get()
    assert course["href"] == reverse("my_course", args=[studied.pk])
    assert lesson["href"] == reverse("my_lesson", args=[LessonPage.objects.offered().get().pk])
    assert client.get(course["href"]).status_code == 200


def test_an_alias_is_not_studied_in_its_own_right(client, site_pages):
    actions.load_courses([COURSE])
    client.force_login(made.account(make.mediator()))
    alias = CoursePage.objects.get(locale__language_code="en")

    assert client.get(reverse("my_course", args=[alias.pk])).status_code == 404
    assert client.get(reverse("my_lesson", args=[alias.lessons.get().pk])).status_code == 404


def test_a_list_without_courses_says_so(client, site_pages):
    assert soup(client.get("/courses/")).select_one(".empty") is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_course_as_for_three(
    client, rows, django_assert_num_queries
):
    for _number in range(rows):
        made.lesson(made.course(field=make.speciality()), made.one_question())
    address = TrainingIndexPage.objects.get().url
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)


# Wagtail leaves the file of a resized picture to the collector of garbage.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_kind_of_block_is_shown_without_inline_style_or_script(client):
    image = Image.objects.create(title="图", file=get_test_image_file())
    film_block = {"file": film().pk, "title": "现场调解", "text": "<p>两邻居。</p>"}
    course = made.course()
    lesson = made.lesson(
        course,
        made.block("heading", "甲"),
        {"type": "image", "id": key("i"), "value": {
            "image": image.pk, "alt_text": "调解室", "decorative": False,
        }},
        {"type": "video", "id": key("v"), "value": film_block},
        {"type": "document", "id": key("d"), "value": film("example.pdf").pk},
        made.one_question(),
    )  # fmt: skip
    client.force_login(made.account(make.mediator()))

    for address in [lesson.url, reverse("my_lesson", args=[lesson.pk])]:
        answer = client.get(address)
        page = soup(answer)
        assert page.select_one("main img")["alt"] == "调解室"
        assert page.select_one("main video source")["type"] == "video/mp4"
        assert page.select_one("main video").get("controls") is not None
        assert page.select_one("main details div").text.strip() == "两邻居。"
        assert page.select("main [style], main script") == []
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        whole = client.get(page.select_one("main video source")["src"])
        assert b"".join(whole.streaming_content) == FILM
    gc.collect()


@pytest.mark.parametrize(
    ("wanted", "status", "span"),
    [
        ("bytes=0-9", 206, (0, 9)),
        ("bytes=2550-", 206, (2550, 2559)),
        ("bytes=-10", 206, (2550, 2559)),
        ("bytes=2559-9999", 206, (2559, 2559)),
        ("bytes=2560-", 416, None),
        ("bytes=-", 416, None),
        ("lines=1-2", 200, None),
    ],
)
def test_a_film_is_handed_out_in_the_parts_the_browser_asks_for(client, wanted, status, span):
    document = film()

    answer = client.get(
        reverse("lesson_video", args=[document.pk, document.filename]), headers={"range": wanted}
    )

    assert (answer.status_code, answer["Accept-Ranges"] if status != 416 else "bytes") == (
        status, "bytes",
    )  # fmt: skip
    if span:
        assert answer["Content-Range"] == f"bytes {span[0]}-{span[1]}/2560"
        assert answer.content == FILM[span[0] : span[1] + 1]
    if status == 200:
        assert b"".join(answer.streaming_content) == FILM


@pytest.mark.parametrize("case", ["a paper", "a wrong name", "a closed collection"])
def test_only_films_that_are_open_to_all_are_handed_out(client, case):
    document = film("paper.pdf" if case == "a paper" else "lesson.mp4")
    name = "other.mp4" if case == "a wrong name" else document.filename
    if case == "a closed collection":
        CollectionViewRestriction.objects.create(
            collection=document.collection, restriction_type="login"
        )

    assert client.get(reverse("lesson_video", args=[document.pk, name])).status_code == 404


@pytest.mark.parametrize("right", [[], ["一年", "三年"], None])
def test_a_question_has_right_options_and_wrong_ones_that_differ(right):
    texts = ["一年", "三年"] if right is not None else ["一年", "一年"]
    marked = ["一年"] if right is None else right
    options = [{"text": text, "correct": text in marked} for text in texts]
    if right is None:
        options[1]["correct"] = False
    block = LessonPage.body.field.stream_block.child_blocks["quiz"]
    value = block.to_python({"questions": [{"stem": "？", "options": options, "explanation": ""}]})

    with pytest.raises(ValidationError):
        block.clean(value)


def test_a_video_block_takes_films_only():
    block = LessonPage.body.field.stream_block.child_blocks["video"]
    values = {"title": "片", "text": "<p>同上。</p>"}

    block.clean(block.to_python({**values, "file": film().pk}))
    with pytest.raises(ValidationError):
        block.clean(block.to_python({**values, "file": film("paper.pdf").pk}))
