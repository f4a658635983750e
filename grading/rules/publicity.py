"""How results are put before the public: for how long, and what is masked there (P26)."""

from grading.rules import spelling
from grading.rules.unknown import is_known

AT = "publicity"
NAME, ORGANIZATION = MASKABLE = ("name", "organization")
DAY_KINDS = ("working", "calendar")


def term_of(scheme):
    """Return (days, kind of days) of the notice, None if the rule leaves either open."""
    section = scheme.section(AT)
    days = spelling.whole(scheme, f"{AT}.days", section.get("days"))
    kind = section.get("day_kind")
    if not is_known(days) or days < 1 or kind not in DAY_KINDS:
        return None
    return days, kind


def masked(scheme):
    """Return which of name and organization the public is not told in full."""
    return frozenset(spelling.words(scheme.section(AT).get("masked"))) & frozenset(MASKABLE)


def objection_days(scheme):
    """Return the days within which the rule lets people object, None if it does not say."""
    days = spelling.whole(scheme, "objection.days", scheme.section("objection").get("days"))
    return days if is_known(days) else None
