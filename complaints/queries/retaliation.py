"""Acts that came after a complaint, against those who told of it or by the unit: to be looked at.

A flag accuses nobody. It lists what the ledger of the register holds.
"""

from datetime import datetime, time

from django.apps import apps
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.timezone import make_aware

from registry.rules import months_later

# What somebody may suffer: written in the ledger of the register.
AGAINST_A_POST = [
    "registry.appointment.suspend", "registry.appointment.remove", "registry.appointment.dismiss",
    "registry.appointment.lapse", "registry.appointment.transfer", "registry.appointment.reject",
    "registry.appointment.drop_out",
]  # fmt: skip
DISCIPLINE = ["registry.discipline.add"]
MOST = 50


def acts_since_complaint(complaint, today):
    """Return ledger entries against witnesses and, by the unit, against anybody but the respondent.

    Looked at are the months the figure sets from the day the complaint came, or until today.
    """
    months = _months(complaint)
    if months is None:
        return []
    until = min(months_later(complaint.received_on, months), today)
    posts = _posts(complaint)
    records = apps.get_model("registry.Discipline").objects.filter(appointment__in=posts)
    about = Q(act__in=AGAINST_A_POST, subject_id__in=_as_text(posts))
    about |= Q(act__in=DISCIPLINE, subject_id__in=_as_text(records))
    entries = apps.get_model("office.LedgerEntry").objects.filter(
        about,
        at__gte=_midnight(complaint.received_on),
        at__lte=make_aware(datetime.combine(until, time.max)),
    )
    return list(entries.order_by("-sequence")[:MOST])


def _posts(complaint):
    """The posts of witnesses anywhere, and in the unit those of everybody but the respondent."""
    posts = apps.get_model("registry.Appointment").objects.all()
    witnesses = complaint.witnesses.values("mediator")
    about = Q(mediator__in=witnesses)
    if complaint.organization_id:
        about |= Q(organization=complaint.organization_id)
    found = posts.filter(about)
    return found.exclude(mediator=complaint.mediator_id) if complaint.mediator_id else found


def _months(complaint):
    policies = apps.get_model("complaints.ComplaintPolicy")
    try:
        figure = policies.objects.ruling(
            "witness_months", division_id=complaint.division_id, on=complaint.received_on
        )
    except policies.DoesNotExist:
        return None
    return figure.amount


def _as_text(rows):
    return rows.annotate(key=Cast("pk", CharField())).values("key")


def _midnight(day):
    return make_aware(datetime.combine(day, time.min))
