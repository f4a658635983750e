"""What is looked at before a file is opened: its kind, its size, and what a zip really unpacks to.

The workbook reader lays a sheet out as one dense block of cells, so a tiny file that names a cell
far away costs gigabytes. Everything that decides that size is therefore checked here, on the bytes
as they inflate and not on what the zip says about itself.
"""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape

from django.utils.translation import gettext_lazy as _

from office.sheets.errors import UnreadableSheet

CHUNK = 1 << 20
LONGEST_ROW = 32 << 20  # bytes of XML; 100 cells of 32,767 characters, three bytes each, fit thrice
LONGEST_TAG = 200  # bytes kept so that a tag cut by two chunks is found
SHORTEST_CELL = 7  # bytes of <c><v/>, less than any filled cell takes
SMALL = 32 << 20  # a zip that unpacks to less than this is never a bomb, however dense
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    LookupError,
    NotImplementedError,
    RuntimeError,
)

WRONG_MAGIC = (
    (b"%PDF", _("This is a PDF document. Give the spreadsheet itself, saved as .xlsx or CSV.")),
    (b"\x89PNG", _("This is a picture. Give the spreadsheet itself, saved as .xlsx or CSV.")),
    (b"\xff\xd8\xff", _("This is a picture. Give the spreadsheet itself, saved as .xlsx or CSV.")),
    (b"GIF8", _("This is a picture. Give the spreadsheet itself, saved as .xlsx or CSV.")),
    (b"{\\rtf", _("This is a text document. Give the table saved as .xlsx or CSV.")),
    (b"Rar!", _("This is a packed archive. Unpack it and give the spreadsheet inside.")),
    (b"7z\xbc\xaf", _("This is a packed archive. Unpack it and give the spreadsheet inside.")),
    (b"\x1f\x8b", _("This is a packed archive. Unpack it and give the spreadsheet inside.")),
)
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_KINDS = (
    ("EncryptedPackage", _("The file is protected by a password. Save it without one.")),
    ("Workbook", _("This is an old .xls file. Open it and save it as .xlsx.")),
    ("Book", _("This is an old .xls file. Open it and save it as .xlsx.")),
    ("WordDocument", _("This is a text document. Give the table saved as .xlsx or CSV.")),
)
MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|meta|table|body|\?xml|!--)", re.IGNORECASE)
NOT_A_SHEET = _("This file is not a spreadsheet. Give an .xlsx or a CSV file.")
DAMAGED = _("The file is damaged and cannot be opened. Open it, save it again as .xlsx and retry.")
BOMB = _("The file unpacks to far more than a roster can hold. It was not opened.")
TOO_MANY_ROWS = _("The sheet has more than %(rows)d rows. Divide it into several files.")
TOO_MANY_COLUMNS = _("The sheet has more than %(columns)d columns. Keep only those of the roster.")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most a file may hold; sizes in bytes, ``ratio`` is unpacked over packed.

    A workbook with a sheet of more than ``streamed_size`` unpacked is read row by row, slower but
    without laying it out in memory; None is never.
    """

    file_size: int = 50 << 20
    unpacked_size: int = 400 << 20
    ratio: int = 200
    entries: int = 1000
    rows: int = 250_000
    columns: int = 100
    streamed_size: int | None = None


def refuse(message, code, **params):
    """Refuse the whole file.

    :raises UnreadableSheet: always.
    """
    raise UnreadableSheet(message, code=code, params=params)


def kind_of(file, limits):
    """Return "xlsx" or "text" by content, whatever the file is called.

    :raises UnreadableSheet: for an empty, an over-long and every other kind of file.
    """
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(4096)
    if not start.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        refuse(_("The file is empty."), "empty")
    if size > limits.file_size:
        message = _("The file is larger than %(megabytes)d MB. Divide it into several files.")
        refuse(message, "too_large", megabytes=limits.file_size >> 20)
    if start.startswith(b"PK"):
        return "xlsx"
    if start.startswith(OLE_MAGIC):
        _refuse_compound_document(file)
    for magic, message in WRONG_MAGIC:
        if start.startswith(magic):
            refuse(message, "wrong_type")
    if MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        message = _("This is a web page under the name of a spreadsheet. Open it, save as .xlsx.")
        refuse(message, "wrong_type")
    return "text"


def _refuse_compound_document(file):
    """Say which of the old office formats it is; their directories name streams in UTF-16."""
    file.seek(0)
    content = file.read()
    for stream, message in OLE_KINDS:
        if stream.encode("utf-16-le") in content:
            refuse(message, "password" if stream == "EncryptedPackage" else "wrong_type")
    refuse(NOT_A_SHEET, "wrong_type")


def survey(file, limits):
    """Check a workbook without opening it; return {sheet name: {(row, column): formula text}}.

    Only formulas without a stored result are returned (rows and columns from 0): the workbook
    reader shows such cells as empty, and what was typed must not vanish.

    :raises UnreadableSheet: for what is damaged, too big, protected or no workbook at all.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _survey(archive, file, limits)
    except BROKEN_ZIP as error:
        raise UnreadableSheet(DAMAGED, code="damaged") from error


def _survey(archive, file, limits):
    entries = archive.infolist()
    _check_directory(entries, limits)
    _check_is_workbook({entry.filename.lower() for entry in entries})
    formulas, small_parts, total = {}, {}, 0
    for entry in entries:
        name = entry.filename.lower()
        scan = _Keep() if name in (WORKBOOK, RELATIONS) else _RowScan(limits)
        for chunk in _inflated(file, entry):
            total += len(chunk)
            if total > limits.unpacked_size:
                refuse(BOMB, "bomb")
            scan.take(chunk)
        if isinstance(scan, _RowScan):
            scan.finish()
            formulas[name] = scan.formulas
        else:
            small_parts[name] = b"".join(scan.chunks)
    return _by_sheet_name(formulas, small_parts)


def _check_directory(entries, limits):
    if len(entries) > limits.entries:
        refuse(BOMB, "bomb")
    if any(entry.flag_bits & 1 for entry in entries):
        refuse(OLE_KINDS[0][1], "password")
    declared = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if declared > limits.unpacked_size or (declared > SMALL and declared > limits.ratio * packed):
        refuse(BOMB, "bomb")
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        refuse(DAMAGED, "damaged")


def _check_is_workbook(names):
    if WORKBOOK in names:
        return
    if "xl/workbook.bin" in names:
        refuse(_("This is an .xlsb file. Open it and save it as .xlsx."), "wrong_type")
    if "word/document.xml" in names:
        refuse(_("This is a text document. Give the table saved as .xlsx or CSV."), "wrong_type")
    if "content.xml" in names:
        refuse(_("This is an OpenDocument file. Open it and save it as .xlsx."), "wrong_type")
    message = _("This is a packed archive. Unpack it and give the spreadsheet inside.")
    refuse(message, "wrong_type")


def _inflated(file, entry):
    """Yield what the entry really unpacks to; more than it declares is refused at once."""
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        refuse(DAMAGED, "damaged")
    file.seek(entry.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        refuse(DAMAGED, "damaged")
    name_length = int.from_bytes(header[26:28], "little")
    extra_length = int.from_bytes(header[28:30], "little")
    position, size = file.tell() + name_length + extra_length, 0
    unpacking = _pieces(file, position, entry)
    for piece in unpacking:
        size += len(piece)
        if size > entry.file_size:
            refuse(BOMB, "bomb")
        yield piece
    if size != entry.file_size:
        refuse(DAMAGED, "damaged")


def _pieces(file, position, entry):
    """Yield pieces of at most ``CHUNK`` bytes; the caller may move the file in between."""
    left = entry.compress_size
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        file.seek(position)
        packed = file.read(min(left, CHUNK))
        if not packed:
            refuse(DAMAGED, "damaged")
        position, left = position + len(packed), left - len(packed)
        if inflate is None:
            yield packed
            continue
        while packed:
            yield inflate.decompress(packed, CHUNK)
            packed = inflate.unconsumed_tail
    if inflate is not None:
        yield inflate.flush()


class _Keep:
    """Keeps the two small parts that name the sheets."""

    def __init__(self):
        self.chunks = []

    def take(self, chunk):
        self.chunks.append(chunk)


class _RowScan:
    """Reads a part as it inflates and, if it is a sheet, how far it reaches and its formulas.

    Which parts are sheets is the workbook's own business, so every part is looked at.
    """

    def __init__(self, limits):
        self.limits, self.formulas = limits, {}
        self.rest, self.row_tag, self.row = b"", None, 0
        self.beyond = _beyond(limits)

    def take(self, chunk):
        text = self.rest + chunk
        if self.row_tag is None:
            found = SHEET_DATA.search(text)
            self.row_tag = found and b"<" + (found[1] or b"") + b"row"
        cut = text.rfind(self.row_tag) if self.row_tag else -1
        if cut > 0:
            self._rows(text[:cut])
            text = text[cut:]
        if self.row_tag is None:
            text = text[-LONGEST_TAG:]
        if len(text) > LONGEST_ROW:
            refuse(DAMAGED, "damaged")
        self.rest = text

    def finish(self):
        if self.row_tag:
            self._rows(self.rest)

    def _rows(self, text):
        beyond = self.beyond.search(text)
        if beyond and beyond["row"]:
            refuse(TOO_MANY_ROWS, "too_many_rows", rows=self.limits.rows)
        if beyond:
            refuse(TOO_MANY_COLUMNS, "too_many_columns", columns=self.limits.columns)
        for piece in text.split(self.row_tag):
            if piece[:1] in ROW_TAG_ENDS:
                self._row(piece)

    def _row(self, piece):
        named = ROW_NUMBER.match(piece)
        self.row = int(named[1]) if named else self.row + 1
        if not VALUES.search(piece) and b"<f" not in piece:
            return
        if self.row > self.limits.rows:
            refuse(TOO_MANY_ROWS, "too_many_rows", rows=self.limits.rows)
        could_hold_too_many = len(piece) > SHORTEST_CELL * self.limits.columns
        if could_hold_too_many and len(VALUES.findall(piece)) > self.limits.columns:
            refuse(TOO_MANY_COLUMNS, "too_many_columns", columns=self.limits.columns)
        if b"<f" in piece:
            for column, text in FORMULA_WITHOUT_RESULT.findall(piece):
                position = (self.row - 1, _column_index(column))
                self.formulas[position] = "=" + unescape(text.decode("utf-8", "replace"))


ROW_TAG_ENDS = (b" ", b"\t", b"\r", b"\n", b">", b"/")
SHEET_DATA = re.compile(rb"<([\w.-]{1,99}:)?sheetData\b")
ROW_NUMBER = re.compile(rb"[^<>]*?\sr\s*=\s*[\"'](\d{1,9})[\"']")
VALUES = re.compile(rb"<(?:[\w.-]+:)?(?:v|is)[\s>]")
FORMULA_WITHOUT_RESULT = re.compile(
    rb"<c\s[^<>]*?\br=[\"']([A-Z]+)\d+[\"'][^<>]*>\s*<f[^<>]*>([^<]+)</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)


def _beyond(limits):
    """Return the pattern of a filled cell outside the limits; small letters nobody writes."""
    digits = str(limits.rows)
    rows = [
        f"{digits[:place]}[{int(digit) + 1}-9]\\d{{{len(digits) - place - 1}}}"
        for place, digit in enumerate(digits)
        if digit != "9"
    ]
    row = "|".join([*rows, f"[1-9]\\d{{{len(digits)},}}"])
    columns = "|".join([*_columns_beyond(limits.columns), "[A-Z]{3,}", "[A-Z]*[a-z][A-Za-z]*"])
    reference = rf"(?:[A-Z]+0*(?P<row>{row})|(?:{columns})\d+)"
    return re.compile(rf"r\s*=\s*[\"']{reference}[\"'][^<>]*[^/<>]>".encode())


def _columns_beyond(columns):
    """Return patterns for the names of one and two letters after the last column allowed."""
    last_letters = {}
    for index in range(columns, 702):
        name = _column_name(index)
        last_letters.setdefault(name[:-1], []).append(name[-1])
    return [f"{lead}[{letters[0]}-Z]" for lead, letters in last_letters.items()]


def _column_name(index):
    lead, last = divmod(index, 26)
    return (chr(64 + lead) if lead else "") + chr(65 + last)


def _column_index(name):
    index = 0
    for letter in name:
        index = index * 26 + letter - 64
    return index - 1


def _by_sheet_name(formulas, parts):
    """Say which sheet each part belongs to, as the workbook and its relations name them."""
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target").lower().removeprefix("/")
        for tag in re.findall(rb"<[^<>]*Relationship\s[^<>]*>", parts.get(RELATIONS, b""))
    }
    named = {}
    for tag in re.findall(rb"<(?:[\w.-]+:)?sheet\s[^<>]*>", parts.get(WORKBOOK, b"")):
        target = targets.get(_attribute(tag, r"[\w.-]+:id"), "")
        part = target if target.startswith("xl/") else f"xl/{target}"
        named[_attribute(tag, "name")] = formulas.get(part, {})
    return named


def _attribute(tag, name):
    found = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)[\"']".encode(), tag)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""
