"""Entering a post: who elects or appoints, and which conditions a person has to meet."""

from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.identity import age_on

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
