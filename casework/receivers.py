"""Answers to the questions of the floors below."""

from django.dispatch import receiver

from casework.actions.case_studies import unsign_studies
from registry.questions import person_is_erased


@receiver(person_is_erased)
def published_cases_lose_the_name(sender, mediator, by, today, reason, **kwargs):
    unsign_studies(mediator, by=by, reason=reason)
