"""The life of an appointment: every step, every guard, and what the acts write."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from office.documents import documents_of
from office.flow import Refused, Stale
from office.identity import resident_id_for
from office.models import Document, LedgerEntry
from registry.actions import appointments, departures, nominate
from registry.flows import (
    APPOINTMENT,
    AppointmentState,
    asking_for_reviews,
    may_take_up_duty,
)
from registry.models import Appointment, EndedBy, Mediator, MediatorRow, PublicNotice
from registry.rules import months_later
from tests import make
from tests.make import DAY, TODAY
from tests.registry.posts import UNIT, asked, load_rules, paper, person, policy, post, ready

pytestmark = pytest.mark.django_db
A = AppointmentState
TAKES = {
    "vet": appointments.vet_appointment,
    "reject": appointments.reject_appointment,
    "publish": appointments.publish_appointment,
    "accept": appointments.accept_appointment,
    "begin_probation": appointments.begin_probation,
    "begin": appointments.begin_appointment,
    "take_office_with_the_committee": appointments.take_office_with_the_committee,
    "drop_out": departures.drop_out,
    "suspend": appointments.suspend_appointment,
    "resume": appointments.resume_appointment,
    "renew": departures.renew_appointment,
    "lapse": departures.lapse_appointment,
    "remove": departures.remove_mediator,
    "dismiss": departures.dismiss_mediator,
    "resign": departures.resign_appointment,
    "transfer": departures.transfer_appointment,
    "record_death": departures.record_death,
    "end_with_organization": departures.end_with_organization,
}
ZHANG = resident_id_for("330681", date(1975, 3, 8), 2)  # a woman's number
STORED = [state for state in A if state != A.TERM_ENDING]


@pytest.fixture(autouse=True)
def rules():
    translation.activate("en")
    load_rules()


@pytest.fixture
def answering():
    """Return a function that lets a floor above answer a question, until the test is over."""
    connected = []

    def answer(signal, said):
        def receiver(sender, obj, today, **kwargs):
            return said

        signal.connect(receiver, weak=False)
        connected.append((signal, receiver))

    yield answer
    for signal, receiver in connected:
        signal.disconnect(receiver)


def take(step, row, *, by=None, **typed):
    return TAKES[step](
        row.pk, by=by or make.user(), today=TODAY, reason="A reason.", **asked(step, **typed)
    )


def said(refused):
    return refused.value.messages


def refusals(step, row):
    return APPOINTMENT.refusals(Appointment.objects.get(pk=row.pk), step, TODAY)


# --- The table of states and steps --------------------------------------------------------------


def test_every_step_has_its_act():
    assert set(TAKES) == set(APPOINTMENT.steps)


@pytest.mark.parametrize("state", STORED)
@pytest.mark.parametrize("step", APPOINTMENT.steps)
def test_a_step_is_taken_from_its_states_only_and_leaves_an_entry(state, step):
    row, taken = ready(state, step), APPOINTMENT.steps[step]
    allowed = state in taken.sources

    if allowed:
        take(step, row)
    else:
        with pytest.raises(Refused):
            take(step, row)

    row.refresh_from_db()
    entries = LedgerEntry.objects.of(row).filter(act=f"registry.appointment.{step}")
    assert row.state == (taken.target if allowed else state)
    assert entries.count() == int(allowed)
    if allowed:
        assert entries.get().reason.startswith("A reason.")


@pytest.mark.parametrize("step", APPOINTMENT.steps)
def test_a_step_that_fails_in_the_middle_leaves_nothing(step, monkeypatch):
    row = ready(APPOINTMENT.steps[step].sources[0], step)

    def break_down(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(appointments, "refresh_mediators", break_down)
    with pytest.raises(OSError):  # noqa: PT011
        take(step, row)

    row.refresh_from_db()
    assert row.state == APPOINTMENT.steps[step].sources[0]
    assert Appointment.objects.count() == 1
    assert LedgerEntry.objects.of(row).count() == 0
    assert Document.objects.count() == 0


@pytest.mark.parametrize("state", STORED)
def test_data_is_corrected_only_in_post_or_suspended(state):
    row = post(state)
    change = {"by": make.user(), "today": TODAY, "reason": "Misspelt.", "post": "deputy"}

    if state in {A.IN_POST, A.SUSPENDED}:
        appointments.change_appointment(row.pk, revision=0, **change)
        with pytest.raises(Stale):
            appointments.change_appointment(row.pk, revision=0, **change)
    else:
        with pytest.raises(Refused):
            appointments.change_appointment(row.pk, revision=0, **change)

    row.refresh_from_db()
    assert (row.post == "deputy") is (state in {A.IN_POST, A.SUSPENDED})


# --- Nominating and vetting ---------------------------------------------------------------------


def put_forward(**fields):
    given = {
        "by": make.user(), "today": TODAY, "reason": "Elected next week.", "post": "member",
        "employment": "part_time", "from_on": TODAY + 9 * DAY, **fields,
    }  # fmt: skip
    given.setdefault("organization", make.organization())
    return nominate(**given)


def test_a_new_person_enters_the_register_with_the_nomination():
    by = make.user()

    row = put_forward(by=by, name="章丽", id_number=ZHANG, phone="13905750917")

    found = Mediator.objects.get()
    assert (row.state, row.nominated_by, row.mediator) == (A.CANDIDATE, by, found)
    assert (found.name, found.sex, found.born_on) == ("章丽", "female", date(1975, 3, 8))
    assert LedgerEntry.objects.of(row).get().act == "registry.appointment.nominate"
    assert MediatorRow.objects.count() == 0


def test_a_known_id_number_leads_to_the_person_and_never_to_another_name():
    known = person(name="章丽", id_number=ZHANG)

    row = put_forward(name="章丽", id_number=ZHANG)
    with pytest.raises(Refused) as refused:
        put_forward(name="张丽", id_number=ZHANG)

    assert row.mediator == known
    assert said(refused) == ["This name does not belong to the ID number."]


def test_nobody_is_nominated_twice_in_one_organization_or_where_it_leaves_the_roster():
    row = put_forward(mediator=person())

    for body in (row.organization, make.organization("closing")):
        with pytest.raises(Exception) as refused:  # noqa: PT011
            put_forward(mediator=row.mediator, organization=body)
        assert said(refused) in (
            ["This person is already nominated in this organisation."],
            ["Nobody can be appointed in an organisation that leaves the roster."],
        )
    take("reject", row)
    put_forward(mediator=row.mediator, organization=row.organization)


BIRTHDAY_18 = date(2008, 11, 23)


@pytest.mark.parametrize(("born_on", "passes"), [
    (BIRTHDAY_18, True), (BIRTHDAY_18 + DAY, False), (None, False),
])  # fmt: skip
def test_only_an_adult_is_accepted(born_on, passes):
    row = post(A.VETTING, person(born_on=born_on))

    assert ("The person is not an adult." in refusals("accept", row)) is (
        born_on is not None and not passes
    )
    assert (refusals("accept", row) == []) is passes
    assert (refusals("publish", row) == []) is passes


@pytest.mark.parametrize(("born_on", "passes"), [
    (date(1955, 11, 24), True), (date(1955, 11, 23), False),
])  # fmt: skip
def test_the_highest_age_at_entry_is_that_of_the_policy_and_still_allowed(born_on, passes):
    row = post(A.VETTING, person(born_on=born_on))

    # Until the day before the 71st birthday somebody is 70.
    assert (refusals("accept", row) == []) is passes


def test_the_age_of_the_kind_of_organization_goes_first():
    policy("entry_age_most", 45, "years", kind="industry")
    village = post(A.VETTING, body=make.organization())
    industry = post(A.VETTING, body=make.organization(kind="industry"))

    assert refusals("accept", village) == []
    assert refusals("accept", industry) == [
        "The person is older than 45 at entry, or the age is not known."
    ]


@pytest.mark.parametrize(("left_on", "passes"), [
    (date(2024, 11, 23), True), (date(2024, 11, 24), False),
])  # fmt: skip
def test_whoever_was_removed_comes_back_after_the_time_of_the_policy(left_on, passes):
    earlier = post(
        A.ENDED, from_on=date(2022, 1, 1), until_on=left_on, ended_by="removed",
        end_ground="property", end_unit=UNIT, end_decided_on=left_on,
    )  # fmt: skip
    row = post(A.VETTING, earlier.mediator)

    assert (refusals("accept", row) == []) is passes


def test_the_ledger_keeps_how_each_condition_stood():
    row = post(A.CANDIDATE, person(born_on=BIRTHDAY_18 + DAY))
    by = make.user()

    take("vet", row, by=by)

    entry = LedgerEntry.objects.of(row).get()
    assert {(one["condition"], one["met"]) for one in entry.evidence} == {
        ("adult", False), ("entry_age", True), ("reentry", True), ("court_list", True),
    }  # fmt: skip
    assert all(one["said"] for one in entry.evidence)
    row.refresh_from_db()
    assert row.vetted_by == by


# --- Notice and acceptance ----------------------------------------------------------------------


def test_the_notice_runs_as_many_days_as_the_policy_of_its_first_day():
    row = post(A.VETTING)

    take("publish", row)
    policy("appointment_notice", 9, "working", from_on=TODAY, division=make.division())

    row.refresh_from_db()
    assert (row.notice_from_on, row.notice_until_on) == (TODAY, date(2026, 11, 30))
    assert row.notice_policy.amount == 5


def test_a_notice_that_reaches_into_an_unpublished_year_is_refused():
    policy("appointment_notice", 60, "working", division=make.division())
    row = post(A.VETTING)

    with pytest.raises(Refused) as refused:
        take("publish", row)

    assert said(refused) == [
        "The term would end in 2027, and the calendar of that year is not loaded."
    ]
    row.refresh_from_db()
    assert (row.state, PublicNotice.objects.count()) == (A.VETTING, 0)


@pytest.mark.parametrize(("last", "passes"), [(TODAY, False), (TODAY - DAY, True)])
def test_nobody_is_accepted_before_the_day_after_the_notice(last, passes):
    row = post(A.NOTICE, notice_until_on=last)

    assert (refusals("accept", row) == []) is passes


@pytest.mark.parametrize("column", ["nominated_by", "vetted_by"])
def test_who_nominated_or_vetted_does_not_accept(column):
    by = make.user()
    row = post(A.VETTING, **{column: by})

    with pytest.raises(Refused) as refused:
        take("accept", row, by=by)
    take("accept", row, by=make.user())

    assert said(refused) == ["Who nominated or vetted a person does not accept the person as well."]


@pytest.mark.parametrize(
    ("kind", "held", "route", "body", "passes"),
    [
        ("village", "member", "elected", "villagers", True),
        ("village", "member", "elected", "staff", False),
        ("village", "member", "appointed", "committee", False),
        ("village", "mediator", "appointed", "committee", True),
        ("village", "mediator", "appointed", "founder", False),
        ("enterprise", "director", "elected", "union", True),
        ("enterprise", "director", "elected", "villagers", False),
        ("township", "member", "appointed", "founder", True),
        ("studio", "mediator", "elected", "members", False),
        ("studio", "mediator", "appointed", "committee", True),
    ],
)
def test_the_right_body_for_the_kind_and_the_post(kind, held, route, body, passes):
    row = post(A.VETTING, body=make.organization(kind=kind), post=held)
    typed = {"route": route, "unit_body": body}

    if passes:
        take("accept", row, **typed)
        row.refresh_from_db()
        assert (row.route, row.unit_body, row.unit) == (route, body, UNIT)
    else:
        with pytest.raises(Refused) as refused:
            take("accept", row, **typed)
        assert said(refused) == ["This body does not fill this post (art. 9, 13)."]


def test_the_decision_is_a_paper_and_evidence_of_the_step():
    row = post(A.VETTING)

    take("accept", row)

    kept = documents_of(row, "accept").get()
    step = LedgerEntry.objects.of(row).get(act="registry.appointment.accept")
    assert step.evidence[-1] == {"name": "decision.pdf", "sha256": kept.digest}


# --- Duty ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["begin", "begin_probation"])
def test_nobody_takes_up_duty_without_certificate_training_or_a_listed_organization(
    step, answering
):
    answering(may_take_up_duty, ["The pre-service exam is not passed."])
    row = post(A.AWAITING_DUTY, person(certificate_number=None), make.organization("filing"))

    assert refusals(step, row) == [
        "The organisation is not on the roster.",
        "The certificate number is missing: nobody takes up duty without a certificate.",
        "The pre-service exam is not passed.",
    ]


@pytest.mark.parametrize(("months", "until"), [
    (None, date(2027, 2, 23)), (1, date(2026, 12, 23)), (3, date(2027, 2, 23)),
])  # fmt: skip
def test_a_probation_lasts_as_long_as_the_policy_at_most(months, until):
    row = post(A.AWAITING_DUTY)

    take("begin_probation", row, months=months)

    row.refresh_from_db()
    assert (row.from_on, row.probation_until_on) == (TODAY, until)
    assert row.probation_policy.amount == 3
    assert row.term_until_on == date(2029, 11, 23)


@pytest.mark.parametrize("months", [0, 4])
def test_a_probation_beyond_the_policy_is_refused(months):
    with pytest.raises(Refused) as refused:
        take("begin_probation", post(A.AWAITING_DUTY), months=months)

    assert said(refused) == ["A probation lasts from 1 to 3 months here."]


@pytest.mark.parametrize(("until", "passes"), [(TODAY, True), (TODAY + DAY, False)])
def test_a_post_is_taken_up_when_the_probation_is_over(until, passes):
    row = post(A.PROBATION, probation_until_on=until)

    assert (refusals("begin", row) == []) is passes


def test_after_a_probation_the_post_is_held_since_that_began():
    row = post(A.PROBATION, from_on=TODAY - 80 * DAY)

    take("begin", row, from_on=TODAY)

    row.refresh_from_db()
    assert (row.state, row.from_on) == (A.IN_POST, TODAY - 80 * DAY)
    assert MediatorRow.objects.filter(mediator=row.mediator_id).exists()


def test_nobody_on_probation_is_on_the_public_roster():
    row = post(A.AWAITING_DUTY)

    take("begin_probation", row)

    assert not MediatorRow.objects.filter(mediator=row.mediator_id).exists()
    assert Appointment.objects.in_post(TODAY).count() == 0


@pytest.mark.parametrize(("ends_on", "passes"), [
    (date(2029, 11, 23), True), (date(2029, 11, 24), False),
])  # fmt: skip
def test_a_term_lasts_three_years_at_most(ends_on, passes):
    row = post(A.AWAITING_DUTY, term_until_on=ends_on)

    if passes:
        take("begin", row)
    else:
        with pytest.raises(Refused):
            take("begin", row)


def test_members_take_office_with_their_committee_when_it_is_known_who_elected_them():
    body = make.organization("filing")
    row, unknown = post(A.CANDIDATE, body=body), post(A.CANDIDATE, body=body, route="", unit="")

    take("take_office_with_the_committee", row)

    row.refresh_from_db()
    assert (row.state, row.from_on) == (A.IN_POST, TODAY)
    assert refusals("take_office_with_the_committee", unknown) == [
        "It is not known whether the person was elected or appointed, or by which unit."
    ]


def test_who_drops_out_before_the_duty_held_the_post_on_no_day():
    row = post(A.AWAITING_DUTY, from_on=TODAY + 30 * DAY, term_until_on=TODAY + 99 * DAY)

    take("drop_out", row)

    row.refresh_from_db()
    assert (row.from_on, row.until_on, row.ended_by) == (TODAY, TODAY, EndedBy.DROPPED_OUT)
    assert Mediator.objects.once_public().count() == 0
    assert Appointment.objects.in_post(TODAY).count() == 0


# --- Terms --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ends_on", "stage"), [
    (TODAY + 90 * DAY, A.TERM_ENDING), (TODAY + 91 * DAY, A.IN_POST), (TODAY, A.TERM_ENDING),
    (TODAY - 90 * DAY, A.TERM_ENDING), (None, A.IN_POST),
])  # fmt: skip
def test_that_a_term_ends_is_computed_from_the_lead_time(ends_on, stage):
    row = post(term_until_on=ends_on, from_on=date(2023, 1, 1))

    [read] = Appointment.objects.with_stage(TODAY)
    assert (read.state, read.stage) == (A.IN_POST, stage)
    assert list(Appointment.objects.term_ending(TODAY)) == ([row] if stage == A.TERM_ENDING else [])
    assert row.is_term_ending(TODAY) is (stage == A.TERM_ENDING)


@pytest.mark.parametrize("state", [state for state in STORED if state != A.IN_POST])
def test_only_who_is_in_post_has_a_term_that_ends(state):
    row = post(state, term_until_on=TODAY + DAY)

    assert Appointment.objects.with_stage(TODAY).get().stage == state
    assert row not in Appointment.objects.term_ending(TODAY)


def test_the_lead_time_of_the_nearest_place_and_of_the_kind_goes_first():
    policy("term_lead", 10, "calendar", division=make.division("330681"))
    policy("term_lead", 20, "calendar", division=make.division("330681"), kind="industry")
    policy("term_lead", 5, "working", division=make.division("330681003"))
    soon = {"term_until_on": TODAY + 15 * DAY}
    village, industry = post(**soon), post(body=make.organization(kind="industry"), **soon)
    near = make.organization(in_division=make.division("330681003"))
    seven = post(body=near, term_until_on=TODAY + 7 * DAY)
    eight = post(body=near, term_until_on=TODAY + 8 * DAY)
    far = post(body=make.organization(in_division=make.division("330682")), **soon)

    # Five working days from Monday 23 November reach to Monday 30 November.
    found = set(Appointment.objects.term_ending(TODAY))
    assert found == {industry, seven, far}
    assert not found & {village, eight}


def test_without_a_policy_only_a_term_that_is_over_counts():
    row = post(term_until_on=TODAY + DAY)
    type(row).objects.model._meta.get_field("notice_policy").related_model.objects.all().delete()

    assert Appointment.objects.term_ending(TODAY).count() == 0
    assert Appointment.objects.term_ending(TODAY + DAY).count() == 1


def test_a_renewal_begins_on_the_day_the_old_term_ends():
    old = post(term_until_on=TODAY + 10 * DAY, unit=UNIT)

    new = take("renew", old)

    old.refresh_from_db()
    assert (old.state, old.until_on, old.ended_by) == (A.ENDED, TODAY + 10 * DAY, EndedBy.RENEWED)
    assert (new.renewal_of, new.from_on, new.state) == (old, TODAY + 10 * DAY, A.IN_POST)
    assert new.term_until_on == months_later(new.from_on, 36)
    assert (new.route, new.unit, new.post) == (old.route, UNIT, old.post)
    # Nobody is off the roster between the decision and the day, or on it twice.
    for day in (TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY, TODAY + 99 * DAY):
        assert Appointment.objects.on_the_roster(day).count() == 1
    assert MediatorRow.objects.filter(mediator=old.mediator_id).count() == 1
    assert LedgerEntry.objects.of(new).get().act == "registry.appointment.continue"


def test_a_renewal_needs_the_reviews_of_the_term_or_the_reason_why_there_is_none(answering):
    row = post(term_until_on=TODAY + 10 * DAY)

    with pytest.raises(Refused) as refused:
        take("renew", row, without_reviews_because="")
    answering(asking_for_reviews, [{"review": 7, "year": 2025, "grade": "excellent"}])
    take("renew", row, without_reviews_because="")

    entry = LedgerEntry.objects.of(row).get()
    assert said(refused) == ["No review of the term is on record: say why there is none."]
    assert entry.evidence == [{"review": 7, "year": 2025, "grade": "excellent"}]


def test_a_review_on_paper_is_one_too():
    row = post(term_until_on=TODAY)
    kept = appointments.attach(
        row, upload=paper("review.pdf"), kind="review", by=make.user(), today=TODAY
    )

    take("renew", row, without_reviews_because="")

    entry = LedgerEntry.objects.of(row).get(act="registry.appointment.renew")
    assert entry.evidence == [{"name": "review.pdf", "sha256": kept.digest}]


@pytest.mark.parametrize("step", ["renew", "lapse"])
def test_nothing_is_decided_on_a_term_before_its_lead_time(step):
    early, nearly = (
        post(term_until_on=TODAY + 91 * DAY),
        post(term_until_on=TODAY + 90 * DAY),
    )

    assert refusals(step, early) == ["The term does not end yet: it is too early to decide on it."]
    assert refusals(step, nearly) == []
    assert refusals(step, post(term_until_on=None)) == ["The end of the term is not on record."]


def test_a_term_that_ended_too_long_ago_is_not_renewed():
    row = post(from_on=date(2020, 1, 1), term_until_on=date(2023, 1, 1))

    with pytest.raises(Refused) as refused:
        take("renew", row)

    assert said(refused) == ["Another term would be over by now: let this one lapse."]


@pytest.mark.parametrize(("ends_on", "left_on"), [
    (TODAY + 10 * DAY, TODAY + 10 * DAY), (TODAY - 100 * DAY, TODAY),
])  # fmt: skip
def test_a_term_that_lapses_ends_with_its_term_or_today(ends_on, left_on):
    row = post(term_until_on=ends_on)

    take("lapse", row)

    row.refresh_from_db()
    assert (row.until_on, row.ended_by, row.told_on) == (left_on, EndedBy.LAPSED, TODAY)
    assert Appointment.objects.on_the_roster(left_on - DAY).count() == 1
    assert Appointment.objects.on_the_roster(left_on).count() == 0


@pytest.mark.parametrize(("ends_on", "passes"), [(TODAY, True), (TODAY + DAY, False)])
def test_a_suspended_post_lapses_when_its_term_is_over(ends_on, passes):
    row = post(A.SUSPENDED, term_until_on=ends_on)

    assert (refusals("lapse", row) == []) is passes


@pytest.mark.parametrize(("ends_on", "barred"), [(TODAY, True), (TODAY + DAY, False)])
def test_nobody_resumes_after_the_term(ends_on, barred):
    row = post(A.SUSPENDED, term_until_on=ends_on)

    assert refusals("resume", row) == (["The term has ended."] if barred else [])


# --- Ends ---------------------------------------------------------------------------------------


REMOVES = (
    "Only the unit that elected a person removes (People's Mediation Law, art. 15); "
    "no election is on record here."
)
DISMISSES = (
    "Only the unit that appointed a person dismisses (People's Mediation Law, art. 15); "
    "no appointment by a unit is on record here."
)


@pytest.mark.parametrize(("route", "remove", "dismiss"), [
    ("elected", [], [DISMISSES]), ("appointed", [REMOVES], []), ("", [REMOVES], [DISMISSES]),
])  # fmt: skip
def test_who_elected_removes_and_who_appointed_dismisses(route, remove, dismiss):
    row = post(route=route)

    assert refusals("remove", row) == remove
    assert refusals("dismiss", row) == dismiss


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"serious": False}, "Only a serious case allows it (art. 15)."),
        ({"ground": "local"}, "Whoever was elected is removed on a ground of article 15 only."),
        ({"unit": "某街道办事处"}, f"On record is “{UNIT}”: only this unit decides on the end"
            " (art. 15)."),
        ({"unit": "诸暨市司法局"}, "A bureau of justice never removes or dismisses; it urges and"
            " records (art. 15)."),
        ({"without_criticism_because": ""}, "No criticism of the committee is on record (art. 15):"
            " say why there is none."),
        ({"decided_on": TODAY + DAY}, "This day lies in the future."),
        ({"until_on": TODAY + DAY}, "This day lies in the future."),
    ],
)  # fmt: skip
def test_a_removal_that_the_law_does_not_bear_is_refused(typed, reason):
    row = post()

    with pytest.raises(Refused) as refused:
        take("remove", row, **typed)

    row.refresh_from_db()
    assert said(refused) == [reason]
    assert row.state == A.IN_POST


def test_a_dismissal_may_rest_on_the_local_scheme():
    row = take("dismiss", post(route="appointed"), ground="local")

    assert (row.ended_by, row.end_ground, row.end_unit) == (EndedBy.DISMISSED, "local", UNIT)


def test_a_removal_says_who_decided_when_and_why():
    row = take("remove", post())

    entry = LedgerEntry.objects.of(row).get(act="registry.appointment.remove")
    assert (row.end_unit, row.end_decided_on, row.until_on) == (UNIT, TODAY - 3 * DAY, TODAY)
    assert entry.legal_basis == "《中华人民共和国人民调解法》第十五条"
    assert entry.reason == "A reason. He took money at the first case."
    assert [one["name"] for one in entry.evidence] == ["decision.pdf"]
    assert not MediatorRow.objects.filter(mediator=row.mediator_id).exists()


@pytest.mark.parametrize("step", ["resign", "transfer", "record_death"])
def test_an_end_lies_in_the_past_or_today_and_after_the_beginning(step):
    row = post(from_on=TODAY - 10 * DAY)

    for day in (TODAY + DAY, TODAY - 10 * DAY):
        with pytest.raises(Exception) as refused:  # noqa: PT011
            take(step, row, until_on=day)
        assert said(refused) in (
            ["This day lies in the future."], ["The post cannot end before it begins."],
        )  # fmt: skip
    assert take(step, row, until_on=TODAY - 9 * DAY).until_on == TODAY - 9 * DAY


def test_a_post_ends_with_its_organization():
    row = departures.end_with_organization(post().pk, by=None, today=TODAY, reason="Dissolved.")

    assert (row.ended_by, row.until_on) == (EndedBy.WITH_ORGANIZATION, TODAY)


# --- What the database refuses ------------------------------------------------------------------


GIVEN = {"end_ground": "insult", "end_unit": UNIT, "end_decided_on": TODAY}
OVER = {"state": A.ENDED, "until_on": TODAY}


@pytest.mark.parametrize(
    "values",
    [
        {"state": "term_ending"},
        {"state": "unknown"},
        {"state": A.ENDED, "until_on": None, "ended_by": "resigned"},
        {**OVER, "ended_by": ""},
        {**OVER, "ended_by": "unknown"},
        {"ended_by": "resigned"},
        {"until_on": TODAY},
        {**OVER, "until_on": TODAY - 400 * DAY, "ended_by": "resigned"},
        {**OVER, "until_on": TODAY - 401 * DAY, "ended_by": "dropped_out"},
        {**OVER, **GIVEN, "ended_by": "dismissed", "route": "elected"},
        {**OVER, **GIVEN, "ended_by": "removed", "route": "appointed"},
        {**OVER, **GIVEN, "ended_by": "removed", "route": ""},
        {**OVER, **GIVEN, "ended_by": "removed", "end_ground": ""},
        {**OVER, **GIVEN, "ended_by": "removed", "end_unit": ""},
        {**OVER, **GIVEN, "ended_by": "removed", "end_decided_on": None},
        {"state": A.NOTICE},
        {"state": A.NOTICE, "notice_from_on": TODAY},
        {"state": A.NOTICE, "notice_from_on": TODAY, "notice_until_on": TODAY},
        {"state": A.PROBATION},
        {"state": A.PROBATION, "probation_until_on": TODAY - 400 * DAY},
        {"state": A.PROBATION, "probation_until_on": TODAY, "route": ""},
        {"state": A.AWAITING_DUTY, "unit": ""},
        {"term_until_on": TODAY - 400 * DAY},
    ],
)
def test_the_database_refuses_what_no_appointment_can_be(values):
    row = post(from_on=TODAY - 400 * DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=row.pk).update(**values)


def test_the_database_refuses_a_second_nomination_and_a_second_renewal():
    row = post(A.CANDIDATE)
    old = post(A.ENDED)
    twin = {"mediator": row.mediator, "organization": row.organization, "from_on": TODAY}
    again = {"mediator": old.mediator, "renewal_of": old, "from_on": TODAY}
    make.saved(Appointment(organization=old.organization, employment="part_time", **again))

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.bulk_create([Appointment(state=A.VETTING, **twin)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.bulk_create([Appointment(organization=make.organization(), **again)])
