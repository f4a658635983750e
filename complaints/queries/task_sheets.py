"""Which task sheets a handler works on, and which a unit has received."""

from django.apps import apps
from django.db.models import DateField, OuterRef, Q, Subquery

from complaints.flows.task_sheet import GONE_OUT, WITH_THE_UNIT, SheetState
from complaints.queries.complaints import OfComplaintQuerySet
from complaints.queries.recusal import about_near, about_self, declared
from office.queries import ScopedQuerySet
from office.scopes import grants_of


class SheetsWithLimits(ScopedQuerySet):
    """Sheets with the last days of the limits that run for them."""

    division_lookup = "complaint__division_id"

    def with_limits(self):
        """Say until when the unit may object and when its findings are due."""
        return self.annotate(
            object_until_on=self._due("object_days"), findings_due_on=self._due("findings_days")
        )

    def overdue(self, today):
        """Sheets whose findings should have come in before today."""
        late = self.with_limits().filter(findings_due_on__lt=today)
        return late.filter(state__in=WITH_THE_UNIT)

    def gone_out(self):
        """Sheets that were sent, whatever came of them."""
        return self.filter(state__in=GONE_OUT)

    def about(self, user):
        """Sheets that went out about the person to whom an account belongs."""
        return self.gone_out().filter(about_self(user, "complaint__"))

    def _due(self, key):
        clocks = apps.get_model("complaints.ComplaintClock").objects.filter(
            complaint=OuterRef("complaint"), task=OuterRef("pk"), key=key, stopped_on=None
        )
        return Subquery(clocks.values("due_on")[:1], output_field=DateField())


class TaskSheetQuerySet(SheetsWithLimits, OfComplaintQuerySet):
    """A handler's sheets: those of complaints given to the officer to read."""

    def within(self, user, permission=None):
        """Rows inside the posts, of complaints the officer may read and has no part in."""
        complaints = apps.get_model("complaints.Complaint").objects
        readable = complaints.readable_by(user).without_recused(user)
        return super().within(user, permission).filter(complaint__in=readable)


class ReceivedSheetQuerySet(SheetsWithLimits):
    """A unit's sheets: those addressed to it, and to nobody below or beside it."""

    def within(self, user, permission=None):
        """Sheets sent to the very units in which the user serves, without those about the user."""
        return self.gone_out().sent_to(user, permission)

    def taken_back_from(self, user, permission, *, since):
        """Sheets taken back since a day; they cannot be opened there, and only told by number."""
        rows = self.filter(state=SheetState.RECALLED, recalled_on__gte=since)
        return rows.sent_to(user, permission).order_by("-recalled_on", "-pk")

    def sent_to(self, user, permission):
        """Sheets addressed to the very units in which the user serves, whatever their state."""
        grants = grants_of(user, permission)
        addressed = Q(organization__in=[one.organization for one in grants if one.organization])
        addressed |= Q(division__in=[one.low for one in grants if one.low is not None])
        return self.filter(addressed).without_recused(user)

    def without_recused(self, user):
        """Leave out what is about the user or somebody near, and what the user stood back from.

        A sheet to one's own organisation concerns it: it is sent there to be looked into there.
        """
        rows = self.exclude(declared(user, "complaint_id")).exclude(about_self(user, "complaint__"))
        return rows.exclude(about_near(user, "complaint__") & Q(organization__isnull=True))


class SupervisedSheetQuerySet(ReceivedSheetQuerySet):
    """The sheets of others that a higher body was asked to press for."""

    def sent_to(self, user, permission):
        """Sheets supervised by the very office in which the user serves, whatever their state."""
        lows = [one.low for one in grants_of(user, permission) if one.low is not None]
        return self.filter(supervisor__in=lows).without_recused(user)
