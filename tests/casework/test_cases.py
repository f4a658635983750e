"""What is done with a case: entered, closed, corrected, opened again, struck out, joined."""

import pytest
from django.db import IntegrityError

from casework import actions
from casework.flows import CASE, CLOSED, CaseState, may_change_cases
from casework.models import CaseParty, CaseRecord, CaseShare, DraftInput
from office.flow import Refused, Stale
from office.models import LedgerEntry
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
S = CaseState
NAME = "王某某标记"


@pytest.fixture
def body():
    return make.organization(in_division=make.division("330681003"))


@pytest.fixture
def person(body):
    return make.appointment(body=body).mediator


@pytest.fixture
def note():
    return {"by": make.user(), "today": TODAY}


@pytest.fixture
def given(body, person):
    return {
        "organization": body,
        "dispute_type": make_cases.dispute_type(),
        "accepted_on": TODAY - DAY,
        "shares": [(person, "lead", 1)],
        "parties": [{"side": "applicant", "name": NAME}, {"side": "respondent", "name": "李某"}],
    }


@pytest.fixture
def barred():
    """Somebody above claimed for every case."""

    def answer(sender, cases, today, **kwargs):
        return {pk: ["It was paid for."] for pk in cases}

    may_change_cases.connect(answer)
    yield
    may_change_cases.disconnect(answer)


def acts(case):
    entries = LedgerEntry.objects.filter(subject_type="casework.caserecord", subject_id=case.pk)
    return [
        entry.act.removeprefix("casework.caserecord.") for entry in entries.order_by("sequence")
    ]


def refused(act, *args, **given):
    with pytest.raises(Refused) as refusal:
        act(*args, **given)
    return refusal.value.messages


def test_a_simple_case_is_entered_and_closed_in_one(note, given, body):
    close = {"step": "succeed", "agreement": "oral", "fulfilment": "fulfilled"}

    case = actions.enter_case(**note, **given, close=close)

    case.refresh_from_db()
    assert (case.number, case.state, case.division) == (
        "RT3306812026000001", "succeeded", body.division,
    )  # fmt: skip
    assert (case.closed_on, case.agreed_on, case.fulfilment) == (TODAY, TODAY, "fulfilled")
    assert (case.shares.count(), case.parties.count()) == (1, 2)
    assert case.entered_by == note["by"]
    assert acts(case) == ["begin_draft", "accept", "succeed"]


def test_nothing_of_it_is_written_if_its_end_cannot_be(note, given):
    close = {"step": "succeed", "agreement": "oral", "closed_on": TODAY + DAY}

    said = refused(actions.enter_case, **note, **given, close=close)

    assert said == ["This day has not come yet."]
    assert (CaseRecord.objects.count(), LedgerEntry.objects.count()) == (0, 0)
    case = actions.enter_case(**note, **given)
    assert case.number == "RT3306812026000001"


def test_numbers_run_on_in_a_county_and_a_year(note, given):
    numbers = [
        actions.enter_case(**note, **{**given, "accepted_on": day}).number
        for day in [TODAY, TODAY - 400 * DAY, TODAY]
    ]
    assert numbers == ["RT3306812026000001", "RT3306812025000001", "RT3306812026000002"]


def test_a_number_that_an_import_took_is_passed_over(note, given):
    make_cases.case(number="RT3306812026000001")
    assert actions.enter_case(**note, **given).number == "RT3306812026000002"


def test_the_names_of_parties_are_not_told_to_the_ledger(note, given):
    case = actions.enter_case(**note, **given, summary=f"{NAME}欠款")
    actions.change_case(
        case.pk, **note, reason="Corrected.", parties=[{"side": "other", "name": NAME}]
    )
    actions.unmask_parties(case.pk, **note, reason="A return visit.")

    told = [str(entry.__dict__) for entry in LedgerEntry.objects.all()]
    assert not any(NAME in entry for entry in told)
    assert acts(case) == ["begin_draft", "accept", "change_people", "change", "unmask_parties"]


def test_parties_are_shown_in_full_only_for_a_reason(note, given):
    case = actions.enter_case(**note, **given, summary="争水")
    shown = actions.unmask_parties(case.pk, **note, reason="A return visit.")
    assert shown["parties"][0] == {"side": "applicant", "name": NAME, "phone": ""}
    assert shown["summary"] == "争水"
    assert refused_reason(case, note) == ["State the reason for which you need to see it in full."]


def refused_reason(case, note):
    with pytest.raises(Exception, match="reason") as refusal:
        actions.unmask_parties(case.pk, **note, reason=" ")
    return refusal.value.messages


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([("lead", 1), ("lead", 1)], ["One of the mediators leads, and only one."]),
        ([("together", 1)], ["One of the mediators leads, and only one."]),
        ([("lead", 0)], ["Each part weighs at least 1."]),
    ],
)
def test_parts_that_do_not_go_together_are_refused(note, given, parts, said):
    people = [make.mediator() for _part in parts]
    shares = [(one, *part) for one, part in zip(people, parts, strict=True)]
    assert refused(actions.begin_case, **note, **{**given, "shares": shares}) == said
    assert CaseRecord.objects.count() == 0


def test_nobody_takes_part_twice(note, given, person):
    shares = [(person, "lead", 1), (person, "together", 1)]
    said = refused(actions.begin_case, **note, **{**given, "shares": shares})
    assert said == ["Each mediator is named once."]


@pytest.mark.parametrize(
    ("accepted_on", "passes"), [(TODAY + DAY, False), (TODAY, True), (TODAY - DAY, True)]
)
def test_a_case_is_accepted_on_a_day_that_has_come(note, given, accepted_on, passes):
    values = {**given, "accepted_on": accepted_on}
    if passes:
        assert actions.enter_case(**note, **values).state == "accepted"
    else:
        assert refused(actions.enter_case, **note, **values) == ["This day has not come yet."]


def test_a_case_without_a_mediator_stays_a_draft(note, given):
    case = actions.begin_case(**note, **{**given, "shares": []})
    assert refused(actions.accept_case, case.pk, **note) == ["Name at least one mediator."]


STEPS = {
    "accept": actions.accept_case,
    "succeed": actions.succeed_case,
    "fail": actions.fail_case,
    "withdraw": actions.withdraw_case,
    "transfer": actions.transfer_case,
    "reopen": actions.reopen_case,
    "void": actions.void_case,
}
FROM = {
    "accept": {S.DRAFT},
    "succeed": {S.ACCEPTED},
    "fail": {S.ACCEPTED},
    "withdraw": {S.ACCEPTED},
    "transfer": {S.ACCEPTED},
    "reopen": set(CLOSED),
    "void": {S.ACCEPTED, *CLOSED},
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("name", STEPS)
def test_each_step_leaves_from_its_states_and_from_no_other(note, name, state):
    case = make_cases.case(state)

    if state in FROM[name]:
        STEPS[name](case.pk, **note, reason="A reason.")
        case.refresh_from_db()
        assert case.state == CASE.steps[name].target
        assert acts(case) == [name]
    else:
        [said] = refused(STEPS[name], case.pk, **note, reason="A reason.")
        assert said.endswith(f"is not possible in the state “{state.label}”.")
        case.refresh_from_db()
        assert (case.state, acts(case)) == (state, [])


@pytest.mark.parametrize(("accepted_on", "said"), [
    (TODAY, []), (TODAY + DAY, ["The case was accepted on a later day than this."]),
])  # fmt: skip
def test_a_draft_waits_for_its_day(accepted_on, said):
    draft = make_cases.case("draft", accepted_on=accepted_on)
    assert CASE.refusals(draft, "accept", TODAY) == said


@pytest.mark.parametrize(("state", "step"), [("draft", "accept"), ("accepted", "succeed")])
def test_somebody_must_have_mediated(state, step):
    case = make_cases.case(state, mediators=[])
    assert CASE.refusals(case, step, TODAY) == ["Name at least one mediator."]


def test_every_step_of_the_flow_has_an_act():
    assert set(CASE.steps) == set(STEPS) == set(FROM)


def test_a_case_opened_again_has_no_end(note):
    case = make_cases.case(
        "succeeded", fulfilment="fulfilled", is_voluntary=True, confirmation="confirmed"
    )
    actions.reopen_case(case.pk, **note, reason="Closed by mistake.")
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.agreement, case.fulfilment) == (
        "accepted", None, "", "",
    )  # fmt: skip
    assert (case.is_voluntary, case.confirmation, case.agreed_on) == (None, "", None)


@pytest.mark.usefixtures("barred")
@pytest.mark.parametrize("act", [actions.reopen_case, actions.void_case])
def test_what_was_paid_for_is_not_opened_or_struck_out(note, act):
    case = make_cases.case("succeeded")
    assert refused(act, case.pk, **note, reason="A reason.") == ["It was paid for."]


@pytest.mark.usefixtures("barred")
def test_of_what_was_paid_for_only_words_change(note):
    case = make_cases.case("succeeded", difficulty=make_cases.difficulty())
    changed = actions.change_case(
        case.pk, **note, reason="A reason.", summary="争水", documents=["record"]
    )
    assert changed.documents == ["record"]
    for fields in [
        {"difficulty": make_cases.difficulty("simple")},
        {"accepted_on": TODAY - 31 * DAY},
        {"shares": [(make.mediator(), "lead", 1)]},
    ]:
        said = refused(actions.change_case, case.pk, **note, reason="A reason.", **fields)
        assert said == ["It was paid for."]


def test_a_case_keeps_its_place(note, body):
    case = make_cases.case()
    said = refused(actions.change_case, case.pk, **note, reason="Moved.", organization=body)
    assert said == ["A case stays with the organisation that accepted it."]
    draft = make_cases.case("draft")
    moved = actions.change_case(draft.pk, **note, reason="Moved.", organization=body)
    assert (moved.organization, moved.division) == (body, body.division)


def test_a_stale_form_changes_nothing(note):
    case = make_cases.case()
    actions.change_case(case.pk, **note, reason="First.", revision=0, attempts=2)
    with pytest.raises(Stale):
        actions.change_case(case.pk, **note, reason="Second.", revision=0, attempts=3)
    case.refresh_from_db()
    assert case.attempts == 2


def test_a_class_is_of_the_scheme_that_held_then_and_is_kept(note, given):
    general = make_cases.difficulty()
    case = actions.enter_case(**note, **given, difficulty=general)
    scheme = make.saved(
        type(general.scheme)(
            division=make.division("330681"), name="新办法", from_on=given["accepted_on"]
        )
    )
    assert actions.change_case(case.pk, **note, reason="R.", attempts=2).difficulty == general
    said = refused(
        actions.change_case, case.pk, **note, reason="R.", difficulty=make_cases.difficulty("major")
    )
    assert said == ["This class is not of the scheme that held when it was accepted."]
    assert scheme.classes.count() == 0


def test_an_unknown_field_is_an_error_of_the_code(note, given):
    with pytest.raises(TypeError):
        actions.begin_case(**note, **given, colour="red")


def test_a_draft_keeps_what_was_typed_until_it_is_accepted(note, given, person):
    draft = actions.begin_case(**note, **given, typed='{"outcome": "oral"}')
    assert DraftInput.objects.get(case=draft).typed == '{"outcome": "oral"}'

    actions.keep_draft(draft.pk, **note, **{**given, "parties": []}, typed='{"x": ""}')
    assert DraftInput.objects.get().typed == '{"x": ""}'
    assert draft.parties.count() == 0

    case = actions.enter_case(**note, **given, draft=draft.pk)
    assert (case.pk, DraftInput.objects.count(), case.parties.count()) == (draft.pk, 0, 2)
    said = refused(actions.enter_case, **note, **given, draft=draft.pk)
    assert said == ["This draft was entered in the ledger already."]


def test_a_draft_is_discarded_and_the_ledger_knows(note, given):
    draft = actions.begin_case(**note, **given, typed="{}")
    actions.discard_draft(draft.pk, **note)
    counts = [model.objects.count() for model in (CaseRecord, CaseShare, CaseParty, DraftInput)]
    assert counts == [0, 0, 0, 0]
    assert acts(draft) == ["begin_draft", "discard_draft"]


@pytest.mark.parametrize("state", [state for state in S if state != S.DRAFT])
def test_a_case_is_not_discarded(note, state):
    said = refused(actions.discard_draft, make_cases.case(state).pk, **note)
    assert said == ["Only a draft can be discarded: a case is struck out."]


@pytest.mark.parametrize("state", S)
def test_only_success_is_fulfilled_or_confirmed(note, state):
    case = make_cases.case(state)
    known = {"fulfilment": "fulfilled", "fulfilled_on": TODAY, "is_voluntary": True}
    court = {"confirmation": "confirmed", "confirmation_on": TODAY}
    if state == S.SUCCEEDED:
        actions.note_fulfilment(case.pk, **note, **known)
        actions.note_confirmation(case.pk, **note, **court)
        case.refresh_from_db()
        assert (case.fulfilment, case.confirmation) == ("fulfilled", "confirmed")
        assert acts(case) == ["note_fulfilment", "note_confirmation"]
    else:
        said = refused(actions.note_fulfilment, case.pk, **note, **known)
        assert said == ["Only a case that succeeded can be fulfilled."]
        said = refused(actions.note_confirmation, case.pk, **note, **court)
        assert said == ["A court confirms only an agreement."]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-1, ["Nothing is fulfilled before it was agreed."]),
        (0, []),
        (20, []),
        (21, ["This day has not come yet."]),
    ],
)
def test_nothing_is_fulfilled_before_it_was_agreed_or_tomorrow(note, days, said):
    case = make_cases.case("succeeded")
    known = {"fulfilment": "fulfilled", "fulfilled_on": case.agreed_on + days * DAY}
    if said:
        assert refused(actions.note_fulfilment, case.pk, **note, **known) == said
    else:
        actions.note_fulfilment(case.pk, **note, **known)


def test_a_case_is_struck_out_for_a_reason(note):
    case = make_cases.case("succeeded")
    assert refused(actions.void_case, case.pk, **note, reason=" ") == [
        "Say why the case is struck out."
    ]
    assert actions.void_case(case.pk, **note, reason="Entered twice.").agreement == "written"


def test_an_open_case_is_handed_over_under_its_number(note, body):
    case = make_cases.case()
    actions.hand_over_case(case.pk, organization=body, **note, reason="Closed.")
    moved = CaseRecord.objects.get(pk=case.pk)
    assert (moved.organization, moved.division_id, moved.number) == (
        body, body.division_id, case.number,
    )  # fmt: skip
    said = refused(
        actions.hand_over_case, make_cases.case("failed").pk, organization=body, **note, reason="C."
    )
    assert said == ["Only an open case can be handed over."]


# --- One dispute, several entries -----------------------------------------------------------------


def firsts(*cases):
    return [CaseRecord.objects.get(pk=case.pk).dispute_id for case in cases]


@pytest.fixture
def three():
    return [make_cases.case("succeeded", accepted_on=TODAY - days * DAY) for days in (40, 30, 20)]


def test_the_earliest_entry_stands_for_the_dispute(note, three):
    first, second, third = three
    actions.join_disputes(second.pk, other=third, **note, reason="One dispute.")
    assert firsts(*three) == [first.pk, second.pk, second.pk]
    actions.join_disputes(third.pk, other=first, **note, reason="One dispute.")
    assert firsts(*three) == [first.pk] * 3
    assert refused(actions.join_disputes, second.pk, other=third, **note, reason="R.") == [
        "These two are entries of one dispute already."
    ]
    assert refused(actions.void_case, first.pk, **note, reason="R.") == [
        "Other entries of the dispute are joined with it: part them first."
    ]


def test_whoever_is_parted_stands_for_itself(note, three):
    first, second, third = three
    for later in (second, third):
        actions.join_disputes(later.pk, other=first, **note, reason="One dispute.")
    actions.part_disputes(first.pk, **note, reason="Another one.")
    assert firsts(*three) == [first.pk, second.pk, second.pk]
    actions.part_disputes(third.pk, **note, reason="Another one.")
    assert firsts(*three) == [first.pk, second.pk, third.pk]
    assert refused(actions.part_disputes, third.pk, **note, reason="R.") == [
        "This case is joined with no other."
    ]
    assert acts(second) == ["join_disputes", "part_disputes"]


@pytest.mark.parametrize("state", [S.DRAFT, S.VOID])
def test_only_cases_are_joined(note, state):
    other = make_cases.case(state)
    for one, two in [(make_cases.case(), other), (other, make_cases.case())]:
        assert refused(actions.join_disputes, one.pk, other=two, **note, reason="R.") == [
            "A draft, or a case that was struck out, is no entry of a dispute."
        ]


@pytest.mark.usefixtures("barred")
def test_what_was_paid_for_does_not_come_to_stand_for_something_else(note, three):
    first, second, _third = three
    said = refused(actions.join_disputes, second.pk, other=first, **note, reason="R.")
    assert said == ["It was paid for."]
    assert firsts(first, second) == [first.pk, second.pk]


def test_the_database_keeps_one_unfinished_entry_for_a_case():
    draft = make_cases.case("draft")
    DraftInput.objects.create(case=draft, typed="{}")
    with pytest.raises(IntegrityError):
        DraftInput.objects.bulk_create([DraftInput(case=draft, typed="{}")])
