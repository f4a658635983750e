"""WeChat's platform as the official account sees it: signs, seals, sends, sends again, reads.

Written from the platform's rules alone, with nothing of the product, so that both must agree.
"""

import base64
import hashlib
import os
import struct
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode
from xml.etree import ElementTree

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from django.conf import settings
from django.utils import timezone

ADDRESS = "/wechat/"
TOKEN, APP_ID = "MediatorToken2026", "wx1234567890abcdef"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
BUREAU, PERSON = "gh_bureau", "oPLANTED-openid_0001"
_numbers = count(24000000000000001)


def signed(*parts):
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324


def _cipher():
    key = base64.b64decode(AES_KEY + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def encrypted(body):
    """Encrypt bytes as they are, without padding them."""
    encryptor = _cipher().encryptor()
    return base64.b64encode(encryptor.update(body) + encryptor.finalize()).decode()


def packed(xml, app_id=APP_ID, filler=None):
    content = xml.encode()
    return (filler or os.urandom(16)) + struct.pack("!I", len(content)) + content + app_id.encode()


def padded(body):
    padder = PKCS7(256).padder()
    return padder.update(body) + padder.finalize()


def sealed(xml, app_id=APP_ID):
    return encrypted(padded(packed(xml, app_id)))


def unsealed(text):
    decryptor = _cipher().decryptor()
    body = decryptor.update(base64.b64decode(text)) + decryptor.finalize()
    unpadder = PKCS7(256).unpadder()
    body = unpadder.update(body) + unpadder.finalize()
    (length,) = struct.unpack("!I", body[16:20])
    assert body[20 + length :].decode() == APP_ID
    return body[20 : 20 + length].decode()


def xml_of(**parts):
    inner = "".join(
        f"<{tag}>{text}</{tag}>" if str(text).isdigit() else f"<{tag}><![CDATA[{text}]]></{tag}>"
        for tag, text in parts.items()
    )
    return f"<xml>{inner}</xml>"


def head(sender=PERSON, at=None, **parts):
    at = int(timezone.now().timestamp()) if at is None else at
    return {"ToUserName": BUREAU, "FromUserName": sender, "CreateTime": at} | parts


def text(content, number=None, **parts):
    number = number or next(_numbers)
    return xml_of(**head(**{"MsgType": "text", "Content": content, "MsgId": number} | parts))


def event(name, key="", **parts):
    return xml_of(**head(**{"MsgType": "event", "Event": name, "EventKey": key} | parts))


def parts_of(xml):
    return {element.tag: element.text for element in ElementTree.fromstring(xml)}  # noqa: S314


@dataclass
class Platform:
    """Sends with a client of Django in the mode of the account; ``sent`` is all that came back."""

    client: object
    is_safe: bool
    sent: list = field(default_factory=list)

    def __post_init__(self):
        # Sentences are compared in the language of the code.
        self.client.cookies["django_language"] = "en"

    def query(self, *parts, name="signature", at=None, nonce=None, **given):
        timestamp = str(int(timezone.now().timestamp()) if at is None else at)
        nonce = nonce or str(int.from_bytes(os.urandom(4)))
        signature = signed(TOKEN, timestamp, nonce, *parts)
        return {name: signature, "timestamp": timestamp, "nonce": nonce} | given

    def verify(self, echostr="5927782489442352469", **given):
        if not self.is_safe:
            return self.client.get(ADDRESS, self.query(echostr=echostr, **given))
        secret = sealed(echostr)
        query = self.query(secret, name="msg_signature", echostr=secret, **given)
        return self.client.get(ADDRESS, query)

    def post(self, body, query):
        address = f"{ADDRESS}?{urlencode(query)}"
        answer = self.client.post(address, body, content_type="text/xml")
        self.sent.append(answer)
        return answer

    def request(self, xml, app_id=APP_ID, **given):
        """Return the body and the query with which a message is sent."""
        if not self.is_safe:
            return xml, self.query(openid=PERSON, **given)
        secret = sealed(xml, app_id)
        body = xml_of(ToUserName=BUREAU, Encrypt=secret)
        more = {"encrypt_type": "aes", "openid": PERSON}
        return body, self.query(secret, name="msg_signature", **more, **given)

    def send(self, xml, **given):
        return self.post(*self.request(xml, **given))

    def read(self, answer):
        """Return the text that the person sees; of “success”, none."""
        assert answer.status_code == 200, answer.status_code
        content = answer.content.decode()
        if content == "success":
            return None
        parts = parts_of(content)
        if self.is_safe:
            given = [TOKEN, parts["TimeStamp"], parts["Nonce"], parts["Encrypt"]]
            assert parts["MsgSignature"] == signed(*given)
            parts = parts_of(unsealed(parts["Encrypt"]))
        assert (parts["FromUserName"], parts["MsgType"]) == (BUREAU, "text")
        assert parts["ToUserName"] != BUREAU
        return parts["Content"]

    def say(self, content, **parts):
        return self.read(self.send(text(content, **parts)))


def set_up(settings=settings, *, is_safe):
    """Let the settings name the account of this platform."""
    settings.WECHAT_TOKEN, settings.WECHAT_APP_ID = TOKEN, APP_ID
    settings.WECHAT_AES_KEY, settings.WECHAT_SAFE_MODE = AES_KEY, is_safe
    settings.WECHAT_REPLAY_SECONDS, settings.WECHAT_QUERIES_PER_HOUR = 300, 5
    settings.SITE_URL = "https://tiaojie.example.gov.cn"
