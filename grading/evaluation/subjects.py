"""Who or what a rule judges: mediators or organisations, and what is known of each."""

from dataclasses import dataclass, field

from django.apps import apps

from grading.evaluation.bodies import BODY, BODY_FIGURES, BODY_FLAGS, BODY_SERIES
from grading.evaluation.catalogue import FIGURES, FLAGS
from grading.evaluation.series import HAPPENING, PERSON, SERIES


@dataclass(frozen=True)
class Subject:
    """A kind of row that is judged.

    ``columns`` are its own fields by their kinds, ``series`` the rows it is judged by, ``figures``
    and ``flags`` what the catalogue makes of them. ``standing`` returns everybody there is.
    """

    model: str
    columns: dict = field(repr=False, hash=False)
    series: dict = field(repr=False, hash=False)
    figures: dict = field(repr=False, hash=False)
    flags: dict = field(repr=False, hash=False)

    @property
    def rows(self):
        return apps.get_model(self.model).objects

    def happening(self, flag):
        """Return what a flag counts if it says that something happened, None if it says a state."""
        spec = self.flags[flag][1].get("exists") if flag in self.flags else None
        if spec is None:
            return None
        spec = spec if isinstance(spec, dict) else {"of": spec}
        return spec if spec["of"] in HAPPENING else None

    def everybody(self):
        """Return all that were not merged away."""
        return self.rows.filter(merged_into=None)


MEDIATORS = Subject("registry.Mediator", PERSON, SERIES, FIGURES, FLAGS)
ORGANISATIONS = Subject("registry.Organization", BODY, BODY_SERIES, BODY_FIGURES, BODY_FLAGS)


def subject_of(scheme):
    """Return what a rule set judges; titles are won by people."""
    return ORGANISATIONS if scheme.document.get("subject") == "committee" else MEDIATORS
