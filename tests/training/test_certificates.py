"""Certificates: who may take which step, what is frozen, and how one stands on any day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from registry.questions import person_is_erased
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_certificates as certificates
from tests.training.make_certificates import ISSUED_ON, certificate, kind, superseded
from training import actions
from training.flows import CERTIFICATE
from training.models import (
    Certificate,
    CertificateFacts,
    CertificateSuspension,
    SigningKey,
)
from training.rules.certificates import (
    CODE_ALPHABET,
    CODE_LENGTH,
    Life,
    Standing,
    code_of,
    digest_of,
    missing_years,
    pattern_faults,
    spaced,
    standing_on,
)
from training.rules.signatures import from_text, verified_token

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TAKE = {
    "examine": actions.examine_certificate,
    "decline": actions.decline_certificate,
    "issue": actions.issue_certificate,
    "suspend": actions.suspend_certificate,
    "resume": actions.resume_certificate,
    "propose_revocation": actions.propose_revocation,
    "revoke": actions.revoke_certificate,
    "keep": actions.keep_certificate,
    "keep_suspended": actions.keep_suspended,
}
LEADS = {
    "applied": {"examine": "examined", "decline": "declined"},
    "examined": {"decline": "declined", "issue": "issued"},
    "declined": {},
    "issued": {"suspend": "suspended", "propose_revocation": "revoking"},
    "suspended": {"resume": "issued", "propose_revocation": "revoking"},
    "revoking": {"revoke": "revoked", "keep": "issued"},
    "revoked": {},
    "superseded": {},
}


def in_state(state):
    return superseded()[0] if state == "superseded" else certificate(state)


@pytest.mark.parametrize("state", LEADS)
@pytest.mark.parametrize("step", TAKE)
def test_a_step_leads_on_or_is_refused(state, step):
    row = in_state(state)
    count = LedgerEntry.objects.of(row).count()
    leads = LEADS[state].get(step)

    if leads is None:
        with pytest.raises(Refused):
            TAKE[step](row.pk, by=make.user(), today=TODAY, reason="A test.")
    else:
        TAKE[step](row.pk, by=make.user(), today=TODAY, reason="A test.")

    row.refresh_from_db()
    assert row.state == (leads or state)
    assert LedgerEntry.objects.of(row).count() == count + (leads is not None)


def test_every_step_of_the_flow_is_tried():
    assert {*TAKE, "supersede"} == {*CERTIFICATE.steps}


def test_a_revocation_given_up_leaves_a_suspended_certificate_suspended():
    row = certificate("suspended")
    actions.propose_revocation(row.pk, by=make.user(), today=TODAY, reason="Fraud?")

    with pytest.raises(Refused):
        actions.keep_certificate(row.pk, by=make.user(), today=TODAY, reason="No fraud.")
    actions.keep_suspended(row.pk, by=make.user(), today=TODAY, reason="No fraud.")

    row.refresh_from_db()
    assert row.state == "suspended"


def test_whoever_approved_does_not_issue():
    row = certificate("examined")

    with pytest.raises(Refused, match="approved the application"):
        actions.issue_certificate(row.pk, by=row.examined_by, today=TODAY)
    assert CertificateFacts.objects.count() == 0


def test_whoever_proposed_does_not_revoke():
    row = certificate("revoking")

    with pytest.raises(Refused, match="proposed the revocation"):
        actions.revoke_certificate(
            row.pk, by=row.revocation_proposed_by, today=TODAY, reason="Fraud."
        )
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("revoking", None)


@pytest.mark.parametrize(("days", "issued"), [(-1, True), (0, False)])
def test_a_kind_is_issued_until_the_day_before_it_ends(days, issued):
    row = certificate("examined")
    type(row.kind).objects.update(until_on=TODAY)
    row.refresh_from_db()

    assert (CERTIFICATE.refusals(row, "issue", TODAY + days * DAY) == []) is issued


@pytest.mark.parametrize(("days", "passes"), [(-1, True), (0, False)])
def test_what_has_expired_is_not_suspended(days, passes):
    row = certificate(of=kind("training"))

    refusals = CERTIFICATE.refusals(row, "suspend", row.valid_until_on + days * DAY)

    assert (refusals == []) is passes


def test_an_application_says_what_it_rests_on():
    row = certificate("applied", basis="")

    assert CERTIFICATE.refusals(row, "examine", TODAY) == [
        "The application does not say on what the certificate rests."
    ]


def test_the_printed_facts_are_frozen_at_issue():
    person = make.mediator(name="章丽娟", sex="female")
    post = make.appointment(person)
    row = certificate(mediator=person, on=TODAY)
    post.organization.name, person.name = "别的委员会", "章丽"
    person.save()

    facts = Certificate.objects.get(pk=row.pk).facts

    assert facts == {
        "code": row.code,
        "kind": "duty",
        "kind_name": "人民调解员证",
        "kind_name_en": "duty certificate",
        "number": "330681202600001",
        "name": "章丽娟",
        "sex": "female",
        "organization": post.organization.__class__.objects.get().name,
        "basis": "岗前培训考试合格",
        "wording": "考核合格，特发此证。",
        "issuer": "Division 330681司法局",
        "issued_on": "2026-11-23",
        "valid_from": "2026-11-23",
        "valid_until": "",
    }
    assert row.digest == digest_of(facts)


def test_the_code_says_nothing_and_survives_typing():
    codes = {certificate("applied", mediator=make.mediator()).code for _time in range(5)}

    assert len(codes) == 5
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert not set("01OIUAEY") & set(CODE_ALPHABET)
    [code, *_others] = codes
    assert code_of(f" {spaced(code).lower()} ") == code
    assert code_of("1" * 20) == ""


def test_what_is_issued_is_signed_with_the_published_key():
    row = certificate()
    key = SigningKey.objects.get()

    signed = verified_token(row.token, {key.key_id: from_text(key.public)})

    assert signed.claims == {
        "code": row.code, "from": "2024-05-06", "until": "", "sha256": row.digest,
    }  # fmt: skip


def test_the_ledger_tells_every_step_and_never_the_name():
    row = certificate("revoked")

    entries = LedgerEntry.objects.of(row).order_by("sequence")
    assert [entry.act.rpartition(".")[2] for entry in entries] == [
        "apply", "examine", "issue", "propose_revocation", "revoke",
    ]  # fmt: skip
    assert "章丽娟" not in str([(entry.before, entry.after) for entry in entries])
    assert ledger.faults() == []


# --- Numbers ------------------------------------------------------------------------------------


def test_numbers_count_on_in_a_county_and_a_year():
    of = kind("training")
    people = [make.mediator(), make.mediator(in_division=make.division("330682"))]
    made = [certificate(of=of, mediator=person, on=date(2025, 1, 1)) for person in people]
    made.append(certificate(of=of, mediator=make.mediator(), on=date(2025, 12, 31)))
    made.append(certificate(of=of, mediator=make.mediator(), on=date(2026, 1, 1)))

    assert [row.number for row in made] == [
        "330681202500001", "330682202500001", "330681202500002", "330681202600001",
    ]  # fmt: skip


def test_a_number_that_a_roster_brought_in_is_passed_over():
    make.mediator(certificate_number="330681202400001")

    assert certificate().number == "330681202400002"


def test_an_issue_that_fails_takes_no_number(monkeypatch):
    row = certificate("examined")

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("training.issuing.issue.certificate_file", fail)
    with pytest.raises(RuntimeError):
        actions.issue_certificate(row.pk, by=make.user(), today=ISSUED_ON)
    monkeypatch.undo()
    actions.issue_certificate(row.pk, by=make.user(), today=ISSUED_ON)

    row.refresh_from_db()
    assert row.number == "330681202400001"
    assert CertificateFacts.objects.count() == 1


@pytest.mark.parametrize(
    ("pattern", "fine"),
    [
        ("{division6}{year}{serial:05d}", True),
        ("ZJ-{serial}", True),
        ("{year}", False),
        ("{serial", False),
        ("{serial}{county}", False),
        ("{serial.real}", False),
        ("{serial:x>}", True),
        ("{year[0]}{serial}", False),
    ],
)
def test_a_pattern_makes_numbers_or_is_refused(pattern, fine):
    assert (pattern_faults(pattern) == []) is fine


def test_the_number_of_a_duty_certificate_stands_in_the_register():
    row = certificate()
    row.mediator.refresh_from_db()

    assert row.mediator.certificate_number == row.number == "330681202400001"


def test_who_has_a_number_for_life_keeps_it():
    person = make.mediator(certificate_number="浙调330681-7")

    assert certificate(mediator=person).number == "浙调330681-7"


# --- One follows another ------------------------------------------------------------------------


def test_a_reissued_duty_certificate_keeps_the_number_and_ends_the_old_one():
    old, new = superseded()

    assert (old.state, old.ended_on) == ("superseded", TODAY - 30 * DAY)
    assert (new.state, new.number, new.follows) == ("issued", old.number, old)
    assert new.code != old.code


def test_a_reissued_training_certificate_has_a_number_of_its_own():
    old, new = superseded(of=kind("training"))

    assert new.number != old.number


def test_nobody_holds_two_duty_certificates():
    row = certificate()

    with pytest.raises(Refused, match="reissue that one"):
        certificate(mediator=row.mediator)


def test_after_a_revocation_the_number_for_life_stands():
    row = certificate("revoked")

    assert certificate(mediator=row.mediator, on=TODAY).number == row.number


def test_a_revoked_certificate_is_not_reissued():
    row = certificate("revoked")

    with pytest.raises(Refused, match="has ended"):
        actions.reissue_certificate(row.pk, by=make.user(), today=TODAY, reason="x", basis="x")


def test_the_follower_of_one_revoked_meanwhile_is_not_issued():
    row = certificate()
    new = actions.reissue_certificate(
        row.pk, by=make.user(), today=TODAY, reason="Moved.", basis="信息变更"
    )
    actions.examine_certificate(new.pk, by=make.user(), today=TODAY)
    actions.propose_revocation(row.pk, by=make.user(), today=TODAY, reason="Fraud.")
    actions.revoke_certificate(row.pk, by=make.user(), today=TODAY, reason="Fraud.")

    with pytest.raises(Refused, match="was revoked"):
        actions.issue_certificate(new.pk, by=make.user(), today=TODAY)


def test_a_kind_of_another_county_is_not_issued_here():
    of = kind("training", code="elsewhere", division=make.division("330682"))

    with pytest.raises(Refused, match="not issued there"):
        certificate("applied", of=of)


# --- How it stands on a day ---------------------------------------------------------------------


def test_it_is_valid_from_the_day_of_issue_to_its_last_day():
    row = certificate(of=kind("training", valid_months=12))

    days = [ISSUED_ON - DAY, ISSUED_ON, date(2025, 5, 5), date(2025, 5, 6)]
    assert [row.standing(day) for day in days] == ["not_issued", "valid", "valid", "expired"]
    assert row.facts["valid_until"] == "2025-05-05"


def test_a_kind_without_months_of_its_own_follows_the_figure_of_training():
    certificates.policies()
    of = kind("training", valid_months=None)

    assert certificate(of=of).valid_until_on == date(2027, 5, 6)


def test_a_suspension_counts_from_its_first_day_to_the_day_before_it_ends():
    row = certificate("suspended")
    actions.resume_certificate(row.pk, by=make.user(), today=ISSUED_ON + 5 * DAY, reason="x")
    row.refresh_from_db()

    standings = [row.standing(ISSUED_ON + days * DAY) for days in (0, 1, 4, 5)]
    assert standings == ["valid", "suspended", "suspended", "valid"]


def test_a_revocation_counts_from_its_day_on():
    row = certificate("revoked")

    assert [row.standing(row.ended_on + days * DAY) for days in (-1, 0)] == ["valid", "revoked"]


def test_a_superseded_one_was_valid_before():
    old, new = superseded()

    assert [old.standing(old.ended_on + days * DAY) for days in (-1, 0)] == ["valid", "superseded"]
    assert new.standing(TODAY) == "valid"


DATES = st.dates(date(2020, 1, 1), date(2022, 12, 31))


@given(
    start=DATES,
    day=DATES,
    until=st.none() | DATES,
    ended=st.none() | DATES,
    spans=st.lists(st.tuples(DATES, st.none() | DATES), max_size=4),
)
def test_every_day_has_one_standing_that_the_dates_explain(start, day, until, ended, spans):
    life = Life(start, until, ended, "revoked" if ended else "", tuple(spans))
    standing = standing_on(life, day)

    inside = any(a <= day and (b is None or day < b) for a, b in spans)
    expired = until is not None and day >= until
    over = ended is not None and day >= ended
    assert (standing is Standing.NOT_ISSUED) is (day < start)
    assert (standing is Standing.REVOKED) is (day >= start and over)
    assert (standing is Standing.EXPIRED) is (day >= start and not over and expired)
    assert (standing is Standing.VALID) is (
        day >= start and not over and not expired and not inside
    )


@given(day=DATES, until=DATES, ended=DATES)
def test_what_comes_later_never_changes_how_it_stood_before(day, until, ended):
    before = Life(date(2020, 1, 1))
    after = Life(date(2020, 1, 1), until, ended, "revoked", ((ended, None),))

    if day < min(until, ended):
        assert standing_on(after, day) == standing_on(before, day)


def test_the_query_for_valid_ones_agrees_with_how_each_stands():
    rows = [certificate(state, mediator=make.mediator()) for state in STEPS_OF_ISSUED]
    resumed = certificate("suspended", mediator=make.mediator())
    actions.resume_certificate(resumed.pk, by=make.user(), today=TODAY - DAY, reason="x")
    expired = certificate(of=kind("training", valid_months=12), mediator=make.mediator())
    again = certificate("suspended", mediator=make.mediator())
    actions.propose_revocation(again.pk, by=make.user(), today=TODAY, reason="x")

    held = Certificate.objects.filter(pk__in=[row.pk for row in [*rows, resumed, expired, again]])

    valid = {row.pk for row in held if row.standing(TODAY) == "valid"}
    assert set(held.valid(TODAY).values_list("pk", flat=True)) == valid
    assert resumed.pk in valid
    assert again.pk not in valid


STEPS_OF_ISSUED = ["issued", "suspended", "revoking", "revoked"]


# --- Yearly checks ------------------------------------------------------------------------------


def test_the_check_of_a_year_is_stamped_once():
    row = certificate()
    given_ = {"by": make.user(), "today": TODAY, "reason": "Checked."}
    actions.check_certificate(row.pk, year=2025, **given_)

    for year, said in [(2025, "stamped already"), (2024, "No check"), (2027, "No check")]:
        with pytest.raises(Refused, match=said):
            actions.check_certificate(row.pk, year=year, **given_)
    assert list(row.checks.values_list("year", flat=True)) == [2025]
    assert LedgerEntry.objects.filter(act="training.certificate.check").count() == 1


@pytest.mark.parametrize("row", ["training", "revoked"])
def test_only_what_stands_and_has_checks_is_stamped(row):
    row = certificate("revoked") if row == "revoked" else certificate(of=kind("training"))

    with pytest.raises(Refused):
        actions.check_certificate(row.pk, year=2025, by=make.user(), today=TODAY, reason="Checked.")


@pytest.mark.parametrize(
    ("today", "missing"),
    [(date(2024, 12, 31), []), (date(2025, 12, 31), []), (date(2026, 1, 1), [2025])],
)
def test_a_check_is_missing_when_its_year_is_over(today, missing):
    assert missing_years(ISSUED_ON, [], today) == missing


# --- What the database itself refuses -----------------------------------------------------------


def refused_by_the_database(row, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**values)


def test_the_database_holds_what_is_issued_to_be_whole():
    row = certificate()

    for lost in ["number", "issued_on", "valid_from_on", "issued_by", "examined_by"]:
        refused_by_the_database(row, **{lost: None})
    refused_by_the_database(row, digest="")
    refused_by_the_database(row, token="")
    refused_by_the_database(row, issued_by=row.examined_by)
    refused_by_the_database(row, state="unknown")
    refused_by_the_database(row, valid_until_on=row.valid_from_on)
    refused_by_the_database(row, ended_on=TODAY)
    refused_by_the_database(row, state="revoked", ended_on=TODAY)
    refused_by_the_database(row, state="superseded")
    refused_by_the_database(row, state="applied")


def test_the_database_gives_a_number_and_a_duty_certificate_once():
    row, other = certificate(), certificate(mediator=make.mediator())

    refused_by_the_database(other, number=row.number)
    refused_by_the_database(other, mediator=row.mediator)


def test_the_database_takes_one_application_for_a_kind():
    row = certificate("applied")
    other = certificate("applied", mediator=make.mediator())

    refused_by_the_database(other, mediator=row.mediator)


def test_the_database_keeps_spans_in_order_and_one_open():
    row = certificate("suspended")
    span = row.suspensions.get()

    refused_by_the_database(span, until_on=span.from_on - DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateSuspension.objects.create(certificate=row, from_on=TODAY)


@pytest.mark.parametrize(
    "values",
    [
        {"category": "unknown"},
        {"until_on": date(2019, 1, 1)},
        {"valid_months": 12, "is_limited": False},
        {"valid_months": 0, "is_limited": True},
        {"category": "training", "bars_duty": True},
    ],
)
def test_the_database_refuses_a_kind_that_makes_no_sense(values):
    refused_by_the_database(kind(), **values)


# --- The holder is forgotten --------------------------------------------------------------------


def test_a_forgotten_holder_leaves_number_dates_and_digest():
    row = certificate()
    before = dict(row.facts)

    assert actions.forget_holder(row.mediator, by=make.user(), today=TODAY, reason="Erased.") == 1
    assert actions.forget_holder(row.mediator, by=make.user(), today=TODAY, reason="Erased.") == 0

    row = Certificate.objects.get(pk=row.pk)
    assert row.facts == {**before, "name": "章**", "sex": ""}
    assert row.digest == digest_of(before)
    assert row.printed.forgotten_on == TODAY
    assert LedgerEntry.objects.of(row).first().act


def test_when_a_person_is_erased_the_certificates_forget_the_name():
    row = certificate()

    person_is_erased.send(
        type(row.mediator), mediator=row.mediator, by=make.user(), today=TODAY, reason="Time over."
    )

    assert Certificate.objects.get(pk=row.pk).facts["name"] == "章**"
