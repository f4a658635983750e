"""The shelf of textbooks on a mediator's own pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from office import documents
from tests import make
from tests.make import TODAY
from tests.registry.cases import PDF
from tests.registry.desk import REASON
from tests.training import make_sessions as sessions
from training.actions import textbooks

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(at_desk):
    """A mediator of the county 330681, signed in."""
    who = sessions.person()
    at_desk(who.user)
    return who


def textbook(title, code="330681", **given):
    given = {"kind": "book", "division": make.division(code), **given}
    return textbooks.add_textbook(by=None, today=TODAY, reason=REASON, title=title, **given)


def with_a_file(book):
    upload = SimpleUploadedFile("读本.pdf", PDF)
    paper = documents.attach(book, upload=upload, kind="text", by=None, today=TODAY, reason=REASON)
    return paper, reverse("textbook_file", args=[book.pk, paper.pk])


def shelf(client):
    return client.get(reverse("my_textbooks"))


def test_the_shelf_holds_what_is_in_use_where_the_mediator_serves(client, me):
    county, city = textbook("甲本"), textbook("乙本", "3306")
    textbook("丙本", "330682")
    gone = textbook("丁本")
    textbooks.withdraw_textbook(gone.pk, by=None, today=TODAY, reason=REASON)
    _paper, address = with_a_file(county)

    page = shelf(client)

    assert page.context["shelf"] == [(city, []), (county, [("读本.pdf", address)])]


def test_a_file_is_handed_out(client, me):
    _paper, address = with_a_file(textbook("甲本"))

    response = client.get(address)

    assert b"".join(response.streaming_content) == PDF
    assert response["Cache-Control"].startswith("no-store, private")


def test_files_of_other_places_and_of_other_books_are_not_found(client, me):
    other, book = textbook("丙本", "330682"), textbook("甲本")
    paper, address = with_a_file(other)

    assert client.get(address).status_code == 404
    assert client.get(reverse("textbook_file", args=[book.pk, paper.pk])).status_code == 404


def test_whoever_is_no_mediator_finds_no_shelf(client, at_desk):
    at_desk()

    assert shelf(client).status_code == 404


def test_an_empty_shelf_says_so(client, me):
    assert shelf(client).context["shelf"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_shelf_takes_as_many_queries_for_one_book_as_for_three(
    client, me, rows, django_assert_num_queries
):
    for number in range(rows):
        with_a_file(textbook(f"第{number}本"))
    shelf(client)

    with django_assert_num_queries(5):
        shelf(client)
