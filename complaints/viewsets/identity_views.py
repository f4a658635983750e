"""Who saw who complained: for the head of the bureau and the auditor, without any identity."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints.actions import read_view_reason
from complaints.models import IdentityView
from office.desk.acts import Act
from office.desk.columns import Column, Section
from office.desk.filters import Filters, contains, day
from office.desk.forms import DeskForm
from office.desk.history import name_acts
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter

name_acts(read_reason=gettext_lazy("Read why the identity was seen"))


def moment(value):
    return date_format(timezone.localtime(value), "Y-m-d H:i:s")


def show_reason(page, reason):
    """Answer with the reason, once, on a page that is kept nowhere."""
    page.template_name = "complaints/desk/view_reason.html"
    return page.render_to_response(page.get_context_data(view_reason=reason))


COLUMNS = (
    Column(
        name="number",
        label=gettext_lazy("Complaint number"),
        value=lambda row: row.complaint.number,
        sort="complaint__number",
    ),
    Column(
        name="division",
        label=gettext_lazy("Body in charge"),
        value=lambda row: row.complaint.division.name,
    ),
    Column(name="user", label=gettext_lazy("Seen by"), value=lambda row: str(row.user)),
    Column(
        name="opened_at",
        label=gettext_lazy("Opened at"),
        value=lambda row: moment(row.opened_at),
        sort="opened_at",
        width=20,
    ),
    Column(
        name="until_at",
        label=gettext_lazy("Open until"),
        value=lambda row: moment(row.until_at),
        width=20,
    ),
)


class IdentityViewFilters(Filters):
    number = contains("complaint__number", gettext_lazy("Complaint number"))
    who = contains("user__name", gettext_lazy("Seen by"))
    division = DivisionFilter(field_name="complaint__division")
    since = day("opened_at__date", gettext_lazy("From"), "gte")
    until = day("opened_at__date", gettext_lazy("Until"), "lte")

    class Meta:
        model = IdentityView
        fields = []


class IdentityViewDesk(DeskViewSet):
    name = "identity_views"
    icon = "view"
    model = IdentityView
    help = gettext_lazy(
        "Each time somebody saw who complained: which complaint, who, when, and until when the page"
        " stayed open. Who complained stands nowhere here."
    )
    related = ("complaint", "complaint__division", "user")
    filterset_class = IdentityViewFilters
    list_columns = COLUMNS
    exported = COLUMNS
    acts = (
        Act(
            name="read",
            label=gettext_lazy("Read why"),
            take=read_view_reason,
            permission="read",
            form_class=DeskForm,
            consequences=lambda row, today: [
                _("The reason may tell who complained. That you read it is kept in the ledger.")
            ],
            answer=show_reason,
            sensitive=True,
            icon="view",
        ),
    )

    def sections(self, record, page):
        return [
            Section(
                name="view",
                heading=_("View of an identity"),
                icon="view",
                facts=[(column.label, column.value(record)) for column in COLUMNS],
            )
        ]
