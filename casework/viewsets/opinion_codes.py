"""Codes for opinions on the desk: handed out, shown once, taken back."""

import segno
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.actions import opinions
from casework.flows import OPINION_CODE, CodeState
from casework.forms.opinions import NewCodeForm
from casework.models import OpinionCode
from casework.notices.slips import opinion_slip
from casework.viewsets.columns import body_column, case_column
from office.desk.acts import step
from office.desk.columns import Column, Section, facts_of
from office.desk.filters import Filters, contains
from office.desk.pages import RecordPage
from office.desk.records import AddView
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.papers import pdf
from registry.viewsets.terms import DivisionFilter

STANDINGS = [*CodeState.choices, ("expired", gettext_lazy("expired"))]
TONES = {"issued": "info", "used": "ok", "revoked": "plain", "expired": "warn"}


def address_of(request, code):
    """Return the address that a code opens."""
    return request.build_absolute_uri(reverse("opinion", args=[code]))


def show_code(page, row, code):
    """Answer with the page that shows a new code: this once, kept nowhere."""
    desk = DESKS["casework.opinioncode"]
    address = address_of(page.request, code)
    page.template_name = "casework/desk/slip.html"
    response = page.render_to_response(
        page.get_context_data(
            row=row,
            code=code,
            address=address,
            picture=segno.make(address, error="m", micro=False).svg_data_uri(scale=6),
            slip_url=desk.url("slip", row.pk),
            row_url=desk.url("inspect", row.pk),
        )
    )
    response["Cache-Control"] = "no-store, private"
    return response


class IssueView(AddView):
    """Hands out a code for a case of the officer's own area, and shows it."""

    def get_page_title(self):
        return _("Hand out a code")

    def carry_out(self, form):
        given = form.values()
        self.issued = opinions.issue_code(
            given.pop("pk"), by=self.request.user, today=self.today, **given
        )
        return self.desk.url("inspect", self.issued[0].pk)

    def go_on(self, outcome):
        return show_code(self, *self.issued)


class SlipView(RecordPage):
    """Draws the slip for whoever still has the code on the screen; it is sent, not stored."""

    action = "add"

    def post(self, request, *args, **kwargs):
        code = request.POST.get("code", "")
        if opinions.hash_of(code) != self.record.code_hash:
            raise Http404
        paper = opinion_slip(self.record, code, address_of(request, code))
        response = pdf(paper, f"{self.desk.name}-{self.record.pk}")
        response["Cache-Control"] = "no-store, private"
        return response


class CodeFilters(Filters):
    number = contains("case__number", gettext_lazy("Case number"))
    organization = contains("case__organization__name", gettext_lazy("Organisation"))
    division = DivisionFilter(field_name="case__division")

    class Meta:
        model = OpinionCode
        fields = []


class OpinionCodeDesk(DeskViewSet):
    name = "opinion_codes"
    icon = "key"
    model = OpinionCode
    help = gettext_lazy(
        "A party gives its opinion with the code, once and without an account. The code is shown"
        " when it is handed out and is kept nowhere."
    )
    related = ("case__organization", "case__dispute_type", "case__division", "policy")
    filterset_class = CodeFilters
    tab_field = "standing"
    tab_choices = STANDINGS
    list_columns = (
        case_column,
        body_column,
        "side",
        Column(
            name="standing",
            label=gettext_lazy("State"),
            value=lambda row: dict(STANDINGS)[row.standing],
            tone=lambda row: TONES[row.standing],
            sort="standing",
        ),
        "issued_on",
        "last_on",
    )
    exported = list_columns
    add_form_class = NewCodeForm
    add = staticmethod(opinions.issue_code)
    acts = (step(OPINION_CODE, "revoke", opinions.revoke_code, grave=True, icon="cross"),)

    def rows(self, user, action="view"):
        # The edge of the request reads the clock.
        return super().rows(user, action).with_standing(timezone.localdate())

    def tags(self, record):
        return [(dict(STANDINGS)[record.standing], TONES[record.standing])]

    def sections(self, record, page):
        facts = [*facts_of(record, *self.list_columns), (_("Policy"), record.policy)]
        return [Section(name="data", heading=_("Code for an opinion"), icon="key", facts=facts)]

    def get_urlpatterns(self):
        return [
            path("new/", self.page(IssueView), name="add"),
            *[one for one in super().get_urlpatterns() if one.name != "add"],
            path("<int:pk>/slip/", self.page(SlipView), name="slip"),
        ]
