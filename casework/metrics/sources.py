"""Where figures are counted from: rows, and under which path of theirs each thing is found."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.models import CaseRecord, CaseShare
from casework.queries import COUNTING


@dataclass(frozen=True, kw_only=True)
class Source:
    """Rows of which each counts as one thing.

    ``rows`` returns those that count; ``paths`` leads from a row to what figures are told by and
    narrowed to; ``prefix`` leads to the fields that tallies name. ``people`` has a row for each
    person of each thing, where the path to the person would find several.
    """

    name: str
    label: str
    rows: Callable
    paths: Mapping
    prefix: str = ""
    people: "Source | None" = None

    def told_by(self, what):
        """Return the path to something; a source that cannot tell it is no source of it.

        :raises LookupError: when rows of this kind do not tell it.
        """
        if what not in self.paths:
            raise LookupError(f"{self.name} cannot be told by {what}")
        return self.paths[what]


def paths_of_case(case="", shares="shares__"):
    """Return the paths of a row that leads to a case by ``case``, to its parts by ``shares``."""
    return {
        "case": f"{case}pk",
        "day": f"{case}accepted_on",
        "organization": f"{case}organization_id",
        "kind": f"{case}organization__kind",
        "division": f"{case}division_id",
        "dispute_type": f"{case}dispute_type_id",
        "difficulty": f"{case}difficulty_id",
        "dispute_type_code": f"{case}dispute_type__code",
        "difficulty_code": f"{case}difficulty__code",
        "source": f"{case}source",
        "state": f"{case}state",
        "agreement": f"{case}agreement",
        "mediator": f"{shares}mediator_id",
        "role": f"{shares}role",
    }


def _cases():
    return CaseRecord.objects.counting().filter(same_as=None)


def _parts():
    return CaseShare.objects.filter(case__state__in=COUNTING, case__same_as=None)


# Neither drafts nor what was struck out; entries of one dispute count once, by the first of them.
CASES = Source(
    name="cases",
    label=_("case ledger"),
    rows=_cases,
    paths=paths_of_case(),
    people=Source(
        name="cases",
        label=_("case ledger"),
        rows=_parts,
        paths=paths_of_case("case__", "") | {"case": "case_id"},
        prefix="case__",
    ),
)
SOURCES = {CASES.name: CASES}


def add_source(source):
    """Add rows that figures are counted from; another noun's app calls it when it is ready."""
    SOURCES[source.name] = source
