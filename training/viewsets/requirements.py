"""Rules on hours and waivers on the desk."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.viewset import DeskViewSet
from registry.viewsets.policies import TONES as STANDING_TONES
from training.actions import requirements
from training.forms.hours import AdoptHoursRuleForm, NewHoursRuleForm, NewWaiverForm
from training.models import HoursRule, HoursWaiver, Requirement
from training.viewsets.hours import person_column, place_column


def place(rule):
    return rule.division.name if rule.division else _("template, adopted nowhere by itself")


def wanted(rule):
    return f"{rule.amount.normalize():f} {rule.get_given_in_display()}"


class RuleFilters(Filters):
    requirement = choice("requirement", gettext_lazy("Required"), Requirement.choices)

    class Meta:
        model = HoursRule
        fields = []


class HoursRuleDesk(DeskViewSet):
    name = "hours_rules"
    icon = "list-ul"
    model = HoursRule
    help = gettext_lazy(
        "What a class of mediators must learn. A template holds nowhere until a division adopts"
        " it; the nearest division's rules hold as a whole."
    )
    related = ("division",)
    filterset_class = RuleFilters
    tab_field = "standing"
    list_columns = (
        "name",
        Column(name="division", label=gettext_lazy("Where"), value=place),
        "requirement",
        "kind",
        "employment",
        "content_class",
        Column(name="wanted", label=gettext_lazy("Wanted"), value=wanted),
        "hours",
        column(HoursRule, "standing", tones=STANDING_TONES),
        "from_on",
        "until_on",
    )
    add_form_class = NewHoursRuleForm
    add = staticmethod(requirements.set_hours_rule)
    acts = (
        Act(
            name="adopt",
            label=gettext_lazy("Adopt for a division"),
            take=requirements.adopt_hours_rule,
            permission="add",
            form_class=AdoptHoursRuleForm,
            offered=lambda row: row.division_id is None,
        ),
    )

    def initial(self, request):
        return {"from_on": timezone.localdate()}

    def sections(self, record, page):
        facts = [*facts_of(record, *self.list_columns), (_("Source"), record.source)]
        return [Section(name="data", heading=_("Rule on hours"), icon="list-ul", facts=facts)]


class WaiverFilters(Filters):
    person = contains("mediator__name", gettext_lazy("Person's name"))
    year = django_filters.NumberFilter("year", label=gettext_lazy("Year"))

    class Meta:
        model = HoursWaiver
        fields = []


class HoursWaiverDesk(DeskViewSet):
    name = "hours_waivers"
    icon = "tick-inverse"
    model = HoursWaiver
    related = ("mediator", "mediator__division")
    filterset_class = WaiverFilters
    list_columns = (
        person_column(),
        place_column(),
        "requirement",
        "year",
        "hours",
        "reason",
        "granted_on",
        "withdrawn_on",
    )
    exported = list_columns
    add_form_class = NewWaiverForm
    add = staticmethod(requirements.waive_hours)
    document_kinds = (("evidence", gettext_lazy("evidence")),)
    acts = (
        Act(
            name="withdraw",
            label=gettext_lazy("Withdraw the waiver"),
            take=requirements.withdraw_waiver,
            permission="withdraw",
            offered=lambda row: row.withdrawn_on is None,
            icon="cross",
        ),
    )

    def initial(self, request):
        return {"year": timezone.localdate().year}

    def tags(self, record):
        return [(_("withdrawn"), "plain") if record.withdrawn_on else (_("stands"), "ok")]

    def sections(self, record, page):
        facts = facts_of(record, *self.list_columns)
        return [Section(name="data", heading=_("Waiver of hours"), icon="time", facts=facts)]
