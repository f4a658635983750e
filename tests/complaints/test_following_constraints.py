"""What the database itself does not let anybody write about openings, guesses and sendings."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from complaints import vault
from complaints.models import Guesses, Opening, Sending
from tests.complaints.make_complaints import figures, received
from tests.complaints.make_following import ask
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BEFORE = NOW - timedelta(seconds=1)


@pytest.fixture
def complaint():
    figures()
    return received()[0]


def refused(*rows):
    """Write rows past all tests of Python; tell whether the database refused the last one."""
    *first, last = rows
    for row in first:
        type(row).objects.bulk_create([row])
    try:
        with transaction.atomic():
            type(last).objects.bulk_create([last])
    except IntegrityError:
        return True
    return False


def test_an_opening_is_seen_after_it_began_and_a_key_opens_one(complaint):
    def opening(key="a", **fields):
        given = {"key_hash": key, "complaint": complaint, "opened_at": NOW, "seen_at": NOW}
        return Opening(**(given | fields))

    assert refused(opening(seen_at=BEFORE))
    assert refused(opening(), opening())
    assert not refused(opening("b"))


def test_the_last_wrong_code_comes_after_the_first_and_an_origin_has_one_count():
    def guesses(origin="a", **fields):
        return Guesses(**({"origin": origin, "began_at": NOW, "last_at": NOW} | fields))

    assert refused(guesses(last_at=BEFORE))
    assert refused(guesses(), guesses())
    assert refused(guesses("b", misses=-1))
    assert not refused(guesses("b"))


def test_a_sending_is_kept_once_answers_a_question_once_and_in_words(complaint):
    question = ask(complaint)
    words = [vault.say(complaint, "addition", f"回答{number}", today=TODAY) for number in range(3)]

    def sending(key, **fields):
        return Sending(**({"complaint": complaint, "key": key, "sent_on": TODAY} | fields))

    assert refused(sending("a", read_on=TODAY - DAY))
    assert refused(sending("a", question=question))
    assert refused(sending("a"), sending("a"))
    answer = sending("b", question=question, statement=words[0])
    assert refused(answer, sending("c", question=question, statement=words[1]))
    assert refused(sending("d", statement=words[0]))
    assert not refused(sending("e", statement=words[2], read_on=TODAY))
