"""What follows from a band, and from bad years running: each a decision a person has yet to take.

A rule proposes; nothing here pays, renews or ends anything. The kinds are a closed list.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.rules import review_reading as reading
from grading.rules import spelling
from grading.rules.reviews import bands_of
from grading.rules.unknown import UNK, is_known

AT, RUN = "review.consequences", "review.consecutive"
AWARD, RENEWAL, TALK, TRAINING, NO_RENEWAL, PAY, GRADING = KINDS = (
    "award", "renewal", "talk", "training", "no_renewal", "pay", "grading",
)  # fmt: skip
PASSES, BREAKS, COUNTS = YEARS = ("passes", "breaks", "counts")
FACTOR, AMOUNT = ("factor", "amount")


@dataclass(frozen=True)
class Consequence:
    """One thing that is to be decided. Pay has a ``factor`` or an ``amount``, UNK if unknown."""

    kind: str
    clause: str = ""
    factor: object = None
    amount: object = None
    note: str = ""


@dataclass(frozen=True)
class Running:
    """So many years running with one of some bands, and what follows from it.

    ``excused`` and ``not_reviewed`` say whether such a year is passed over, breaks the run, or
    counts as one of it.
    """

    bands: object
    years: object
    excused: object
    not_reviewed: object
    consequences: object

    @property
    def is_known(self):
        """Whether the rule says all that counting needs."""
        said = (self.bands, self.years, self.excused, self.not_reviewed, self.consequences)
        return UNK not in said


@dataclass(frozen=True)
class Run:
    """Years running that reached what the rule asks for, newest first."""

    years: tuple
    consequences: tuple


def consequences_of(scheme):
    """Return {band: consequences}, UNK if the rule does not know them; UNK for single bands too.

    :raises SchemeFault: for a band or a kind that does not exist, and for kinds that contradict.
    """
    written = reading.said(scheme, "consequences")
    if written is UNK:
        return UNK
    if written is None:
        return {}
    if not isinstance(written, dict):
        raise spelling.fault(AT, _("Names with values are needed here."))
    names = _names(scheme)
    items = list(written.items())
    found = reading.every([_band_reader(scheme, band, said, names) for band, said in items])
    return {str(band): one for (band, _said), one in zip(items, found, strict=True)}


def consequences_for(scheme, band):
    """Return what follows from a band, () if nothing does, UNK if the rule does not know it."""
    found = consequences_of(scheme)
    return UNK if found is UNK else found.get(band, ())


def _names(scheme):
    ranks = bands_of(scheme)
    return None if ranks is UNK else [one.label for one in ranks]


def _band_reader(scheme, band, said, names):
    def read():
        at = f"{AT}.{band}"
        if names is not None and str(band) not in names:
            raise spelling.fault(at, _("There is no band “%s”.") % band)
        return _list(scheme, at, said)

    return read


def _list(scheme, at, written):
    if not is_known(written):
        return UNK
    rows = written if isinstance(written, list) else [written]
    readings = [_reader(scheme, f"{at}[{place}]", row) for place, row in enumerate(rows)]
    found = tuple(reading.every(readings))
    kinds = [one.kind for one in found if one is not UNK]
    for kind in kinds:
        if kinds.count(kind) > 1:
            raise spelling.fault(at, _("“%s” stands here twice.") % kind)
    if {RENEWAL, NO_RENEWAL} <= set(kinds):
        raise spelling.fault(at, _("A term cannot be renewed and not renewed."))
    return UNK if UNK in found else found


def _reader(scheme, at, row):
    return lambda: _consequence(scheme, at, row)


def _consequence(scheme, at, row):
    if row is UNK:
        return UNK
    if not isinstance(row, dict):
        row = {row: None} if isinstance(row, str) else {}
    kinds = [key for key in row if key not in spelling.PROSE]
    if len(kinds) != 1 or kinds[0] not in KINDS:
        raise spelling.fault(at, _("One of %s is needed here.") % ", ".join(KINDS))
    kind, said = kinds[0], row[kinds[0]]
    clause = str(row["clause"]) if is_known(row.get("clause")) else ""
    told = {"clause": clause, "note": str(row.get("note", ""))}
    if kind != PAY:
        if said not in (None, True):
            raise spelling.fault(f"{at}.{kind}", _("Nothing more can be said of this."))
        return Consequence(kind, **told)
    return Consequence(kind, **told, **_pay(scheme, f"{at}.{kind}", said))


def _pay(scheme, at, written):
    """Return a factor of the performance pay, or an amount; without either a person names it."""
    if written is None:
        return {}
    if written is UNK:
        return {FACTOR: UNK}
    spelling.only(at, written, FACTOR, AMOUNT)
    named = [name for name in (FACTOR, AMOUNT) if name in written]
    if len(named) != 1:
        raise spelling.fault(at, _("One of %s is needed here.") % f"{FACTOR}, {AMOUNT}")
    number = spelling.number(scheme, f"{at}.{named[0]}", written[named[0]])
    if number is not UNK and named[0] == FACTOR and number < 0:
        raise spelling.fault(f"{at}.{FACTOR}", _("Pay cannot be less than nothing."))
    return {named[0]: number}


def running_of(scheme):
    """Return the rule about years running, UNK if it is unknown, None if there is none.

    :raises SchemeFault: for a band that does not exist, or less than two years.
    """
    written = reading.said(scheme, "consecutive")
    if written is UNK or written is None:
        return written
    needed = ("bands", "years", "excused", "consequence")
    reading.settings_of(RUN, written, needed, ("not_reviewed",))
    names = _names(scheme)
    bands = written["bands"]
    if names is None:
        bands = tuple(spelling.words(bands)) if is_known(bands) else UNK
    else:
        bands = reading.several(f"{RUN}.bands", bands, names)
    return Running(
        bands,
        reading.at_least(scheme, f"{RUN}.years", written["years"], 2),
        reading.word(f"{RUN}.excused", written["excused"], YEARS),
        reading.word(f"{RUN}.not_reviewed", written.get("not_reviewed", PASSES), YEARS),
        _list(scheme, f"{RUN}.consequence", written["consequence"]),
    )


def run_of(scheme, past, *, excused=()):
    """Return the ``Run`` at the end of the past years, None if there is none, UNK if unknown.

    :param past: ``{year: band}``; a year that is not in it, or has None, had no review.
    :param excused: the years with a good reason: for their bad band, or for having none.
    """
    rule = running_of(scheme)
    if rule is UNK or (rule is not None and not rule.is_known):
        return UNK
    if rule is None or not past:
        return None
    years = []
    for year in range(max(past), min(past) - 1, -1):
        what = _what(rule, past.get(year), year in excused)
        if what == BREAKS:
            break
        if what == COUNTS:
            years.append(year)
    is_reached = len(years) >= rule.years
    return Run(tuple(years), rule.consequences) if is_reached else None


def _what(rule, band, is_excused):
    if band is not None and band not in rule.bands:
        return BREAKS
    if is_excused and rule.excused != COUNTS:
        return rule.excused
    # Where a reason does not help, the year is what it would be without one.
    return rule.not_reviewed if band is None else COUNTS
