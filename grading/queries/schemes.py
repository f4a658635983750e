"""Which rule set holds where and when."""

from django.db.models import Max, Q

from grading.flows.scheme import RULING, VersionState
from office.queries import ScopedQuerySet
from office.scopes import grants_of
from registry.rules import enclosing

READING = {
    "grading.view_schemeversion",
    "grading.copy_schemeversion",
    "grading.export_schemeversion",
}


class SchemeQuerySet(ScopedQuerySet):
    """Schemes of a division; those of no division are texts of other places."""

    def named(self, code, division):
        """Schemes of an id that a division may take over from, the nearest first."""
        places = enclosing(division.pk) if division else []
        rows = self.filter(Q(division__in=places) | Q(division=None), code=code)
        return sorted(rows, key=lambda row: row.division_id or -1, reverse=True)


class VersionQuerySet(ScopedQuerySet):
    """Versions lie where their scheme does."""

    division_lookup = "scheme__division_id"

    def within(self, user, permission=None):
        """Rows inside the user's posts; to read, also templates and what rules from above."""
        own = super().within(user, permission)
        if permission not in READING or (user.is_superuser and user.is_active):
            return own
        grants = grants_of(user, permission)
        if not grants:
            return own
        lows = {grant.low for grant in grants if grant.low is not None}
        above = {number for low in lows for number in enclosing(low)}
        seen = Q(state=VersionState.TEMPLATE)
        return own | self.filter(seen | Q(scheme__division__in=above, state__in=RULING))

    def in_force(self, on):
        """Versions that answer for a day, ended ones included."""
        open_or_later = Q(effective_until=None) | Q(effective_until__gt=on)
        return self.filter(open_or_later, state__in=RULING, effective_from__lte=on)

    def ruling(self, scheme, on):
        """Return the version of a scheme that is in force on a day, or None."""
        return self.in_force(on).filter(scheme=scheme).first()

    def ruling_in(self, division_id, on, subject="mediator", purpose="grading"):
        """The versions in force on a day in the nearest division that has any."""
        places = enclosing(division_id)
        rows = self.in_force(on).filter(
            scheme__division__in=places, scheme__subject=subject, scheme__purpose=purpose
        )
        nearest = rows.aggregate(nearest=Max("scheme__division"))["nearest"]
        return rows.filter(scheme__division=nearest).order_by("scheme__code")

    def newest(self, scheme):
        """Return the version of a scheme that was made last and not given up, or None."""
        rows = self.filter(scheme=scheme).exclude(state=VersionState.ABANDONED)
        return rows.order_by("-number").first()

    def with_scheme(self):
        """With all that the text of a version rests on."""
        return self.select_related("scheme__division", "parent__scheme", "parent__parent__scheme")
