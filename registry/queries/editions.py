from office.queries import ScopedQuerySet


class EditionQuerySet(ScopedQuerySet):
    def public(self):
        """Editions that are or were published; of a withdrawn one only that it was."""
        return self.filter(state__in=["published", "withdrawn"])


class ExtractQuerySet(ScopedQuerySet):
    division_lookup = "mediator__division_id"
