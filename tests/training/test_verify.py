"""The public check: every printed fact, every state, nothing to be found by guessing."""

import json
from datetime import date
from html import unescape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from office.models import LedgerEntry
from registry.search import allowance
from tests import make
from tests.make import DAY, TODAY
from tests.registry.conftest import NOW
from tests.training.make_certificates import ISSUED_ON, certificate, kind, superseded
from training import actions
from training.issuing.files import certificate_file
from training.issuing.keys import published_keys
from training.models import Certificate
from training.rules.certificates import CODE_ALPHABET, new_code, spaced
from training.rules.signatures import verified_document

pytestmark = pytest.mark.django_db
NOT_FOUND = "No certificate was found. Compare each character with the paper."


@pytest.fixture(autouse=True)
def _in_english(client, time_machine):
    time_machine.move_to(NOW)
    cache.clear()
    client.cookies["django_language"] = "en"


def text(response):
    return " ".join(unescape(response.content.decode()).split())


def test_the_page_reprints_every_printed_fact(client):
    person = make.mediator(name="章丽娟", sex="female")
    make.appointment(person)
    row = certificate(mediator=person, on=TODAY)

    page = text(client.get(row.get_absolute_url()))

    for key in ("kind_name", "wording", "name", "organization", "number", "basis", "issuer"):
        assert row.facts[key] in page
    for said in ("Female", "Nov. 23, 2026", "without a time limit", row.spaced_code, row.digest):
        assert said in page


def test_the_page_is_kept_nowhere(client):
    response = client.get(certificate().get_absolute_url())

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_the_page_tells_no_personal_number(client):
    person = make.mediator(name="章丽娟", id_number="330681199001011231", phone="13800001234")

    page = text(client.get(certificate(mediator=person).get_absolute_url()))

    assert "330681199001011231" not in page
    assert "13800001234" not in page


@pytest.mark.parametrize(
    ("state", "tag", "said"),
    [
        ("issued", "valid", "This certificate is valid today."),
        ("suspended", "suspended", "Suspended since May 7, 2024."),
        ("revoking", "valid", "This certificate is valid today."),
        ("revoked", "revoked", "It ended on May 8, 2024."),
    ],
)
def test_the_page_says_the_state_in_words_with_dates(client, state, tag, said):
    response = client.get(certificate(state).get_absolute_url())

    assert response.context["standing"] == tag
    assert said in text(response)
    assert "proposed" not in text(response)


def test_an_expired_one_says_its_last_day(client):
    row = certificate(of=kind("training", valid_months=12))

    response = client.get(row.get_absolute_url())

    assert response.context["standing"] == "expired"
    assert "Its last day is May 5, 2025." in text(response)


def test_a_superseded_one_points_to_the_one_in_its_place(client):
    old, new = superseded()

    response = client.get(old.get_absolute_url())

    assert response.context["standing"] == "superseded"
    assert "The certificate that took its place is valid." in text(response)
    assert new.get_absolute_url() in text(response)


@pytest.mark.parametrize("state", ["applied", "examined", "declined"])
def test_what_was_never_issued_cannot_be_found(client, state):
    assert client.get(certificate(state).get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (ISSUED_ON - DAY, "not valid yet"),
        (ISSUED_ON, "valid"),
        (ISSUED_ON + DAY, "valid"),
        (ISSUED_ON + 2 * DAY, "revoked"),
        (TODAY, "revoked"),
    ],
)
def test_it_is_told_how_it_stood_on_a_day(client, day, standing):
    row = certificate("revoked")

    response = client.get(row.get_absolute_url(), {"on": day.isoformat()})

    assert response.context["answer"].endswith(f"this certificate was {standing}.")


@pytest.mark.parametrize("on", ["2026-11-24", "nonsense", ""])
def test_a_day_to_come_or_none_is_not_answered(client, on):
    response = client.get(certificate().get_absolute_url(), {"on": on})

    assert response.status_code == 200
    assert response.context["answer"] == ""
    assert "1 entry needs to be corrected" in text(response)


def test_missing_and_passed_checks_are_told(client):
    row = certificate(on=date(2023, 3, 1))
    actions.check_certificate(row.pk, year=2024, by=make.user(), today=TODAY, reason="x")

    page = text(client.get(row.get_absolute_url()))

    assert "Yearly check passed: 2024." in page
    assert "Yearly check missing: 2025." in page


# --- Finding it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [str.lower, spaced, lambda code: f" {code} "])
def test_a_typed_code_leads_to_the_page(client, typed):
    row = certificate()

    response = client.post(reverse("verify"), {"code": typed(row.code)})

    assert response.url == row.get_absolute_url()


def test_number_and_name_lead_to_the_one_that_stands(client):
    _old, new = superseded()

    response = client.post(reverse("verify"), {"number": new.number, "name": "章丽娟"})

    assert response.url == new.get_absolute_url()


def test_whatever_is_not_found_is_answered_alike(client, django_assert_num_queries):
    row, waiting = certificate(), certificate("applied", mediator=make.mediator(name="王五"))
    attempts = [
        {"code": new_code()}, {"code": "short"}, {"code": waiting.code},
        {"number": row.number, "name": "李四"}, {"number": "0", "name": "章丽娟"},
    ]  # fmt: skip
    client.post(reverse("verify"), attempts[0])
    answers = set()
    for typed in attempts:
        with django_assert_num_queries(1):
            response = client.post(reverse("verify"), typed)
        answers.add((response.status_code, *response.context["form"].non_field_errors()))

    assert answers == {(422, NOT_FOUND)}


def test_number_without_a_name_is_not_enough(client):
    response = client.post(reverse("verify"), {"number": certificate().number})

    assert response.status_code == 422
    assert "number and name together" in text(response)


def test_an_address_may_try_so_often_in_an_hour(client, monkeypatch):
    monkeypatch.setattr(allowance, "SENDINGS_AN_HOUR", 3)
    answers = [client.post(reverse("verify"), {"code": new_code()}).status_code for _ in range(5)]

    assert answers == [422, 422, 422, 429, 429]


def test_guessed_addresses_are_counted_and_known_ones_are_not(client, monkeypatch):
    monkeypatch.setattr(allowance, "SENDINGS_AN_HOUR", 3)
    row = certificate()
    unknown = [reverse("verify_certificate", args=[new_code()]) for _time in range(5)]

    assert [client.get(one).status_code for one in unknown] == [404, 404, 404, 429, 429]
    assert client.get(row.get_absolute_url()).status_code == 200


def test_ten_thousand_guesses_find_nothing():
    certificate()
    guesses = {new_code() for _time in range(10_000)}

    assert len(CODE_ALPHABET) ** 20 > 2**95
    assert Certificate.objects.filter(code__in=list(guesses)[:900]).count() == 0


# --- The file -----------------------------------------------------------------------------------


def compare(client, content):
    upload = SimpleUploadedFile("c.pdf", content, "application/pdf")
    return client.post(reverse("verify_file"), {"file": upload})


def test_the_issued_file_is_recognised_and_an_altered_one_is_not(client):
    row = certificate()
    content = certificate_file(Certificate.objects.printed().get(pk=row.pk), today=TODAY)

    genuine = compare(client, content)
    altered = compare(client, content.replace(b"/Author", b"/Auther"))

    assert "This is the file we issued" in text(genuine)
    assert row.get_absolute_url() in text(genuine)
    assert "This file is not what we issued" in text(altered)
    assert row.get_absolute_url() not in text(altered)


def test_a_file_that_is_empty_or_too_large_is_refused(client, monkeypatch):
    monkeypatch.setattr("training.forms.verification.MOST_BYTES", 10)

    assert compare(client, b"").status_code == 422
    assert compare(client, b"x" * 11).status_code == 422
    assert client.get(reverse("verify_file")).status_code == 405


# --- After the person is gone -------------------------------------------------------------------


def test_an_erased_holder_is_masked_and_the_certificate_still_answers(client):
    row = certificate()
    actions.forget_holder(row.mediator, by=make.user(), today=TODAY, reason="Erased.")
    type(row.mediator).objects.update(name="已匿名", user=None)

    response = client.get(row.get_absolute_url())

    page = text(response)
    assert "章丽娟" not in page
    assert "章**" in page
    assert "The holder's personal data were erased" in page
    for said in (row.number, "May 6, 2024", row.digest, "This certificate is valid today."):
        assert said in page
    assert client.get(reverse("signed_certificate", args=[row.code])).status_code == 404


def test_the_file_of_an_erased_holder_is_still_recognised(client):
    row = certificate()
    content = certificate_file(Certificate.objects.printed().get(pk=row.pk), today=TODAY)
    actions.forget_holder(row.mediator, by=make.user(), today=TODAY, reason="Erased.")

    assert "This is the file we issued" in text(compare(client, content))


# --- Keys ---------------------------------------------------------------------------------------


def test_document_and_keys_are_published(client):
    row = certificate()
    content = json.loads(client.get(reverse("signed_certificate", args=[row.code])).content)
    keys = json.loads(client.get(reverse("verification_keys")).content)["keys"]

    assert verified_document(content, published_keys()).facts["name"] == "章丽娟"
    assert [one["kty"] for one in keys] == ["OKP"]
    assert "d" not in keys[0]


# --- One's own ----------------------------------------------------------------------------------


@pytest.fixture
def holder(client):
    account = make.user()
    person = make.mediator(name="章丽娟", user=account)
    client.force_login(account)
    return person


PAGES = ["own_certificate", "own_certificate_paper", "own_certificate_badge"]


@pytest.mark.parametrize("name", PAGES)
def test_somebody_elses_certificate_cannot_be_found(client, holder, name):
    own = certificate(mediator=holder)
    other = certificate(mediator=make.mediator(name="李四"))
    waiting = certificate("applied", mediator=holder, of=kind("training"))

    assert client.get(reverse(name, args=[own.pk])).status_code == 200
    assert client.get(reverse(name, args=[other.pk])).status_code == 404
    assert client.get(reverse(name, args=[waiting.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_own_list_takes_as_many_queries_for_one_as_for_three(
    client, holder, rows, django_assert_num_queries
):
    for number in range(rows):
        certificate(mediator=holder, of=kind("training", code=f"kind{number}"))
    client.get(reverse("own_certificates"))

    with django_assert_num_queries(6):
        response = client.get(reverse("own_certificates"))
    assert len(response.context["listed"]) == rows
    assert "no-store" in response["Cache-Control"]


def test_whoever_is_no_mediator_has_no_list(client):
    client.force_login(make.user())

    assert client.get(reverse("own_certificates")).status_code == 404


def test_the_own_page_leads_to_the_certificates_and_names_a_missing_check(client, holder):
    certificate(mediator=holder, on=date(2023, 3, 1))

    page = text(client.get(reverse("my_page")))

    assert reverse("own_certificates") in page
    assert "The yearly check of your certificate is missing" in page
    assert "1 valid" in page


def test_looking_leaves_no_entry_in_the_ledger(client, holder):
    row = certificate(mediator=holder)
    count = LedgerEntry.objects.count()

    for name in PAGES:
        client.get(reverse(name, args=[row.pk]))

    assert LedgerEntry.objects.count() == count
