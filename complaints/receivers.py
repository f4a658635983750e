"""Answers to the questions of the floors below."""

from django.dispatch import receiver

from complaints.actions import recount_clocks
from office.clocks import calendar_loaded


@receiver(calendar_loaded)
def clocks_are_counted_by_the_new_calendar(sender, **kwargs):
    recount_clocks()
