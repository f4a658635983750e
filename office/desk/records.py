"""The pages of one record: its home page, adding, editing, acts and history."""

from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages

from office.accounts.reauthentication import needs_reauthentication
from office.desk.history import told, told_since
from office.desk.pages import DeskPage, FormPage, RecordPage, add_refusal
from office.desk.submissions import SentAgain, once
from office.flow import Stale
from office.models import LedgerEntry
from office.policies import permission_for
from office.scopes import carries

ENTRIES_A_PAGE = 50


class InspectView(RecordPage):
    """A record's home page: its sections, and a button for all that may be done with it now."""

    template_name = "office/desk/inspect.html"

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return capfirst(self.model._meta.verbose_name)

    def get_header_title(self):
        return str(self.record)

    def trail(self):
        return [{"url": "", "label": str(self.record)}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            sections=[*self.desk.sections(self.record, self), *self.desk.papers(self.record)],
            tags=self.desk.tags(self.record),
            buttons=list(self.buttons()),
            **kwargs,
        )

    def buttons(self):
        """Yield (label, address, icon, whether grave) for all that may be done now."""
        desk, record = self.desk, self.record
        if desk.is_editable(record) and self.may("change"):
            yield _("Edit"), desk.url("edit", record.pk), "edit", False
        for act in desk.all_acts:
            if act.offered(record) and self.may(act.permission):
                yield act.label, desk.url("act", record.pk, act.name), act.icon, act.grave
        yield from desk.ways_on(record, self)
        if desk.history and self.may(desk.history_action):
            yield _("History"), desk.url("history", record.pk), "history", False

    def may(self, action):
        """Whether the user may take an action on this row."""
        if action not in self._may:
            wanted, held = (permission_for(name, self.model) for name in (action, self.action))
            # Who may take the action wherever rows are seen needs no look at this row.
            self._may[action] = self.request.user.has_perm(wanted) and (
                carries(self.request.user, wanted, held)
                or self.rows(action).filter(pk=self.record.pk).exists()
            )
        return self._may[action]

    @cached_property
    def _may(self):
        return {self.action: True}


class WritingPage(FormPage):
    """A form page that writes through an action; ``carry_out`` returns the address to go on to."""

    done_message = ""

    def post(self, request, *args, **kwargs):
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            with once(form.cleaned_data["submission"], request.user) as submission:
                submission.outcome = self.carry_out(form)
        except SentAgain as again:
            return redirect(again.outcome)
        except Stale as stale:
            return self.show_stale(form, stale)
        except ValidationError as refusal:
            add_refusal(form, refusal)
            return self.show(form, status=422)
        return self.go_on(submission.outcome)

    def go_on(self, outcome):
        messages.success(self.request, self.done_message or self.get_page_title())
        return redirect(outcome)

    def carry_out(self, form):
        raise NotImplementedError

    def show_stale(self, form, stale):
        raise stale


class AddView(WritingPage, DeskPage):
    """Adds a record through the desk's ``add`` action."""

    action = "add"

    def get_page_title(self):
        return _("Add: %(kind)s") % {"kind": self.model._meta.verbose_name}

    def make_form(self, data=None, files=None):
        initial = self.desk.initial(self.request)
        return self.desk.add_form_class(data, files, user=self.request.user, initial=initial)

    def get_context_data(self, **kwargs):
        form = kwargs.get("form")
        back = self.desk.came_from(self.request, form) if form else ""
        return super().get_context_data(back=back, **kwargs)

    def carry_out(self, form):
        row = self.desk.add(by=self.request.user, today=self.today, **form.values())
        self.done_message = _("Added: %(record)s") % {"record": row}
        return self.desk.url("inspect", row.pk)


class EditView(WritingPage, RecordPage):
    """Corrects a record through the desk's ``change`` action, in the states that allow it."""

    action = "change"

    def is_permitted(self):
        return super().is_permitted() and self.desk.is_editable(self.record)

    def get_page_title(self):
        return _("Edit")

    def make_form(self, data=None, files=None):
        return self.desk.form_class(data, files, user=self.request.user, record=self.record)

    @property
    def write(self):
        """The action that corrects the record."""
        return self.desk.change

    def carry_out(self, form):
        if not form.typed:
            raise ValidationError(_("Nothing was changed."))
        revision = form.cleaned_data["revision"]
        typed = {"revision": revision, **form.values()}
        self.write(self.record.pk, by=self.request.user, today=self.today, **typed)
        self.done_message = _("Changed: %(record)s") % {"record": self.record}
        return self.record_url

    def show_stale(self, form, stale):
        """Show what changed meanwhile above the form, which keeps what was typed."""
        since = told_since(self.record, form.cleaned_data["revision"])
        form.data = form.data.copy()
        form.data["revision"] = self.record.revision
        form.add_error(None, stale.messages)
        return self.show(form, status=409, meanwhile=since)


class ActView(WritingPage, RecordPage):
    """Says all that bars an act, or asks for what it needs and carries it out."""

    template_name = "office/desk/act.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.act = self.desk.acts_by_name.get(kwargs["act"])
        if self.act and self.act.template:
            self.template_name = self.act.template

    def is_permitted(self):
        if self.act is None:
            return False
        self.action = self.act.permission
        return super().is_permitted()

    def dispatch(self, request, *args, **kwargs):
        if self.is_permitted() and self.act.sensitive and needs_reauthentication(request):
            raise ReauthenticationRequired
        response = super().dispatch(request, *args, **kwargs)
        if self.act.sensitive:
            response["Cache-Control"] = "no-store, private"
        return response

    def get_page_title(self):
        return self.act.label

    def make_form(self, data=None, files=None):
        return self.act.form_class(data, files, user=self.request.user, record=self.record)

    def get_context_data(self, **kwargs):
        refusals = self.act.refusals(self.record, self.today)
        consequences = [] if refusals else self.act.consequences(self.record, self.today)
        shown = {} if refusals else self.act.shown(self)
        return super().get_context_data(
            act=self.act, refusals=refusals, consequences=consequences, **shown, **kwargs
        )

    def carry_out(self, form):
        self.result = self.act.take(
            self.record.pk, by=self.request.user, today=self.today, **form.values()
        )
        self.done_message = _("Done: %(act)s") % {"act": self.act.label}
        return self.record_url

    def go_on(self, outcome):
        if self.act.answer:
            return self.act.answer(self, self.result)
        return super().go_on(outcome)


class HistoryView(RecordPage):
    """All the ledger tells of a record, newest first, in sentences."""

    template_name = "office/desk/history.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.action = self.desk.history_action

    def is_permitted(self):
        return super().is_permitted() and self.desk.history

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return _("History")

    def get_context_data(self, **kwargs):
        entries = LedgerEntry.objects.of(self.record).order_by("-sequence")
        before = self.request.GET.get("before", "")
        if before.isascii() and before.isdigit() and len(before) < 19:
            entries = entries.filter(sequence__lt=int(before))
        page = list(entries[: ENTRIES_A_PAGE + 1])
        more = page[ENTRIES_A_PAGE - 1].sequence if len(page) > ENTRIES_A_PAGE else None
        return super().get_context_data(acts=told(page[:ENTRIES_A_PAGE]), more=more, **kwargs)
