"""Figures of course progress, counted by the database for a whole list at once."""

from django.db.models import BigIntegerField, Case, F, OuterRef, Value, When

from registry.queries import DivisionQuerySet
from registry.rules import NUMBER_DIGITS
from training.queries.courses import number_of

CODE_DIGITS = {"province": 2, "city": 4, "county": 6, "township": 9, "village": 12}


class StudyDivisionQuerySet(DivisionQuerySet):
    def counting(self, studies):
        """With how many of these studies were begun, worked on and completed in each division."""
        spans = [
            When(level=level, then=Value(10 ** (NUMBER_DIGITS - digits)))
            for level, digits in CODE_DIGITS.items()
        ]
        high = F("id") + Case(*spans, output_field=BigIntegerField())
        own = studies.filter(
            mediator__division_id__gte=OuterRef("id"), mediator__division_id__lt=OuterRef("high")
        )
        return self.annotate(high=high).annotate(
            enrolled=number_of(own),
            started=number_of(own.filter(started_on__isnull=False)),
            completed_count=number_of(own.filter(completion__isnull=False)),
        )
