"""Signature, safe mode and XML of WeChat, by the given vectors and against all that is not them."""

import base64
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.wechat import safe_mode
from complaints.wechat.messages import read_message, written
from complaints.wechat.signatures import Rejected, is_signed, is_timely, signature
from tests.complaints import wechat_platform as platform

VECTORS = json.loads((Path(__file__).parent / "samples" / "wechat_vectors.json").read_text())
SAFE = VECTORS["safe_mode"]
ACCOUNT = {"aes_key": SAFE["aes_key"], "app_id": SAFE["app_id"]}


@pytest.mark.parametrize("vector", VECTORS["plain"])
def test_the_signatures_are_those_of_the_vectors(vector):
    parts = vector["token"], vector["timestamp"], vector["nonce"]
    assert signature(*parts) == vector["signature"]
    assert is_signed(vector["signature"], *parts)


def test_the_signature_of_a_sealed_message_is_that_of_the_vector():
    parts = [SAFE[name] for name in ("token", "timestamp", "nonce", "encrypt")]
    assert signature(*parts) == SAFE["msg_signature"]


def test_what_the_vector_sealed_opens_and_its_message_seals_to_the_same():
    opened = safe_mode.unseal(SAFE["encrypt"], **ACCOUNT).decode()
    assert opened == SAFE["xml"]
    again = safe_mode.seal(SAFE["xml"], filler=SAFE["random"].encode(), **ACCOUNT)
    assert again == SAFE["encrypt"]
    message = read_message(opened.encode())
    assert (message.sender, message.text) == ("oTest0001", "投诉 张三 调解员收礼")
    assert message.name == "24000000000000001"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_is_sealed_opens_again_and_for_the_platform_too(message):
    sealed = safe_mode.seal(message, **ACCOUNT)
    assert safe_mode.unseal(sealed, **ACCOUNT).decode() == message
    assert platform.unsealed(sealed) == message


@given(st.integers(0, 200))
def test_messages_of_every_length_from_the_platform_open(length):
    message = "x" * length
    assert safe_mode.unseal(platform.sealed(message), **ACCOUNT) == message.encode()


def test_the_same_message_is_never_sealed_alike():
    assert safe_mode.seal("x", **ACCOUNT) != safe_mode.seal("x", **ACCOUNT)


WRONG = [
    "", "0" * 40, VECTORS["plain"][0]["signature"].upper(), "f21891de", "签名",
    VECTORS["plain"][0]["signature"] + "0", VECTORS["plain"][1]["signature"],
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_no_other_signature_is_right(wrong):
    vector = VECTORS["plain"][0]
    assert not is_signed(wrong, vector["token"], vector["timestamp"], vector["nonce"])


NOW = datetime.fromtimestamp(1763712000, UTC)


@pytest.mark.parametrize(
    ("seconds", "passes"),
    [(0, True), (300, True), (-300, True), (301, False), (-301, False), (10**9, False)],
)
def test_a_timestamp_counts_for_five_minutes_before_and_after(seconds, passes):
    assert is_timely(str(1763712000 + seconds), now=NOW, seconds=300) is passes


NO_TIMESTAMPS = ["", " ", "-1763712000", "+1763712000", "1763712000.0", "1763712000 ", "9" * 400]


@pytest.mark.parametrize("text", [*NO_TIMESTAMPS, "１７６３７１２０００"])
def test_what_is_no_timestamp_never_counts(text):
    assert not is_timely(text, now=NOW, seconds=300)


def is_rejected(sealed):
    with pytest.raises(Rejected) as rejection:
        safe_mode.unseal(sealed, **ACCOUNT)
    return str(rejection.value) == ""


PLAIN = platform.packed(SAFE["xml"], filler=b"0123456789abcdef")
SHORT = b"0123456789abcdef"


def at(place, value):
    """The padded message with one byte changed."""
    body = bytearray(platform.padded(PLAIN))
    body[place] ^= value
    return bytes(body)


BAD_BODIES = {
    "no padding": PLAIN[:256],
    "padding of nought": PLAIN[:255] + b"\0",
    "padding of more than a block": PLAIN[:256][:223] + bytes([33]) * 33,
    "padding that is not all alike": at(-2, 1),
    "padding that says too much": at(-1, 1),
    "another app id": platform.padded(PLAIN[:-1] + b"0"),
    "an app id cut short": platform.padded(PLAIN[:-1]),
    "an app id and more": platform.padded(PLAIN + b"0"),
    "a length one too small": at(19, 1),
    "a length beyond all": at(16, 0x80),
    "a length of nearly all": at(18, 1),
    "nothing but padding": bytes([32]) * 32,
    "no room for a length": platform.padded(SHORT + b"\0\0"),
    "chance alone": platform.padded(SHORT),
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_malformed_message_is_rejected_without_a_word(body):
    assert is_rejected(platform.encrypted(body[: len(body) // 32 * 32]))


BAD_TEXTS = {
    "nothing": "", "no base64": "%%%%", "not ascii": "密文",
    "less than a block": SAFE["encrypt"][:20] + "==",
    "without its end": SAFE["encrypt"][:-4], "half a block less": SAFE["encrypt"][:-24] + "==",
    "blanks inside": SAFE["encrypt"][:40] + " " + SAFE["encrypt"][40:],
}  # fmt: skip


@pytest.mark.parametrize("sealed", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_what_is_not_sealed_whole_is_rejected(sealed):
    assert is_rejected(sealed)


def test_every_block_that_is_lost_from_the_end_is_missed():
    for end in range(0, len(RAW), 16):
        assert is_rejected(base64.b64encode(RAW[:end]).decode())


RAW = base64.b64decode(SAFE["encrypt"])


@pytest.mark.parametrize("bit", [1, 0x10, 0x80])
def test_a_bit_changed_at_any_place_breaks_the_signature_and_never_gives_the_message(bit):
    parts = [SAFE[name] for name in ("token", "timestamp", "nonce")]
    for place in range(len(RAW)):
        raw = bytearray(RAW)
        raw[place] ^= bit
        changed = base64.b64encode(bytes(raw)).decode()
        assert not is_signed(SAFE["msg_signature"], *parts, changed)
        try:
            opened = safe_mode.unseal(changed, **ACCOUNT)
        except Rejected:
            continue
        # The mode alone cannot tell what was altered: that is what the signature is for.
        assert opened != SAFE["xml"].encode()


@pytest.mark.parametrize(
    "key", ["", "a" * 42, "a" * 44, "a" * 42 + "=", "密" * 43, "a" * 42 + "\n"]
)
def test_a_key_of_another_shape_is_none(key):
    with pytest.raises(ValueError, match="not 43 letters and digits") as error:
        safe_mode.key_bytes(key)
    assert not key.strip() or key not in str(error.value)


BILLION = (
    '<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    "<xml><ToUserName>&c;</ToUserName></xml>"
)
HOSTILE = {
    "an entity from a file": '<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + platform.text("&x;").replace("<![CDATA[&x;]]>", "&x;"),
    "a document type elsewhere": '<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/x.dtd">'
    + platform.text("x"),
    "a parameter entity": '<!DOCTYPE xml [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>'
    + platform.text("x"),
    "entities of entities": BILLION,
    "an empty document type": "<!DOCTYPE xml>" + platform.text("x"),
    "an entity nobody declared": "<xml><ToUserName>&x;</ToUserName></xml>",
}
DAMAGED = {
    "nothing": "", "blanks": "  ", "JSON": "{}", "half": platform.text("x")[:-4], "NUL": "\0",
    "another root": platform.text("x").replace("<xml>", "<x>").replace("</xml>", "</x>"),
    "an encoding nobody knows": '<?xml version="1.0" encoding="x-nobody"?><xml/>',
    "no sender": platform.text("x", FromUserName=""),
    "a sender with marks": platform.text("x", FromUserName="<script>"),
    "a sender too long": platform.text("x", FromUserName="o" * 65),
    "no receiver": platform.text("x", ToUserName=""),
    "no moment": platform.text("x", CreateTime=""),
    "an odd number": platform.text("x", number="1 OR 1"),
    "no kind": platform.text("x", MsgType=""),
    "nothing inside": "<xml></xml>",
    "a nest of elements": "<xml>" + "<a>" * 5000 + "</a>" * 5000 + "</xml>",
}  # fmt: skip


@pytest.mark.parametrize("xml", [*HOSTILE.values(), *DAMAGED.values()], ids=[*HOSTILE, *DAMAGED])
def test_xml_that_is_hostile_or_damaged_is_rejected_without_a_word(xml):
    with pytest.raises(Rejected) as rejection:
        read_message(xml.encode())
    assert str(rejection.value) == ""


@pytest.mark.parametrize("body", [b"\xff\xfe", b"<xml>\xff</xml>", b"\x00" * 40])
def test_bytes_that_are_no_text_are_rejected(body):
    with pytest.raises(Rejected):
        read_message(body)


def test_elements_nobody_knows_are_passed_over_and_the_first_of_two_counts():
    xml = platform.text("一", Bizmsgmenuid="7").replace(
        "</xml>", "<Content>二</Content><Deep><Content>三</Content></Deep></xml>"
    )
    assert read_message(xml.encode()).text == "一"


def test_an_answer_is_whole_whatever_stands_in_it():
    odd = "]]> </Content> & <b> ]]]]>> 查询"
    assert platform.parts_of(written(Content=odd)) == {"Content": odd}


def test_nothing_of_a_message_shows_in_its_representation():
    message = read_message(platform.text("PLANTED", number=7).encode())
    assert "PLANTED" not in repr(message)
    assert platform.PERSON not in repr(message)
