"""The questions asked of public notices and the objections to them."""

from django.db.models import Case, CharField, F, Q, Value, When

from office.queries import ScopedQuerySet


class NoticeQuerySet(ScopedQuerySet):
    def of_organizations(self, pks):
        return Q(subject_type="registry.organization", subject_id__in=[str(pk) for pk in pks])

    def about(self, row):
        """Notices about one record."""
        return self.filter(subject_type=row._meta.label_lower, subject_id=str(row.pk))

    def public(self):
        """Notices that were published; of a withdrawn one a stub stays."""
        return self.filter(state__in=["published", "withdrawn"])

    def running(self, today):
        """Published notices to which one may object today."""
        return self.filter(state="published", starts_on__lte=today, ends_on__gte=today)

    def past(self, today):
        """Notices whose term is over, and withdrawn ones."""
        return self.filter(Q(state="withdrawn") | Q(state="published", ends_on__lt=today))

    def with_standing(self, today):
        """Say of each notice, as ``standing``, its state; of a published one "over" in time."""
        over = When(state="published", ends_on__lt=today, then=Value("over"))
        return self.annotate(standing=Case(over, default=F("state"), output_field=CharField()))


class ObjectionQuerySet(ScopedQuerySet):
    division_lookup = "notice__division_id"
