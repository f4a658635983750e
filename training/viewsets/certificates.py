"""Certificates on the desk: applied for, examined, issued, suspended, revoked, checked."""

import django_filters
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.exports import ExportView
from office.desk.filters import Filters, choice, contains, day
from office.desk.forms import DeskForm
from office.desk.history import name_acts
from office.desk.pages import RecordPage
from office.desk.viewset import DeskViewSet
from registry.rules import last_day
from registry.viewsets.terms import DivisionFilter
from training import actions
from training.actions.badges import badge_file
from training.flows import CERTIFICATE, CertificateState
from training.flows.certificate import HELD
from training.forms.certificates import CheckForm, NewCertificateForm, ReissueForm
from training.issuing.files import certificate_file, content_of
from training.models import Certificate, CertificateCategory
from training.notices import certificate_facts as words
from training.notices.certificate_cards import cards_pdf
from training.rules.certificates import years_to_check

S = CertificateState
TONES = {
    S.APPLIED: "warn",
    S.EXAMINED: "info",
    S.ISSUED: "ok",
    S.SUSPENDED: "warn",
    S.REVOKING: "warn",
    S.REVOKED: "error",
}
MOST_CARDS = 500

name_acts(
    apply=gettext_lazy("Apply for a certificate"),
    check=gettext_lazy("Stamp the yearly check"),
    forget_holder=gettext_lazy("Mask the holder's name"),
)


def has_expired(row, today):
    return row.state in HELD and row.valid_until_on is not None and row.valid_until_on <= today


def shown_state(row):
    expired = has_expired(row, timezone.localdate())
    return _("expired") if expired else row.get_state_display()


def shown_tone(row):
    return "plain" if has_expired(row, timezone.localdate()) else TONES.get(row.state, "plain")


class CertificateFilters(Filters):
    mediator = contains("mediator__name", gettext_lazy("Mediator"))
    number = contains("number", gettext_lazy("Certificate number"))
    division = DivisionFilter(field_name="mediator__division", method="of_division")
    category = choice("category", gettext_lazy("Category"), CertificateCategory.choices)
    run = django_filters.NumberFilter(
        "run", label=gettext_lazy("Number of the bulk issue"), min_value=1, max_value=2**31
    )
    ends_until = day("valid_until_on", gettext_lazy("Ends until"), "lte")

    class Meta:
        model = Certificate
        fields = []

    def of_division(self, rows, name, value):
        return rows.in_division(value)


class PaperView(RecordPage):
    """Hands out the PDF of a certificate."""

    action = "print"

    def get(self, request, *args, **kwargs):
        content = certificate_file(issued(self.record), today=self.today)
        return sent(content, "application/pdf", f"{self.record.code}.pdf")


class BadgeView(RecordPage):
    """Hands out the badge of a certificate."""

    action = "print"

    def get(self, request, *args, **kwargs):
        content = badge_file(issued(self.record), today=self.today)
        return sent(content, "application/vc+jwt", f"{self.record.code}.jwt")


class SheetView(ExportView):
    """Hands out the cards of the list on sheets to print, and leaves an entry in the ledger."""

    action = "print"
    template_name = "office/desk/form.html"

    def get_page_title(self):
        return _("Print sheets")

    def make_form(self, data=None, files=None):
        return DeskForm(data, files, user=self.request.user)

    def post(self, request, *args, **kwargs):
        form = self.make_form(request.POST)
        rows = self.get_queryset().public().printed().filter(printed__forgotten_on=None)
        contents = [content_of(row) for row in rows[:MOST_CARDS]]
        if not contents:
            form.add_error(None, _("None of the certificates of this list was issued."))
        if not form.is_valid():
            return self.show(form, status=422)
        self.written = len(contents)
        self.log("pdf", "")
        return sent(cards_pdf(contents), "application/pdf", f"cards-{self.today:%Y%m%d}.pdf")


def issued(record):
    """Return a certificate with all that is printed. :raises Http404: if there is nothing."""
    found = Certificate.objects.public().printed().filter(pk=record.pk).first()
    if found is None or found.printed.forgotten_on:
        raise Http404
    return found


def sent(content, content_type, name):
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response


def issuing_effects(row, today):
    said = [
        _("The facts are frozen and signed; the certificate can be verified by anybody."),
        _("It is issued in the name of your body."),
    ]
    if row.follows:
        said.append(_("The certificate %(number)s is superseded.") % {"number": row.follows.number})
    if row.kind.is_of_duty and not row.mediator.certificate_number:
        said.append(_("Its number is entered in the register: one person, one number."))
    return said


def revoking_effects(row, today):
    return [_("From today on everybody who verifies it reads that it was revoked.")]


def reissue_refusals(row, today):
    return [] if row.state in HELD else [_("A certificate that has ended cannot be reissued.")]


def check_refusals(row, today):
    """Say why no check of any year can be stamped; the year itself is asked on the page."""
    due = years_to_check(row.issued_on, today) if row.issued_on else []
    stamped = {check.year for check in row.checks.all()}
    open_years = [year for year in due if year not in stamped]
    year = open_years[-1] if open_years else today.year
    return (
        actions.check_refusals(row, year, today)
        if row.issued_on
        else [_("Only a certificate that stands is checked.")]
    )


class CertificateDesk(DeskViewSet):
    name = "certificates"
    icon = "doc-full"
    model = Certificate
    help = gettext_lazy("Examined by one officer, issued by another. Everybody may verify them.")
    related = ("kind", "mediator__division", "organization", "follows")
    filterset_class = CertificateFilters
    tab_field = "state"
    index_template = "training/desk/certificates_index.html"
    list_columns = (
        Column(
            name="mediator", label=gettext_lazy("Mediator"), value=lambda row: row.mediator.name,
            sort="mediator__name",
        ),
        Column(name="kind", label=gettext_lazy("Kind"), value=lambda row: str(row.kind)),
        "number",
        Column(
            name="state", label=gettext_lazy("State"), value=shown_state, tone=shown_tone,
            sort="state",
        ),
        "issued_on",
        Column(
            name="last_day", label=gettext_lazy("Last day"), sort="valid_until_on",
            value=lambda row: row.valid_until_on and row.valid_until_on - words.DAY,
        ),
        Column(
            name="division", label=gettext_lazy("Division"),
            value=lambda row: row.mediator.division.name, sort="mediator__division",
        ),
    )  # fmt: skip
    exported = (*list_columns, "basis", "applied_on", "ended_on")
    export_is_personal = True
    add_form_class = NewCertificateForm
    add = staticmethod(actions.apply_for_certificate)
    acts = (
        step(CERTIFICATE, "examine", actions.examine_certificate),
        step(
            CERTIFICATE, "issue", actions.issue_certificate, consequences=issuing_effects,
            sensitive=True,
        ),
        step(CERTIFICATE, "decline", actions.decline_certificate, icon="cross"),
        Act(
            name="reissue",
            label=gettext_lazy("Reissue"),
            take=actions.reissue_certificate,
            permission="add",
            form_class=ReissueForm,
            refusals=reissue_refusals,
            offered=lambda row: row.state in HELD,
            icon="rotate",
        ),
        Act(
            name="check",
            label=gettext_lazy("Stamp the yearly check"),
            take=actions.check_certificate,
            permission="check",
            form_class=CheckForm,
            refusals=check_refusals,
            offered=lambda row: row.state in HELD and row.kind.has_yearly_check,
            icon="calendar-check",
        ),
        step(CERTIFICATE, "suspend", actions.suspend_certificate, grave=True, icon="lock"),
        step(CERTIFICATE, "resume", actions.resume_certificate, icon="rotate"),
        step(
            CERTIFICATE, "propose_revocation", actions.propose_revocation, grave=True, icon="cross"
        ),
        step(
            CERTIFICATE, "revoke", actions.revoke_certificate, consequences=revoking_effects,
            sensitive=True, grave=True, icon="cross",
        ),
        step(CERTIFICATE, "keep", actions.keep_certificate),
        step(CERTIFICATE, "keep_suspended", actions.keep_suspended),
    )  # fmt: skip
    bulk = ("examine", "issue", "check")

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("sheets/", self.page(SheetView), name="sheets"),
            path("<int:pk>/paper/", self.page(PaperView), name="paper"),
            path("<int:pk>/badge/", self.page(BadgeView), name="badge"),
        ]

    def initial(self, request):
        mediator = request.GET.get("mediator", "")
        return {"mediator": mediator} if mediator.isascii() and mediator.isdigit() else {}

    def tags(self, record):
        return [(shown_state(record), shown_tone(record))]

    def sections(self, record, page):
        told = [
            "kind", "mediator", "organization", "basis", "number", "applied_on", "applied_by",
            "examined_by", "issued_on", "issued_by", "valid_from_on",
        ]  # fmt: skip
        if record.level_label:
            level_until = column(
                type(record), "level_until_on", value=lambda row: last_day(row.level_until_on)
            )
            told[1:1] = ["level_label", level_until]
        if record.revocation_proposed_by_id:
            told.append("revocation_proposed_by")
        sections = [
            Section(
                name="data",
                heading=_("The certificate"),
                icon=self.icon,
                facts=facts_of(record, *told),
            )
        ]
        if record.issued_on:
            sections.insert(0, self.standing(record, page))
        return sections

    def standing(self, record, page):
        """How it stands, what is printed, and its files."""
        found = Certificate.objects.printed().get(pk=record.pk)
        others = [(_("Takes the place of"), record.follows)] if record.follows else []
        others += [(_("Followed by"), row) for row in record.followers.public()]
        files = page.may("print") and not found.printed.forgotten_on
        context = {
            "sentences": words.sentences(found, page.today),
            "facts": [(fact["term"], fact["value"]) for fact in words.shown(found.facts)],
            "others": [(label, row, self.url("inspect", row.pk)) for label, row in others],
            "public_url": found.get_absolute_url(),
            "paper_url": self.url("paper", record.pk) if files else "",
            "badge_url": self.url("badge", record.pk) if files else "",
        }
        return Section(
            name="standing",
            heading=_("How it stands"),
            icon="info-circle",
            template="training/desk/certificate.html",
            context=context,
        )
