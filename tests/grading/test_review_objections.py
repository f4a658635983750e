"""Objections, corrections, what is kept: others decide, and whatever is altered shows."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from grading.actions import (
    consequences,
    review_corrections,
    review_objections,
    review_results,
    review_sheets,
    review_words,
)
from grading.evaluation import facts_of
from grading.models import Renewal, ReviewSheet, SheetObjection
from grading.reports.review_provenance import sheet_faults
from grading.rules.evidence import digest_of
from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import notices
from registry.actions.erasures import NAMELESS
from registry.models import Objection
from tests import make
from tests.grading import make_cycles, make_rounds, make_sheets
from tests.grading.make_sheets import LATER, WHY, checked, cycle_now, now
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db


def told(*, conduct=35, **changes):
    """A cycle on notice with the sheet of somebody who has an account, and one of another."""
    of = make_sheets.cycle(**changes)
    person = make_rounds.person(user=make.user())
    checker = make.user()
    row = make_sheets.sheet(of=of, conduct=conduct, mediator=person)
    review_sheets.check(row.pk, by=checker, **WHY)
    other = checked(of, conduct=38)
    make_sheets.announced(of)
    return now(row), now(other), checker


def answering(row, *, by=None, is_upheld=True, **fields):
    fields = {"answer": "经复核。", **fields}
    return review_objections.answer_objection(
        row.pk, by=by or make.user(), is_upheld=is_upheld, **WHY, **fields
    )


def test_the_person_signs_the_own_sheet_once_and_nobody_else_does():
    row, other, _checker = told()
    with pytest.raises(ReviewSheet.DoesNotExist):
        review_objections.sign(other.pk, by=row.mediator.user, today=TODAY)
    review_objections.sign(row.pk, by=row.mediator.user, today=TODAY)
    assert (now(row).signed_on, now(other).signed_on) == (TODAY, None)
    with pytest.raises(Refused):
        review_objections.sign(row.pk, by=row.mediator.user, today=TODAY)


def test_an_appeal_suspends_one_sheet_and_bars_the_decision_of_all():
    row, other, _checker = told()
    review_objections.sign(row.pk, by=row.mediator.user, today=TODAY)
    with pytest.raises(ReviewSheet.DoesNotExist):
        review_objections.appeal(row.pk, by=make.user(), today=TODAY, text="不同意。")
    make_sheets.appealed(row)
    assert [now(row).state, now(other).state] == ["objected", "notice"]
    assert (now(row).signed_on, row.objections.get().text) == (None, "不同意。")
    with pytest.raises(Refused):
        review_results.decide_results(row.cycle_id, by=make.user(), **LATER)


def test_an_appeal_is_in_time_and_says_something():
    row, _other, _checker = told()
    last = review_results.last_day_to_object(cycle_now(row.cycle))
    for text, day in (("不同意。", last + DAY), (" ", TODAY)):
        with pytest.raises(Refused):
            review_objections.appeal(row.pk, by=row.mediator.user, today=day, text=text)
    assert (now(row).state, SheetObjection.objects.count()) == ("notice", 0)
    review_objections.appeal(row.pk, by=row.mediator.user, today=last, text="不同意。")
    assert now(row).state == "objected"


def test_whoever_gave_points_or_checked_does_not_decide_on_the_objection():
    row, _other, checker = told()
    make_sheets.appealed(row)
    marker = row.marks.order_by("pk").first().by
    # Points that were replaced since are a part in it as well.
    earlier = make_cycles.mark(row, "conduct", 1, actor="self", replaced_on=TODAY).by
    for by in (checker, marker, earlier, row.mediator.user):
        with pytest.raises(Refused):
            answering(row, by=by)
    assert (now(row).state, row.objections.get().is_upheld) == ("objected", None)
    answering(row, is_upheld=False)
    assert (now(row).state, now(row).digest) == ("notice", row.digest)


def test_upheld_the_result_is_worked_out_anew_with_what_was_put_right():
    row, other, _checker = told()
    assert (row.band, str(row.score)) == ("称职", "89.00")
    make_sheets.appealed(row)
    by = make.user()
    answering(row, by=by, figures={"success": (10, 10)}, points={"conduct": "36"})
    found = now(row)
    assert (found.state, found.band, str(found.score)) == ("notice", "优秀", "96.00")
    assert found.digest == digest_of(found.content) != row.digest
    assert (now(other).digest, now(other).revision) == (other.digest, other.revision)
    objection = row.objections.get()
    assert (objection.is_upheld, objection.decided_by, objection.answer) == (True, by, "经复核。")
    review_results.decide_results(row.cycle_id, by=make.user(), **LATER)
    assert list(sheet_faults()) == []


def test_upheld_beyond_the_quota_the_band_by_points_is_lowered_and_nobody_else_moves():
    row, other, _checker = told(top=[make_sheets.top(1)])
    make_sheets.appealed(row)
    answering(row, points={"conduct": "37"})
    assert (now(row).band_earned, now(row).band, now(other).band) == ("优秀", "称职", "优秀")


def filed(notice, **fields):
    return notices.file_objection(
        notice.pk, submission=f"s{make.next_number()}", text="有异议。", today=TODAY, **fields
    )[0]


def test_an_objection_of_the_public_is_tied_to_one_sheet_and_answered_with_it():
    row, other, _checker = told()
    objection = filed(cycle_now(row.cycle).notice)
    with pytest.raises(Refused):
        notices.uphold_objection(objection.pk, by=make.user(), answer="成立。", **WHY)
    review_objections.contest(row.pk, by=make.user(), objection=objection, **WHY)
    with pytest.raises(Refused):
        review_objections.contest(other.pk, by=make.user(), objection=objection, **WHY)
    answering(row, points={"conduct": "0"})
    objection = Objection.objects.get()
    assert (objection.state, objection.answer) == ("upheld", "经复核。")
    assert (now(row).band, now(other).state) == ("不称职", "notice")


def test_an_objection_to_another_notice_is_not_tied():
    row, _other, _checker = told()
    second, _more, _third = told()
    objection = filed(cycle_now(second.cycle).notice)
    with pytest.raises(Refused):
        review_objections.contest(row.pk, by=make.user(), objection=objection, **WHY)
    assert now(row).state == "notice"


# --- Corrections --------------------------------------------------------------------------------


def decided(**fields):
    of = make_sheets.cycle()
    row = checked(of, conduct=35, **fields)
    return make_sheets.decided(of, row)[0]


def correcting(row, *, by=None, **fields):
    fields = fields or {"points": {"conduct": "40"}}
    return review_corrections.correct_sheet(row.pk, by=by or make.user(), **LATER, **fields)


def renewal(row, sheet, state="open", **fields):
    post = row.mediator.appointments.get()
    return make.saved(
        Renewal(
            appointment=post, term_until_on=TODAY + 90 * DAY, opened_on=TODAY, state=state,
            pack={"reviews": [{"sheet": sheet}]}, **fields,
        )
    )  # fmt: skip


def test_a_correction_is_a_row_of_its_own_by_two_and_the_old_one_is_kept():
    row = decided()
    by = make.user()
    new = correcting(row, by=by)
    assert (new.number, new.state, new.band, row.state) == (2, "bureau", "优秀", "decided")
    assert now(row).state == "decided"
    with pytest.raises(Refused):
        correcting(row)
    with pytest.raises(Refused):
        review_corrections.confirm_correction(new.pk, by=by, **LATER)
    review_corrections.confirm_correction(new.pk, by=make.user(), **LATER)
    assert [now(row).state, now(new).state] == ["replaced", "decided"]
    assert (now(row).digest, now(row).band) == (row.digest, "称职")
    assert list(ReviewSheet.objects.standing()) == [new]
    assert list(sheet_faults()) == []


def test_a_correction_that_is_not_made_leaves_everything_as_it_was():
    row = decided()
    new = correcting(row)
    review_corrections.drop_correction(new.pk, by=make.user(), **LATER)
    assert [now(row).state, now(new).state] == ["decided", "dropped"]
    assert correcting(row).number == 3
    assert list(sheet_faults()) == []


def test_a_correction_flags_what_rests_on_the_old_sheet_and_nothing_else():
    row, other = decided(), decided()
    running, elsewhere = renewal(row, row.pk), renewal(other, other.pk)
    consequences.carry_out_consequence(row.consequences.get().pk, by=make.user(), **LATER)
    new = correcting(row)
    review_corrections.confirm_correction(new.pk, by=make.user(), **LATER)
    running.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (running.flagged_on, elsewhere.flagged_on) == (LATER["today"], None)
    settled = row.consequences.get()
    assert (settled.kind, settled.flagged_on) == ("renewal", LATER["today"])
    # What was carried out is not to be done a second time.
    assert sorted(new.consequences.values_list("kind", flat=True)) == ["award", "pay"]
    consequences.look_again(settled.pk, by=make.user(), **LATER)
    assert row.consequences.get().flagged_on is None


def test_what_follows_from_a_sheet_that_was_corrected_is_not_settled():
    row = decided()
    old = row.consequences.get()
    review_corrections.confirm_correction(correcting(row).pk, by=make.user(), **LATER)
    with pytest.raises(Refused):
        consequences.carry_out_consequence(old.pk, by=make.user(), **LATER)
    assert row.cycle.consequences().waiting().count() == 3


@pytest.mark.parametrize("fields", [{"points": {"conduct": "41"}}, {"points": {"success": "1"}},
                                    {"figures": {"conduct": (1, 2)}}, {"points": {}}])  # fmt: skip
def test_a_correction_that_does_not_fit_writes_nothing(fields):
    row = decided()
    with pytest.raises(Refused):
        correcting(row, **fields)
    assert ReviewSheet.objects.count() == 1


def test_grading_sees_the_result_that_stood_on_the_day():
    row = decided()
    new = correcting(row)
    after = {**LATER, "today": LATER["today"] + 5 * DAY}
    review_corrections.confirm_correction(new.pk, by=make.user(), **after)
    person = row.mediator_id

    def band(day):
        found = facts_of([person], day)[person].values
        assert found["flags"]["reviewed"] is (found["reviews.decided"] == 1)
        return found["reviews.last_band"]

    days = [LATER["today"] - DAY, LATER["today"], after["today"] - DAY, after["today"]]
    assert [band(day) for day in days] == [None, "称职", "称职", "优秀"]


# --- What is kept -------------------------------------------------------------------------------


def verified():
    out = StringIO()
    try:
        call_command("verify_decisions", stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def by_sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def test_results_that_nobody_touched_are_computed_alike():
    decided()
    assert verified() == (
        ["0 decisions, each computed anew and alike.",
         "1 review sheets, each computed anew and alike."], "",
    )  # fmt: skip


ALTERED = {
    "UPDATE grading_reviewsheet SET score = 99 WHERE id = %s": "its score is",
    "UPDATE grading_reviewsheet SET band = '优秀' WHERE id = %s": "its band is",
    "UPDATE grading_reviewsheet SET band_earned = '优秀' WHERE id = %s": "its band_earned is",
    "UPDATE grading_reviewsheet SET content = '{}' WHERE id = %s": "it cannot be computed",
    "UPDATE grading_reviewfigure SET part = 10 WHERE indicator = 'success' AND sheet_id = %s":
        "its figures are no longer",
    "UPDATE grading_reviewmark SET points = 40 WHERE sheet_id = %s": "its points are no longer",
    "DELETE FROM grading_reviewmark WHERE sheet_id = %s": "its points are no longer",
}  # fmt: skip


@pytest.mark.parametrize("statement", ALTERED)
def test_each_row_that_is_altered_is_found(statement):
    row, other = decided(), decided()
    by_sql(statement, row.pk)
    lines, error = verified()
    assert error == f"{len(lines)} faults in decisions of grading."
    assert lines[0].startswith(f"review sheet {row.pk}: {ALTERED[statement]}")
    assert not any(f"review sheet {other.pk}" in line for line in lines)


def test_content_altered_with_its_digest_is_told_by_the_ledger():
    row = decided()
    content = {**row.content, "band": "优秀"}
    ReviewSheet.objects.filter(pk=row.pk).update(
        content=content, digest=digest_of(content), band="优秀"
    )
    entry = LedgerEntry.objects.get(act="grading.reviewsheet.decide")
    assert list(sheet_faults()) == [
        f"review sheet {row.pk}: entry {entry.sequence} of the ledger tells otherwise"
    ]


def test_a_sheet_the_ledger_does_not_tell_of_is_found_and_one_taken_back_by_hand():
    row, other = decided(), decided()
    made = make_cycles.sheet("decided", of=make_sheets.cycle("decided"))
    found = [one for one in sheet_faults() if one.startswith(f"review sheet {made.pk}: the ledger")]
    assert found == [f"review sheet {made.pk}: the ledger does not tell of it"]
    by_sql("UPDATE grading_reviewsheet SET state = 'bureau' WHERE id = %s", other.pk)
    named = [one for one in sheet_faults() if one.startswith(f"review sheet {other.pk}:")]
    assert len(named) == 1
    assert not any(one.startswith(f"review sheet {row.pk}:") for one in sheet_faults())


def test_an_erased_person_leaves_a_result_that_is_still_computed_alike():
    row = decided()
    ReviewSheet.objects.filter(pk=row.pk).update(statement="我的自评。")
    make_cycles.mark(row, "conduct", 1, actor="self", note="张三很好", replaced_on=TODAY)
    person, notice = row.mediator, cycle_now(row.cycle).notice
    line = f"\n{person.name}　{row.organization.name}\n"
    assert line in notice.body
    review_words.forget_reviews(person, by=make.user(), **WHY)
    notice.refresh_from_db()
    assert line not in notice.body
    assert (now(row).statement, row.marks.get(actor="self").note) == ("", NAMELESS)
    assert list(sheet_faults()) == []
