"""How a name sounds: every reading people would type.

Readings come from pypinyin; a surname has its own (单 shan, 仇 qiu), and the ordinary reading stays
as well, because the roster does not tell which of the two a person uses. Of each character at most
three readings are kept, of each run of characters at most twelve spellings, the likeliest first.
"""

from functools import cache
from itertools import islice, product

from pypinyin import Style, pinyin

READINGS = 3
SPELLINGS = 12
LONGEST_RUN = 6

# Readings of a character as the first of a name, before its ordinary ones.
SURNAMES = {
    "单": ("shan",), "仇": ("qiu",), "解": ("xie",), "曾": ("zeng",), "区": ("ou",),
    "查": ("zha",), "盖": ("ge", "gai"), "朴": ("piao", "pu"), "任": ("ren",), "华": ("hua",),
    "翟": ("zhai",), "尉": ("wei", "yu"), "覃": ("qin", "tan"), "乐": ("yue", "le"),
    "缪": ("miao",), "宓": ("mi", "fu"), "冼": ("xian",), "纪": ("ji",), "过": ("guo",),
    "车": ("che",), "召": ("shao",), "员": ("yun",), "种": ("chong",), "黑": ("he",),
    "秘": ("bi",), "折": ("she",), "重": ("chong",), "洗": ("xian",), "那": ("na",),
    "燕": ("yan",), "繁": ("po",), "谌": ("chen", "shen"), "隗": ("wei", "kui"), "逄": ("pang",),
    "郗": ("xi", "chi"), "郇": ("xun", "huan"), "万": ("wan", "mo"), "祭": ("zhai",),
    "无": ("wu",), "相": ("xiang",), "都": ("du",), "便": ("pian",), "乜": ("nie",),
}  # fmt: skip


@cache
def readings(char):
    """Return how a character may be read, the likeliest first; nothing for what has no pinyin."""
    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    spelled = [reading for reading in (found[0] if found else []) if reading.isascii()][:READINGS]
    # Passports write lyu and nyu where keyboards want lv and nv.
    return tuple(
        spelled + [r.replace("v", "yu") for r in spelled if r in {"lv", "nv", "lve", "nve"}]
    )


@cache
def surname_readings(char):
    return tuple(dict.fromkeys(SURNAMES.get(char, ()) + readings(char)))


def _name_readings(name):
    return [surname_readings(char) if at == 0 else readings(char) for at, char in enumerate(name)]


def _spellings(parts):
    return {"".join(choice) for choice in islice(product(*parts), SPELLINGS)}


def syllable_runs(name):
    """Return the spellings of each run of syllables of a folded name, and of the whole name."""
    parts = _name_readings(name)
    spans = [
        (start, end)
        for start in range(len(parts))
        for end in range(start + 1, min(start + LONGEST_RUN, len(parts)) + 1)
    ]
    return {
        spelling
        for start, end in {*spans, (0, len(parts))}
        if all(parts[start:end])
        for spelling in _spellings(parts[start:end])
    }


def initials(name):
    """Return the first letters of the syllables, from the start of a folded name, two or more."""
    letters = [sorted({reading[0] for reading in part}) for part in _name_readings(name)]
    return {
        spelling
        for end in range(2, len(letters) + 1)
        if all(letters[:end])
        for spelling in _spellings(letters[:end])
    }


def sounds(word):
    """Return the spellings of a word; none if one of its characters has no sound."""
    parts = [surname_readings(char) for char in word]
    return _spellings(parts) if parts and all(parts) else set()
