"""What is kept of a message, that it counts once, and that nothing of it can be read anywhere."""

import io
import json
import logging
import time
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.utils import timezone
from pythonjsonlogger.json import JsonFormatter

from complaints import actions
from complaints.flows import ComplaintState
from complaints.models import Complaint, WechatMessage
from office.models import LedgerEntry
from tests.complaints import make_complaints as make_
from tests.complaints import wechat_platform
from tests.complaints.wechat_platform import PERSON, Platform, event, set_up, text
from tests.registry.at_once import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
UNKNOWN = "No complaint is found under this code."
MARKER = "PLANTED"


@pytest.fixture(params=["plain", "safe"])
def platform(request, settings):
    is_safe = request.param == "safe"
    set_up(settings, is_safe=is_safe)
    return Platform(Client(), is_safe)


# Sent again.


def test_a_message_sent_three_times_more_is_answered_alike_and_counts_once(platform):
    xml = text("查询 WRONG")
    told = {platform.read(platform.send(xml)) for _sending in range(4)}
    assert [one.splitlines()[0][: len(UNKNOWN)] for one in told] == [UNKNOWN]
    assert WechatMessage.objects.get().query == "answered"


def test_the_fifth_query_is_answered_however_often_the_platform_sends_it(platform):
    for number in range(4):
        platform.say(f"查询 WRONG{number}")
    fifth, sixth = text("查询 WRONG5"), text("查询 WRONG6")
    told = [platform.read(platform.send(xml)) for xml in (fifth, sixth) * 3]
    assert [one.startswith(UNKNOWN) for one in told] == [True, False] * 3


def test_an_event_is_known_again_by_who_did_it_and_when(platform):
    at = int(timezone.now().timestamp())
    for sending in range(3):
        assert platform.read(platform.send(event("subscribe", CreateTime=at, Odd=sending)))
    assert WechatMessage.objects.count() == 1
    platform.send(event("subscribe", CreateTime=at + 1))
    platform.send(event("subscribe", CreateTime=at, FromUserName="oAnother"))
    assert WechatMessage.objects.count() == 3


def test_another_message_under_the_same_number_is_not_looked_at(platform):
    make_.figures()
    _made, code = make_.received()
    assert platform.read(platform.send(text("查询 WRONG", number=7)))
    assert platform.read(platform.send(text(f"查询 {code}", number=7))) is None
    assert WechatMessage.objects.count() == 1


def send_at_once(platform, *xmls):
    """Send the messages at the same moment; return what each was answered."""
    told = []

    def sending(xml):
        own = Platform(Client(), platform.is_safe)
        return lambda: told.append(own.read(own.send(xml))) or True

    assert at_once(*[sending(xml) for xml in xmls]) == ["done"] * len(xmls)
    return told


@pytest.mark.django_db(transaction=True)
def test_eight_sendings_at_once_are_one_message_with_one_answer(platform):
    told = send_at_once(platform, *[text("查询 WRONG", number=9)] * 8)
    assert len(told) == 8
    assert len(set(told)) == 1
    assert told[0].startswith("No complaint") or told[0].startswith("未")
    assert WechatMessage.objects.get().query == "answered"


@pytest.mark.django_db(transaction=True)
def test_of_twelve_queries_at_once_never_more_than_five_are_answered(platform):
    told = send_at_once(platform, *[text(f"查询 WRONG{number}") for number in range(12)])
    assert len(told) == 12
    verdicts = list(WechatMessage.objects.values_list("query", flat=True))
    assert verdicts.count("answered") <= 5
    assert verdicts.count("answered") + verdicts.count("refused") == 12


# In time, whatever happens.


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_held_by_somebody_people_are_answered_in_time(platform):
    held, done = Event(), Event()

    def hold():
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("LOCK TABLE complaints_wechatmessage IN ACCESS EXCLUSIVE MODE")
            held.set()
            done.wait(20)
        connection.close()

    holder = Thread(target=hold)
    holder.start()
    held.wait(10)
    began = time.monotonic()
    told = platform.say("投诉")
    waited = time.monotonic() - began
    done.set()
    holder.join()
    assert told == "The system is busy. Please write again in a few minutes."
    assert waited < 4
    assert "form" in platform.say("投诉")


@pytest.mark.django_db(transaction=True)
def test_the_usual_patience_of_the_connection_comes_back():
    ask = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}[connection.vendor]

    def patience():
        with connection.cursor() as cursor:
            cursor.execute(ask)
            return cursor.fetchone()[0]

    usual = patience()
    with actions.waiting_briefly():
        assert patience() in {1500, "1500ms"}
    assert patience() == usual


# Of a real complaint.


@pytest.mark.parametrize("state", ComplaintState.values)
def test_every_state_is_told_in_words_that_name_nobody(platform, state):
    make_.figures()
    made, code = make_.received(facts=f"{MARKER}：他收了香烟。")
    into = make_.received()[0] if state == "merged" else None
    ended = make_.TODAY if state in {"rejected", "closed", "withdrawn", "merged"} else None
    Complaint.objects.filter(pk=made.pk).update(
        state=state, merged_into=into, closed_on=ended, handler=make_.handler()
    )
    told = platform.say(f"查询 {code}")
    assert not told.startswith(UNKNOWN)
    secrets = [
        code, code.replace("-", ""), made.number, MARKER, made.mediator.name,
        made.organization.name, *make_.IDENTITY.values(),
    ]  # fmt: skip
    assert [secret for secret in secrets if secret in told] == []
    assert len(told.encode()) <= 2048


def test_asking_changes_nothing_and_is_noted_nowhere_beside_the_complaint(platform):
    make_.figures()
    _made, code = make_.received()
    before = Complaint.objects.values().get(), LedgerEntry.objects.count()
    platform.say(f"查询 {code}")
    assert (Complaint.objects.values().get(), LedgerEntry.objects.count()) == before
    fields = {field.name for field in WechatMessage._meta.fields if field.is_relation}
    assert fields == set()


# What can be read.


def everything_stored():
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - every table there is
            found.extend(str(row) for row in cursor.fetchall())
    return "\n".join(found)


@pytest.fixture
def log():
    """All that production would write, in the form in which it writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter("%(levelname)s %(name)s %(message)s"))
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "complaints")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
    yield stream
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(handler)
        logger.setLevel(level)


def test_who_wrote_what_stands_in_no_table_no_answer_and_no_log(platform, log, settings):
    make_.figures()
    _made, code = make_.received(mode="anonymous")
    sent = [
        text(f"{MARKER} 张三收礼"), text(f"查询 {code}"), text(f"查询 {MARKER}"),
        text("x", MsgType="voice", Recognition=MARKER), event("CLICK", MARKER),
        event("subscribe", f"qrscene_{MARKER}", CreateTime=1),
    ]  # fmt: skip
    told = [platform.read(platform.send(xml)) for xml in sent]
    platform.send(text(MARKER), at=1)
    platform.client.put(f"/wechat/?openid={PERSON}&x={MARKER}")
    settings.WECHAT_TOKEN = ""
    platform.send(text(MARKER))
    lines = log.getvalue()
    assert [name in lines for name in ("Forbidden", "Not Allowed", "Not Found")] == [True] * 3
    assert WechatMessage.objects.count() == 6
    number = parts_number(sent[0])
    secrets = [PERSON, MARKER, code, code.replace("-", ""), "张三收礼", number]
    places = {"tables": everything_stored(), "answers": "\n".join(told), "log": lines}
    found = [(name, one) for name, place in places.items() for one in secrets if one in place]
    assert found == []


def parts_number(xml):
    return wechat_platform.parts_of(xml)["MsgId"]


def test_an_error_of_the_program_does_not_write_down_who_wrote(platform, log, settings):
    settings.WECHAT_QUERIES_PER_HOUR = "broken"
    platform.client.raise_request_exception = False
    assert platform.send(text(f"查询 {MARKER}")).status_code == 500
    assert "TypeError" in log.getvalue()
    assert [one for one in (PERSON, MARKER) if one in log.getvalue()] == []


def test_hashes_of_one_person_are_alike_and_say_nothing(platform):
    platform.say("投诉")
    platform.say("投诉")
    platform.say("投诉", FromUserName="oAnother")
    senders = list(WechatMessage.objects.order_by("pk").values_list("sender_hash", flat=True))
    assert senders[0] == senders[1] != senders[2]
    assert {len(one) for one in senders} == {64}


# The database and the sweep.


def row(**fields):
    hashes = {"key_hash": "k", "sender_hash": "s", "content_hash": "c", "signature_hash": "g"}
    return WechatMessage(**{"received_at": timezone.now()} | hashes | fields)


@pytest.mark.parametrize(
    "second", [{"signature_hash": "h"}, {"key_hash": "l"}, {"key_hash": "l", "query": "odd"}]
)
def test_the_database_holds_a_message_and_a_signature_once(second):
    row().save()
    with pytest.raises(IntegrityError), transaction.atomic():
        WechatMessage.objects.bulk_create([row(**second)])


@pytest.mark.parametrize(("days", "seconds", "stays"), [(3, 0, True), (3, 1, False)])
def test_after_some_days_the_sweep_removes_the_rows(days, seconds, stays, settings):
    settings.WECHAT_KEEP_DAYS = 3
    now = timezone.now()
    row(received_at=now - timedelta(days=days, seconds=seconds)).save()
    removed = actions.sweep_wechat_messages(now=now)
    assert (WechatMessage.objects.exists(), removed) == (stays, int(not stays))


def test_the_nightly_sweep_sweeps_them_too():
    row(received_at=timezone.now() - timedelta(days=30)).save()
    row(key_hash="l", signature_hash="h").save()
    call_command("sweep")
    assert WechatMessage.objects.get().key_hash == "l"


def test_nothing_kept_is_json_of_the_message(platform):
    platform.say("投诉")
    kept = WechatMessage.objects.values().get()
    assert set(json.loads(json.dumps(kept, default=str))) == {
        "id", "key_hash", "sender_hash", "content_hash", "signature_hash", "query", "received_at",
    }  # fmt: skip
