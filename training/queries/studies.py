"""The questions asked of who studies what, and how far people have come."""

from django.db.models import Case, CharField, Q, Value, When

from office.queries import ScopedQuerySet
from training.queries.hours import OfMediatorQuerySet


class CourseStudyQuerySet(OfMediatorQuerySet):
    def standing(self):
        """Studies that were not set aside."""
        return self.filter(set_aside_on=None)

    def with_standing(self):
        """With how far each has come, as ``CourseStanding`` names it."""
        return self.annotate(
            standing=Case(
                When(set_aside_on__isnull=False, then=Value("set_aside")),
                When(completion__isnull=False, then=Value("completed")),
                When(started_on__isnull=False, then=Value("started")),
                default=Value("enrolled"),
                output_field=CharField(),
            )
        )

    def below(self, page):
        """Studies of the courses and lessons that lie below a page, the page itself included."""
        pages = page.get_descendants(inclusive=True).values("pk")
        return self.filter(Q(course__in=pages) | Q(lessons__lesson__in=pages))


class OfStudyQuerySet(ScopedQuerySet):
    """Rows of one study each; they lie where the person does who studies."""

    division_lookup = "study__mediator__division_id"

    def of_organizations(self, pks):
        studies = self.model._meta.get_field("study").related_model.objects
        return Q(study__in=studies.filter(studies.all().of_organizations(pks)).values("pk"))


class LessonProgressQuerySet(OfStudyQuerySet):
    def made_by(self, mediator):
        """How far a mediator has come, without what was set aside."""
        return self.filter(study__mediator=mediator, study__set_aside_on=None)

    def completed_by(self, mediator):
        return self.made_by(mediator).filter(completed_on__isnull=False)

    def of(self, mediator, lesson):
        """How far a mediator has come in a lesson, with the answers; None if not begun."""
        found = self.made_by(mediator).filter(lesson=lesson)
        return found.prefetch_related("answers").first()
