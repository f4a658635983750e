"""Which closed complaints have been kept long enough."""

from django.apps import apps
from django.db.models import Case, DateField, F, Value, When

from complaints.rules.keeping import last_day_due


def due_for_destruction(complaints, today):
    """Narrow complaints to those closed whose time of keeping is over, with a key, not proposed."""
    destructions = apps.get_model("complaints.KeyDestruction").objects
    open_or_done = destructions.exclude(state="rejected").values("complaint")
    annotated = complaints.filter(vault_key__destroyed_on=None).annotate(
        last_day_due=_last_days(today)
    )
    return annotated.filter(closed_on__lte=F("last_day_due")).exclude(pk__in=open_or_done)


def _last_days(today):
    """The last closing day that is due, by the figure of the place; without a figure, none."""
    figures = apps.get_model("complaints.ComplaintPolicy").objects.in_force(today)
    rows = figures.filter(key="keep_years", kind="").select_related("division")
    # The narrowest place comes first: its figure holds before those around it.
    spans = sorted(
        ((*row.division.span, row.amount) for row in rows if row.division),
        key=lambda span: span[1] - span[0],
    )
    everywhere = next((row.amount for row in rows if not row.division), None)
    whens = [
        When(division_id__gte=low, division_id__lt=high, then=Value(last_day_due(today, years)))
        for low, high, years in spans
    ]
    default = everywhere and Value(last_day_due(today, everywhere))
    return Case(*whens, default=default, output_field=DateField())
