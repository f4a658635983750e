"""A review sheet on its way: self-review, points, figures put right, the check at the bureau."""

from decimal import Decimal

import pytest

from grading.actions import review_marks, review_sheets
from grading.models import ReviewFigure, ReviewMark, ReviewSheet
from grading.rules.evidence import digest_of
from office.flow import Refused, Stale
from office.models import LedgerEntry
from registry.models import Discipline
from tests import make
from tests.grading import make_cycles, make_rounds, make_sheets
from tests.grading.make_sheets import WHY, now
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db


def own_sheet(**fields):
    """A sheet with its mediator, and with an account for the person."""
    of = make_sheets.cycle("self")
    body = make.organization(in_division=make.division(make_sheets.TOWN))
    person = make_rounds.person(body=body, user=make.user())
    return make_sheets.sheet("self", of=of, mediator=person, body=body, conduct=None, **fields)


def saving(made, by=None, **fields):
    fields = {"statement": "全年调解纠纷。", "points": {"conduct": "35"}, "revision": 0, **fields}
    return review_sheets.save_own(made.pk, by=by or made.mediator.user, today=TODAY, **fields)


def test_a_self_review_is_kept_at_every_change_without_old_rows_or_entries():
    made = own_sheet()
    before = LedgerEntry.objects.count()
    saving(made)
    saved = saving(made, points={"conduct": "36.5"}, statement="已改。", revision=1)

    assert (saved.statement, saved.revision) == ("已改。", 2)
    assert list(made.marks.values_list("actor", "points")) == [("self", Decimal("36.50"))]
    assert LedgerEntry.objects.count() == before
    saving(made, points={"conduct": ""}, revision=2)
    assert made.marks.count() == 0


def test_of_two_pages_of_one_self_review_the_second_is_told_and_writes_nothing():
    made = own_sheet()
    saving(made)

    with pytest.raises(Stale):
        saving(made, statement="另一页。", points={"conduct": "1"})
    assert now(made).statement == "全年调解纠纷。"
    assert make_sheets.points(made, "self") == {"conduct": Decimal("35.00")}


def test_nobody_saves_or_hands_in_the_self_review_of_another():
    made, other = own_sheet(), own_sheet()
    with pytest.raises(ReviewSheet.DoesNotExist):
        saving(made, by=other.mediator.user)
    with pytest.raises(ReviewSheet.DoesNotExist):
        review_sheets.hand_in(made.pk, by=other.mediator.user, today=TODAY)
    assert (now(made).statement, made.marks.count()) == ("", 0)


def test_own_sheets_are_those_of_published_reviews_and_of_nobody_else():
    made, _other = own_sheet(), own_sheet()
    user = made.mediator.user
    unpublished = make_sheets.cycle("draft", version=made.cycle.version)
    draft = make_cycles.sheet(of=unpublished, mediator=made.mediator)
    assert draft.mediator.user == user
    assert list(ReviewSheet.objects.own(user)) == [made]
    assert list(ReviewSheet.objects.own(make.user())) == []


@pytest.mark.parametrize(
    ("typed", "named"),
    [({"conduct": "40.01"}, "conduct"), ({"conduct": "-1"}, "conduct"),
     ({"conduct": "x"}, "conduct"), ({"conduct": "1.005"}, "conduct"),
     ({"conduct": "NaN"}, "conduct"), ({"success": "1"}, "success")],
)  # fmt: skip
def test_points_out_of_range_or_not_asked_for_are_refused_beside_their_field(typed, named):
    made = own_sheet()
    with pytest.raises(Refused) as refused:
        saving(made, points=typed)
    assert set(refused.value.message_dict) == {named}
    assert made.marks.count() == 0


def test_a_self_review_is_handed_in_once_with_its_points_and_in_time():
    made = own_sheet()
    user = made.mediator.user
    with pytest.raises(Refused) as refused:
        review_sheets.hand_in(made.pk, by=user, today=TODAY)
    assert len(refused.value.messages) == 1
    saving(made)
    with pytest.raises(Refused):
        review_sheets.hand_in(made.pk, by=user, today=made.cycle.self_until + DAY)
    review_sheets.hand_in(made.pk, by=user, today=made.cycle.self_until)
    assert (now(made).state, now(made).is_late) == ("organization", False)
    with pytest.raises(Refused):
        saving(made, revision=None)


def test_without_a_self_review_a_sheet_is_taken_up_late_and_marked_so():
    made = own_sheet()
    by = make_sheets.bureau()
    with pytest.raises(Refused):
        review_sheets.take_up(made.pk, by=by, **WHY)
    review_sheets.take_up(made.pk, by=by, **{**WHY, "today": made.cycle.self_until + DAY})
    assert (now(made).state, now(made).is_late) == ("organization", True)


def at_the_organization(**fields):
    of = make_sheets.cycle("organization")
    return make_sheets.sheet("organization", of=of, conduct=None, **fields)


def test_each_gives_points_in_turn_and_a_newer_row_takes_the_place_of_the_old_one():
    made = at_the_organization()
    clerk, office = make_sheets.clerk(made.organization), make_sheets.office()
    with pytest.raises(Refused):
        review_sheets.score(made.pk, by=clerk, **WHY)
    make_sheets.give(made, "organization", "30", clerk)
    make_sheets.give(made, "organization", "32", clerk)
    make_sheets.give(made, "organization", "32", clerk)

    rows = made.marks.order_by("pk").values_list("points", "replaced_on", "by")
    assert list(rows) == [(30, TODAY, clerk.pk), (32, None, clerk.pk)]
    told = LedgerEntry.objects.of(made).filter(act="grading.reviewsheet.mark").order_by("sequence")
    assert [(one.before, one.after) for one in told] == [
        ({"actor": "organization"}, {"actor": "organization", "conduct": "30"}),
        ({"actor": "organization", "conduct": "30"}, {"actor": "organization", "conduct": "32"}),
    ]
    with pytest.raises(Refused):
        make_sheets.give(made, "office", "20", office)
    review_sheets.score(made.pk, by=clerk, **WHY)
    make_sheets.give(made, "office", "20", office)
    review_sheets.send_back(made.pk, by=office, **WHY)
    review_sheets.score(made.pk, by=clerk, **WHY)
    with pytest.raises(Refused):
        review_sheets.send_back(made.pk, by=office, **WHY)
    review_sheets.pass_on(made.pk, by=office, **WHY)
    assert now(made).state == "bureau"


def test_a_clerk_gives_points_within_the_own_organisation_and_for_it_only():
    made = at_the_organization()
    other = make_sheets.clerk(make.organization(in_division=made.organization.division))
    for by, actor in [(other, "organization"), (make.user(), "organization"),
                      (make_sheets.office("330681102"), "organization"),
                      (make_sheets.clerk(made.organization), "office")]:  # fmt: skip
        with pytest.raises(Refused):
            make_sheets.give(made, actor, "30", by)
    assert made.marks.count() == 0
    # An office stands in for an organisation without an account.
    make_sheets.give(made, "organization", "30", make_sheets.office())
    assert make_sheets.points(made, "organization") == {"conduct": 30}


def test_nobody_has_a_hand_in_the_own_sheet():
    body = make.organization(in_division=make.division(make_sheets.TOWN))
    clerk = make_sheets.clerk(body)
    person = make_rounds.person(body=body, user=clerk)
    made = at_the_organization(mediator=person, body=body)
    acts = [
        lambda: make_sheets.give(made, "organization", "40", clerk),
        lambda: review_sheets.score(made.pk, by=clerk, **WHY),
        lambda: review_marks.correct_figure(
            made.pk, by=clerk, indicator="success", part=10, whole=10, **WHY
        ),
    ]
    for act in acts:
        with pytest.raises(Refused, match=r"own|本人"):
            act()
    assert made.marks.count() == 0
    assert list(ReviewSheet.objects.within(clerk, "grading.view_reviewsheet")) == []


def test_a_figure_is_put_right_by_a_new_row_with_its_reason():
    made = make_sheets.sheet()
    by = make_sheets.bureau()
    note = {**WHY, "reason": "漏计一件。"}
    review_marks.correct_figure(made.pk, by=by, indicator="success", part=10, whole=11, **note)

    old, new = made.figures.filter(indicator="success").order_by("pk")
    assert (old.part, old.replaced_on, old.by) == (9, TODAY, None)
    assert (new.part, new.whole, new.state) == (10, 11, "assessed")
    assert (new.by, new.reason) == (by, "漏计一件。")
    told = LedgerEntry.objects.of(made).get(act="grading.reviewsheet.correct_figure")
    assert (told.reason, told.after["success"]["part"]) == ("漏计一件。", "10")


@pytest.mark.parametrize(
    "wrong",
    [{"indicator": "conduct"}, {"indicator": "nothing"}, {"whole": 0}, {"part": None},
     {"reason": " "}],
)  # fmt: skip
def test_what_no_register_counts_and_what_is_no_figure_is_refused(wrong):
    made = make_sheets.sheet()
    given = {"indicator": "success", "part": 1, "whole": 2, **WHY, **wrong}
    with pytest.raises(Refused):
        review_marks.correct_figure(made.pk, by=make_sheets.bureau(), **given)
    assert ReviewFigure.objects.filter(by__isnull=False).count() == 0


def test_a_figure_put_right_to_too_few_says_nothing():
    made = make_sheets.sheet()
    by = make_sheets.bureau()
    review_marks.correct_figure(made.pk, by=by, indicator="success", part=4, whole=4, **WHY)
    assert made.figures.standing().get(indicator="success").state == "too_few"


def checking(made):
    by = make.user()
    review_sheets.check(made.pk, by=by, **WHY)
    return now(made)


def test_a_check_works_the_result_out_and_keeps_what_it_rests_on():
    """54 for success; conduct 50 % of 40, 25 % of 20, 25 % of 20; ten taken away."""
    made = make_sheets.sheet(conduct=None, complaints=1)
    for actor, value in (("self", 1), ("organization", 40), ("office", 20), ("bureau", 20)):
        make_cycles.mark(made, "conduct", value, actor=actor)
    found = checking(made)

    assert (found.state, found.result, found.score) == ("proposed", "done", Decimal("74.0"))
    assert (found.band, found.band_earned) == ("称职", "称职")
    content = found.content
    assert found.digest == digest_of(content)
    assert content["version"] == made.cycle.version.digest
    assert content["figures"]["success"] == {
        "metric": "success", "state": "assessed", "part": "9", "whole": "10",
    }  # fmt: skip
    assert set(content["marks"]["conduct"]) == {"self", "organization", "office", "bureau"}
    assert content["not_assessed"] == []
    told = LedgerEntry.objects.of(made).get(act="grading.reviewsheet.check")
    assert told.after["digest"] == found.digest


@pytest.mark.parametrize(
    ("conduct", "success", "score", "band"),
    [(36, (9, 10), "90.00", "优秀"), ("35.9", (9, 10), "89.90", "称职"),
     (0, (10, 10), "60.00", "称职"), ("39.9", (5, 15), "59.90", "不称职"),
     (0, (0, 10), "0.00", "不称职")],
)  # fmt: skip
def test_bands_begin_and_end_where_the_rule_says(conduct, success, score, band):
    found = checking(make_sheets.sheet(conduct=conduct, success=success))
    assert (str(found.score), found.band) == (score, band)


def test_the_score_does_not_fall_below_the_floor():
    assert checking(make_sheets.sheet(conduct=5, success=(0, 10), complaints=9)).score == 0


def test_what_is_missing_is_weighed_anew_and_flagged_never_nought():
    found = checking(make_sheets.sheet(conduct=30, success=None))
    assert (found.score, found.content["not_assessed"]) == (Decimal("75.0"), ["success"])
    few = make_sheets.sheet(conduct=30, success=None)
    make_cycles.figure(make_sheets.sheet(of=few.cycle, conduct=30), "other", 1, 2)
    few.figures.filter(indicator="success").update(state="too_few", part=0, whole=4)
    assert (checking(few).score, now(few).content["not_assessed"]) == (Decimal("75.0"), ["success"])


FIGURES_ONLY = {
    "indicators": [{**make_sheets.TREE[0], "weight": 100}],
    "steps": [{"id": "bureau"}],
}


@pytest.mark.parametrize(
    ("changes", "conduct", "result"),
    [
        (FIGURES_ONLY, None, "not_assessed"),
        ({"missing": {"spread": "all", "least_share": "50%"}}, 40, "too_little"),
    ],
)
def test_without_a_score_there_is_never_a_band(changes, conduct, result):
    of = make_sheets.cycle(**changes)
    made = make_sheets.sheet(of=of, success=None, conduct=conduct)
    found = checking(made)
    assert (found.result, found.score, found.band, found.band_earned) == (result, None, "", "")


def test_a_veto_rests_on_the_facts_of_the_register_and_is_kept():
    veto = {"id": "art15", "when": {"flag": "misconduct"}, "effect": {"cap": "称职"},
            "clause": "第三条"}  # fmt: skip
    of = make_sheets.cycle(vetoes=[veto])
    made, other = make_sheets.sheet(of=of), make_sheets.sheet(of=of)
    make.saved(
        Discipline(
            appointment=made.mediator.appointments.get(), kind="criticism", ground="leak",
            unit="调委会", decided_on=made.cycle.until_on - DAY, text="批评",
        )
    )  # fmt: skip
    found = checking(made)
    assert (found.score, found.band) == (Decimal("94.0"), "称职")
    kept = {"id": "art15", "clause": "第三条", "effect": {"cap": "称职"}, "answer": "holds"}
    assert found.content["vetoes"] == [kept]
    assert (checking(other).band, now(other).content["vetoes"]) == ("优秀", [])


def test_a_veto_nobody_can_answer_bars_the_result():
    veto = {"id": "v", "when": {"attest": "was_warned"}, "effect": "zero", "clause": "第九条"}
    made = make_sheets.sheet(of=make_sheets.cycle(vetoes=[veto]))
    with pytest.raises(Refused, match="第九条"):
        checking(made)
    assert (now(made).state, now(made).content) == ("bureau", {})


def test_a_result_is_taken_back_to_be_checked_anew():
    made = make_sheets.sheet()
    checking(made)
    by = make_sheets.bureau()
    review_sheets.reopen(made.pk, by=by, **WHY)
    found = now(made)
    assert (found.state, found.result, found.score, found.digest) == ("bureau", "", None, "")
    make_sheets.give(made, "bureau", "0", by)
    assert checking(made).score == Decimal("84.0")


def test_points_that_are_missing_bar_the_check():
    made = make_sheets.sheet(conduct=None)
    make_cycles.mark(made, "conduct", 40, actor="organization")
    with pytest.raises(Refused):
        checking(made)
    make_cycles.mark(made, "conduct", 40)
    # The office gave none: the shares of the others grow.
    assert checking(made).score == Decimal("94.0")


def test_many_sheets_are_checked_in_the_same_number_of_queries(django_assert_num_queries):
    counts = []
    for number in (3, 12):
        of = make_sheets.cycle()
        rows = [make_sheets.sheet(of=of, conduct=20 + at) for at in range(number)]
        by = make_sheets.bureau()
        with django_assert_num_queries(100, exact=False) as counted:
            assert review_sheets.check_all(of.pk, by=by, **WHY) == number
        counts.append(len(counted))
        scores = [str(now(row).score) for row in rows]
        assert scores == [f"{74 + at}.00" for at in range(number)]
    assert counts[0] == counts[1]


def test_checking_all_leaves_the_own_sheet_and_names_whoever_has_no_points():
    of = make_sheets.cycle()
    by = make_sheets.bureau()
    own = make_sheets.sheet(of=of, mediator=make_rounds.person(user=by))
    ready, bare = make_sheets.sheet(of=of), make_sheets.sheet(of=of, conduct=None)
    with pytest.raises(Refused, match=bare.mediator.name):
        review_sheets.check_all(of.pk, by=by, **WHY)
    assert now(ready).state == "bureau"
    assert review_sheets.check_all(of.pk, by=by, sheets=[ready.pk], **WHY) == 1
    assert [now(row).state for row in (own, ready, bare)] == ["bureau", "proposed", "bureau"]


def test_marks_stand_once():
    made = make_sheets.sheet()
    assert ReviewMark.objects.filter(sheet=made).standing().count() == 3
