"""What is drawn for a character no vendored font has: never a silent blank."""

from office.papers.fonts import is_invisible, missing_glyphs

SUBSTITUTE = "〓"  # U+3013, the geta mark, in public use for a character that is not at hand


class Gaps:
    """The substitutes used in one paper, numbered in order of first appearance."""

    def __init__(self):
        self.marks = {}

    def mend(self, text):
        """Return `text` as it can be drawn: substitutes with note numbers, no invisible marks."""
        for char in missing_glyphs(text):
            self.marks.setdefault(char, f"{SUBSTITUTE}{number_mark(len(self.marks) + 1)}")
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        return "".join(
            self.marks.get(char, char) for char in text if char == "\n" or not is_invisible(char)
        )

    def note(self):
        """Return the note that names every substituted character, or an empty string."""
        if not self.marks:
            return ""
        named = "；".join(f"{mark} U+{ord(char):04X}" for char, mark in self.marks.items())
        return f"注：{SUBSTITUTE}代替字库中没有的字，各字的统一码为：{named}。"


def number_mark(number):
    """Return the note number as Chinese print has it: ① to ⑳, then (21)."""
    return chr(0x2460 + number - 1) if number <= 20 else f"({number})"
