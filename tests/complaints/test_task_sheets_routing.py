"""To whom a sheet goes: the table of conflicts, and a handler who may only go up."""

import pytest

from complaints import actions
from complaints.actions.addressees import office_above, way_of
from complaints.actions.sheet_words import words_of
from complaints.models import Complaint
from complaints.rules.routing import Addressee, Conflict, Stop, Way
from office.flow import Refused
from office.roles import Role
from tests import make
from tests.complaints import make_task_sheets as made
from tests.make import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
A, C = Addressee, Conflict


@pytest.fixture(autouse=True)
def _figures():
    made.figures()


def case_in(place="330681001001", *, kind="village", post="mediator", about=None, **given):
    """An accepted complaint about a mediator of a committee in a place."""
    make.division("330681")
    body = make.organization(in_division=make.division(place), kind=kind)
    person = make.appointment(body=body, post=post).mediator
    return made.accepted(about=body if about == "body" else person, **given)


def kinds(way):
    return [stop.kind for stop in way.stops]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("330681001001", [A.ORGANIZATION, A.TOWNSHIP, A.COUNTY, A.CITY]),
        ("330681001", [A.ORGANIZATION, A.TOWNSHIP, A.COUNTY, A.CITY]),
        ("330681", [A.ORGANIZATION, A.COUNTY, A.CITY]),
        ("3306", [A.ORGANIZATION, A.CITY]),
    ],
)
def test_the_way_goes_up_from_where_the_body_is(place, expected):
    body = make.organization(in_division=make.division(place), kind="township")
    complaint = made.accepted()
    Complaint.objects.filter(pk=complaint.pk).update(organization=body)
    complaint.refresh_from_db()
    assert kinds(way_of(complaint, today=TODAY)) == expected


def clerk_is_complained_of(case):
    case.mediator.user = made.clerk(case.organization)
    case.mediator.save()


def clerk_is_kin(case):
    case.recusals.create(user=made.clerk(case.organization), declared_on=TODAY)


@pytest.mark.parametrize(
    ("given", "happens", "expected", "conflict"),
    [
        ({}, None, A.ORGANIZATION, ()),
        ({"post": "member"}, None, A.ORGANIZATION, ()),
        ({"post": "director"}, None, A.TOWNSHIP, (C.HEAD,)),
        ({"post": "deputy"}, None, A.TOWNSHIP, (C.HEAD,)),
        ({"about": "body"}, None, A.TOWNSHIP, (C.IS_COMPLAINED_OF,)),
        ({}, clerk_is_complained_of, A.TOWNSHIP, (C.CLERK,)),
        ({}, clerk_is_kin, A.TOWNSHIP, (C.KIN,)),
        ({"place": "330681", "kind": "county", "post": "director"}, None, A.COUNTY, (C.HEAD,)),
    ],
)
def test_who_is_in_conflict_is_passed_over(given, happens, expected, conflict):
    case = case_in(**given)
    if happens:
        happens(case)
    way = way_of(case, today=TODAY)
    assert way.default.kind == expected
    assert way.stops[0].conflicts == conflict


def test_a_head_who_left_the_post_is_no_head():
    case = case_in()
    former = make.left(TODAY)
    make.appointment(case.mediator, make.organization(), post="director")
    case.mediator.appointments.filter(organization=case.organization).delete()
    make.appointment(case.mediator, case.organization, post="director", **former)
    assert way_of(case, today=TODAY).default.kind == A.ORGANIZATION


def test_an_office_is_barred_by_the_person_complained_of_not_by_one_who_stands_back():
    case = case_in(post="director")
    place = case.organization.division.parent
    officer = make.officer(Role.JUSTICE_OFFICE, place)
    make.officer(Role.JUSTICE_OFFICE, place)
    case.recusals.create(user=officer, declared_on=TODAY)
    assert way_of(case, today=TODAY).default.kind == A.TOWNSHIP
    case.mediator.user = officer
    case.mediator.save()
    assert way_of(case, today=TODAY).default.kind == A.COUNTY


def test_an_office_in_which_everybody_stands_back_is_passed_over():
    case = case_in(post="director")
    officer = make.officer(Role.JUSTICE_OFFICE, case.organization.division.parent)
    case.recusals.create(user=officer, declared_on=TODAY)
    assert way_of(case, today=TODAY).default.kind == A.COUNTY


def test_of_somebody_unknown_the_bureau_looks_into_it_itself():
    case = made.accepted()
    Complaint.objects.filter(pk=case.pk).update(about="unknown", mediator=None, organization=None)
    case.refresh_from_db()
    assert kinds(way_of(case, today=TODAY)) == [A.COUNTY, A.CITY]


def test_the_handler_goes_up_with_a_reason_and_never_down():
    case = case_in(post="director")
    sheet = actions.draw_sheet(case, by=case.handler, today=TODAY)
    assert sheet.division.code == "330681001"
    note = {"by": case.handler, "today": TODAY, "reason": "主任牵涉其中。"}
    with pytest.raises(Refused, match="in conflict, or lies below"):
        actions.route_sheet(sheet.pk, to="organization", **note)
    with pytest.raises(Refused, match="next higher body"):
        actions.route_sheet(sheet.pk, outside="枫源村村民委员会", **note)
    routed = actions.route_sheet(sheet.pk, to="county", **note)
    assert (routed.division.code, routed.organization) == ("330681", None)
    assert [text for _row, text in words_of(routed, "route")] == ["主任牵涉其中。"]
    assert actions.route_sheet(sheet.pk, to="township", **note).division.code == "330681001"


def test_the_unit_that_elected_gets_it_on_paper_if_the_committee_is_in_no_conflict():
    case = case_in()
    sheet = actions.draw_sheet(case, by=case.handler, today=TODAY)
    note = {"by": case.handler, "today": TODAY, "reason": "由选举单位核查。"}
    routed = actions.route_sheet(sheet.pk, outside="枫源村村民委员会", **note)
    assert routed.addressee == "枫源村村民委员会"
    assert (routed.organization, routed.division) == (None, None)


@pytest.mark.parametrize("name", ["propose", "approve"])
def test_a_unit_that_came_into_conflict_meanwhile_gets_nothing(name):
    case, second = case_in(), made.handler()
    sheet = actions.draw_sheet(case, by=case.handler, today=TODAY)
    if name == "approve":
        actions.propose_sheet(sheet.pk, second=second, by=case.handler, today=TODAY)
    clerk_is_kin(case)
    with pytest.raises(Refused, match="in conflict"):
        made.take(name, sheet.pk, by=case.handler, second=second)


def test_if_it_turns_out_to_be_about_another_body_the_sheet_is_addressed_anew():
    case = case_in()
    sheet = actions.draw_sheet(case, by=case.handler, today=TODAY)
    Complaint.objects.filter(pk=case.pk).update(organization=make.organization())
    with pytest.raises(Refused, match="in conflict"):
        actions.propose_sheet(sheet.pk, second=made.handler(), by=case.handler, today=TODAY)
    note = {"by": case.handler, "today": TODAY, "reason": "对象有误。"}
    routed = actions.route_sheet(sheet.pk, to="organization", **note)
    assert routed.organization_id == Complaint.objects.get(pk=case.pk).organization_id


def test_if_everybody_is_in_conflict_no_sheet_is_drawn_up():
    case = case_in(post="director")
    for role, code in [
        (Role.JUSTICE_OFFICE, "330681001"), (Role.COUNTY_BUREAU, "330681"),
        (Role.CITY_BUREAU, "3306"),
    ]:  # fmt: skip
        officer = make.officer(role, make.division(code))
        case.recusals.create(user=officer, declared_on=TODAY)
    with pytest.raises(Refused, match="Every unit"):
        actions.draw_sheet(case, by=case.handler, today=TODAY)


@pytest.mark.parametrize(
    ("place", "above"),
    [("330681001001", "330681001"), ("330681001", "330681001"), ("330681", "330681")],
)
def test_above_a_body_stands_the_office_of_its_place(place, above):
    case = case_in(place)
    assert office_above(actions.draw_sheet(case, by=case.handler, today=TODAY)).code == above


def test_above_an_office_stands_that_of_the_next_higher_division():
    case = case_in(post="director")
    sheet = actions.draw_sheet(case, by=case.handler, today=TODAY)
    assert office_above(sheet).code == "330681"


def test_the_rule_itself():
    below, above = Stop(A.ORGANIZATION, 1, (C.HEAD,)), Stop(A.TOWNSHIP, 2)
    top = Stop(A.COUNTY, 3, (C.CLERK,))
    way = Way((below, above, top))
    assert (way.default, way.passed_over, way.open_ones) == (above, (below,), (above,))
    assert not way.may_go_outside
    assert Way((above, top)).may_go_outside
    nobody = Way((below, top))
    assert (nobody.default, nobody.passed_over, nobody.open_ones) == (None, (below, top), ())
