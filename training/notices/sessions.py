"""What is written about a session: the sheet to sign in, and the file for a calendar."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from office.papers import Facts, Paper, Rows, Text

EMPTY_LINES = 5
PRODUCT = "-//register of mediators//training//ZH"


def sign_in_sheet(session):
    """Return the paper on which the enrolled sign, part by part; in Chinese, as papers are."""
    parts = list(session.parts.all())
    enrolled = session.enrolments.filter(state="enrolled").select_related("mediator__division")
    rows = [
        (str(number), row.mediator.name, row.mediator.division.name, *[""] * len(parts))
        for number, row in enumerate(enrolled.order_by("mediator__name", "pk"), 1)
    ]
    empty = [("", "", "", *[""] * len(parts))] * EMPTY_LINES
    days = [f"{localtime(part.starts_at):%m-%d %H:%M}" for part in parts]
    return Paper(
        title=f"{session.title}签到表",
        issuer=session.division.name,
        body=[
            Facts([("培训基地", session.base.name), ("学时", f"{session.hours}")]),
            Rows(["序号", "姓名", "所在地", *days], [*rows, *empty]),
            Text("签到表由培训组织单位存档。", indent=0),
        ],
        dated_on=session.starts_on,
    )


def calendar_file(session, *, address, stamped_at):
    """Return the parts of a session as the bytes of an iCalendar file (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for part in session.parts.all():
        calendar.add_component(_event(session, part, address, stamped_at))
    return calendar.to_ical()


def _event(session, part, address, stamped_at):
    event = Event()
    event.add("uid", f"session-{session.pk}-part-{part.pk}@{address.split('/')[2]}")
    event.add("dtstamp", stamped_at)
    event.add("dtstart", part.starts_at)
    event.add("dtend", part.ends_at)
    event.add("summary", f"{session.title}：{part.title}")
    event.add("location", f"{session.base.name}，{session.base.address}")
    event.add("url", address)
    return event


def when(part):
    """Return day and hours of a part in the reader's language."""
    start, end = localtime(part.starts_at), localtime(part.ends_at)
    return _("%(day)s, %(start)s to %(end)s") % {
        "day": date_format(start, "DATE_FORMAT"),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
    }
