"""The questions asked of markers, markings, corrections of keys, remarks and appeals."""

from django.db.models import Count, Q, Sum

from office.queries import ScopedQuerySet
from registry.queries import in_force
from registry.rules import enclosing
from training.queries.exams import OfExamQuerySet


class MarkerQuerySet(OfExamQuerySet):
    def of(self, user):
        """Where somebody was named to mark."""
        return self.filter(user=user)


class MarkingQuerySet(OfExamQuerySet):
    def standing(self):
        """Markings that were not handed back."""
        return self.exclude(state="returned")

    def given(self):
        """Markings with marks, in the order of their rounds."""
        return self.filter(state="marked").order_by("round")

    def waiting(self):
        """Answers that were claimed and not marked yet."""
        return self.filter(state="claimed")


class RekeyQuerySet(OfExamQuerySet):
    def pending(self):
        """Corrections that wait for the second person."""
        return self.filter(state="proposed")

    def ruling(self, exam):
        """Return {version asked: correction} of an exam; the last one put in force rules."""
        rows = self.filter(exam=exam, state="confirmed").select_related("key_version")
        return {row.version_id: row for row in rows.order_by("decided_at", "pk")}


class OfExamAttemptQuerySet(ScopedQuerySet):
    """Rows of an attempt; they lie where its exam does."""

    division_lookup = "attempt__exam__division_id"

    def to_tell(self):
        """What a candidate has to be told and has not said to have read."""
        return self.filter(to_tell=True, acknowledged_at=None)


class AppealQuerySet(OfExamAttemptQuerySet):
    def open(self):
        return self.filter(state="open")


def to_mark(items):
    """The answers that want another marker: the first, the second, or a third after divergence.

    ``taken`` is how many have or had it in hand. An answer with a score wants nobody.
    """
    standing = ~Q(markings__state="returned")
    counted = items.filter(
        score=None, attempt__state="submitted", version__question__kind="essay"
    ).annotate(
        taken=Count("markings", filter=Q(markings__isnull=False) & standing),
        in_hand=Count("markings", filter=Q(markings__state="claimed")),
    )
    return counted.filter(Q(taken__lt=2) | Q(taken=2, in_hand=0))


def in_an_order_of_no_meaning(items):
    """Sort answers so that their order says nothing about whose they are."""
    return items.order_by("-taken", "attempt__seed", "position")


def totals_of(items):
    """Return {attempt: marks in all}, of attempts all of whose questions have a score."""
    rows = items.order_by().values_list("attempt").annotate(
        total=Sum("score"), open=Count("pk", filter=Q(score=None))
    )  # fmt: skip
    return {attempt: total for attempt, total, still in rows if not still}


def trainers_of(posts, division_id, today):
    """The posts of trainers in force in a division (a number) or in one that it lies in."""
    return posts.filter(in_force(today), role="trainer", division__in=enclosing(division_id))
