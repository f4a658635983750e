"""What of a review rule goes along when a part of it gets another name or another place."""

from copy import deepcopy

from grading.rules.review_rows import as_rows, bands_as_rows
from grading.rules.terms import YEARS_OF_A_BAND

# One row may stand here without a list around it.
OF_BARE_ROWS = ("review.top", "review.consequences", "review.consecutive")
OF_ONE_BAND = ("reviews.latest", "reviews.last_band")


def rows_of(path, written):
    """Return the rows of a section however they are written, as a list that may be changed."""
    if path.startswith(OF_BARE_ROWS) and isinstance(written, dict):
        return [deepcopy(written)]
    if path == "review.bands":
        return deepcopy(bands_as_rows(written))
    return deepcopy(as_rows(written))


def name_under(path, row):
    """Return (what a row is, the name others call it by); None where nobody does."""
    if not isinstance(row, dict):
        return None
    if path == "review.bands":
        return "band", row.get("label")
    if path.startswith("review.indicators"):
        return "indicator", row.get("id")
    return None


def renamed(review, what, old, new):
    """Return the section of the review in which a band or an indicator is called otherwise."""
    return _RENAMED[what](deepcopy(review), str(old), str(new))


def renamed_conditions(conditions, what, old, new):
    """Return those of the conditions by name that ask for a band which is called otherwise."""
    if what != "band" or not isinstance(conditions, dict):
        return {}
    found = {name: _in_condition(node, str(old), str(new)) for name, node in conditions.items()}
    return {name: node for name, node in found.items() if node != conditions[name]}


def _band_renamed(review, old, new):
    if isinstance(review.get("top"), list | dict):
        review["top"] = _with(review["top"], "band", old, new)
    for row in as_rows(review.get("vetoes")):
        if isinstance(row.get("effect"), dict):
            row["effect"] = _with(row["effect"], "cap", old, new)
        row["when"] = _in_condition(row.get("when"), old, new)
    follows = review.get("consequences")
    if isinstance(follows, dict):
        review["consequences"] = {
            new if str(band) == old else band: said for band, said in follows.items()
        }
    run = review.get("consecutive")
    if isinstance(run, dict) and "bands" in run:
        run["bands"] = _in_list(run["bands"], old, new)
    if isinstance(review.get("renewal"), dict):
        review["renewal"] = _in_condition(review["renewal"], old, new)
    return review


def _with(rows, name, old, new):
    if isinstance(rows, list):
        return [_with(one, name, old, new) for one in rows]
    return {**rows, name: new} if str(rows.get(name)) == old else rows


def _in_list(written, old, new):
    if isinstance(written, list):
        return [_in_list(one, old, new) for one in written]
    return new if written == old else written


def _in_condition(node, old, new):
    """Put the name of a band anew where a condition asks for it."""
    if isinstance(node, list):
        return [_in_condition(one, old, new) for one in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("cmp"), list) and len(node["cmp"]) == 3:
        metric, op, bound = node["cmp"]
        if metric == f"{YEARS_OF_A_BAND}{old}":
            metric = f"{YEARS_OF_A_BAND}{new}"
        elif metric in OF_ONE_BAND:
            bound = _in_list(bound, old, new)
        return {**node, "cmp": [metric, op, bound]}
    return {name: _in_condition(one, old, new) for name, one in node.items()}


def _indicator_renamed(review, old, new):
    prorate = review.get("prorate")
    if isinstance(prorate, dict) and "indicators" in prorate:
        prorate["indicators"] = _in_list(prorate["indicators"], old, new)
    tops = review.get("top")
    for row in [tops] if isinstance(tops, dict) else as_rows(tops):
        if "tie_break" in row:
            said = _in_list(row["tie_break"], old, new)
            row["tie_break"] = _in_list(said, f"-{old}", f"-{new}")
    for row in as_rows(review.get("steps")):
        if "indicators" in row:
            row["indicators"] = _in_list(row["indicators"], old, new)
        if isinstance(row.get("share"), dict) and old in row["share"]:
            row["share"] = {
                new if name == old else name: said for name, said in row["share"].items()
            }
    return review


_RENAMED = {"band": _band_renamed, "indicator": _indicator_renamed}
