"""The lines of claims on the desk: looked up by case, mended, struck out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.actions import claim_lines
from casework.flows.claim import HELD_WITH
from casework.forms.claims import AdjustForm
from casework.models import ClaimLine, FileDocument
from casework.viewsets.claim_lists import ClaimLineFilters
from casework.viewsets.claim_sections import LINE_TONES
from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.history import name_acts
from office.desk.viewset import DESKS, DeskViewSet

name_acts(
    adjust=gettext_lazy("Adjust"),
    strike=gettext_lazy("Strike out"),
)


def may_be_mended(line):
    return line.stands and line.batch.state in HELD_WITH


def bars(line, today):
    return claim_lines.bars_to_mending(line)


class ClaimLineDesk(DeskViewSet):
    name = "claim_lines"
    url_prefix = "claim-lines"
    icon = "list-ul"
    model = ClaimLine
    related = (
        "batch__organization", "batch__division", "case", "tier_claimed", "tier_approved",
        "scheme",
    )  # fmt: skip
    filterset_class = ClaimLineFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="case",
            label=gettext_lazy("Case number"),
            value=lambda row: row.case.number,
            sort="case__number",
        ),
        Column(
            name="batch",
            label=gettext_lazy("Batch number"),
            value=lambda row: row.batch.number,
            sort="batch__number",
        ),
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.batch.organization.name,
        ),
        "tier_claimed",
        "tier_approved",
        "amount_claimed",
        "amount_approved",
        Column(
            name="batch_state",
            label=gettext_lazy("State of the batch"),
            value=lambda row: row.batch.get_state_display(),
            sort="batch__state",
        ),
        column(ClaimLine, "state", tones=LINE_TONES),
    )
    exported = (*list_columns, "reason", "approved_reason", "struck_reason")
    document_kinds = (("decision", gettext_lazy("paper of the decision")),)
    acts = (
        Act(
            name="adjust",
            label=gettext_lazy("Adjust"),
            take=claim_lines.adjust_line,
            permission="adjust",
            form_class=AdjustForm,
            refusals=bars,
            offered=may_be_mended,
            icon="edit",
        ),
        Act(
            name="strike",
            label=gettext_lazy("Strike out"),
            take=claim_lines.strike_line,
            permission="strike",
            refusals=bars,
            offered=may_be_mended,
            consequences=lambda line, today: [_("The dispute may be claimed in another batch.")],
            grave=True,
            icon="cross",
        ),
    )

    def rows(self, user, action="view"):
        return super().rows(user, action).distinct()

    def tags(self, record):
        return [(record.get_state_display(), LINE_TONES[record.state])]

    def ways_on(self, record, page):
        batch = DESKS["casework.claimbatch"].url("inspect", record.batch_id)
        yield _("Subsidy claim"), batch, "order", False

    def sections(self, record, page):
        facts = facts_of(
            record, "case", "batch", "scheme", "tier_claimed", "tier_approved", "amount_claimed",
            "amount_approved", "paid_elsewhere", "reason", "approved_reason", "struck_reason",
        )  # fmt: skip
        facts = [(label, value) for label, value in facts if value not in ("", None)]
        found = [
            Section(name="line", heading=pgettext("claim", "Line"), icon="list-ul", facts=facts)
        ]
        if record.stands and record.faults:
            said = [(_("Barred"), sentence) for sentence in record.fault_sentences()]
            found.insert(0, Section(name="faults", heading=_("What bars the line"), facts=said))
        return [*found, offer_section(record), parts_section(record)]


def offer_section(line):
    """What the scheme offers, and why; what is missing from the file."""
    offer = line.offer
    said = [(_("Tier"), " · ".join(offer.get("why", [])))]
    if offer.get("low"):
        low, high = offer["low"], offer["high"]
        said.append((_("Amount (yuan)"), low if low == high else f"{low} – {high}"))
    said += [(_("Against it"), reason) for reason in offer.get("exclusions", [])]
    said += [(_("Documents missing"), FileDocument(code).label) for code in line.missing]
    said += [(name, "；".join(reasons)) for name, reasons in offer.get("why_not", [])]
    return Section(name="offer", heading=_("What the scheme offers"), icon="tag", facts=said)


def parts_section(line):
    """Who gets what of the line, who gets nothing and why, and which fund bears how much."""
    parts = [
        (share.mediator.name, share.amount) for share in line.shares.select_related("mediator")
    ]
    barred = line.offer.get("barred", {})
    parts += [(_("No part"), "；".join(reasons)) for reasons in barred.values()]
    parts += [(fund.fund, fund.amount) for fund in line.funds.all()]
    return Section(name="parts", heading=_("Who gets what"), icon="group", facts=parts)
