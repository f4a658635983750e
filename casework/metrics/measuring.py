"""Count in sets: one query with one GROUP BY for each source, to read from or to write from."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum, Value

from casework.metrics.catalogue import metrics_named
from casework.metrics.expressions import Enclosing, FirstOfMonth, FirstOfYear, Rows
from casework.metrics.sources import SOURCES
from casework.models import CaseShare
from casework.rules.windows import EVER, Window
from office.scopes import grants_of

PERMISSION = "casework.view_statistics_caserecord"


def _division_of(digits):
    return "division", lambda path: Enclosing(F(path), digits)


# What figures can be told by: the path to it, and what is made of what is found there.
PER = {
    "mediator": ("mediator", F),
    "organization": ("organization", F),
    "kind": ("kind", F),
    "city": _division_of(4),
    "county": _division_of(6),
    "township": _division_of(9),
    "village": _division_of(12),
    "dispute_type": ("dispute_type", F),
    "difficulty": ("difficulty", F),
    "source": ("source", F),
    "month": ("day", lambda path: FirstOfMonth(F(path))),
    "year": ("day", lambda path: FirstOfYear(F(path))),
}
# What the cases can be narrowed to, by codes, one or several. A role is that of the mediator asked
# for, or of anybody.
FILTERS = {
    "dispute_type": "dispute_type_code",
    "difficulty": "difficulty_code",
    "kind": "kind",
    "source": "source",
    "state": "state",
    "agreement": "agreement",
    "role": "role",
}


@dataclass(frozen=True, kw_only=True)
class Measuring:
    """What is asked for; ``query`` and ``sql`` answer for one source in one set."""

    metrics: tuple
    per: tuple
    window: Window
    filters: dict
    mediators: object = None
    organizations: object = None
    division: object = None
    user: object = None
    permission: str = PERMISSION
    by_weight: bool = False

    @property
    def sources(self):
        """The names of the sources that are asked, of those that somebody told of."""
        asked = {tally.source for metric in self.metrics for tally in metric.tallies}
        return [name for name in SOURCES if name in asked]

    def tallies(self, source):
        """What is counted of a source, each thing once."""
        found = [tally for metric in self.metrics for tally in metric.tallies]
        return list({tally.name: tally for tally in found if tally.source == source}.values())

    def columns(self, source):
        """The names of the columns of ``query``, in order."""
        weights = ["weights"] if self.by_weight else []
        return [*self.per, *weights, *(tally.name for tally in self.tallies(source))]

    def query(self, source):
        """Return the queryset of a source: tuples of ``columns``, a row for each subject."""
        asked = SOURCES[source]
        if "mediator" in self.per:
            asked = asked.people or asked
        rows = asked.rows().filter(self._within(asked))
        subjects = {f"{name}_s": PER[name][1](asked.told_by(PER[name][0])) for name in self.per}
        if self.by_weight:
            subjects["weights_s"] = _weights_together()
        counted = {f"{t.name}_n": self._counted(asked, t) for t in self.tallies(source)}
        rows = rows.filter(self._condition(asked)).order_by()
        # Told by nothing, all rows are one group: a constant is not grouped by.
        subjects = subjects or {"whole_s": Value(1)}
        names = [name for name in subjects if name != "whole_s"]
        return (
            rows.annotate(**subjects)
            .values(*subjects)
            .annotate(**counted)
            .values_list(*names, *counted)
        )

    def sql(self, source):
        """Return (SQL, parameters) of a source's query, to write from it as a set."""
        return self.query(source).query.sql_with_params()

    def _counted(self, asked, tally):
        condition = _prefixed(tally.condition, asked.prefix) or None
        if self.by_weight:
            return Sum("weight", filter=condition, default=0)
        if tally.total is None:
            return Rows(filter=condition)
        return Sum(tally.total(asked.prefix), filter=condition, default=0)

    def _condition(self, asked):
        """All that narrows the rows, in one: what is asked of a part is asked of the same part."""
        lookups = dict(self._days(asked.told_by("day")))
        if self.organizations is not None:
            lookups[f"{asked.told_by('organization')}__in"] = self.organizations
        if self.division is not None:
            path = asked.told_by("division")
            lookups[f"{path}__gte"], lookups[f"{path}__lt"] = self.division.span
        for name, codes in self.filters.items():
            if name != "role":
                lookups[f"{asked.told_by(FILTERS[name])}__in"] = codes
        return Q(**lookups) & self._of_people(asked)

    def _within(self, asked):
        """Where the posts of the user reach, for all sources alike: these are only figures."""
        user = self.user
        if user is None or (user.is_superuser and user.is_active):
            return Q()
        reached = Q(pk__in=[])
        place, body = asked.told_by("division"), asked.told_by("organization")
        for grant in grants_of(user, self.permission):
            if grant.low is not None:
                reached |= Q(**{f"{place}__gte": grant.low, f"{place}__lt": grant.high})
            if grant.organization is not None:
                reached |= Q(**{body: grant.organization})
        return reached

    def _days(self, path):
        if self.window.from_on is not None:
            yield f"{path}__gte", self.window.from_on
        if self.window.until_on is not None:
            yield f"{path}__lt", self.window.until_on

    def _of_people(self, asked):
        """Who took part, and how: the row's own person, or anybody in the case of the row."""
        wanted = {}
        if self.mediators is not None:
            wanted["mediator"] = self.mediators
        if "role" in self.filters:
            wanted["role"] = self.filters["role"]
        if not wanted and "mediator" not in self.per:
            return Q()
        if "mediator" in self.per or "case" not in asked.paths:
            named = {f"{asked.told_by(name)}__in": value for name, value in wanted.items()}
            # Of a source without rows of people the path may lead to nobody.
            return Q(**named, **{f"{asked.told_by('mediator')}__isnull": False})
        named = {f"{name}__in": value for name, value in wanted.items()}
        return Q(Exists(CaseShare.objects.filter(case=OuterRef(asked.told_by("case")), **named)))


def measure(
    names, *, per=(), window=EVER, filters=None, mediators=None, organizations=None,
    division=None, user=None, permission=PERMISSION, by_weight=False,
):  # fmt: skip
    """Return the ``Measuring`` of these metrics.

    ``per`` is a name of ``PER``, several, or none for one figure of all; ``filters`` maps names of
    ``FILTERS`` to a code or several. ``mediators`` and ``organizations`` are querysets or numbers,
    ``division`` is one with all below it; with ``user`` only the cases within the posts that carry
    ``permission``. A case counts wholly for each mediator with a part in it; ``by_weight`` it
    counts for each by the weight of that part.

    :raises LookupError: when there is no such metric, subject or filter.
    """
    per = (per,) if isinstance(per, str) else tuple(per)
    filters = {
        name: [codes] if isinstance(codes, str) else list(codes)
        for name, codes in (filters or {}).items()
    }
    unknown = [name for name in per if name not in PER] + [n for n in filters if n not in FILTERS]
    if unknown:
        raise LookupError(f"figures know nothing of {', '.join(unknown)}")
    if by_weight and "mediator" not in per:
        raise LookupError("only people have parts of a case")
    metrics = tuple(metrics_named(names))
    if by_weight and any(t.total or t.source != "cases" for m in metrics for t in m.tallies):
        raise LookupError("only cases are shared out by weight")
    return Measuring(
        metrics=metrics,
        per=per,
        window=Window(*window),
        filters=filters,
        mediators=mediators,
        organizations=organizations,
        division=division,
        user=user,
        permission=permission,
        by_weight=by_weight,
    )


def _weights_together():
    """The weights of all parts of the row's case, added up."""
    parts = CaseShare.objects.filter(case=OuterRef("case")).order_by().values("case")
    return Subquery(parts.values(total=Sum("weight")))


def _prefixed(condition, prefix):
    """Return a condition on a case as one on rows from which ``prefix`` leads to it."""
    children = [
        _prefixed(child, prefix) if isinstance(child, Q) else (f"{prefix}{child[0]}", child[1])
        for child in condition.children
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)
