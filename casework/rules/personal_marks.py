"""What in a text tells who somebody is: where it stands, how sure that is, what to write instead.

A certain mark bars publication. A likely one may be something else: somebody looks at it and says
so with a reason. Written forms such as 张某, 李某某 and 某村 tell nobody and are no marks.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from casework.rules.surnames import COMPOUND, SURNAMES, WORDS
from office.identity import PROVINCES
from registry.rules import CARD, ID_NUMBER, PHONE, number_spans


class Severity(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"


class MarkKind(StrEnum):
    ID_NUMBER = "id_number"
    MOBILE = "mobile"
    LANDLINE = "landline"
    CARD = "card"
    PLATE = "plate"
    EMAIL = "email"
    ACCOUNT = "account"
    ADDRESS = "address"
    PARTY = "party"
    NAME = "name"
    PLACE = "place"


@dataclass(frozen=True)
class Mark:
    """A part ``[start, end)`` of a text as it was written, and what might stand there instead."""

    start: int
    end: int
    kind: MarkKind
    severity: Severity
    text: str
    suggestion: str = ""

    @property
    def is_certain(self):
        return self.severity == Severity.CERTAIN


@dataclass(frozen=True)
class Known:
    """Who and what the text must not name: parties, with units among them, and places."""

    people: tuple = ()
    units: tuple = ()
    places: tuple = ()


K, CERTAIN, LIKELY = MarkKind, Severity.CERTAIN, Severity.LIKELY
NUMBER_KINDS = {ID_NUMBER: K.ID_NUMBER, PHONE: K.MOBILE, CARD: K.CARD}
CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九幺", "001234567891")
SPOKEN_NUMBER = re.compile(r"[〇零一二三四五六七八九幺]{11,}")
MOBILE_AFTER_LETTERS = re.compile(r"(?<=[A-Za-z])1[3-9][0-9]{9}(?![0-9A-Za-z])")
LIKE_AN_ID = re.compile(
    r"(?<![0-9A-Za-z])(?:[1-8][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]{3}[0-9Xx]"
    r"|[1-8][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]{3})(?![0-9A-Za-z])"
)
LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])(?:[(]?0(?:10|2[0-9]|[3-9][0-9]{2})[)]?[ \-‐-―]{0,2}"
    r"|(?<=电话)[:是为 ]{0,3}|(?<=座机)[:是为 ]{0,3})([2-8][0-9]{2,3}[ -]?[0-9]{4})(?![0-9A-Za-z])"
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使] ?[A-HJ-NP-Z][ .·•‧-]{0,2}"
    r"(?=[A-Z0-9]*[0-9])[A-HJ-NP-Z0-9]{4,6}[挂学警港澳领]?(?![A-Za-z0-9])",
    re.I,
)
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+ ?@ ?[A-Za-z0-9-]+(?: ?\. ?[A-Za-z0-9-]+)+")
ACCOUNT = re.compile(
    r"(?:微信号?|威信|V信|VX|WX|WeChat|QQ号?|抖音号?|支付宝账?号?)(?:号|账号|名)?[ :为是]{0,3}"
    r"([A-Za-z][A-Za-z0-9_-]{4,19}|(?<=[Qq号: 为是])[1-9][0-9]{4,11})(?![A-Za-z0-9_-])",
    re.I,
)
COUNTED = "[0-9一二三四五六七八九十百]"
WAY = "(?:路|街|巷|弄|道|村|湾|坞|小区|新村|苑|园|里|坊|庄|花园|公寓|大厦|组|社区|家园|名邸)"
DOOR = "(?:号楼?|弄|幢|栋|座|单元|室)"
FLAT = f"(?:{COUNTED}{{1,2}} ?单元 ?)?{COUNTED}{{1,5}} ?(?:室|号)?"
ADDRESS = re.compile(
    rf"[一-鿿]{{1,8}}?{WAY} ?(?:{COUNTED}{{1,5}} ?(?:-{COUNTED}{{1,4}} ?)?{DOOR} ?)+"
    rf"(?:{COUNTED}{{1,5}} ?(?:单元|室|号|层|楼)? ?)*"
    rf"|{COUNTED}{{1,4}} ?(?:幢|栋|号楼|座) ?{FLAT}"
)
NOT_A_DOOR = re.compile(r"号(?:文|令|案|线|井|机|桩|车|地块|窗口|法庭|调解室)")
ROLES = (
    "申请人|被申请人|当事人|原告|被告|村民|居民|业主|户主|员工|职工|工人|民工|司机|驾驶员|患者|死者|伤者|逝者|租客|租户|"
    "房东|店主|老板|经理|厂长|丈夫|妻子|儿子|女儿|父亲|母亲|公公|婆婆|儿媳|女婿|哥哥|弟弟|姐姐|妹妹|大哥|二哥|大姐|邻居|"
    "证人|代理人|调解员|主任|书记|律师|法官|民警|医生|老师|姓名|名叫|叫做|名为|男方|女方|债权人|债务人|出借人|借款人|"
    "承租人|出租人|承包人|雇主|雇员|车主|户名"
)
NEVER_GIVEN = frozenset("某氏姓的了在与及等因已未不是对被把说称又也都就并至")
# They begin a given name (有田, 为民) but do not end one.
NOT_LAST = frozenset("和有为向将到从")
AFTER_A_ROLE = re.compile(rf"(?:{ROLES})[ :]{{0,2}}(?=[一-鿿]{{2}})")
BEFORE_WHAT_PEOPLE_DO = re.compile(
    r"(?:先生|女士|小姐|同志|老汉|大爷|大妈|大伯|大娘|阿姨|师傅|老师|律师|医生|老伯|奶奶|爷爷|诉称|辩称|认为|表示|声称|"
    r"提出|主张|要求|拒绝|同意|承诺|签字|诉[一-鿿]|之子|之妻|之女|之父|之母|夫妇|夫妻|一家|一方|[(,，]男|[(,，]女|等人)"
)
TWO_SIDES = re.compile("[与和及、跟同诉]")
DOTTED = re.compile(r"[一-鿿]{2,6}[·•‧][一-鿿]{2,8}")


def marks_in(text, known=Known()):
    """Return the marks of a text in the order of their places; no two overlap.

    Where two would, the certain one stays, then the longer.
    """
    plain, places = _unfolded(text)
    found = [
        *_numbers(plain),
        *_patterns(plain),
        *_known(plain, known),
        *_guessed_names(plain),
    ]
    found.sort(key=lambda mark: (mark[3] != CERTAIN, -(mark[1] - mark[0]), mark[0]))
    chosen = []
    for mark in found:
        if all(mark[1] <= start or mark[0] >= end for start, end, *_rest in chosen):
            chosen.append(mark)
    return [_as_written(text, places, mark) for mark in sorted(chosen)]


def pieces(text, marks):
    """Yield (part of the text, its mark or None), so that a page can show marks in their place."""
    at = 0
    for mark in marks:
        if mark.start > at:
            yield text[at : mark.start], None
        yield text[mark.start : mark.end], mark
        at = mark.end
    if at < len(text):
        yield text[at:], None


def instead_of_name(name):
    """Return what may stand for a name: 张三 becomes 张某, 李小明 李某某."""
    surname = name[:2] if name[:2] in COMPOUND else name[:1]
    return surname + ("某" if len(name) - len(surname) < 2 else "某某")


def _unfolded(text):
    """Return the text in half-width characters, and the place of each in the text as written."""
    plain, places = [], []
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKC", character):
            # What joins words invisibly would hide a number from who looks for it.
            if unicodedata.category(one) != "Cf":
                plain.append(" " if one in "\t　" else one)
                places.append(place)
    return "".join(plain), [*places, len(text)]


def _as_written(text, places, mark):
    start, end, kind, severity, suggestion = mark
    first, last = places[start], places[end - 1] + 1
    return Mark(first, last, kind, severity, text[first:last], suggestion)


def _numbers(plain):
    spoken = SPOKEN_NUMBER.sub(lambda run: run[0].translate(CHINESE_DIGITS), plain)
    for kind, start, end in number_spans(spoken):
        yield start, end, NUMBER_KINDS[kind], CERTAIN, ""
    for found in MOBILE_AFTER_LETTERS.finditer(plain):
        yield *found.span(), K.MOBILE, CERTAIN, ""
    for found in LIKE_AN_ID.finditer(plain):
        if PROVINCES.match(found[0]):
            yield *found.span(), K.ID_NUMBER, LIKELY, ""
    for found in LANDLINE.finditer(plain):
        yield *found.span(), K.LANDLINE, LIKELY, ""


def _patterns(plain):
    for found in PLATE.finditer(plain):
        yield *found.span(), K.PLATE, CERTAIN, "某号牌"
    for found in EMAIL.finditer(plain):
        yield *found.span(), K.EMAIL, CERTAIN, ""
    for found in ACCOUNT.finditer(plain):
        yield *found.span(1), K.ACCOUNT, CERTAIN, ""
    for found in ADDRESS.finditer(plain):
        if not NOT_A_DOOR.match(plain, found.end() - 1):
            yield *found.span(), K.ADDRESS, LIKELY, "某处"


def _known(plain, known):
    for name in known.people:
        yield from _written(plain, name, K.PARTY, CERTAIN, instead_of_name(name))
        if len(given := name[1:]) == 2:
            yield from _written(plain, given, K.PARTY, LIKELY, instead_of_name(name))
    for name in known.units:
        yield from _written(plain, name, K.PARTY, CERTAIN, "某单位")
    for name in known.places:
        yield from _written(plain, name, K.PLACE, LIKELY, f"某{name[-1:]}")


def _written(plain, name, kind, severity, suggestion):
    """Find a name however its characters are spaced; one character alone is no name."""
    letters = [one for one in unicodedata.normalize("NFKC", name) if not one.isspace()]
    if len(letters) > 1:
        for found in re.finditer(r"[ ·]{0,2}".join(map(re.escape, letters)), plain):
            yield *found.span(), kind, severity, suggestion


def _guessed_names(plain):
    for found in DOTTED.finditer(plain):
        yield *found.span(), K.NAME, LIKELY, "某某"
    for found in AFTER_A_ROLE.finditer(plain):
        yield from _name_from(plain, found.end())
    for found in BEFORE_WHAT_PEOPLE_DO.finditer(plain):
        yield from _name_until(plain, found.start())
    for found in TWO_SIDES.finditer(plain):
        before = [*_name_until(plain, found.start())]
        after = [*_name_from(plain, found.end())]
        if before and after:
            yield from [*before, *after]


def _name_from(plain, start):
    """Yield the name that begins at a place, the longer where both could be."""
    for length in (4, 3, 2):
        name = plain[start : start + length]
        if _is_like_a_name(name, length):
            yield start, start + length, K.NAME, LIKELY, instead_of_name(name)
            return


def _name_until(plain, end):
    """Yield the name that ends at a place."""
    for length in (3, 2, 4):
        name = plain[max(end - length, 0) : end]
        if _is_like_a_name(name, length):
            yield end - length, end, K.NAME, LIKELY, instead_of_name(name)
            return


def _is_like_a_name(name, length):
    if len(name) != length or not re.fullmatch(r"[一-鿿]+", name):
        return False
    if name[:2] in COMPOUND:
        given = name[2:]
    elif length < 4 and name[0] in SURNAMES and name[:2] not in WORDS:
        given = name[1:]
    else:
        return False
    is_given = 1 <= len(given) <= 2 and given[-1] not in NOT_LAST
    return is_given and not set(given) & NEVER_GIVEN
