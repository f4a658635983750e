"""Figures of complaints, counted in the database: each function asks a fixed number of questions.

They are given rows that are within somebody's posts already, so that what the person is recused
from is in no figure.
"""

from datetime import timedelta

from django.apps import apps
from django.db.models import Avg, Case, Count, F, IntegerField, Min, Q, Value, When

from complaints.flows import ENDED, ComplaintState
from registry.rules import months_later

# Days a complaint has been open, up to and including; above the last one is the last band.
AGES = [15, 30, 45, 60]
FOUNDED = ["founded", "partly"]
BELOW_COUNTY = 1_000_000  # the digits of a division's number below its county
DECIDED = ~Q(result="") & ~Q(state=ComplaintState.MERGED)
IS_FOUNDED = Q(result__in=FOUNDED)


def running_clocks(complaints):
    """Return the running limits on the bureau of open complaints, with what they count by."""
    rows = apps.get_model("complaints.ComplaintClock").objects.duties()
    rows = rows.filter(complaint__in=complaints.exclude(state__in=ENDED))
    return rows.select_related("policy", "complaint").prefetch_related("pauses")


def ages(complaints, today):
    """Return {(state, channel, number of the band): count} of complaints that are not ended."""
    bands = [
        When(received_on__gte=today - timedelta(days=days), then=Value(number))
        for number, days in enumerate(AGES)
    ]
    age = Case(*bands, default=Value(len(AGES)), output_field=IntegerField())
    rows = complaints.exclude(state__in=ENDED).order_by().annotate(age=age)
    counted = rows.values_list("state", "channel", "age").annotate(Count("pk"))
    return {(state, channel, age): count for state, channel, age, count in counted}


def findings_by_place(complaints, year):
    """Return {(kind of organisation or None, number of the county): (founded, decided)}."""
    rows = complaints.filter(DECIDED, final_on__year=year).order_by()
    rows = rows.annotate(county=F("division_id") / BELOW_COUNTY)
    counted = rows.values("organization__kind", "county").annotate(
        founded=Count("pk", filter=IS_FOUNDED), decided=Count("pk")
    )
    return {
        (row["organization__kind"], row["county"]): (row["founded"], row["decided"])
        for row in counted
    }


def findings_by_ground(complaints, year):
    """Return {ground: (founded, decided)}, each by what was found of that very ground."""
    rows = complaints.filter(DECIDED, final_on__year=year).order_by()
    items = apps.get_model("complaints.DecisionItem").objects.order_by()
    items = items.filter(decision__stands=True, decision__complaint__in=rows)
    counted = items.values("ground").annotate(
        founded=Count("pk", filter=Q(finding__in=FOUNDED)), decided=Count("pk")
    )
    return {row["ground"]: (row["founded"], row["decided"]) for row in counted}


def satisfaction(complaints, year):
    """Return (average or None, number) of what complainants gave that were closed in a year."""
    rated = complaints.filter(satisfaction__isnull=False, closed_on__year=year).order_by()
    told = rated.aggregate(average=Avg("satisfaction"), count=Count("pk"))
    return told["average"], told["count"]


def patterns(complaints, field, *, least, months, today):
    """Return the complaints that share a value of a field with enough others, in its order.

    Counted are those received within so many months; what was joined to another counts once.
    """
    rows = recent(complaints, months, today).exclude(**{f"{field}__isnull": True})
    rows = rows.exclude(**{field: ""}) if field == "text_digest" else rows
    shared = rows.order_by().values(field).annotate(Count("pk")).filter(pk__count__gte=least)
    found = rows.filter(**{f"{field}__in": shared.values(field)})
    return found.select_related("mediator", "organization").order_by(field, "received_on", "pk")


def recent(complaints, months, today):
    """Complaints received within the last months, but for those joined to another."""
    since = months_later(today, -months)
    return complaints.filter(received_on__gt=since).exclude(state=ComplaintState.MERGED)


def years_of(complaints):
    """Return the year of the first complaint, or None."""
    first = complaints.order_by().aggregate(first=Min("received_on"))["first"]
    return first and first.year
