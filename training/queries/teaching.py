"""The questions asked of textbooks and lecturers."""

from django.db.models import Q

from office.queries import ScopedQuerySet
from registry.rules import enclosing


class TextbookQuerySet(ScopedQuerySet):
    def in_use(self):
        return self.filter(withdrawn_on=None)

    def read_in(self, division_id):
        """Textbooks of a division (a number) and of those it lies in."""
        return self.in_use().filter(division__in=enclosing(division_id))


class LecturerQuerySet(ScopedQuerySet):
    def serving(self, on):
        """Lecturers in the pool on a day."""
        return self.filter(from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gt=on))
