"""Textbooks and the pool of lecturers on the desk."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.models import Speciality
from registry.viewsets.phones import phone_fact, unmasking
from registry.viewsets.terms import DivisionFilter, division_column
from training.actions import lecturers, textbooks
from training.forms.teaching import (
    LecturerForm,
    NewLecturerForm,
    NewTextbookForm,
    TextbookForm,
)
from training.models import Lecturer, Textbook, TextbookKind

name_acts(withdraw=gettext_lazy("Withdraw"), leave=gettext_lazy("Take out of the pool"))


class OfSpeciality(django_filters.ModelChoiceFilter):
    """One of the kinds of disputes."""

    def __init__(self, field_name):
        super().__init__(
            field_name=field_name,
            queryset=Speciality.objects.all(),
            label=gettext_lazy("Kind of dispute"),
            empty_label=gettext_lazy("All"),
        )


class TextbookFilters(Filters):
    title = contains("title", gettext_lazy("Title"))
    kind = choice("kind", gettext_lazy("Kind of textbook"), TextbookKind.choices)
    field = OfSpeciality("field")
    division = DivisionFilter()

    class Meta:
        model = Textbook
        fields = []


def is_in_use(row):
    return row.withdrawn_on is None


class TextbookDesk(DeskViewSet):
    name = "textbooks"
    icon = "doc-full"
    model = Textbook
    related = ("division", "field")
    filterset_class = TextbookFilters
    list_columns = (
        "title",
        "kind",
        "field",
        "author",
        division_column,
        Column(
            name="standing",
            label=gettext_lazy("State"),
            value=lambda row: _("in use") if is_in_use(row) else _("out of use"),
            tone=lambda row: "ok" if is_in_use(row) else "plain",
        ),
    )
    exported = list_columns
    form_class = TextbookForm
    add_form_class = NewTextbookForm
    add = staticmethod(textbooks.add_textbook)
    change = staticmethod(textbooks.change_textbook)
    document_kinds = (("text", gettext_lazy("text of the textbook")),)
    acts = (
        Act(
            name="withdraw",
            label=gettext_lazy("Take out of use"),
            take=textbooks.withdraw_textbook,
            permission="change",
            offered=is_in_use,
            icon="cross",
        ),
    )

    def is_editable(self, record):
        return is_in_use(record)

    def tags(self, record):
        return [(_("in use"), "ok") if is_in_use(record) else (_("out of use"), "plain")]

    def sections(self, record, page):
        facts = facts_of(
            record, "title", "kind", "field", "author", "link", "note", "division", "withdrawn_on"
        )
        return [Section(name="data", heading=_("Textbook"), icon="doc-full", facts=facts)]


SERVING, LEFT = "serving", "left"
STANDINGS = {
    SERVING: (gettext_lazy("in the pool"), "ok"),
    LEFT: (gettext_lazy("left the pool"), "plain"),
}


def standing(row):
    """Where a lecturer stands today; the edge of the request reads the clock."""
    gone = row.until_on and row.until_on <= timezone.localdate()
    return LEFT if gone else SERVING


class LecturerFilters(Filters):
    name = contains("name", gettext_lazy("Person's name"))
    teaches = contains("teaches", gettext_lazy("Teaches"))
    specialities = OfSpeciality("specialities")
    division = DivisionFilter()
    serving = django_filters.BooleanFilter(
        label=gettext_lazy("In the pool today"), method="of_standing"
    )

    class Meta:
        model = Lecturer
        fields = []

    def of_standing(self, rows, name, value):
        serving = rows.serving(timezone.localdate())
        return serving if value else rows.exclude(pk__in=serving.values("pk"))


class LecturerDesk(DeskViewSet):
    name = "lecturers"
    icon = "user"
    model = Lecturer
    related = ("division", "mediator")
    filterset_class = LecturerFilters
    list_columns = (
        column(Lecturer, "name", label=gettext_lazy("Person's name")),
        "unit",
        "teaches",
        division_column,
        "from_on",
        "until_on",
        Column(
            name="standing",
            label=gettext_lazy("State"),
            value=lambda row: STANDINGS[standing(row)][0],
            tone=lambda row: STANDINGS[standing(row)][1],
        ),
    )
    exported = list_columns
    form_class = LecturerForm
    add_form_class = NewLecturerForm
    add = staticmethod(lecturers.add_lecturer)
    change = staticmethod(lecturers.change_lecturer)
    acts = (
        Act(
            name="end",
            label=gettext_lazy("Take out of the pool"),
            take=lecturers.end_lecturer,
            permission="change",
            offered=lambda row: row.until_on is None,
            grave=True,
            icon="cross",
        ),
        unmasking(gettext_lazy("See the phone in full"), lecturers.unmask_lecturer),
    )

    def is_editable(self, record):
        return record.until_on is None

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def tags(self, record):
        return [STANDINGS[standing(record)]]

    def sections(self, record, page):
        known = "、".join(str(one) for one in record.specialities.all())
        facts = [
            *facts_of(record, "unit", "teaches", "mediator", "division", "from_on", "until_on"),
            (_("Kinds of disputes"), known),
            phone_fact(record),
        ]
        return [Section(name="data", heading=_("Lecturer"), icon="user", facts=facts)]
