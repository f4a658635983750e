"""Attendance is written in one place, whatever it is known by."""

from django.utils.translation import gettext as _

from office.flow import Refused
from training.models import Attendance


def note(part, minutes, *, how, by, today):
    """Store ``{enrolment's pk: minutes}`` of a part; returns how many rows that changed.

    Called with the session's row locked.

    :raises Refused: if the part does not last so long.
    """
    if any(not 0 <= given <= part.minutes for given in minutes.values()):
        raise Refused(
            _("“%(part)s” lasts %(minutes)d minutes.") % {"part": part, "minutes": part.minutes}
        )
    rows = Attendance.objects.filter(part=part, enrolment__in=minutes)
    known = {row.enrolment_id: row for row in rows}
    new, changed = [], []
    for enrolment, given in minutes.items():
        row = known.get(enrolment) or Attendance(part=part, enrolment_id=enrolment)
        if row.minutes != given:
            row.minutes, row.how, row.noted_on, row.noted_by = given, how, today, by
            (changed if row.pk else new).append(row)
    Attendance.objects.bulk_create(new)
    Attendance.objects.bulk_update(changed, ["minutes", "how", "noted_on", "noted_by"])
    return len(new) + len(changed)
