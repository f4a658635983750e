"""Sheets too large to be laid out in memory: read row by row out of the workbook, anew each time.

Slower than the workbook reader, but a million rows take no more memory than their distinct texts.
Merged cells are not known here, and a day is the number the cell holds (``read_date`` reads it).
The file was surveyed before: nothing in it unpacks to more than it may.
"""

import zipfile
from collections import defaultdict
from xml.parsers import expat

from office.sheets.errors import UnreadableSheet
from office.sheets.vetting import BROKEN_ZIP, DAMAGED, RELATIONS, WORKBOOK, refuse

PIECE = 1 << 18
SHARED = "xl/sharedStrings.xml"
KINDS = defaultdict(str, {"s": "shared", "b": "bool", "str": "text", "inlineStr": "text",
                          "e": "text", "d": "text"})  # fmt: skip


def large_sheets(file, limit):
    """Return [(name, part)] of the visible sheets if one takes more bytes unpacked, else [].

    :raises UnreadableSheet: when the file is damaged.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            if max(sizes.values(), default=0) <= limit:
                return []
            targets = _Relations(archive).found
            sheets = _Sheets(archive).found
    except (*BROKEN_ZIP, expat.ExpatError) as error:
        raise UnreadableSheet(DAMAGED, code="damaged") from error
    parts = [(name, _part(targets.get(link, ""))) for name, link in sheets]
    return [(name, part) for name, part in parts if part in sizes]


def _part(target):
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


class StreamedGrid:
    """One sheet of a large workbook."""

    merges = ()

    def __init__(self, name, file, part, formulas):
        self.name = name
        self._file, self._part, self._formulas = file, part, formulas
        self._strings = None

    def rows(self):
        """Yield lists of raw cells from row 1 on; a formula without a result is given as text."""
        try:
            with zipfile.ZipFile(self._file) as archive:
                if self._strings is None:
                    self._strings = _Strings(archive).found
                yield from _Rows(archive, self._part, self._strings, self._formulas)
        except (*BROKEN_ZIP, expat.ExpatError) as error:
            raise UnreadableSheet(DAMAGED, code="damaged") from error

    def close(self):
        """Give the memory back."""
        self._strings = None


class _Part:
    """Reads one part of the zip; ``begin``, ``text`` and ``end`` are told its elements."""

    def __init__(self, archive, part):
        self._locals = {}
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = lambda tag, found: self.begin(self._local(tag), found)
        self._parser.EndElementHandler = lambda tag: self.end(self._local(tag))
        self._parser.CharacterDataHandler = self.text
        self._parser.StartDoctypeDeclHandler = _no_doctype
        self._archive, self._name = archive, part

    def _local(self, tag):
        if tag not in self._locals:
            self._locals[tag] = tag.rpartition(":")[2]
        return self._locals[tag]

    def pieces(self):
        """Feed the parser piece by piece, and pause after each."""
        with self._archive.open(self._name) as part:
            while piece := part.read(PIECE):
                self._parser.Parse(piece)
                yield
            self._parser.Parse(b"", True)  # noqa: FBT003 - it takes no name
            yield

    def run(self):
        for _pause in self.pieces():
            pass

    def text(self, data):
        """Nothing is made of a text, unless somebody wants it."""

    def end(self, tag):
        """Nothing ends, unless somebody waits for it."""


def _no_doctype(*_given):
    refuse(DAMAGED, "damaged")


class _Relations(_Part):
    def __init__(self, archive):
        super().__init__(archive, RELATIONS)
        self.found = {}
        self.run()

    def begin(self, tag, found):
        if tag == "Relationship":
            self.found[found.get("Id")] = found.get("Target", "")


class _Sheets(_Part):
    def __init__(self, archive):
        super().__init__(archive, WORKBOOK)
        self.found = []
        self.run()

    def begin(self, tag, found):
        if tag == "sheet" and found.get("state", "visible") == "visible":
            link = next((value for name, value in found.items() if name.endswith(":id")), "")
            self.found.append((found.get("name", ""), link))


class _Strings(_Part):
    """The texts that cells share, in their order; how they are to be spoken is left out."""

    def __init__(self, archive):
        super().__init__(archive, SHARED)
        self.found, self._pieces, self._wanted, self._spoken = [], [], False, False
        if SHARED in archive.namelist():
            self.run()

    def begin(self, tag, found):
        if tag == "rPh":
            self._spoken = True
        self._wanted = tag == "t" and not self._spoken

    def text(self, data):
        if self._wanted:
            self._pieces.append(data)

    def end(self, tag):
        self._wanted = False
        if tag == "rPh":
            self._spoken = False
        elif tag == "si":
            self.found.append("".join(self._pieces))
            self._pieces = []


class _Rows(_Part):
    """The rows of a sheet; gaps are filled, so that rows and cells stand where they are."""

    def __init__(self, archive, part, strings, formulas):
        super().__init__(archive, part)
        self._strings, self._formulas = strings, formulas
        self._ready, self._cells, self._number = [], [], 0
        self._kind, self._column, self._pieces, self._wanted = "", 0, [], False
        self._columns = {}

    def __iter__(self):
        for _pause in self.pieces():
            yield from self._ready
            self._ready = []

    def begin(self, tag, found):
        if tag == "row":
            number = int(found.get("r", self._number + 1))
            self._ready += [[] for _gap in range(self._number + 1, number)]
            self._number, self._cells, self._column = number, [], 0
        elif tag == "c":
            if reference := found.get("r"):
                self._column = self._position(reference)
            self._kind, self._pieces = KINDS[found.get("t", "n")], []
        self._wanted = tag in ("v", "t")

    def text(self, data):
        if self._wanted:
            self._pieces.append(data)

    def end(self, tag):
        self._wanted = False
        if tag == "c":
            self._cells += [""] * (self._column - len(self._cells))
            self._cells.append(self._value("".join(self._pieces)))
            self._column += 1
        elif tag == "row":
            self._ready.append(self._cells)

    def _value(self, text):
        if not text:
            return self._formulas.get((self._number - 1, self._column), "")
        if self._kind == "shared":
            return self._strings[int(text)]
        if self._kind == "bool":
            return text == "1"
        return text if self._kind == "text" else float(text)

    def _position(self, reference):
        """Return the column of a reference such as AB12, from 0."""
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            position = 0
            for letter in letters:
                position = position * 26 + ord(letter) - 64
            self._columns[letters] = position - 1
        return self._columns[letters]
