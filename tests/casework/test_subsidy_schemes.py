"""A subsidy scheme from draft to its end, and which one rules a case."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from casework import actions
from casework.flows import SUBSIDY_SCHEME, SchemeState
from casework.models import (
    AllowanceRate,
    FundingShare,
    LevelFactor,
    SubsidyScheme,
    SubsidyTier,
    TierAmount,
)
from casework.queries.subsidy_facts import facts_of
from office.flow import Refused, Stale
from office.models import LedgerEntry
from tests import make
from tests.casework import make_cases, make_schemes
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

S = SchemeState
MATRIX = {
    S.TEMPLATE: set(),
    S.DRAFT: {"activate", "abandon"},
    S.ACTIVE: {"retire"},
    S.RETIRED: set(),
    S.ABANDONED: set(),
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("name", SUBSIDY_SCHEME.steps)
def test_each_step_is_possible_in_its_states_only(state, name):
    scheme = make_schemes.scheme(state, from_on=TODAY - 900 * DAY)

    assert (SUBSIDY_SCHEME.refusals(scheme, name, TODAY) == []) is (name in MATRIX[state])


def activate(scheme, **given):
    by = given.pop("by", None) or make.user()
    return actions.activate_subsidy_scheme(
        scheme.pk, by=by, today=TODAY, reason="Decided.", **given
    )


def test_a_second_officer_brings_a_scheme_into_force_and_the_ledger_tells():
    second = make.user()
    scheme = activate(make_schemes.scheme("draft"), by=second)

    assert (scheme.state, scheme.activated_by, scheme.activated_on) == ("active", second, TODAY)
    told = LedgerEntry.objects.of(scheme).get()
    assert (told.act, told.reason) == ("casework.subsidyscheme.activate", "Decided.")


@pytest.mark.parametrize("hand", ["drafted_by", "edited_by"])
def test_who_had_a_hand_in_the_draft_does_not_bring_it_into_force(hand):
    officer = make.user()
    scheme = make_schemes.scheme("draft", **{hand: officer})

    with pytest.raises(Refused, match="A second officer brings it into force"):
        activate(scheme, by=officer)
    scheme.refresh_from_db()
    assert scheme.state == "draft"


def test_what_was_changed_since_it_was_seen_is_not_brought_into_force():
    scheme = make_schemes.scheme("draft")
    actions.change_subsidy_scheme(
        scheme.pk, by=make.user(), today=TODAY, reason="More.", needs_post=False
    )

    with pytest.raises(Refused, match="changed after you opened it"):
        activate(scheme, revision=0)
    assert activate(scheme, revision=1).state == "active"


def test_who_adds_a_tier_has_had_a_hand_in_the_draft():
    officer, scheme = make.user(), make_schemes.scheme("draft")
    actions.save_tier(
        scheme.pk, by=officer, today=TODAY, reason="More.", code="x", name="X",
        outcomes=["withdrawn"], documents_rule="none", amounts=[("", 5, 5)],
    )  # fmt: skip

    with pytest.raises(Refused, match="A second officer"):
        activate(scheme, by=officer)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"tiers": []}, "The scheme has no tiers."),
        ({"shares": [("县财政", 99)]}, "The funds pay 99.00 percent together, not 100."),
    ],
)
def test_a_scheme_that_leaves_anything_open_is_not_brought_into_force(given, said):
    with pytest.raises(Refused) as refused:
        activate(make_schemes.scheme("draft", **given))
    assert refused.value.messages == [said]


def test_an_allowance_that_is_not_decided_bars_as_well():
    scheme = make_schemes.scheme("draft")
    make.saved(AllowanceRate(scheme=scheme, employment="full_time", case_part=200))

    assert scheme.blockers() == ["It is not decided whether the part by cases is a ceiling."]


def test_a_class_or_a_level_that_does_not_exist_bars_as_well():
    make_cases.difficulty()
    make.level(4)
    scheme = make_schemes.scheme("draft", tiers=[])
    make_schemes.tier(
        scheme, 30, ("l4", 40, 40), ("l9", 50, 50), code="a", name="A", documents_rule="none",
        difficulties=["general", "endless"],
    )  # fmt: skip

    assert scheme.blockers() == [
        "Tier “A”: there is no class of difficulty “endless” here.",
        "There is no level “l9”.",
    ]


def test_a_new_scheme_ends_the_one_before_on_the_day_it_begins():
    former = make_schemes.scheme()
    follower = activate(make_schemes.scheme("draft", from_on=TODAY))
    former.refresh_from_db()

    assert (former.state, former.until_on) == ("retired", TODAY)
    ruling = SubsidyScheme.objects.ruling
    place = former.division_id
    assert ruling(place, TODAY - DAY) == former
    assert ruling(place, TODAY) == follower
    assert ruling(place, former.from_on) == former
    assert ruling(place, former.from_on - DAY) is None


def test_an_end_that_was_set_moves_to_the_day_the_next_begins():
    former = make_schemes.scheme()
    actions.retire_subsidy_scheme(
        former.pk, by=make.user(), today=TODAY, reason="Over.", until_on=TODAY + 30 * DAY
    )
    activate(make_schemes.scheme("draft", from_on=TODAY + DAY))
    former.refresh_from_db()

    assert former.until_on == TODAY + DAY
    acts = list(LedgerEntry.objects.of(former).values_list("act", flat=True))
    assert sorted(acts) == ["casework.subsidyscheme.retire", "casework.subsidyscheme.shorten"]


@pytest.mark.parametrize(("from_on", "passes"), [(TODAY - DAY, False), (TODAY, True)])
def test_a_scheme_in_the_place_of_another_begins_today_at_the_earliest(from_on, passes):
    make_schemes.scheme()
    draft = make_schemes.scheme("draft", from_on=from_on)

    said = "Cases of days before today were priced by another scheme already; begin today or later."
    assert SUBSIDY_SCHEME.refusals(draft, "activate", TODAY) == ([] if passes else [said])


def test_nor_does_a_county_take_the_past_from_the_scheme_of_its_city():
    make_schemes.scheme(division=make.division("3306"))
    draft = make_schemes.scheme("draft", from_on=TODAY - DAY)

    assert len(SUBSIDY_SCHEME.refusals(draft, "activate", TODAY)) == 1


def test_where_none_ruled_a_scheme_may_be_recorded_from_the_day_it_began():
    assert activate(make_schemes.scheme("draft")).from_on == TODAY - 700 * DAY


@pytest.mark.parametrize("days", [0, 1])
def test_a_scheme_does_not_begin_before_one_that_is_set_already(days):
    make_schemes.scheme(from_on=TODAY + 9 * DAY)
    draft = make_schemes.scheme("draft", from_on=TODAY + (9 - days) * DAY)

    said = "Another scheme of this division begins on the same day or later."
    assert SUBSIDY_SCHEME.refusals(draft, "activate", TODAY) == [said]


def test_a_scheme_dates_cases_as_the_one_it_follows():
    make_schemes.scheme()
    draft = make_schemes.scheme("draft", from_on=TODAY, dated_by="accepted_on")

    assert SUBSIDY_SCHEME.refusals(draft, "activate", TODAY) == [
        "It follows a scheme that dates cases by another day; some would have no price or two."
    ]


@pytest.mark.parametrize(("until_on", "passes"), [(TODAY - DAY, False), (TODAY, True)])
def test_a_scheme_ends_today_at_the_earliest(until_on, passes):
    scheme = make_schemes.scheme()
    given = {"by": make.user(), "today": TODAY, "reason": "Over.", "until_on": until_on}
    if passes:
        assert actions.retire_subsidy_scheme(scheme.pk, **given).until_on == until_on
    else:
        with pytest.raises(Refused, match="ends today or later"):
            actions.retire_subsidy_scheme(scheme.pk, **given)


def test_nothing_is_written_when_the_end_of_the_former_fails(monkeypatch):
    former = make_schemes.scheme()
    draft = make_schemes.scheme("draft", from_on=TODAY)
    monkeypatch.setattr("office.ledger.fingerprint", _break)
    with pytest.raises(ValueError, match="broken"):
        activate(draft)
    monkeypatch.undo()
    for row in (former, draft):
        row.refresh_from_db()
    assert (former.state, former.until_on, draft.state) == ("active", None, "draft")


def _break(entry):
    raise ValueError("broken")


@pytest.mark.parametrize("state", ["active", "retired", "template", "abandoned"])
def test_only_a_draft_is_edited(state):
    scheme = make_schemes.scheme(state)
    given = {"by": make.user(), "today": TODAY, "reason": "Because."}
    tier = scheme.tiers.first()
    for act in (
        lambda: actions.change_subsidy_scheme(scheme.pk, **given, name="X"),
        lambda: actions.save_tier(scheme.pk, **given, tier=tier, name="X"),
        lambda: actions.drop_tier(scheme.pk, **given, tier=tier),
        lambda: actions.move_tier(scheme.pk, **given, tier=scheme.tiers.last()),
        lambda: actions.put_parts(scheme.pk, **given, part="funding", rows=[]),
    ):
        with pytest.raises(Refused, match="may not be edited"):
            act()


def test_a_stale_form_is_refused():
    scheme = make_schemes.scheme("draft")
    given = {"by": make.user(), "today": TODAY, "reason": "Because.", "revision": 0}
    actions.change_subsidy_scheme(scheme.pk, **given, name="X")
    with pytest.raises(Stale):
        actions.change_subsidy_scheme(scheme.pk, **given, name="Y")


def test_tiers_are_added_moved_changed_and_taken_off():
    scheme = make_schemes.scheme("draft")
    given = {"by": make.user(), "today": TODAY, "reason": "Because."}
    actions.save_tier(
        scheme.pk, **given, code="new", name="New", documents_rule="none",
        amounts=[("", 10, 10), ("l1", 20, 20)],
    )  # fmt: skip
    new = scheme.tiers.get(code="new")
    actions.move_tier(scheme.pk, **given, tier=new)
    actions.drop_tier(scheme.pk, **given, tier=scheme.tiers.get(code="simple"))
    actions.save_tier(scheme.pk, **given, tier=new, name="Newer", amounts=[("", 15, 15)])

    assert [tier.name for tier in scheme.tiers.all()] == ["多次调解未成", "Newer", "一般纠纷"]
    assert [str(row) for row in scheme.tiers.get(code="new").amounts.all()] == ["15.00"]
    with pytest.raises(Refused, match="first tier already"):
        actions.move_tier(scheme.pk, **given, tier=scheme.tiers.first())


def test_funds_are_put_in_the_place_of_those_before_and_told():
    scheme = make_schemes.scheme("draft")
    rows = [{"fund": "A", "percent": Decimal(60)}, {"fund": "B", "percent": Decimal(40)}]
    actions.put_parts(
        scheme.pk, by=make.user(), today=TODAY, reason="Split.", part="funding", rows=rows
    )

    assert scheme.terms().funding == (("A", Decimal(60)), ("B", Decimal(40)))
    told = LedgerEntry.objects.of(scheme).get(act="casework.subsidyscheme.put_parts")
    assert [row["fund"] for row in told.before["part"]] == ["县财政"]
    assert [row["percent"] for row in told.after["part"]] == ["60.00", "40.00"]
    assert told.after["subsidy_parts"] == "A 60.00%、B 40.00%"


@pytest.mark.parametrize("state", S)
def test_a_draft_is_made_from_any_scheme_with_all_its_parts(state):
    scheme = make_schemes.scheme(state, barred_kinds=["studio"], level_of="highest")
    make_schemes.factor(scheme, "l1", "1.5")
    make.saved(AllowanceRate(scheme=scheme, employment="full_time", amount=800))
    officer = make.user()
    draft = actions.copy_subsidy_scheme(
        scheme.pk, by=officer, today=TODAY, reason="As there.", division=make.division("330683"),
        name="New", from_on=TODAY,
    )  # fmt: skip

    assert (draft.state, draft.copied_from, draft.drafted_by) == ("draft", scheme, officer)
    assert {**vars(draft.terms()), "name": ""} == {**vars(scheme.terms()), "name": ""}
    assert [str(row) for row in draft.allowances.all()] == [str(scheme.allowances.get())]


BROKEN = [
    ("active", {"state": "unheard-of"}, "subsidyscheme_state_is_known"),
    ("draft", {"state": "template"}, "subsidyscheme_template_lies_nowhere"),
    ("template", {"state": "draft"}, "subsidyscheme_template_lies_nowhere"),
    ("draft", {"until_on": TODAY - 700 * DAY}, "subsidyscheme_ends_after_it_begins"),
    ("active", {"state": "retired"}, "subsidyscheme_ended_on_a_day"),
    ("draft", {"standing": "law"}, "subsidyscheme_names_its_source"),
    ("draft", {"state": "active"}, "subsidyscheme_two_officers"),
    ("active", {"activated_by": None}, "subsidyscheme_two_officers"),
    ("draft", {"dated_by": "born_on"}, "subsidyscheme_words_are_known"),
]


@pytest.mark.parametrize(("state", "values", "name"), BROKEN)
def test_the_database_refuses_a_scheme_that_cannot_be(state, values, name):
    scheme = make_schemes.scheme(state)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        SubsidyScheme.objects.filter(pk=scheme.pk).update(**values)


@pytest.mark.parametrize("hand", ["drafted_by", "edited_by"])
def test_the_database_refuses_one_officer_for_two(hand):
    scheme = make_schemes.scheme()
    alone = {hand: scheme.activated_by}
    with pytest.raises(IntegrityError, match="two_officers"), transaction.atomic():
        SubsidyScheme.objects.filter(pk=scheme.pk).update(**alone)


@pytest.mark.parametrize(
    ("from_on", "until_on", "clashes"),
    [
        (TODAY, None, True),
        (TODAY - 900 * DAY, TODAY - 700 * DAY, False),
        (TODAY - 900 * DAY, TODAY - 699 * DAY, True),
        (TODAY - 10 * DAY, TODAY, True),
    ],
)
def test_no_two_schemes_of_a_division_rule_on_one_day(from_on, until_on, clashes):
    make_schemes.scheme()
    other = make_schemes.scheme("draft", from_on=from_on, until_on=until_on)
    values = {"state": "active", "activated_by": make.user(), "activated_on": TODAY}
    rows = SubsidyScheme.objects.filter(pk=other.pk)
    if clashes:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)
    else:
        assert rows.update(**values) == 1


PARTS = [
    (SubsidyTier, {"least_attempts": 0}, "subsidytier_was_attempted"),
    (SubsidyTier, {"amount_kind": "sung"}, "subsidytier_words_are_known"),
    (SubsidyTier, {"documents_rule": "many"}, "subsidytier_words_are_known"),
    (TierAmount, {"low": 0}, "tieramount_is_an_amount"),
    (TierAmount, {"low": None}, "tieramount_is_an_amount"),
    (TierAmount, {"high": 1}, "tieramount_is_an_amount"),
    (LevelFactor, {"factor": 0}, "levelfactor_is_positive"),
    (FundingShare, {"percent": 0}, "fundingshare_is_a_part"),
    (FundingShare, {"percent": 101}, "fundingshare_is_a_part"),
    (AllowanceRate, {"amount": 0}, "allowancerate_pays_something"),
    (AllowanceRate, {"case_part": 0}, "allowancerate_pays_something"),
    (AllowanceRate, {"employment": "slave"}, "allowancerate_words_are_known"),
]


@pytest.mark.parametrize(("model", "values", "name"), PARTS)
def test_the_database_refuses_a_part_that_cannot_be(model, values, name):
    scheme = make_schemes.scheme("draft", tiers=make_schemes.TIERS[:1])
    make_schemes.factor(scheme, "l1", 2)
    make.saved(AllowanceRate(scheme=scheme, employment="full_time", amount=800))
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**values)


def test_the_scheme_of_the_nearest_division_rules():
    city = make_schemes.scheme(division=make.division("3306"))
    county = make_schemes.scheme(division=make.division("330681"))
    ruling = SubsidyScheme.objects.ruling

    assert ruling(make.division("330681003").pk, TODAY) == county
    assert ruling(make.division("330683").pk, TODAY) == city
    assert ruling(make.division("3307").pk, TODAY) is None


@pytest.mark.parametrize("state", ["draft", "template", "abandoned"])
def test_what_is_not_in_force_rules_nothing(state):
    make_schemes.scheme(state)

    assert SubsidyScheme.objects.ruling(make.division().pk, TODAY) is None


def priced(case):
    return SubsidyScheme.objects.priced([case])[case.pk]


@pytest.mark.parametrize(("days", "amount"), [(0, 60), (1, 30)])
def test_a_case_is_priced_by_the_scheme_in_force_at_its_date(days, amount):
    make_schemes.scheme("retired", until_on=TODAY - 20 * DAY)
    make_schemes.scheme(from_on=TODAY - 20 * DAY, tiers=[(make_schemes.SIMPLE, 60)])
    closed_on = TODAY - (20 + days) * DAY
    case = make_cases.case(
        "succeeded", accepted_on=TODAY - 40 * DAY, closed_on=closed_on, agreement="oral",
        documents=["record"],
    )  # fmt: skip

    offer = priced(case).offer
    assert (offer.low, offer.tier, offer.is_open) == (amount, "simple", True)


def test_a_scheme_may_date_cases_by_the_day_they_were_accepted():
    make_schemes.scheme(from_on=TODAY - 25 * DAY, dated_by="accepted_on")
    case = make_cases.case("succeeded", accepted_on=TODAY - 30 * DAY)

    assert priced(case).scheme is None
    assert priced(case).offer.exclusions == (
        "No subsidy scheme is in force for the day of this case.",
    )


def test_a_case_that_is_not_closed_has_no_day_and_no_scheme():
    make_schemes.scheme()

    assert priced(make_cases.case("accepted")).scheme is None


def test_the_facts_are_those_of_the_case_s_day():
    body = make.organization(kind="township")
    lead, other, gone = (make.mediator() for _number in range(3))
    make.appointment(lead, body, employment="full_time")
    make.appointment(other, make.organization(), employment="part_time")
    make.appointment(gone, body, state="ended", until_on=TODAY - 20 * DAY)
    make.level_holding(lead, 4, TODAY - 200 * DAY, until_on=TODAY - 20 * DAY)
    make.level_holding(lead, 3, TODAY - 20 * DAY)
    case = make_cases.case(
        "succeeded", body=body, mediators=[lead, (other, 2), gone], documents=["record"],
        difficulty=make_cases.difficulty(), attempts=2,
    )  # fmt: skip

    def people(day):
        facts = facts_of([case], {case.pk: day})[case.pk]
        return [(one.level, one.employment, one.weight, one.in_post) for one in facts.people]

    before = people(TODAY - 21 * DAY)
    assert before == [
        ("l4", "full_time", 1, True), ("", "part_time", 2, True), ("", "part_time", 1, True)
    ]  # fmt: skip
    after = people(TODAY - 20 * DAY)
    assert after == [("l3", "full_time", 1, True), ("", "part_time", 2, True), ("", "", 1, False)]
    facts = facts_of([case], {case.pk: TODAY})[case.pk]
    assert (facts.difficulty, facts.kind, facts.is_listed) == ("general", "township", True)
    assert (facts.attempts, facts.documents) == (2, frozenset(["record"]))


@pytest.mark.parametrize(("days", "listed"), [(0, True), (1, False)])
def test_an_organisation_is_filed_from_its_day(days, listed):
    body = make.organization(established_on=TODAY - 50 * DAY, filed_on=TODAY - 50 * DAY)
    case = make_cases.case("succeeded", body=body)
    day = TODAY - (50 + days) * DAY

    assert facts_of([case], {case.pk: day})[case.pk].is_listed is listed


@pytest.mark.parametrize("state", ["draft", "filing", "closing", "deregistered", "not_listed"])
def test_an_organisation_that_may_not_mediate_is_not_filed(state):
    body = make.organization(state)
    case = make_cases.case("succeeded", body=body)

    assert facts_of([case], {case.pk: TODAY})[case.pk].is_listed is False


def test_one_case_or_three_are_priced_in_the_same_number_of_queries():
    make_schemes.scheme()
    difficulty = make_cases.difficulty()

    def queries(number):
        cases = [make_cases.case("succeeded", difficulty=difficulty) for _n in range(number)]
        rows = type(cases[0]).objects.filter(pk__in=[case.pk for case in cases])
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(SubsidyScheme.objects.priced(rows)) == number
        return len(captured)

    assert queries(1) == queries(3)
