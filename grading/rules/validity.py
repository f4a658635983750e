"""How long a level is valid, and when it is to be checked again (P29)."""

from grading.rules import spelling
from grading.rules.scheme import exact
from grading.rules.unknown import is_known

AT = "validity"


def years(scheme):
    """Return the years a level is valid, None if the rule sets none."""
    found = spelling.whole(scheme, f"{AT}.years", scheme.section(AT).get("years"))
    return found if is_known(found) and found else None


def years_until_recheck(scheme):
    """Return the years until a level is checked again, None if the rule sets no number.

    A rule that only asks for it in words means the end of the validity.
    """
    written = scheme.value(scheme.section(AT).get("recheck"))
    if not is_known(written):
        return None
    return years(scheme) if exact(written) is None else int(exact(written))
