"""The papers of a claim, drawn when they are asked for, never stored."""

from django.http import Http404
from django.utils.translation import gettext as _

from casework.flows import ClaimState
from casework.notices.claim_papers import (
    approval_sheet,
    disclosure_table,
    masked,
    payment_list,
)
from casework.reports.claims import funds_of, lines_of, payees_of
from office import ledger
from office.desk.exports import workbook
from office.desk.pages import RecordPage
from office.sheets.writing import ExportColumn
from registry.viewsets.papers import PaperView

TO_BE_PAID = {ClaimState.APPROVED, ClaimState.PAID}


class ApprovalSheetView(PaperView):
    @staticmethod
    def paper(batch):
        return approval_sheet(
            batch,
            payees=payees_of(batch),
            funds=funds_of(batch),
            lines=lines_of(batch),
            steps=list(batch.steps.select_related("by")),
        )


class PaymentListView(PaperView):
    @staticmethod
    def paper(batch):
        return payment_list(batch, payees_of(batch)) if batch.state in TO_BE_PAID else None


class DisclosureView(PaperView):
    @staticmethod
    def paper(batch):
        return disclosure_table(batch, payees_of(batch)) if batch.disclosed_on else None


class PaymentSheetView(RecordPage):
    """The payment list as a guarded workbook; every download leaves an entry in the ledger."""

    action = "export"

    def get(self, request, *args, **kwargs):
        batch = self.record
        if batch.state not in TO_BE_PAID:
            raise Http404
        payees = payees_of(batch)
        heads = [
            ExportColumn(str(label))
            for label in (
                _("Mediator"), _("Certificate number"), _("Cases"), _("Amount (yuan)"),
                _("Account (filled in by the finance office)"),
            )
        ]  # fmt: skip
        rows = [[p.mediator.name, masked(p.mediator), p.cases, p.amount, ""] for p in payees]
        rows.append([_("Total"), "", "", batch.total_approved, ""])
        ledger.append(
            "casework.claimbatch.export", batch, by=request.user,
            after={"rows": len(payees), "format": "xlsx"},
        )  # fmt: skip
        return workbook(batch.number, batch.number, heads, rows)
