"""The figures of casework: the one list that statistics, grading and annual review use.

A figure is a count, or a count of a count: integers only, divided when they are shown. All figures
of a window tell of the cases *accepted* in it, and what became of them as far as is known now, so
that a share never has a numerator from other cases than its denominator. What is not known, an
empty field of the ledger, is in neither.
"""

from dataclasses import dataclass

from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casework.flows import CLOSED, CaseState
from casework.metrics.expressions import DaysBetween
from casework.metrics.sources import SOURCES
from casework.models import Agreement, Fulfilment, Judgment, JudicialConfirmation


class Unit(TextChoices):
    CASES = "cases", _("cases")
    SHARE = "share", _("percent")
    DAYS = "days", _("days")
    POINTS = "points", _("points of 5")
    PIECES = "pieces", _("pieces")


ALL = Q()


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What is counted of a source's rows; with ``total``, an expression is added up instead.

    ``condition`` and ``total`` name fields as the case does; ``total`` is a callable of the prefix.
    """

    name: str
    label: str
    source: str = "cases"
    condition: Q = ALL
    total: object = None


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A figure: a tally, or one tally of another. ``least``: fewer are not shown, see ``figures``.

    ``clause`` names where a rule asks for it.
    """

    name: str
    label: str
    unit: str
    numerator: str
    denominator: str = ""
    needs_least: bool = False

    @property
    def tallies(self):
        return [TALLIES[name] for name in (self.numerator, self.denominator) if name]

    @property
    def source(self):
        """The sentence that says what was counted, and of what."""
        told = [str(tally.label) for tally in self.tallies]
        source = SOURCES.get(TALLIES[self.numerator].source)
        where = source.label if source else gettext("not counted yet")
        return gettext("%(where)s: %(counted)s") % {"where": where, "counted": " / ".join(told)}


TALLIES = {}
METRICS = {}


def add_tally(name, label, **given):
    """Add something to count; the same name counts the same everywhere."""
    TALLIES[name] = Tally(name=name, label=label, **given)


def add_metric(name, label, unit, numerator, denominator="", **given):
    """Add a figure over tallies that are there; another noun's app calls it when it is ready."""
    METRICS[name] = Metric(
        name=name,
        label=label,
        unit=unit,
        numerator=numerator,
        denominator=denominator,
        **given,
    )


SUCCEEDED = Q(state=CaseState.SUCCEEDED)
AGREED = Q(agreement__in=[Agreement.WRITTEN, Agreement.ORAL])
FULFILLED = Q(fulfilment=Fulfilment.FULFILLED)
J = JudicialConfirmation

add_tally("accepted", _("cases accepted"))
add_tally("closed", _("cases closed"), condition=Q(state__in=CLOSED))
add_tally("succeeded", _("cases that succeeded"), condition=SUCCEEDED)
add_tally("failed", _("cases that failed"), condition=Q(state=CaseState.FAILED))
add_tally("withdrawn", _("cases withdrawn by the parties"), condition=Q(state=CaseState.WITHDRAWN))
add_tally("transferred", _("cases passed on"), condition=Q(state=CaseState.TRANSFERRED))
add_tally("agreed", _("agreements whose form is known"), condition=AGREED)
add_tally("written", _("written agreements"), condition=Q(agreement=Agreement.WRITTEN))
add_tally("oral", _("oral agreements"), condition=Q(agreement=Agreement.ORAL))
add_tally(
    "fulfilment_known",
    _("agreements of which it is known whether they were fulfilled"),
    condition=Q(fulfilment__in=[Fulfilment.FULFILLED, Fulfilment.PARTLY, Fulfilment.REFUSED]),
)
add_tally("fulfilled", _("agreements fulfilled"), condition=FULFILLED)
add_tally(
    "voluntariness_known",
    _("agreements fulfilled of which it is known whether voluntarily"),
    condition=FULFILLED & Q(is_voluntary__isnull=False),
)
add_tally(
    "voluntary", _("agreements fulfilled voluntarily"), condition=FULFILLED & Q(is_voluntary=True)
)
add_tally(
    "court_decided",
    _("agreements on whose confirmation a court decided"),
    condition=Q(confirmation__in=[J.CONFIRMED, J.REFUSED]),
)
add_tally("court_refused", _("confirmations refused"), condition=Q(confirmation=J.REFUSED))
add_tally(
    "overturned",
    _("agreements changed, revoked or held invalid by a judgment"),
    condition=Q(judgment__in=Judgment.values),
)
add_tally(
    "days",
    _("days from acceptance to closing"),
    condition=Q(state__in=CLOSED),
    total=lambda prefix: DaysBetween(F(f"{prefix}closed_on"), F(f"{prefix}accepted_on")),
)
add_tally("scores", _("points given"), source="opinions", total=lambda prefix: F(f"{prefix}score"))
add_tally("opinions", _("opinions"), source="opinions")
add_tally("adopted", _("write-ups adopted in the library"), source="writeups")

U = Unit
add_metric("accepted", _("Cases accepted"), U.CASES, "accepted")
add_metric("closed", _("Cases closed"), U.CASES, "closed")
add_metric("succeeded", _("Cases that succeeded"), U.CASES, "succeeded")
add_metric("success_rate", _("Success rate"), U.SHARE, "succeeded", "accepted")
add_metric("success_of_closed", _("Success rate of closed cases"), U.SHARE, "succeeded", "closed")
add_metric("agreed", _("Agreements"), U.CASES, "agreed")
add_metric("written", _("Written agreements"), U.CASES, "written")
add_metric("written_share", _("Share of written agreements"), U.SHARE, "written", "agreed")
# The three readings of a limit on oral agreements: of all cases, of agreements, or a cap on what
# counts; for the last a scheme takes the counts themselves.
add_metric("oral", _("Oral agreements"), U.CASES, "oral")
add_metric("oral_of_mediated", _("Oral agreements of all cases"), U.SHARE, "oral", "accepted")
add_metric("oral_of_agreed", _("Oral agreements of agreements"), U.SHARE, "oral", "agreed")
add_metric(
    "fulfilment", pgettext_lazy("share", "Fulfilment"), U.SHARE, "fulfilled", "fulfilment_known"
)
add_metric(
    "voluntary_fulfilment",
    _("Voluntary fulfilment"),
    U.SHARE,
    "voluntary",
    "voluntariness_known",
)
add_metric("average_days", _("Days to close a case"), U.DAYS, "days", "closed")
# Both are told back by the courts; Ningbo rules on people's mediation, art. 25 and 26.
add_metric(
    "court_refusals",
    _("Confirmations refused by courts"),
    U.SHARE,
    "court_refused",
    "court_decided",
)
add_metric("overturned", _("Agreements overturned by judgments"), U.CASES, "overturned")
add_metric("satisfaction", _("Satisfaction"), U.POINTS, "scores", "opinions", needs_least=True)
add_metric("adopted", _("Write-ups adopted"), U.PIECES, "adopted")


def metrics_named(names):
    """Return the metrics of these names, in their order.

    :raises LookupError: when there is no such metric.
    """
    unknown = [name for name in names if name not in METRICS]
    if unknown:
        raise LookupError(f"no such metric: {', '.join(unknown)}")
    return [METRICS[name] for name in names]
