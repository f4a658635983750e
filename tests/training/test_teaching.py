"""Textbooks and lecturers on the desk: kept by division, never deleted, phones sealed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.flow import Refused
from office.models import LedgerEntry
from office.personal import stored_text
from office.roles import Role
from tests import make
from tests.make import DAY, TODAY
from tests.registry.conftest import at_desk  # noqa: F401 - the fixture
from tests.registry.desk import REASON, elsewhere, fields, sent, url
from training.actions import lecturers, textbooks
from training.models import Lecturer, Textbook

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


@pytest.fixture
def trainer(at_desk):  # noqa: F811
    return at_desk(make.officer(Role.TRAINER, make.division("330681")))


def textbook(title="岗前培训读本", **given):
    given = {"kind": "book", "division": make.division(), **given}
    return textbooks.add_textbook(by=None, today=TODAY, reason=REASON, title=title, **given)


def lecturer(name="傅思源", **given):
    given = {
        "unit": "市中级人民法院", "teaches": "司法确认", "division": make.division(),
        "from_on": TODAY - 30 * DAY, "specialities": [], "phone": PHONE, **given,
    }  # fmt: skip
    return lecturers.add_lecturer(by=None, today=TODAY, reason=REASON, name=name, **given)


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


@pytest.mark.usefixtures("trainer")
@pytest.mark.parametrize("desk", ["textbooks", "lecturers"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_take_as_many_queries_for_one_row_as_for_three(
    client, desk, rows, django_assert_num_queries
):
    for number in range(rows):
        {"textbooks": textbook, "lecturers": lecturer}[desk](f"第{number}个")
    client.get(url(desk, "index"))

    with django_assert_num_queries(11):
        client.get(url(desk, "index"))


@pytest.mark.parametrize(("desk", "maker"), [("textbooks", textbook), ("lecturers", lecturer)])
def test_a_row_elsewhere_is_not_there(client, trainer, desk, maker):
    row = maker(division=elsewhere())

    assert listed(client.get(url(desk, "index"))) == []
    for page in ["inspect", "edit", "history"]:
        assert client.get(url(desk, page, row.pk)).status_code == 404
    act = "withdraw" if desk == "textbooks" else "end"
    assert client.post(url(desk, "act", row.pk, act), sent()).status_code == 404


@pytest.mark.parametrize("desk", ["textbooks", "lecturers"])
def test_an_auditor_reads_and_writes_nothing(client, at_desk, desk):  # noqa: F811
    at_desk(make.officer(Role.AUDITOR, make.division("3306")))
    row = {"textbooks": textbook, "lecturers": lecturer}[desk]()

    assert client.get(url(desk, "inspect", row.pk)).status_code == 200
    assert client.get(url(desk, "add")).status_code == 404
    assert client.get(url(desk, "edit", row.pk)).status_code == 404


def test_a_trainer_puts_a_textbook_on_the_list_once(client, trainer):
    typed = {"title": "读本", "kind": "book", "division": make.division().pk, "link": ""}
    form = sent(**typed)

    answers = {client.post(url("textbooks", "add"), form).url for _click in range(2)}
    again = client.post(url("textbooks", "add"), sent(**typed))

    row = Textbook.objects.get()
    assert answers == {url("textbooks", "inspect", row.pk)}
    assert again.status_code == 422
    assert LedgerEntry.objects.of(row).get().act == "training.textbook.add"


def test_a_textbook_is_corrected_and_taken_out_of_use(client, trainer):
    row = textbook()
    form = {**fields(client.get(url("textbooks", "edit", row.pk))), "author": "司法局", **sent()}

    client.post(url("textbooks", "edit", row.pk), form)
    client.post(url("textbooks", "act", row.pk, "withdraw"), sent())

    row.refresh_from_db()
    assert (row.author, row.withdrawn_on) == ("司法局", TODAY)
    assert list(Textbook.objects.in_use()) == []
    assert client.get(url("textbooks", "edit", row.pk)).status_code == 404
    with pytest.raises(Refused):
        textbooks.withdraw_textbook(row.pk, by=None, today=TODAY, reason=REASON)


def test_a_textbook_takes_its_text_as_a_document(client, trainer):
    page = client.get(url("textbooks", "act", textbook().pk, "attach"))

    assert page.status_code == 200


def test_a_lecturer_is_entered_with_what_the_person_knows(client, trainer):
    field = make.speciality()
    mediator = make.mediator(certificate_number="ZJ-1")
    typed = {
        "name": "茹亦清", "unit": "律师协会", "teaches": "继承", "specialities": [field.pk],
        "mediator": "ZJ-1", "phone": PHONE, "division": make.division().pk, "from_on": TODAY,
    }  # fmt: skip

    client.post(url("lecturers", "add"), sent(**typed))

    row = Lecturer.objects.get()
    assert (row.mediator, list(row.specialities.all())) == (mediator, [field])
    assert PHONE not in client.get(url("lecturers", "inspect", row.pk)).content.decode()


def test_a_mediator_elsewhere_cannot_be_named(client, trainer):
    make.mediator(certificate_number="ZJ-2", in_division=elsewhere())
    typed = {
        "name": "茹亦清", "unit": "律师协会", "teaches": "继承", "mediator": "ZJ-2",
        "division": make.division().pk, "from_on": TODAY,
    }  # fmt: skip

    response = client.post(url("lecturers", "add"), sent(**typed))

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["mediator"])


def test_a_lecturer_is_corrected_and_keeps_the_phone(client, trainer):
    mediator = make.mediator(certificate_number="ZJ-1")
    row = lecturer(mediator=mediator)
    shown = fields(client.get(url("lecturers", "edit", row.pk)))
    assert shown["mediator"] == mediator.pk or shown["mediator"] == "ZJ-1"
    form = {**shown, "mediator": "ZJ-1", "teaches": "继承与收养", **sent()}

    client.post(url("lecturers", "edit", row.pk), form)

    row.refresh_from_db()
    assert (row.teaches, row.phone, row.mediator) == ("继承与收养", PHONE, mediator)


def test_a_lecturer_leaves_the_pool_and_is_there_no_more_that_day(client, trainer):
    row = lecturer()

    client.post(url("lecturers", "act", row.pk, "end"), sent())

    assert list(Lecturer.objects.serving(TODAY)) == []
    assert list(Lecturer.objects.serving(TODAY - DAY)) == [row]
    with pytest.raises(Refused):
        lecturers.end_lecturer(row.pk, by=None, today=TODAY, reason=REASON)


@pytest.mark.parametrize(("from_on", "passes"), [(TODAY, False), (TODAY - DAY, True)])
def test_a_lecturer_leaves_the_day_after_entering_at_the_earliest(from_on, passes):
    row = lecturer(from_on=from_on)

    if passes:
        lecturers.end_lecturer(row.pk, by=None, today=TODAY, reason=REASON)
    else:
        with pytest.raises(Refused):
            lecturers.end_lecturer(row.pk, by=None, today=TODAY, reason=REASON)


def test_a_mediator_is_in_the_pool_once():
    mediator = make.mediator()
    lecturer(mediator=mediator)

    with pytest.raises(ValidationError):
        lecturer("别名", mediator=mediator)


def test_the_phone_is_sealed_and_shown_for_a_reason_only():
    row = lecturer()

    raw = Lecturer.objects.annotate(raw=stored_text("phone")).get(pk=row.pk).raw
    shown = lecturers.unmask_lecturer(row.pk, by=None, today=TODAY, reason=REASON)

    assert PHONE not in raw
    assert shown == {"phone": PHONE}
    acts = [entry.act for entry in LedgerEntry.objects.of(row)]
    assert "training.lecturer.unmask" in acts


@pytest.mark.parametrize(
    ("model", "values"),
    [(Textbook, {"kind": "magic"}), (Lecturer, {"until_on": TODAY - 30 * DAY})],
)
def test_the_database_keeps_the_rows_whole(model, values):
    textbook()
    lecturer()

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)
