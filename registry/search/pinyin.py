"""How a name sounds: every reading people would type.

Of each character its commonest reading counts (pypinyin), and those of two tables of our own: what
it is read as when it is a surname (单 shan, 仇 qiu), and what it is read as in given names. The
ordinary reading of a surname stays, because not everybody who searches knows the other. The full
lists of dictionaries are not used: there 明 is meng as well and 王 is yu, and a search by sound
would find strangers. Of a run of characters at most twelve spellings are kept.
"""

from functools import cache
from itertools import islice, product

from pypinyin import Style, pinyin

SPELLINGS = 12
LONGEST_RUN = 6

# Readings of a character as the first of a name, before its ordinary ones.
SURNAMES = {
    "单": ("shan",), "仇": ("qiu",), "解": ("xie",), "曾": ("zeng",), "区": ("ou",),
    "查": ("zha",), "盖": ("ge", "gai"), "朴": ("piao", "pu"), "翟": ("zhai",),
    "尉": ("wei", "yu"), "覃": ("qin", "tan"), "乐": ("yue", "le"), "缪": ("miao",),
    "宓": ("mi", "fu"), "召": ("shao",), "员": ("yun",), "种": ("chong",), "黑": ("he",),
    "秘": ("bi",), "折": ("she",), "重": ("chong",), "洗": ("xian",), "繁": ("po",),
    "谌": ("chen", "shen"), "隗": ("wei", "kui"), "郗": ("xi", "chi"), "郇": ("xun", "huan"),
    "万": ("wan", "mo"), "祭": ("zhai",), "都": ("du",), "便": ("pian",), "乜": ("nie",),
}  # fmt: skip


# Further readings of a character anywhere in a name.
OTHERS = {
    "乐": ("le", "yue"), "行": ("xing", "hang"), "重": ("chong", "zhong"), "朝": ("chao", "zhao"),
    "长": ("chang", "zhang"), "茜": ("qian", "xi"), "盛": ("sheng", "cheng"),
    "晟": ("sheng", "cheng"), "传": ("chuan", "zhuan"), "藏": ("cang", "zang"),
    "调": ("diao", "tiao"), "柏": ("bai", "bo"), "强": ("qiang", "jiang"), "奇": ("qi", "ji"),
    "露": ("lu", "lou"), "薄": ("bo", "bao"), "亘": ("gen", "xuan"), "娜": ("na", "nuo"),
    "莎": ("sha", "suo"), "泊": ("bo", "po"), "伽": ("jia", "qie", "ga"), "都": ("du", "dou"),
    "阿": ("a", "e"), "勒": ("le", "lei"), "大": ("da", "dai"), "曾": ("ceng", "zeng"),
    "解": ("jie", "xie"), "查": ("cha", "zha"), "单": ("dan", "shan"), "颉": ("jie", "xie"),
    "蕃": ("fan", "bo"), "省": ("sheng", "xing"), "还": ("hai", "huan"), "降": ("jiang", "xiang"),
    "什": ("shen", "shi"), "佛": ("fo", "fu"), "校": ("xiao", "jiao"), "觉": ("jue", "jiao"),
    "期": ("qi", "ji"), "琢": ("zhuo", "zuo"),
}  # fmt: skip


@cache
def readings(char):
    """Return how a character may be read, the likeliest first; nothing for what has no pinyin."""
    found = pinyin(char, style=Style.NORMAL, errors="ignore")
    usual = found[0] if found and found[0][0].isascii() else ()
    spelled = dict.fromkeys([*usual, *OTHERS.get(char, ())])
    # Passports write lyu and nyu where keyboards want lv and nv.
    return (*spelled, *(r.replace("v", "yu") for r in spelled if r in {"lv", "nv", "lve", "nve"}))


@cache
def surname_readings(char):
    return tuple(dict.fromkeys(SURNAMES.get(char, ()) + readings(char)))


def _name_readings(name):
    return [surname_readings(char) if at == 0 else readings(char) for at, char in enumerate(name)]


def _spellings(parts):
    return {"".join(choice) for choice in islice(product(*parts), SPELLINGS)}


def syllable_runs(name, shortest=1):
    """Return how a folded name is spelled, and each run of ``shortest`` syllables or more."""
    parts = _name_readings(name)
    spans = {
        (start, end)
        for start in range(len(parts))
        for end in range(start + shortest, min(start + LONGEST_RUN, len(parts)) + 1)
    }
    if len(parts) >= shortest:
        spans.add((0, len(parts)))
    return {
        spelling
        for start, end in spans
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
