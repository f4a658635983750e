"""Who studies what, on the desk: by person, by course, by division; counted, scoped, exported."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from office.desk.submissions import new_key
from office.desk.viewset import DESKS
from office.roles import Role
from tests import make
from tests.make import TODAY
from tests.registry.conftest import at_desk  # noqa: F401 - the fixture
from tests.registry.desk import elsewhere, sent, url
from tests.training import make_courses as made
from tests.training.make_courses import answered, key
from training import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return made.course("逐条学")


@pytest.fixture
def trainer(at_desk):  # noqa: F811
    return at_desk(make.officer(Role.TRAINER, make.division("330681")))


def person(code="330681001001", name=None):
    return make.mediator(in_division=make.division(code), **({"name": name} if name else {}))


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def study(course, how, who):
    """Let somebody enrol in a course, start or complete it."""
    if how == "enrolled":
        actions.begin_course(who, course, today=TODAY)
        return who
    lesson = course.lessons.first() or made.lesson(course, made.one_question())
    answered(who, lesson, chosen="三年" if how == "completed" else "一年")
    return who


def figures(row):
    return row.enrolled, row.started, row.completed_count


@pytest.mark.parametrize("desk", ["courses", "course_studies", "course_divisions"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_take_as_many_queries_for_one_row_as_for_three(
    client, trainer, desk, rows, django_assert_num_queries
):
    for number in range(rows):
        study(made.course(), "completed", person(f"33068100{number + 1}001"))
    client.get(url(desk, "index"))

    expected = {"courses": 9, "course_studies": 11, "course_divisions": 10}[desk]
    with django_assert_num_queries(expected):
        client.get(url(desk, "index"))


def test_people_are_listed_by_how_far_they_have_come(client, trainer, course):
    for how in ["enrolled", "started", "completed"]:
        study(course, how, person(name=how))
    study(course, "completed", make.mediator(in_division=elsewhere()))

    response = client.get(url("course_studies", "index"))

    tabs = [(tab.label, tab.count) for tab in response.context["tabs"]]
    assert tabs == [("All", 3), ("enrolled", 1), ("started", 1), ("completed", 1)]
    one = client.get(url("course_studies", "index"), {"standing": "started"})
    assert [row.mediator.name for row in listed(one)] == ["started"]
    named = client.get(url("course_studies", "index"), {"name": "compl"})
    assert [row.mediator.name for row in listed(named)] == ["completed"]


def test_a_study_elsewhere_is_not_there(client, trainer, course):
    study(course, "started", make.mediator(in_division=elsewhere()))
    pk = course.studies.get().pk

    assert client.get(url("course_studies", "inspect", pk)).status_code == 404
    assert listed(client.get(url("course_studies", "index"))) == []


def test_the_page_of_a_study_shows_its_lessons(client, trainer, course):
    lesson = made.lesson(course, made.one_question())
    study(course, "completed", person())

    page = client.get(url("course_studies", "inspect", course.studies.get().pk))

    assert lesson.title in page.content.decode()


def test_a_course_counts_the_people_of_the_own_area(client, trainer, course):
    for how in ["enrolled", "started", "completed", "completed"]:
        study(course, how, person())
    study(course, "completed", make.mediator(in_division=elsewhere()))

    found = listed(client.get(url("courses", "index")))

    assert [figures(row) for row in found] == [(4, 3, 2)]
    page = client.get(url("courses", "inspect", course.pk)).content.decode()
    assert "4 enrolled, 3 started, 2 completed" in page
    assert "5 enrolled" not in page
    assert f'href="/admin/pages/{course.pk}/edit/"' not in page


def test_who_may_write_a_course_is_led_to_its_editor(client, trainer, course):
    actions.let_trainers_write()

    page = client.get(url("courses", "inspect", course.pk)).content.decode()

    assert f'href="/admin/pages/{course.pk}/edit/"' in page


def test_a_division_counts_its_own_people_and_those_below(client, trainer, course):
    other = made.course("别的")
    study(course, "completed", person("330681001001"))
    study(course, "started", person("330681002001"))
    study(other, "enrolled", person("330681002002"))
    study(course, "completed", make.mediator(in_division=elsewhere()))

    everything = listed(client.get(url("course_divisions", "index")))
    narrowed = listed(client.get(url("course_divisions", "index"), {"course": course.pk}))

    assert {row.code: figures(row) for row in everything} == {
        "330681": (3, 2, 1), "330681001": (1, 1, 1), "330681002": (2, 1, 0),
    }  # fmt: skip
    assert {row.code: figures(row) for row in narrowed} == {
        "330681": (2, 2, 1), "330681001": (1, 1, 1), "330681002": (1, 1, 0),
    }  # fmt: skip
    page = client.get(url("course_divisions", "inspect", make.division("330681").pk))
    assert "1 enrolled, 0 started, 0 completed" in page.content.decode()
    assert client.get(url("course_divisions", "inspect", elsewhere().pk)).status_code == 404


@pytest.mark.parametrize("desk", ["courses", "course_studies", "course_divisions"])
def test_the_figures_are_handed_out_as_a_workbook(client, trainer, course, desk):
    study(course, "completed", person(name="张三"))

    response = client.post(
        url(desk, "export"), {"submission": new_key(), "format": "xlsx", "reason": "Report."}
    )

    content = b"".join(response.streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    flat = [str(cell) for row in rows for cell in row]
    wanted = {"courses": "100 %", "course_studies": "张三", "course_divisions": "100 %"}[desk]
    assert wanted in flat


@pytest.mark.parametrize("desk", ["courses", "course_studies", "course_divisions"])
def test_who_has_no_right_to_the_figures_is_told_that_there_are_none(client, at_desk, desk):  # noqa: F811
    at_desk(make.officer(Role.HANDLER, make.division("330681")))

    assert client.get(url(desk, "index")).status_code == 404


def test_a_clerk_sees_the_people_of_the_own_organisation(client, at_desk, course):  # noqa: F811
    body = make.organization()
    member = make.mediator()
    make.appointment(member, body)
    study(course, "started", member)
    study(course, "started", make.mediator())
    at_desk(make.officer(Role.CLERK, body))

    assert [row.mediator for row in listed(client.get(url("course_studies", "index")))] == [member]
    assert client.get(url("course_studies", "export")).status_code == 404


def test_an_officer_sets_a_study_aside(client, trainer, course):
    study(course, "completed", person())
    pk = course.studies.get().pk

    client.post(url("course_studies", "act", pk, "set_aside"), sent())

    row = listed(client.get(url("course_studies", "index")))[0]
    assert row.standing == "set_aside"
    assert [figures(row) for row in listed(client.get(url("courses", "index")))] == [(0, 0, 0)]
    assert client.get(url("course_studies", "history", pk)).status_code == 200


def test_the_desks_have_no_forms(client, trainer, course):
    study(course, "started", person())

    for desk in ["training.coursestudy", "training.coursepage", "training.studydivision"]:
        names = {pattern.name for pattern in DESKS[desk].get_urlpatterns()}
        assert names & {"add", "edit"} == set()
    assert key("几年一届？", "三年") not in client.get(url("courses", "index")).content.decode()
