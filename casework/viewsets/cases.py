"""The case ledger on the officer's desk."""

import django_filters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import actions
from casework.flows import CaseState
from casework.forms.cases import CaseForm, NewCaseForm
from casework.models import (
    Agreement,
    CaseRecord,
    CaseSource,
    DifficultyClass,
    DisputeType,
    Fulfilment,
)
from casework.reports.cases import twin_figures
from casework.viewsets.case_acts import ACTS
from casework.viewsets.case_sections import sections_of
from office.desk.columns import Column, column
from office.desk.filters import Filters, choice, contains, day
from office.desk.history import name_acts, name_facts
from office.desk.viewset import DeskViewSet
from registry.forms.choosers import ORGANIZATIONS
from registry.models import Organization
from registry.viewsets.terms import DivisionFilter, division_column

S = CaseState
TONES = {
    S.DRAFT: "plain", S.ACCEPTED: "warn", S.SUCCEEDED: "ok", S.FAILED: "error",
    S.WITHDRAWN: "plain", S.TRANSFERRED: "info", S.VOID: "plain",
}  # fmt: skip
FLAGS = [
    ("outside", gettext_lazy("Mediator held no post there")),
    ("unlisted", gettext_lazy("Organisation was not listed")),
    ("twin", gettext_lazy("Possibly entered twice")),
]
name_acts(
    begin_draft=gettext_lazy("Begin a draft"),
    keep_draft=gettext_lazy("Keep a draft"),
    discard_draft=gettext_lazy("Discard a draft"),
    change_people=gettext_lazy("Correct mediators or parties"),
    note_fulfilment=gettext_lazy("Note the fulfilment"),
    note_confirmation=gettext_lazy("Note what the court did"),
    hand_over_case=gettext_lazy("Hand over to another organisation"),
    unmask_parties=gettext_lazy("See the parties in full"),
    join_disputes=gettext_lazy("Join with another entry of the dispute"),
    part_disputes=gettext_lazy("Part from the other entries"),
)
name_facts(
    shares=(gettext_lazy("Mediators (row, part, weight)"), ()),
    parties=(gettext_lazy("Number of parties"), ()),
)


class CaseFilters(Filters):
    number = contains("number", gettext_lazy("Case number"))
    organization = django_filters.ModelChoiceFilter(
        queryset=Organization.objects.all(),
        label=gettext_lazy("Organisation"),
        widget=ORGANIZATIONS.widget_class,
    )
    division = DivisionFilter()
    mediator = django_filters.CharFilter(
        label=gettext_lazy("Mediator"), max_length=60, method="of_person"
    )
    dispute_type = django_filters.ModelChoiceFilter(
        queryset=DisputeType.objects.all(),
        label=gettext_lazy("Type of dispute"),
        empty_label=gettext_lazy("All"),
    )
    # By the code: schemes of counties may give a class of the same code another name.
    difficulty = django_filters.ModelChoiceFilter(
        queryset=DifficultyClass.objects.filter(scheme__division=None, scheme__until_on=None),
        label=gettext_lazy("Class of difficulty"),
        method="of_class",
        empty_label=gettext_lazy("All"),
    )
    source = choice("source", gettext_lazy("How it came"), CaseSource.choices)
    agreement = choice("agreement", gettext_lazy("Agreement"), Agreement.choices)
    fulfilment = choice("fulfilment", gettext_lazy("Fulfilment"), Fulfilment.choices)
    accepted_from = day("accepted_on", gettext_lazy("Accepted from"), "gte")
    accepted_until = day("accepted_on", gettext_lazy("Accepted until"), "lte")
    closed_from = day("closed_on", gettext_lazy("Closed from"), "gte")
    closed_until = day("closed_on", gettext_lazy("Closed until"), "lte")
    flagged = django_filters.ChoiceFilter(
        choices=FLAGS,
        label=gettext_lazy("What looks wrong"),
        method="look_wrong",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = CaseRecord
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.form.fields["organization"]
        field.widget.rows = field.queryset

    def of_person(self, rows, name, value):
        return rows.mediated_by(value)

    def of_class(self, rows, name, value):
        return rows.filter(difficulty__code=value.code)

    def look_wrong(self, rows, name, value):
        if value == "twin":
            return rows.with_likely_twin(twin_figures(timezone.localdate()))
        return {"outside": rows.outside_a_post, "unlisted": rows.of_unlisted}[value]()


def people_of(row):
    return "、".join(str(share.mediator) for share in row.shares.all())


def flags_of(row):
    labels = dict(FLAGS)
    return "；".join(str(labels[name]) for name in ("outside", "unlisted") if getattr(row, name))


PEOPLE = Column(name="mediators", label=gettext_lazy("Mediators"), value=people_of)
FLAGGED = Column(
    name="flags",
    label=gettext_lazy("What looks wrong"),
    value=flags_of,
    tone=lambda row: "warn" if flags_of(row) else "",
)
NUMBER = Column(name="number", label=gettext_lazy("Case number"), value=str, sort="number")
TYPE = Column(
    name="dispute_type",
    label=gettext_lazy("Type of dispute"),
    value=lambda row: str(row.dispute_type),
    sort="dispute_type__order",
)
BODY = Column(
    name="organization",
    label=gettext_lazy("Organisation"),
    value=lambda row: row.organization.name,
    sort="organization__name",
)


class CaseDesk(DeskViewSet):
    name = "cases"
    icon = "folder-open-inverse"
    model = CaseRecord
    related = ("organization", "division", "dispute_type", "difficulty")
    filterset_class = CaseFilters
    tab_field = "state"
    list_columns = (
        NUMBER,
        BODY,
        division_column,
        TYPE,
        PEOPLE,
        "accepted_on",
        "closed_on",
        column(CaseRecord, "state", tones=TONES),
        "agreement",
        "fulfilment",
        FLAGGED,
    )
    # Neither parties nor what it was about: both name people.
    exported = (
        NUMBER, BODY, division_column, TYPE, "difficulty", "source", PEOPLE, "accepted_on",
        "closed_on", "state", "people", "amount", "attempts", "agreement", "agreed_on",
        "fulfilment", "due_on", "fulfilled_on", "is_voluntary", "confirmation",
        "confirmation_on", "judgment", "transferred_to", "origin", FLAGGED,
    )  # fmt: skip
    form_class = CaseForm
    add_form_class = NewCaseForm
    add = staticmethod(actions.add_case)
    change = staticmethod(actions.change_case)
    acts = ACTS
    bulk = ("accept",)

    def rows(self, user, action="view"):
        rows = super().rows(user, action).with_flags()
        return rows.prefetch_related("shares__mediator")

    def tags(self, record):
        joined = [(_("one of several entries"), "info")] if record.same_as_id else []
        state = [(record.get_state_display(), TONES.get(record.state, "plain"))]
        wrong = [(flags_of(record), "warn")] if flags_of(record) else []
        return state + joined + wrong

    def sections(self, record, page):
        return sections_of(self, record, page)
