"""Courses that come with the product, and who may write further ones."""

import json
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale

from office.flow import Refused
from office.policies import group_of
from office.roles import Role
from registry.models import Speciality
from training.models import CoursePage, LessonPage, TrainingIndexPage

COLLECTION = "培训资料"
ON_PAGES = ["add_page", "change_page", "publish_page"]
ON_FILES = [
    "add_image", "change_image", "choose_image",
    "add_document", "change_document", "choose_document",
]  # fmt: skip
OF_COURSE = ["title", "slug", "summary", "content_class", "level", "audience", "hours"]


@transaction.atomic
def let_trainers_write():
    """Give the holders of a trainer's post the lists of courses and a collection for files.

    They may draft, change and publish below the lists; what is there already stays as it is.
    """
    group, _made = Group.objects.get_or_create(name=group_of(Role.TRAINER))
    root = Collection.get_first_root_node()
    files = root.get_children().filter(name=COLLECTION).first()
    files = files or root.add_child(instance=Collection(name=COLLECTION))
    for index in TrainingIndexPage.objects.all():
        for permission in _permissions(ON_PAGES):
            GroupPagePermission.objects.get_or_create(
                group=group, page=index, permission=permission
            )
    for permission in _permissions(ON_FILES):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=files, permission=permission
        )


@transaction.atomic
def load_courses(courses):
    """Publish those of the courses that are missing; the others stay as editors have them.

    Each is there to read in the other languages as well, until somebody translates it. Returns the
    number of courses made.

    :raises Refused: if there is no list of courses to put them on.
    """
    index = TrainingIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if index is None:
        raise Refused(_("There is no list of courses; make the pages first."))
    let_trainers_write()
    known = set(index.get_children().values_list("slug", flat=True))
    missing = [course for course in courses if course["slug"] not in known]
    for course in missing:
        _publish_course(index, course)
    return len(missing)


def _publish_course(index, values):
    fields = {name: values[name] for name in OF_COURSE}
    field = Speciality.objects.get(code=values["field"]) if values.get("field") else None
    course = CoursePage(locale=index.locale, field=field, **fields)
    _publish(course, index)
    lessons = []
    for lesson in values["lessons"]:
        body = body_of(lesson["blocks"], f"{values['slug']}/{lesson['slug']}")
        page = LessonPage(
            locale=index.locale, title=lesson["title"], slug=lesson["slug"], body=json.dumps(body)
        )
        page.body.stream_block.clean(page.body)
        lessons.append(_publish(page, course))
    for locale in Locale.objects.exclude(pk=index.locale_id):
        if index.has_translation(locale):
            for page in [course, *lessons]:
                page.copy_for_translation(locale, alias=True)


def _publish(page, parent):
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def body_of(blocks, name):
    """Return the blocks of a file as the page stores them; their ids follow from the name."""
    return [
        {
            "type": block["type"],
            "id": _id(name, number),
            "value": _value_of(block, f"{name}/{number}"),
        }
        for number, block in enumerate(blocks)
    ]


def _value_of(block, name):
    if block["type"] == "quiz":
        questions = block["value"]["questions"]
        return {
            "questions": [
                _item({**question, "options": _options(question, f"{name}/{number}")}, name, number)
                for number, question in enumerate(questions)
            ]
        }
    return block["value"]


def _options(question, name):
    return [_item(option, name, number) for number, option in enumerate(question["options"])]


def _item(value, name, number):
    return {"type": "item", "id": _id(name, number), "value": value}


def _id(name, number):
    return str(uuid5(NAMESPACE_URL, f"course:{name}/{number}"))


def _permissions(codenames):
    apps = ["wagtailcore", "wagtailimages", "wagtaildocs"]
    return Permission.objects.filter(codename__in=codenames, content_type__app_label__in=apps)
