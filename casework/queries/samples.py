"""The questions asked of samples of cases."""

from office.queries import ScopedQuerySet


class SampleQuerySet(ScopedQuerySet):
    """Samples belong to the bureau of a division; to a clerk they say who will be visited."""


class SampledCaseQuerySet(ScopedQuerySet):
    division_lookup = "case__division_id"
