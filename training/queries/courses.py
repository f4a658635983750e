"""The questions asked of courses and lessons."""

from django.apps import apps
from django.conf import settings
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from wagtail.models import PageManager, PageQuerySet


def number_of(rows):
    """How many rows there are, as an expression of the query around it."""
    together = rows.order_by().annotate(together=Value(1)).values("together")
    number = together.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


class InFirstLanguage(PageQuerySet):
    def offered(self):
        """Published pages in the language in which people study."""
        return self.live().filter(locale__language_code=settings.LANGUAGE_CODE)


class LessonQuerySet(InFirstLanguage):
    def left_for(self, mediator):
        """Lessons the mediator has not completed, the one last touched first, then in order."""
        progress = apps.get_model("training", "LessonProgress").objects
        own = progress.made_by(mediator).filter(lesson=OuterRef("pk"))
        return (
            self.exclude(pk__in=progress.completed_by(mediator).values("lesson"))
            .annotate(touched_at=Subquery(own.values("touched_at")[:1]))
            .order_by(F("touched_at").desc(nulls_last=True), "path")
        )

    def with_progress_of(self, mediator):
        """With the day on which the mediator completed each, or began without completing it."""
        progress = apps.get_model("training", "LessonProgress").objects
        own = progress.made_by(mediator).filter(lesson=OuterRef("pk"))
        return self.annotate(
            completed_on=Subquery(own.values("completed_on")),
            touched_at=Subquery(own.values("touched_at")),
        )

    def place_of(self, lesson):
        """Where a lesson stands among these: its number, how many there are, and its neighbours."""
        lessons = list(self.defer("body"))
        number = [one.pk for one in lessons].index(lesson.pk)
        return {
            "number": number + 1,
            "count": len(lessons),
            "previous": lessons[number - 1] if number else None,
            "following": lessons[number + 1] if number + 1 < len(lessons) else None,
        }


class CourseQuerySet(InFirstLanguage):
    def described(self):
        """With the kind of dispute it is about and the number of its published lessons."""
        return self.select_related("field", "locale", "alias_of__locale").annotate(
            lesson_count=number_of(self._lessons())
        )

    def with_progress_of(self, mediator):
        """With how far a mediator has come: lessons done, the one to go on with, and the days."""
        studies = apps.get_model("training", "CourseStudy").objects.standing()
        study = studies.filter(course=OuterRef("pk"), mediator=mediator)
        lessons = self._lessons()
        done = apps.get_model("training", "LessonProgress").objects.completed_by(mediator)
        return self.described().annotate(
            begun_on=Subquery(study.values("begun_on")),
            completed_on=Subquery(study.values("completion__completed_on")),
            touched_at=Subquery(study.values("touched_at")),
            done_count=number_of(lessons.filter(pk__in=done.values("lesson"))),
            next_lesson=Subquery(lessons.left_for(mediator).values("pk")[:1]),
        )

    def underway(self):
        """Begun and not completed, the one last touched first."""
        return self.filter(begun_on__isnull=False, completed_on=None).order_by("-touched_at", "pk")

    def completed(self):
        return self.filter(completed_on__isnull=False).order_by("-completed_on", "pk")

    def recommended_to(self, mediator):
        """Not begun, on the disputes the mediator knows, then those that are for everybody."""
        fields = mediator.specialities.values("pk")
        return (
            self.filter(begun_on=None)
            .filter(Q(field__in=fields) | Q(field=None))
            .order_by(F("field").asc(nulls_last=True), "path")
        )

    def counting(self, studies):
        """With how many of these studies were begun, worked on and completed."""
        own = studies.filter(course=OuterRef("pk"))
        return self.annotate(
            enrolled=number_of(own),
            started=number_of(own.filter(started_on__isnull=False)),
            completed_count=number_of(own.filter(completion__isnull=False)),
        )

    def _lessons(self):
        lessons = apps.get_model("training", "LessonPage").objects.live()
        return lessons.filter(path__startswith=OuterRef("path"))


IndexManager = PageManager.from_queryset(InFirstLanguage, "IndexManager")
CourseManager = PageManager.from_queryset(CourseQuerySet, "CourseManager")
LessonManager = PageManager.from_queryset(LessonQuerySet, "LessonManager")
