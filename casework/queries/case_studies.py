"""The questions asked of write-ups of cases, of their adoptions and of what is published."""

from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from casework.flows.case_study import ADOPTED
from casework.rules.library import least_matches, tokens
from casework.rules.personal_marks import Known
from office.queries import ScopedQuerySet
from registry.models import Division

SMALL_PLACES = ["township", "village"]
IN_THE_TITLE = 3


class CaseStudyQuerySet(ScopedQuerySet):
    """Write-ups lie where the author's organisation lay when they were begun."""

    def of_organizations(self, pks):
        return Q(organization__in=pks)

    def of_author(self, mediator):
        """The write-ups a person writes."""
        return self.filter(author=mediator)

    def handed_in(self):
        """Write-ups that left their author's hands at least once; drafts are the author's own."""
        return self.exclude(state="draft")

    def adopted(self):
        """Write-ups the library has taken, whether or not the public sees them."""
        return self.filter(state__in=ADOPTED)

    def adoptions(self):
        """Every adoption of these write-ups at a level; each counts.

        Narrow it: ``during``, ``at_level``, ``credited_to``; count it: ``counted_for``.
        """
        adoptions = self.model._meta.get_field("adoptions").related_model
        return adoptions.objects.filter(study__in=self.order_by().values("pk"))

    def known_of(self, study):
        """Return the ``Known`` a write-up must not name: its case's parties, its small places."""
        people, units = [], []
        if study.case_id:
            cases = study.case.__class__.objects.same_dispute(study.case)
            parties = self.model._meta.get_field("case").related_model._meta.get_field("parties")
            for party in parties.related_model.objects.filter(case__in=cases.values("pk")):
                (units if party.is_unit else people).append(party.name)
        return Known(tuple(people), tuple(units), tuple(self._places(study.division)))

    def _places(self, division):
        """The names of the village and township a division is or lies in."""
        numbers = [division.pk, division.parent_id]
        rows = Division.objects.filter(pk__in=numbers, level__in=SMALL_PLACES)
        return rows.order_by("pk").values_list("name", flat=True)


class AdoptionQuerySet(ScopedQuerySet):
    """Adoptions lie where their write-up does."""

    division_lookup = "study__division_id"

    def of_organizations(self, pks):
        return Q(study__organization__in=pks)

    def during(self, from_on, until_on):
        """Adoptions in the half-open window ``[from_on, until_on)``."""
        return self.filter(adopted_on__gte=from_on, adopted_on__lt=until_on)

    def at_level(self, level):
        """Adoptions at one level."""
        return self.filter(level=level)

    def credited_to(self, mediator):
        """Adoptions of what a person wrote, alone or with others; each once."""
        mine = Q(study__author=mediator) | Q(study__co_authors=mediator)
        return self.filter(pk__in=self.model.objects.filter(mine).values("pk"))

    def counted_for(self, mediators):
        """Say of each of the people, as ``adoptions``, how many of these they have part in."""
        mine = self.filter(
            Q(study__author=OuterRef("pk")) | Q(study__co_authors=OuterRef("pk"))
        ).order_by()
        counted = mine.annotate(one=Value(1)).values("one").annotate(n=Count("pk", distinct=True))
        return mediators.annotate(
            adoptions=Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
        )


class StudyVersionQuerySet(ScopedQuerySet):
    division_lookup = "study__division_id"

    def of_organizations(self, pks):
        return Q(study__organization__in=pks)


class LibraryQuerySet(ScopedQuerySet):
    """What is published; it is there for everybody and in nobody's scope."""

    division_lookup = "study__division_id"

    def of_organizations(self, pks):
        return Q(study__organization__in=pks)

    def found_by(self, text):
        """Entries that hold enough of the words typed, the nearest first.

        The library counts thousands: its text is read through, and no index is kept for it.
        """
        words = tokens(text)
        if not words:
            return self.order_by("-published_on", "-pk")
        hits = sum(_one_if(text__contains=word) for word in words)
        in_title = sum(_one_if(folded_title__contains=word) for word in words)
        return (
            self.annotate(hits=hits, near=hits + in_title * IN_THE_TITLE)
            .filter(hits__gte=least_matches(len(words)))
            .order_by("-near", "-published_on", "-pk")
        )

    def like(self, entry, most):
        """The other entries of the same type or with shared keywords, the nearest first."""
        score = _one_if(dispute_type=entry.dispute_type_id) * 2
        for word in entry.word_list:
            score += _one_if(keywords__contains=f" {word} ")
        near = self.exclude(pk=entry.pk).annotate(near=score).filter(near__gt=0)
        return near.order_by("-near", "-published_on", "-pk")[:most]


def _one_if(**condition):
    return Case(When(**condition, then=Value(1)), default=Value(0), output_field=IntegerField())
