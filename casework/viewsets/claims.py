"""Subsidy claims on the officer's desk: drawn up, handed in, checked, approved, paid, disclosed."""

from dataclasses import replace

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.actions import claim_lines, claim_steps, claims
from casework.flows import CLAIM, ClaimState
from casework.flows.claim import HANDING_IN, WITH_THE_CLERK, is_on_its_route
from casework.forms.claims import (
    AddCaseForm,
    NewBatchForm,
    OpinionForm,
    PaidForm,
    ReviewForm,
    SubmitForm,
)
from casework.models import ClaimBatch
from casework.rules.claims import quarter_of
from casework.viewsets.claim_lists import (
    TONES,
    ClaimFilters,
    ClaimList,
    TotalsView,
    clock_text,
    clock_tone,
)
from casework.viewsets.claim_papers import (
    ApprovalSheetView,
    DisclosureView,
    PaymentListView,
    PaymentSheetView,
)
from casework.viewsets.claim_sections import (
    facts_section,
    left_out_section,
    lines_section,
    money_section,
    reasons_section,
    steps_section,
)
from office.desk.acts import Act, step
from office.desk.columns import Column, column
from office.desk.history import name_acts, name_facts
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import division_column

S = ClaimState
PAPERS = (
    ("review", gettext_lazy("paper signed by the township")),
    ("proof", gettext_lazy("other proof")),
)
name_acts(
    disclose=gettext_lazy("Disclose"),
    look_again=gettext_lazy("Bring up to date"),
    add_line=gettext_lazy("Add a case"),
)
name_facts(decided_amount=(gettext_lazy("Amount approved"), ()))


def handing_in(name):
    """Return the act of handing in, offered where this is the way the batch takes."""
    given = {"icon": "upload", "form_class": SubmitForm, "consequences": handing_in_effects}
    act = step(CLAIM, name, claim_steps.HAND_IN[name], **given)
    # What bars it is looked at anew when it is handed in: the kept faults may be out of date.
    return replace(act, offered=lambda batch: is_on_its_route(batch, name))


def handing_in_effects(batch, today):
    return [
        _("Every line is looked at and priced once more."),
        _("%(number)d lines, %(total)s yuan are claimed.")
        % {"number": batch.line_count, "total": batch.total_claimed},
        _("The cases can no longer be opened again or struck out."),
    ]


def checking_effects(batch, today):
    return [
        _("%(number)d lines, %(total)s yuan as approved so far.")
        % {"number": batch.line_count, "total": batch.total_approved},
        _("The next step is taken by another account."),
    ]


def returning_effects(batch, today):
    return [_("The organisation reads your reasons, mends the batch and hands it in again.")]


def withdrawing_effects(batch, today):
    return [_("Its cases may be claimed in another batch.")]


def checking(name, take, **given):
    return step(CLAIM, name, take, form_class=OpinionForm, consequences=checking_effects, **given)


def lies_with_the_clerk(batch):
    return batch.state in WITH_THE_CLERK


class ClaimDesk(DeskViewSet):
    name = "claims"
    icon = "order"
    model = ClaimBatch
    help = gettext_lazy("One dispute is paid once. Nobody takes two steps in a row.")
    related = ("organization__division", "division", "policy")
    filterset_class = ClaimFilters
    tab_field = "state"
    index_template = "casework/desk/claims.html"
    list_columns = (
        "number",
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
            sort="organization__name",
        ),
        division_column,
        "year",
        "quarter",
        "line_count",
        "total_claimed",
        "total_approved",
        Column(
            name="clock",
            label=gettext_lazy("To be handed in"),
            value=clock_text,
            tone=clock_tone,
            sort="due_on",
        ),
        column(ClaimBatch, "state", tones=TONES),
    )
    exported = (
        "number",
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
        ),
        division_column,
        "year",
        "quarter",
        "line_count",
        "total_claimed",
        "total_approved",
        "state",
        "submitted_on",
        "approved_on",
        "paid_on",
        "voucher",
    )
    add_form_class = NewBatchForm
    add = staticmethod(claims.open_batch)
    document_kinds = PAPERS
    acts = (
        *[handing_in(name) for name in HANDING_IN],
        Act(
            name="look_again",
            label=gettext_lazy("Bring up to date"),
            take=claims.look_again,
            permission="submit",
            offered=lies_with_the_clerk,
            consequences=lambda batch, today: [
                _("New cases of the quarter are added; what you decided yourself stays.")
            ],
            icon="rotate",
        ),
        Act(
            name="add_line",
            label=gettext_lazy("Add a case"),
            take=claim_lines.add_line,
            permission="submit",
            form_class=AddCaseForm,
            offered=lies_with_the_clerk,
            icon="plus",
        ),
        checking("check_first", claim_steps.pass_first_check),
        checking("check_second", claim_steps.pass_second_check),
        step(
            CLAIM,
            "record_review",
            claim_steps.record_review,
            form_class=ReviewForm,
            consequences=checking_effects,
            icon="edit",
        ),
        checking("check_totals", claim_steps.check_totals),
        checking("approve", claim_steps.approve_batch),
        step(CLAIM, "pay", claim_steps.pay_batch, form_class=PaidForm),
        Act(
            name="disclose",
            label=gettext_lazy("Disclose"),
            take=claim_steps.disclose_batch,
            permission="disclose",
            refusals=claim_steps.bars_to_disclosure,
            offered=lambda batch: batch.state == S.PAID and not batch.disclosed_on,
            icon="openquote",
        ),
        step(
            CLAIM,
            "send_back",
            claim_steps.return_batch,
            consequences=returning_effects,
            icon="rotate",
        ),
        step(
            CLAIM,
            "withdraw",
            claim_steps.withdraw_batch,
            consequences=withdrawing_effects,
            grave=True,
            icon="cross",
        ),
    )
    bulk = ("check_first", "check_second", "check_totals", "approve")

    def get_urlpatterns(self):
        patterns = [p for p in super().get_urlpatterns() if p.name != "index"]
        return [
            path("", self.page(ClaimList), name="index"),
            path("totals/", self.page(TotalsView), name="totals"),
            path("<int:pk>/sheet/", self.page(ApprovalSheetView), name="sheet"),
            path("<int:pk>/payment/", self.page(PaymentListView), name="payment"),
            path("<int:pk>/payment/xlsx/", self.page(PaymentSheetView), name="payment_sheet"),
            path("<int:pk>/disclosure/", self.page(DisclosureView), name="disclosure"),
            *patterns,
        ]

    def initial(self, request):
        """The quarter before the one that runs."""
        today = timezone.localdate()
        year, quarter = quarter_of(today)
        before = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
        return dict(zip(("year", "quarter"), before, strict=True))

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def ways_on(self, record, page):
        yield _("Approval sheet (PDF)"), self.url("sheet", record.pk), "doc-full", False
        if record.state in {S.APPROVED, S.PAID}:
            yield _("Payment list (PDF)"), self.url("payment", record.pk), "doc-full", False
            if page.may("export"):
                sheet = self.url("payment_sheet", record.pk)
                yield _("Payment list (Excel)"), sheet, "download", False
        if record.disclosed_on:
            table = self.url("disclosure", record.pk)
            yield _("Disclosure table (PDF)"), table, "doc-full", False

    def sections(self, record, page):
        found = [facts_section(record, page), lines_section(record, page)]
        if record.reasons:
            found.insert(0, reasons_section(record))
        if record.state in WITH_THE_CLERK:
            found.append(left_out_section(record))
        return [*found, money_section(record), steps_section(record)]
