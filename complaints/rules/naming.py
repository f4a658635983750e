"""Whether a text that leaves the bureau says who complained."""

import re
import unicodedata

SHORTEST_NAME = 2
SHORTEST_PLACE = 4
# An address or a number is told by less than the whole of it.
TAIL_OF_PHONE = 8


def marks_of(identity):
    """Return what gives somebody away: name and given name, telephone, address, as plain text."""
    name = _plain(identity.get("name", ""))
    phone = re.sub(r"\D", "", _plain(identity.get("phone", "")))
    address = _plain(identity.get("address", ""))
    marks = [name] if len(name) >= SHORTEST_NAME else []
    if len(name) > SHORTEST_NAME and not name.isascii():
        marks.append(name[1:])
    if len(phone) >= TAIL_OF_PHONE:
        marks.append(phone[-TAIL_OF_PHONE:])
    if len(address) >= SHORTEST_PLACE:
        marks.append(address)
    return marks


def names_complainant(text, identity):
    """Tell whether a text holds a mark of an identity, however it is spaced or written."""
    whole = _plain(text)
    return any(mark in whole for mark in marks_of(identity))


def _plain(text):
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or "").casefold())
