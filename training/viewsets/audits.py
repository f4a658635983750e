"""Audits of hours on the desk: samples, and the credits in them."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.terms import DivisionFilter
from training.actions import audits
from training.forms.hours import CheckForm, NewAuditForm
from training.models import AuditFinding, AuditItem, HoursAudit

name_acts(draw=gettext_lazy("Draw a sample"), check=gettext_lazy("Check"))


class AuditFilters(Filters):
    division = DivisionFilter()
    year = django_filters.NumberFilter("year", label=gettext_lazy("Year"))

    class Meta:
        model = HoursAudit
        fields = []


class HoursAuditDesk(DeskViewSet):
    name = "hours_audits"
    icon = "search"
    model = HoursAudit
    help = gettext_lazy("A random sample of credits whose papers are checked one by one.")
    related = ("division",)
    filterset_class = AuditFilters
    list_columns = ("division", "year", "size", "seed", "drawn_on")
    add_form_class = NewAuditForm
    add = staticmethod(audits.draw_audit)

    def initial(self, request):
        return {"year": timezone.localdate().year}

    def sections(self, record, page):
        items = record.items.select_related("entry__mediator").order_by("pk")
        desk = DESKS["training.audititem"]
        return [
            Section(
                name="data",
                heading=_("Audit of hours"),
                icon="search",
                facts=[*facts_of(record, *self.list_columns, "last_entry")],
            ),
            Section(
                name="items",
                heading=_("Credits in the sample"),
                icon="time",
                template="training/desk/includes/audit_items.html",
                context={"items": [(item, desk.url("inspect", item.pk)) for item in items]},
            ),
        ]


FINDING_TONES = {AuditFinding.BORNE_OUT: "ok", AuditFinding.NOT_BORNE_OUT: "error"}


class ItemFilters(Filters):
    person = contains("entry__mediator__name", gettext_lazy("Person's name"))

    class Meta:
        model = AuditItem
        fields = []


class AuditItemDesk(DeskViewSet):
    name = "audit_items"
    icon = "search"
    model = AuditItem
    related = ("audit__division", "entry__mediator")
    filterset_class = ItemFilters
    tab_field = "finding"
    list_columns = (
        Column(name="audit", label=gettext_lazy("Audit"), value=lambda row: row.audit),
        Column(
            name="mediator",
            label=gettext_lazy("Person's name"),
            value=lambda row: row.entry.mediator.name,
            sort="entry__mediator__name",
        ),
        Column(
            name="learnt",
            label=gettext_lazy("Learnt"),
            value=lambda row: row.entry.source_title,
        ),
        Column(name="hours", label=gettext_lazy("Hours"), value=lambda row: row.entry.hours),
        column(AuditItem, "finding", tones=FINDING_TONES),
        "note",
        "checked_on",
    )
    acts = (
        Act(
            name="check",
            label=gettext_lazy("Note what the check found"),
            take=audits.check_credit,
            permission="check",
            form_class=CheckForm,
            offered=lambda row: row.finding == AuditFinding.OPEN,
            consequences=lambda row, today: [
                _("Hours that are not borne out are taken back at once.")
            ],
        ),
    )

    def tags(self, record):
        return [(record.get_finding_display(), FINDING_TONES.get(record.finding, "plain"))]

    def sections(self, record, page):
        facts = facts_of(record, *self.list_columns)
        return [Section(name="data", heading=_("Credit"), icon="time", facts=facts)]
