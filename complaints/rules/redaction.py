"""What of a complaint must not reach the unit: found in the text, with what to write instead.

A certain find is who complained, or a number that leads to a person; the sheet cannot go out with
it. A likely find may tell who complained as well (a relation, a day, a place): a person looks at
it. The name of the person complained of stays; it is what the sheet is about.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from registry.rules import CARD, ID_NUMBER, PHONE, number_spans


class PieceKind(StrEnum):
    NAME = "name"
    CALLED = "called"
    PARTY = "party"
    MOBILE = "mobile"
    LANDLINE = "landline"
    ID_NUMBER = "id_number"
    CARD = "card"
    ADDRESS = "address"
    PLACE = "place"
    PLATE = "plate"
    ACCOUNT = "account"
    EMAIL = "email"
    RELATION = "relation"
    DAY = "day"


K = PieceKind
# Finds that only a person can judge: the words stay until somebody changes them.
TO_BE_JUDGED = {K.RELATION, K.DAY, K.PLACE}
INSTEAD = {
    K.NAME: "投诉人", K.CALLED: "投诉人", K.MOBILE: "（电话略）", K.LANDLINE: "（电话略）",
    K.ID_NUMBER: "（证件号略）", K.CARD: "（账号略）", K.ADDRESS: "某处", K.PLATE: "（车牌略）",
    K.ACCOUNT: "（账号略）", K.EMAIL: "（邮箱略）",
}  # fmt: skip
NUMBER_KINDS = {ID_NUMBER: K.ID_NUMBER, PHONE: K.MOBILE, CARD: K.CARD}


@dataclass(frozen=True)
class Suggestion:
    """A part ``[start, end)`` of a text as it was written, and what is to stand there instead."""

    start: int
    end: int
    kind: PieceKind
    text: str
    replacement: str

    @property
    def is_certain(self):
        return self.kind not in TO_BE_JUDGED


@dataclass(frozen=True)
class Hidden:
    """Who must not be known by the text: the complainant, and others who took part."""

    name: str = ""
    phone: str = ""
    address: str = ""
    others: tuple = ()
    parties: tuple = ()

    @classmethod
    def of(cls, identity, parties=()):
        """Read the identity of a complaint, a mapping; what else it may hold is hidden as well."""
        named = {key: str(identity.get(key) or "") for key in ("name", "phone", "address")}
        rest = [str(value) for key, value in identity.items() if key not in named and value]
        return cls(**named, others=tuple(rest), parties=tuple(parties))

    @property
    def names(self):
        """The names of the complainants: several may sign."""
        return [one for one in re.split(r"[、,，;；/和与及\s]+", self.name) if len(one) > 1]


COMPOUND = {"欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "公孙", "慕容", "令狐", "夏侯", "尉迟"}
TITLES = (
    "女士|先生|小姐|同志|师傅|老师|大姐|大哥|大爷|大妈|大伯|大娘|大嫂|阿姨|叔叔?|伯伯?|"
    "婶婶?|嫂子?|姑娘|奶奶|爷爷|姐|哥|妹|弟|"
    "老板|总|医生|主任|会计|书记|老汉|老太|某某?|氏|家"
)
CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九幺", "001234567891")
SPOKEN = re.compile(r"[〇零一二三四五六七八九幺0-9]{7,}")
LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])(?:[(]?0(?:10|2[0-9]|[3-9][0-9]{2})[)]?[ \-‐-―]{0,2}"
    r"[2-8][0-9]{2,3}[ -]?[0-9]{4}"
    r"|(?:(?<=电话)|(?<=座机)|(?<=打))[:是为 ]{0,3}[2-8][0-9]{2,3}[ -]?[0-9]{4})(?![0-9A-Za-z])"
)
LIKE_AN_ID = re.compile(
    r"(?<![0-9])[1-8][0-9]{5} ?(?:18|19|20)[0-9]{2} ?(?:0[1-9]|1[0-2])[0-3][0-9] ?[0-9]{3}[0-9Xx]"
    r"(?![0-9])"
)
LIKE_A_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9](?:[ .·‐-―-]{0,2}[0-9]){8}(?![0-9])")
LAST_DIGITS = re.compile(r"尾号[为是:]? ?[0-9]{3,4}")
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-HJ-NP-Z][ .·•-]{0,2}"
    r"(?=[A-Z0-9]*[0-9])[A-HJ-NP-Z0-9]{4,6}(?![A-Za-z0-9])",
    re.I,
)
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+ ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
ACCOUNT = re.compile(
    r"(?:微信号?|威信|V信|VX|WX|WeChat|QQ号?|抖音号?|支付宝账?号?)"
    r"(?:号|账号|名|昵称)?[ :为是叫]{0,3}"
    r"([A-Za-z][A-Za-z0-9_-]{4,19}|[1-9][0-9]{4,11})(?![A-Za-z0-9_-])",
    re.I,
)
COUNT = "[0-9一二三四五六七八九十百]"
DOOR = "(?:号楼|弄|幢|栋|座|单元|室|号(?!文|令|案|线|窗口|调解室|楼道))"
ADDRESS = re.compile(
    r"[一-鿿]{2,8}?(?:路|街|巷|弄|道|村|小区|新村|苑|园|里|坊|花园|公寓|大厦|组|社区|家园)"
    rf" ?(?:{COUNT}{{1,5}} ?(?:[-之] ?{COUNT}{{1,4}} ?)?(?:组|{DOOR}) ?)+(?:{COUNT}{{1,5}}室?)?"
    rf"|{COUNT}{{1,4}} ?(?:幢|栋|号楼|座|单元|组) ?"
    rf"(?:{COUNT}{{1,5}} ?(?:单元|室|号) ?)*(?:{COUNT}{{3,4}}室?)?"
    rf"|(?<![{COUNT[1:-1]}]){COUNT}{{3,4}}室"
)
KIN = (
    "丈夫|妻子|老公|老婆|爱人|儿子|女儿|父亲|母亲|爸爸?|妈妈?|公公|婆婆|岳父|岳母|儿媳|女婿|"
    "哥哥|弟弟|姐姐|妹妹|孙子|孙女|遗孀|家属|亲属|叔叔|伯伯|舅舅|外甥|侄子|侄女|邻居|房东|租客|雇主|老板|同事|合伙人"
)
RELATION = re.compile(
    r"(?:我|本人|投诉人)(?:就|也|便)?(?:是|系|作为)[^，。；！？,;\n]{1,16}"
    rf"(?:{KIN}|一方|当事人|申请人|业主|员工|职工|户主)"
    rf"|我(?:的)?(?:{KIN})|我家[隔对楼旁][^，。；,\n]{{0,8}}"
    r"|(?:唯一|只有我)(?:的)?[^，。；,\n]{0,10}"
    r"|我(?:在|开的|经营)[^，。；,\n]{1,14}(?:店|厂|公司|摊|超市|饭馆|诊所|学校|医院|工作|上班)"
)
DAY = re.compile(
    rf"(?:20[0-9]{{2}} ?年 ?)?{COUNT}{{1,2}} ?月 ?{COUNT}{{1,3}} ?[日号]"
    r"(?:上午|下午|晚上|中午|凌晨)?"
    r"(?:[0-9]{1,2}[点时:][0-9]{0,2}分?)?|20[0-9]{2}[-./][01]?[0-9][-./][0-3]?[0-9]"
)
VILLAGE = re.compile(r"[一-鿿]{2,4}?(?:村|社区|小区)(?!委|调|人民|两委)")


def suggestions(text, hidden, keep=()):
    """Return what should not stand in a text, in order; no two overlap.

    Where two would, the certain one stays, then the longer. ``keep`` are names that must stay.
    """
    plain, places = unfolded(text)
    kept = [found.span() for name in keep if name for found in _spelt(plain, name)]
    found = [*_known(plain, hidden), *_numbers(plain), *_patterns(plain)]
    found.sort(key=lambda one: (one[2] in TO_BE_JUDGED, -(one[1] - one[0]), one[0]))
    chosen = []
    for start, end, *rest in found:
        taken = [(one[0], one[1]) for one in chosen] + kept
        if all(end <= low or start >= high for low, high in taken):
            chosen.append((start, end, *rest))
    return [_as_written(text, places, one) for one in sorted(chosen)]


def redacted(text, chosen):
    """Return the text with the replacements of the chosen suggestions."""
    for one in sorted(chosen, key=lambda one: one.start, reverse=True):
        text = text[: one.start] + one.replacement + text[one.end :]
    return text


def leftovers(text, hidden):
    """Return the kinds of what may on no account go out and still stands in a text, in order."""
    squeezed = _squeezed(text)
    found = [(K.NAME, name) for name in hidden.names] + [(K.PARTY, one) for one in hidden.parties]
    found += [(K.ADDRESS, hidden.address), (K.MOBILE, hidden.phone)]
    found += [(K.ACCOUNT, one) for one in hidden.others]
    kinds = {kind for kind, piece in found if _squeezed(piece) and _squeezed(piece) in squeezed}
    plain, _places = unfolded(text)
    kinds |= {one[2] for one in _numbers(plain) if one[2] != K.LANDLINE}
    return [kind for kind in K if kind in kinds]


def doubtful(text, hidden, keep=()):
    """Return what in a text that is to go out somebody should look at once more."""
    return [one for one in suggestions(text, hidden, keep) if one.kind not in {K.DAY}]


def pieces(text, found):
    """Yield (part of the text, its suggestion or None), so that a page can show them in place."""
    at = 0
    for one in found:
        if one.start > at:
            yield text[at : one.start], None
        yield text[one.start : one.end], one
        at = one.end
    if at < len(text):
        yield text[at:], None


def unfolded(text):
    """Return the text in half-width characters, and the place of each in the text as written."""
    plain, places = [], []
    for place, character in enumerate(text):
        for one in unicodedata.normalize("NFKC", character):
            # What joins characters invisibly would hide a name from who looks for it.
            if unicodedata.category(one) != "Cf":
                plain.append(" " if one in "\t　" else one)
                places.append(place)
    return "".join(plain), [*places, len(text)]


def _squeezed(text):
    plain, _places = unfolded(text)
    return re.sub(r"[\s·.\-‐-―_*]", "", plain).lower()


def _as_written(text, places, find):
    start, end, kind, replacement = find
    first, last = places[start], places[end - 1] + 1
    shown = text[first:last] if kind in TO_BE_JUDGED else replacement
    return Suggestion(first, last, kind, text[first:last], shown)


def _known(plain, hidden):
    for name in hidden.names:
        yield from _name(plain, name)
    for number, name in enumerate(hidden.parties):
        for found in _spelt(plain, name):
            yield *found.span(), K.PARTY, f"当事人{'甲乙丙丁戊己庚辛'[number % 8]}"
    for piece in _parts_of_address(hidden.address):
        for found in _spelt(plain, piece):
            yield *found.span(), K.ADDRESS, INSTEAD[K.ADDRESS]
    for piece in (hidden.phone, *hidden.others):
        for found in _spelt(plain, piece):
            kind = K.MOBILE if piece == hidden.phone else K.ACCOUNT
            yield *found.span(), kind, INSTEAD[kind]


def _name(plain, name):
    """Find a complainant's name, its given part, and how people are called by it."""
    surname = name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
    given = name[len(surname) :]
    for found in _spelt(plain, name):
        yield *found.span(), K.NAME, INSTEAD[K.NAME]
    called = [rf"{surname}(?:{TITLES})", rf"(?<![一-鿿])[老小阿]{surname}(?![一-鿿]?[财款])"]
    called.append(rf"(?:我是|叫我|喊我|对)[老小阿]{surname}")
    if len(given) > 1:
        called += [re.escape(given), rf"[阿小老]{given[-1]}(?=[，。、；：,.;:\s说讲是的]|$)"]
        called.append(rf"{given[-1]}(?:姐|哥|叔|婶|嫂|伯|姨)")
    for pattern in called:
        for found in re.finditer(pattern, plain):
            yield *found.span(), K.CALLED, INSTEAD[K.CALLED]


def _spelt(plain, piece):
    """Find a piece however its characters are spaced; one character alone is no name."""
    letters = [one for one in unicodedata.normalize("NFKC", piece) if not re.match(r"[\s·\-]", one)]
    if len(letters) < 2:
        return []
    return list(re.finditer(r"[ ·.\-‐-―_*]{0,2}".join(map(re.escape, letters)), plain, re.I))


def _parts_of_address(address):
    """Return an address as a whole, and what is left of it without province, city and county."""
    plain = unicodedata.normalize("NFKC", address).strip()
    parts = [plain]
    for mark in ("省", "市", "县", "区", "镇", "乡", "街道"):
        _head, found, tail = parts[-1].partition(mark)
        if found and len(tail.strip()) > 2:
            parts.append(tail.strip())
    return [part for part in parts if len(part) > 2]


def _numbers(plain):
    spoken = SPOKEN.sub(lambda run: run[0].translate(CHINESE_DIGITS), plain)
    for kind, start, end in number_spans(spoken):
        yield start, end, NUMBER_KINDS[kind], INSTEAD[NUMBER_KINDS[kind]]
    for pattern, kind in [
        (LIKE_AN_ID, K.ID_NUMBER), (LIKE_A_MOBILE, K.MOBILE), (LANDLINE, K.LANDLINE),
        (LAST_DIGITS, K.LANDLINE),
    ]:  # fmt: skip
        for found in pattern.finditer(spoken):
            yield *found.span(), kind, INSTEAD[kind]


def _patterns(plain):
    for pattern, kind, group in [
        (PLATE, K.PLATE, 0), (EMAIL, K.EMAIL, 0), (ACCOUNT, K.ACCOUNT, 1), (ADDRESS, K.ADDRESS, 0),
        (RELATION, K.RELATION, 0), (DAY, K.DAY, 0), (VILLAGE, K.PLACE, 0),
    ]:  # fmt: skip
        for found in pattern.finditer(plain):
            yield *found.span(group), kind, INSTEAD.get(kind, "")
