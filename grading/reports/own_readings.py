"""What panels add to the own page of who is signed in."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grading.models import Reading
from office.workbench import Task


def readings_to_do(user, today):
    """One line for all that waits to be read, with how much it is."""
    rows = Reading.objects.within(user, "grading.view_reading").open()
    number = rows.filter(member=user, panel__state="sitting").count()
    if not number:
        return []
    note = ngettext(
        "%(number)d application waits for you.", "%(number)d applications wait for you.", number
    )
    url = f"{reverse('grading_readings:index')}?state=open"
    return [Task(_("Readings to do"), url, note % {"number": number})]
