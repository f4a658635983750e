"""Which of the complaints that officers entered an officer may list."""

from functools import reduce
from operator import or_

from django.db.models import Q

from complaints.queries.complaints import ComplaintQuerySet
from office.roles import Role
from office.scopes import grants_of


class EnteredComplaintQuerySet(ComplaintQuerySet):
    """Complaints that came in by an officer: seen where they were entered.

    A handler also sees those the own body is in charge of, wherever they were entered.
    """

    def within(self, user, permission=None):
        if user.is_superuser and user.is_active:
            return self.without_recused(user)
        grants = [one for one in grants_of(user, permission) if one.low is not None]
        if not grants:
            return self.none()
        return self.filter(reduce(or_, map(self._reached, grants))).without_recused(user)

    def _reached(self, grant):
        entered = Q(entry__division__gte=grant.low, entry__division__lt=grant.high)
        in_charge = self.between(grant.low, grant.high)
        return entered | in_charge if grant.role == Role.HANDLER else entered
