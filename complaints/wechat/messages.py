"""Messages in the platform's XML: read with a parser that takes no document type, and written."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from complaints.wechat.signatures import Rejected

NAME = re.compile(r"[A-Za-z0-9_@.-]{1,64}")
NUMBER = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True)
class Message:
    """What somebody sent or did. Its ``repr`` says nothing of who, or what."""

    sender: str = field(repr=False)
    account: str = field(repr=False)
    created: str
    kind: str
    text: str = field(default="", repr=False)
    event: str = ""
    key: str = ""
    number: str = ""

    @property
    def name(self):
        """What every sending of the message has in common; an event has no number."""
        return self.number or f"{self.sender} {self.created}"

    @property
    def content(self):
        """All of it that decides on the answer."""
        return " ".join([self.sender, self.kind, self.event, self.key, self.text])


def read_parts(body):
    """Return the texts below the root by their tags; of a tag that comes twice, the first.

    :raises Rejected: if it is no XML of the platform, or has a document type or entities.
    """
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError):
        raise Rejected from None
    if root.tag != "xml":
        raise Rejected
    return {element.tag: (element.text or "").strip() for element in reversed(root)}


def read_message(body):
    """Return the message in the XML; elements it does not know are passed over.

    :raises Rejected: if it is damaged, or lacks what every message has.
    """
    parts = read_parts(body)
    kind = parts.get("MsgType", "")
    message = Message(
        sender=parts.get("FromUserName", ""),
        account=parts.get("ToUserName", ""),
        created=parts.get("CreateTime", ""),
        kind=kind,
        text=parts.get("Content", ""),
        event=parts.get("Event", ""),
        key=parts.get("EventKey", ""),
        number="" if kind == "event" else parts.get("MsgId", ""),
    )
    names = NAME.fullmatch(message.sender) and NAME.fullmatch(message.account)
    numbers = NUMBER.fullmatch(message.created) and NUMBER.fullmatch(message.number or "0")
    if not (names and numbers and kind):
        raise Rejected
    return message


def written(**parts):
    """Return the parts as XML of the platform."""
    inner = "".join(f"<{tag}>{_cdata(str(text))}</{tag}>" for tag, text in parts.items())
    return f"<xml>{inner}</xml>"


def reply(message, text, *, now):
    """Return the XML that answers a message with a text."""
    return written(
        ToUserName=message.sender,
        FromUserName=message.account,
        CreateTime=int(now.timestamp()),
        MsgType="text",
        Content=text,
    )


def _cdata(text):
    return "<![CDATA[{}]]>".format(text.replace("]]>", "]]]]><![CDATA[>"))
