"""The address of the official account, called as the platform calls it, in both modes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from complaints import actions
from complaints.models import Complaint, WechatMessage
from complaints.wechat.menu import menu
from tests.complaints import make_complaints as make_
from tests.complaints import wechat_platform
from tests.complaints.wechat_platform import ADDRESS, Platform, event, set_up, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
NOW = 1795395600  # 2026-11-23 09:00 in Shanghai
START = "https://tiaojie.example.gov.cn/complaints/?from=wechat"
FOLLOW = "https://tiaojie.example.gov.cn/complaints/follow/"
UNKNOWN = "No complaint is found under this code. Please look at your receipt again."
TOO_MANY = "You have asked several times within an hour."
CLOSED = [(403, b"")]


@pytest.fixture(autouse=True)
def _at_nine(time_machine):
    time_machine.move_to(datetime.fromtimestamp(NOW, UTC), tick=False)


@pytest.fixture(params=["plain", "safe"])
def platform(request, settings):
    is_safe = request.param == "safe"
    set_up(settings, is_safe=is_safe)
    return Platform(Client(enforce_csrf_checks=True), is_safe)


@pytest.fixture
def safe(settings):
    set_up(settings, is_safe=True)
    return Platform(Client(), is_safe=True)


@pytest.fixture
def code():
    make_.figures()
    return make_.received()[1]


def answers(*responses):
    return [(response.status_code, response.content) for response in responses]


# The address.


def test_the_address_is_proved_by_the_echo_of_what_the_platform_sent(platform):
    answer = platform.verify("5927782489442352469")
    assert answers(answer) == [(200, b"5927782489442352469")]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_in_safe_mode_an_open_echo_is_answered_too_as_the_platform_asks_in_the_clear(safe):
    query = safe.query(echostr="5927782489442352469")
    assert answers(safe.client.get(ADDRESS, query)) == [(200, b"5927782489442352469")]


def test_an_echo_that_is_not_signed_or_too_old_is_not_given(platform):
    old = platform.verify(at=NOW - 301)
    bare = platform.client.get(ADDRESS, {"echostr": "1"})
    query = platform.query(echostr="1") | {"signature": "0" * 40}
    assert answers(old, bare, platform.client.get(ADDRESS, query)) == CLOSED * 3


@pytest.mark.parametrize("method", ["get", "post", "put", "head"])
def test_without_a_token_there_is_no_such_address(client, settings, method):
    settings.WECHAT_TOKEN = ""
    assert getattr(client, method)(ADDRESS).status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete", "head", "options"])
def test_only_two_methods_are_taken(platform, method):
    answer = getattr(platform.client, method)(ADDRESS)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")


def test_a_browser_that_happens_to_come_by_is_refused(platform):
    assert answers(platform.client.get(ADDRESS), platform.client.post(ADDRESS)) == CLOSED * 2


# What is accepted.


@pytest.mark.parametrize(
    ("seconds", "status"), [(-301, 403), (-300, 200), (0, 200), (300, 200), (301, 403)]
)
def test_a_message_is_taken_five_minutes_before_and_after_it_was_signed(platform, seconds, status):
    assert platform.send(text("投诉"), at=NOW + seconds).status_code == status
    assert WechatMessage.objects.count() == (status == 200)


def test_the_window_is_a_setting(platform, settings):
    settings.WECHAT_REPLAY_SECONDS = 10
    sent = [platform.send(text("投诉"), at=NOW - seconds).status_code for seconds in (10, 11)]
    assert sent == [200, 403]


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
def test_a_request_whose_signed_parts_were_changed_or_left_out_is_refused(platform, name):
    body, query = platform.request(text("投诉"))
    name = "msg_signature" if platform.is_safe and name == "signature" else name
    changed = query | {name: query[name][:-1] + ("0" if query[name][-1] != "0" else "1")}
    missing = {key: value for key, value in query.items() if key != name}
    assert answers(platform.post(body, changed), platform.post(body, missing)) == CLOSED * 2
    assert not WechatMessage.objects.exists()


def test_a_signature_is_good_for_one_message_but_for_every_sending_of_it(platform):
    body, query = platform.request(text("投诉"))
    first, again = platform.post(body, query), platform.post(body, query)
    assert platform.read(first) == platform.read(again)
    if not platform.is_safe:  # in safe mode the signature covers the message itself
        assert answers(platform.post(text("查询 AAAA-BBBB-CCCC-DDDD"), query)) == CLOSED
    assert WechatMessage.objects.count() == 1


def test_a_plain_message_is_refused_in_safe_mode(safe):
    xml = text("投诉")
    plain = Platform(safe.client, is_safe=False)
    only_named = wechat_platform.xml_of(ToUserName="gh_bureau", Encrypt="")
    assert answers(plain.send(xml), plain.send(only_named)) == CLOSED * 2


def test_what_lies_open_beside_a_sealed_message_is_not_read(safe):
    body, query = safe.request(event("VIEW", key="https://example.com"))
    body = body.replace("</xml>", "<MsgType>text</MsgType><Content>投诉</Content></xml>")
    assert safe.read(safe.post(body, query)) is None


def test_a_message_of_another_account_is_refused(safe):
    assert answers(safe.send(text("投诉"), app_id="wx0000000000000000")) == CLOSED


def test_a_sealed_message_cut_short_or_altered_is_refused_like_any_other(safe):
    secret = wechat_platform.sealed(text("投诉"))
    broken = [
        secret[:-4], secret[:64], secret[:40] + "A" + secret[41:], "", "密", secret + "====",
        wechat_platform.encrypted(b"\0" * 64),
    ]  # fmt: skip
    for one in broken:
        body = wechat_platform.xml_of(Encrypt=one)
        wrongly = safe.query(secret, name="msg_signature")
        rightly = safe.query(one, name="msg_signature")
        assert answers(safe.post(body, wrongly), safe.post(body, rightly)) == CLOSED * 2


HOSTILE = {
    "an entity from a file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml>'
    "<ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1</CreateTime>"
    "<MsgType>text</MsgType><Content>&e;</Content></xml>",
    "a billion laughs": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<xml><Content>&b;</Content></xml>",
    "no XML": "{}",
    "another root": "<html/>",
    "nothing": "",
}


@pytest.mark.parametrize("xml", HOSTILE.values(), ids=HOSTILE)
def test_hostile_xml_is_refused_even_if_it_is_signed(platform, xml):
    assert answers(platform.send(xml), platform.post(xml, platform.query())) == CLOSED * 2


def test_a_huge_body_is_refused_before_it_is_read(platform):
    huge = text("投诉", Ballast="x" * 70_000)
    assert answers(platform.send(huge)) == CLOSED
    assert answers(platform.send("x" * 6_000_000)) == CLOSED


# What is answered.


def test_who_begins_to_follow_is_greeted_with_the_ways_in(platform):
    told = platform.read(platform.send(event("subscribe")))
    assert [START in told, FOLLOW in told, "/mediators/" in told, "12348" in told] == [True] * 4


@pytest.mark.parametrize(
    "words", ["投诉", "你好", "投诉 张三 调解员收礼", "PLANTED 收了钱", " ", "我要查询"]
)
def test_whatever_is_written_leads_to_the_form_and_becomes_no_complaint(platform, words):
    told = platform.say(words)
    assert told.startswith(f"Complain about a mediator or an organisation: {START}\n")
    assert "PLANTED" not in told
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("kind", ["image", "voice", "video", "shortvideo", "location", "link"])
def test_pictures_and_voices_are_answered_with_a_hint(platform, kind):
    told = platform.say("", MsgType=kind, MediaId="x", Recognition="投诉")
    assert told.startswith("This account reads written messages only.\n")
    assert START in told


def test_every_button_of_the_menu_is_answered_or_leads_to_a_page(platform):
    entries = [one for button in menu()["button"] for one in button.get("sub_button", [button])]
    keys = [one["key"] for one in entries if one["type"] == "click"]
    told = [
        platform.read(platform.send(event("CLICK", key, CreateTime=NOW + number)))
        for number, key in enumerate([*keys, "ELSE"])
    ]
    assert ["receipt code" in told[0], "12348" in told[1], START in told[2]] == [True] * 3


@pytest.mark.parametrize("name", ["unsubscribe", "VIEW", "LOCATION", "SCAN", "click", ""])
def test_other_events_need_no_answer_and_leave_nothing(platform, name):
    answer = platform.send(event(name))
    assert (answer.status_code, answer.content) == (200, b"success")
    assert not WechatMessage.objects.exists()


def test_a_kind_nobody_knows_needs_no_answer(platform):
    assert platform.say("x", MsgType="hologram") is None


# The query by code.


@pytest.mark.parametrize("ask", ["查询", "查询：", " 查询 ", "查詢"])
def test_a_query_without_a_code_is_told_how_to_ask_and_is_not_counted(platform, ask):
    assert platform.say(ask).startswith("To ask how far your complaint is, send 查询")
    assert list(WechatMessage.objects.values_list("query", flat=True)) == ["none"]


def widened(text):
    return "".join(chr(ord(mark) + 0xFEE0) if "!" <= mark <= "~" else mark for mark in text)


WAYS = {
    "as told": "查询 {}".format,
    "without a blank": "查询{}".format,
    "small letters": lambda code: f"查询 {code.lower()}",
    "full width": lambda code: f"查询　{widened(code)}",
    "full-width small letters": lambda code: widened(f"查询：{code.lower()}"),
    "blanks for dashes": lambda code: f"查询 {code.replace('-', ' ')}",
    "long dashes": lambda code: f"查询：{code.replace('-', '—')}。",
    "brackets and lines": lambda code: f"\n查 询\n【{code}】\n",
    "traditional": "查詢 {}".format,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_code_is_understood_however_it_is_typed(platform, code, way):
    made = actions.open_by_code(code)
    Complaint.objects.filter(pk=made.pk).update(state="screening")
    lines = platform.say(way(code)).splitlines()
    assert lines[0] == "We check whether your complaint can be accepted."
    assert lines[-1].endswith(FOLLOW)


WRONG_CODES = ["AAAA-BBBB-CCCC-DDDD", "x", "0", "12345", "A" * 600, "x'; --", "AAAA-BBBB-CCCC-DDD"]


@pytest.mark.parametrize("wrong", WRONG_CODES)
def test_every_code_nobody_has_is_answered_alike(platform, code, wrong):
    assert platform.say(f"查询 {wrong}").splitlines()[0] == UNKNOWN


# The throttle.


def test_the_sixth_query_of_an_hour_is_refused_even_with_the_right_code(platform, code):
    told = [platform.say(f"查询 {'A' * 15}{number}") for number in range(2, 6)]
    told += [platform.say(f"查询 {code}"), platform.say(f"查询 {code}")]
    kinds = [one.splitlines()[0] for one in told]
    assert kinds[:4] == [UNKNOWN] * 4
    assert not kinds[4].startswith(UNKNOWN)
    assert kinds[5].startswith(TOO_MANY)


def test_others_ask_on_and_what_is_no_query_is_not_counted(platform, code):
    for number in range(7):
        platform.say(f"查询 WRONG{number}")
        assert START in platform.say("投诉")
    assert platform.say("查询 WRONG", FromUserName="oAnother").startswith(UNKNOWN)
    # Names that differ in small and capital letters only are two people.
    assert platform.say("查询 WRONG", FromUserName="oplanted-OPENID_0001").startswith(UNKNOWN)


@pytest.mark.parametrize(("minutes", "is_refused"), [(59, True), (60, False)])
def test_after_an_hour_one_may_ask_again(platform, code, time_machine, minutes, is_refused):
    for number in range(5):
        platform.say(f"查询 WRONG{number}")
    time_machine.move_to(timezone.now() + timedelta(minutes=minutes), tick=False)
    assert platform.say("查询 WRONG9").startswith(TOO_MANY) is is_refused


def test_refused_queries_do_not_prolong_the_wait(platform, code, time_machine):
    for number in range(5):
        platform.say(f"查询 WRONG{number}")
    time_machine.move_to(timezone.now() + timedelta(minutes=50), tick=False)
    assert platform.say("查询 WRONG9").startswith(TOO_MANY)
    time_machine.move_to(timezone.now() + timedelta(minutes=10), tick=False)
    assert platform.say("查询 WRONG9").startswith(UNKNOWN)


def test_the_number_of_queries_is_a_setting(platform, code, settings):
    settings.WECHAT_QUERIES_PER_HOUR = 1
    assert platform.say("查询 WRONG1").startswith(UNKNOWN)
    assert platform.say("查询 WRONG2").startswith(TOO_MANY)
