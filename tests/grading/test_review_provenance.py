"""Quotas of reviews and recommendations of reappointments, counted anew from what is kept."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grading.actions import renewals, review_objections, review_results
from grading.models import Renewal, ReviewSheet, SchemeVersion
from grading.reports.renewal_provenance import renewal_faults
from grading.reports.review_quota import quota_faults
from grading.rules.evidence import digest_of
from office.models import LedgerEntry
from tests import make
from tests.grading import make_renewals, make_sheets
from tests.grading.make_sheets import WHY, checked, now

pytestmark = pytest.mark.django_db


def proposed(of, *points, order=()):
    rows = [checked(of, conduct=value) for value in points]
    chosen = [rows[at].pk for at in order]
    review_results.propose_results(of.pk, by=make.user(), **WHY, order=chosen)
    return [now(row) for row in rows]


def bands(rows):
    return [now(row).band for row in rows]


def test_before_results_are_proposed_nothing_is_counted():
    of = make_sheets.cycle(top=[make_sheets.top(1)])
    checked(of, conduct=40), checked(of, conduct=39)
    assert list(quota_faults()) == []


def test_a_band_that_the_quota_does_not_leave_is_found():
    of = make_sheets.cycle(top=[make_sheets.top(1)])
    best, second, last = proposed(of, 40, 39, 10)
    assert list(quota_faults()) == []
    ReviewSheet.objects.filter(pk=second.pk).update(band="优秀")
    assert list(quota_faults()) == [
        f"review sheet {second.pk}: by the quota its band is “称职”, not “优秀”"
    ]
    ReviewSheet.objects.filter(pk=second.pk).update(band="称职")
    ReviewSheet.objects.filter(pk=best.pk).update(band="称职")
    assert list(quota_faults()) == [
        f"review sheet {best.pk}: by the quota its band is “优秀”, not “称职”"
    ]
    assert last.band == "称职"


def test_equals_that_an_officer_put_in_order_are_as_the_officer_put_them():
    of = make_sheets.cycle(top=[make_sheets.top(1)])
    rows = proposed(of, 39, 39, 39, order=(2, 0, 1))
    assert (bands(rows), list(quota_faults())) == (["称职", "称职", "优秀"], [])
    ReviewSheet.objects.filter(pk=rows[2].pk).update(band="称职")
    assert len(list(quota_faults())) == 1


def announced(*points, order=()):
    """Results on public notice, of which one may be the best; everybody else comes down."""
    of = make_sheets.cycle(top=[make_sheets.top(1)])
    rows = proposed(of, *points, order=order)
    review_results.announce_results(of.pk, by=make.user(), **WHY)
    return rows


def objected(row, conduct=None, *, is_upheld=True):
    """An objection that is answered: upheld, with other points if any are given."""
    ReviewSheet.objects.filter(pk=row.pk).update(state="objected")
    row.objections.create(text="不同意。", filed_on=WHY["today"])
    changes = {} if conduct is None else {"points": {"conduct": conduct}}
    review_objections.answer_objection(
        row.pk, by=make.user(), **WHY, answer="是。", is_upheld=is_upheld, **changes
    )


def raised(row, band="优秀"):
    ReviewSheet.objects.filter(pk=row.pk).update(band=band)


def test_who_was_right_to_object_is_above_the_quota_and_nobody_comes_down():
    first, second = announced(39, 38)
    objected(second, 40)
    assert (bands([first, second]), list(quota_faults())) == (["优秀", "优秀"], [])


@pytest.mark.parametrize("conduct", [40, 39, 37, 0, None])
def test_whatever_an_answer_leaves_is_what_the_quota_gives_by_it(conduct):
    rows = announced(39, 38, 37, 0)
    objected(rows[1], conduct)
    assert list(quota_faults()) == []
    objected(rows[0], 20)
    objected(rows[1], 36)
    objected(rows[2], is_upheld=False)
    objected(rows[2], 40)
    assert list(quota_faults()) == []


def test_a_tie_by_an_answer_goes_in_favour_of_the_person():
    first, second = announced(39, 38)
    objected(second, 39)
    assert (bands([first, second]), list(quota_faults())) == (["优秀", "优秀"], [])


def test_after_an_objection_who_was_raised_beside_the_quota_is_found():
    first, second, third = announced(40, 39, 38)
    objected(first, 40)
    assert (bands([first, second, third]), list(quota_faults())) == (["优秀", "称职", "称职"], [])
    raised(third)
    # The band is not above the one by points, and yet not what the quota left.
    assert now(third).band == now(third).band_earned
    assert list(quota_faults()) == [
        f"review sheet {third.pk}: by the quota its band is “称职”, not “优秀”"
    ]


def test_who_objected_and_was_lowered_or_raised_afterwards_is_found():
    first, second, third = announced(40, 39, 38)
    objected(second, 40)
    objected(third, 37)
    assert bands([first, second, third]) == ["优秀", "优秀", "称职"]
    raised(second, "称职")
    raised(third)
    assert list(quota_faults()) == [
        f"review sheet {second.pk}: the answer to the objection left it “优秀”, not “称职”",
        f"review sheet {third.pk}: the answer to the objection left it “称职”, not “优秀”",
    ]


def test_an_answer_that_gave_another_band_than_the_quota_is_found(monkeypatch):
    first, second = announced(40, 20)
    given = "grading.actions.review_objections.band_of_one"
    with monkeypatch.context() as patched:
        patched.setattr(given, lambda sheet: "称职")
        objected(second, 40)
    assert list(quota_faults()) == [
        f"review sheet {second.pk}: by the quota the answer to the objection gives “优秀”,"
        " not “称职”"
    ]
    assert now(first).band == "优秀"


def test_an_objection_said_to_be_upheld_that_the_ledger_does_not_know_is_found():
    _first, second = announced(40, 39)
    second.objections.create(
        text="不同意。", filed_on=WHY["today"], is_upheld=True, answer="是。",
        decided_by=make.user(), decided_on=WHY["today"],
    )  # fmt: skip
    assert list(quota_faults()) == [
        f"review sheet {second.pk}: the ledger does not tell of the objection that was upheld"
    ]


def test_more_sheets_take_no_more_questions(django_assert_num_queries):
    rows = announced(39, 38)
    objected(rows[1], 40)
    with CaptureQueriesContext(connection) as first:
        list(quota_faults())
    of = rows[0].cycle
    for row in [make_sheets.sheet("notice", of=of, result="done") for _n in range(5)]:
        ReviewSheet.objects.filter(pk=row.pk).update(score=10, band="不称职", band_earned="不称职")
    with django_assert_num_queries(len(first)):
        assert list(quota_faults()) == []


def test_equals_put_in_order_stay_so_when_one_objects():
    rows = announced(39, 39, 39, order=(2, 0, 1))
    objected(rows[0], 38)
    assert (bands(rows), list(quota_faults())) == (["称职", "称职", "优秀"], [])


def test_limits_by_organisation_and_by_division_are_counted_each_in_its_own_groups():
    fields = {"tie": ["exclude_all"], "of": "assessed"}
    top = [
        make_sheets.top(1, per="division", **fields),
        make_sheets.top(1, per="organization", band="称职", **fields),
    ]
    of = make_sheets.cycle(top=top)
    town = make.division(make_sheets.TOWN)
    one, other = (make.organization(in_division=town) for _n in "ab")
    rows = [
        checked(of, body=one, conduct=40),
        checked(of, body=other, conduct=39),
        checked(of, body=other, conduct=20),
        checked(of, body=one, conduct=21),
    ]
    review_results.propose_results(of.pk, by=make.user(), **WHY)
    # One of the division is best; who came down takes the place of the own organisation.
    assert bands(rows) == ["优秀", "称职", "不称职", "称职"]
    assert list(quota_faults()) == []


def test_a_recommendation_is_computed_anew_from_its_evidence():
    case = make_renewals.renewal("packed")
    assert list(renewal_faults()) == []
    rows = Renewal.objects.filter(pk=case.pk)

    rows.update(recommended="not_renew")
    assert next(renewal_faults()) == (
        f"reappointment {case.pk}: computed anew the rule says “renew”, not “not_renew”"
    )
    rows.update(recommended=case.recommended, reasons=[])
    assert list(renewal_faults()) == [
        f"reappointment {case.pk}: the reasons of its recommendation are not those of the rule"
    ]


def test_evidence_that_was_altered_is_found_even_with_a_digest_to_match():
    case = make_renewals.renewal("packed")
    pack = {**case.pack, "years": {**case.pack["years"], "2025": "不称职"}}
    rows = Renewal.objects.filter(pk=case.pk)
    rows.update(pack=pack)
    assert f"reappointment {case.pk}: its evidence was altered" in list(renewal_faults())
    rows.update(pack=pack, pack_digest=digest_of(pack))
    found = "\n".join(renewal_faults())
    assert f"reappointment {case.pk}: entry " in found
    assert "of the ledger tells otherwise" in found


def test_the_command_counts_all_of_them_and_ends_with_what_is_wrong():
    of = make_sheets.cycle(top=[make_sheets.top(1)])
    best, _second = proposed(of, 40, 39)
    out = StringIO()
    call_command("verify_decisions", stdout=out)
    assert out.getvalue().splitlines() == [
        "0 decisions, each computed anew and alike.",
        "2 review sheets, each computed anew and alike.",
    ]
    ReviewSheet.objects.filter(pk=best.pk).update(band="称职")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_decisions", stdout=out)
    said = f"review sheet {best.pk}: by the quota its band is “优秀”, not “称职”"
    assert said in out.getvalue().splitlines()


def test_the_command_counts_recommendations():
    case = make_renewals.renewal("packed")
    ReviewSheet.objects.update(digest="", result="", state="bureau", score=None)
    out = StringIO()
    call_command("verify_decisions", stdout=out)
    assert out.getvalue().splitlines()[-1] == "1 recommendations, each computed anew and alike."
    Renewal.objects.filter(pk=case.pk).update(reasons=[])
    with pytest.raises(CommandError):
        call_command("verify_decisions", stdout=StringIO())


@pytest.mark.parametrize("state", ["recommended", "decided", "ended"])
def test_every_step_of_a_reappointment_keeps_its_evidence(state):
    make_renewals.renewal(state)
    assert list(renewal_faults()) == []


def test_without_a_rule_nothing_is_recommended_and_nothing_is_wrong():
    case = make_renewals.renewal()
    SchemeVersion.objects.update(state="retired", effective_until=make.TODAY)
    renewals.take_pack(case.pk, **make_renewals.note())
    case.refresh_from_db()
    assert (case.version, case.recommended) == (None, "unclear")
    assert list(renewal_faults()) == []


@pytest.mark.parametrize("is_left", [True, False])
def test_evidence_that_is_gone_is_found(is_left):
    case = make_renewals.renewal("packed")
    rows = Renewal.objects.filter(pk=case.pk)
    entry = LedgerEntry.objects.of(case).order_by("sequence").last()
    rows.update(pack_digest="") if is_left else rows.delete()
    assert list(renewal_faults()) == [
        f"reappointment {case.pk}: its evidence is gone;"
        f" the ledger tells of it in entry {entry.sequence}"
    ]
