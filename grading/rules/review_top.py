"""How many may have a high band of the review, and who of those who reached it keeps it.

A share is one of the people of a group: an organisation, a division, or all. Places go by score;
where the cut falls between equals the policies of the rule settle it, as in a selection. Whoever
has no place gets the next band, and nobody loses more than one: who came down takes a place in the
band below, and is not sent on from it.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from grading.rules import review_reading as reading
from grading.rules import spelling
from grading.rules.bands import band_in
from grading.rules.cutting import DECIDED, POLICIES, TIE_BREAK, Ties, selected
from grading.rules.indicators import indicators_of
from grading.rules.ranking import Entry, TieBreak, ranked
from grading.rules.review_reading import NEEDS_RULE
from grading.rules.reviews import bands_of
from grading.rules.rounding import rounded
from grading.rules.unknown import UNK, is_known

AT = "review.top"
REVIEWED, ASSESSED = OF = ("reviewed", "assessed")
ORGANIZATION, DIVISION, WHOLE = PER = ("organization", "division", "whole")
NEXT_BAND = "next_band"
WAITS = "waits_for_higher_band"


@dataclass(frozen=True)
class Top:
    """A limit of a band: so many people, or a share of them rounded as stated.

    ``least`` is what a group has in any case, however small it is.
    """

    at: str
    band: str
    number: object
    share: object
    rounding: object
    least: object
    of: object
    per: object
    policies: object
    keys: tuple = ()
    overflow: object = NEXT_BAND

    @property
    def is_known(self):
        """Whether the rule says all that the cut needs."""
        said = (self.band, self.number, self.share, self.rounding, self.least)
        return UNK not in (*said, self.of, self.per, self.overflow)

    def places(self, count):
        """Return how many of so many people may have the band."""
        if self.share is None:
            return self.number
        return max(int(rounded(self.share * count, 0, self.rounding)), self.least)


@dataclass(frozen=True)
class Standing:
    """One person of the review. Without a score nobody was graded, and yet was in the review.

    ``group`` is the one the person belongs to, or ``{per: group}`` where limits count by several.
    Where no band is given it is that of the score; ``values`` are the points by indicator that
    tell equals apart.
    """

    key: object
    score: object = None
    group: object = field(default="", hash=False)
    band: str | None = None
    values: dict = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Cut:
    """What became of one band in one group.

    ``tied`` are those a tie at the cut concerns while nothing settles it; ``over`` is by how many
    there are more than places, by a tie that takes all in or by those who came down.
    """

    band: str
    group: str
    state: str
    count: int = 0
    places: int = 0
    kept: tuple = ()
    lost: tuple = ()
    tied: tuple = ()
    over: int = 0


@dataclass(frozen=True)
class Placement:
    """The bands by person: None without a score, or while it is open; and each cut made."""

    state: str
    bands: dict = field(hash=False)
    cuts: tuple = ()


def tops_of(scheme):
    """Return the limits from the highest band down, UNK if the rule does not know them.

    :raises SchemeFault: with every fault of theirs.
    """
    written = reading.said(scheme, "top")
    if written is UNK:
        return UNK
    ranks = bands_of(scheme)
    names = [] if ranks is UNK else [one.label for one in ranks]
    rows = [(AT, written)] if isinstance(written, dict) else reading.rows(AT, written)
    found = reading.every([_reader(scheme, at, row, names) for at, row in rows])
    labels = [one.band for one in found if one.band is not UNK]
    for label in labels:
        if labels.count(label) > 1:
            raise spelling.fault(AT, _("“%s” stands here twice.") % label)
    return sorted(found, key=lambda one: names.index(one.band) if one.band in names else len(names))


def _reader(scheme, at, row, names):
    return lambda: _top(scheme, at, row, names)


def _top(scheme, at, row, names):
    needed = ("band", "at_most", "of", "per", "overflow")
    reading.settings_of(at, row, needed, ("rounding", "least", "tie", "tie_break"))
    number, part = _most(scheme, f"{at}.at_most", row["at_most"])
    rounding = None
    if part is not None:
        if "rounding" not in row:
            raise spelling.fault(f"{at}.rounding", _("This has to be said."))
        said = row["rounding"]
        rounding = said if said is UNK else spelling.rounding(f"{at}.rounding", said)
    return Top(
        at=at,
        band=_band(f"{at}.band", row["band"], names),
        number=number,
        share=part,
        rounding=rounding,
        least=spelling.whole(scheme, f"{at}.least", row.get("least", 0)),
        of=reading.word(f"{at}.of", row["of"], OF),
        per=reading.word(f"{at}.per", row["per"], PER),
        policies=reading.several(f"{at}.tie", row.get("tie"), POLICIES),
        keys=_keys(scheme, f"{at}.tie_break", row),
        overflow=reading.word(f"{at}.overflow", row["overflow"], (NEXT_BAND,)),
    )


def _most(scheme, at, written):
    """Return a number and a share, one of them None; UNK if the rule does not say it."""
    found = scheme.value(written)
    if not is_known(found):
        return UNK, None
    if isinstance(found, dict) or (isinstance(found, str) and set("%/").intersection(found)):
        return None, spelling.share(scheme, at, found)
    return spelling.whole(scheme, at, found), None


def _band(at, written, names):
    if not is_known(written):
        return UNK
    if names and str(written) not in names[:-1]:
        raise spelling.fault(at, _("“%s” is no band with another below it.") % written)
    return str(written)


def _keys(scheme, at, row):
    """Return what tells equals apart: points of indicators; ``-name`` where less is better."""
    written = [str(one) for one in spelling.words(row.get("tie_break"))]
    policies = spelling.words(row.get("tie"))
    if is_known(row.get("tie")) and (TIE_BREAK in policies) is not bool(written):
        raise spelling.fault(at, _("“tie_break” stands with the policy of that name."))
    names = [one.name for one in indicators_of(scheme)]
    for one in written:
        reading.word(at, one.removeprefix("-"), names)
    return tuple(TieBreak(one.removeprefix("-"), not one.startswith("-")) for one in written)


def placed(scheme, standings, *, seed=None, senior=()):
    """Return the ``Placement`` of all people of a review.

    :param seed: the recorded seed of a lot; ``senior`` those tied in the order that a senior body
        decided, best first.
    :raises SchemeFault: if somebody has no group where the rule counts by group.
    """
    standings, tops, ranks = list(standings), tops_of(scheme), bands_of(scheme)
    own = {one.key: _own_band(ranks, one) for one in standings}
    if UNK in (tops, ranks) or not all(top.is_known for top in tops):
        return Placement(NEEDS_RULE, own)
    placing = _Placing(standings, own, [one.label for one in ranks], seed, tuple(senior))
    for top in tops:
        placing.limit(top)
    open_ones = [cut.state for cut in placing.cuts if cut.state != DECIDED]
    return Placement(next(iter(open_ones), DECIDED), placing.bands, tuple(placing.cuts))


def _own_band(ranks, one):
    if one.score is None:
        return None
    return one.band if one.band is not None else band_in(ranks, "review.bands", one.score)


class _Placing:
    """The bands while one limit after the other is applied, from the highest down."""

    def __init__(self, standings, bands, names, seed, senior):
        self.standings, self.bands, self.names = standings, dict(bands), names
        self.graded = {key for key, band in bands.items() if band is not None}
        self.seed, self.senior = seed, senior
        self.moved, self.unsettled, self.cuts = set(), set(), []

    def limit(self, top):
        groups = {}
        for one in self.standings:
            groups.setdefault(_group(top, one), []).append(one)
        for group in sorted(groups):
            self.cuts.append(self._cut(top, group, groups[group]))

    def _cut(self, top, group, members):
        people = {one.key for one in members}
        counted = (
            members if top.of == REVIEWED else [one for one in members if self._is_graded(one)]
        )
        told = {"count": len(counted), "places": top.places(len(counted))}
        if people & self.unsettled:
            return self._waiting(top, group, members, told)
        holders = [one for one in members if self.bands[one.key] == top.band]
        safe = [one.key for one in holders if one.key in self.moved]
        free = max(told["places"] - len(safe), 0)
        others = [one for one in holders if one.key not in self.moved]
        lines = ranked([Entry(one.key, one.score, one.values) for one in others], top.keys)
        ties = Ties(top.policies, top.keys, self.seed, self.senior)
        chosen = selected(lines, free, ties=ties)
        kept = [*safe, *(line.person for line in chosen.chosen or chosen.certain)]
        tied = [line.person for line in chosen.tied] if chosen.state != DECIDED else []
        lost = [line.person for line in lines if line.person not in {*kept, *tied}]
        self._move(top, lost, tied)
        over = max(len(kept) - told["places"], 0)
        return Cut(
            top.band, group, chosen.state, **told,
            kept=tuple(kept), lost=tuple(lost), tied=tuple(tied), over=over,
        )  # fmt: skip

    def _is_graded(self, one):
        return one.key in self.graded

    def _move(self, top, lost, tied):
        below = self.names[self.names.index(top.band) + 1]
        self.bands |= dict.fromkeys(lost, below)
        self.bands |= dict.fromkeys(tied)
        self.moved.update(lost)
        self.unsettled.update(tied)

    def _waiting(self, top, group, members, told):
        """A tie further up may send people into this band: until then nobody has it for sure."""
        waiting = [one.key for one in members if self.bands[one.key] == top.band]
        self.bands |= dict.fromkeys(waiting)
        self.unsettled.update(waiting)
        return Cut(top.band, group, WAITS, **told, tied=tuple(waiting))


def _group(top, one):
    if top.per == WHOLE:
        return ""
    group = one.group.get(top.per) if isinstance(one.group, dict) else one.group
    if group in ("", None):
        raise spelling.fault(top.at, _("The group of “%s” is needed.") % one.key)
    return str(group)
