"""Courses and their lessons: pages that trainers write, in Wagtail's own tree."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from registry.models import Speciality
from training.models.blocks import LessonBlock
from training.models.hours import ContentClass
from training.queries import CourseManager, IndexManager, LessonManager


class CourseLevel(models.TextChoices):
    BASIC = "basic", _("basic")
    ADVANCED = "advanced", _("advanced")


class Audience(models.TextChoices):
    """For which of the three kinds of training a course is made."""

    PRE_SERVICE = "pre_service", _("before the first post")
    YEARLY = "yearly", _("yearly training")
    SPECIAL = "special", _("special training")


class TrainingIndexPage(Page):
    """The list of all courses, for everybody to see."""

    intro = models.CharField(_("introduction"), max_length=300, blank=True)

    objects = IndexManager()

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    subpage_types = ["training.CoursePage"]
    max_count_per_parent = 1
    template = "training/course_index.html"

    class Meta:
        verbose_name = _("list of courses")
        verbose_name_plural = _("lists of courses")

    def get_context(self, request, *args, **kwargs):
        courses = CoursePage.objects.live().child_of(self).described().order_by("path")
        return super().get_context(request, *args, **kwargs) | {"courses": courses}


class Written:
    """In which language a page is written: an alias shows what another page says."""

    @property
    def written_in(self):
        return (self.alias_of or self).locale.language_code


class CoursePage(Written, Page):
    """A course: what it teaches, to whom, and the hours credited when all lessons are studied.

    People study the page in the site's first language; its translations and aliases are only for
    reading, so that nobody is credited the same course twice.
    """

    summary = models.CharField(_("summary"), max_length=500)
    content_class = models.CharField(
        _("content class"), max_length=10, choices=ContentClass.choices
    )
    field = models.ForeignKey(
        Speciality,
        verbose_name=_("kind of dispute"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Left empty, the course is for everybody."),
    )
    level = models.CharField(
        _("level"), max_length=10, choices=CourseLevel.choices, default=CourseLevel.BASIC
    )
    audience = models.CharField(
        _("made for"), max_length=12, choices=Audience.choices, default=Audience.YEARLY
    )
    hours = models.DecimalField(
        _("class hours"), max_digits=4, decimal_places=1, validators=[MinValueValidator(0.5)]
    )

    objects = CourseManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ["content_class", "field", "level", "audience", "hours"]],
            heading=_("Course"),
        ),
    ]
    parent_page_types = ["training.TrainingIndexPage"]
    subpage_types = ["training.LessonPage"]
    template = "training/course_page.html"

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        default_permissions = ["view", "export"]
        constraints = [
            models.CheckConstraint(
                name="course_content_class_is_known",
                condition=Q(content_class__in=ContentClass.values),
            ),
            models.CheckConstraint(
                name="course_level_is_known", condition=Q(level__in=CourseLevel.values)
            ),
            models.CheckConstraint(
                name="course_audience_is_known", condition=Q(audience__in=Audience.values)
            ),
            models.CheckConstraint(name="course_has_hours", condition=Q(hours__gt=0)),
        ]

    @property
    def lessons(self):
        """The published lessons, in their order."""
        return LessonPage.objects.live().child_of(self).order_by("path")

    @property
    def studied(self):
        """The page that people study: this one, or the one it translates."""
        return CoursePage.objects.offered().filter(translation_key=self.translation_key).first()

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"lessons": self.lessons}


class LessonPage(Written, Page):
    """A lesson of a course. Everybody may read it; mediators study it on their own pages."""

    body = StreamField(LessonBlock(), verbose_name=_("body"), blank=True)

    objects = LessonManager()

    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["training.CoursePage"]
    subpage_types = []
    template = "training/lesson_page.html"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def course(self):
        return CoursePage.objects.get(pk=self.get_parent().pk)

    @property
    def studied(self):
        """The page that people study: this one, or the one it translates."""
        return LessonPage.objects.offered().filter(translation_key=self.translation_key).first()
