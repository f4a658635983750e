"""Pages of complaints that no other record has: the queue, evidence, and who complained."""

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions import identity_shown, may_read
from complaints.models import Evidence, IdentityView
from complaints.reports.limits import next_limit
from office import documents
from office.clocks import Calendar
from office.desk.exports import ExportView
from office.desk.lists import IndexView
from office.desk.pages import RecordPage
from office.desk.records import InspectView
from office.flow import Refused

GONE = 410


class ByDaysLeft:
    """Rows come by the day on which the first of their limits is over, unless sorted otherwise."""

    @property
    def order(self):
        chosen = self.ordering
        if chosen not in ("", "next_due", "-next_due"):
            return [chosen, "pk"]
        due = F("next_due")
        by_day = due.desc(nulls_last=True) if chosen[:1] == "-" else due.asc(nulls_last=True)
        return [by_day, "received_on", "pk"]

    @cached_property
    def calendar(self):
        return Calendar.load()

    def noted(self, row):
        """Note on a row which of its limits is the next."""
        row.next_limit = next_limit(row.running, self.calendar, self.today)
        return row


class QueueView(ByDaysLeft, IndexView):
    """The queue of the handlers; the calendar is loaded once."""

    def line(self, row):
        return super().line(self.noted(row))


class QueueExport(ByDaysLeft, ExportView):
    """The queue as a file."""

    def get_queryset(self):
        return Noted(super().get_queryset(), self.noted)


class Noted:
    """Rows that are noted on as they are read."""

    def __init__(self, rows, note):
        self.rows, self.note = rows, note

    def count(self):
        return self.rows.count()

    def iterator(self, chunk_size):
        return map(self.note, self.rows.iterator(chunk_size=chunk_size))


class CaseView(InspectView):
    """The page of a complaint: its sealed parts only for those it was given to."""

    @cached_property
    def reads(self):
        return may_read(self.record, self.request.user)

    @cached_property
    def handles(self):
        return self.reads and self.record.handler_id == self.request.user.pk

    def may(self, action):
        return self.desk.gives(action, self) and super().may(action)


class EvidenceView(RecordPage):
    """Hands out a piece of evidence to those the case was given to, never to be shown in place."""

    action = "read"

    def get(self, request, *args, **kwargs):
        rows = Evidence.objects.filter(complaint=self.record)
        piece = get_object_or_404(rows, pk=kwargs["evidence"])
        answer = HttpResponse(
            vault.content_of(piece), content_type=documents.CONTENT_TYPES[piece.suffix]
        )
        # Under a name that tells nothing: what the complainant called the file stays in the case.
        name = f"{self.record.number}-{piece.pk}{piece.suffix}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


class IdentityPage(RecordPage):
    """Who complained, to the one who opened the view, until it is over."""

    action = "unmask"
    template_name = "complaints/desk/identity.html"

    def get_page_title(self):
        return _("Who complained")

    def get(self, request, *args, **kwargs):
        own = IdentityView.objects.filter(complaint=self.record, user=request.user)
        view = get_object_or_404(own.select_related("complaint"), pk=kwargs["view"])
        try:
            shown = identity_shown(view, by=request.user, now=timezone.now())
        except Refused as refusal:
            context = self.get_context_data(refusals=refusal.messages)
            return self.render_to_response(context, status=GONE)
        return self.render_to_response(self.get_context_data(view=view, identity=shown))
