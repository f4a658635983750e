"""The person complained of reads what was decided, and nothing of anybody else."""

import pytest
from django.urls import reverse

from complaints import vault
from complaints.models import Reply
from tests import make
from tests.complaints.make_complaints import IDENTITY, figures
from tests.complaints.make_decisions import TEXTS, post_of, replied
from tests.make import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _figures(db):
    figures()


def person_complained_of(row):
    row.mediator.user = make.user()
    row.mediator.save()
    return row.mediator.user


def page(client, name="my_replies", *args):
    return client.get(reverse(name, args=args))


def test_the_person_reads_the_own_reply_alone_and_gets_it_as_a_paper(client):
    row, other = replied(about=post_of().mediator), replied()
    client.force_login(person_complained_of(row))
    own = row.replies.get(to="respondent")

    told = page(client)
    paper = page(client, "my_reply", own.pk)

    assert TEXTS["to_respondent"] in told.content.decode()
    assert other.number not in told.content.decode()
    assert TEXTS["to_complainant"] not in told.content.decode()
    assert not [mark for mark in IDENTITY.values() if mark in told.content.decode()]
    assert paper.content.startswith(b"%PDF")
    for answer in (told, paper):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"


def test_no_other_reply_is_found(client):
    row, other = replied(), replied()
    client.force_login(person_complained_of(row))
    for reply in Reply.objects.exclude(complaint=row, to="respondent"):
        assert page(client, "my_reply", reply.pk).status_code == 404
    assert other.replies.count() == 2


def test_somebody_without_an_entry_has_no_such_page(client):
    replied()
    client.force_login(make.user())
    assert page(client).status_code == 404


def test_once_the_key_is_destroyed_the_paper_is_gone(client):
    row = replied()
    client.force_login(person_complained_of(row))
    vault.destroy(row, today=TODAY)
    assert page(client).status_code == 200
    assert page(client, "my_reply", row.replies.get(to="respondent").pk).status_code == 404
