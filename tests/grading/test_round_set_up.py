"""A round is set up, opened, extended, closed, given up: who may give what, and until when."""

import pytest

from grading.actions import rounds
from grading.flows import ROUND
from grading.models import GradingRound, RoundLevel
from office.flow import Refused, Stale
from office.models import LedgerEntry
from tests import make
from tests.grading import make_grading, make_rounds
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
COUNTY, CITY = "330681", "3306"


def version(**content):
    city = make.division(CITY)
    return make_grading.version("active", content=make_grading.document(**content), division=city)


def given(**fields):
    fields.setdefault("division", make.division(COUNTY))
    if "version" not in fields:
        fields["version"] = version()
    fields.setdefault("levels", ["l3", "l4"])
    fields.setdefault("by", make.user())
    return {
        "today": TODAY, "reason": "By the plan.", "title": "2026", "as_of": TODAY - DAY, **fields,
    }  # fmt: skip


@pytest.fixture(autouse=True)
def _levels_of_the_register():
    for rank in (1, 2, 3, 4):
        make.level(rank)


def acts_on(grading_round):
    entries = LedgerEntry.objects.of(grading_round).order_by("sequence")
    return [entry.act.rpartition(".")[2] for entry in entries]


def test_a_round_begins_as_a_draft_with_the_levels_of_its_bureau():
    by = make.user()
    made = rounds.add_round(**given(by=by, takes_late=True, correction_days=3))

    assert (made.state, made.opened_by, made.takes_late, made.correction_days) == (
        "draft", by, True, 3,
    )  # fmt: skip
    found = made.levels.order_by("rank").values_list(
        "code", "label", "rank", "level__rank", "opens_on", "closes_on", "is_scored"
    )
    assert list(found) == [
        ("l3", "三级人民调解员", 3, 3, None, None, True),
        ("l4", "四级人民调解员", 4, 4, None, None, True),
    ]
    entry = LedgerEntry.objects.of(made).get()
    assert (entry.act, entry.reason) == ("grading.gradinground.add", "By the plan.")
    assert entry.after["levels"] == ["三级人民调解员", "四级人民调解员"]


@pytest.mark.parametrize(
    ("place", "codes", "said"),
    [
        (COUNTY, ["l2", "l4"], ["二级人民调解员: by the rule another body decides on it."]),
        (CITY, ["l2", "l4"], ["四级人民调解员: by the rule another body decides on it."]),
        (COUNTY, ["l4", "l9"], ["l9: the rule does not open this level."]),
        (COUNTY, [], ["Choose at least one level."]),
        ("330681003", ["l4"], ["A round is held by a county or a city."]),
    ],
)
def test_a_level_that_the_bureau_cannot_give_is_refused(place, codes, said):
    fields = given(division=make.division(place), levels=codes)
    with pytest.raises(Refused) as refused:
        rounds.add_round(**fields)
    assert refused.value.messages == said
    assert (GradingRound.objects.count(), RoundLevel.objects.count()) == (0, 0)
    assert not LedgerEntry.objects.filter(subject_type="grading.gradinground").exists()


def test_a_body_that_has_no_role_of_its_own_acts_through_every_bureau():
    of = version(authority=[{"when": {}, "evaluate": "mediators_association"}])
    for place in (COUNTY, CITY):
        made = rounds.add_round(
            **given(division=make.division(place), version=of, levels=["l1", "l4"])
        )
        assert made.levels.count() == 2


def test_one_kind_of_organisation_for_which_the_bureau_decides_is_enough():
    matrix = [
        {"when": {"level": ["l1"], "kind": ["industry"]}, "confirm": "county_bureau"},
        {"when": {}, "confirm": "city_bureau"},
    ]
    of = version(authority=matrix)
    made = rounds.add_round(**given(version=of, levels=["l1"]))
    assert made.levels.get().code == "l1"
    with pytest.raises(Refused):
        rounds.add_round(**given(version=of, levels=["l2"]))


def test_a_level_that_the_rule_does_not_open_is_refused():
    with pytest.raises(Refused) as refused:
        rounds.add_round(**given(version=version(open_levels=["l4"]), levels=["l3"]))
    assert refused.value.messages == ["三级人民调解员: the rule does not open this level."]


def test_a_level_whose_rank_the_register_does_not_know_is_refused():
    make.level(3).delete()
    with pytest.raises(Refused) as refused:
        rounds.add_round(**given())
    assert refused.value.messages == ["三级人民调解员: the register has no level of this rank."]


def test_only_a_version_in_force_for_the_division_is_taken():
    elsewhere = make_grading.version("active", division=make.division("330682"))
    later = make_grading.version("active", division=make.division(CITY), effective_from=TODAY + DAY)
    for one in (elsewhere, later, make_grading.version("draft"), make_grading.version("template")):
        with pytest.raises(Refused) as refused:
            rounds.add_round(**given(version=one))
        assert refused.value.messages == [
            "This version of the rule set is not in force in this division."
        ]


def test_windows_that_the_rule_names_are_taken_over_and_unknown_ones_stay_blank():
    written = {
        "windows": [
            {"levels": ["l3"], "opens": TODAY, "closes": TODAY + 9 * DAY},
            {"levels": ["l4"], "opens": TODAY, "closes": "UNK"},
        ]
    }
    made = rounds.add_round(**given(version=version(round=written)))
    found = dict(made.levels.values_list("code", "closes_on"))
    assert found == {"l3": TODAY + 9 * DAY, "l4": None}


@pytest.mark.parametrize("left_out", ["sheet", "committee"])
def test_without_a_sheet_or_a_committee_nothing_is_scored(left_out):
    made = rounds.add_round(**given(version=version(**{left_out: {}})))
    assert set(made.levels.values_list("is_scored", flat=True)) == {False}


def test_a_draft_is_corrected_and_its_levels_are_chosen_anew():
    made = rounds.add_round(**given())
    kept = made.levels.get(code="l4")
    args = {"by": make.user(), "today": TODAY, "reason": "Typed wrong."}
    rounds.change_round(made.pk, revision=0, title="2027", levels=["l4"], **args)

    made.refresh_from_db()
    assert (made.title, list(made.levels.all()), made.revision) == ("2027", [kept], 1)
    assert acts_on(made) == ["add", "set_levels", "change"]
    with pytest.raises(Stale):
        rounds.change_round(made.pk, revision=0, title="2028", **args)
    with pytest.raises(Refused):
        rounds.change_round(made.pk, levels=["l1"], title="2028", **args)
    made.refresh_from_db()
    assert made.title == "2027"


@pytest.mark.parametrize("state", ["open", "reviewing", "confirmed", "abandoned"])
def test_what_is_no_draft_is_not_corrected(state):
    made = make_rounds.grading_round(state)
    args = {"by": make.user(), "today": TODAY, "reason": "x"}
    with pytest.raises(Refused):
        rounds.change_round(made.pk, title="2027", **args)
    window = {"opens_on": TODAY, "closes_on": TODAY}
    with pytest.raises(Refused):
        rounds.set_window(made.levels.first().pk, **window, **args)


def test_a_window_is_set_and_the_ledger_tells_it():
    made = rounds.add_round(**given())
    level = made.levels.get(code="l4")
    args = {"by": make.user(), "today": TODAY, "reason": "By the plan."}
    rounds.set_windows(made.pk, windows={level.pk: (TODAY, TODAY + DAY)}, **args)
    level.refresh_from_db()

    assert (level.opens_on, level.closes_on) == (TODAY, TODAY + DAY)
    entry = LedgerEntry.objects.of(made).order_by("sequence").last()
    assert (entry.act, entry.after["window_of"]) == (
        "grading.gradinground.set_window", "四级人民调解员",
    )  # fmt: skip
    # The same once more changes nothing, and so there is nothing to tell.
    rounds.set_windows(made.pk, windows={level.pk: (TODAY, TODAY + DAY)}, **args)
    assert acts_on(made) == ["add", "set_window"]


def test_half_a_window_and_one_that_ends_before_it_begins_are_refused_as_a_whole():
    made = rounds.add_round(**given())
    three, four = made.levels.order_by("rank")
    args = {"by": make.user(), "today": TODAY, "reason": "x"}
    for wrong in [(TODAY, None), (TODAY, TODAY - DAY)]:
        spans = {three.pk: (TODAY, TODAY), four.pk: wrong}
        with pytest.raises(Exception, match=r"first and the last day|close before"):
            rounds.set_windows(made.pk, windows=spans, **args)
    assert set(made.levels.values_list("opens_on", flat=True)) == {None}


def windowed(opens_on, closes_on):
    made = rounds.add_round(**given(levels=["l4"]))
    made.levels.update(opens_on=opens_on, closes_on=closes_on)
    return made


@pytest.mark.parametrize(
    ("closes_on", "opens"),
    [(TODAY + DAY, True), (TODAY, True), (TODAY - DAY, False), (None, False)],
)
def test_a_round_is_opened_while_every_window_is_ahead(closes_on, opens):
    made = windowed(closes_on and TODAY - 5 * DAY, closes_on)
    assert (ROUND.refusals(made, "open", TODAY) == []) is opens
    args = {"by": make.user(), "today": TODAY, "reason": "Begin."}
    if opens:
        assert rounds.open_round(made.pk, **args).state == "open"
        assert acts_on(made) == ["add", "open"]
    else:
        with pytest.raises(Refused):
            rounds.open_round(made.pk, **args)


@pytest.mark.parametrize(
    ("extended_to", "said"),
    [
        (TODAY + 11 * DAY, None),
        (TODAY + 10 * DAY, "A window is only ever made longer."),
        (TODAY + 9 * DAY, "A window is only ever made longer."),
    ],
)
def test_a_window_is_only_made_longer(extended_to, said):
    made = make_rounds.grading_round("open")
    level = made.levels.get(code="l4")
    args = {"by": make.user(), "today": TODAY, "reason": "Flood."}
    if said is None:
        assert rounds.extend_window(level.pk, extended_to=extended_to, **args).is_open(extended_to)
        entry = LedgerEntry.objects.of(made).get()
        assert (entry.act, entry.reason) == ("grading.gradinground.extend", "Flood.")
        assert entry.after["extended_to"] == extended_to.isoformat()
        with pytest.raises(Refused):
            rounds.extend_window(level.pk, extended_to=extended_to, **args)
    else:
        with pytest.raises(Refused, match=said):
            rounds.extend_window(level.pk, extended_to=extended_to, **args)


def test_a_window_that_is_over_is_extended_to_today_at_least():
    made = make_rounds.grading_round("open")
    level = made.levels.get(code="l4")
    RoundLevel.objects.filter(pk=level.pk).update(closes_on=TODAY - 3 * DAY)
    args = {"by": make.user(), "today": TODAY, "reason": "Flood."}
    with pytest.raises(Refused, match="over already"):
        rounds.extend_window(level.pk, extended_to=TODAY - DAY, **args)
    with pytest.raises(Refused, match="reason"):
        rounds.extend_window(level.pk, extended_to=TODAY, **{**args, "reason": " "})
    rounds.extend_window(level.pk, extended_to=TODAY, **args)
    assert RoundLevel.objects.get(pk=level.pk).last_day == TODAY


@pytest.mark.parametrize("state", ["draft", "reviewing", "ranking", "confirmed", "abandoned"])
def test_only_the_windows_of_an_open_round_are_extended(state):
    level = make_rounds.grading_round(state).levels.first()
    with pytest.raises(Refused):
        rounds.extend_window(
            level.pk, by=make.user(), today=TODAY, reason="x", extended_to=TODAY + 90 * DAY
        )


@pytest.mark.parametrize(("closes_on", "closes"), [(TODAY - DAY, True), (TODAY, False)])
def test_the_windows_are_closed_the_day_after_the_last_one(closes_on, closes):
    made = make_rounds.grading_round("open")
    made.levels.update(closes_on=closes_on)
    begun = make_rounds.application("draft", of=made)
    args = {"by": make.user(), "today": TODAY, "reason": "Over."}
    if closes:
        assert rounds.review_round(made.pk, **args).state == "reviewing"
    else:
        with pytest.raises(Refused):
            rounds.review_round(made.pk, **args)
    begun.refresh_from_db()
    assert begun.state == "draft"


def test_a_round_to_which_somebody_applied_is_not_given_up():
    made = make_rounds.grading_round("open")
    make_rounds.application("draft", of=made)
    args = {"by": make.user(), "today": TODAY, "reason": "No need."}
    handed_in = make_rounds.application("submitted", of=made)
    with pytest.raises(Refused, match="Somebody has applied"):
        rounds.abandon_round(made.pk, **args)
    type(handed_in).objects.filter(pk=handed_in.pk).update(state="withdrawn")
    assert rounds.abandon_round(made.pk, **args).state == "abandoned"


def test_a_round_is_archived_once_nothing_is_waited_for():
    made = make_rounds.grading_round("confirmed")
    forwarded = make_rounds.application("forwarded", of=made)
    args = {"by": make.user(), "today": TODAY, "reason": "Done."}
    with pytest.raises(Refused, match="has not answered yet"):
        rounds.archive_round(made.pk, **args)
    type(forwarded).objects.filter(pk=forwarded.pk).update(state="confirmed")
    assert rounds.archive_round(made.pk, **args).state == "archived"
