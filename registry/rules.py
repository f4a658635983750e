"""What the register holds to be so: pure statements, nothing is asked of the database here."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.identity import age_on, is_mobile, resident_id_check_character
from office.roles import Role


class Likeness(models.TextChoices):
    """How sure it is that two entries are one person. The same ID number cannot stand twice.

    Certain: the same name and the same phone; or the same name, sex and date of birth. Neither if
    both entries have an ID number: these differ, and two numbers are two people unless one of them
    is mistyped, so such a pair is only possible.
    Possible: the same name and month of birth; or the same phone.
    No law sets this; it is the practice of this register.
    """

    NONE = "none", _("no duplicate")
    POSSIBLE = "possible", _("possible duplicate")
    CERTAIN = "certain", _("certain duplicate")


# Who gives which posts. Source: the table of rights, row "users, posts".
MAY_GRANT = {
    Role.COUNTY_BUREAU: (Role.CLERK, Role.JUSTICE_OFFICE),
    Role.CITY_BUREAU: (Role.COUNTY_BUREAU, Role.PANEL, Role.HANDLER, Role.TRAINER),
}


def grantable(roles):
    """Return the roles that an officer with these roles may give to others."""
    allowed = {granted for role in roles for granted in MAY_GRANT.get(role, ())}
    return [role for role in Role if role in allowed]


ADULT_AGE = 18  # People's Mediation Law, art. 14: an adult; Civil Code, art. 17: eighteen.
LONGEST_TERM_YEARS = 3  # People's Mediation Law, art. 9.


class DecidingBody(models.TextChoices):
    """Who elects or appoints (People's Mediation Law 9, 13; by reference, 34, for other kinds)."""

    VILLAGERS = "villagers", _("villagers' assembly or its representatives")
    RESIDENTS = "residents", _("residents' assembly")
    STAFF = "staff", _("staff congress or general meeting")
    UNION = "union", _("trade union")
    MEMBERS = "members", _("members' meeting of the organisation")
    COMMITTEE = "committee", _("the mediation committee")
    FOUNDER = "founder", _("the unit that set the organisation up")


B = DecidingBody
# By kind of organisation; what stands under a committee has nobody elected.
ELECTING = {
    "village": [B.VILLAGERS, B.RESIDENTS],
    "enterprise": [B.STAFF, B.UNION],
    "stationed": [],
    "studio": [],
    "group": [],
}
ELECTING_ELSEWHERE = [B.STAFF, B.UNION, B.MEMBERS, B.FOUNDER]
APPOINTING = {"village": [B.COMMITTEE], "enterprise": [B.COMMITTEE]}
APPOINTING_ELSEWHERE = [B.COMMITTEE, B.FOUNDER]


COMMITTEE_POSTS = ["director", "deputy", "member"]


def right_bodies(kind, route, post):
    """Return who may elect ("elected") or appoint somebody to a post in a kind of organisation.

    Members of the committees of villages and enterprises are elected and never appointed (art. 9).
    """
    if route == "appointed" and kind in APPOINTING and post in COMMITTEE_POSTS:
        return []
    if route == "elected":
        return ELECTING.get(kind, ELECTING_ELSEWHERE)
    return APPOINTING.get(kind, APPOINTING_ELSEWHERE)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition of entry: whether it is met, in a sentence, and whether it bars if it is not."""

    name: str
    met: bool
    said: str
    bars: bool = True


def is_adult(born_on, today):
    """The condition of age that the law sets (art. 14); an unknown birthday does not meet it."""
    if born_on is None:
        return Condition(
            name="adult", met=False, said=gettext("The date of birth is not on record.")
        )
    met = age_on(born_on, today) >= ADULT_AGE
    said = gettext("The person is an adult.") if met else gettext("The person is not an adult.")
    return Condition(name="adult", met=met, said=said)


def is_not_above(born_on, today, years):
    """The condition of a highest age at entry; that age itself is still allowed."""
    if born_on is None or age_on(born_on, today) > years:
        said = gettext("The person is older than %(years)d at entry, or the age is not known.")
        return Condition(name="entry_age", met=False, said=said % {"years": years})
    said = gettext("The person is not older than %(years)d at entry.") % {"years": years}
    return Condition(name="entry_age", met=True, said=said)


def is_free_to_return(barred_until, today):
    """The condition that nobody returns too soon after a removal or dismissal."""
    if barred_until is None:
        said = gettext("No removal or dismissal is on record.")
        return Condition(name="reentry", met=True, said=said)
    said = gettext("Removed or dismissed earlier; may be nominated again from %(day)s.")
    said %= {"day": date_format(barred_until)}
    return Condition(name="reentry", met=barred_until <= today, said=said)


def is_not_delisted(delisted):
    """What is only shown: a court took the person off its own list. It bars nothing here."""
    if delisted:
        said = gettext("A court has taken the person off its own list.")
    else:
        said = gettext("No court is known to have taken the person off its list.")
    return Condition(name="court_list", met=not delisted, said=said, bars=False)


def months_later(day, months):
    """Return the same day some months on; a day the month does not have is its last one.

    >>> months_later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


DIVISION_DIGITS = (2, 4, 6, 9, 12)


def enclosing(number):
    """Return the numbers of the divisions a division lies in, itself last.

    >>> enclosing(330681003000)
    [330000000000, 330600000000, 330681000000, 330681003000]
    """
    code = f"{number:012d}"
    return list(dict.fromkeys(int(code[:digits].ljust(12, "0")) for digits in DIVISION_DIGITS))


# Runs of digits as people write them: with blanks or dashes between groups, X as last of an ID.
NUMBERS = re.compile(r"(?<![0-9A-Za-z])[0-9](?:[ -]?[0-9]){9,18}(?:[ -]?[Xx])?(?![0-9A-Za-z])")


def personal_numbers(text):
    """Return what looks like an ID number, a mobile phone or a bank card in a text.

    A text is published as it stands, so that a number in it is found before and not after.
    """
    text = unicodedata.normalize("NFKC", text)
    return [found for found in NUMBERS.findall(text) if _is_personal(found)]


def _is_personal(found):
    digits = re.sub(r"[ -]", "", found).upper()
    if len(digits) == 18 and resident_id_check_character(digits[:17]) == digits[17]:
        return True
    if is_mobile(digits) or is_mobile(digits.removeprefix("86")):
        return True
    return digits.isdecimal() and 16 <= len(digits) <= 19 and _has_check_digit(digits)


def _has_check_digit(digits):
    """Whether the last digit is the Luhn check digit that bank cards end with."""
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def months_before(day, months):
    """Return the same day so many months earlier, or the last day of a shorter month.

    >>> months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def years_later(day, years):
    """Return the same day of another year; 29 February falls back to the 28th.

    >>> years_later(date(2024, 2, 29), 3)
    datetime.date(2027, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


# Organisations that are committees; studios and groups stand under one, a commercial body is
# another regime.
COMMITTEES = {"village", "township", "enterprise", "industry", "regional", "county", "social"}
FEWEST_MEMBERS, MOST_MEMBERS = 3, 9
MEMBERS_POSTS = ("director", "deputy", "member")
MAJORITY = "汉"
COMMITTEE, STUDIO, GROUP = "人民调解委员会", "人民调解工作室", "人民调解小组"
# Endings by which the list of divisions tells a village's own committee from the village.
PLACE_ENDINGS = (
    "社区居民委员会", "居民委员会", "村民委员会", "居委会", "村委会", "委员会",
)  # fmt: skip


def composition_faults(members, *, needs_minority_member):
    """Return every reason why these members do not make up a committee; none means they do.

    People's Mediation Law art. 8: three to nine members, one director, a woman among them, and a
    member of a minority where several peoples live together. ``members`` have ``post`` and
    ``mediator``.
    """
    people = [member.mediator for member in members]
    directors = sum(member.post == "director" for member in members)
    of_minority = [p for p in people if p.ethnicity and not p.ethnicity.startswith(MAJORITY)]
    faults = []
    if not FEWEST_MEMBERS <= len(members) <= MOST_MEMBERS:
        said = _("A committee has three to nine members; this one has %(count)d.")
        faults.append(said % {"count": len(members)})
    if directors != 1:
        faults.append(_("A committee has one director; this one has %d.") % directors)
    if not any(person.sex == "female" for person in people):
        faults.append(_("There is no woman among the members."))
    if needs_minority_member and not of_minority:
        faults.append(_("There is no member of an ethnic minority."))
    return faults


def stem_of_place(name):
    """Return the name of a village without the words for its own committee.

    >>> stem_of_place("枫源村村委会")
    '枫源村'
    """
    ending = next((ending for ending in PLACE_ENDINGS if name.endswith(ending)), "")
    return name.removesuffix(ending)


def name_faults(name, kind, *, place, place_level):
    """Return every reason why a name does not fit the pattern of its kind.

    Source: opinion of the Ministry of Justice of 2010 and the practice of 句容. A committee has its
    place or unit and “人民调解委员会”, a studio its brand and “人民调解工作室”; a stationed one has
    the name of its host. ``place`` and ``place_level`` are of the division.
    """
    faults = []
    if kind in COMMITTEES and not name.endswith(COMMITTEE):
        faults.append(_("The name of a committee ends with “%s”.") % COMMITTEE)
    elif kind == "studio" and not name.endswith(STUDIO):
        faults.append(_("The name of a studio ends with “%s”.") % STUDIO)
    elif kind == "stationed" and not (name.endswith("工作室") and "人民调解" in name):
        faults.append(_("The name of a stationed studio has “人民调解” and ends with “工作室”."))
    elif kind == "group" and not name.endswith(GROUP):
        faults.append(_("The name of a group ends with “%s”.") % GROUP)
    if kind in {"village", "township"} and kind == place_level:
        stem = stem_of_place(place)
        if stem not in name:
            faults.append(_("The name of the place, “%s”, is missing in the name.") % stem)
    return faults


# No rule sets the form of these numbers; each is a pattern a bureau may want otherwise.
REGISTER_NUMBER = "{county}{year}{serial:04d}"
LETTER_NUMBER = "调解备函〔{year}〕{serial}号"
COUNTY_DIGITS = 6


def county_code(number):
    """Return the six digits of the county a division (its number) lies in.

    >>> county_code(330681109000)
    '330681'
    """
    return f"{number:012d}"[:COUNTY_DIGITS]
