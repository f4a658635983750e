"""What is published of complaints each year, counted in the database."""

from django.apps import apps
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import ExtractYear

from complaints.queries.insight import DECIDED, IS_FOUNDED


def by_year_and_channel(complaints):
    """Return {(year, channel): number received}."""
    rows = complaints.order_by().annotate(year=ExtractYear("received_on"))
    counted = rows.values("year", "channel").annotate(number=Count("pk"))
    return {(row["year"], row["channel"]): row["number"] for row in counted}


def accepted_in_time(complaints):
    """Return {year received: (decided within the limit to accept, decided at all)}."""
    clocks = apps.get_model("complaints.ComplaintClock").objects.order_by()
    rows = clocks.filter(
        key="accept_days", stopped_on__isnull=False, complaint__in=complaints
    ).annotate(year=ExtractYear("complaint__received_on"))
    # A limit that ends in a year without a calendar has no last day, so that nobody was late.
    in_time = Q(due_on__isnull=True) | Q(stopped_on__lte=F("due_on"))
    counted = rows.values("year").annotate(
        number=Count("complaint", distinct=True),
        late=Count("complaint", distinct=True, filter=~in_time),
    )
    return {row["year"]: (row["number"] - row["late"], row["number"]) for row in counted}


def findings(complaints):
    """Return {year received: (founded at least in part, decided)}."""
    rows = complaints.filter(DECIDED).order_by().annotate(year=ExtractYear("received_on"))
    counted = rows.values("year").annotate(
        founded=Count("pk", filter=IS_FOUNDED), decided=Count("pk")
    )
    return {row["year"]: (row["founded"], row["decided"]) for row in counted}


def days_to_the_end(complaints):
    """Return {year received: {days until it was closed: number}}."""
    took = ExpressionWrapper(F("closed_on") - F("received_on"), output_field=DurationField())
    rows = complaints.filter(closed_on__isnull=False).exclude(state="merged").order_by()
    rows = rows.annotate(year=ExtractYear("received_on"), took=took)
    found = {}
    for row in rows.values("year", "took").annotate(number=Count("pk")):
        found.setdefault(row["year"], {})[row["took"].days] = row["number"]
    return found
