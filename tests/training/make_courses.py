"""Courses, lessons and studies for tests."""

import json
from decimal import Decimal
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.cache import cache
from wagtail.models import Locale, Page, Site

from tests import make
from tests.make import TODAY
from training import actions
from training.models import CoursePage, LessonPage, TrainingIndexPage


def index():
    """The list of courses in the first language, below the home page of the site."""
    found = TrainingIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if found:
        return found
    locale, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    site = Site.objects.filter(is_default_site=True).first() or site_of(locale)
    cache.clear()  # Wagtail remembers where the site of an earlier test began.
    page = TrainingIndexPage(title="培训课程", slug="courses", locale=locale)
    return published(page, site.root_page)


def site_of(locale):
    """A site with a home page, where an earlier test emptied every table."""
    root = Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    home = root.add_child(instance=Page(title="首页", slug="home", locale=locale))
    return Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


def published(page, parent):
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def key(*names):
    """The id of a block, an item or an option, by its name."""
    return str(uuid5(NAMESPACE_URL, "/".join(names)))


def question(name, *options, explanation="", article=""):
    """A question; the options that begin with + are right."""
    return {
        "type": "item",
        "id": key(name),
        "value": {
            "stem": name,
            "options": [
                {
                    "type": "item",
                    "id": key(name, text.lstrip("+")),
                    "value": {"text": text.lstrip("+"), "correct": text.startswith("+")},
                }
                for text in options
            ],
            "explanation": explanation,
            "article": article,
        },
    }


def quiz(name, *questions):
    return {"type": "quiz", "id": key(name), "value": {"questions": list(questions)}}


def block(kind, value):
    return {"type": kind, "id": key(value), "value": value}


def course(title="人民调解法", **fields):
    fields = {
        "summary": "逐条学习。",
        "content_class": "law",
        "hours": Decimal("2.0"),
        "slug": f"course-{make.next_number()}",
        **fields,
    }
    return published(CoursePage(title=title, locale=index().locale, **fields), index())


def lesson(in_course, *blocks, title=None, **fields):
    number = make.next_number()
    page = LessonPage(
        title=title or f"第{number}课",
        slug=f"lesson-{number}",
        locale=in_course.locale,
        body=json.dumps(list(blocks)),
        **fields,
    )
    return published(page, CoursePage.objects.get(pk=in_course.pk))


def one_question(name="几年一届？"):
    """A quiz of one question, of which “三年” is right."""
    return quiz(f"quiz of {name}", question(name, "一年", "+三年", explanation="任期三年。"))


def account(person):
    """An account for a mediator."""
    person.user = make.user()
    person.save()
    return person.user


def answered(person, in_lesson, name="几年一届？", chosen="三年", today=TODAY):
    """The answer to the question of ``one_question``."""
    return actions.answer_quiz(
        person,
        in_lesson,
        key(f"quiz of {name}"),
        {key(name): [key(name, chosen)]},
        by=person.user,
        today=today,
    )
