"""Allowance runs on the desk, and who is on the public payroll."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.actions import allowances, payroll
from casework.flows import ALLOWANCE, AllowanceState
from casework.forms.claims import (
    NewRunForm,
    OpinionForm,
    PaidForm,
    PayrollEndForm,
    PayrollForm,
    PerformanceForm,
    StrikePerformanceForm,
)
from casework.models import AllowanceRun, PublicPayroll
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column

A = AllowanceState
TONES = {A.APPROVAL: "warn", A.APPROVED: "info", A.PAID: "ok", A.CANCELLED: "plain"}
name_acts(
    add_performance=gettext_lazy("Add performance pay"),
    approve_performance=gettext_lazy("Approve performance pay"),
    strike_performance=gettext_lazy("Strike performance pay out"),
    end=gettext_lazy("End"),
)


class AllowanceFilters(Filters):
    division = DivisionFilter()
    organization = contains("organization__name", gettext_lazy("Organisation name"))

    class Meta:
        model = AllowanceRun
        fields = []


class PayrollFilters(Filters):
    mediator = contains("mediator__name", gettext_lazy("Mediator"))

    class Meta:
        model = PublicPayroll
        fields = []


def effects_of_approving(run, today):
    """Name the lines that are approved; nobody approves what the page does not show."""
    rows = run.lines.standing().filter(kind="performance", approved_by=None)
    return [
        _("%(mediator)s, %(month)s: %(amount)s yuan for “%(label)s”, entered by %(officer)s.")
        % {
            "mediator": row.mediator, "month": f"{row.month:%Y-%m}", "amount": row.amount,
            "label": row.label, "officer": row.entered_by,
        }
        for row in rows.select_related("mediator", "entered_by").order_by("pk")
    ]  # fmt: skip


def is_draft(run):
    return run.state == A.DRAFT


class AllowanceRunDesk(DeskViewSet):
    name = "allowance_runs"
    url_prefix = "allowance-runs"
    icon = "date"
    model = AllowanceRun
    help = gettext_lazy("How months begun are paid is a setting of each run; no rule was found.")
    related = ("division", "organization")
    filterset_class = AllowanceFilters
    tab_field = "state"
    list_columns = (
        Column(name="run", label=gettext_lazy("Allowance run"), value=str),
        division_column,
        "organization",
        "from_on",
        "until_on",
        "total",
        column(AllowanceRun, "state", tones=TONES),
    )
    exported = (*list_columns, "pro_rata", "approved_on", "paid_on", "voucher")
    add_form_class = NewRunForm
    add = staticmethod(allowances.open_run)
    document_kinds = (("proof", gettext_lazy("proof")),)
    acts = (
        Act(
            name="add_performance",
            label=gettext_lazy("Add performance pay"),
            take=allowances.add_performance,
            permission="add_performance",
            form_class=PerformanceForm,
            offered=is_draft,
            icon="plus",
        ),
        Act(
            name="approve_performance",
            label=gettext_lazy("Approve performance pay"),
            take=allowances.approve_performance,
            permission="approve_performance",
            form_class=OpinionForm,
            consequences=effects_of_approving,
            offered=is_draft,
        ),
        Act(
            name="strike_performance",
            label=gettext_lazy("Strike performance pay out"),
            take=allowances.strike_performance,
            permission="add_performance",
            form_class=StrikePerformanceForm,
            offered=is_draft,
            icon="minus",
        ),
        step(ALLOWANCE, "submit", allowances.submit_run, icon="upload"),
        step(ALLOWANCE, "approve", allowances.approve_run, form_class=OpinionForm),
        step(ALLOWANCE, "pay", allowances.pay_run, form_class=PaidForm),
        step(ALLOWANCE, "send_back", allowances.send_back_run, icon="rotate"),
        step(ALLOWANCE, "cancel", allowances.cancel_run, grave=True, icon="cross"),
    )
    bulk = ("approve",)

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        facts = facts_of(
            record, "division", "organization", "from_on", "until_on", "pro_rata", "total",
            "opened_by", "submitted_by", "approved_by", "approved_on", "reasons", "paid_on",
            "voucher",
        )  # fmt: skip
        facts = [(label, value) for label, value in facts if value not in ("", None)]
        # What a person entered stands before what was counted from the posts.
        lines = sorted(
            record.lines.standing().select_related("mediator", "organization"),
            key=lambda line: line.kind != "performance",
        )
        return [
            Section(name="run", heading=_("Allowance run"), icon="date", facts=facts),
            Section(
                name="lines",
                heading=_("Lines"),
                icon="list-ul",
                template="casework/desk/allowance_lines.html",
                context={"lines": [(line, *standing_of(line)) for line in lines]},
            ),
        ]


def standing_of(line):
    """Return whether a performance line has its second officer; a fixed one needs none."""
    if line.kind == "performance" and line.approved_by_id is None:
        return _("awaits the second officer"), "warn"
    return _("stands"), "ok"


class PayrollDesk(DeskViewSet):
    name = "public_payroll"
    url_prefix = "public-payroll"
    icon = "user"
    model = PublicPayroll
    help = gettext_lazy("Some schemes pay nothing for cases to people on the public payroll.")
    related = ("mediator__division",)
    filterset_class = PayrollFilters
    list_columns = (
        Column(
            name="mediator",
            label=gettext_lazy("Mediator"),
            value=lambda row: row.mediator.name,
            sort="mediator__name",
        ),
        "employer",
        "from_on",
        "until_on",
    )
    add_form_class = PayrollForm
    add = staticmethod(payroll.add_payroll)
    acts = (
        Act(
            name="end",
            label=gettext_lazy("End"),
            take=payroll.end_payroll,
            permission="change",
            form_class=PayrollEndForm,
            offered=lambda row: row.until_on is None,
        ),
    )

    def sections(self, record, page):
        facts = facts_of(record, *self.list_columns)
        return [Section(name="payroll", heading=_("On the public payroll"), facts=facts)]
