"""The minutes attended, part by part, wherever a page of the desk shows them."""

from django.utils.translation import gettext as _

from office.desk.columns import Section
from training.models import Enrolment
from training.notices.sessions import when


def minutes_section(enrolment):
    """Return the section with the minutes a person attended of a session."""
    noted = enrolment.attendances.select_related("part", "noted_by").order_by("part__starts_at")
    rows = [(when(row.part), row) for row in noted]
    return Section(
        name="minutes",
        heading=_("Minutes attended"),
        icon="time",
        template="training/desk/minutes.html",
        context={"rows": rows, "enrolment": enrolment, "session": enrolment.session},
    )


def minutes_behind(entry):
    """Return the section of the attendance an entry of hours rests on, if it rests on any."""
    if entry.source_type != Enrolment._meta.label_lower:
        return []
    rows = Enrolment.objects.filter(pk=entry.source_id).select_related("session")
    return [minutes_section(row) for row in rows]
