"""The best so many of a stage, and what happens to equals at the cut (P20)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.rounding import rounded
from grading.rules.selection import AT, NAMES, NUMBER, SHARE, TIE_NEEDS_POLICY, UNKNOWN
from grading.rules.unknown import UNK, is_known

STAGES = ("top", "topn", "top_n", "cuts", "stages")
OF_A_STAGE = ("top", "topn", "top_n", "take", "select")
TIE = ("tie_at_cut", "tie", "ties", "tie_policy", "on_tie")
PLACES = (*NUMBER, "take", "select")
INCLUDE = ("include_all", "include", "all")
EXCLUDE = ("exclude_all", "exclude", "none")
BREAK = "tie_break"
# To be drawn or decided when it comes to it: a document cannot say who wins.
AT_RUN_TIME = ("lot", "manual", "revote", "panel", "vote", "panel_vote")
NUMBERS = (int, Decimal)


@dataclass(frozen=True)
class Cut:
    """How many come through, and what is done with equals: a word, or keys that tell them apart."""

    number: object
    share: object
    rounding: str
    tie: object


def topn(scheme, stage, scores):
    """Return the best of a stage, best first; ``tie_needs_policy`` if equals stand at the cut.

    Equals who are all above the cut or all below it are no question. Among equals the order given
    is kept. ``UNK`` if the rule does not know how many come through.

    :param scores: ``{name: score}``, pairs, or rows with a name, a score and what breaks ties.
    :raises SchemeFault: if the rule has no such stage, or a score is missing.
    """
    cut = cut_of(scheme, stage)
    rows = sorted(_rows(scheme, scores), key=lambda row: -row["score"])
    places = _places(cut, len(rows))
    if places is UNK:
        return UNKNOWN
    if places >= len(rows) or places == 0 or rows[places - 1]["score"] != rows[places]["score"]:
        return [row["name"] for row in rows[:places]]
    return _settled(cut.tie, rows, places)


def cut_of(scheme, stage):
    """Return the cut of a stage.

    :raises SchemeFault: if the rule has none.
    """
    section = scheme.section(AT)
    tie = spelling.said(AT, section, *TIE)
    for name in STAGES:
        if isinstance(section.get(name), int):
            # A rule with one cut need not name its stage.
            return _cut(scheme, f"{AT}.{name}", section[name], tie, section)
        for code, row in spelling.named(f"{AT}.{name}", section.get(name), "stage"):
            if code == str(stage):
                return _cut(scheme, f"{AT}.{name}.{code}", row, tie, section)
    if isinstance(section.get(stage), dict):
        return _cut(scheme, f"{AT}.{stage}", section[stage], tie, section)
    for row in scheme.rows("stages"):
        if isinstance(row, dict) and str(row.get("id")) == str(stage):
            return _cut_of_stage(scheme, row, tie, section)
    raise spelling.fault(f"{AT}.top.{stage}", _("There is no cut “%s”.") % stage)


def _cut_of_stage(scheme, row, tie, section):
    at = f"stages.{row['id']}"
    settings = spelling.said(at, row, *OF_A_STAGE)
    if settings is None:
        raise spelling.fault(at, _("There is no cut “%s”.") % row["id"])
    own = {name: row[name] for name in TIE if name in row}
    settings = settings if isinstance(settings, dict) else {"number": settings}
    return _cut(scheme, at, {**settings, **own}, tie, section)


def _cut(scheme, at, row, tie, section):
    row = row if isinstance(row, dict) else {"number": row}
    spelling.only(at, row, *PLACES, *SHARE, *TIE, BREAK, "rounding")
    own = spelling.said(at, row, *TIE)
    tie = tie if own is None else own
    if tie in (None, BREAK):
        # Keys that tell equals apart are a policy, wherever they stand.
        tie = next((one[BREAK] for one in (row, section) if is_known(one.get(BREAK))), UNK)
    number = scheme.value(spelling.said(at, row, *PLACES))
    named = {name: row[name] for name in SHARE if name in row}
    if isinstance(number, str) and "%" in number:
        named, number = {"share": number}, None
    return Cut(
        None if number is None else spelling.whole(scheme, at, number),
        spelling.share(scheme, at, named) if named else None,
        spelling.rounding(f"{at}.rounding", row.get("rounding", "down")),
        _policy(at, tie),
    )


def _policy(at, tie):
    if isinstance(tie, dict):
        spelling.only(at, tie, BREAK, "by")
        tie = spelling.said(at, tie, BREAK, "by")
    known = (*INCLUDE, *EXCLUDE, *AT_RUN_TIME)
    if isinstance(tie, list) or not is_known(tie) or tie in known:
        return tie
    raise spelling.fault(f"{at}.tie_at_cut", _("“%s” is no way to settle a tie.") % tie)


def _places(cut, count):
    if UNK in (cut.number, cut.share) or (cut.number is None and cut.share is None):
        return UNK
    found = [] if cut.number is None else [cut.number]
    if cut.share is not None:
        found.append(int(rounded(cut.share * count, 0, cut.rounding)))
    return min(found)


def _settled(tie, rows, places):
    edge = rows[places - 1]["score"]
    above = [row for row in rows if row["score"] > edge]
    equals = [row for row in rows if row["score"] == edge]
    if isinstance(tie, list):
        equals = _told_apart(tie, equals, places - len(above))
    elif tie in EXCLUDE:
        equals = []
    elif tie not in INCLUDE:
        return TIE_NEEDS_POLICY
    if equals is None:
        return TIE_NEEDS_POLICY
    return [row["name"] for row in above + equals]


def _told_apart(keys, equals, places):
    """Return the best of equals by further keys, None if these do not tell them apart.

    More is better; a key written ``-age`` or ``{key: age, order: lowest}`` says that less is.
    """
    orders = [_order(key) for key in keys]
    if any(row["row"].get(name) is None for row in equals for name, _sign in orders):
        return None

    def standing(row):
        return tuple(sign * row["row"][name] for name, sign in orders)

    found = sorted(equals, key=standing, reverse=True)
    return found[:places] if standing(found[places - 1]) != standing(found[places]) else None


def _order(key):
    if isinstance(key, dict):
        spelling.only(f"{AT}.{BREAK}", key, "key", "order")
        if key.get("order", "highest") not in ("highest", "lowest"):
            raise spelling.fault(
                f"{AT}.{BREAK}", _("One of %s is needed here.") % "highest, lowest"
            )
        return str(key["key"]), -1 if key.get("order") == "lowest" else 1
    return str(key).removeprefix("-"), -1 if str(key).startswith("-") else 1


def _rows(scheme, scores):
    """Yield a name, a score and the whole row of everybody who is scored."""
    pairs = scores.items() if isinstance(scores, dict) else scores
    for given in pairs:
        row = given if isinstance(given, dict) else {}
        name = next((row[one] for one in NAMES if one in row), None) if row else given[0]
        score = row.get("score") if row else given[1]
        if isinstance(score, dict):
            row, score = score, score.get("score")
        numbers = {key: scheme.number(one) for key, one in row.items() if type(one) in NUMBERS}
        at = f"scores.{name}"
        score = spelling.number(scheme, at, score)
        if score is UNK:
            raise spelling.fault(at, _("There is no score yet."))
        yield {"name": name, "score": score, "row": numbers}
