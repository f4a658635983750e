"""The results of a cycle: quota, public notice, decision by two, and what follows."""

from decimal import Decimal

import pytest
from django.db import connection

from casework.actions import allowances
from casework.models import PayLine
from grading.actions import consequences, review_results, review_sheets
from grading.actions.review_judging import recomputed
from grading.models import ReviewConsequence
from office.flow import Refused
from office.models import LedgerEntry
from registry.models import Award, PublicNotice
from tests import make
from tests.casework import make_allowances
from tests.grading import make_cycles, make_rounds, make_sheets
from tests.grading.make_sheets import LATER, WHY, checked, cycle_now, now
from tests.make import DAY, TODAY
from tests.registry.at_once import at_once

pytestmark = pytest.mark.django_db


def in_order(of, *points, **fields):
    """Sheets with these points for conduct, each with 54 for success."""
    return [checked(of, conduct=value, **fields) for value in points]


def proposing(of, **fields):
    return review_results.propose_results(of.pk, by=make.user(), **WHY, **fields)


def bands(rows):
    return [now(row).band for row in rows]


def test_without_a_quota_everybody_keeps_the_band_by_points():
    of = make_sheets.cycle()
    rows = in_order(of, 40, 38, 10)
    proposing(of)
    assert bands(rows) == ["优秀", "优秀", "称职"]
    assert cycle_now(of).state == "proposed"


def test_the_quota_lowers_whoever_comes_after_it_and_keeps_the_band_earned():
    of = make_sheets.cycle(top=[make_sheets.top(1)])
    rows = in_order(of, 38, 40, 10)
    digests = [now(row).digest for row in rows]
    proposing(of)

    assert bands(rows) == ["称职", "优秀", "称职"]
    assert [now(row).band_earned for row in rows] == ["优秀", "优秀", "称职"]
    changed = [now(row).digest != old for row, old in zip(rows, digests, strict=True)]
    assert changed == [True, False, False]
    told = LedgerEntry.objects.get(act="grading.reviewsheet.lower")
    assert (told.subject_id, told.after["band"]) == (str(rows[0].pk), "称职")
    review_results.take_back_results(of.pk, by=make.user(), **WHY)
    assert bands(rows) == ["优秀", "优秀", "称职"]
    assert [now(row).digest for row in rows] == digests
    assert cycle_now(of).state == "bureau"


def test_equals_at_the_cut_wait_for_an_officer_to_put_them_in_order():
    of = make_sheets.cycle(top=[make_sheets.top(1)])
    rows = in_order(of, 39, 39, 39)
    with pytest.raises(Refused) as refused:
        proposing(of)
    assert all(row.mediator.name in refused.value.messages[0] for row in rows)
    assert (cycle_now(of).state, bands(rows)) == ("bureau", ["优秀"] * 3)
    proposing(of, order=[rows[2].pk, rows[0].pk, rows[1].pk])
    assert bands(rows) == ["称职", "称职", "优秀"]


def test_a_share_of_an_organisation_counts_each_by_itself_and_those_not_graded_as_well():
    top = make_sheets.top("50%", tie=["exclude_all"], per="organization", of="reviewed",
                          rounding="down")  # fmt: skip
    of = make_sheets.cycle(top=[top])
    first, second = (make.organization(in_division=make.division(make_sheets.TOWN)) for _n in "ab")
    rows = in_order(of, 40, 38, body=first) + in_order(of, 37, body=second)
    assert proposing(of)
    assert bands(rows) == ["优秀", "称职", "称职"]
    of = make_sheets.cycle(top=[top])
    rows = in_order(of, 40, 38, body=first)
    for _n in range(2):
        make_cycles.sheet("not_graded", of=of, body=first)
    proposing(of)
    assert bands(rows) == ["优秀", "优秀"]


def test_a_sheet_without_a_result_bars_the_proposal():
    of = make_sheets.cycle()
    checked(of)
    make_sheets.sheet(of=of)
    with pytest.raises(Refused):
        proposing(of)


def test_the_notice_tells_name_organisation_and_band_of_those_with_a_result():
    of = make_sheets.cycle(missing={"spread": "all", "least_share": "50%"})
    good, bad, without = checked(of), checked(of, conduct=5.5), checked(of, success=None)
    short = make_cycles.sheet("not_graded", of=of)
    make_sheets.announced(of)

    notice = PublicNotice.objects.get(kind="review")
    lines = notice.body.split("\n")
    assert lines[1:5] == [
        "优秀（1人）", f"{good.mediator.name}　{good.organization.name}",
        "不称职（1人）", f"{bad.mediator.name}　{bad.organization.name}",
    ]  # fmt: skip
    assert len(lines) == 6
    assert without.mediator.name not in notice.body
    assert short.mediator.name not in notice.body
    assert str(now(good).score) not in notice.body
    assert [now(row).state for row in (good, bad, without, short)] == [
        "notice", "notice", "notice", "not_graded",
    ]  # fmt: skip
    assert (notice.policy, notice.rests_on) == (None, of.version.scheme.title)
    assert cycle_now(of).notice == notice


def test_a_text_that_looks_like_a_personal_number_is_not_put_up():
    of = make_sheets.cycle()
    body = make.organization(
        in_division=make.division(make_sheets.TOWN), name="13812345678人民调解委员会"
    )
    row = checked(of, body=body)
    proposing(of)
    with pytest.raises(Refused, match="13812345678"):
        review_results.announce_results(of.pk, by=make.user(), **WHY)
    assert (now(row).state, PublicNotice.objects.filter(kind="review").count()) == ("proposed", 0)


def test_nobody_decides_what_the_same_officer_proposed_or_before_the_notice_is_over():
    of = make_sheets.cycle()
    row = checked(of)
    by = make.user()
    review_results.propose_results(of.pk, by=by, **WHY)
    review_results.announce_results(of.pk, by=by, **WHY)
    ends = cycle_now(of).notice.ends_on
    for who, day in [(by, ends + DAY), (make.user(), ends), (make.user(), TODAY)]:
        with pytest.raises(Refused):
            review_results.decide_results(of.pk, by=who, **{**WHY, "today": day})
    assert now(row).state == "notice"
    review_results.decide_results(of.pk, by=make.user(), **{**WHY, "today": ends + DAY})
    assert (now(row).state, now(row).decided_on) == ("decided", ends + DAY)
    told = LedgerEntry.objects.get(act="grading.reviewsheet.decide")
    assert (told.after["digest"], told.after["band"]) == (now(row).digest, "优秀")


def kinds(row):
    return sorted(row.consequences.values_list("kind", flat=True))


def test_what_follows_is_opened_by_the_band_and_nothing_of_it_happens():
    of = make_sheets.cycle(missing={"spread": "all", "least_share": "50%"})
    best, fair, bad, without = (
        checked(of), checked(of, conduct=20), checked(of, conduct=0, success=(1, 10)),
        checked(of, success=None),
    )  # fmt: skip
    make_sheets.decided(of)
    assert [kinds(row) for row in (best, fair, bad, without)] == [
        ["award", "pay", "renewal"], ["renewal"], ["talk"], [],
    ]  # fmt: skip
    assert best.consequences.get(kind="pay").amount == Decimal(500)
    assert (Award.objects.count(), PayLine.objects.count()) == (0, 0)
    assert LedgerEntry.objects.filter(act="grading.reviewconsequence.open").count() == 5
    with pytest.raises(Refused):
        review_results.apply_results(of.pk, by=make.user(), **LATER)


RUNNING = {"bands": ["不称职"], "years": 2, "excused": "passes", "consequence": ["no_renewal"]}


def test_two_bad_years_running_bar_another_term_and_one_does_not():
    version = make_cycles.version(content=make_sheets.rule(consecutive=RUNNING))
    twice, once = (make_rounds.person() for _n in range(2))
    before = make_sheets.cycle(version=version, year=2024)
    checked(before, mediator=twice, conduct=0, success=(1, 10))
    checked(before, mediator=once)
    make_sheets.decided(before)
    of = make_sheets.cycle(version=version, year=2025)
    rows = [checked(of, mediator=one, conduct=0, success=(1, 10)) for one in (twice, once)]
    make_sheets.decided(of)
    assert [kinds(row) for row in rows] == [["no_renewal", "talk"], ["talk"]]


def test_when_the_second_half_of_the_decision_fails_nothing_is_decided(monkeypatch):
    of = make_sheets.cycle()
    rows = in_order(of, 40, 10)
    make_sheets.announced(of)
    entries = LedgerEntry.objects.count()

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(review_results, "open_consequences", broken)
    with pytest.raises(RuntimeError):
        review_results.decide_results(of.pk, by=make.user(), **LATER)
    assert [now(row).state for row in rows] == ["notice"] * 2
    assert cycle_now(of).state == "notice"
    assert (LedgerEntry.objects.count(), ReviewConsequence.objects.count()) == (entries, 0)


def test_proposal_notice_and_decision_take_as_many_queries_for_few_as_for_many(
    django_assert_num_queries,
):
    counts = []
    for number in (3, 15):
        of = make_sheets.cycle(top=[make_sheets.top(2, tie=["exclude_all"])])
        in_order(of, *[40 - at for at in range(number)])
        officers = [make.user() for _n in range(3)]
        acts = [
            (review_results.propose_results, WHY),
            (review_results.announce_results, WHY),
            (review_results.decide_results, LATER),
        ]
        of_each = []
        for by, (act, note) in zip(officers, acts, strict=True):
            with django_assert_num_queries(200, exact=False) as counted:
                act(of.pk, by=by, **note)
            of_each.append(len(counted))
        counts.append(of_each)
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_decide_at_once_one_does():
    of = make_sheets.cycle()
    rows = in_order(of, 40, 10)
    make_sheets.announced(of)
    officers = [make.user(), make.user()]

    def deciding(by):
        return lambda: review_results.decide_results(of.pk, by=by, **LATER)

    outcomes = at_once(*[deciding(by) for by in officers])
    assert outcomes == ["done", "refused"]
    assert [kinds(row) for row in rows] == [["award", "pay", "renewal"], ["renewal"]]
    assert LedgerEntry.objects.filter(act="grading.reviewsheet.decide").count() == 2
    connection.close()


def settled_kind(kind):
    of = make_sheets.cycle()
    row = checked(of)
    make_sheets.decided(of)
    return row, row.consequences.get(kind=kind)


def test_a_consequence_is_settled_by_a_person_with_a_word():
    row, found = settled_kind("renewal")
    by = make.user()
    with pytest.raises(Refused):
        consequences.carry_out_consequence(found.pk, by=by, **{**WHY, "reason": " "})
    consequences.carry_out_consequence(found.pk, by=by, **WHY)
    found.refresh_from_db()
    assert (found.state, found.settled_by, found.note) == ("done", by, WHY["reason"])
    with pytest.raises(Refused):
        consequences.drop_consequence(found.pk, by=by, **WHY)
    for one in row.consequences.exclude(pk=found.pk):
        consequences.drop_consequence(one.pk, by=by, **WHY)
    review_results.apply_results(row.cycle_id, by=by, **WHY)
    assert cycle_now(row.cycle).state == "applied"


def test_nobody_settles_what_follows_from_the_own_review():
    row, found = settled_kind("pay")
    user = make.user()
    type(row.mediator).objects.filter(pk=row.mediator_id).update(user=user)
    with pytest.raises(Refused):
        consequences.carry_out_consequence(found.pk, by=user, **WHY)


def test_an_award_is_entered_in_the_register_by_the_officer():
    row, found = settled_kind("award")
    given = {"title": "优秀人民调解员", "level": "county", "awarded_by": "司法局",
             "awarded_on": TODAY}  # fmt: skip
    with pytest.raises(Refused):
        consequences.award_consequence(found.pk, by=make.user(), **WHY, **{
            **given, "awarded_on": TODAY + DAY})  # fmt: skip
    assert (Award.objects.count(), now(row).consequences.get(kind="award").state) == (0, "open")
    consequences.award_consequence(found.pk, by=make.user(), **WHY, **given)
    assert Award.objects.get().mediator == row.mediator
    with pytest.raises(Refused):
        consequences.award_consequence(
            row.consequences.get(kind="pay").pk, by=make.user(), **WHY, **given
        )


def test_pay_goes_through_a_run_of_allowances_or_not_at_all():
    row, found = settled_kind("pay")
    run = allowances.open_run(
        division=row.cycle.division, organization=row.organization, from_on=make_allowances.JULY,
        months=1, by=make.user(), **WHY,
    )  # fmt: skip
    by = make.user()
    with pytest.raises(Refused):
        consequences.pay_consequence(
            found.pk, by=by, run=run, month=run.until_on, amount=None, **WHY
        )
    found.refresh_from_db()
    assert (found.state, PayLine.objects.filter(kind="performance").count()) == ("open", 0)
    consequences.pay_consequence(found.pk, by=by, run=run, month=run.from_on, **WHY)
    line = PayLine.objects.get(kind="performance")
    assert (line.mediator, line.amount, line.approved_by) == (row.mediator, Decimal(500), None)
    found.refresh_from_db()
    assert found.state == "done"


def test_a_result_is_computed_anew_from_its_content_alone():
    of = make_sheets.cycle()
    row = checked(of, conduct=33)
    review = recomputed(row.content, of.rules)
    row.figures.all().update(part=0)
    assert (review.score, review.band) == (Decimal("87.0"), "称职")
    assert recomputed(now(row).content, of.rules).score == Decimal("87.0")


def test_a_sheet_is_not_reopened_once_results_are_proposed():
    of = make_sheets.cycle()
    row = checked(of)
    proposing(of)
    with pytest.raises(Refused):
        review_sheets.reopen(row.pk, by=make.user(), **WHY)
