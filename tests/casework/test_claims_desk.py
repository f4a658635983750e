"""Claims on the desk: lists, pages, papers, rows of other places, who may take which step."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from casework.models import ClaimBatch
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_cases, make_claims, make_schemes
from tests.make import TODAY
from tests.registry import cases as register
from tests.registry.desk import REASON, sent, url

pytestmark = pytest.mark.django_db


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def batches(number):
    make_claims.rules()
    make_claims.scheme()
    made = []
    for _batch in range(number):
        of = make_claims.body()
        make_claims.case(of, make_claims.mediator(of), make_claims.mediator(of))
        made.append(make_claims.batch(of=of))
    return made


@pytest.mark.parametrize(("rows", "queries"), [(1, 12), (3, 12)])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, queries, django_assert_num_queries
):
    batches(rows)
    client.get(url("claims", "index"))

    with django_assert_num_queries(queries):
        response = client.get(url("claims", "index"))

    assert len(listed(response)) == rows
    assert response.context["totals"] == {
        "lines": rows, "claimed": 200 * rows, "approved": 200 * rows,
    }  # fmt: skip


def test_the_page_takes_as_many_queries_for_one_line_as_for_three(client, county):
    make_claims.rules()
    make_claims.scheme()
    counts = []
    for number in (1, 3):
        of = make_claims.body()
        for _case in range(number):
            make_claims.case(of)
        made = make_claims.batch("first_check", of=of)
        client.get(url("claims", "inspect", made.pk))
        with CaptureQueriesContext(connection) as asked:
            client.get(url("claims", "inspect", made.pk))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_rows_of_another_district_cannot_be_found(client, at_desk):
    batch = make_claims.batch("paid")
    line = batch.lines.get()
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330682")))

    pages = [url("claims", "inspect", batch.pk), url("claims", "history", batch.pk)]
    pages += [url("claims", name, batch.pk) for name in ("sheet", "payment", "payment_sheet")]
    pages += [url("claims", "disclosure", batch.pk), url("claim_lines", "inspect", line.pk)]
    pages += [url("claims", "act", batch.pk, act) for act in ("approve", "send_back", "disclose")]
    pages += [url("claim_lines", "act", line.pk, act) for act in ("adjust", "strike")]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)
    assert listed(client.get(url("claims", "index"))) == []
    assert client.get(url("claims", "totals")).context["rows"] == []


ALLOWED = {
    Role.CLERK: {"submit", "withdraw", "look_again", "add_line"},
    Role.JUSTICE_OFFICE: {"check_first", "check_second", "record_review", "send_back"},
    Role.COUNTY_BUREAU: {"check_totals", "approve", "pay", "disclose", "send_back"},
    Role.AUDITOR: set(),
}


@pytest.mark.parametrize("role", ALLOWED)
def test_each_role_takes_its_own_steps_only(client, at_desk, role):
    [batch] = batches(1)
    place = batch.organization if role == Role.CLERK else make_claims.township()
    at_desk(make.officer(role, place))

    acts = set().union(*ALLOWED.values())
    pages = {act: client.get(url("claims", "act", batch.pk, act)).status_code for act in acts}

    assert {act for act, status in pages.items() if status == 200} == ALLOWED[role]
    assert client.get(url("claims", "inspect", batch.pk)).status_code == 200


def test_a_clerk_draws_up_and_hands_in_a_claim(client, at_desk):
    make_claims.rules()
    make_claims.scheme()
    of = make_claims.body()
    make_claims.case(of)
    clerk = at_desk(make.officer(Role.CLERK, of))

    form = client.get(url("claims", "add")).context["form"]
    assert (form.initial["organization"], form.initial["year"], form.initial["quarter"]) == (
        of.pk, 2026, 3,
    )  # fmt: skip
    client.post(url("claims", "add"), sent(organization=of.pk, year=2026, quarter=3))
    batch = ClaimBatch.objects.get()
    page = url("claims", "act", batch.pk, "submit")
    undeclared = client.post(page, sent())
    client.post(page, sent(declares="on"))

    batch.refresh_from_db()
    assert undeclared.status_code == 422
    assert (batch.state, batch.moved_by, batch.opened_by) == ("first_check", clerk, clerk)
    entry = LedgerEntry.objects.of(batch).first()
    assert (entry.act, entry.actor, entry.reason) == ("casework.claimbatch.submit", clerk, REASON)


def test_a_line_is_adjusted_and_shown_beside_what_was_claimed(client, at_desk):
    make_claims.rules()
    scheme = make_schemes.scheme(division=make.division("330681"), tiers=[])
    major = {"difficulties": ["major"], "documents_rule": "none", "amount_kind": "range"}
    make_schemes.tier(scheme, (300, 500), code="major", name="重大", **major)
    of = make_claims.body()
    make_claims.case(of, difficulty=make_cases.difficulty("major"))
    batch = make_claims.batch(of=of)
    line = batch.lines.get()
    at_desk(make.officer(Role.CLERK, of))
    page = url("claim_lines", "act", line.pk, "adjust")

    beyond = client.post(page, sent(amount="500.01"))
    client.post(page, sent(amount="480"))

    line.refresh_from_db()
    assert "The amount lies outside the range of the tier." in beyond.content.decode()
    assert line.amount_claimed == Decimal(480)
    make_claims.submit(batch)
    at_desk(make.officer(Role.JUSTICE_OFFICE, make_claims.township()))
    client.post(page, sent(amount="350", reason="Two people were hurt."))
    shown = client.get(url("claims", "inspect", batch.pk)).content.decode()
    assert "<del>480.00</del> <ins>350.00</ins>" in shown
    assert "Two people were hurt." in shown


def test_several_batches_pass_a_check_at_once(client, at_desk):
    made = batches(2)
    for batch in made:
        make_claims.submit(batch)
    draft = make_claims.body()
    make_claims.case(draft)
    at_desk(make.officer(Role.JUSTICE_OFFICE, make_claims.township()))
    chosen = [batch.pk for batch in [*made, make_claims.batch(of=draft)]]

    client.post(url("claims", "bulk", "check_first"), sent(pk=chosen))

    states = ClaimBatch.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["second_check", "second_check", "draft"]


def test_the_review_is_recorded_with_its_paper(client, at_desk):
    batch = make_claims.batch("township_review")
    at_desk(make.officer(Role.JUSTICE_OFFICE, make_claims.township()))
    page = url("claims", "act", batch.pk, "record_review")
    typed = {"leader": "陈镇长", "reviewed_on": TODAY.isoformat()}

    without = client.post(page, sent(**typed))
    client.post(page, sent(**typed, document=register.pdf()))

    batch.refresh_from_db()
    assert (without.status_code, batch.state) == (422, "bureau_check")
    shown = client.get(url("claims", "inspect", batch.pk)).content.decode()
    assert "signed by 陈镇长" in shown


@pytest.mark.parametrize("name", ["sheet", "payment", "disclosure"])
def test_the_papers_are_drawn_once_they_are_due(client, county, name):
    early = make_claims.batch("bureau_check")
    status = client.get(url("claims", name, early.pk)).status_code
    assert status == (200 if name == "sheet" else 404)

    of = make_claims.body()
    make_claims.case(of)
    paid = make_claims.batch("paid", of=of)
    client.post(url("claims", "act", paid.pk, "disclose"), sent())
    response = client.get(url("claims", name, paid.pk))
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]


def test_the_payment_list_is_a_workbook_with_totals_and_no_formulas(client, county):
    batch = make_claims.batch("approved")
    person = batch.lines.get().shares.get().mediator
    type(person).objects.filter(pk=person.pk).update(name="=1+1", certificate_number="ZJ20260001")

    response = client.get(url("claims", "payment_sheet", batch.pk))

    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    _head, row, total = book.get_sheet_by_index(0).to_python()
    assert row[:4] == ["=1+1", "ZJ******01", 1, 200]
    assert total[3] == 200
    assert LedgerEntry.objects.filter(act="casework.claimbatch.export").count() == 1


def test_a_line_is_found_by_its_case(client, county):
    batch, _other = batches(2)
    line = batch.lines.get()

    response = client.get(url("claim_lines", "index"), {"case": line.case.number})

    assert listed(response) == [line]
    shown = client.get(url("claim_lines", "inspect", line.pk)).content.decode()
    assert batch.number in shown


def test_the_returned_batch_shows_reasons_and_every_step(client, at_desk):
    batch = make_claims.batch("returned")
    at_desk(make.officer(Role.CLERK, batch.organization))

    shown = client.get(url("claims", "inspect", batch.pk)).content.decode()

    assert "The record of the mediation is not signed." in shown
    assert "Submit again" in shown
    assert client.get(url("claims", "history", batch.pk)).status_code == 200
