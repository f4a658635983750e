"""What vectors may ask of a rule of the annual review, each with one plain answer."""

from grading.rules import (
    review_consequences,
    review_cycles,
    review_notice,
    review_renewal,
    review_service,
    review_steps,
    review_top,
    review_vetoes,
    reviews,
)
from grading.rules.cutting import DECIDED
from grading.rules.facts import Facts
from grading.rules.rounding import exactly
from grading.rules.unknown import UNK

NONE, UNKNOWN = "none", "UNK"


def _review(scheme, vector):
    found = {name: reviews.Found(*_listed(one)) for name, one in vector["found"].items()}
    vetoes = tuple(vector.get("vetoes", ()))
    if "facts" in vector:
        answers = review_vetoes.answered(scheme, Facts(vector["facts"]))
        vetoes += review_vetoes.effects_of(answers)
    share = exactly(vector.get("share", 1))
    made = reviews.reviewed(scheme, found, vetoes=vetoes, share=share)
    return made.state if made.score is None else [made.score, made.band]


def _listed(one):
    """A figure alone, or with its numerator and denominator."""
    return one if isinstance(one, list) else [one]


def _top(scheme, vector):
    """Rows of somebody, a score, a group and a band that a veto left; or null for no score."""
    people = [review_top.Standing(*row) for row in vector["people"]]
    made = review_top.placed(
        scheme, people, seed=vector.get("seed"), senior=vector.get("senior", ())
    )
    if made.state != DECIDED:
        return made.state
    return [[one.key, made.bands[one.key] or NONE] for one in people]


def _vetoes(scheme, vector):
    answers = review_vetoes.answered(scheme, Facts(vector["facts"]))
    return [[one.veto.id, one.verdict.result] for one in answers]


def _service(scheme, vector):
    spans = [tuple(span) for span in vector["service"]]
    made = review_service.service_in(scheme, spans, *vector["period"])
    return [made.label or made.state, str(made.share)]


def _periods(scheme, vector):
    return [[str(one.start), str(one.end)] for one in review_cycles.periods(scheme, vector["year"])]


def _year(scheme, vector):
    made = review_cycles.rolled_up(scheme, vector["scores"], serving=vector.get("serving"))
    return made.state if made.score is None else [made.score, made.band]


def _points(scheme, vector):
    made = review_steps.combined(scheme, vector["indicator"], vector["points"])
    return NONE if made.points is None else str(made.points)


def _notice(scheme, vector):
    reader = {"notice": review_notice.notice_of, "objection": review_notice.objection_of}
    term = reader[vector.get("of", "notice")](scheme)
    if term is UNK or term is None:
        return NONE if term is None else UNKNOWN
    return [str(term.days), str(term.day_kind)]


def _consequences(scheme, vector):
    return _kinds(review_consequences.consequences_for(scheme, vector["band"]))


def _consecutive(scheme, vector):
    run = review_consequences.run_of(scheme, vector["past"], excused=vector.get("excused", ()))
    if run is None or run is UNK:
        return NONE if run is None else UNKNOWN
    return _kinds(run.consequences)


def _kinds(found):
    return UNKNOWN if found is UNK else [one.kind for one in found]


def _renewal(scheme, vector):
    facts = review_renewal.renewal_facts(
        scheme, vector["as_of"], vector["past"], **vector.get("facts", {})
    )
    return review_renewal.recommended(scheme, facts).result


REVIEW_OPERATIONS = {
    "review": _review,
    "review_top": _top,
    "review_vetoes": _vetoes,
    "review_service": _service,
    "review_periods": _periods,
    "review_year": _year,
    "review_points": _points,
    "review_notice": _notice,
    "review_consequences": _consequences,
    "review_consecutive": _consecutive,
    "review_renewal": _renewal,
}
