"""What a cell of a file of cases says: amounts, numbers of people, parts of mediators, names.

Every reader returns ``(value, fault)``: a value, or the code of the reason why there is none.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from math import gcd

MARKS = re.compile(
    r"人民币|rmb|cny|[￥¥,，\s]|(?<=\d)元整?$|(?<=[万亿])元整?$|圆整?$", re.IGNORECASE
)
AMOUNT = re.compile(r"(-?\d{1,15}(?:\.\d{1,6})?)([万亿]?)", re.ASCII)
UNITS = {"": 1, "万": 10_000, "亿": 100_000_000}
CENT = Decimal("0.01")
MOST_YUAN = Decimal(10) ** 12
COUNT = re.compile(r"(\d{1,7})(?:\.0+)?\s*[人名个次户]?", re.ASCII)
SEPARATORS = re.compile(r"[、，,；;/|\r\n]+")
PART = re.compile(
    r"(?P<who>.+?)\s*[(（:：]?\s*(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s*[%％]\s*[)）]?", re.ASCII
)
WHOLE = 100_00  # hundredths of a percent
UNIT_ENDINGS = (
    "公司", "厂", "委员会", "委会", "局", "中心", "合作社", "商店", "超市", "医院", "学校", "银行",
    "事务所", "政府", "协会", "集团", "分店", "经营部", "工作室", "项目部",
)  # fmt: skip


def read_amount(raw):
    """Read yuan as "1200.00" out of 1200, "1,200.00", "1.2万元"; ``raw`` is a number or a text."""
    if isinstance(raw, float | int):
        if not abs(raw) < MOST_YUAN:
            return None, "amount_bad"
        # A number cell is binary: 0.1 and 0.2 make 0.30000000000000004 there.
        raw = format(Decimal(repr(raw)).quantize(CENT, ROUND_HALF_UP), "f")
    found = AMOUNT.fullmatch(MARKS.sub("", raw))
    if not found:
        return None, "amount_bad"
    yuan = Decimal(found[1]) * UNITS[found[2]]
    if yuan < 0:
        return None, "amount_negative"
    if yuan != yuan.quantize(CENT) or yuan >= MOST_YUAN:
        return None, "amount_bad"
    return f"{yuan:.2f}", ""


def read_count(text, most=1_000_000):
    """Read a number of people or times, "3" or "3人"."""
    found = COUNT.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= most:
        return None, "count_bad"
    return int(found[1]), ""


def parts_of(text):
    """Return the words of a text that lists several."""
    return [part for word in SEPARATORS.split(text) if (part := word.strip())]


def read_shares(text):
    """Read who mediated: ``[(name or number, weight)]``; weights are None if none is given.

    "张三(60%)、李四(40%)" is three parts to two. Either all parts are given or none, and together
    they are the whole.
    """
    parts = parts_of(text)
    found = [PART.fullmatch(part) for part in parts]
    if not any(found):
        return [(part, None) for part in parts], ""
    if not all(found):
        return None, "share_missing"
    weights = [int(Decimal(part["percent"]) * 100) for part in found]
    if sum(weights) != WHOLE or 0 in weights:
        return None, "shares_do_not_sum"
    common = reduce(gcd, weights)
    return [
        (part["who"], weight // common) for part, weight in zip(found, weights, strict=True)
    ], ""


def is_unit(name):
    """Whether a party's name is that of a unit and not of a person."""
    return len(name) > 3 and name.endswith(UNIT_ENDINGS)
