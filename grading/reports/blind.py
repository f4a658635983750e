"""An application as a member reads it: what was done, not who did it."""

from grading.notices.clauses import lines_of
from grading.rules.references import reference
from grading.rules.terms import label_of
from office.documents import documents_of

HIDDEN = "〇〇"


def shown_of(application):
    """Return what a member sees of an application: no name of a person or an organisation."""
    return {
        "reference": reference(application.grading_round_id, application.pk),
        "level": application.round_level.label,
        "lines": _lines(application),
        "statement": without_names(application),
        "papers": sorted({str(label_of(paper.kind)) for paper in documents_of(application)}),
    }


def without_names(application):
    """Return the applicant's own words, with the names of person and organisation covered."""
    words = application.statement
    for name in (application.organization.name, application.applicant_name):
        words = words.replace(name, HIDDEN) if name else words
    return words


def _lines(application):
    if not application.evidence:
        return []
    return lines_of(application.rules, application.judgment())
