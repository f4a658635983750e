"""Complaints that officers enter: the form, the code once, the slip, and a list without a word."""

import segno
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from complaints import actions
from complaints.actions.filing import find_by_code
from complaints.flows import ENDED
from complaints.forms.entered import CHANNELS, EnteredForm
from complaints.models import EnteredComplaint
from complaints.notices.slips import LIMITS, PHONE, complaint_slip
from complaints.views.keeping import kept_nowhere
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains, day
from office.desk.pages import DeskPage, add_refusal
from office.desk.records import AddView
from office.desk.viewset import DeskViewSet
from registry.letters import bureau_of
from registry.viewsets.papers import pdf

TONES = dict.fromkeys(ENDED, "plain")


def follow_address(request):
    """Return the address of the page on which a complaint is followed; it bears no code."""
    return request.build_absolute_uri(reverse("complaint_follow"))


def limits_of(complaint):
    """Return the limits that run from the day of entry."""
    return list(complaint.clocks.filter(key__in=LIMITS, task=None).order_by("pk"))


@method_decorator(sensitive_post_parameters(), name="dispatch")
class EnterView(AddView):
    """Takes a complaint and shows its code: this once, and again only for the same form."""

    received = None

    def get_page_title(self):
        return _("Complaint entered") if self.received else _("Enter a complaint")

    def get_header_title(self):
        return self.get_page_title() if self.received else super().get_header_title()

    @property
    def submit_label(self):
        return _("Enter the complaint")

    def post(self, request, *args, **kwargs):
        # Not remembered as other forms are: sent again, it leads to the same complaint and code.
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            told = form.values()
            self.received = actions.enter_complaint(by=request.user, today=self.today, **told)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.show(form, status=422)
        return self.show_code(*self.received)

    def show_code(self, complaint, code):
        self.template_name = "complaints/desk/entered_code.html"
        address = follow_address(self.request)
        context = self.get_context_data(
            number=complaint.number,
            code=code,
            address=address,
            picture=segno.make(address, error="m", micro=False).svg_data_uri(scale=5),
            limits=limits_of(complaint),
            phone=PHONE,
            slip_url=self.desk.url("slip"),
            list_url=self.desk.url("index"),
            add_url=self.desk.url("add"),
        )
        return self.render_to_response(context)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SlipView(DeskPage):
    """Draws the slip for whoever entered the complaint and still has its code on the screen."""

    action = "add"

    def post(self, request):
        code = request.POST.get("code", "")[:40]
        complaint = find_by_code(code)
        if complaint is None or complaint.entered_by_id != request.user.pk:
            raise Http404
        issuer = bureau_of(complaint.entry.division_id)
        limits = limits_of(complaint)
        paper = complaint_slip(complaint, code, follow_address(request), issuer, limits)
        return pdf(paper, complaint.number)


class EnteredFilters(Filters):
    number = contains("number", gettext_lazy("Complaint number"))
    channel = choice("channel", gettext_lazy("How it came in"), CHANNELS)
    since = day("received_on", gettext_lazy("Received from"), "gte")
    until = day("received_on", gettext_lazy("Received until"), "lte")

    class Meta:
        model = EnteredComplaint
        fields = []


class EnteredComplaintDesk(DeskViewSet):
    name = "entered_complaints"
    icon = "edit"
    model = EnteredComplaint
    help = gettext_lazy(
        "Complaints taken at the window, by letter, from another body or from the hotline. What is"
        " typed is sealed at once and is shown here to nobody."
    )
    related = ("entered_by",)
    filterset_class = EnteredFilters
    history = False
    list_columns = (
        "number",
        "channel",
        "received_on",
        column(EnteredComplaint, "state", tones=TONES),
        Column(
            name="entered_by",
            label=gettext_lazy("Entered by"),
            value=lambda row: row.entered_by.name,
            sort="entered_by__name",
        ),
    )
    exported = list_columns
    add_form_class = EnteredForm
    add = staticmethod(actions.enter_complaint)

    def page(self, view_class):
        return kept_nowhere(super().page(view_class))

    def get_urlpatterns(self):
        return [
            path("new/", self.page(EnterView), name="add"),
            path("slip/", self.page(SlipView), name="slip"),
            *[one for one in super().get_urlpatterns() if one.name != "add"],
        ]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "info"))]

    def sections(self, record, page):
        facts = facts_of(record, *self.list_columns)
        facts.append((_("Date of the ticket or letter"), record.entry.source_on))
        facts += [(clock.get_key_display(), clock.due_on) for clock in limits_of(record)]
        return [Section(name="data", heading=_("Entered complaint"), facts=facts)]
