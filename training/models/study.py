"""Who studies which course, how far, and with which answers: the proof of study."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models import Mediator
from training.models.course import CoursePage, LessonPage
from training.models.hours import ContentClass
from training.queries import CourseStudyQuerySet, LessonProgressQuerySet, OfStudyQuerySet


class CourseStanding(models.TextChoices):
    """How far somebody has come with a course, as lists say it."""

    ENROLLED = "enrolled", _("enrolled")
    STARTED = "started", _("started")
    COMPLETED = "completed", _("completed")
    SET_ASIDE = "set_aside", _("set aside")


class CourseStudy(models.Model):
    """A mediator has a course in hand. A page somebody studies cannot be deleted."""

    wagtail_reference_index_ignore = True

    mediator = models.ForeignKey(
        Mediator,
        verbose_name=_("mediator"),
        on_delete=models.PROTECT,
        related_name="course_studies",
    )
    course = models.ForeignKey(
        CoursePage, verbose_name=_("course"), on_delete=models.PROTECT, related_name="studies"
    )
    begun_on = models.DateField(_("enrolled on"))
    # The first section read or question answered.
    started_on = models.DateField(_("started on"), null=True, blank=True)
    # Set aside by an officer: it counts no more, and the course can be begun anew.
    set_aside_on = models.DateField(_("set aside on"), null=True, blank=True)
    touched_at = models.DateTimeField(_("last studied"), auto_now=True)

    objects = CourseStudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("course progress")
        verbose_name_plural = _("course progress")
        ordering = ["-begun_on", "pk"]
        default_permissions = ["view", "export"]
        permissions = [("set_aside_coursestudy", "Can set aside course progress")]
        constraints = [
            models.UniqueConstraint(
                fields=["mediator", "course"],
                condition=Q(set_aside_on__isnull=True),
                name="coursestudy_once",
            ),
            models.CheckConstraint(
                name="coursestudy_is_set_aside_after_it_begins",
                condition=Q(set_aside_on__isnull=True) | Q(set_aside_on__gte=F("begun_on")),
            ),
            models.CheckConstraint(
                name="coursestudy_starts_after_it_begins",
                condition=Q(started_on__isnull=True) | Q(started_on__gte=F("begun_on")),
            ),
        ]

    def __str__(self):
        return f"{self.mediator} · {self.course.title}"

    @property
    def area(self):
        return self.mediator.division_id


class LessonProgress(models.Model):
    """How far a mediator has come in a lesson.

    ``reached`` is the id of the block from which to go on; "" means the beginning.
    """

    wagtail_reference_index_ignore = True

    study = models.ForeignKey(
        CourseStudy, verbose_name=_("course"), on_delete=models.PROTECT, related_name="lessons"
    )
    lesson = models.ForeignKey(
        LessonPage, verbose_name=_("lesson"), on_delete=models.PROTECT, related_name="progress"
    )
    reached = models.CharField(_("reached"), max_length=36, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    touched_at = models.DateTimeField(_("last studied"), auto_now=True)

    objects = LessonProgressQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson progress")
        verbose_name_plural = _("lesson progress")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["study", "lesson"], name="lessonprogress_once"),
        ]

    def __str__(self):
        return f"{self.study.mediator} · {self.lesson.title}"

    @property
    def area(self):
        return self.study.area


class QuizAnswer(models.Model):
    """The last answer to a question of a quiz, and at which attempt; a right one stays.

    ``question`` and ``chosen`` are ids of blocks: whoever edits a text keeps them.
    """

    progress = models.ForeignKey(
        LessonProgress, verbose_name=_("lesson"), on_delete=models.PROTECT, related_name="answers"
    )
    question = models.CharField(_("question"), max_length=36)
    chosen = models.JSONField(_("chosen"), default=list)
    is_right = models.BooleanField(_("right"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=1)
    answered_at = models.DateTimeField(_("answered at"), auto_now=True)

    class Meta:
        verbose_name = _("answer to a quiz")
        verbose_name_plural = _("answers to quizzes")
        ordering = ["pk"]
        default_permissions = []
        constraints = [
            models.UniqueConstraint(fields=["progress", "question"], name="quizanswer_once"),
            models.CheckConstraint(name="quizanswer_was_attempted", condition=Q(attempts__gte=1)),
        ]

    def __str__(self):
        return f"{self.progress} · {self.attempts}"


class CourseCompletion(models.Model):
    """A mediator has studied all lessons a course had that day: the source of the hours.

    What the course was worth then is kept; lessons added later take nothing back.
    """

    study = models.OneToOneField(
        CourseStudy, verbose_name=_("course"), on_delete=models.PROTECT, related_name="completion"
    )
    completed_on = models.DateField(_("completed on"), db_index=True)
    hours = models.DecimalField(_("class hours"), max_digits=4, decimal_places=1)
    content_class = models.CharField(
        _("content class"), max_length=10, choices=ContentClass.choices
    )
    lessons = models.PositiveSmallIntegerField(_("lessons studied"))

    objects = OfStudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("course completion")
        verbose_name_plural = _("course completions")
        ordering = ["-completed_on", "pk"]
        default_permissions = []
        constraints = [
            models.CheckConstraint(name="coursecompletion_has_hours", condition=Q(hours__gt=0)),
            models.CheckConstraint(
                name="coursecompletion_has_lessons", condition=Q(lessons__gte=1)
            ),
            models.CheckConstraint(
                name="coursecompletion_content_class_is_known",
                condition=Q(content_class__in=ContentClass.values),
            ),
        ]

    def __str__(self):
        return str(self.study)

    @property
    def area(self):
        return self.study.area
