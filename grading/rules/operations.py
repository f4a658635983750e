"""The operations of vectors: each asks a rule set one thing and gets one plain answer.

The table of them is in ``docs/grading-rules.md``; ``manage.py check_scheme`` runs them from a file.
"""

from django.utils.translation import gettext as _

from grading.rules import (
    committees,
    completeness,
    cuts,
    exams,
    levels,
    paths,
    selection,
    sheets,
    windows,
)
from grading.rules.authority import authority
from grading.rules.blockers import blockers
from grading.rules.downgrades import consecutive
from grading.rules.facts import Facts
from grading.rules.judging import grade, population
from grading.rules.predicates import PASS, PENDING, Judge
from grading.rules.review_operations import REVIEW_OPERATIONS
from grading.rules.scheme import SchemeFault


def answer(scheme, vector):
    """Return what a rule set answers to a vector.

    :raises SchemeFault: if there is no such operation, or the rule cannot be read for it.
    """
    operation = OPERATIONS.get(vector.get("op"))
    if operation is None:
        raise SchemeFault([("op", _("There is no operation “%s”.") % vector.get("op"))])
    tried = scheme.tried_with(readings=vector.get("readings"), params=vector.get("test_params"))
    return operation(tried, vector)


def _grade(scheme, vector):
    return grade(scheme, vector["level"], Facts(vector["facts"])).result


def _authority(scheme, vector):
    return authority(scheme, vector["level"], vector.get("org"), vector.get("field"))


def _path(scheme, vector):
    return paths.path(
        scheme, vector.get("current"), vector["apply"], vector.get("years_in_level"),
        vector.get("skip"),
    )  # fmt: skip


def _outcome(scheme, vector):
    granted, scale = vector.get("granted"), vector.get("scale")
    return levels.outcome(scheme, vector["took_part"], granted, scale)


def _exam_duty(scheme, vector):
    facts = {"age": vector.get("age"), **vector.get("facts", {})}

    def judge(condition, known):
        result = Judge(scheme, Facts({**facts, **known})).judge(condition).result
        return None if result == PENDING else result == PASS

    return exams.duty(scheme, vector.get("age"), judge)


OPERATIONS = {
    "grade": _grade,
    "population": lambda scheme, vector: population(scheme, Facts(vector["facts"])),
    "window": lambda scheme, vector: windows.window(scheme, vector["level"], vector["at_date"]),
    "order": lambda scheme, vector: levels.order(
        scheme, vector["a"], vector["b"], vector.get("scale")
    ),
    "activate": lambda scheme, _vector: "refused" if blockers(scheme) else "allowed",
    "committee": lambda scheme, _vector: committees.committee(scheme),
    "committee_seats": lambda scheme, vector: committees.seats_valid(scheme, vector["seated"]),
    "authority": _authority,
    "path": _path,
    "outcome": _outcome,
    "quota": lambda scheme, vector: selection.quota(
        scheme, vector["level"], vector["ranked"], vector.get("scale")
    ),
    "topn": lambda scheme, vector: cuts.topn(scheme, vector["stage"], vector["scores"]),
    **REVIEW_OPERATIONS,
    "sheet": lambda scheme, vector: sheets.sheet(scheme, vector["events"]),
    "exam_duty": _exam_duty,
    "parts": lambda scheme, vector: exams.parts(scheme, vector["results"], vector["at_date"]),
    "consecutive": lambda scheme, vector: consecutive(
        scheme, vector["series"], vector.get("good_reason", False)
    ),
    "complete": lambda scheme, vector: completeness.complete(scheme, vector["have"]),
}
