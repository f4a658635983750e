"""Complaints on the desk: the queue, the case page, and what those without the case never see."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from complaints import actions, vault
from complaints.flows import ComplaintState
from complaints.models import Complaint, StatementKind
from complaints.rules.limits import TIME_OF_OTHERS
from complaints.viewsets.complaint_acts import BESIDE, LEAVING, SCREENING
from office.desk.history import act_label
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.complaints.make_complaints import (
    DAY,
    IDENTITY,
    TODAY,
    complaint,
    figures,
    handler,
    received,
    said,
)
from tests.registry.desk import REASON, sent, url

pytestmark = pytest.mark.django_db
S = ComplaintState
# Texts, names and files that nobody without the case may meet anywhere.
MARK = "暗记柒叁"
SECRETS = [MARK, IDENTITY["name"], IDENTITY["phone"], "香烟.pdf"]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def _figures(in_english):
    figures()


@pytest.fixture
def by(at_desk):
    """A handler of the county before the browser."""
    return at_desk(handler())


def marked(state="screening", *, by=None, **given):
    """A complaint with a mark in everything that is sealed."""
    files = [(PDF, ".pdf", "香烟.pdf")]
    row = complaint(state, by=by or handler(), facts=f"{MARK}收了钱。", files=files, **given)
    vault.say(row, StatementKind.NOTE, f"{MARK}便条", today=TODAY, by=row.handler or handler())
    return row


def act(client, row, name, **typed):
    return client.post(url("complaints", "act", row.pk, name), sent(**typed))


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def names_of_sections(response):
    return [section.name for section in response.context["sections"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_takes_as_many_queries_for_one_row_as_for_three(
    client, by, rows, django_assert_num_queries
):
    for _number in range(rows):
        row = marked(by=by)
        actions.ask_material(row.pk, items="合同", by=by, today=TODAY)
    client.get(url("complaints", "index"))
    with django_assert_num_queries(14):
        client.get(url("complaints", "index"))


def test_the_queue_comes_by_days_left_those_without_a_limit_last(client, by):
    late = received(today=TODAY - 30 * DAY)[0]
    soon = received(today=TODAY - 5 * DAY)[0]
    standing = complaint("screening", by=by, today=TODAY)
    actions.suspend(standing.pk, ground="court", by=by, today=TODAY)
    fresh = received(today=TODAY)[0]
    response = client.get(url("complaints", "index"))
    assert listed(response) == [late, soon, fresh, standing]
    tones = [row.next_limit.tone for row in listed(response)]
    assert tones == ["error", "warn", "ok", "ok"]
    backwards = client.get(url("complaints", "index"), {"ordering": "-next_due"})
    assert listed(backwards) == [fresh, soon, late, standing]


@pytest.mark.parametrize("key", sorted(TIME_OF_OTHERS))
def test_nobody_in_office_is_late_when_the_time_of_others_is_over(client, by, key):
    row = complaint("replied", by=by, today=TODAY - 90 * DAY)
    actions.stop_clock(row, "accept_days", today=TODAY)
    actions.start_clock(row, key, today=TODAY - 80 * DAY)
    assert listed(client.get(url("complaints", "index")))[0].next_limit is None
    assert listed(client.get(url("complaints", "index"), {"limit": "over"})) == []
    actions.start_clock(row, "reply_days", today=TODAY - 80 * DAY)
    assert listed(client.get(url("complaints", "index"), {"limit": "over"})) == [row]


def test_a_limit_beyond_the_loaded_calendars_is_provisional(client, by):
    row = complaint("screening", by=by, today=make.date(2026, 12, 30))
    response = client.get(url("complaints", "index"))
    assert listed(response)[0].next_limit.tone == "info"
    assert "provisional" in client.get(url("complaints", "inspect", row.pk)).content.decode()


def test_the_tabs_count_by_who_has_the_next_move(client, by):
    received()
    marked(by=by)
    marked("replied", by=by)
    marked("rejected", by=by)
    tabs = client.get(url("complaints", "index")).context["tabs"]
    assert [(tab.label, tab.count) for tab in tabs] == [
        ("All", 4), ("New", 1), ("In screening", 1), ("Replied, under review", 1), ("Ended", 1),
    ]  # fmt: skip
    ended = client.get(url("complaints", "index"), {"group": "ended"})
    assert [row.state for row in listed(ended)] == ["rejected"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"handler": "mine"}, ["screening"]),
        ({"handler": "nobody"}, ["received"]),
        ({"limit": "over"}, ["received"]),
        ({"state": "screening"}, ["screening"]),
        ({"mode": "anonymous"}, ["received"]),
        ({"received_from": TODAY.isoformat()}, ["screening"]),
    ],
)
def test_the_queue_answers_its_query(client, by, query, found):
    received(mode="anonymous", today=TODAY - 30 * DAY)
    marked(by=by, today=TODAY)
    assert [row.state for row in listed(client.get(url("complaints", "index"), query))] == found


def test_a_complaint_is_taken_up_with_one_form(client, by):
    row, _code = received(facts=MARK)
    page = client.get(url("complaints", "inspect", row.pk))
    assert names_of_sections(page) == ["metadata", "clocks"]
    assert MARK not in page.content.decode()
    answer = act(client, row, "screen")
    assert answer.url == url("complaints", "inspect", row.pk)
    row.refresh_from_db()
    assert (row.state, row.handler) == ("screening", by)
    assert MARK in client.get(answer.url).content.decode()


def test_the_page_of_the_handler_shows_the_whole_case(client, by):
    row = marked(by=by)
    page = client.get(url("complaints", "inspect", row.pk))
    assert names_of_sections(page) == [
        "metadata", "about", "statements", "evidence", "clocks", "linked", "sheets",
    ]  # fmt: skip
    shown = page.content.decode()
    assert [secret in shown for secret in SECRETS] == [True, False, False, True]
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"


def paths_of(row):
    """Every page of the desk that tells of a complaint without being given it."""
    desk = [url("complaints", page, row.pk) for page in ("inspect", "history")]
    return [url("complaints", "index"), url("complaints", "export"), *desk]


@pytest.mark.parametrize("role", [Role.HANDLER, Role.AUDITOR, Role.CITY_BUREAU])
def test_whoever_was_not_given_the_case_meets_no_word_of_it(client, at_desk, role):
    row = marked()
    person = row.mediator
    place = "3306" if role == Role.CITY_BUREAU else "330681"
    at_desk(make.officer(role, make.division(place)))
    actions.reject(
        row.pk, ground="crime", more=MARK, reason=MARK, by=row.handler, today=TODAY
    )  # fmt: skip
    shown = ""
    for path in paths_of(row):
        answer = client.get(path)
        assert answer.status_code == (404 if role == Role.AUDITOR and "export" in path else 200)
        shown += answer.content.decode()
    assert row.number in shown
    hidden = [*SECRETS, person.name, row.organization.name, "taking property"]
    assert [secret for secret in hidden if secret in shown] == []


def test_without_the_case_every_page_of_it_is_not_found(client, by):
    row = marked()
    piece = row.evidence.get()
    assert client.get(url("complaints", "evidence", row.pk, piece.pk)).status_code == 404
    needs = ["accept", "reject", "ask_material", "write", "unmask", "suspend", "merge", "withdraw",
             "classify", "transfer", "hand_over", "extend"]  # fmt: skip
    answers = {name: act(client, row, name).status_code for name in needs}
    assert answers == dict.fromkeys(needs, 404)
    page = client.get(url("complaints", "inspect", row.pk))
    assert [label for label, *_rest in page.context["buttons"]] == ["Stand back from it", "History"]


def test_evidence_is_handed_out_under_a_name_that_tells_nothing(client, by):
    row = marked(by=by)
    piece = row.evidence.get()
    answer = client.get(url("complaints", "evidence", row.pk, piece.pk))
    assert answer.content == PDF
    name = f"{row.number}-{piece.pk}.pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"]
    other = marked(by=by).evidence.get()
    assert client.get(url("complaints", "evidence", row.pk, other.pk)).status_code == 404


def test_the_export_holds_what_the_list_shows_and_no_more(client, by):
    row = marked(by=by)
    answer = client.post(url("complaints", "export"), sent(format="xlsx"))
    content = b"".join(answer.streaming_content)
    head, line = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert line[0] == row.number
    assert head[2] == "Days left"
    assert not [s for s in [*SECRETS, row.mediator.name] if s in "".join(map(str, line))]


@pytest.mark.parametrize("place", ["330682", "3307"])
def test_another_place_finds_nothing_anywhere(client, at_desk, place):
    row = marked()
    at_desk(handler(place))
    assert listed(client.get(url("complaints", "index"))) == []
    for page in ("inspect", "history"):
        assert client.get(url("complaints", page, row.pk)).status_code == 404
    for name in ("screen", "accept", "recuse", "take_over"):
        assert act(client, row, name).status_code == 404


@pytest.mark.parametrize(
    "role", [Role.COUNTY_BUREAU, Role.JUSTICE_OFFICE, Role.TRAINER, Role.SYSTEM_ADMIN]
)
def test_other_roles_have_no_such_desk(client, at_desk, role):
    row = marked()
    at_desk(make.officer(role, make.division("330681")))
    for path in paths_of(row):
        assert client.get(path).status_code == 404


def test_a_refusal_is_made_on_the_page_with_its_right_way_to_go(client, by):
    row = marked(by=by)
    answer = act(client, row, "reject", ground="petition", more="", reason="")
    assert answer.url == url("complaints", "inspect", row.pk)
    assert "信访" in said(row, StatementKind.NOTICE)[0]


def test_a_second_click_does_nothing_more(client, by):
    row = marked(by=by)
    form = sent(kind="note", text="核对过电话记录。")
    path = url("complaints", "act", row.pk, "write")
    assert {client.post(path, form).status_code for _time in range(3)} == {302}
    assert said(row, StatementKind.NOTE).count("核对过电话记录。") == 1


def test_the_lead_hands_a_complaint_over_without_reading_it(client, at_desk):
    row = marked()
    chosen = handler(name="Second Handler")
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))
    page = client.get(url("complaints", "act", row.pk, "hand_over"))
    assert "Second Handler" in page.content.decode()
    act(client, row, "hand_over", to=chosen.pk, reason=REASON)
    row.refresh_from_db()
    assert row.handler == chosen
    assert REASON not in str(LedgerEntry.objects.of(row).values_list("reason", "after"))


def test_a_complaint_that_returned_to_the_queue_is_taken_over(client, by):
    row = marked("accepted")
    Complaint.objects.filter(pk=row.pk).update(handler=None)
    act(client, row, "take_over")
    row.refresh_from_db()
    assert (row.handler, row.state) == (by, "accepted")
    assert actions.may_read(row, by)


ALWAYS = {"classify", "write", "unmask", "suspend", "hand_over", "recuse"}
OFFERED = {
    S.RECEIVED: ALWAYS | {"screen", "transfer", "merge", "withdraw"},
    S.SCREENING: ALWAYS
    | {"accept", "reject", "ask_material", "make_lead", "transfer", "merge", "withdraw"},
    S.AWAITING_MATERIAL: ALWAYS | {"go_on", "lapse", "transfer", "merge", "withdraw"},
    S.ACCEPTED: ALWAYS | {"extend", "transfer", "merge", "withdraw"},
    S.LEAD: ALWAYS | {"pursue", "transfer"},
    S.ASSIGNED: ALWAYS | {"extend", "transfer", "merge", "withdraw"},
    S.FINDINGS_IN: ALWAYS | {"extend", "merge", "withdraw"},
    S.DECIDED: ALWAYS,
    S.REPLIED: ALWAYS,
    S.IN_REVIEW: ALWAYS,
    S.REVIEWED: ALWAYS,
    S.IN_RECHECK: ALWAYS,
    S.FINAL: ALWAYS,
    S.REJECTED: {"unmask", "recuse"},
    S.CLOSED: {"unmask", "recuse"},
    S.WITHDRAWN: {"unmask", "recuse", "hand_over", "go_on_as_lead", "leave_withdrawn"},
}
OWN = {act.name for act in (*SCREENING, *BESIDE, *LEAVING)}


@pytest.mark.parametrize("state", OFFERED)
def test_the_page_of_the_handler_offers_what_the_state_allows(client, by, state):
    row = complaint(state, by=by)
    if state == S.RECEIVED:
        lead = make.officer(Role.CITY_BUREAU, make.division("3306"))
        actions.hand_over(row.pk, to=by, by=lead, today=TODAY)
    page = client.get(url("complaints", "inspect", row.pk))
    addresses = [address for _label, address, *_rest in page.context["buttons"]]
    offered = {address.rstrip("/").rpartition("/")[2] for address in addresses}
    assert offered & OWN == OFFERED[state]


def test_what_bars_a_step_is_said_on_its_page(client, by):
    row = complaint("screening", by=by)
    actions.suspend(row.pk, ground="court", by=by, today=TODAY)
    page = client.get(url("complaints", "act", row.pk, "accept"))
    assert page.context["refusals"] == ["The complaint is suspended: end the suspension first."]
    assert act(client, row, "accept").status_code == 422


def test_every_limit_is_shown_with_figure_pauses_and_end(client, by):
    row = complaint("screening", by=by, today=make.date(2026, 11, 16))
    actions.ask_material(row.pk, items="合同", by=by, today=make.date(2026, 11, 17))
    actions.go_on(row.pk, by=by, today=make.date(2026, 11, 19))
    shown = client.get(url("complaints", "inspect", row.pk)).content.decode()
    lines = client.get(url("complaints", "inspect", row.pk)).context["sections"][4].context["lines"]
    accept, material = lines
    assert accept["figure"] == "5 working days, in force from 2011-01-01"
    assert accept["limit"].text == "Nov. 25, 2026 (2 working days left)"
    assert (material["limit"], material["clock"].stopped_on) == (None, make.date(2026, 11, 19))
    assert "2026-11-17 – 2026-11-19 (waits for material)" in shown


def test_the_history_calls_acts_by_what_they_are_for_a_complaint(client, by):
    row, _code = received()
    act(client, row, "screen")
    told = client.get(url("complaints", "history", row.pk)).context["acts"]
    assert [one.act for one in told] == [
        "Take it up for screening", "Let an officer read it", "Receive the complaint",
    ]  # fmt: skip
    assert act_label("training.session.extend") == "Give time after an incident"
    assert act_label("complaints.complaint.extend") == "Extend the limit to decide"


def test_the_lead_may_steer_and_read_nothing(client, at_desk):
    row = marked()
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))
    page = client.get(url("complaints", "inspect", row.pk))
    assert [label for label, *_rest in page.context["buttons"]] == [
        "Hand it to another handler", "Pass it to another body", "History",
    ]  # fmt: skip
    assert names_of_sections(page) == ["metadata", "clocks"]
