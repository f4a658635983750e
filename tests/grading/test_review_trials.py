"""A dry run of a review rule: it finds what the real review would, and keeps nothing of it."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grading.actions import review_sheets, reviews
from grading.actions.review_placing import places_of
from grading.actions.schemes import UNSAID_OF_REVIEW
from grading.evaluation import Everybody, facts_of
from grading.models import ReviewCycle, ReviewFigure, ReviewSheet
from grading.reports import review_trials
from grading.reports.review_trials import ReviewTrial
from grading.rules import review_vetoes
from grading.rules.review_ranges import ends_of
from grading.rules.reviews import Found, reviewed
from grading.rules.scheme import Scheme
from grading.rules.unknown import UNK
from office.models import LedgerEntry
from office.roles import Role
from registry.models import Appointment
from tests import make
from tests.casework import make_cases
from tests.grading import make_cycles, make_people
from tests.grading.test_trials import trial, words
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere

pytestmark = pytest.mark.django_db
PERIOD = ("year", *make_cycles.PERIOD)
ASKED = "year:2025-01-01:2026-01-01"
DRAFT = "draft"
# Whoever has a share of at least so much has the band.
HALF = [{"label": "好", "min": 50}, {"label": "差", "min": 0}]
SHARE = [{"id": "success", "weight": 100, "metric": "success"}]
BY_HAND = [
    {"id": "success", "label": "成功率", "weight": 60, "metric": "success"},
    {"id": "conduct", "label": "作风", "weight": 30, "manual": True},
    {"id": "manner", "label": "态度", "weight": 10, "range": [2, 10]},
]


def version(state=DRAFT, **changes):
    fields = {"effective_from": TODAY} if state == "active" else {}
    given = {"content": make_cycles.rule(**changes), "division": make.division(), **fields}
    return make_cycles.version(state, **given)


def small(state=DRAFT, **changes):
    """A rule of one share and two bands, that asks nothing else."""
    parts = {"indicators": SHARE, "bands": HALF, "top": [], "vetoes": [], "prorate": None,
             "minimum_service": {"months": 1, "label": "不定"}, "consequences": {},
             "consecutive": None, "renewal": None, "steps": [], **changes}  # fmt: skip
    return version(state, **parts)


def tried(of, **fields):
    posts = Appointment.objects.all()
    return ReviewTrial(of, PERIOD, fields.pop("posts", posts), TODAY, **fields)


def person(agreed, accepted, *, body=None, from_on=make_cycles.FROM_ON, until_on=None, **fields):
    """Somebody in post with so many cases of the year."""
    body = body or make.organization()
    made = make_cycles.served(from_on, until_on, body=body, **fields).mediator
    for at in range(accepted):
        state = "succeeded" if at < agreed else "failed"
        make_cases.case(state, body=body, mediators=[made], accepted_on=make_cycles.FROM_ON)
    return made


def counts(found):
    return {row.names[0]: row.counts[0] for row in found.results() if row.counts[0]}


def test_it_finds_for_everybody_what_the_review_itself_finds():
    make_people.people(20, seed=11)
    for agreed, accepted in ((6, 6), (5, 6), (4, 6), (1, 6), (0, 0), (1, 1)):
        person(agreed, accepted)
    leaves = [{"id": "success", "weight": 60, "metric": "success", "least_n": 2},
              {"id": "cases", "weight": 40, "metric": "cases.accepted",
               "linear": {"from": 0, "to": 6}}]  # fmt: skip
    parts = {"indicators": leaves, "missing": {"spread": "all", "least_share": "30%"},
             "prorate": {"by": "months", "what": "targets", "indicators": ["cases"]},
             "top": [{**make_cycles.document()["review"]["top"][0], "band": "好",
                      "at_most": "20%", "per": "whole", "tie": "exclude_all", "tie_break": []}],
             "minimum_service": {"months": 6, "label": "不定等次"}}  # fmt: skip
    rule = small("active", **parts)
    bureau, county = make.user(), make.division(make_cycles.COUNTY)
    days = dict.fromkeys(("self_until", "organization_until", "office_until"), TODAY + 10 * DAY)
    note = {"by": bureau, "today": TODAY, "reason": "R"}
    cycle = reviews.add_cycle(
        division=county, version=rule, title="考核", length="year", from_on=PERIOD[1],
        until_on=PERIOD[2], **days, **note,
    )  # fmt: skip
    before = tried(small(**parts))
    dry = {pk: (one.outcome, one.score) for pk, one in before.people.items()}
    assert not ReviewSheet.objects.exists()
    reviews.open_cycle(cycle.pk, **note)
    ReviewCycle.objects.update(state="bureau")
    ReviewSheet.objects.exclude(state="not_graded").update(state="bureau")
    review_sheets.check_all(cycle.pk, **note)
    rows = list(ReviewSheet.objects.select_related("cycle__version"))
    bands = places_of(ReviewCycle.objects.get(), rows)
    real = {row.mediator_id: (_outcome(row, bands), row.score) for row in rows}
    assert dry == real
    assert {outcome for outcome, _score in real.values()} == {"not_graded", "band:好", "band:差"}
    assert before.lowered().counts > (0,)


def _outcome(row, bands):
    if row.state == "not_graded":
        return "not_graded"
    return f"band:{bands[row.pk]}" if row.result == "done" else row.result


def test_it_counts_bands_those_not_assessed_and_those_who_served_too_short():
    good, bad, none = person(5, 10), person(49, 99), person(0, 0)
    late = person(3, 3, from_on=make_cycles.UNTIL_ON - 5 * DAY)
    found = tried(small())
    assert counts(found) == {"band:好": 1, "band:差": 1, "not_assessed": 1, "not_graded": 1}
    assert [(row.words, row.counts) for row in found.unassessed()] == [("success", (1, 0))]
    shown = {name: [one.pk for one in found.people_with(name)] for name in
             ("band:好", "band:差", "not_graded", "missing:success")}  # fmt: skip
    assert shown == {"band:好": [good.pk], "band:差": [bad.pk], "not_graded": [late.pk],
                     "missing:success": [none.pk]}  # fmt: skip
    assert found.people_with("nonsense") == []


def test_who_rests_on_too_little_is_told_apart_from_who_has_no_figure():
    few = person(4, 4)
    found = tried(small(indicators=[{**SHARE[0], "least_n": 5}]))
    assert [row.counts for row in found.unassessed()] == [(0, 1)]
    assert [one.pk for one in found.people_with("too_few:success")] == [few.pk]


def test_a_score_that_no_band_holds_is_told():
    person(10, 20)
    assert counts(tried(small(bands=[{"label": "好", "min": 60}]))) == {"no_band": 1}


def test_a_veto_holds_only_for_whom_it_says():
    vetoes = [
        {"id": "many", "when": {"cmp": ["cases.accepted", ">=", 3]}, "effect": "zero",
         "clause": "第三条"},
        {"id": "asked", "when": {"attest": "was_warned"}, "effect": {"cap": "差"}},
    ]  # fmt: skip
    vetoed, free = person(3, 3), person(2, 2)
    found = tried(small(vetoes=vetoes[:1]))
    assert [(row.words, row.counts) for row in found.vetoes()] == [("第三条", (1, 0))]
    assert [one.pk for one in found.people_with("holds:many")] == [vetoed.pk]
    scores = {pk: one.score for pk, one in found.people.items()}
    assert scores == {vetoed.pk: Decimal("0"), free.pk: Decimal("100.0")}
    unanswered = tried(small(vetoes=vetoes))
    assert [row.counts for row in unanswered.vetoes()] == [(1, 0), (0, 2)]
    assert counts(unanswered) == {"veto_open": 2}


def test_vetoes_are_answered_as_the_check_of_a_sheet_answers_them():
    people = make_people.people(20, seed=5)
    rule = make_cycles.rule()
    conditions = [(one.at, one.when) for one in review_vetoes.vetoes_of(Scheme(rule))]
    day = PERIOD[2] - DAY
    answers = dict(Everybody(Scheme(rule), "", day).answered(conditions))
    facts = facts_of([one.pk for one in people], day)
    for one in people:
        alone = review_vetoes.answered(Scheme(rule), facts[one.pk])
        assert answers[one.pk] == [
            {"pass": True, "fail": False}.get(each.verdict.result) for each in alone
        ]


def test_the_quota_lowers_whom_it_would_and_leaves_a_tie_open():
    best, second = person(10, 10), person(9, 10)
    top = {"band": "好", "at_most": 1, "of": "assessed", "per": "whole", "tie": "senior_body",
           "overflow": "next_band"}  # fmt: skip
    found = tried(small(top=[top]))
    outcomes = {pk: one.outcome for pk, one in found.people.items()}
    assert outcomes == {best.pk: "band:好", second.pk: "band:差"}
    assert found.lowered().counts == (1,)
    third = person(10, 10)
    tie = tried(small(top=[top]))
    assert {one.pk for one in tie.people_with("tied")} == {best.pk, third.pk}
    assert tried(small(top=UNK)).is_quota_known is False


def test_points_by_hand_are_open_and_their_ends_are_told():
    made = person(5, 10)
    found = tried(small(indicators=BY_HAND, missing={"spread": "all", "least_share": "90%"}))
    one = found.people[made.pk]
    assert (one.score, one.review.band) == (Decimal("50.0"), "好")
    assert [(end.score, end.band) for end in one.ends] == [
        (Decimal("32.0"), "差"), (Decimal("70.0"), "好"),
    ]  # fmt: skip
    assert one.span == "32 差 – 70 好"
    assert found.names_given == "作风、态度"
    assert found.unassessed() == []


def test_nothing_counts_as_enough_where_a_figure_is_missing_beside_the_points_by_hand():
    person(0, 0)
    rule = [
        *BY_HAND,
        {"id": "n", "weight": 100, "metric": "cases.agreed", "linear": {"from": 0, "to": 1}},
    ]
    changes = {"indicators": rule, "full_mark": 200, "cap": 200}
    enough = tried(small(missing={"spread": "all", "least_share": "60%"}, **changes))
    assert counts(enough) == {"band:差": 1}
    less = tried(small(missing={"spread": "all", "least_share": "63%"}, **changes))
    assert counts(less) == {"too_little": 1}


def test_a_deduction_by_hand_is_worst_at_its_most():
    rule = [*SHARE, {"id": "d", "deduct": 1, "weight": 10, "manual": True}]
    scheme = Scheme(make_cycles.rule(indicators=rule, prorate=None))
    low, high = ends_of(scheme)
    found = {"success": Found(1)}
    assert reviewed(scheme, {**found, **low}).score <= reviewed(scheme, {**found, **high}).score
    assert low != high


def test_only_people_of_the_chosen_places_are_tried_with_all_their_posts():
    here, there = make.organization(), make.organization(in_division=make.division("330681102"))
    moved = person(5, 5, body=there, until_on=make_cycles.FROM_ON + 100 * DAY)
    make_cycles.served(make_cycles.FROM_ON + 100 * DAY, body=here, person=moved)
    stays, other = person(5, 5, body=here), person(5, 5, body=there)
    chosen = Appointment.objects.filter(organization=here)
    found = tried(small(), chosen=chosen)
    assert set(found.people) == {moved.pk, stays.pk}
    assert found.people[moved.pk].sheet.days_in == 365
    assert found.count == 2
    assert other.pk not in found.people


def test_a_figure_that_does_not_fit_bars_only_whom_it_concerns():
    leaves = [*SHARE, {"id": "each", "metric": "half", "deduct": 1}]
    content = make_cycles.rule(
        indicators=leaves, bands=HALF, top=[], vetoes=[], prorate=None,
        minimum_service={"months": 1}, consequences={}, consecutive=None, renewal=None, steps=[],
    )  # fmt: skip
    content["metrics"] = {**content["metrics"], "half": {"ratio": ["cases.agreed", 2]}}
    rule = make_cycles.version(DRAFT, content=content, division=make.division())
    odd, even = person(5, 5), person(4, 4)
    found = tried(rule)
    outcomes = {pk: one.outcome for pk, one in found.people.items()}
    assert outcomes == {odd.pk: "faulty", even.pk: "band:好"}
    assert found.people[odd.pk].fault
    assert [row.names for row in found.results() if row.counts == (1,)] == [
        ("band:好",), ("faulty",),
    ]  # fmt: skip


# At the desk.


def test_the_page_shows_how_many_and_who_and_compares_two_versions(client, county):
    better, worse = person(11, 20), person(5, 10)
    old, new = small("active"), small(bands=[{"label": "好", "min": 55}, {"label": "差", "min": 0}])
    response = client.get(trial(new, period=ASKED, result="band:好", other=old.pk))
    assert response.status_code == 200
    assert [one.pk for one in response.context["shown_people"]] == [better.pk]
    before, after, count, people = response.context["changes"][0]
    assert (before, after, count, [one.pk for one in people]) == ("好", "差", 1, [worse.pk])
    assert len(response.context["changes"]) == 1
    assert worse.name in words(response)


def test_one_person_is_explained_with_figures_and_ends(client, county):
    made = person(5, 10)
    page = trial(small(indicators=BY_HAND), made.pk, period=ASKED)
    response = client.get(page)
    shown = words(response)
    lines = {line.name: line for line in response.context["lines"]}
    assert (lines["success"].part, lines["success"].whole, lines["success"].points) == (
        "5", "10", "30",
    )  # fmt: skip
    assert "32 差 – 70 好" in shown
    assert response.context["one"].outcome == "band:好"
    assert "作风、态度" in shown


def test_nothing_is_stored(client, county):
    made = person(5, 10)
    rule = small()
    entries = LedgerEntry.objects.count()
    client.get(trial(rule, period=ASKED))
    client.get(trial(rule, made.pk, period=ASKED))
    kept = [model.objects.count() for model in (ReviewCycle, ReviewSheet, ReviewFigure)]
    assert (LedgerEntry.objects.count(), kept) == (entries, [0, 0, 0])


def test_people_and_places_of_elsewhere_are_not_tried(client, county):
    mine = person(5, 10)
    body = make.organization(in_division=elsewhere(), name="外县调解委员会")
    theirs = person(5, 10, body=body)
    rule = small("template")
    response = client.get(trial(rule, period=ASKED, result="band:好"))
    assert set(response.context["trial"].people) == {mine.pk}
    assert theirs.name not in words(response)
    assert body.name not in words(response)
    for query in ({"organizations": body.pk}, {"divisions": elsewhere().pk}):
        assert client.get(trial(rule, period=ASKED, **query)).status_code == 422
    assert client.get(trial(rule, theirs.pk, period=ASKED)).status_code == 404
    assert client.get(trial(rule, mine.pk, period=ASKED)).status_code == 200


def test_a_rule_of_elsewhere_is_tried_by_nobody(client, county):
    content = make_cycles.rule()
    theirs = make_cycles.version(DRAFT, content=content, division=elsewhere())
    assert client.get(trial(theirs, period=ASKED)).status_code == 404


def test_who_may_not_see_mediators_tries_nothing(client, at_desk):
    at_desk(make.officer(Role.SYSTEM_ADMIN, make.division()))
    assert client.get(trial(small("template"), period=ASKED)).status_code == 404


def test_places_narrow_it(client, county):
    here = make.organization(in_division=make.division("330681101"))
    mine, other = person(5, 10, body=here), person(5, 10)
    rule = small()
    for query in ({"divisions": here.division_id}, {"organizations": here.pk}):
        found = client.get(trial(rule, period=ASKED, **query)).context["trial"]
        assert set(found.people) == {mine.pk}
    assert set(client.get(trial(rule)).context["trial"].people) == {mine.pk, other.pk}


def test_only_periods_that_are_over_are_offered(client, county):
    offered = client.get(trial(small())).context["form"].fields["period"].choices
    assert [value for value, _said in offered] == [ASKED, "year:2024-01-01:2025-01-01"]
    cycle = {"length": "quarter"}
    rollup = {"how": "mean", "missing": "skip"}
    quarters = client.get(trial(small(cycle=cycle, rollup=rollup))).context["form"]
    values = [value for value, _said in quarters.fields["period"].choices]
    assert {value.split(":")[0] for value in values} == {"quarter"}
    assert max(value.split(":")[2] for value in values) <= TODAY.isoformat()
    assert "quarter:2026-07-01:2026-10-01" in values
    unknown = client.get(trial(small(cycle=UNK))).context["form"].fields["period"].choices
    assert next(value for value, _said in unknown) == ASKED


def test_a_draft_that_says_nothing_yet_is_told_to_say_nothing(client, county):
    person(5, 10)
    said = dict.fromkeys(UNSAID_OF_REVIEW, UNK)
    head = {"id": "empty", "title": "空白"}
    place = make.division()
    rule = make_cycles.version(DRAFT, content={**head, "review": said}, division=place)
    found = client.get(trial(rule, period=ASKED)).context["trial"]
    assert counts(found) == {"needs_rule": 1}
    broken = {**small().document["review"]}
    del broken["rounding"]
    faulty = make_cycles.version(
        DRAFT, content={**make_cycles.document(), **head, "review": broken}, division=place
    )
    response = client.get(trial(faulty, period=ASKED))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["period"]
    assert "review.rounding" not in words(response)
    compared = client.get(trial(rule, period=ASKED, other=faulty.pk))
    assert (compared.status_code, list(compared.context["form"].errors)) == (422, ["other"])


def test_too_many_people_are_not_tried_at_once(client, county, monkeypatch):
    person(5, 10)
    rule = small()
    monkeypatch.setattr("grading.viewsets.review_trials.MOST_TRIED", 0)
    assert client.get(trial(rule, period=ASKED)).status_code == 422
    monkeypatch.setattr("grading.viewsets.review_trials.MOST_TRIED", 1)
    assert client.get(trial(rule, period=ASKED)).status_code == 200


def test_more_people_take_no_more_questions(client, county, django_assert_num_queries):
    make_people.people(5, seed=4)
    rule, other = version(), small("active")
    address = trial(rule, period=ASKED, result="not_graded", other=other.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    make_people.people(20, seed=6)
    with django_assert_num_queries(len(first)):
        client.get(address)


def test_the_order_of_what_comes_out_is_that_of_the_rule():
    person(10, 10), person(1, 10), person(0, 0)
    found = tried(small()).results()
    assert [row.words for row in found][:2] == ["好", "差"]
    assert found[2].names == ("not_assessed",)
    assert Counter(one.outcome for one in tried(small()).people.values()).total() == 3
    assert review_trials.MOST_SHOWN == 50
