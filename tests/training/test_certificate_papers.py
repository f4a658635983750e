"""What leaves the house of a certificate: paper, sheets, badge, signature - and what fails it."""

import base64
import hashlib
import json
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests import make
from tests.make import TODAY
from tests.training.make_certificates import certificate, kind, picture
from training import actions
from training.actions.badges import badge_file
from training.issuing.files import address_of, certificate_file, content_of
from training.issuing.keys import published_keys, signing_key
from training.models import Certificate, IssuedFile
from training.notices.certificate_cards import cards_pdf
from training.rules.signatures import (
    Unverified,
    compact_jws,
    document,
    jwk,
    private_key,
    public_bytes,
    token,
    verified_document,
    verified_jws,
    verified_token,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def another_key():
    return private_key(base64.b64encode(bytes(range(32))).decode())


def printed(row):
    return Certificate.objects.printed().get(pk=row.pk)


def pages(content):
    return [page.extract_text().replace("\n", " ") for page in PdfReader(BytesIO(content)).pages]


# --- Paper --------------------------------------------------------------------------------------


def test_the_paper_states_every_fact():
    person = make.mediator(name="章丽娟", sex="female")
    make.appointment(person)
    row = printed(certificate(mediator=person, on=TODAY))

    text = pages(certificate_file(row, today=TODAY))[0].replace(" ", "")

    facts = row.facts
    for key in ("kind_name", "wording", "name", "organization", "number", "basis", "issuer"):
        assert facts[key].replace(" ", "") in text
    assert "女" in text
    assert "2026年11月23日" in text
    assert "长期" in text
    assert row.spaced_code in text
    assert address_of(row.code) in text


def test_the_same_certificate_is_the_same_file_and_the_one_of_its_issue():
    row = printed(certificate())

    first, second = certificate_file(row, today=TODAY), certificate_file(row, today=TODAY)

    assert first == second
    assert IssuedFile.objects.get().sha256 == hashlib.sha256(first).hexdigest()
    assert IssuedFile.objects.get().made_on == date(2024, 5, 6)


def test_a_stamp_makes_another_file_that_was_issued_as_well():
    row = certificate()
    actions.check_certificate(row.pk, year=2025, by=make.user(), today=TODAY, reason="Checked.")

    content = certificate_file(printed(row), today=TODAY)

    assert "审验合格" in pages(content)[1]
    assert IssuedFile.objects.count() == 2


def test_only_a_kind_with_yearly_checks_has_a_second_page():
    assert len(pages(certificate_file(printed(certificate()), today=TODAY))) == 2
    other = certificate(of=kind("training"), mediator=make.mediator())
    assert len(pages(certificate_file(printed(other), today=TODAY))) == 1


def test_a_name_that_the_font_lacks_is_noted():
    row = printed(certificate(mediator=make.mediator(name="张\U0003134a")))

    assert "U+3134A" in pages(certificate_file(row, today=TODAY))[0]


def test_a_seal_that_was_uploaded_is_printed_and_one_of_later_is_not():
    add = {"division": make.division(), "body": "诸暨市司法局", "by": make.user(), "reason": "x"}
    before = certificate()
    actions.add_seal(picture=picture(), from_on=date(2024, 5, 6), today=TODAY, **add)
    after = certificate(mediator=make.mediator())

    assert before.seal is None
    assert after.seal.body == "诸暨市司法局"
    assert b"/Image" in certificate_file(printed(after), today=TODAY)
    assert b"/Subtype /Image" not in certificate_file(printed(before), today=TODAY)


@pytest.mark.parametrize(("count", "sheets"), [(1, 1), (10, 1), (11, 2)])
def test_ten_cards_stand_on_a_sheet(count, sheets):
    content = content_of(printed(certificate()))

    found = pages(cards_pdf([content] * count))

    assert len(found) == sheets
    assert "章丽娟" in found[0]


# --- Signature ----------------------------------------------------------------------------------


def test_facts_and_token_verify_without_the_site():
    row = printed(certificate())

    signed = verified_document(document(row.facts, row.token), published_keys())

    assert signed.facts == row.facts


@pytest.mark.parametrize("key", ["name", "number", "valid_until", "issuer", "basis"])
def test_an_altered_fact_does_not_verify(key):
    row = printed(certificate())
    altered = document({**row.facts, key: "改"}, row.token)

    with pytest.raises(Unverified, match="facts were altered"):
        verified_document(altered, published_keys())


def test_the_token_names_neither_person_nor_number():
    row = printed(certificate())
    shown = row.token + base64.urlsafe_b64decode(row.token.split(".")[2] + "==").decode()

    assert "章" not in shown
    assert row.number not in shown


@given(data=st.data())
def test_no_altered_character_of_a_token_verifies(data):
    key = another_key()
    text = token({"code": "C", "valid_from": "2026-01-01", "valid_until": ""}, key)
    at = data.draw(st.integers(0, len(text) - 1))
    char = data.draw(st.sampled_from("AZaz09-_.").filter(lambda one: one != text[at]))
    public = public_bytes(key)
    altered = text[:at] + char + text[at + 1 :]

    try:
        verified_token(altered, {jwk(public)["kid"]: public})
    except Unverified:
        return
    # The last character of base64 has bits that carry nothing.
    assert at == len(text) - 1


def test_another_key_does_not_verify():
    row = printed(certificate())
    forged = token(row.facts, another_key())

    with pytest.raises(Unverified, match="not among the published"):
        verified_token(forged, published_keys())


def test_after_the_key_was_changed_the_old_certificate_still_verifies(settings):
    old = printed(certificate())
    settings.CERTIFICATE_SIGNING_KEY = base64.b64encode(bytes(range(32))).decode()
    new = printed(certificate(mediator=make.mediator()))

    keys = published_keys()

    assert len(keys) == 2
    for row in (old, new):
        assert verified_document(document(row.facts, row.token), keys).facts == row.facts


@pytest.mark.parametrize("secret", ["no base64", base64.b64encode(b"short").decode()])
def test_a_secret_that_is_no_key_is_named(settings, secret):
    settings.CERTIFICATE_SIGNING_KEY = secret

    with pytest.raises(ImproperlyConfigured, match="CERTIFICATE_SIGNING_KEY"):
        signing_key(today=TODAY)


@pytest.fixture
def key_file(tmp_path):
    def write():
        path = tmp_path / "keys.json"
        path.write_text(json.dumps({"keys": [jwk(one) for one in published_keys().values()]}))
        return path

    return write


def test_the_command_verifies_token_document_and_badge(key_file, tmp_path, capsys):
    row = printed(certificate())
    file = tmp_path / "signed.json"
    file.write_text(json.dumps(document(row.facts, row.token)), encoding="utf-8")
    badge = tmp_path / "badge.jwt"
    badge.write_text(badge_file(row, today=TODAY))

    for what in [row.token, str(file), str(badge)]:
        call_command("verify_certificate", what, "--key", str(key_file()))
        said = capsys.readouterr().out
        assert "The signature holds." in said
        assert row.code in said


def test_the_command_refuses_what_was_altered(key_file, tmp_path):
    row = printed(certificate())
    file = tmp_path / "signed.json"
    altered = document({**row.facts, "name": "别人"}, row.token)
    file.write_text(json.dumps(altered), encoding="utf-8")
    half = tmp_path / "half.json"
    half.write_text(file.read_text()[:40])

    for what in [row.token[:-8] + "AAAAAAAA", str(file), str(half), "nonsense"]:
        with pytest.raises(CommandError):
            call_command("verify_certificate", what, "--key", str(key_file()))
    with pytest.raises(CommandError, match="holds no published keys"):
        call_command("verify_certificate", row.token, "--key", str(file))


# --- Badge --------------------------------------------------------------------------------------


def badge(row):
    return verified_jws(badge_file(printed(row), today=TODAY), published_keys())


def test_the_badge_has_the_structure_of_open_badges_3():
    row = certificate(of=kind("training"))

    header, payload = badge(row)

    assert (header["alg"], header["typ"]) == ("EdDSA", "JWT")
    assert header["jwk"].keys() == {"kty", "crv", "x"}
    assert payload["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert payload["@context"][1].startswith("https://purl.imsglobal.org/spec/ob/v3p0/context")
    assert payload["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert payload["id"] == payload["jti"] == address_of(row.code)
    assert payload["issuer"]["id"] == payload["iss"]
    assert payload["issuer"]["type"] == ["Profile"]
    assert payload["validFrom"] == "2024-05-05T16:00:00Z"
    assert payload["validUntil"] == "2027-05-05T16:00:00Z"
    assert (payload["nbf"], payload["exp"]) == (1714924800, 1809532800)
    subject = payload["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    achievement = subject["achievement"]
    assert achievement.keys() == {
        "id", "type", "achievementType", "name", "description", "criteria",
    }  # fmt: skip
    assert achievement["type"] == ["Achievement"]
    assert achievement["criteria"]["narrative"]


def test_the_badge_names_nobody_but_by_a_salted_hash():
    row = certificate()
    _header, payload = badge(row)

    [identity] = payload["credentialSubject"]["identifier"]

    expected = hashlib.sha256(f"章丽娟{row.code}".encode()).hexdigest()
    assert identity == {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${expected}",
        "identityType": "name",
        "salt": row.code,
    }
    assert "章丽娟" not in json.dumps(payload, ensure_ascii=False)
    assert "exp" not in payload


def test_a_badge_that_was_altered_does_not_verify():
    text = badge_file(printed(certificate()), today=TODAY)
    head, body, signature = text.split(".")

    with pytest.raises(Unverified):
        verified_jws(f"{head}.{body[:-4]}AAAA.{signature}", published_keys())
    with pytest.raises(Unverified):
        verified_jws(compact_jws({"a": 1}, another_key()), published_keys())
    with pytest.raises(Unverified):
        verified_jws("one.two", published_keys())
