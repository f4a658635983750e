"""The evidence of terms that end, for many posts at once: a query for each kind of fact."""

from collections import defaultdict
from decimal import Decimal

from django.apps import apps
from django.db.models import Q

from complaints.queries.facts import final, founded
from grading.evaluation.people import CATALOGUE, facts_of
from grading.evaluation.series import HAPPENING
from grading.evaluation.subjects import MEDIATORS
from grading.flows.review import SheetState
from grading.rules.evidence import stored
from grading.rules.facts import Facts
from grading.rules.measures import Measuring
from grading.rules.renewal_pack import bands_by_year
from grading.rules.review_cycles import year_called


def packs_of(cases, as_of, schemes=None):
    """Return {case: its evidence as of a day}, as plain data.

    :param cases: rows with post, mediator and organisation.
    :param schemes: ``{case: the rule of the review that is in force there}``: it says which years
        a term has.
    """
    cases = list(cases)
    people = {case.appointment.mediator_id for case in cases}
    rows = {name: by_person(read(people, as_of)) for name, read in KINDS.items()}
    facts = facts_of(people, as_of)
    schemes = schemes or {}
    return {
        case.pk: _pack(case, rows, facts[case.appointment.mediator_id], as_of, schemes.get(case.pk))
        for case in cases
    }


def reviews_within(people, terms_from, terms_until):
    """Return the reviews of people whose period ends in ``(from, until]``, by person, as data.

    Each period ends in one term only, so no review speaks for two terms.
    """
    rows = _sheets(people).filter(cycle__until_on__gt=terms_from, cycle__until_on__lte=terms_until)
    return by_person(map(_review, _values(rows)))


def by_person(rows):
    """Return {person: rows without the person}."""
    found = defaultdict(list)
    for row in rows:
        found[row.pop("who")].append(row)
    return found


def _pack(case, rows, facts, as_of, scheme):
    post = case.appointment
    first, last = post.from_on.isoformat(), case.term_until_on.isoformat()
    of_person = {name: found[post.mediator_id] for name, found in rows.items()}
    within = {name: _in_term(of_person[name], first, last) for name in DATED}
    reviews = [one for one in of_person["reviews"] if first < one["until"] <= last]
    return {
        "as_of": as_of.isoformat(),
        "term": {"from": first, "until": last},
        "post": {
            "organization": post.organization.name,
            "post": post.post,
            "employment": post.employment,
            "route": post.route,
            "unit": post.unit,
        },
        "reviews": reviews,
        "years": bands_by_year(post.from_on, case.term_until_on, as_of, reviews, scheme),
        "levels": [one for one in of_person["levels"] if _overlaps(one, first, last)],
        "hours": _by_year(within.pop("hours")),
        "certificates": of_person["certificates"],
        "facts": stored(facts_within(facts, post.from_on)),
        **within,
    }


def _in_term(rows, first, last):
    return [one for one in rows if first <= one["on"] < last]


def _overlaps(row, first, last):
    return row["from"] < last and (row["until"] is None or row["until"] > first)


def _by_year(entries):
    totals = defaultdict(Decimal)
    for one in entries:
        totals[one["on"][:4]] += one["hours"]
    return [{"year": year, "hours": str(totals[year])} for year in sorted(totals)]


def _model(name):
    return apps.get_model(name).objects


def _day(day):
    return day and day.isoformat()


def _sheets(people):
    return _model("grading.ReviewSheet").standing().filter(mediator__in=people)


def _values(sheets):
    columns = (
        "mediator_id", "pk", "state", "band", "score", "cycle_id", "cycle__title", "cycle__length",
        "cycle__from_on", "cycle__until_on",
    )  # fmt: skip
    return sheets.order_by("cycle__from_on", "pk").values(*columns)


def _review(row):
    is_graded = row["state"] == SheetState.DECIDED
    return {
        "who": row["mediator_id"],
        "sheet": row["pk"],
        "period": row["cycle__title"],
        # Of who was not graded the word the rule has for it, if it has one.
        "band": row["band"],
        "score": str(row["score"]) if is_graded and row["score"] is not None else None,
        "length": row["cycle__length"],
        "from": _day(row["cycle__from_on"]),
        "until": _day(row["cycle__until_on"]),
    }


def _reviews(people, as_of):
    rows = list(_values(_sheets(people)))
    called = _years_called({row["cycle_id"] for row in rows})
    return [{**_review(row), "year": called[row["cycle_id"]]} for row in rows]


def _years_called(keys):
    """Return {review: the year it is counted to, as its own rule calls it}."""
    cycles = _model("grading.ReviewCycle").filter(pk__in=keys)
    rows = cycles.select_related("version__parent__parent")
    return {row.pk: str(year_called(row.rules, row.from_on)) for row in rows}


def _levels(people, as_of):
    rows = _model("registry.LevelHolding").filter(mediator__in=people, from_on__lte=as_of)
    for row in rows.select_related("level").order_by("from_on", "pk"):
        yield {
            "who": row.mediator_id,
            "level": row.level.label,
            "from": _day(row.from_on),
            "until": _day(row.until_on),
        }


def _hours(people, as_of):
    rows = _model("training.HourEntry").standing().filter(mediator__in=people, done_on__lte=as_of)
    for who, day, hours in rows.order_by("done_on").values_list("mediator_id", "done_on", "hours"):
        yield {"who": who, "on": _day(day), "hours": hours}


def _certificates(people, as_of):
    rows = _model("training.Certificate").valid(as_of).filter(mediator__in=people)
    columns = ("mediator_id", "number", "kind__name", "issued_on", "valid_until_on")
    for who, number, kind, issued, until in rows.order_by("issued_on", "pk").values_list(*columns):
        yield {
            "who": who, "number": number, "kind": kind, "on": _day(issued), "until": _day(until),
        }  # fmt: skip


def _complaints(people, as_of):
    """Complaints found right for good; what is open is no fact and is told to nobody here."""
    rows = _model("complaints.Complaint").filter(mediator__in=people)
    rows = founded(final(rows, as_of)).filter(decisions__stands=True)
    columns = ("mediator_id", "decisions__decided_on", "decisions__result")
    for who, day, result in rows.order_by("decisions__decided_on", "pk").values_list(*columns):
        yield {"who": who, "on": _day(day), "result": result}


def _discipline(people, as_of):
    rows = _model("registry.Discipline").filter(
        appointment__mediator__in=people, decided_on__lte=as_of
    )
    columns = ("appointment__mediator_id", "decided_on", "kind", "ground")
    for who, day, kind, ground in rows.order_by("decided_on", "pk").values_list(*columns):
        yield {"who": who, "on": _day(day), "kind": kind, "ground": ground}


def _awards(people, as_of):
    rows = _model("registry.Award").filter(
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=as_of),
        mediator__in=people,
        awarded_on__lte=as_of,
    )
    columns = ("mediator_id", "awarded_on", "title", "level")
    for who, day, title, level in rows.order_by("awarded_on", "pk").values_list(*columns):
        yield {"who": who, "on": _day(day), "title": title, "level": level}


def facts_within(facts, from_on):
    """Return figures and flags of the catalogue, counted over what happened since a day."""
    rows = {name: facts.values[name] for name in MEDIATORS.series}
    for name in HAPPENING:
        rows[name] = [row for row in rows[name] if row["on"] >= from_on]
    measuring = Measuring(CATALOGUE, Facts({"as_of": facts.as_of, **rows}))
    found = {name: measuring.of(calc).value for name, (_label, calc) in MEDIATORS.figures.items()}
    flags = {name: measuring.of(calc).value for name, (_label, calc) in MEDIATORS.flags.items()}
    return Facts({**found, "flags": flags})


KINDS = {
    "reviews": _reviews,
    "levels": _levels,
    "hours": _hours,
    "certificates": _certificates,
    "complaints": _complaints,
    "discipline": _discipline,
    "awards": _awards,
}
# Those of which only what fell into the term counts.
DATED = ("hours", "complaints", "discipline", "awards")
