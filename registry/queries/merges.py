from office.queries import ScopedQuerySet


class MergeQuerySet(ScopedQuerySet):
    def in_effect(self):
        return self.filter(undone_on=None)
