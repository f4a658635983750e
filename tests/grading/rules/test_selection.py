import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.rules.scheme import SchemeFault
from grading.rules.selection import quota
from tests.grading.rules.make_rules import rule

TEN = list("abcdefghij")


def of(text):
    return rule(f"{{selection: {{{text}}}}}")


def row(name, **known):
    return {"id": name, **known}


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("quotas: {L1: 3}", 3),
        ("quotas: {L1: {max: 3}}", 3),
        ("quota: [{level: L1, number: 3}, {level: L2, number: 1}]", 3),
        ("quotas: [{levels: [L1, L2], number: 3}]", 3),
        ("quotas: {L1: 30}", 10),
        ("quotas: {L1: 0}", 0),
        ("quotas: {L1: 30%}", 3),
        ("quotas: {L1: {percent: 35}}", 3),
        ("quotas: {L1: {percent: 35, rounding: half_up}}", 4),
        ("quotas: {L1: {percent: 31, rounding: ceil}}", 4),
        ("quotas: {L1: {share: 1/3, rounding: floor}}", 3),
        ("quotas: {L1: {percent: 50, number: 4}}", 4),
        ("quotas: {L1: $p.places}", 10),
        ("quotas: {L2: 3}", 10),
    ],
)
def test_as_many_fit_as_the_rule_has_places(text, fits):
    scheme = of(text).tried_with(params={"places": 12})

    assert quota(scheme, "L1", TEN) == TEN[:fits]


def test_scales_have_their_own_quotas():
    by_scale = of("quotas: {stars: {S3: 1}, L1: 2}")
    rows = of(
        "quotas: [{scale: stars, level: S3, number: 1}, {scale: level, level: L1, number: 2}]"
    )
    of_level = rule("{scales: {stars: [{code: S3, label: 三星, rank: 1, quota: 1}]}}")

    assert quota(by_scale, "S3", TEN, scale="stars") == ["a"]
    assert quota(rows, "S3", TEN, scale="stars") == ["a"]
    assert quota(rows, "L1", TEN, scale="level") == ["a", "b"]
    assert quota(of_level, "S3", TEN, scale="stars") == ["a"]


def test_a_percentage_of_other_people_needs_their_number():
    scheme = of("quotas: {L1: {percent: 10, of: all_mediators}}")

    assert quota(scheme, "L1", TEN, base=40) == TEN[:4]
    with pytest.raises(SchemeFault):
        quota(scheme, "L1", TEN)


@pytest.mark.parametrize(
    "text",
    ["quotas: {L1: UNK}", "quotas: UNK", "quotas: {L1: {percent: UNK}}", "coverage: UNK",
     "share_limits: UNK", "share_limits: {part_time: {percent: UNK}}"],
)  # fmt: skip
def test_an_unknown_quota_lets_nobody_in_by_default(text):
    assert quota(of(text), "L1", TEN) == "UNK"
    assert quota(rule("{selection: UNK}"), "L1", TEN) == "UNK"


@pytest.mark.parametrize("quotas", ["{stars: UNK}", "[{level: UNK, number: 3}]", "{S3: UNK}"])
def test_a_quota_that_may_be_meant_is_unknown(quotas):
    assert quota(of(f"quotas: {quotas}"), "S3", TEN, scale="stars") == "UNK"


@pytest.mark.parametrize("numbers", ["{town: 1, village: 2}", "{town: 1, other: 2}"])
def test_organisations_of_each_type_have_their_places(numbers):
    ranked = [
        row("a", type="town"),
        row("b", type="town"),
        *(row(n, type="village") for n in "cde"),
    ]
    scheme = of(f"quotas: {{L1: {{by: {{type: {numbers}}}}}}}")
    same = of(f"quotas: {{L1: {{by: type, numbers: {numbers}}}}}")

    assert quota(scheme, "L1", ranked) == ["a", "c", "d"]
    assert quota(same, "L1", ranked) == ["a", "c", "d"]


def test_a_type_without_places_is_a_fault():
    scheme = of("quotas: {L1: {by: {type: {town: 1}}}}")

    with pytest.raises(SchemeFault):
        quota(scheme, "L1", [row("a", type="village")])
    with pytest.raises(SchemeFault):
        quota(scheme, "L1", ["a"])


LIMIT = "quotas: {L1: 4}, share_limits: "


@pytest.mark.parametrize(
    ("limits", "fits"),
    [
        ("{part_time: {percent: 25}}", "adef"),
        ("[{of: part_time, max: 25%, hard: true}]", "adef"),
        ("[{name: few, when: {category: part_time}, share: 1/4}]", "adef"),
        ("{part_time: {percent: 25, hard: false}}", "abcd"),
        ("{part_time: {advisory: true}}", "abcd"),
        ("{part_time: 0%}", "defg"),
    ],
)
def test_a_hard_limit_passes_over_and_an_advisory_one_does_not(limits, fits):
    ranked = [
        *(row(name, category="part_time") for name in "abc"),
        *(row(name, category="full_time") for name in "defg"),
    ]

    assert quota(of(LIMIT + limits), "L1", ranked) == list(fits)


def test_a_limit_is_a_share_of_the_places_and_not_of_those_who_are_left():
    ranked = [*(row(n, category="part_time") for n in "abc"), row("d", category="full_time")]

    assert quota(of(LIMIT + "{part_time: 50%}"), "L1", ranked) == ["a", "b", "d"]


@pytest.mark.parametrize(
    "coverage",
    ["{per: district, minimum: 1}", "{district: 1}", "district", "{each: district, min: 1}"],
)
def test_every_district_is_covered_first(coverage):
    ranked = [*(row(name, district="east") for name in "abc"), row("d", district="west")]

    assert quota(of(f"quotas: {{L1: 2}}, coverage: {coverage}"), "L1", ranked) == ["a", "d"]


def test_more_districts_than_places_are_a_fault():
    ranked = [row(name, district=name) for name in "abc"]

    with pytest.raises(SchemeFault):
        quota(of("quotas: {L1: 2}, coverage: district"), "L1", ranked)


@pytest.mark.parametrize(
    "text",
    [
        "quotas: {L1: many}",
        "quotas: {L1: {percent: 0.3}}",
        "quotas: {L1: {places: 3}}",
        "quotas: {L1: {percent: 30, rounding: roughly}}",
        "quotas: [{level: L1, number: 1}, {level: L1, number: 2}]",
        "quotas: {L1: {by: {type: {a: 1}, tier: {b: 1}}}}",
        "coverage: {per: district, most: 3}",
    ],
)
def test_a_quota_that_is_not_understood_is_a_fault(text):
    with pytest.raises(SchemeFault):
        quota(of(text), "L1", TEN)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from("nsw")), max_size=30),
    st.integers(3, 12),
    st.integers(0, 100),
)
def test_nobody_gets_in_past_a_quota_or_a_limit(people, places, percent):
    ranked = [row(place, category=kind, district=d) for place, (kind, d) in enumerate(people)]
    scheme = of(f"quotas: {{L1: {places}}}, share_limits: {{x: {{percent: {percent}}}}}")

    chosen = quota(scheme, "L1", ranked)

    assert chosen == sorted(set(chosen))
    assert len(chosen) <= places
    assert sum(people[one][0] == "x" for one in chosen) * 100 <= percent * places
