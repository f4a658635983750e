"""Lists of claims: with their totals above, and totals by county and quarter."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.flows import ClaimState
from casework.flows.claim import HELD_WITH
from casework.models import ClaimBatch, ClaimLine
from casework.reports.claims import totals_by_county
from office.clocks import Calendar, Shade
from office.desk.filters import Filters, choice, contains
from office.desk.lists import IndexView, ListPage
from office.templatetags.clocks import due_text
from registry.viewsets.terms import DivisionFilter

S = ClaimState
TONES = {
    S.FIRST_CHECK: "warn",
    S.SECOND_CHECK: "warn",
    S.TOWNSHIP_REVIEW: "warn",
    S.BUREAU_CHECK: "warn",
    S.APPROVAL: "warn",
    S.APPROVED: "info",
    S.PAID: "ok",
    S.RETURNED: "error",
}
SHADES = {Shade.CALM: "info", Shade.AMBER: "warn", Shade.OVERDUE: "error"}
QUARTERS = [(number, str(number)) for number in (1, 2, 3, 4)]


class ClaimFilters(Filters):
    number = contains("number", gettext_lazy("Batch number"))
    organization = contains("organization__name", gettext_lazy("Organisation name"))
    division = DivisionFilter()
    year = contains("year", gettext_lazy("Year"))
    quarter = choice("quarter", gettext_lazy("Quarter"), QUARTERS)

    class Meta:
        model = ClaimBatch
        fields = []


class ClaimLineFilters(Filters):
    case = contains("case__number", gettext_lazy("Case number"))
    batch = contains("batch__number", gettext_lazy("Batch number"))
    mediator = contains("shares__mediator__name", gettext_lazy("Mediator"))

    class Meta:
        model = ClaimLine
        fields = []


class ClaimList(IndexView):
    """The list of batches, each with its clock; what all of them come to stands above."""

    @cached_property
    def calendar(self):
        return Calendar.load()

    def line(self, row):
        waits = row.state in {S.DRAFT, S.RETURNED} and row.submitted_on is None
        row.clock = row.deadline(self.calendar) if waits else None
        row.seen_on = self.today
        return super().line(row)

    def get_context_data(self, **kwargs):
        totals = self.get_queryset().order_by().totals()
        return super().get_context_data(totals=totals, **kwargs)


class TotalsView(ListPage):
    """What the batches of a list come to, by county and quarter."""

    template_name = "casework/desk/claim_totals.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return _("Totals by county and quarter")

    def get_context_data(self, **kwargs):
        rows = totals_by_county(self.get_queryset())
        return super().get_context_data(rows=rows, **kwargs)


def clock_text(batch):
    """When it has to be handed in, or whether it was late."""
    if batch.clock:
        return due_text(batch.clock, batch.seen_on)
    late = _("handed in late") if batch.is_late(batch.seen_on) else ""
    return late or batch.submitted_on


def clock_tone(batch):
    if batch.clock:
        return SHADES[batch.clock.shade(batch.seen_on)]
    return "error" if batch.is_late(batch.seen_on) else ""


def waits_for(batch):
    """Say whose turn it is, in the words of the step that is next."""
    step = batch.flow.steps.get(HELD_WITH.get(batch.state, ""))
    return step.label if step else ""
