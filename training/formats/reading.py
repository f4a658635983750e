"""A file of questions, whatever its format: told by its content first, by its name second."""

import codecs
import re
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from training.formats.aiken import read_aiken
from training.formats.gift import read_gift
from training.formats.items import UnreadableQuestions
from training.formats.moodle_xml import read_moodle_xml
from training.formats.tables import MOST_QUESTIONS, read_table

ENCODINGS = ("utf-8-sig", "gb18030")
MOST_BYTES = 10 << 20
TABLES = {".csv", ".xlsx", ".xls", ".xlsm"}
XML = re.compile(rb"\s*<(?:\?xml|quiz|!DOCTYPE)", re.IGNORECASE)
AIKEN = re.compile(r"^\s*(?:ANSWER|答案)\s*[:：]", re.IGNORECASE | re.MULTILINE)
EMPTY = _("The file is empty.")
TOO_LARGE = _("The file is larger than %(megabytes)d MB. Divide it into several files.")
NO_TEXT = _("The file is no text. Give a GIFT, Aiken or Moodle XML file, an .xlsx or a CSV.")
NO_QUESTIONS = _("No question was found in the file.")
TOO_MANY = _("The file holds more than %(most)d questions. Divide it into several files.")


def read_questions(data, name):
    """Return the questions of a file (its bytes and its name) as items, in their order.

    :raises UnreadableQuestions: when the file as a whole cannot be taken.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableQuestions(EMPTY)
    if len(data) > MOST_BYTES:
        raise UnreadableQuestions(TOO_LARGE, params={"megabytes": MOST_BYTES >> 20})
    items = _read(data, PurePath(name).suffix.lower())
    if not items:
        raise UnreadableQuestions(NO_QUESTIONS)
    if len(items) > MOST_QUESTIONS:
        raise UnreadableQuestions(TOO_MANY, params={"most": MOST_QUESTIONS})
    return items


def _read(data, suffix):
    if data.startswith(b"PK") or suffix in TABLES:
        try:
            return read_table(BytesIO(data))
        except ValidationError as refusal:
            raise UnreadableQuestions(refusal.messages) from refusal
    if XML.match(data.removeprefix(codecs.BOM_UTF8)) or suffix == ".xml":
        return read_moodle_xml(data)
    text = decoded(data)
    is_aiken = AIKEN.search(text) and "{" not in text
    return read_aiken(text) if is_aiken else read_gift(text)


def decoded(data):
    """Return bytes as text.

    :raises UnreadableQuestions: if they are none.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableQuestions(NO_TEXT)
