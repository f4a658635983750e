"""Orders to rectify on the officer's desk."""

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.clocks import Calendar, due
from office.desk.acts import step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts
from office.desk.viewset import DESKS, DeskViewSet
from office.templatetags.clocks import due_text
from registry.actions import rectifications
from registry.flows import RECTIFICATION, OrganizationState, RectificationState
from registry.forms.closures import NewRectificationForm, RecheckForm
from registry.models import Fault, Rectification
from registry.notices.closures import order_paper
from registry.viewsets.papers import PaperView
from registry.viewsets.terms import DivisionFilter

name_acts(order=gettext_lazy("Order to rectify"))
R = RectificationState
TONES = {R.ORDERED: "warn", R.PASSED: "ok", R.FAILED: "error"}


class RectificationFilters(Filters):
    organization = contains("organization__name", gettext_lazy("Organisation"))
    division = DivisionFilter(field_name="organization__division")
    ground = choice("ground", gettext_lazy("Ground"), Fault.choices)
    overdue = django_filters.BooleanFilter(
        method="only_overdue", label=gettext_lazy("Past the day, not checked yet")
    )

    class Meta:
        model = Rectification
        fields = []

    def only_overdue(self, rows, name, wanted):
        overdue = rows.model.objects.overdue(timezone.localdate()).values("pk")
        return rows.filter(pk__in=overdue) if wanted else rows.exclude(pk__in=overdue)


def clearing_effects(order, today):
    return [_("“%(name)s” is listed again.") % {"name": order.organization}]


def failing_effects(order, today):
    return [
        _("“%(name)s” stays under the order.") % {"name": order.organization},
        _("A deregistration may be begun on this ground."),
    ]


class RectificationDesk(DeskViewSet):
    name = "rectifications"
    icon = "warning"
    model = Rectification
    related = ("organization", "organization__division")
    filterset_class = RectificationFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
            sort="organization__name",
        ),
        "number",
        "ground",
        column(Rectification, "state", tones=TONES),
        "ordered_on",
        "due_on",
    )
    add_form_class = NewRectificationForm
    add = staticmethod(rectifications.order_rectification)
    document_kinds = (
        ("order", gettext_lazy("signed order")),
        ("reply", gettext_lazy("reply of the organisation")),
        ("recheck", gettext_lazy("record of the re-check")),
    )
    acts = (
        step(
            RECTIFICATION,
            "clear",
            rectifications.clear_rectification,
            form_class=RecheckForm,
            consequences=clearing_effects,
        ),
        step(
            RECTIFICATION,
            "fail",
            rectifications.fail_rectification,
            form_class=RecheckForm,
            consequences=failing_effects,
            grave=True,
            icon="cross",
        ),
        step(
            RECTIFICATION,
            "withdraw",
            rectifications.withdraw_rectification,
            consequences=clearing_effects,
            icon="rotate",
        ),
    )

    def initial(self, request):
        body = request.GET.get("organization", "")
        return {"organization": body} if body.isascii() and body.isdigit() else {}

    def get_urlpatterns(self):
        letter = PaperView.as_view(desk=self, paper=order_paper)
        return [*super().get_urlpatterns(), path("<int:pk>/letter/", letter, name="letter")]

    def ways_on(self, record, page):
        """An order that was not met may end in a deregistration."""
        closures = DESKS["registry.closure"]
        may_close = record.state == R.FAILED and closures.permits(page.request.user, "add")
        if may_close and record.organization.state == OrganizationState.RECTIFYING:
            url = f"{closures.url('add')}?organization={record.organization_id}"
            yield _("Begin the deregistration"), url, "cross", True

    def tags(self, record):
        overdue = record.is_overdue(timezone.localdate())
        marks = [(_("past the day"), "error")] if overdue else []
        return [(record.get_state_display(), TONES.get(record.state, "plain")), *marks]

    def sections(self, record, page):
        facts = [
            *facts_of(record, "number", "ground", "faults", "ordered_on", "ordered_by"),
            (_("To be put right by"), self.until(record, page.today)),
            *facts_of(record, "policy", "checked_on", "result"),
        ]
        body = DESKS["registry.organization"].url("inspect", record.organization_id)
        links = [(_("Organisation"), record.organization, body)]
        papers = [(_("Letter (PDF)"), self.url("letter", record.pk))]
        return [
            Section(
                name="order",
                heading=_("Order"),
                icon="warning",
                template="registry/desk/appointment.html",
                context={"links": links, "facts": facts, "papers": papers},
            )
        ]

    def until(self, record, today):
        """The day, with what is left of the term while the order runs."""
        if record.state != R.ORDERED:
            return record.due_on
        return due_text(due(Calendar.load(), record.ordered_on, record.policy.term), today)
