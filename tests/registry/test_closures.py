"""Deregistrations: every step in its states, every guard, two persons, whole or not at all."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from office import ledger
from office.documents import attach
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry import questions
from registry.actions import appointments, closures, notices, rectifications
from registry.flows import CLOSURE, ClosureState
from registry.models import (
    Appointment,
    Closure,
    ClosureItem,
    CourtNotice,
    MediatorRow,
    Organization,
    PublicNotice,
    Rectification,
)
from registry.questions import Touched
from tests import make
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.cases import TERM, county_officer, note

pytestmark = pytest.mark.django_db
S = ClosureState
LATER = TODAY + TERM
UPHELD = "An objection to the notice was upheld: the deregistration has to be stopped."
SAYS_NO_ORDER = "This ground needs an order to rectify that was not met and still stands."
LAST_DAY = make.date(2026, 12, 2)  # seven working days after 23 November 2026


@pytest.fixture(autouse=True)
def _rules(db):
    translation.activate("en")
    cases.load_rules()


@pytest.fixture
def answering():
    """Return a function that lets a floor above answer a question until the test is over."""
    connected = []

    def answer(signal, said):
        def receiver(sender, **asked):
            return said(**asked) if callable(said) else said

        signal.connect(receiver, weak=False)
        connected.append((signal, receiver))

    yield answer
    for signal, receiver in connected:
        signal.disconnect(receiver)


def in_state(state):
    return cases.closure(state)


ACTS = {
    "announce": closures.announce_closure,
    "propose": closures.propose_closure,
    "hand_back": closures.hand_back_closure,
    "stop": closures.stop_closure,
}


def act(name, row, **given):
    if name == "carry_out":
        return cases.carry_out(row, **given)
    return ACTS[name](row.pk, **note(today=LATER, **given))


def prepared(state, name):
    """A case in a state in which only the state itself could bar the step."""
    row = in_state(state)
    if state == S.DRAFT:
        attach(row, upload=cases.pdf(), kind="decision", **note())
    if state == S.ON_NOTICE:
        cases.ready(row)
    return row


@pytest.mark.parametrize("state", ClosureState)
@pytest.mark.parametrize("step", CLOSURE.steps)
def test_a_step_is_taken_in_its_states_only(state, step):
    row = prepared(state, step)
    allowed = state in CLOSURE.steps[step].sources

    if allowed:
        act(step, row)
    else:
        with pytest.raises(Refused, match="not possible in the state"):
            act(step, row)

    row.refresh_from_db()
    assert row.state == (CLOSURE.steps[step].target if allowed else state)
    logged = LedgerEntry.objects.of(row).filter(act=f"registry.closure.{step}")
    before = {"announce": state != S.DRAFT, "propose": state in {S.PROPOSED, S.CARRIED_OUT}}
    before |= {"carry_out": state == S.CARRIED_OUT, "stop": state == S.STOPPED}
    assert logged.count() == int(allowed) + int(before.get(step, False))


def barred(row, step, today=LATER):
    row = Closure.objects.get(pk=row.pk)
    return CLOSURE.refusals(row, step, today)


def test_the_founding_units_decision_must_be_among_the_papers():
    row = cases.closure()

    assert barred(row, "announce") == [
        "The founding unit's decision is missing among the documents."
    ]
    attach(row, upload=cases.pdf(), kind="minutes", **note())
    assert barred(row, "announce") != []
    attach(row, upload=cases.pdf(), kind="decision", **note())
    assert barred(row, "announce") == []


@pytest.mark.parametrize("ground", ["not_rectified", "cannot_work", "roster_duties"])
def test_a_ground_of_the_bureau_needs_an_order_that_was_not_met(ground):
    body = make.organization()
    row = cases.closure(body=body, ground=ground)
    said = [SAYS_NO_ORDER]

    assert barred(row, "announce") == said
    closures.change_closure(row.pk, rectification=cases.rectification("failed"), **note())
    assert barred(row, "announce") == said  # of another organisation
    closures.change_closure(row.pk, rectification=cases.rectification(body=body), **note())
    assert barred(row, "announce") == said  # still running
    Rectification.objects.filter(organization=body).update(
        state="failed", checked_on=TODAY, result="仍未改正。"
    )
    assert barred(row, "announce") == []


def failed_order(body, on=TODAY):
    """An order of 60 days before that the re-check of a day found unmet."""
    row = cases.rectification(body=Organization.objects.get(pk=body.pk), on=on - 60 * DAY)
    return rectifications.fail_rectification(row.pk, result="仍未更换。", **note(today=on))


@pytest.mark.parametrize("upheld", [True, False])
def test_an_order_no_longer_counts_once_an_upheld_objection_put_the_organisation_back(upheld):
    body = make.organization()
    row = cases.closure(body=body, ground="not_rectified", rectification=failed_order(body))
    closures.announce_closure(row.pk, **note())
    objection = cases.objection(to=Closure.objects.get(pk=row.pk).notice)
    if not upheld:
        notices.reject_objection(objection.pk, answer="异议不成立。", **note())
        assert SAYS_NO_ORDER not in barred(row, "propose")
        return
    notices.uphold_objection(objection.pk, answer="异议成立。", **note())

    again = cases.closure(body=body, ground="not_rectified", rectification=row.rectification)

    assert barred(again, "announce") == [SAYS_NO_ORDER]
    closures.change_closure(again.pk, rectification=failed_order(body, LATER), **note())
    assert barred(again, "announce") == []


def test_an_older_order_does_not_count_beside_the_one_the_organisation_is_under():
    body = make.organization()
    older = failed_order(body)
    rectifications.clear_rectification(older.pk, result="已更换。", **note())
    Rectification.objects.filter(pk=older.pk).update(state="failed")
    row = cases.closure(body=body, ground="cannot_work", rectification=older)

    failed_order(body, LATER)

    assert barred(row, "announce") == [SAYS_NO_ORDER]


def test_a_merger_names_who_carries_on():
    row = cases.closure(ground="merged")
    attach(row, upload=cases.pdf(), kind="decision", **note())

    assert barred(row, "announce") == [
        "After a merger the organisation that carries on must be named."
    ]
    closures.change_closure(row.pk, successor=make.organization(), **note())
    assert barred(row, "announce") == []


@pytest.mark.parametrize(
    ("state", "passes"),
    [("listed", True), ("rectifying", True), ("closing", False), ("draft", False)],
)
def test_a_successor_is_on_the_roster(state, passes):
    row = cases.closure(successor=make.organization(state))
    attach(row, upload=cases.pdf(), kind="decision", **note())

    assert (barred(row, "announce") == []) is passes


def test_a_line_of_successors_never_leads_back():
    body = make.organization()
    second = make.organization("deregistered", successor=body)
    third = make.organization(successor=second)
    row = cases.closure(body=body, successor=third)
    attach(row, upload=cases.pdf(), kind="decision", **note())

    assert barred(row, "announce") == [
        "The line of successors would lead back to this organisation."
    ]


def test_no_organization_is_its_own_successor():
    body = make.organization()

    with pytest.raises(ValidationError, match="cannot be its own successor"):
        cases.closure(body=body, successor=body)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=body.pk).update(successor=body.pk)


@pytest.mark.parametrize("state", ["draft", "change_pending", "closing", "deregistered"])
def test_only_what_is_on_the_roster_is_put_on_notice(state):
    row = cases.closure(body=make.organization(state))
    attach(row, upload=cases.pdf(), kind="decision", **note())

    assert len(barred(row, "announce")) == 1


def test_the_notice_is_published_for_the_term_of_the_policy_and_the_body_is_marked():
    row = cases.closure(S.ON_NOTICE)

    notice = PublicNotice.objects.get()
    body = Organization.objects.get(pk=row.organization_id)
    assert (body.state, row.notice) == ("closing", notice)
    assert (notice.starts_on, notice.ends_on, notice.kind) == (TODAY, LAST_DAY, "closure")
    assert notice.title == f"关于拟注销{body.name}的公示"
    assert (notice.subject_type, notice.subject_id) == ("registry.organization", str(body.pk))
    assert notice.policy.key == "closure_notice"


def test_a_term_that_ends_in_an_unpublished_year_is_refused_whole():
    row = cases.closure(on=make.date(2026, 12, 28))
    attach(row, upload=cases.pdf(), kind="decision", **note())

    with pytest.raises(Refused, match="the calendar of that year is not loaded"):
        closures.announce_closure(row.pk, **note(today=make.date(2026, 12, 28)))

    row.refresh_from_db()
    assert (row.state, row.organization.state) == ("draft", "listed")
    assert PublicNotice.objects.count() == 0


@pytest.mark.parametrize(("today", "passes"), [(LAST_DAY, False), (LAST_DAY + DAY, True)])
def test_the_notice_runs_its_full_term(today, passes):
    row = prepared(S.ON_NOTICE, "propose")

    said = barred(row, "propose", today)

    assert said == ([] if passes else ["The public notice has not run its full term."])


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", ["An objection to the notice is still open."]),
        ("rejected", []),
        ("withdrawn", []),
    ],
)
@pytest.mark.parametrize("step", ["propose", "carry_out"])
def test_an_objection_bars_the_decision_until_it_is_rejected(state, said, step):
    row = in_state(S.PROPOSED) if step == "carry_out" else prepared(S.ON_NOTICE, step)

    cases.objection(state, to=row.notice)

    assert barred(row, step) == said


@pytest.mark.parametrize("step", ["propose", "carry_out"])
def test_a_case_from_before_upholding_stopped_it_is_barred(step):
    row = in_state(S.PROPOSED) if step == "carry_out" else prepared(S.ON_NOTICE, step)
    decided = {"answer": "异议成立。", "answered_by": county_officer(), "answered_on": TODAY}
    cases.objection(to=row.notice)
    row.notice.objections.update(state="upheld", **decided)

    assert barred(row, step) == [UPHELD]


def test_custody_of_seal_plaque_and_files_is_recorded_first():
    row = in_state(S.ON_NOTICE)
    said = "It is not recorded who keeps the seal, the plaque and the files, and since when."

    assert barred(row, "propose") == [said]
    closures.record_custody(row.pk, **cases.CUSTODY, **note())
    assert barred(row, "propose") == []


def test_a_hand_over_lies_not_in_the_future():
    row = in_state(S.DRAFT)

    with pytest.raises(Refused, match="cannot lie in the future"):
        closures.record_custody(row.pk, **{**cases.CUSTODY, "seal_on": TODAY + DAY}, **note())


def test_the_inventory_holds_people_studios_clerks_and_orders():
    body = make.organization()
    person = make.appointment(body=body)
    studio = make.organization(kind="studio", parent=body)
    clerk = make.officer(Role.CLERK, body).posts.get()
    make.appointment(body=body, state="ended", until_on=TODAY)
    make.organization("deregistered", kind="studio", parent=body)
    order = cases.rectification(body=body)

    row = cases.closure(body=body)

    assert {item.key: item.allowed for item in row.items.all()} == {
        ("registry.appointment", str(person.pk)): ["end", "move"],
        ("registry.organization", str(studio.pk)): ["end", "move"],
        ("registry.post", str(clerk.pk)): ["end", "move"],
        ("registry.rectification", str(order.pk)): ["end"],
    }


@pytest.mark.parametrize("step", ["propose", "carry_out"])
def test_what_came_up_after_the_inventory_bars_the_decision(step):
    row = in_state(S.PROPOSED) if step == "carry_out" else prepared(S.ON_NOTICE, step)
    person = make.mediator(name="张三")
    make.appointment(person, row.organization)

    assert barred(row, step) == [
        f"“张三 · {row.organization}” came up after the inventory: take it again."
    ]
    if step == "propose":
        closures.take_inventory(row.pk, **note())
        assert barred(row, step) == [f"“张三 · {row.organization}” has no destination yet."]
        closures.settle_item(row.items.get().pk, destination="end", **note())
        assert barred(row, step) == []


def test_what_is_gone_meanwhile_needs_no_destination():
    body = make.organization()
    held = make.appointment(body=body)
    row = cases.closure(S.ON_NOTICE, body=body)
    closures.record_custody(row.pk, **cases.CUSTODY, **note())
    assert len(barred(row, "propose")) == 1

    Appointment.objects.filter(pk=held.pk).update(state="ended", until_on=TODAY, ended_by="died")

    assert barred(row, "propose") == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"destination": "hand_over", "note": "李四"}, "cannot go there"),
        ({"destination": "move"}, "Choose the organisation it goes to"),
        ({"destination": "move", "target": "itself"}, "nor to itself"),
    ],
)
def test_a_destination_must_make_sense(typed, said):
    body = make.organization()
    make.appointment(body=body)
    item = cases.closure(body=body).items.get()
    if "target" in typed:
        typed["target"] = body

    with pytest.raises(Refused, match=said):
        closures.settle_item(item.pk, **typed, **note())

    item.refresh_from_db()
    assert item.destination == ""


def test_a_target_that_left_the_roster_meanwhile_bars_the_decision():
    body, target = make.organization(), make.organization()
    make.appointment(body=body)
    row = cases.closure(S.ON_NOTICE, body=body)
    cases.ready(row, settle="move", target=target)
    assert barred(row, "propose") == []

    Organization.objects.filter(pk=target.pk).update(state="closing")

    assert [said.split("”")[1] for said in barred(row, "propose")] == [
        " was to go to an organisation that is not on the roster."
    ]


def test_a_floor_above_may_bar_the_decision(answering):
    row = prepared(S.ON_NOTICE, "propose")
    answering(questions.may_deregister, ["Two cases are still open."])

    assert barred(row, "propose") == ["Two cases are still open."]


def test_nothing_is_settled_once_it_is_proposed():
    body = make.organization()
    make.appointment(body=body)
    row = cases.closure(S.PROPOSED, body=body)

    with pytest.raises(Refused, match="nothing is settled any more"):
        closures.settle_item(row.items.get().pk, destination="end", **note())


def test_what_was_announced_is_not_changed_any_more():
    row = in_state(S.ON_NOTICE)

    with pytest.raises(Refused, match="is not changed any more"):
        closures.change_closure(row.pk, facts="别的理由。", **note())


def test_who_proposed_does_not_decide():
    row = in_state(S.PROPOSED)

    with pytest.raises(Refused, match="Ask a colleague"):
        cases.carry_out(row, by=row.proposed_by)

    row.refresh_from_db()
    assert row.state == "proposed"


def test_the_name_is_typed_in_full():
    row = in_state(S.PROPOSED)

    with pytest.raises(Refused, match="not the name of the organisation"):
        cases.carry_out(row, typed_name=row.organization.name[:-1])


def test_the_decision_ends_everything_in_one_go():
    body = make.organization()
    held = make.appointment(body=body)
    studio = make.organization(kind="studio", parent=body)
    in_studio = make.appointment(body=studio)
    clerk = make.officer(Role.CLERK, body)
    heir = make.organization()

    row = cases.closure(S.CARRIED_OUT, body=body, successor=heir)

    for gone in (body, studio, held, in_studio):
        gone.refresh_from_db()
    assert (body.state, body.deregistered_on, body.successor) == ("deregistered", LATER, heir)
    assert (studio.state, studio.deregistered_on) == ("deregistered", LATER)
    assert (held.state, held.until_on) == ("ended", LATER)
    assert (in_studio.state, in_studio.until_on) == ("ended", LATER)
    assert clerk.posts.get().until_on == LATER
    assert (row.carried_out_on, row.carried_out_by == row.proposed_by) == (LATER, False)
    assert set(row.items.values_list("done_on", flat=True)) == {LATER}
    assert ledger.faults() == []


def test_the_decision_moves_people_and_studios():
    body, target = make.organization(), make.organization(kind="township")
    held = make.appointment(
        body=body, post="director", employment="full_time", route="elected",
        term_until_on=TODAY + 300 * DAY,
    )  # fmt: skip
    studio = make.organization(kind="studio", parent=body)
    clerk = make.officer(Role.CLERK, body)
    row = cases.closure(S.ON_NOTICE, body=body)
    cases.ready(row, settle="move", target=target)
    closures.propose_closure(row.pk, **note(today=LATER))

    cases.carry_out(row)

    held.refresh_from_db()
    studio.refresh_from_db()
    new = Appointment.objects.get(organization=target)
    assert (held.state, held.until_on) == ("ended", LATER)
    assert (new.mediator, new.from_on, new.term_until_on, new.state) == (
        held.mediator, LATER, TODAY + 300 * DAY, "in_post",
    )  # fmt: skip
    # Who was elected to lead the one does not lead the other.
    assert (new.post, new.employment, new.route) == ("member", "full_time", "elected")
    assert (studio.parent, studio.state) == (target, "listed")
    assert {post.place: post.until_on for post in clerk.posts.all()} == {body: LATER, target: None}
    assert MediatorRow.objects.get(mediator=held.mediator_id).division_id == target.division_id


def test_every_row_has_its_entry_with_before_and_after():
    body = make.organization()
    held = make.appointment(body=body)

    row = cases.closure(S.CARRIED_OUT, body=body)

    ended = LedgerEntry.objects.of(held).latest("sequence")
    assert (ended.act, ended.before["state"], ended.after) == (
        "registry.appointment.end_with_organization", "in_post",
        {"state": "ended", "until_on": LATER.isoformat(), "ended_by": "with_organization"},
    )  # fmt: skip
    gone = LedgerEntry.objects.of(body).latest("sequence")
    assert (gone.act, gone.before["state"]) == ("registry.organization.deregister", "closing")
    item = LedgerEntry.objects.of(row.items.get()).latest("sequence")
    assert item.after == {"done_on": LATER.isoformat()}
    decided = LedgerEntry.objects.of(row).get(act="registry.closure.carry_out")
    assert decided.after["state"] == "carried_out"


def test_the_public_roster_loses_the_people_the_same_day():
    body = make.organization()
    held = make.appointment(body=body)
    appointments.refresh_mediators([held.mediator_id], today=TODAY)
    assert MediatorRow.objects.filter(mediator=held.mediator_id).exists()

    cases.closure(S.CARRIED_OUT, body=body)

    assert not MediatorRow.objects.filter(mediator=held.mediator_id).exists()


def test_somebody_who_is_there_already_cannot_be_moved_and_nothing_happens():
    body, target = make.organization(), make.organization()
    first, second = make.mediator(name="甲"), make.mediator(name="乙")
    make.appointment(first, body)
    make.appointment(second, body)
    make.appointment(second, target)
    row = cases.closure(S.ON_NOTICE, body=body)
    cases.ready(row, settle="move", target=target)
    closures.propose_closure(row.pk, **note(today=LATER))
    colleague = cases.county_officer()
    before = everything()

    with pytest.raises(Refused, match="holds a post in"):
        cases.carry_out(row, by=colleague)

    assert everything() == before


def everything():
    """All that a decision may write, and the ledger's head."""
    models = [Organization, Appointment, Closure, ClosureItem, MediatorRow]
    return [list(model.objects.order_by("pk").values()) for model in models], ledger.head()


def test_a_fault_in_the_middle_leaves_everything_as_it_was(monkeypatch):
    body = make.organization()
    for _person in range(3):
        make.appointment(body=body)
    row = cases.closure(S.PROPOSED, body=body)
    colleague = cases.county_officer()
    before, calls, append = everything(), [], ledger.append

    def fail_at_the_fourth(*args, **given):
        calls.append(args)
        if len(calls) == 4:
            raise OSError("No space left on device")
        return append(*args, **given)

    monkeypatch.setattr("office.ledger.append", fail_at_the_fourth)
    with pytest.raises(OSError, match="No space"):
        cases.carry_out(row, by=colleague)

    assert len(calls) == 4
    assert everything() == before


def test_an_item_of_a_floor_above_is_carried_out_by_it(answering):
    done = []

    def carry_out(item, **told):
        if item.subject_type != "casework.case":
            return False
        done.append((item.label, item.destination, item.note))
        return True

    touched = [Touched("casework.case", "7", "7号案件", ("hand_over",))]
    answering(questions.what_a_closure_touches, lambda **asked: touched)
    answering(questions.carry_out_closure_item, carry_out)
    row = cases.closure(S.ON_NOTICE)
    cases.ready(row, settle="hand_over", note="枫桥镇调委会")
    closures.propose_closure(row.pk, **note(today=LATER))

    cases.carry_out(row)

    assert done == [("7号案件", "hand_over", "枫桥镇调委会")]


@pytest.mark.parametrize(("destinations", "passes"), [(["end"], True), (["hand_over"], False)])
def test_floors_above_are_asked_about_a_studio_that_ends_along_as_well(
    answering, destinations, passes
):
    body = make.organization()
    studio = make.organization(kind="studio", parent=body)
    shared = Touched("casework.case", "6", "6号案件", ("end",))
    of_the_studio = Touched("casework.case", "7", "7号案件", tuple(destinations))
    done = []

    def touch(organization, **asked):
        return [shared, of_the_studio] if organization.pk == studio.pk else [shared]

    def carry_out(item, **told):
        if item.subject_type != "casework.case":
            return False
        done.append((item.label, item.destination))
        return True

    answering(questions.what_a_closure_touches, touch)
    answering(questions.carry_out_closure_item, carry_out)
    row = cases.closure(S.PROPOSED, body=body)

    if passes:
        cases.carry_out(row)
        # What the case itself names goes where the case says, and only once.
        assert sorted(done) == [("6号案件", "end"), ("7号案件", "end")]
        assert "7号案件" not in set(row.items.values_list("label", flat=True))
    else:
        with pytest.raises(Refused, match="“7号案件” cannot be ended: move it first"):
            cases.carry_out(row)
        assert Organization.objects.get(pk=studio.pk).state == "listed"


def test_an_item_that_nobody_carries_out_stops_the_decision(answering):
    touched = [Touched("casework.case", "7", "7号案件", ("end",))]
    answering(questions.what_a_closure_touches, lambda **asked: touched)
    row = cases.closure(S.PROPOSED)

    with pytest.raises(Refused, match="Nothing here can carry out “7号案件”"):
        cases.carry_out(row)

    row.refresh_from_db()
    assert (row.state, row.organization.state) == ("proposed", "closing")


def test_stopping_lists_it_again_and_withdraws_the_notice():
    row = in_state(S.ON_NOTICE)

    stopped = closures.stop_closure(row.pk, **note(today=LATER))

    body = Organization.objects.get(pk=row.organization_id)
    notice = PublicNotice.objects.get(pk=row.notice_id)
    assert (stopped.state, stopped.stopped_on, body.state) == ("stopped", LATER, "listed")
    assert (notice.state, notice.withdrawn_on) == ("withdrawn", LATER)


def test_a_stopped_case_may_be_followed_by_another():
    row = in_state(S.STOPPED)

    again = cases.closure(body=Organization.objects.get(pk=row.organization_id))

    assert again.state == "draft"


def test_two_cases_of_one_organization_do_not_run_together():
    row = in_state(S.DRAFT)

    with pytest.raises(ValidationError, match="running already"):
        cases.closure(body=row.organization)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.bulk_create([Closure(organization=row.organization, ground="abolished")])


def test_the_notice_of_a_running_case_is_not_withdrawn_alone():
    row = in_state(S.ON_NOTICE)

    with pytest.raises(Refused, match="stop the deregistration instead"):
        notices.withdraw_notice(row.notice_id, **note())


def test_handing_back_takes_the_proposal_off():
    row = in_state(S.PROPOSED)

    back = closures.hand_back_closure(row.pk, **note())

    assert (back.state, back.proposed_by, back.proposed_on) == ("on_notice", None, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "nonsense"},
        {"ground": "nonsense"},
        {"notice": None},
        {"ground": "cannot_work"},
        {"ground": "merged"},
        {"proposed_by": None},
        {"proposed_on": None},
        {"carried_out_by": None},
        {"carried_out_on": None},
        {"seal_with": ""},
        {"files_on": None},
        {"stop_reason": "x"},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(wrong):
    row = in_state(S.CARRIED_OUT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.filter(pk=row.pk).update(**wrong)


def test_the_database_itself_wants_two_persons():
    row = in_state(S.CARRIED_OUT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.filter(pk=row.pk).update(carried_out_by=row.proposed_by)


@pytest.mark.parametrize(
    "wrong",
    [
        {"destination": "nonsense"},
        {"destination": "move"},
        {"destination": "hand_over"},
        {"done_on": TODAY},
    ],
    ids=str,
)
def test_the_database_refuses_an_item_that_goes_nowhere(wrong):
    body = make.organization()
    make.appointment(body=body)
    item = cases.closure(body=body).items.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        ClosureItem.objects.filter(pk=item.pk).update(**wrong)


def test_a_filing_nobody_decided_on_is_withdrawn_with_the_organisation():
    body = make.organization()
    filing = make.filing("first_review", kind="re_election", body=body)

    row = cases.closure(S.CARRIED_OUT, body=body)

    filing.refresh_from_db()
    assert [item.subject_type for item in row.items.all()] == ["registry.filing"]
    assert filing.state == "withdrawn"


def test_the_court_gets_a_letter_about_a_committee_that_is_gone():
    row = cases.closure(S.CARRIED_OUT)

    letter = CourtNotice.objects.get(organization=row.organization)
    assert (letter.subject, letter.sent_on) == ("deregistration", None)
