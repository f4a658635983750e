"""A form takes effect once, however often it is sent."""

from contextlib import contextmanager
from uuid import uuid4

from django.db import IntegrityError, transaction

from office.models import Submission


class SentAgain(Exception):
    """The same form was sent before; ``outcome`` is the address it led to."""

    def __init__(self, outcome):
        self.outcome = outcome
        super().__init__(outcome)


def new_key():
    """Return a fresh key for the hidden field of a form."""
    return uuid4().hex


@contextmanager
def once(key, user):
    """Run an act in a transaction that only the first sending of a form gets through.

    Yields the submission; set its ``outcome`` to the address the form leads to. If the act raises,
    nothing is remembered and the form may be sent again.

    :raises SentAgain: if this user sent a form with this key before.
    """
    with transaction.atomic():
        submission = _claimed(key, user)
        yield submission
        submission.save(update_fields=["outcome"])


def _claimed(key, user):
    # Two at the same moment: the second insert waits for the first, then is refused as a duplicate.
    full_key = f"{user.pk}-{key}"
    try:
        with transaction.atomic():
            return Submission.objects.create(key=full_key, user=user)
    except IntegrityError:
        raise SentAgain(Submission.objects.get(key=full_key).outcome) from None
