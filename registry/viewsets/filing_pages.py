"""Drawing up a filing page by page; every page keeps what was typed as a draft."""

from django.http import Http404
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from office import documents
from office.clocks import Calendar
from office.desk.columns import Section
from office.desk.documents import papers_section
from office.desk.forms import DeskForm
from office.desk.pages import DeskPage, RecordPage
from office.desk.records import ActView, InspectView, WritingPage
from office.policies import permission_for
from office.scopes import grants_of
from office.templatetags.clocks import due_text
from registry.actions import filings
from registry.flows import FILING, FilingKind
from registry.flows.filing import HANDING_IN, committee_after, is_on_its_route
from registry.forms.filings import (
    OPENING,
    PAPERS,
    EventForm,
    LeavingForm,
    MemberForm,
    NewMemberForm,
    PaperForm,
    ProposalForm,
    ReElectionForm,
    SetUpForm,
)
from registry.models import Filing

K = FilingKind
EVENT, DATA, MEMBERS, DOCUMENTS, CHECK = (
    ("event", gettext_lazy("Event")),
    ("data", gettext_lazy("New data")),
    ("members", gettext_lazy("Members")),
    ("papers", gettext_lazy("Documents")),
    ("check", gettext_lazy("Check and submit")),
)
PAGES = {
    K.SET_UP: (EVENT, MEMBERS, DOCUMENTS, CHECK),
    K.CHANGE: (EVENT, DATA, DOCUMENTS, CHECK),
    K.RE_ELECTION: (EVENT, MEMBERS, DOCUMENTS, CHECK),
}


class StartView(DeskPage):
    """Asks which event is to be filed."""

    action = "add"
    template_name = "registry/desk/filing_start.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return _("File an event")

    def get_context_data(self, **kwargs):
        kinds = [
            (kind.label, self.desk.url("open", kind), EXPLAINED[kind])
            for kind in FilingKind
            if kind != K.SET_UP or self.desk.may_set_up(self.request.user)
        ]
        return super().get_context_data(kinds=kinds, **kwargs)


EXPLAINED = {
    K.SET_UP: gettext_lazy("A new organisation, with its members and the minutes."),
    K.CHANGE: gettext_lazy("New name, address, phone or other data of an organisation."),
    K.RE_ELECTION: gettext_lazy("A new term of a committee: who stays, leaves and joins."),
}


class OpenView(WritingPage, DeskPage):
    """The first page: the organisation and the event. It opens the draft."""

    action = "add"

    def is_permitted(self):
        kind = self.kwargs["kind"]
        reach = kind != K.SET_UP or self.desk.may_set_up(self.request.user)
        return super().is_permitted() and kind in FilingKind.values and reach

    @property
    def kind(self):
        return FilingKind(self.kwargs["kind"])

    def get_page_title(self):
        return _("File: %(kind)s") % {"kind": self.kind.label}

    def make_form(self, data=None, files=None):
        form_class = OPENING.get(self.kind, SetUpForm)
        return form_class(data, files, user=self.request.user, initial=self.initial())

    def initial(self):
        """The organisation the page was opened from, or the only one the clerk serves in."""
        asked = self.request.GET.get("organization", "")
        if asked.isascii() and asked.isdigit() and len(asked) < 19:
            return {"organization": asked}
        grants = grants_of(self.request.user, permission_for("add", Filing))
        own = {grant.organization for grant in grants}
        return {"organization": own.pop()} if len(own) == 1 and own != {None} else {}

    def get_context_data(self, **kwargs):
        back = self.desk.came_from(self.request, kwargs["form"])
        return super().get_context_data(back=back, **kwargs)

    def carry_out(self, form):
        given = {"by": self.request.user, "today": self.today, **form.values()}
        if self.kind == K.SET_UP:
            filing = filings.open_set_up(**given)
        else:
            filing = filings.open_filing(kind=self.kind, **given)
        self.done_message = _("The draft is kept. Go on with the next page.")
        return self.desk.url(PAGES[self.kind][1][0], filing.pk)


class DraftPage(WritingPage, RecordPage):
    """A page of the draft; ``page`` is its name, and the next one follows it."""

    action = "change"
    page = ""
    template_name = "registry/desk/filing_page.html"
    submit_label = gettext_lazy("Save and go on")
    done_message = gettext_lazy("Saved.")

    def is_permitted(self):
        return (
            super().is_permitted()
            and self.record.state in FILING.editable
            and self.page in dict(PAGES[self.record.kind])
        )

    def get_page_title(self):
        return dict(PAGES[self.record.kind])[self.page]

    @cached_property
    def next_page(self):
        names = [name for name, _label in PAGES[self.record.kind]]
        return names[names.index(self.page) + 1] if self.page != "check" else "check"

    def next_url(self):
        return self.desk.url(self.next_page, self.record.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            pages=pages_of(self.desk, self.record, self.page),
            next_url=self.next_url(),
            returned=self.record.reasons if self.record.state == "returned" else "",
            **kwargs,
        )

    def show_stale(self, form, stale):
        """Keep what was typed, and let it be sent again after a look at what is there now."""
        form.data = form.data.copy()
        form.data["revision"] = form.record.revision
        form.add_error(None, stale.messages)
        return self.show(form, status=409)

    def told(self, form):
        return {"by": self.request.user, "today": self.today, **form.values()}


def pages_of(desk, filing, current):
    """Return (number, label, address, whether it is the current one) of the pages of a draft."""
    return [
        (number, label, desk.url(name, filing.pk), name == current)
        for number, (name, label) in enumerate(PAGES[filing.kind], start=1)
    ]


class EventView(DraftPage):
    """The event; of a set-up the organisation with it."""

    page = "event"

    def make_form(self, data=None, files=None):
        user, filing = self.request.user, self.record
        if filing.kind == K.SET_UP:
            initial = {"event_on": filing.event_on, "note": filing.note}
            body = filing.organization
            return SetUpForm(data, files, user=user, record=body, initial=initial)
        form_class = ReElectionForm if filing.kind == K.RE_ELECTION else EventForm
        return form_class(data, files, user=user, record=filing)

    def carry_out(self, form):
        change = filings.change_set_up if self.record.kind == K.SET_UP else filings.change_filing
        change(self.record.pk, revision=form.cleaned_data["revision"], **self.told(form))
        return self.next_url()


class DataView(DraftPage):
    """The new data of a change."""

    page = "data"

    def make_form(self, data=None, files=None):
        return ProposalForm(data, files, user=self.request.user, record=self.record)

    def carry_out(self, form):
        revision = form.cleaned_data["revision"]
        filings.propose(self.record.pk, revision=revision, **self.told(form))
        return self.next_url()


class MembersView(DraftPage):
    """Who makes up the committee; a person of the register is named for a post."""

    page = "members"
    template_name = "registry/desk/filing_members.html"
    submit_label = gettext_lazy("Name this person")

    def make_form(self, data=None, files=None):
        return MemberForm(data, files, user=self.request.user)

    def carry_out(self, form):
        filings.propose_member(self.record.pk, **self.told(form))
        return self.desk.url("members", self.record.pk)

    def get_context_data(self, **kwargs):
        members = [
            (member, self.desk.url("drop", self.record.pk, member.pk))
            for member in committee_after(self.record)
        ]
        leaving = self.record.kind == K.RE_ELECTION and self.desk.url("leaving", self.record.pk)
        return super().get_context_data(
            members=members,
            new_url=self.desk.url("new_member", self.record.pk),
            leaving_url=leaving,
            **kwargs,
        )


class NewMemberView(DraftPage):
    """Somebody who may not be in the register yet is named for a post."""

    page = "members"
    submit_label = gettext_lazy("Name this person")

    def make_form(self, data=None, files=None):
        return NewMemberForm(data, files, user=self.request.user)

    def carry_out(self, form):
        filings.propose_new_member(self.record.pk, **self.told(form))
        return self.desk.url("members", self.record.pk)


class LeavingView(DraftPage):
    """Who of those in post was not elected again."""

    page = "members"
    submit_label = gettext_lazy("Save")

    def is_permitted(self):
        return super().is_permitted() and self.record.kind == K.RE_ELECTION

    def make_form(self, data=None, files=None):
        return LeavingForm(data, files, user=self.request.user, record=self.record)

    def carry_out(self, form):
        revision = form.cleaned_data["revision"]
        filings.name_leaving(self.record.pk, revision=revision, **self.told(form))
        return self.desk.url("members", self.record.pk)


class DropView(DraftPage):
    """A person who was only named is taken off the draft again."""

    page = "members"
    submit_label = gettext_lazy("Take off the draft")

    def make_form(self, data=None, files=None):
        return DeskForm(data, files, user=self.request.user)

    def get_context_data(self, **kwargs):
        members = {member.pk: member for member in committee_after(self.record)}
        member = members.get(self.kwargs["appointment"])
        if member is None:
            raise Http404
        return super().get_context_data(dropped=member, **kwargs)

    def carry_out(self, form):
        appointment = self.kwargs["appointment"]
        filings.drop_member(self.record.pk, appointment=appointment, **self.told(form))
        return self.desk.url("members", self.record.pk)


class PapersView(DraftPage):
    """The papers that prove the event."""

    page = "papers"
    template_name = "registry/desk/filing_papers.html"
    submit_label = gettext_lazy("Add the document")

    def make_form(self, data=None, files=None):
        return PaperForm(data, files, user=self.request.user)

    def carry_out(self, form):
        documents.attach(self.record, **self.told(form))
        return self.desk.url("papers", self.record.pk)

    def get_context_data(self, **kwargs):
        section = papers_section(self.desk, self.record, PAPERS)
        return super().get_context_data(papers=section.context["papers"], **kwargs)


class CheckView(ActView):
    """All that was typed, all that still bars it, and the button that hands it in."""

    template_name = "registry/desk/filing_check.html"

    def setup(self, request, *args, **kwargs):
        kwargs["act"] = ""
        super().setup(request, *args, **kwargs)
        filing = self.desk.rows(request.user, "change").filter(pk=kwargs["pk"]).first()
        name = filing and next((n for n in HANDING_IN if is_on_its_route(filing, n)), None)
        self.act = self.desk.acts_by_name.get(name)

    def get_page_title(self):
        return _("Check and submit")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            pages=pages_of(self.desk, self.record, "check"),
            sections=[
                *self.desk.sections(self.record, self),
                *self.desk.papers(self.record),
            ],
            **kwargs,
        )


class FilingPage(InspectView):
    """A filing's home page: a draft is gone on with from here."""

    def buttons(self):
        filing = self.record
        if filing.state in FILING.editable and self.may("change"):
            first = PAGES[filing.kind][0][0]
            yield _("Go on with the draft"), self.desk.url(first, filing.pk), "edit", False
        yield from super().buttons()


def clock_section(filing, today):
    """Return the section of the deadline: counted anew, under the policy it was opened with."""
    deadline = filing.deadline(Calendar.load())
    facts = [
        (_("Day of the event"), filing.event_on),
        (_("Limit"), str(filing.policy)),
        (
            pgettext("clock", "Rests on"),
            filing.policy.source or filing.policy.get_standing_display(),
        ),
    ]
    if filing.is_open:
        facts.append((_("Due on"), due_text(deadline, today)))
    elif filing.submitted_on and deadline.is_overdue(filing.submitted_on):
        facts.append((_("Due on"), _("submitted after the last day")))
    return Section(name="clock", heading=_("Limit for filing"), icon="date", facts=facts)


def page_urls(desk):
    """Return the addresses of the pages of a draft."""
    page = desk.page
    return [
        path("new/", page(StartView), name="add"),
        path("new/<slug:kind>/", page(OpenView), name="open"),
        path("<int:pk>/", page(FilingPage), name="inspect"),
        path("<int:pk>/event/", page(EventView), name="event"),
        path("<int:pk>/data/", page(DataView), name="data"),
        path("<int:pk>/members/", page(MembersView), name="members"),
        path("<int:pk>/members/new/", page(NewMemberView), name="new_member"),
        path("<int:pk>/members/leaving/", page(LeavingView), name="leaving"),
        path("<int:pk>/members/<int:appointment>/drop/", page(DropView), name="drop"),
        path("<int:pk>/papers/", page(PapersView), name="papers"),
        path("<int:pk>/check/", page(CheckView), name="check"),
    ]
