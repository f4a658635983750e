"""The questions asked of textbooks and lecturers."""

from django.db.models import Q

from office.queries import ScopedQuerySet


class TextbookQuerySet(ScopedQuerySet):
    def in_use(self):
        return self.filter(withdrawn_on=None)


class LecturerQuerySet(ScopedQuerySet):
    def serving(self, on):
        """Lecturers in the pool on a day."""
        return self.filter(from_on__lte=on).filter(Q(until_on=None) | Q(until_on__gt=on))
