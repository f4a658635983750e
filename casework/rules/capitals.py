"""Amounts of money in capital numerals.

Source: the central bank's rules for filling in vouchers (正确填写票据和结算凭证的基本规定).
"""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST = Decimal("9999999999999999.99")


def capitals(amount):
    """Return an amount of yuan in capital numerals.

    :raises ValueError: if it is negative, too large, or has parts of a cent.
    """
    if not 0 <= amount <= MOST or amount != round(amount, 2):
        raise ValueError(f"{amount} cannot be written as an amount of money.")
    cents = int(amount * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    whole = f"{_whole(yuan)}元" if yuan or not (jiao or fen) else ""
    if not jiao and not fen:
        return f"{whole}整"
    # A nought stands between yuan and cents, and where the yuan end in one.
    gap = "零" if yuan and (not jiao or yuan % 10 == 0) else ""
    tenths = f"{DIGITS[jiao]}角" if jiao else ""
    return f"{whole}{gap}{tenths}" + (f"{DIGITS[fen]}分" if fen else "整")


def _whole(number):
    """Return a whole number without its unit."""
    if not number:
        return DIGITS[0]
    said, skipped = "", False
    for rank in range(len(GROUPS) - 1, -1, -1):
        group = number // 10_000**rank % 10_000
        if group:
            # One nought for all that is skipped before a group, or at its head.
            gap = "零" if said and (skipped or group < 1000) else ""
            said += f"{gap}{_group(group)}{GROUPS[rank]}"
        skipped = bool(said) and not group
    return said


def _group(number):
    """Return one to four digits, noughts in between said once."""
    said, skipped = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += ("零" if skipped and said else "") + DIGITS[digit] + PLACES[place]
        skipped = not digit
    return said
