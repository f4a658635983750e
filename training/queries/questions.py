from django.db.models import Q

from office.queries import ScopedQuerySet


class QuestionQuerySet(ScopedQuerySet):
    """Questions belong to the bureau of a division; no organisation has any."""

    def in_use(self, on):
        """Questions an exam may draw on a day: in use, and the law they rest on in force."""
        version = "current__valid"
        return self.filter(state="in_use", **{f"{version}_from_on__lte": on}).filter(
            Q(**{f"{version}_until_on": None}) | Q(**{f"{version}_until_on__gt": on})
        )

    def flagged(self):
        """Questions with a finding that is not settled."""
        return self.exclude(findings=[])


class QuestionImportQuerySet(ScopedQuerySet):
    """Imports belong to the bureau whose bank they fill."""
