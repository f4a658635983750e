"""What a part of a rule set is made of, for whoever fills it in: names, and what fits them."""

TEXT, NUMBER, YES_NO, DAY, LIST, WORD = "text", "number", "yes_no", "day", "list", "word"

# The names that a mapping of this path usually has, in their order; others may stand there too.
# What has three parts may be one of several words: (name, WORD, words).
FIELDS = {
    "": [
        ("title", TEXT), ("doc_no", TEXT), ("issuer", TEXT), ("trial", YES_NO), ("note", TEXT),
        ("open_levels", LIST), ("completeness", LIST),
    ],
    "jurisdiction": [
        ("tier", WORD, ("national", "province", "city", "county")), ("name", TEXT),
    ],
    "source": [("url", TEXT), ("seen", WORD, ("full", "partial"))],
    "dates": [("signed", DAY), ("effective_from", DAY), ("effective_to", DAY)],
    "ungraded": [("recorded", YES_NO), ("label", TEXT)],
    "levels[]": [("code", TEXT), ("label", TEXT), ("rank", NUMBER)],
    "path": [
        ("first", WORD, ("any", "lowest")), ("promotion", WORD, ("next", "skip_if")),
        ("min_years_in_level", NUMBER), ("form_per_level", YES_NO),
    ],
    "vetoes[]": [
        ("id", TEXT), ("effect", WORD, ("reject", "ruling")), ("confirm_by", TEXT),
        ("clause", TEXT),
    ],
    "waivers[]": [("nodes", LIST), ("approver", TEXT), ("max", NUMBER), ("clause", TEXT)],
    "exam": [("pass", NUMBER), ("validity_years", NUMBER)],
    "exam.parts[]": [("name", TEXT), ("pass", NUMBER), ("validity_years", NUMBER)],
    "sheet": [
        ("base", NUMBER), ("bonus_cap", NUMBER), ("pass", NUMBER), ("decimals", NUMBER),
        ("tie_break", LIST),
    ],
    "sheet.items[]": [("id", TEXT), ("label", TEXT)],
    "selection": [
        ("rank_by", LIST), ("tie_at_cut", WORD, ("include_all", "exclude_all", "manual", "vote")),
    ],
    "selection.quotas[]": [
        ("level", TEXT), ("number", NUMBER), ("percent", NUMBER), ("of", TEXT),
    ],
    "committee": [
        ("size", NUMBER), ("seat_by_post", YES_NO), ("term_years", NUMBER), ("quorum", TEXT),
        ("vote", TEXT), ("tie", TEXT),
    ],
    "authority[]": [
        ("first_review", TEXT), ("evaluate", TEXT), ("confirm", TEXT), ("forward_to", TEXT),
        ("file_with", TEXT), ("publish", TEXT), ("note", TEXT),
    ],
    "authority[].when": [("level", LIST), ("tier", LIST), ("kind", LIST), ("founder", LIST)],
    "stages[]": [
        ("id", TEXT), ("actor", TEXT), ("in", LIST), ("decisions", LIST), ("days", NUMBER),
    ],
    "round": [("cycle_years", NUMBER)],
    "round.windows[]": [("levels", LIST), ("opens", DAY), ("closes", DAY)],
    "publicity": [
        ("by", TEXT), ("days", NUMBER), ("day_kind", WORD, ("working", "calendar")),
    ],
    "objection": [("kinds", LIST), ("to", TEXT), ("days", NUMBER)],
    "result": [
        ("certificate", TEXT), ("badge", TEXT), ("file_with", TEXT), ("announce", TEXT),
    ],
    "validity": [("years", NUMBER), ("recheck", TEXT)],
    "downgrade[]": [("effect", TEXT), ("bar_months", NUMBER), ("clause", TEXT)],
    "benefits[]": [("kind", TEXT), ("by", LIST)],
}  # fmt: skip
# What a new section or a new row of one begins as.
LISTS = (
    "levels", "vetoes", "waivers", "authority", "stages", "downgrade", "benefits", "mappings",
)  # fmt: skip
# Conditions stand here; elsewhere below a condition.
CONDITIONS = ("population", "base")
CONDITIONS_BY_NAME = ("req", "conditions")


def fields_of(keys):
    """Return the usual fields of the mapping that keys lead to."""
    return FIELDS.get(_pattern(keys), [])


def _pattern(keys):
    found = ""
    for key in keys:
        found += "[]" if type(key) is int else f".{key}" if found else str(key)
    return found


def is_place_of_condition(document, keys):
    """Whether a condition stands, or would stand, at the place keys lead to."""
    if not keys:
        return False
    if keys[0] in CONDITIONS:
        return _is_node(keys[1:])
    if keys[0] in CONDITIONS_BY_NAME:
        return len(keys) > 1 and _is_node(keys[2:])
    if keys[0] in ("vetoes", "waivers", "downgrade") and keys[2:3] == ("when",):
        return _is_node(keys[3:])
    if keys[0] == "review":
        return _is_place_in_review(tuple(keys[1:]))
    return False


def _is_place_in_review(keys):
    if keys[:1] == ("renewal",) and len(keys) > 1:
        return _is_node(keys[2:])
    return keys[:1] == ("vetoes",) and keys[2:3] == ("when",) and _is_node(keys[3:])


def _is_node(keys):
    """Whether the keys lead from one condition to another, not to a part of one."""
    keys = list(keys)
    while keys:
        if keys[0] in ("all", "any") and len(keys) > 1 and type(keys[1]) is int:
            keys = keys[2:]
        elif keys[:2] == ["k_of", "of"] and len(keys) > 2:
            keys = keys[3:]
        elif keys[0] == "not" or _is_option(keys[0]):
            keys = keys[1:]
        else:
            return False
    return True


def _is_option(key):
    return isinstance(key, str) and key not in (
        "all", "any", "k_of", "cmp", "flag", "attest", "each_year", "use", "switch", "id", "clause",
        "note", "window", "on_missing", "label",
    )  # fmt: skip
