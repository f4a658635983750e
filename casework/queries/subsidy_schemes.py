"""Which subsidy scheme holds where and when."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from casework.flows.subsidy_scheme import RULING, SchemeState
from casework.queries.subsidy_facts import facts_of, holds
from casework.rules.pricing import price
from casework.rules.schemes import CaseFacts, Offer
from office.queries import ScopedQuerySet
from office.scopes import grants_of
from registry.queries import in_force
from registry.rules import enclosing

READING = {"casework.view_subsidyscheme", "casework.copy_subsidyscheme"}
PARTS = ["tiers__amounts", "factors", "funding", "allowances"]


@dataclass(frozen=True)
class Priced:
    """A case's scheme, the facts it was priced by, and what it is offered."""

    scheme: object
    facts: CaseFacts | None
    offer: Offer


class SubsidySchemeQuerySet(ScopedQuerySet):
    """Schemes of a division; templates lie nowhere."""

    def within(self, user, permission=None):
        """Rows inside the user's posts; to read, also templates and what rules from above."""
        own = super().within(user, permission)
        if permission not in READING or (user.is_superuser and user.is_active):
            return own
        grants = grants_of(user, permission)
        if not grants:
            return own
        above = self._above(grants)
        seen = Q(state=SchemeState.TEMPLATE) | Q(division__in=above, state__in=RULING)
        return own | self.filter(seen)

    def _above(self, grants):
        """The numbers of all divisions in which the places of the grants lie."""
        places = {grant.low for grant in grants if grant.low is not None}
        bodies = [grant.organization for grant in grants if grant.organization is not None]
        if bodies:
            divisions = self.model._meta.get_field("division").related_model.objects
            places |= set(divisions.filter(organizations__in=bodies).values_list("pk", flat=True))
        return {number for place in places for number in enclosing(place)}

    def templates(self):
        return self.filter(state=SchemeState.TEMPLATE)

    def in_force(self, on):
        """Schemes that answer for cases of a day, ended ones included."""
        return self.filter(in_force(on), state__in=RULING)

    def ruling(self, division_id, on):
        """Return the scheme of the nearest division that has one in force on a day, or None."""
        found = self.in_force(on).filter(division__in=enclosing(division_id))
        return found.order_by("-division", "-from_on").first()

    def whole(self):
        """With everything the price of a case depends on."""
        return self.prefetch_related(*PARTS)

    def of_cases(self, cases):
        """Return the scheme that rules each case on its day, by the case's number; None if none.

        The nearest division goes first, there the scheme that began last.
        """
        places = {number for case in cases for number in enclosing(case.division_id)}
        rows = self.filter(division__in=places, state__in=RULING)
        schemes = list(rows.whole().order_by("-division", "-from_on"))
        return {case.pk: next((s for s in schemes if _rules(s, case)), None) for case in cases}

    def priced(self, cases):
        """Return the ``Priced`` of each case, by its number, in a fixed number of queries."""
        cases = list(cases)
        schemes = self.of_cases(cases)
        ruled = [case for case in cases if schemes[case.pk]]
        days = {case.pk: getattr(case, schemes[case.pk].dated_by) for case in ruled}
        facts = facts_of(ruled, days)
        terms = {scheme.pk: scheme.terms() for scheme in schemes.values() if scheme}
        return {case.pk: _priced(schemes[case.pk], facts.get(case.pk), terms) for case in cases}


def _rules(scheme, case):
    day = getattr(case, scheme.dated_by)
    return (
        scheme.division_id in enclosing(case.division_id) and day is not None and holds(scheme, day)
    )


def _priced(scheme, facts, terms):
    if scheme is None:
        nothing = _("No subsidy scheme is in force for the day of this case.")
        return Priced(None, None, Offer(exclusions=(nothing,)))
    return Priced(scheme, facts, price(terms[scheme.pk], facts))


class OfSchemeQuerySet(ScopedQuerySet):
    """Parts of one scheme each; they lie where it does."""

    division_lookup = "scheme__division_id"
