"""Who writes courses: the holders of a trainer's post, below the list of courses, nobody else."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.images.models import Image
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from office.models import User
from office.roles import Role
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_courses as made
from tests.training.make_courses import answered
from training import actions
from training.models import CoursePage, LessonPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]


@pytest.fixture
def index():
    page = made.index()
    actions.let_trainers_write()
    return page


@pytest.fixture
def trainer(client, settings, time_machine):
    settings.STAFF_SECOND_FACTOR = False
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    person = make.officer(Role.TRAINER, make.division("3306"))
    client.force_login(person)
    return person


def may(user, action, page):
    fresh = User.objects.get(pk=user.pk)
    return policy_registry.get(page).user_has_permission_for_instance(fresh, action, page)


def typed(**fields):
    """What the page editor sends for a course."""
    return nested_form_data(
        {
            "title": "调解技巧", "slug": "skills", "summary": "倾听与提问。",
            "content_class": "skills", "field": "", "level": "basic", "audience": "yearly",
            "hours": "2.0", "go_live_at": "", "expire_at": "", "seo_title": "",
            "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            **fields,
        }
    )  # fmt: skip


def lesson_typed(**fields):
    """What the page editor sends for a lesson of one paragraph."""
    body = streamfield([("heading", "一"), ("paragraph", rich_text("<p>读。</p>"))])
    return nested_form_data(
        {
            "title": "第一课", "slug": "first", "body": body, "go_live_at": "", "expire_at": "",
            "seo_title": "", "search_description": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}, **fields,
        }
    )  # fmt: skip


def add_address(model, parent):
    return reverse("wagtailadmin_pages:add", args=["training", model, parent.pk])


def test_a_trainer_drafts_previews_and_publishes_a_course_and_a_lesson(client, trainer, index):
    client.post(add_address("coursepage", index), typed())
    draft = CoursePage.objects.get()
    assert draft.live is False
    assert client.get(draft.url).status_code == 404

    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk]))
    assert "倾听与提问" in preview.content.decode()

    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    client.post(edit, typed(**{"action-publish": "yes"}))
    client.post(add_address("lessonpage", draft), lesson_typed(**{"action-publish": "yes"}))

    lesson = LessonPage.objects.get()
    assert client.get(CoursePage.objects.get().url).status_code == 200
    assert (lesson.live, [block.block_type for block in lesson.body]) == (
        True, ["heading", "paragraph"],
    )  # fmt: skip
    assert client.get(lesson.url).status_code == 200


def test_a_course_goes_live_on_its_day(client, trainer, index):
    day = timezone.now() + timedelta(days=7)
    sent = typed(go_live_at=f"{day:%Y-%m-%d %H:%M}", **{"action-publish": "yes"})
    client.post(add_address("coursepage", index), sent)
    course = CoursePage.objects.get()

    call_command("publish_scheduled")
    assert (course.live, course.approved_schedule) == (False, True)
    assert CoursePage.objects.offered().count() == 0


def test_a_lesson_is_published_when_its_day_has_come(index, time_machine):
    course = made.course()
    lesson = made.lesson(course, made.one_question())
    lesson.unpublish()
    lesson.go_live_at = timezone.now() + timedelta(hours=1)
    lesson.save_revision().publish()
    assert LessonPage.objects.live().count() == 0

    time_machine.move_to(timezone.now() + timedelta(hours=2))
    call_command("publish_scheduled")

    assert LessonPage.objects.live().get() == lesson


@pytest.mark.parametrize("role", [Role.COUNTY_BUREAU, Role.HANDLER, Role.AUDITOR])
def test_others_of_the_staff_write_no_courses(client, settings, index, role, time_machine):
    settings.STAFF_SECOND_FACTOR = False
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    course = made.course()
    client.force_login(make.officer(role, make.division("330681")))

    answers = [
        client.post(add_address("coursepage", index), typed()),
        client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])),
        client.post(reverse("wagtailadmin_pages:unpublish", args=[course.pk])),
    ]

    # Wagtail sends who may not back to the desk, with a sentence.
    assert {answer.status_code for answer in answers} <= {302, 403, 404}
    assert {getattr(answer, "url", "/admin/") for answer in answers} == {"/admin/"}
    assert CoursePage.objects.get().live is True


def test_a_trainer_writes_no_other_page(trainer, index):
    home = index.get_parent()
    other = home.add_child(instance=Page(title="指南", slug="guide"))

    for action in ["add", "change", "publish"]:
        assert [may(trainer, action, page) for page in [index, home, other]] == [True, False, False]


@pytest.mark.parametrize(("until_on", "holds"), [(None, True), (TODAY + DAY, True), (TODAY, False)])
def test_the_right_lasts_as_long_as_the_post(index, until_on, holds, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    person = make.officer(Role.TRAINER, make.division("3306"), until_on=until_on)

    assert may(person, "publish", index) is holds


def test_a_trainer_puts_pictures_into_the_collection_of_training_only(trainer):
    policy = policy_registry.get_by_type(Image)

    found = policy.collections_user_has_permission_for(trainer, "add")

    assert [one.name for one in found] == ["培训资料"]
    handler = make.officer(Role.HANDLER, make.division("330681"))
    assert policy.user_has_permission(handler, "add") is False


def test_the_rights_are_given_once(index):
    before = GroupPagePermission.objects.count()
    actions.let_trainers_write()

    assert GroupPagePermission.objects.count() == before


@pytest.mark.parametrize("page", ["course", "lesson", "index"])
def test_a_page_that_somebody_studies_is_kept_with_a_sentence(client, settings, index, page):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(make.user(is_superuser=True))
    course = made.course()
    lesson = made.lesson(course, made.one_question())
    answered(make.mediator(), lesson, chosen="一年")
    pk = {"course": course, "lesson": lesson, "index": index}[page].pk

    one = client.post(reverse("wagtailadmin_pages:delete", args=[pk]))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    several = client.post(f"{address}?id={pk}")

    assert {one.status_code, several.status_code} == {302}
    assert LessonPage.objects.filter(pk=lesson.pk).exists()


@pytest.mark.parametrize("studied", [True, False])
def test_a_lesson_that_somebody_studies_stays_in_its_course(client, settings, studied):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(make.user(is_superuser=True))
    course, other = made.course(), made.course()
    lesson = made.lesson(course, made.one_question())
    if studied:
        answered(make.mediator(), lesson, chosen="一年")

    address = reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, other.pk])
    client.post(address, {"pages_to_move": [lesson.pk]})

    assert LessonPage.objects.get().course == (course if studied else other)


def test_a_page_nobody_studies_is_deleted(client, settings):
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(make.user(is_superuser=True))
    lesson = made.lesson(made.course(), made.one_question())

    client.post(reverse("wagtailadmin_pages:delete", args=[lesson.pk]))

    assert LessonPage.objects.count() == 0


def test_an_editor_keeps_the_ids_of_the_questions(index):
    lesson = made.lesson(made.course(), made.one_question())
    raw = json.loads(json.dumps(list(lesson.body.raw_data)))
    raw[0]["value"]["questions"][0]["value"]["stem"] = "任期几年？"
    person = make.mediator()
    answered(person, lesson, chosen="一年")

    lesson.body = json.dumps(raw)
    lesson.save_revision().publish()
    answered(person, LessonPage.objects.get())

    assert LessonPage.objects.get().progress.get().completed_on == TODAY
