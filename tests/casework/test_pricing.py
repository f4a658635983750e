"""What a scheme offers: the first tier that fits, at its boundaries, one answer for every case."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from casework.rules.deciding import covers, undecided
from casework.rules.pricing import amount_faults, price, why_not
from casework.rules.schemes import CaseFacts, Offer, PersonFacts, SchemeTerms, TierTerms


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def same(amount):
    return Decimal(amount), Decimal(amount)


ORAL = TierTerms(
    code="oral",
    name="Oral",
    outcomes=("succeeded",),
    agreements=("oral",),
    documents=("record",),
    amounts={"": same(30)},
)
FAILED = TierTerms(
    code="failed", name="Failed", outcomes=("failed",), least_attempts=2, amounts={"": same(100)}
)
GENERAL = TierTerms(
    code="general",
    name="General",
    clause="Art. 3",
    outcomes=("succeeded",),
    agreements=("written",),
    difficulties=("simple", "general"),
    documents=("record", "agreement"),
    amounts={"": same(200)},
)
MAJOR = TierTerms(
    code="major",
    name="Major",
    difficulties=("major",),
    kind="range",
    amounts={"one": (Decimal(400), Decimal(600)), "": (Decimal(300), Decimal(500))},
)
GRAVE = TierTerms(code="grave", name="Grave", difficulties=("very-major",), kind="by_case")
SCHEME = SchemeTerms(
    name="Scheme",
    tiers=(ORAL, FAILED, GENERAL, MAJOR, GRAVE),
    funding=(("county", Decimal(70)), ("township", Decimal(30))),
)
LEAD = PersonFacts(mediator=1, name="甲", leads=True, employment="full_time")
OTHER = PersonFacts(mediator=2, name="乙", weight=2, employment="part_time")
CASE = CaseFacts(
    outcome="succeeded",
    agreement="written",
    difficulty="general",
    attempts=1,
    documents=frozenset(["record", "agreement"]),
    source="applied",
    kind="village",
    people=(LEAD, OTHER),
    paid_elsewhere=Decimal(0),
)


def offered(scheme=SCHEME, **facts):
    return price(scheme, replace(CASE, **facts))


def test_the_first_tier_that_fits_is_offered_and_why():
    assert offered() == Offer(
        tier="general",
        tier_name="General",
        low=Decimal(200),
        high=Decimal(200),
        weights=((1, 1), (2, 2)),
        why=("General", "Art. 3"),
        why_not=(
            ("Oral", ("it is not for this form of agreement",)),
            (
                "Failed",
                ("it is not for cases that ended so", "it asks for at least 2 attempts"),
            ),
        ),
    )


@pytest.mark.parametrize(("attempts", "tier"), [(1, None), (2, "failed"), (3, "failed")])
def test_two_attempts_are_enough_and_one_is_not(attempts, tier):
    offer = offered(outcome="failed", agreement="", attempts=attempts)

    assert offer.tier == tier
    assert offer.is_open is (tier is not None)


def test_a_paper_that_is_missing_is_named_and_the_tier_stays():
    offer = offered(documents=frozenset(["record"]))

    assert (offer.tier, offer.missing, offer.is_open) == ("general", ("agreement",), False)


def test_a_case_no_tier_is_for_is_told_why():
    offer = offered(outcome="withdrawn", agreement="")

    assert offer.tier is None
    assert offer.exclusions == ("No tier of the scheme is for this case.",)
    assert [name for name, _reasons in offer.why_not] == [tier.name for tier in SCHEME.tiers]


@pytest.mark.parametrize(
    ("level", "low", "high"), [("one", 400, 600), ("two", 300, 500), ("", 300, 500)]
)
def test_the_level_of_who_led_chooses_the_amount(level, low, high):
    people = (replace(LEAD, level=level, rank=3), replace(OTHER, level="one", rank=1))
    offer = offered(difficulty="major", people=people)

    assert (offer.low, offer.high, offer.needs_reason) == (low, high, True)


def test_the_highest_level_of_all_may_count_instead():
    people = (replace(LEAD, level="two", rank=2), replace(OTHER, level="one", rank=1))
    offer = offered(replace(SCHEME, level_of="highest"), difficulty="major", people=people)

    assert (offer.low, offer.high) == (400, 600)


@pytest.mark.parametrize(
    ("level", "paid"), [("one", "300.00"), ("two", "201.25"), ("three", "200.00")]
)
def test_a_factor_multiplies_the_amount_to_the_cent(level, paid):
    factors = {"one": Decimal("1.5"), "two": Decimal("1.00625")}
    people = (replace(LEAD, level=level), OTHER)
    offer = offered(replace(SCHEME, factors=factors), people=people)

    assert (offer.low, offer.high) == (Decimal(paid), Decimal(paid))


def test_what_is_decided_case_by_case_has_no_amount_and_needs_a_paper():
    offer = offered(difficulty="very-major")

    assert (offer.tier, offer.low, offer.high) == ("grave", None, None)
    assert (offer.needs_reason, offer.needs_paper, offer.is_open) == (True, True, True)


EXCLUDED = [
    ({}, {"is_listed": False}, "The organisation was not filed on the day of the case."),
    ({"barred_kinds": ("village",)}, {}, "The scheme does not pay for organisations of this kind."),
    ({"barred_sources": ("court",)}, {"source": "court"},
     "The scheme does not pay for cases that came this way."),
    ({}, {"paid_elsewhere": Decimal(1)}, "Another fund has paid for this case."),
    ({"other_funds": "deduct"}, {"paid_elsewhere": Decimal(200)},
     "Another fund has paid all that the scheme offers."),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "facts", "said"), EXCLUDED)
def test_a_case_that_is_excluded_is_told_why(scheme, facts, said):
    offer = offered(replace(SCHEME, **scheme), **facts)

    assert offer.exclusions == (said,)
    assert not offer.is_open


@pytest.mark.parametrize(
    ("scheme", "facts"),
    [
        ({"needs_listing": False}, {"is_listed": False}),
        ({"barred_kinds": ("studio",)}, {}),
        ({"barred_sources": ("court",)}, {}),
        ({"other_funds": "ignore"}, {"paid_elsewhere": Decimal(200)}),
        ({"other_funds": "deduct"}, {"paid_elsewhere": Decimal("199.99")}),
    ],
)
def test_a_case_that_is_not_excluded_is_open(scheme, facts):
    assert offered(replace(SCHEME, **scheme), **facts).is_open


def test_what_another_fund_has_paid_is_taken_off_both_ends_of_a_range():
    scheme = replace(SCHEME, other_funds="deduct")
    offer = offered(scheme, difficulty="major", paid_elsewhere=Decimal(350))

    assert (offer.low, offer.high) == (Decimal("0.01"), Decimal(150))


BARRED = [
    ({"barred_employments": ("part_time",)}, {},
     "The scheme does not pay 乙's form of employment."),
    ({}, {"in_post": False}, "乙 was not in post on the day of the case."),
    ({"bars_public_payroll": True}, {"on_public_payroll": True}, "乙 is on the public payroll."),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "person", "said"), BARRED)
def test_who_is_barred_gets_no_part_and_the_others_share_the_case(scheme, person, said):
    people = (replace(LEAD, on_public_payroll=False), replace(OTHER, **person))
    offer = offered(replace(SCHEME, **scheme), people=people)

    assert offer.barred == {2: (said,)}
    assert offer.weights == ((1, 1),)
    assert offer.is_open


def test_a_case_of_which_everybody_is_barred_is_not_paid():
    people = (replace(LEAD, in_post=False), replace(OTHER, in_post=False))
    offer = offered(people=people)

    assert offer.exclusions == ("Nobody who mediated it may be paid for it.",)


def test_what_no_register_knows_is_to_be_declared():
    offer = offered(replace(SCHEME, bars_public_payroll=True), paid_elsewhere=None, people=(LEAD,))

    assert offer.to_declare == (
        "Whether 甲 is on the public payroll.",
        "Whether another fund has paid for this case.",
    )


FAULTS = [
    ({}, "200", {}, []),
    ({}, "199.99", {}, ["The scheme offers 200.00 to 200.00 yuan for this case."]),
    ({"difficulty": "major"}, "300", {"reason": "Hard."}, []),
    ({"difficulty": "major"}, "500", {"reason": "Hard."}, []),
    ({"difficulty": "major"}, "500.01", {"reason": "Hard."},
     ["The scheme offers 300.00 to 500.00 yuan for this case."]),
    ({"difficulty": "major"}, "400", {"reason": "  "}, ["Give the reason for this amount."]),
    ({"difficulty": "very-major"}, "9000", {"reason": "Hard."},
     ["The decision on the amount must be on file."]),
    ({"difficulty": "very-major"}, "9000", {"reason": "Hard.", "has_paper": True}, []),
    ({"difficulty": "very-major"}, "0.001", {"reason": "Hard.", "has_paper": True},
     ["An amount is positive and no finer than a cent."]),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "amount", "given_with", "said"), FAULTS)
def test_an_amount_is_within_the_offer_with_what_it_needs(facts, amount, given_with, said):
    assert amount_faults(offered(**facts), Decimal(amount), **given_with) == said


def test_every_combination_has_one_tier_or_none_with_a_reason():
    outcomes = ["succeeded", "failed", "withdrawn", "transferred"]
    difficulties = ["", "simple", "general", "major", "very-major", "unheard-of"]
    combinations = product(outcomes, ["", "written", "oral"], difficulties, [1, 2])
    for outcome, agreement, difficulty, attempts in combinations:
        facts = replace(
            CASE, outcome=outcome, agreement=agreement, difficulty=difficulty, attempts=attempts
        )
        fitting = [tier.code for tier in SCHEME.tiers if not why_not(tier, facts)]
        offer = price(SCHEME, facts)
        assert offer.tier == (fitting[0] if fitting else None)
        assert all(reasons for _name, reasons in offer.why_not)
        assert bool(offer.exclusions) is (offer.tier is None)


CODES = st.lists(st.sampled_from(["a", "b", "c"]), unique=True).map(tuple)
TIERS = st.builds(
    TierTerms,
    code=st.just("t"),
    name=st.just("T"),
    outcomes=CODES,
    agreements=CODES,
    difficulties=CODES,
    fulfilments=CODES,
    least_attempts=st.integers(1, 3),
    amounts=st.just({"": same(10)}),
)
CASES = st.builds(
    CaseFacts,
    outcome=st.sampled_from("abc"),
    agreement=st.sampled_from("abc"),
    difficulty=st.sampled_from("abc"),
    fulfilment=st.sampled_from("abc"),
    attempts=st.integers(1, 3),
)


@given(TIERS, TIERS, CASES)
def test_a_tier_that_is_called_unreachable_is_offered_for_no_case(earlier, later, facts):
    if covers(earlier, later) and not why_not(later, facts):
        assert not why_not(earlier, facts)


@given(
    TIERS,
    CASES,
    st.decimals("0.001", "9.999", places=3),
    st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)),
    st.sampled_from(["bar", "deduct", "ignore"]),
)
def test_no_offer_is_negative_or_finer_than_a_cent(tier, facts, factor, cents, other_funds):
    low, more = cents
    bounds = Decimal(low) / 100, Decimal(low + more) / 100
    scheme = SchemeTerms(
        tiers=(replace(tier, amounts={"": bounds}),), factors={"": factor}, other_funds=other_funds
    )
    offer = price(scheme, replace(facts, paid_elsewhere=Decimal("12.34")))

    if offer.low is not None:
        assert 0 <= offer.low <= offer.high
        assert offer.high == offer.high.quantize(Decimal("0.01"))
        assert not offer.is_open or offer.low > 0


def test_a_scheme_that_is_whole_leaves_nothing_open():
    assert undecided(SCHEME) == []


def tiers(*given_tiers):
    return replace(SCHEME, tiers=given_tiers)


LEFT_OPEN = [
    (tiers(), "The scheme has no tiers."),
    (tiers(replace(ORAL, amounts={})),
     "Tier “Oral”: it sets nothing for mediators of other levels or none."),
    (tiers(replace(ORAL, amounts={"one": same(1)})),
     "Tier “Oral”: it sets nothing for mediators of other levels or none."),
    (tiers(replace(ORAL, amounts={"": (None, None)})), "Tier “Oral”: an amount is left blank."),
    (tiers(replace(MAJOR, amounts={"": (Decimal(5), Decimal(4))})),
     "Tier “Major”: an amount is not positive, or a range ends below its beginning."),
    (tiers(replace(ORAL, amounts={"": (Decimal(4), Decimal(5))})),
     "Tier “Oral”: an amount does not go with its kind: one figure if fixed, two if a range."),
    (tiers(replace(MAJOR, amounts={"": same(5)})),
     "Tier “Major”: an amount does not go with its kind: one figure if fixed, two if a range."),
    (tiers(replace(GRAVE, amounts={"": same(5)})),
     "Tier “Grave”: what is decided case by case has no amounts."),
    (tiers(replace(ORAL, documents=None)),
     "Tier “Oral”: it is not decided which papers it asks for."),
    (tiers(ORAL, replace(ORAL, code="x", name="X", difficulties=("major",))),
     "“X” is never reached: “Oral” takes all its cases."),
    (replace(SCHEME, factors={"one": Decimal(2)}),
     "Amounts by level and factors by level: the level would count twice."),
    (replace(SCHEME, funding=()), "The funds pay 0 percent together, not 100."),
    (replace(SCHEME, funding=(("county", Decimal("99.99")),)),
     "The funds pay 99.99 percent together, not 100."),
    (replace(SCHEME, funding=(("county", Decimal(70)), ("township", Decimal("30.01")))),
     "The funds pay 100.01 percent together, not 100."),
]  # fmt: skip


@pytest.mark.parametrize(("scheme", "said"), LEFT_OPEN)
def test_what_is_left_open_is_said(scheme, said):
    assert undecided(scheme) == [said]
