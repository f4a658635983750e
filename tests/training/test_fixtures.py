"""The content of the training portal keeps its own rules, before any of it is loaded."""

import csv
import json
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

FIXTURES = Path(__file__).parents[2] / "fixtures"
AT_LEAST = {"single": 70, "multiple": 35, "true_false": 30, "fill_in": 18, "essay": 14}
TOPICS = {
    "people_mediation_law", "procedure", "agreement", "judicial_confirmation", "ethics", "skills",
    "civil_code", "family", "neighbours", "labour", "traffic", "medical", "property", "consumer",
    "records", "policy",
}  # fmt: skip
CONTENT_CLASSES = {"situation", "law", "ethics", "knowledge", "skills"}
PRACTICE = "调解实务"


def load(name):
    return json.loads((FIXTURES / name).read_text(encoding="utf-8"))


QUESTIONS = load("questions.json")
COURSES = load("courses.json")
LESSONS = [(course, lesson) for course in COURSES for lesson in course["lessons"]]
FIELDS = {"", *(row["code"] for row in load("terms.json")["specialities"])}


def by_code(questions):
    return [pytest.param(question, id=question["code"]) for question in questions]


def of_type(*types):
    return by_code([question for question in QUESTIONS if question["type"] in types])


def right(question):
    return [option["correct"] for option in question["options"]].count(True)


def blocks(lesson, *types):
    return [block["value"] for block in lesson["blocks"] if block["type"] in types]


def test_there_are_enough_questions_of_each_type():
    counts = Counter(question["type"] for question in QUESTIONS)

    assert set(counts) == set(AT_LEAST)
    assert {kind: counts[kind] for kind, least in AT_LEAST.items() if counts[kind] < least} == {}
    assert len(QUESTIONS) >= 150


def test_every_topic_has_questions():
    assert {question["topic"] for question in QUESTIONS} == TOPICS


@pytest.mark.parametrize("name", ["code", "stem"])
def test_codes_and_stems_are_unique(name):
    values = [question[name] for question in QUESTIONS]

    assert len(set(values)) == len(values)


@pytest.mark.parametrize("question", by_code(QUESTIONS))
def test_a_question_is_complete(question):
    assert re.fullmatch(r"RT-\d{4}", question["code"])
    assert question["difficulty"] in {1, 2, 3}
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", question["valid_from"])
    assert question["stem"] == question["stem"].strip() != ""
    assert question["explanation"].strip()
    assert question["law_basis"]
    for basis in question["law_basis"]:
        assert basis["law"]
        assert (basis["article"] == "") is (basis["law"] == PRACTICE)


@pytest.mark.parametrize("question", of_type("single"))
def test_a_single_choice_has_four_options_and_one_right(question):
    assert (len(question["options"]), right(question)) == (4, 1)


@pytest.mark.parametrize("question", of_type("multiple"))
def test_a_multiple_choice_has_at_least_two_right_and_one_wrong(question):
    assert len(question["options"]) in {4, 5}
    assert 2 <= right(question) < len(question["options"])


@pytest.mark.parametrize("question", of_type("true_false"))
def test_a_statement_is_either_true_or_false(question):
    assert [option["text"] for option in question["options"]] == ["正确", "错误"]
    assert right(question) == 1


@pytest.mark.parametrize("question", of_type("single", "multiple", "true_false"))
def test_the_options_of_a_question_differ(question):
    texts = [option["text"] for option in question["options"]]

    assert len(set(texts)) == len(texts)
    assert (question["accepted"], question["marking_guide"]) == ([], [])


@pytest.mark.parametrize("question", of_type("fill_in"))
def test_a_gap_has_its_accepted_answers(question):
    assert question["stem"].count("____") == 1
    assert question["accepted"]
    assert len(set(question["accepted"])) == len(question["accepted"])
    assert (question["options"], question["marking_guide"]) == ([], [])


@pytest.mark.parametrize("question", of_type("essay"))
def test_a_case_question_has_a_marking_guide(question):
    guide = question["marking_guide"]

    assert 3 <= len(guide) <= 5
    assert 10 <= sum(entry["marks"] for entry in guide) <= 20
    assert all(entry["point"] and entry["marks"] > 0 for entry in guide)
    assert (question["options"], question["accepted"]) == ([], [])


def test_the_right_answers_are_spread_over_the_letters():
    singles = [question for question in QUESTIONS if question["type"] == "single"]
    places = [
        [option["correct"] for option in question["options"]].index(True) for question in singles
    ]

    assert set(places) == {0, 1, 2, 3}
    assert max(Counter(places).values()) <= 0.35 * len(singles)


def test_the_right_answer_is_seldom_the_longest():
    singles = [question for question in QUESTIONS if question["type"] == "single"]
    longest = [
        question
        for question in singles
        if max(question["options"], key=lambda option: len(option["text"]))["correct"]
    ]

    assert len(longest) <= 0.4 * len(singles)


def test_true_and_false_statements_are_balanced():
    statements = [question for question in QUESTIONS if question["type"] == "true_false"]
    true = sum(question["options"][0]["correct"] for question in statements)

    assert 0.35 <= true / len(statements) <= 0.65


def test_few_questions_rest_on_practice_alone():
    practice = [
        question["code"]
        for question in QUESTIONS
        if PRACTICE in {basis["law"] for basis in question["law_basis"]}
    ]

    assert len(practice) <= 20


def test_there_are_twelve_courses_with_unique_slugs():
    slugs = [course["slug"] for course in COURSES]

    assert len(slugs) >= 12
    assert len(set(slugs)) == len(slugs)
    assert {course["content_class"] for course in COURSES} == CONTENT_CLASSES


@pytest.mark.parametrize("course", [pytest.param(row, id=row["slug"]) for row in COURSES])
def test_a_course_is_complete(course):
    slugs = [lesson["slug"] for lesson in course["lessons"]]

    assert course["title"]
    assert course["summary"]
    assert course["field"] in FIELDS
    assert course["level"] in {"basic", "advanced"}
    assert course["audience"] in {"pre_service", "yearly", "special"}
    assert Decimal(course["hours"]) > 0
    assert 3 <= len(slugs) <= 4
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in [course["slug"], *slugs])


@pytest.mark.parametrize(
    "lesson",
    [pytest.param(row, id=f"{course['slug']}-{row['slug']}") for course, row in LESSONS],
)
def test_a_lesson_teaches_and_asks(lesson):
    text = "".join(blocks(lesson, "heading", "paragraph"))
    questions = [asked for quiz in blocks(lesson, "quiz") for asked in quiz["questions"]]

    assert {block["type"] for block in lesson["blocks"]} == {"heading", "paragraph", "quiz"}
    assert len(re.sub(r"<[^>]+>", "", text)) >= 350
    assert 2 <= len(questions) <= 3
    assert [right(asked) for asked in questions] == [1] * len(questions)
    assert all(asked["explanation"] for asked in questions)


@pytest.mark.parametrize(
    "lesson",
    [pytest.param(row, id=f"{course['slug']}-{row['slug']}") for course, row in LESSONS],
)
def test_the_text_of_a_lesson_uses_plain_closed_tags(lesson):
    for value in blocks(lesson, "paragraph"):
        tags = re.findall(r"<[^>]*>", value)
        names = Counter(tag.strip("</>") for tag in tags)

        assert set(tags) <= {f"<{end}{name}>" for end in ("", "/") for name in names}
        assert set(names) <= {"p", "ul", "ol", "li", "b"}
        assert all(tags.count(f"<{name}>") == tags.count(f"</{name}>") for name in names)


def test_there_are_eight_textbooks_of_the_bureau():
    textbooks = load("textbooks.json")

    assert len({row["title"] for row in textbooks}) == len(textbooks) == 8
    assert {row["kind"] for row in textbooks} == {"book", "handout"}
    assert {row["field"] for row in textbooks} <= FIELDS
    assert all(row["note"] for row in textbooks)


def test_there_are_eleven_bases_in_divisions_of_the_city():
    bases = load("training_bases.json")
    with (FIXTURES / "divisions_330600.csv").open(encoding="utf-8-sig", newline="") as file:
        divisions = {row["code"] for row in csv.DictReader(file)}

    assert len({row["code"] for row in bases}) == len({row["name"] for row in bases}) == 11
    assert {row["division"] for row in bases} <= divisions
    assert all(row["seats"] > 0 and row["address"] and row["strengths"] for row in bases)
