"""Training bases are entered, corrected, closed and put back in use."""

from django.db import transaction

from office.flow import changing, taking
from registry.actions.entering import entered
from registry.models import Division
from training.models import TrainingBase


@transaction.atomic
def add_base(*, by, today, reason, **fields):
    """Enter a training base; returns it."""
    return entered(TrainingBase(**fields), by=by, reason=reason)


def change_base(pk, *, by, today, reason, revision=None, **fields):
    """Correct the data of a base that is in use."""
    with changing(TrainingBase.objects, pk, by=by, reason=reason, revision=revision) as base:
        for name, value in fields.items():
            setattr(base, name, value)
    return base


def close_base(pk, *, by, today, reason):
    """Close a base at which nothing is to be held any more."""
    with taking("close", TrainingBase.objects, pk, by=by, today=today, reason=reason) as base:
        pass
    return base


def reopen_base(pk, *, by, today, reason):
    """Put a closed base back in use."""
    with taking("reopen", TrainingBase.objects, pk, by=by, today=today, reason=reason) as base:
        pass
    return base


@transaction.atomic
def load_bases(content, *, by=None, today=None, reason=""):
    """Enter the bases of a file that are not there yet; returns the number added."""
    divisions = {row.code: row for row in Division.objects.filter(level__in=LEVELS)}
    known = set(TrainingBase.objects.values_list("code", flat=True))
    new = [values for values in content if values["code"] not in known]
    for values in new:
        fields = {**values, "division": divisions[values["division"]]}
        add_base(by=by, today=today, reason=reason, **fields)
    return len(new)


LEVELS = ["city", "county", "township"]
