"""Who studies what, on the desk: by person, by course and by division."""

import django_filters
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import LONGEST_QUERY, Filters, choice, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.models import DivisionLevel
from registry.viewsets.terms import DivisionFilter
from training.actions.studies import set_aside
from training.models import (
    Audience,
    CourseLevel,
    CoursePage,
    CourseStanding,
    CourseStudy,
    StudyDivision,
)

name_acts(set_aside=gettext_lazy("Set aside"))
S = CourseStanding
TONES = {S.ENROLLED: "plain", S.STARTED: "warn", S.COMPLETED: "ok", S.SET_ASIDE: "plain"}


def share(row):
    """Return how many in a hundred of those enrolled have completed; "" where nobody is."""
    return f"{round(100 * row.completed_count / row.enrolled)} %" if row.enrolled else ""


def figure(name, label):
    return Column(name=name, label=label, value=lambda row: getattr(row, name), sort=name)


FIGURES = (
    figure("enrolled", gettext_lazy("Enrolled")),
    figure("started", gettext_lazy("Started")),
    figure("completed_count", gettext_lazy("Completed")),
    Column(name="share", label=gettext_lazy("Completed of those enrolled"), value=share),
)


class OfCourse(django_filters.ModelChoiceFilter):
    """One of the courses people study."""

    def __init__(self, **given):
        super().__init__(
            queryset=CoursePage.objects.offered(),
            label=gettext_lazy("Course"),
            empty_label=gettext_lazy("All"),
            **given,
        )


class CourseStudyFilters(Filters):
    name = django_filters.CharFilter(
        "mediator__name",
        lookup_expr="icontains",
        label=gettext_lazy("Person's name"),
        max_length=LONGEST_QUERY,
    )
    course = OfCourse()
    division = DivisionFilter()

    class Meta:
        model = CourseStudy
        fields = []


class CourseStudyDesk(DeskViewSet):
    """People and their courses. The rows come from what people study; nobody types them."""

    name = "course_studies"
    icon = "group"
    model = CourseStudy
    related = ("mediator__division", "course", "completion")
    filterset_class = CourseStudyFilters
    tab_field = "standing"
    tab_choices = S.choices
    list_columns = (
        Column(
            name="mediator",
            label=gettext_lazy("Person's name"),
            value=lambda row: row.mediator.name,
            sort="mediator__name",
        ),
        Column(
            name="division",
            label=gettext_lazy("Division"),
            value=lambda row: row.mediator.division.name,
            sort="mediator__division",
        ),
        Column(name="course", label=gettext_lazy("Course"), value=lambda row: row.course.title),
        Column(
            name="standing",
            label=gettext_lazy("State"),
            value=lambda row: S(row.standing).label,
            tone=lambda row: TONES[row.standing],
        ),
        "begun_on",
        "started_on",
        Column(
            name="completed_on",
            label=gettext_lazy("Completed on"),
            value=lambda row: row.completion.completed_on if row.standing == S.COMPLETED else None,
        ),
    )
    exported = list_columns

    acts = (
        Act(
            name="set_aside",
            label=gettext_lazy("Set aside"),
            take=set_aside,
            permission="set_aside",
            offered=lambda row: row.set_aside_on is None,
            grave=True,
            icon="cross",
        ),
    )

    def rows(self, user, action="view"):
        return super().rows(user, action).with_standing()

    def tags(self, record):
        return [(S(record.standing).label, TONES[record.standing])]

    def sections(self, record, page):
        facts = [
            (_("Person's name"), record.mediator.name),
            (_("Course"), record.course.title),
            *facts_of(record, "begun_on", "started_on", "set_aside_on"),
        ]
        lessons = [
            (one.lesson.title, one.completed_on or _("begun"))
            for one in record.lessons.select_related("lesson")
        ]
        lessons = lessons or [(_("Lessons"), _("none begun yet"))]
        return [
            Section(name="data", heading=_("Course progress"), icon="group", facts=facts),
            Section(name="lessons", heading=_("Lessons"), icon="list-ul", facts=lessons),
        ]


class CourseFilters(Filters):
    title = contains("title", gettext_lazy("Course"))
    level = choice("level", gettext_lazy("Level"), CourseLevel.choices)
    audience = choice("audience", gettext_lazy("Made for"), Audience.choices)

    class Meta:
        model = CoursePage
        fields = []


def studies_in_sight(user, permission):
    """The studies of people within the posts of the user that carry a permission."""
    return CourseStudy.objects.standing().within(user, permission)


class CourseDesk(DeskViewSet):
    """The courses that are published, with how far the people of one's own area have come."""

    name = "courses"
    icon = "openquote"
    model = CoursePage
    help = gettext_lazy("Courses are written in the page tree. The figures are of your own area.")
    history = False
    filterset_class = CourseFilters
    list_columns = (
        column(CoursePage, "title", label=gettext_lazy("Course")),
        "level",
        "audience",
        "hours",
        Column(
            name="lesson_count", label=gettext_lazy("Lessons"), value=lambda row: row.lesson_count
        ),
        *FIGURES,
    )
    exported = list_columns

    def rows(self, user, action="view"):
        courses = CoursePage.objects.offered().described()
        return courses.counting(studies_in_sight(user, f"training.{action}_coursepage"))

    def sections(self, record, page):
        user = page.request.user
        facts = [
            *facts_of(record, "content_class", "field", "level", "audience", "hours"),
            (_("Lessons"), record.lesson_count),
        ]
        links = [(_("Page"), record.title, record.get_url(page.request))]
        if record.permissions_for_user(user).can_edit():
            edit = reverse("wagtailadmin_pages:edit", args=[record.pk])
            links.append((_("Edit"), record.title, edit))
        studies = studies_in_sight(user, "training.view_coursepage").filter(course=record.pk)
        counties = StudyDivision.objects.filter(level=DivisionLevel.COUNTY).within(user)
        return [
            Section(
                name="data",
                heading=_("Course"),
                icon="openquote",
                template="registry/desk/appointment.html",
                context={"links": links, "facts": facts},
            ),
            by_row(_("By division"), "name", counties.counting(studies)),
        ]


class StudyDivisionFilters(Filters):
    course = OfCourse(method="of_course")
    level = choice("level", gettext_lazy("Level"), DivisionLevel.choices)

    class Meta:
        model = StudyDivision
        fields = []

    def of_course(self, rows, name, value):
        studies = studies_in_sight(self.request.user, "training.view_studydivision")
        return rows.counting(studies.filter(course=value.pk))


class StudyDivisionDesk(DeskViewSet):
    """The divisions of one's own area, with how far their people have come."""

    name = "course_divisions"
    icon = "site"
    model = StudyDivision
    history = False
    filterset_class = StudyDivisionFilters
    list_columns = (
        column(StudyDivision, "name", label=gettext_lazy("Division name")),
        "level",
        *FIGURES,
    )
    exported = list_columns

    def rows(self, user, action="view"):
        shown = super().rows(user, action).filter(level__in=["city", "county", "township"])
        return shown.counting(studies_in_sight(user, f"training.{action}_studydivision"))

    def sections(self, record, page):
        studies = studies_in_sight(page.request.user, "training.view_studydivision")
        low, high = record.span
        here = studies.filter(mediator__division_id__gte=low, mediator__division_id__lt=high)
        facts = facts_of(record, "name", "level")
        courses = CoursePage.objects.offered().counting(here).order_by("path")
        return [
            Section(name="data", heading=_("Division"), icon="site", facts=facts),
            by_row(_("By course"), "title", courses),
        ]


def by_row(heading, name, rows):
    """Return the section that says for each row how many are enrolled, started and completed."""
    said = _("%(enrolled)d enrolled, %(started)d started, %(completed)d completed")
    facts = [
        (
            getattr(row, name),
            said
            % {
                "enrolled": row.enrolled,
                "started": row.started,
                "completed": row.completed_count,
            },
        )
        for row in rows
    ]
    return Section(name="figures", heading=heading, icon="table", facts=facts)
