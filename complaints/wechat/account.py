"""The official account of the bureau: what it accepts from the platform, and how it answers."""

import secrets
from dataclasses import dataclass, field

from django.conf import settings

from complaints.wechat.messages import read_message, read_parts, reply, written
from complaints.wechat.safe_mode import seal, unseal
from complaints.wechat.signatures import Rejected, is_signed, is_timely, signature


@dataclass(frozen=True)
class Account:
    """The secrets that bureau and platform share, and how old a request may be."""

    token: str = field(repr=False)
    app_id: str
    aes_key: str = field(repr=False)
    is_safe: bool
    seconds: int

    def echo(self, given, *, now):
        """Return what proves to the platform that this address has the token.

        The platform asks in the clear, in safe mode too; what it sends sealed is opened.

        :raises Rejected: if it is not signed, or was signed too long ago.
        """
        text = given.get("echostr", "")
        if self.is_safe and "msg_signature" in given:
            self._check(given, "msg_signature", text, now=now)
            return unseal(text, aes_key=self.aes_key, app_id=self.app_id)
        self._check(given, "signature", now=now)
        return text

    def message(self, given, body, *, now):
        """Return the message of a request: its query as a mapping, and its body.

        In safe mode nothing but what is sealed is read.

        :raises Rejected: if it is not signed, was signed too long ago, or is damaged.
        """
        if not self.is_safe:
            self._check(given, "signature", now=now)
            return read_message(body)
        sealed = read_parts(body).get("Encrypt", "")
        self._check(given, "msg_signature", sealed, now=now)
        return read_message(unseal(sealed, aes_key=self.aes_key, app_id=self.app_id))

    def signature_of(self, given):
        """Return the signature that was checked."""
        return given["msg_signature" if self.is_safe else "signature"]

    def answer(self, message, text, *, now):
        """Return the XML that answers a message, sealed and signed in safe mode."""
        answer = reply(message, text, now=now)
        if not self.is_safe:
            return answer
        sealed = seal(answer, aes_key=self.aes_key, app_id=self.app_id)
        timestamp, nonce = str(int(now.timestamp())), str(secrets.randbelow(10**10))
        signed = signature(self.token, timestamp, nonce, sealed)
        return written(Encrypt=sealed, MsgSignature=signed, TimeStamp=timestamp, Nonce=nonce)

    def _check(self, given, name, *parts, now):
        timestamp, nonce = given.get("timestamp", ""), given.get("nonce", "")
        signed = is_signed(given.get(name, ""), self.token, timestamp, nonce, *parts)
        if not (signed and is_timely(timestamp, now=now, seconds=self.seconds)):
            raise Rejected


def account_of_settings():
    """Return the account that the settings name, or None if they name none."""
    if not settings.WECHAT_TOKEN:
        return None
    return Account(
        token=settings.WECHAT_TOKEN,
        app_id=settings.WECHAT_APP_ID,
        aes_key=settings.WECHAT_AES_KEY,
        is_safe=settings.WECHAT_SAFE_MODE,
        seconds=settings.WECHAT_REPLAY_SECONDS,
    )
