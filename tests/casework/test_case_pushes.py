"""What a platform may push with its token, and what every other request is answered."""

import json
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client

from casework import actions
from casework.models import CaseImport, CaseRecord, PushKey
from casework.views import case_pushes
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_cases
from tests.casework.case_files import row, undone, world
from tests.make import TODAY
from tests.registry.desk import sent, url

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/cases/"
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "api-cases.md"


@pytest.fixture(autouse=True)
def _with_nothing_counted():
    cache.clear()


@pytest.fixture
def body(time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    return world()


def proposed(division=None):
    maker = make.user()
    division = division or make.division("330681")
    given = {"name": "省平台", "division": division, "by": maker, "today": TODAY, "reason": "R"}
    return actions.make_push_key(**given)


def confirmed(division=None):
    key, token = proposed(division)
    actions.confirm_push_key(key.pk, by=make.user(), today=TODAY, reason="R")
    return key, token


@pytest.fixture
def push(client, body):
    """Return a function that pushes with a good token."""
    _key, token = confirmed()

    def send(content, token=token):
        raw = content if isinstance(content, str | bytes) else json.dumps(content)
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
        return client.post(ADDRESS, raw, content_type="application/json", headers=headers)

    return send


def results(response):
    assert response.status_code == 200, response.content
    return [one["result"] for one in response.json()["results"]]


def codes(response):
    return [
        (reason["field"], reason["code"])
        for one in response.json()["results"]
        for reason in one["reasons"]
    ]


def test_the_example_of_the_documentation(push):
    request, answer = re.findall(r"```json\n(.*?)```", DOCUMENTATION.read_text(), re.DOTALL)
    response = push(request)
    expected = json.loads(answer)
    assert response.json() == {**expected, "push": CaseImport.objects.get().pk}
    case = CaseRecord.objects.get()
    assert (case.origin, case.state, case.amount) == ("pushed", "succeeded", 12000)
    assert case.is_voluntary
    assert case.documents == ["agreement", "application", "record"]


def test_a_case_pushed_again_is_the_same_and_then_changed(push):
    assert results(push(row())) == ["new"]
    assert results(push(row())) == ["same"]
    assert results(push([row(people=9), row("A2")])) == ["changed", "new"]
    assert CaseRecord.objects.get(number="A001").people == 9


def test_a_refused_case_does_not_hinder_the_others(push):
    response = push([row("A1"), row("A2", dispute_type="星际纠纷"), row("A1"), {"people": 1}])
    assert results(response) == ["new", "refused", "refused", "refused"]
    assert ("dispute_type", "type_unknown") in codes(response)
    assert ("number", "number_repeated") in codes(response)
    assert ("number", "number_missing") in codes(response)


def test_codes_of_the_ledger_are_understood_as_well(push):
    push(row(outcome="succeeded", agreement="oral", source="court", dispute_type="neighbours"))
    case = CaseRecord.objects.get()
    assert (case.state, case.agreement, case.source) == ("succeeded", "oral", "court")


def test_what_lies_outside_the_keys_division_is_as_if_it_did_not_exist(push):
    abroad = make.division("330683", "嵊州市")
    make.organization(name="外县村人民调解委员会", number="外县001", in_division=abroad)
    answers = [
        push(row(organization=name)).json()["results"]
        for name in ("外县村人民调解委员会", "外县001", "没有的调委会")
    ]
    told = [
        json.dumps(one, ensure_ascii=False).replace(name, "X")
        for one, name in zip(
            answers, ("外县村人民调解委员会", "外县001", "没有的调委会"), strict=True
        )
    ]
    assert len(set(told)) == 1


def test_a_case_of_another_county_is_not_touched(push):
    abroad = make.organization(in_division=make.division("330683", "嵊州市"))
    case = make_cases.case(body=abroad, number="X1")
    assert codes(push(row("X1"))) == [("number", "number_taken")]
    case.refresh_from_db()
    assert (case.state, case.revision) == ("accepted", 0)


WRONG = {
    "no token": {},
    "another scheme": {"Authorization": "Basic {token}"},
    "an empty token": {"Authorization": "Bearer "},
    "a wrong secret": {"Authorization": "Bearer {prefix}.wrong"},
    "the prefix only": {"Authorization": "Bearer {prefix}"},
    "a wrong prefix": {"Authorization": "Bearer 00000000.{secret}"},
    "odd characters": {"Authorization": "Bearer \udcff.é"},
}


@pytest.mark.parametrize("headers", WRONG.values(), ids=WRONG)
def test_a_wrong_token_is_answered_like_every_other(client, body, headers):
    key, token = confirmed()
    filled = {
        name: value.format(token=token, prefix=key.prefix, secret=token.partition(".")[2])
        for name, value in headers.items()
    }
    response = client.post(ADDRESS, json.dumps(row()), "application/json", headers=filled)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "not_authorized"
    assert response["WWW-Authenticate"] == "Bearer"
    assert not CaseRecord.objects.exists()


def test_a_key_works_once_a_second_officer_confirmed_it_and_until_it_is_revoked(push):
    key, token = proposed()
    assert push(row(), token=token).status_code == 401
    with pytest.raises(Refused):
        actions.confirm_push_key(key.pk, by=key.created_by, today=TODAY, reason="R")
    actions.confirm_push_key(key.pk, by=make.user(), today=TODAY, reason="R")
    assert push(row(), token=token).status_code == 200
    key.refresh_from_db()
    assert key.last_used_on == TODAY
    actions.revoke_push_key(key.pk, by=key.created_by, today=TODAY, reason="R")
    assert push(row(), token=token).status_code == 401


BAD_BODIES = [
    (b"", 400, "not_json"),
    (b"{", 400, "not_json"),
    (b"\xff\xfe{", 400, "not_json"),
    (b'{"amount": NaN}', 400, "not_json"),
    (b"[" * 100_000, 400, "not_json"),
    (b"7", 400, "not_cases"),
    (b'["A1"]', 400, "not_cases"),
    (b"[]", 400, "no_cases"),
    (json.dumps([{}] * 501).encode(), 413, "too_many_cases"),
    (b'"' + b"x" * (5 << 20) + b'"', 413, "too_large"),
]


@pytest.mark.parametrize(("raw", "status", "code"), BAD_BODIES)
def test_a_request_that_cannot_be_read_is_refused_whole(push, raw, status, code):
    response = push(raw)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert not CaseImport.objects.exists()


def test_five_hundred_cases_go_in_one_request(push):
    assert results(push([row(f"A{n:03d}") for n in range(500)])) == ["new"] * 500


BAD_CELLS = [
    ({"people": True}, "people", "kind_bad"),
    ({"people": [3]}, "people", "kind_bad"),
    ({"amount": {"yuan": 3}}, "amount", "kind_bad"),
    ({"amount": 1e300}, "amount", "amount_bad"),
    ({"amount": 10**400}, "amount", "kind_bad"),
    ({"mediators": [["张三"]]}, "mediators", "kind_bad"),
    ({"mediators": [1]}, "mediators", "kind_bad"),
    ({"state": "succeeded"}, "", "field_unknown"),
    ({"division": 1}, "", "field_unknown"),
]


@pytest.mark.parametrize(("cells", "field", "code"), BAD_CELLS)
def test_a_value_of_the_wrong_kind_refuses_its_case(push, cells, field, code):
    response = push([row("A1", **cells), row("A2")])
    assert results(response) == ["refused", "new"]
    assert (field, code) in codes(response)


def test_control_characters_and_half_characters_are_left_out(push):
    assert results(push(row("A\u0000\ud8001"))) == ["new"]
    assert CaseRecord.objects.get().number == "A1"


def test_a_field_of_an_odd_name_is_told_without_its_oddity(push):
    response = push([{**row("A1"), "x\u0000\ud800": 1}, row("A2")])
    assert results(response) == ["refused", "new"]
    assert "“x”" in response.json()["results"][0]["reasons"][0]["message"]


def test_a_push_of_cases_others_keep_changing_is_told_to_come_again(push, monkeypatch):
    push(row("A1"))
    judge = case_pushes.actions.case_pushes.Judge.judge

    def overtaken(self, drafts):
        outcomes = judge(self, drafts)
        CaseRecord.objects.update(revision=F("revision") + 1)
        return outcomes

    monkeypatch.setattr(case_pushes.actions.case_pushes.Judge, "judge", overtaken)
    assert push(row("A1", people=9)).status_code == 409
    assert CaseImport.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete", "head", "options"])
def test_nothing_is_read_and_only_post_is_taken(client, body, method):
    _key, token = confirmed()
    response = getattr(client, method)(ADDRESS, headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 405
    assert response["Allow"] == "POST"


def test_a_browsers_form_needs_no_cookie_and_gets_none(body):

    browser = Client(enforce_csrf_checks=True)
    _key, token = confirmed()
    headers = {"Authorization": f"Bearer {token}"}
    response = browser.post(ADDRESS, json.dumps(row()), "application/json", headers=headers)
    assert response.status_code == 200
    assert not response.cookies


def test_too_many_requests_wait(push, monkeypatch):
    monkeypatch.setattr(case_pushes, "PUSHES_A_MINUTE", 2)
    assert [push(row()).status_code for _time in range(3)] == [200, 200, 429]


def test_guessing_is_slowed_and_a_right_token_still_opens(push, monkeypatch):
    monkeypatch.setattr(case_pushes, "WRONG_TOKENS_AN_HOUR", 2)
    guesses = [push(row(), token=f"0000000{n}.x").status_code for n in range(3)]
    assert guesses == [401, 401, 429]
    assert push(row()).status_code == 200


def test_every_request_leaves_one_entry_that_names_the_key(push):
    before = ledger.head().sequence
    push([row("A1"), row("A2", people=0)])
    entry = LedgerEntry.objects.get(sequence__gt=before)
    assert entry.act == "casework.caseimport.push"
    assert entry.reason.startswith("省平台")
    batch = CaseImport.objects.get()
    assert entry.after["content_digest"] == batch.content_digest
    assert (batch.new, batch.refused) == (1, 1)


def test_a_push_is_undone_like_an_import(push):
    push([row("A1"), row("A2")])
    assert undone(CaseImport.objects.get()).state == "undone"
    assert not CaseRecord.objects.exists()


def test_the_secret_is_nowhere_in_the_database(body):
    key, token = confirmed()
    secret = token.partition(".")[2]
    assert secret not in str(PushKey.objects.values())
    assert secret not in str(LedgerEntry.objects.values())
    assert key.digest not in str(LedgerEntry.objects.values())
    assert len(secret) >= 43


def test_the_database_holds_two_officers(body):
    key, _token = confirmed()
    with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
        PushKey.objects.filter(pk=key.pk).update(confirmed_by=key.created_by)
    with pytest.raises(IntegrityError, match="in_force_was_confirmed"), transaction.atomic():
        PushKey.objects.filter(pk=key.pk).update(confirmed_by=None)


def test_messages_come_in_the_language_of_the_site(push):
    refused = push(row(organization="没有")).json()["results"][0]
    assert refused["reasons"][0]["message"].startswith("您的辖区内没有调解组织")


# The desk.


def test_an_officer_makes_a_key_and_sees_its_token_once(at_desk, client):
    at_desk(password_shown=True)
    division = make.division("330681").pk
    form = sent(name="省平台", division=division)
    response = client.post(url("push_keys", "add"), form)
    token = response.context["token"]
    assert response["Cache-Control"].startswith("no-store, private")
    key = PushKey.objects.get()
    assert token.startswith(f"{key.prefix}.")
    again = client.post(url("push_keys", "add"), form)
    assert again.status_code == 302
    assert PushKey.objects.count() == 1
    page = client.get(url("push_keys", "inspect", key.pk)).content.decode()
    assert token not in page
    assert key.digest not in page
    assert client.post(url("push_keys", "act", key.pk, "confirm"), sent()).status_code == 422
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")), password_shown=True)
    client.post(url("push_keys", "act", key.pk, "confirm"), sent())
    key.refresh_from_db()
    assert key.state == "active"


def test_another_countys_key_is_not_there_and_cannot_be_made(at_desk, client):
    abroad = make.division("330683", "嵊州市")
    key, _token = proposed(abroad)
    at_desk(password_shown=True)
    for page in [("inspect",), ("history",)]:
        assert client.get(url("push_keys", page[0], key.pk)).status_code == 404
    for act in ("confirm", "revoke"):
        assert client.get(url("push_keys", "act", key.pk, act)).status_code == 404
    form = sent(name="省平台", division=abroad.pk)
    assert client.post(url("push_keys", "add"), form).status_code == 422


def test_a_clerk_has_nothing_to_do_with_keys(at_desk, client, body):
    at_desk(make.officer(Role.CLERK, body))
    assert client.get(url("push_keys", "index")).status_code in {302, 403, 404}
