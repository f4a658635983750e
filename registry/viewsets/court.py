"""Letters to the court on the officer's desk."""

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.pages import RecordPage
from office.desk.viewset import DESKS, DeskViewSet
from office.papers import render
from registry.actions import court
from registry.forms.filings import SentForm
from registry.models import CourtNotice, CourtSubject
from registry.notices.court import letter
from registry.viewsets.terms import DivisionFilter

STANDING = [("unsent", gettext_lazy("to be sent")), ("sent", gettext_lazy("sent"))]
TONES = {"unsent": "warn", "sent": "ok"}


class CourtNoticeFilters(Filters):
    organization = contains("organization__name", gettext_lazy("Organisation name"))
    division = DivisionFilter()
    subject = choice("subject", gettext_lazy("What it tells of"), CourtSubject.choices)

    class Meta:
        model = CourtNotice
        fields = []


class LetterView(RecordPage):
    """Hands out the letter as it was drawn up."""

    def get(self, request, *args, **kwargs):
        response = HttpResponse(render(letter(self.record)), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="court-{self.record.pk}.pdf"'
        response["Cache-Control"] = "no-store, private"
        return response


class CourtNoticeDesk(DeskViewSet):
    name = "court_notices"
    url_prefix = "court-notices"
    icon = "mail"
    model = CourtNotice
    help = gettext_lazy(
        "The county bureau tells the basic court of committees, members and changes (People's "
        "Mediation Law art. 10)."
    )
    related = ("organization__division", "filing")
    filterset_class = CourtNoticeFilters
    tab_field = "standing"
    tab_choices = STANDING
    list_columns = (
        "number",
        Column(
            name="organization",
            label=gettext_lazy("Organisation"),
            value=lambda row: row.organization.name,
            sort="organization__name",
        ),
        column(CourtNotice, "subject"),
        "court",
        "drawn_on",
        "sent_on",
        Column(
            name="standing",
            label=gettext_lazy("State"),
            value=lambda row: dict(STANDING)[row.standing],
            tone=lambda row: TONES[row.standing],
        ),
    )
    acts = (
        Act(
            name="send",
            label=gettext_lazy("Record that it was sent"),
            take=court.send_court_notice,
            permission="send",
            form_class=SentForm,
            offered=lambda row: row.sent_on is None,
            icon="mail",
        ),
    )

    def rows(self, user, action="view"):
        return super().rows(user, action).with_standing()

    def get_urlpatterns(self):
        letter_page = path("<int:pk>/letter/", self.page(LetterView), name="letter")
        return [*super().get_urlpatterns(), letter_page]

    def tags(self, record):
        return [(dict(STANDING)[record.standing], TONES[record.standing])]

    def sections(self, record, page):
        organization = DESKS["registry.organization"].url("inspect", record.organization_id)
        links = [
            (_("Organisation"), record.organization, organization),
            (_("Letter"), _("Download the letter (PDF)"), self.url("letter", record.pk)),
        ]
        if record.filing_id:
            filing = DESKS["registry.filing"].url("inspect", record.filing_id)
            links.insert(1, (_("Filing"), record.filing, filing))
        facts = facts_of(
            record, "number", "subject", "issuer", "court", "drawn_on", "sent_on", "note"
        )
        return [
            Section(
                name="data",
                heading=_("Letter to the court"),
                icon="mail",
                template="registry/desk/appointment.html",
                context={"links": links, "facts": facts},
            )
        ]
