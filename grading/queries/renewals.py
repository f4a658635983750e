"""Which reappointments there are for whom."""

from django.apps import apps
from django.db.models import Q

from complaints.flows import ENDED, ComplaintState
from complaints.queries.facts import is_over, with_asking
from grading.flows.renewal import RUNNING
from office.queries import ScopedQuerySet
from registry.rules import enclosing


class RenewalQuerySet(ScopedQuerySet):
    """Reappointments lie where the organisation of the post lies."""

    division_lookup = "appointment__organization__division_id"

    def of_organizations(self, pks):
        return Q(appointment__organization__in=pks)

    def within(self, user, permission=None):
        """Rows inside the user's posts, without the user's own."""
        return super().within(user, permission).exclude(appointment__mediator__user_id=user.pk)

    def running(self):
        """Those on which something is still to be done."""
        return self.filter(state__in=RUNNING)

    def told(self):
        """Those of which the person was told, also once they are carried out."""
        return self.filter(told_on__isnull=False)

    def with_all(self):
        """With what a page of a reappointment shows."""
        return self.select_related(
            "appointment__organization__division",
            "appointment__mediator__division",
            "version__scheme",
            "version__parent__scheme",
            "new_appointment",
        )


def complained_of(people, today):
    """Return those of the people (keys of mediators) about whom a complaint is not ended."""
    rows = apps.get_model("complaints.Complaint").objects.filter(mediator__in=people)
    over = Q(state__in=[*ENDED, ComplaintState.FINAL]) | is_over(today)
    return set(with_asking(rows).exclude(over).order_by().values_list("mediator_id", flat=True))


def review_rules(today):
    """Return the versions of review rules in force, by division: the one found first of each."""
    rows = apps.get_model("grading.SchemeVersion").objects.in_force(today).with_scheme()
    rows = rows.filter(scheme__purpose="review", scheme__division__isnull=False)
    found = {}
    for row in rows.order_by("scheme__code", "pk"):
        found.setdefault(row.scheme.division_id, row)
    return found


def ruling_for(rules, division_id):
    """Return the version of ``review_rules`` of the nearest division, None if there is none."""
    nearest = [rules[place] for place in sorted(enclosing(division_id)) if place in rules]
    return nearest[-1] if nearest else None
