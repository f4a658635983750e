"""The list of review sheets: filters, columns, and acts for many at once."""

import django_filters
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.flows.review import SheetState
from grading.models import ReviewCycle, ReviewFigure, ReviewSheet
from grading.models.review_parts import FigureState
from grading.notices.review_words import RESULTS, said_of
from office.desk.columns import Column, column, related
from office.desk.filters import Filters, choice, contains
from registry.viewsets.terms import DivisionFilter, division_column

S = SheetState
SEES_REVIEWS = "grading.view_reviewcycle"
TONES = {
    S.SELF: "info", S.ORGANIZATION: "warn", S.OFFICE: "warn", S.BUREAU: "warn",
    S.PROPOSED: "info", S.NOTICE: "info", S.OBJECTED: "error", S.DECIDED: "ok",
}  # fmt: skip
NOT_ASSESSED = [FigureState.MISSING, FigureState.TOO_FEW]


def with_missing(rows):
    """Annotate sheets with how many of their figures were not assessed."""
    figures = ReviewFigure.objects.standing().filter(sheet=OuterRef("pk"), state__in=NOT_ASSESSED)
    counted = figures.order_by().values("sheet").annotate(number=Count("pk")).values("number")
    number = Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
    return rows.annotate(missing=number)


class SheetFilters(Filters):
    name = contains("mediator__name", gettext_lazy("Name"))
    organization = contains("organization__name", gettext_lazy("Organisation name"))
    cycle = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Annual review"),
        queryset=ReviewCycle.objects.all(),
        empty_label=gettext_lazy("All"),
    )
    division = DivisionFilter()
    band = contains("band", gettext_lazy("Band"))
    result = choice("result", gettext_lazy("By the rule"), list(RESULTS.items())[1:])
    missing = django_filters.BooleanFilter(
        method="has_missing", label=gettext_lazy("With figures that were not assessed")
    )
    is_late = django_filters.BooleanFilter(label=gettext_lazy("Without a self-review"))
    flagged = django_filters.BooleanFilter(
        method="is_flagged", label=gettext_lazy("To be looked at again")
    )

    class Meta:
        model = ReviewSheet
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Reviews of the bodies above are read as well; to read one asks for its own permission.
        cycles = ReviewCycle.objects.within(self.request.user, SEES_REVIEWS)
        self.form.fields["cycle"].queryset = cycles.defer("version__text")

    def has_missing(self, rows, _name, value):
        return rows.filter(missing__gt=0) if value else rows.filter(missing=0)

    def is_flagged(self, rows, _name, value):
        flagged = Q(flagged_on__isnull=False) & ~Q(state=S.REPLACED)
        return rows.filter(flagged if value else ~flagged)


def missing_text(row):
    """How many figures were not assessed; nothing if all were."""
    return _("not assessed: %(number)d") % {"number": row.missing} if row.missing else ""


def band_text(row):
    """The band, and the one by points where the quota left another."""
    if row.band_earned and row.band_earned != row.band:
        told = {"band": row.band, "earned": row.band_earned}
        return _("%(band)s (by points: %(earned)s)") % told
    return row.band


NAMED = related("mediator", gettext_lazy("Name"), "mediator__name")
BODY = related("organization", gettext_lazy("Organisation"), "organization__name")
CYCLE = related("cycle", gettext_lazy("Annual review"), "cycle__title")
missing_column = Column(
    name="missing",
    label=pgettext_lazy("annual review", "Figures"),
    value=missing_text,
    tone=lambda row: "warn",
    sort="missing",
)
band_column = Column(name="band", label=gettext_lazy("Band"), value=band_text, sort="band")
result_column = Column(
    name="result",
    label=gettext_lazy("By the rule"),
    value=lambda row: said_of(row.result),
    sort="result",
)
late_column = Column(
    name="is_late",
    label=pgettext_lazy("review", "Self-review"),
    value=lambda row: _("without a self-review") if row.is_late else row.handed_in_on,
    tone=lambda row: "warn" if row.is_late else "",
    sort="handed_in_on",
)
LISTED = (
    NAMED,
    BODY,
    CYCLE,
    late_column,
    missing_column,
    "score",
    band_column,
    column(ReviewSheet, "state", tones=TONES),
)
EXPORTED = (
    NAMED, BODY, division_column, CYCLE, "in_from", "in_until", "days_in", "state",
    late_column, missing_column, result_column, "score", "band_earned", "band", "decided_on",
    "signed_on",
)  # fmt: skip
