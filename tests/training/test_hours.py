"""Hours: credited once from what was learnt, taken back with a reason, never typed or deleted."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.make import TODAY
from training.actions import credit_hours, reverse_hours
from training.models import ContentClass, HourEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def mediator():
    return make.mediator()


def credit(mediator, source=None, hours="2.0", done_on=date(2026, 3, 2)):
    return credit_hours(
        mediator,
        hours=Decimal(hours),
        content_class=ContentClass.LAW,
        source=source or mediator.division,
        title="人民调解法逐条学",
        done_on=done_on,
        by=None,
        today=TODAY,
    )


def test_what_was_learnt_once_is_credited_once(mediator):
    first = credit(mediator)

    assert credit(mediator) == first
    assert HourEntry.objects.total() == Decimal("2.0")


def test_a_reversal_leaves_the_credit_and_takes_the_hours(mediator):
    entry = credit(mediator)
    reverse_hours(entry.pk, by=make.user(), today=TODAY, reason="Absent after all.")

    assert HourEntry.objects.total() == Decimal(0)
    assert HourEntry.objects.count() == 2


def test_after_a_reversal_the_same_can_be_credited_again(mediator):
    entry = credit(mediator)
    reverse_hours(entry.pk, by=make.user(), today=TODAY, reason="Absent after all.")

    assert credit(mediator).serial == 2
    assert HourEntry.objects.total() == Decimal("2.0")


def test_a_credit_is_reversed_once_and_a_reversal_never(mediator):
    entry = credit(mediator)
    reversal = reverse_hours(entry.pk, by=make.user(), today=TODAY, reason="Absent.")

    for pk in [entry.pk, reversal.pk]:
        with pytest.raises(Refused):
            reverse_hours(pk, by=make.user(), today=TODAY, reason="Absent.")


def test_the_database_credits_one_source_once(mediator):
    entry = credit(mediator)
    entry.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save(force_insert=True)


def test_the_ledger_tells_of_credit_and_reversal(mediator):
    entry = credit(mediator)
    reverse_hours(entry.pk, by=make.user(), today=TODAY, reason="Absent.")

    acts = LedgerEntry.objects.filter(act__startswith="training.hourentry").values_list(
        "act", flat=True
    )
    assert sorted(acts) == ["training.hourentry.credit", "training.hourentry.reverse"]
