"""How long results of the review are shown before they count, what is shown, and objections."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.rules import review_reading as reading
from grading.rules import spelling
from grading.rules.unknown import UNK

NOTICE, OBJECTION = "review.notice", "review.objection"
# Neither a score nor a figure of anybody is ever put before the public.
NAME, ORGANIZATION, BAND = SHOWN = ("name", "organization", "band")


@dataclass(frozen=True)
class Term:
    """So many days of a kind; UNK where the rule does not know them. ``shows`` is of a notice."""

    days: object
    day_kind: object
    shows: tuple = ()

    @property
    def is_known(self):
        """Whether a day can be counted by it."""
        return UNK not in (self.days, self.day_kind)


def notice_of(scheme):
    """Return the ``Term`` of the notice (公示), UNK if unknown, None if the rule has none.

    :raises SchemeFault: if it shows anything but name, organisation and band.
    """
    term = _term(scheme, NOTICE, "notice", ("shows",))
    if not isinstance(term, Term):
        return term
    written = reading.said(scheme, "notice")
    shows = reading.several(f"{NOTICE}.shows", written["shows"], SHOWN)
    if shows is not UNK and not {NAME, BAND} <= set(shows):
        raise spelling.fault(f"{NOTICE}.shows", _("A notice shows at least name and band."))
    return Term(term.days, term.day_kind, shows)


def objection_of(scheme):
    """Return the ``Term`` in which somebody may object, UNK if unknown, None if there is none."""
    return _term(scheme, OBJECTION, "objection", ())


def _term(scheme, at, name, more):
    written = reading.said(scheme, name)
    if written is UNK or written is None:
        return written
    reading.settings_of(at, written, ("days", "day_kind", *more))
    days = reading.at_least(scheme, f"{at}.days", written["days"], 1)
    return Term(days, reading.word(f"{at}.day_kind", written["day_kind"], reading.DAY_KINDS))
