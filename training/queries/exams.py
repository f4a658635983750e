"""The questions asked of papers, exams, candidates and attempts."""

from django.db.models import Count, Exists, OuterRef, Q

from office.queries import ScopedQuerySet

UNRELEASED = ["scheduled", "open", "marking", "asked"]


class PaperQuerySet(ScopedQuerySet):
    """Papers belong to the bureau of a division."""


class ExamQuerySet(ScopedQuerySet):
    """Exams belong to the bureau of a division; no organisation has any."""

    def unreleased(self):
        """Exams whose paper must not change any more and whose results are not out."""
        return self.filter(state__in=UNRELEASED)

    def under_way(self, now):
        """Exams that can be begun at a moment, whether or not anything has run to open them."""
        return self.filter(state__in=["scheduled", "open"], opens_at__lte=now, closes_at__gt=now)


class OfExamQuerySet(ScopedQuerySet):
    """Rows of an exam; they lie where it does."""

    division_lookup = "exam__division_id"


class CandidateQuerySet(OfExamQuerySet):
    def announced(self):
        """Places in exams that those concerned are told of."""
        return self.exclude(exam__state__in=["draft", "archived"])

    def not_begun(self):
        """Places that nobody has begun from, in exams that are announced and not collected."""
        return self.filter(exam__state__in=["scheduled", "open"], attempts=None)

    def newest(self):
        """The exams of one person, the last first."""
        return self.order_by("-exam__opens_at", "-pk")

    def with_taken(self):
        """Say of each place how many attempts there were, as ``taken``."""
        return self.annotate(taken=Count("attempts"))

    def with_attempt(self, now):
        """Say of each place whether an attempt of it runs at the moment, as ``is_sitting``."""
        attempts = self.model._meta.get_field("attempts").related_model.objects
        return self.annotate(
            is_sitting=Exists(attempts.running(now).filter(candidate=OuterRef("pk")))
        )


class AttemptQuerySet(OfExamQuerySet):
    def running(self, now):
        """Attempts that still take answers: begun, not handed in, and time is left."""
        return self.filter(state="in_progress", accepts_until__gte=now)

    def expired(self, now):
        """Attempts whose time is over: handed in as saved, though nothing has noted it yet."""
        return self.filter(state="in_progress", accepts_until__lt=now)

    def unmarked(self):
        """Attempts that bar the release of the results."""
        return self.filter(state__in=["in_progress", "submitted"])

    def counted(self):
        """Attempts that have marks and were not voided."""
        return self.filter(state__in=["marked", "passed", "failed"])

    def passed_of(self, exam):
        """The attempts that passed an exam, once its results are out."""
        return self.filter(exam=exam, state="passed")

    def with_progress(self):
        """Say of each attempt how many of its questions are answered: ``answered`` of ``asked``."""
        items = self.model._meta.get_field("items").related_model
        saves = items._meta.get_field("saves").related_model.objects
        latest = saves.standing().filter(value__isnull=False)
        return self.annotate(
            asked=Count("items", distinct=True),
            answered=Count(
                "items", filter=Exists(latest.filter(item=OuterRef("items__pk"))), distinct=True
            ),
        )


class AnswerSaveQuerySet(ScopedQuerySet):
    """What was saved, in the order in which the server took it."""

    division_lookup = "attempt__exam__division_id"

    def standing(self):
        """The save of each question that holds: the last that was not overtaken on its way."""
        later = self.model.objects.filter(
            item=OuterRef("item"), overtaken=False, sequence__gt=OuterRef("sequence")
        )
        return self.filter(~Exists(later), overtaken=False)

    def newer_than(self, *, item, client, client_sequence, base):
        """Saves of a question beside which a save of this browser arrives too late.

        Of its own saves those it made later, of other browsers' those it did not know of.
        """
        mine = Q(client=client, client_sequence__gt=client_sequence)
        return self.filter(mine | (~Q(client=client) & Q(sequence__gt=base)), item=item)
