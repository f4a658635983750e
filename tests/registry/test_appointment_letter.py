"""The letter of appointment: what is printed on it, and who may take it away."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from office.papers import render
from office.roles import Role
from registry.flows import AppointmentState
from registry.letters import appointment_letter, may_be_printed, number_of
from tests import make
from tests.make import TODAY
from tests.registry.desk import elsewhere, url
from tests.registry.posts import person, post

pytestmark = pytest.mark.django_db
A = AppointmentState


def appointed(state=A.IN_POST, **fields):
    fields = {
        "route": "appointed", "unit": "枫桥镇人民调解委员会", "unit_body": "committee",
        "post": "mediator", "employment": "full_time", "decided_on": date(2026, 3, 9),
        "from_on": date(2026, 3, 10), "term_until_on": date(2029, 3, 10), **fields,
    }  # fmt: skip
    return post(state, **fields)


def text_of(content):
    pages = PdfReader(BytesIO(content)).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def test_the_letter_says_who_appoints_whom_to_what_and_how_long():
    someone = person(name="章丽", certificate_number="330681000042")
    row = appointed(someone=someone, body=make.organization(name="枫桥镇人民调解委员会"))

    said = text_of(render(appointment_letter(row, "https://example.org/mediators/x/")))

    for part in ["聘书", "章丽", "枫桥镇人民调解委员会", "专职", "330681000042", number_of(row),
                 "自2026年3月10日起至2029年3月10日止", "2026年3月9日", "第十三条"]:  # fmt: skip
        assert part in said, part
    assert number_of(row) == f"聘〔2026〕{row.pk:06d}号"


def test_the_letter_of_a_post_without_an_end_says_no_end():
    row = appointed(term_until_on=None)

    assert "止" not in text_of(render(appointment_letter(row, "https://example.org/")))


@pytest.mark.parametrize("state", [state for state in A if state != A.TERM_ENDING])
def test_there_is_a_letter_for_whoever_was_appointed_and_accepted(state):
    until = {"until_on": TODAY} if state == A.ENDED else {}

    assert may_be_printed(appointed(state, **until)) is (
        state in {A.AWAITING_DUTY, A.PROBATION, A.IN_POST, A.SUSPENDED}
    )


def test_there_is_no_letter_for_the_elected_or_without_a_unit(client, county):
    elected, unknown = post(), appointed(unit="")

    for row in (elected, unknown):
        assert client.get(url("appointments", "letter", row.pk)).status_code == 404


def test_the_letter_is_taken_from_the_page_of_the_record(client, county):
    row = appointed(body=make.organization())
    letter = url("appointments", "letter", row.pk)

    page = client.get(url("appointments", "inspect", row.pk)).content.decode()
    response = client.get(letter)

    assert f'href="{letter}"' in page
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert row.mediator.name in text_of(response.content)


def test_a_letter_of_another_county_or_for_a_trainer_cannot_be_found(client, at_desk):
    own = appointed(body=make.organization(in_division=make.division("330681")))
    other = appointed(body=make.organization(in_division=elsewhere()))

    at_desk()
    assert client.get(url("appointments", "letter", own.pk)).status_code == 200
    assert client.get(url("appointments", "letter", other.pk)).status_code == 404
    at_desk(make.officer(Role.TRAINER, make.division("3306")))
    assert client.get(url("appointments", "letter", own.pk)).status_code == 404
