"""A complaint is entered by an officer, once, and read by that officer never again."""

import pytest

from complaints import actions, vault
from complaints.models import (
    CaseGrant,
    Complaint,
    ComplaintEntry,
    EnteredComplaint,
    SealedIdentity,
    StatementKind,
)
from complaints.rules.tickets import ticket_number
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.complaints import make_entered as made
from tests.complaints.make_complaints import figures, handler, said
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def _figures():
    figures()


def test_the_officer_who_typed_it_is_given_no_access():
    officer = made.window()
    complaint, _code = made.entered(officer)
    assert not CaseGrant.objects.exists()
    with pytest.raises(actions.NotGiven):
        actions.told_of(complaint, officer)
    assert said(complaint, StatementKind.FACTS) == [made.FACTS]
    assert complaint.entered_by == officer


def test_a_second_click_finds_the_same_complaint_and_code_even_if_something_was_changed():
    officer = made.window()
    first, code = made.entered(officer, submission="a" * 32)
    again, same = made.entered(officer, submission="a" * 32, facts="Other words.")
    assert (again.pk, same) == (first.pk, code)
    assert Complaint.objects.count() == ComplaintEntry.objects.count() == 1


def test_the_same_form_key_of_another_officer_is_another_complaint():
    first, code = made.entered(made.window(), submission="a" * 32)
    other, other_code = made.entered(made.window(), submission="a" * 32)
    assert (other.pk, other_code) != (first.pk, code)


@pytest.mark.parametrize(
    ("body_in", "officer_in", "charge"),
    [
        ("330681109", "330681109", "330681"),
        ("330682001", "330681109", "330682"),
        ("3306", "330681109", "3306"),
        (None, "330681109", "330681"),
        (None, "3306", "3306"),
    ],
)
def test_it_lies_with_the_county_of_whom_it_is_about_or_else_of_the_officer(
    body_in, officer_in, charge
):
    place = make.division(charge)
    given = {}
    if body_in:
        body = make.organization(in_division=make.division(body_in))
        given = {"about": "organization", "organization": body}
    complaint, _code = made.entered(made.window(officer_in), **given)
    assert complaint.division == place
    assert complaint.entry.division.code == officer_in
    assert complaint.number.startswith(f"TS{charge}2026")


def test_who_passed_a_letter_on_lies_sealed_in_the_case():
    complaint, _code = made.entered(
        made.window(), channel="upper", source_number="浙信〔2026〕12号", source_on=TODAY - DAY,
        source_body="标记机关",
    )  # fmt: skip
    assert said(complaint, StatementKind.NOTE) == ["标记机关"]
    assert complaint.entry.source_on == TODAY - DAY
    assert "标记机关" not in made.tables()


def test_the_limits_of_a_ticket_run_from_the_day_of_entry():
    complaint, _code = made.entered(
        made.window(), channel="hotline", source_number="T-1", source_on=TODAY - 9 * DAY
    )
    started = dict(complaint.clocks.values_list("key", "start_on"))
    assert started == {"accept_days": TODAY, "hotline_days": TODAY}


def test_the_same_ticket_again_names_the_complaint_only_to_those_who_may_see_it():
    there, elsewhere = made.window(), made.window("330682001")
    complaint, _code = made.entered(there, channel="hotline", source_number="T-1")
    with pytest.raises(Refused, match=f"it is complaint {complaint.number}."):
        made.entered(there, channel="hotline", source_number="T-1")
    with pytest.raises(Refused) as refusal:
        made.entered(elsewhere, channel="hotline", source_number="T-1")
    assert refusal.value.messages == ["This ticket or letter was entered before."]
    assert Complaint.objects.count() == 1


def test_one_number_of_two_channels_is_two_complaints_and_letters_need_none():
    officer = made.window()
    made.entered(officer, channel="hotline", source_number="T-1")
    made.entered(officer, channel="upper", source_number="T-1")
    made.entered(officer, channel="letter")
    made.entered(officer, channel="letter")
    assert Complaint.objects.count() == 4


def test_whoever_serves_nowhere_or_elsewhere_takes_nothing():
    for officer in (make.user(), make.officer(Role.COUNTY_BUREAU, make.division("330681"))):
        with pytest.raises(Refused):
            made.entered(officer)
    assert not Complaint.objects.exists()


def test_when_the_middle_fails_nothing_is_left(monkeypatch):
    monkeypatch.setattr("complaints.actions.entering.vault.say", None)
    with pytest.raises(TypeError):
        made.entered(made.window(), channel="upper", source_number="T-1", source_body="某机关")
    assert not Complaint.objects.exists()
    assert not LedgerEntry.objects.filter(act__startswith="complaints.complaint").exists()


def test_of_an_anonymous_complaint_no_identity_is_kept():
    complaint, _code = made.entered(made.window(), mode="anonymous")
    assert not SealedIdentity.objects.exists()
    assert vault.identity(complaint) == {}


def test_the_ledger_names_the_officer_and_says_no_word_of_the_case():
    officer = made.window()
    complaint, code = made.entered(officer)
    entry = LedgerEntry.objects.of(Complaint.objects.get()).get()
    assert (entry.act, entry.actor) == ("complaints.complaint.receive", officer)
    told = f"{entry.before}{entry.after}{entry.reason}{entry.evidence}"
    assert not [one for one in (made.FACTS, made.NAME, made.PHONE, code, "标记") if one in told]
    assert complaint.area == make.division("330681").pk


def seen_by(user):
    rows = EnteredComplaint.objects.within(user, "complaints.view_enteredcomplaint")
    return set(rows.values_list("pk", flat=True))


def test_an_office_sees_what_was_entered_there_and_a_handler_what_came_to_the_county():
    own, other_office, other_county = (
        made.entered(made.window(place))[0].pk for place in ("330681109", "330681001", "330682001")
    )
    body = make.organization(in_division=make.division("330681003"))
    about_us, _code = made.entered(
        made.window("330683001"), about="organization", organization=body
    )
    assert seen_by(made.window("330681109")) == {own}
    assert seen_by(handler()) == {own, other_office, about_us.pk}
    assert seen_by(handler("3306")) == {own, other_office, other_county, about_us.pk}
    # A justice office that serves a whole county is still not the body in charge.
    assert seen_by(made.window("330681")) == {own, other_office}
    assert seen_by(make.officer(Role.COUNTY_BUREAU, make.division("330681"))) == set()


def test_what_came_by_the_web_is_no_entered_complaint():
    from tests.complaints.make_complaints import received  # noqa: PLC0415

    received()
    assert seen_by(handler()) == set()


def test_an_officer_may_enter_what_the_officer_is_recused_from_and_never_sees_it():
    person, body = made.on_roster()
    person.user = made.window()
    person.save()
    complaint, code = made.entered(
        person.user, about="mediator", mediator=person, organization=body
    )
    assert code
    assert seen_by(person.user) == set()
    ticket = {"channel": "hotline", "source_number": "T-1"}
    made.entered(made.window(), about="mediator", mediator=person, organization=body, **ticket)
    with pytest.raises(Refused) as refusal:
        made.entered(person.user, **ticket)
    assert refusal.value.messages == ["This ticket or letter was entered before."]
    assert complaint.pk in seen_by(handler())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１２３４５－ａｂ", "12345-AB"),
        (" zj 2026 0001 ", "ZJ20260001"),
        ("浙信〔2026〕12号", "浙信〔2026〕12号"),
        ("（2026）12", "(2026)12"),
        ("12", ""),
        ("ABC", ""),
        ("A" * 63 + "12", ""),
        ("12345；DROP", ""),
        ("=1+12345", ""),
        ("1.23457E+17", ""),
        (20261123000123.0, "20261123000123"),
        (None, ""),
    ],
)
def test_a_number_is_written_in_one_way_or_is_none(typed, kept):
    assert ticket_number(typed) == kept
