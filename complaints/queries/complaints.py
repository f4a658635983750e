"""Which complaints an officer may list, and which of them may be read."""

from django.apps import apps
from django.db.models import Case, CharField, Exists, Min, OuterRef, Q, Subquery, Value, When

from complaints.flows import ENDED, ComplaintState
from complaints.flows.complaint import BEFORE_DECISION
from complaints.queries.recusal import about_near, about_self, declared, posts_in_bodies
from complaints.rules.limits import TIME_OF_OTHERS
from office.queries import ScopedQuerySet

S = ComplaintState
# What the tabs of the desk put together: who has the next move.
GROUPS = {
    "new": [S.RECEIVED],
    "screening": [S.SCREENING, S.AWAITING_MATERIAL],
    "inquiry": [S.ACCEPTED, S.ASSIGNED, S.FINDINGS_IN, S.DECIDED],
    "replied": [S.REPLIED, S.IN_REVIEW, S.REVIEWED, S.IN_RECHECK, S.FINAL],
    "lead": [S.LEAD],
    "ended": ENDED,
}
# Withdrawn with the code, and still to be looked at: a tab of its own.
UNSETTLED = Q(state=S.WITHDRAWN, settled_on=None)


class ComplaintQuerySet(ScopedQuerySet):
    """Complaints lie with the body in charge. Whoever is recused never sees the row."""

    def within(self, user, permission=None):
        """Rows inside the user's posts, without those that have to do with the user."""
        return super().within(user, permission).without_recused(user)

    def without_recused(self, user):
        """Leave out what the user declared to have a part in, is the subject of, or belongs to."""
        return self.exclude(declared(user)).exclude(about_self(user)).exclude(about_near(user))

    def readable_by(self, user):
        """Complaints whose text the user was given to read."""
        grants = apps.get_model("complaints.CaseGrant").objects.filter(
            complaint=OuterRef("pk"), user=user, until_on=None
        )
        return self.filter(Exists(grants))

    def about_the_same(self, complaint):
        """Other complaints about the same person, or about the same organisation as such."""
        others = self.exclude(pk=complaint.pk)
        if complaint.mediator_id:
            return others.filter(mediator=complaint.mediator_id)
        if complaint.organization_id:
            return others.filter(organization=complaint.organization_id, mediator=None)
        return others.none()

    def undecided(self):
        """Complaints that can still take in another about the same."""
        return self.filter(state__in=BEFORE_DECISION)

    def unsettled(self):
        """Withdrawn complaints of which nobody looked yet whether their facts are to go on."""
        return self.filter(UNSETTLED)

    def with_limits(self):
        """Say of each complaint, as ``next_due``, when the first limit on the bureau is over."""
        clocks = apps.get_model("complaints.ComplaintClock").objects.duties()
        clocks = clocks.filter(complaint=OuterRef("pk"), due_on__isnull=False)
        earliest = clocks.order_by().values("complaint").annotate(first=Min("due_on"))
        return self.annotate(next_due=Subquery(earliest.values("first")))

    def with_group(self):
        """Say of each complaint, as ``group``, under which tab of the desk it stands."""
        told = [When(UNSETTLED, then=Value("unsettled"))]
        told += [When(state__in=states, then=Value(name)) for name, states in GROUPS.items()]
        return self.annotate(group=Case(*told, default=Value(""), output_field=CharField()))


class OfComplaintQuerySet(ScopedQuerySet):
    """Rows of one complaint each; they lie where it does, and vanish for whom it vanishes.

    A post in an organisation reaches what ``of_organizations`` names even if the complaint concerns
    that organisation: what is sent there is sent to be looked into there, by somebody who is
    neither complained of nor stood back.
    """

    division_lookup = "complaint__division_id"

    def within(self, user, permission=None):
        """Rows inside the user's posts, without those of complaints the user is recused from."""
        rows = super().within(user, permission).exclude(declared(user, "complaint_id"))
        rows = rows.exclude(about_self(user, "complaint__"))
        near = about_near(user, "complaint__")
        sent_there = posts_in_bodies(user, permission)
        return rows.exclude(near & ~self.of_organizations(sent_there) if sent_there else near)


class ClockQuerySet(OfComplaintQuerySet):
    """Clocks of complaints."""

    def duties(self):
        """Running limits by which the bureau, or a unit it asked, has to have done something."""
        return self.filter(stopped_on=None).exclude(key__in=TIME_OF_OTHERS)
