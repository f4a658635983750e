"""Why complaints were not accepted: counted by reason, and never so that one can be made out."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from complaints import actions
from complaints.models import Complaint, ComplaintRefusal, DeclaredRecusal
from complaints.reports.open_figures import heads, open_figures
from complaints.reports.refusals import refusals, refusals_of
from complaints.rules.routes import Refusal
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.complaints.make_complaints import complaint, figures, handler
from tests.complaints.make_destructions import auditor, lead, questions_of
from tests.make import DAY, TODAY
from tests.registry.desk import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
CRIME, COURT = Refusal.CRIME.label, Refusal.COURT.label


@pytest.fixture(autouse=True)
def _figures():
    figures()


def refused(ground="crime", *, on=TODAY, number=1, **given):
    """So many complaints that were not accepted, on a day."""
    for _one in range(number):
        made = complaint("rejected", **given)
        ComplaintRefusal.objects.create(complaint=made, ground=ground, refused_on=on)
    return made


def shown(client, **query):
    response = client.get(url("complaint_insight", "index"), query)
    assert response.status_code == 200
    return response.context["refusals"]


def rows_of(table):
    return {str(label): text for label, [text] in table.rows} | {"all": table.foot[1][0]}


def county(place="330681"):
    return make.officer(Role.COUNTY_BUREAU, make.division(place))


# --- Kept when it is refused ----------------------------------------------------------------------


@pytest.mark.parametrize("ground", Refusal)
def test_a_refusal_is_kept_with_its_reason_and_the_ledger_is_not_told_of_it(ground):
    by = handler()
    row = complaint("screening", by=by)
    actions.reject(row.pk, ground=ground, by=by, today=TODAY)
    kept = row.refusal
    assert (kept.ground, kept.refused_on) == (ground, TODAY)
    entries = LedgerEntry.objects.of(row).values_list("before", "after", "reason")
    assert f"'{ground}'" not in str(list(entries))
    assert not LedgerEntry.objects.filter(act__contains="refusal").exists()


def test_what_is_refused_twice_is_counted_once():
    by = handler()
    row = complaint("screening", by=by)
    actions.reject(row.pk, ground="court", by=by, today=TODAY)
    with pytest.raises(Refused):
        actions.reject(row.pk, ground="crime", by=by, today=TODAY)
    assert refusals(Complaint.objects.all()) == {(TODAY.year, "court"): 1}
    row = ComplaintRefusal(complaint=row, ground="crime", refused_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ComplaintRefusal.objects.bulk_create([row])


def test_an_unknown_reason_is_refused_by_the_act_and_by_the_database():
    by = handler()
    row = complaint("screening", by=by)
    with pytest.raises(ValidationError):
        actions.reject(row.pk, ground="nothing", by=by, today=TODAY)
    row.refresh_from_db()
    assert (row.state, ComplaintRefusal.objects.count()) == ("screening", 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        ComplaintRefusal.objects.create(complaint=row, ground="nothing", refused_on=TODAY)


# --- On the page of insight -----------------------------------------------------------------------


def test_a_handler_sees_every_number_and_all_of_them_together(client, at_desk):
    refused("crime", number=2)
    refused("court")
    refused("court", on=date(TODAY.year - 1, 12, 31))
    at_desk(handler())
    rows = rows_of(shown(client))
    assert (rows[CRIME], rows[COURT], rows["all"]) == ("2", "1", "3")
    assert rows_of(shown(client, year=TODAY.year - 1))[COURT] == "1"


@pytest.mark.parametrize("who", [lead, county])
def test_a_bureau_sees_no_small_number_and_cannot_compute_it(client, at_desk, who):
    refused("crime", number=6)
    refused("court", number=7)
    refused("petition", number=2)
    at_desk(who())
    rows = rows_of(shown(client))
    assert rows[Refusal.PETITION.label] == "<5"
    # With the sum and all others shown, the two would be known: one more is hidden.
    told = [int(text) for text in rows.values() if text.isdigit()]
    assert 2 not in {15 - sum(told), sum(told)}


@given(st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_no_small_number_follows_from_what_is_shown(counts):
    found = {(2025, ground): n for ground, n in zip(Refusal.values, counts, strict=True)}
    *texts, whole = refusals_of(found, 2025, 5)
    for count, text in zip([*counts, sum(counts)], [*texts, whole], strict=True):
        assert text in ({"<5", "*"} if count < 5 else {str(count), "*"})
    if not whole.isdigit():
        return
    hidden = [text for text in texts if not text.isdigit()]
    rest = int(whole) - sum(int(text) for text in texts if text.isdigit())
    smalls = [text for text in hidden if text == "<5"]
    if smalls:
        # Each small one has another value in some other table that looks the same.
        others = [(0, 4) if text == "<5" else (5, rest) for text in hidden]
        others.remove((0, 4))
        low, high = sum(one[0] for one in others), sum(one[1] for one in others)
        possible = [n for n in range(5) if low <= rest - n <= high]
        assert len(possible) > 1


def test_what_an_officer_is_recused_from_is_in_no_number(client, at_desk):
    officer = handler()
    hidden = refused("crime")
    DeclaredRecusal.objects.create(complaint=hidden, user=officer, declared_on=TODAY)
    refused("court")
    at_desk(officer)
    rows = rows_of(shown(client))
    assert (rows[CRIME], rows[COURT], rows["all"]) == ("0", "1", "1")


def test_another_county_counts_its_own(client, at_desk):
    refused("crime", number=3)
    at_desk(handler("330682"))
    assert rows_of(shown(client))["all"] == "0"


def test_whoever_sees_no_statistics_meets_no_reason_anywhere(client, at_desk):
    row = refused("petition")
    for role in [Role.CLERK, Role.JUSTICE_OFFICE, Role.TRAINER, Role.SYSTEM_ADMIN]:
        place = make.organization() if role == Role.CLERK else make.division("330681")
        at_desk(make.officer(role, place))
        assert client.get(url("complaint_insight", "index")).status_code in {302, 404}
    for other in [handler(), auditor()]:
        at_desk(other)
        for page in [url("complaints", "index"), url("complaints", "inspect", row.pk)]:
            assert str(Refusal.PETITION.label) not in client.get(page).content.decode()


def test_the_page_asks_as_many_questions_of_three_as_of_one(client, at_desk):
    at_desk(handler())
    counts = []
    for number in (1, 2):
        refused("crime", number=number)
        counts.append(questions_of(client, url("complaint_insight", "index")))
    assert counts[0] == counts[1]


# --- Among the open figures -----------------------------------------------------------------------


def row_of(year):
    found = open_figures(TODAY)
    return dict(zip(heads(), next(row for row in found.rows if row[0] == year), strict=True))


def test_a_year_that_is_over_tells_its_reasons():
    day = date(2025, 3, 3)
    refused("crime", number=6, on=day, today=day)
    refused("court", number=8, on=day, today=day)
    for ground in set(Refusal.values) - {"crime", "court"}:
        refused(ground, number=5, on=day, today=day)
    row = row_of(2025)
    assert (row["Not accepted in the year"], row[f"Not accepted: {COURT}"]) == ("34", "8")
    assert row[f"Not accepted: {CRIME}"] == "6"


def test_small_reasons_are_hidden_and_the_running_year_is_left_out():
    refused("crime", number=2, on=date(2025, 3, 3), today=date(2025, 3, 3))
    refused("court", number=9, on=TODAY, today=TODAY - DAY)
    row = row_of(2025)
    assert (row["Not accepted in the year"], row[f"Not accepted: {CRIME}"]) == ("<5", "<5")
    assert [one[0] for one in open_figures(TODAY).rows] == [2025]


def test_a_year_is_that_of_the_refusal():
    """So that a year that was published does not change any more."""
    refused("crime", on=date(2025, 1, 2), today=date(2024, 12, 31))
    refused("court", on=date(2024, 12, 31), today=date(2024, 12, 31))
    assert refusals(Complaint.objects.all()) == {(2025, "crime"): 1, (2024, "court"): 1}
