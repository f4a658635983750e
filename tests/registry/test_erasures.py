"""A person is erased: asked for by one officer, carried out by another, gone from the database."""

import io
import json
from contextlib import contextmanager
from datetime import date
from importlib import import_module

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import discipline, erasures, extracts, mediators, merges
from registry.flows import ERASURE, ErasureState
from registry.models import (
    Discipline,
    Erasure,
    Extract,
    ImportBatch,
    ImportRow,
    Mediator,
    MediatorRow,
    MediatorVersion,
    Policy,
)
from registry.questions import may_erase, person_is_erased
from registry.rules import years_later
from registry.search import upkeep
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, sent, url
from tests.registry.posts import paper
from tests.security.test_dump import dump

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
ledger_guard = import_module("office.migrations.0002_ledger_guard")
MARK = "甄可删"
OTHER_MARK = "贾可删"
TOLD = {
    "ethnicity": "畲族标记",
    "political_status": "党派标记",
    "note": "备注标记",
    "born_on": date(1961, 2, 3),
}
ID, PHONE = "330681196102030113", "13855512345"
LEFT = years_later(TODAY, -5)
S = ErasureState


@pytest.fixture(autouse=True)
def policies(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        },
    }
    make.policies()


def officer():
    return make.officer(Role.COUNTY_BUREAU, make.division("330681"))


def gone(until_on=LEFT, **fields):
    """Somebody who left the only post on a day."""
    fields = {"name": MARK, "certificate_number": f"证{make.next_number()}", **fields}
    person = make.mediator(**fields)
    make.appointment(person, from_on=date(2015, 1, 1), **make.left(until_on))
    return person


def asked(person=None, by=None, today=TODAY):
    person = person or gone()
    return erasures.ask_for_erasure(person.pk, by=by or officer(), today=today, reason=REASON)


def carried_out(case, by=None, today=TODAY):
    return erasures.carry_out_erasure(case.pk, by=by or officer(), today=today, reason=REASON)


# --- The flow -----------------------------------------------------------------------------------

MATRIX = {"carry_out": {S.ASKED}, "decline": {S.ASKED}}
TAKES = {"carry_out": erasures.carry_out_erasure, "decline": erasures.decline_erasure}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("step", MATRIX)
def test_each_step_is_taken_in_its_states_only(step, state):
    case = asked()
    if state != S.ASKED:
        Erasure.objects.update(state=state, decided_on=TODAY, decided_by=officer())

    if state in MATRIX[step]:
        TAKES[step](case.pk, by=officer(), today=TODAY, reason=REASON)
        assert Erasure.objects.get().state == ERASURE.steps[step].target
    else:
        with pytest.raises(Refused, match="is not possible in the state"):
            TAKES[step](case.pk, by=officer(), today=TODAY, reason=REASON)


def refusals(case, today=TODAY):
    return [str(reason) for reason in ERASURE.refusals(case, "carry_out", today)]


@pytest.mark.parametrize(("until_on", "barred"), [(LEFT, False), (LEFT + DAY, True)])
def test_it_waits_until_the_time_of_keeping_is_over(until_on, barred):
    case = asked(gone(until_on))

    assert bool(refusals(case)) is barred
    assert not barred or "is not over" in refusals(case)[0]


@pytest.mark.parametrize(
    ("state", "barred"),
    [("in_post", True), ("suspended", True), ("candidate", True), ("rejected", False)],
)
def test_nobody_in_a_post_or_on_the_way_into_one_is_erased(state, barred):
    case = asked()
    make.appointment(case.mediator, from_on=TODAY, state=state)

    assert ("The person holds a post, or is on the way into one." in refusals(case)) is barred


@pytest.mark.parametrize("is_active", [True, False])
def test_an_open_account_bars_it(is_active):
    case = asked()
    case.mediator.user = make.user(is_active=is_active)

    assert bool(refusals(case)) is is_active


def test_an_import_that_keeps_the_data_bars_it_until_it_is_emptied():
    case = asked()
    batch = make.saved(
        ImportBatch(
            kind="mediators", division=case.mediator.division, file_name="a", digest="0" * 64
        )
    )
    line = ImportRow.objects.create(
        batch=batch, number=1, sheet_row=2, verdict="new", target=case.mediator.public_id,
        content=json.dumps({"before": {}, "after": {"name": MARK}}),
    )  # fmt: skip

    assert refusals(case) == [
        "An import still keeps the data: it is emptied when the time for undoing it is over."
    ]
    line.delete()
    assert refusals(case) == []


def test_the_floors_above_may_still_need_to_know_who_it_is():
    case = asked()

    def needs(sender, obj, today, **kwargs):
        return ["A case of this mediator is open."] if obj == case else []

    may_erase.connect(needs)
    try:
        assert refusals(case) == ["A case of this mediator is open."]
    finally:
        may_erase.disconnect(needs)


def test_who_asked_does_not_carry_it_out():
    first = officer()
    case = asked(by=first)

    with pytest.raises(Refused, match="does not carry it out"):
        carried_out(case, by=first)

    assert Mediator.objects.get(pk=case.mediator_id).name == MARK
    assert Erasure.objects.get().state == S.ASKED


def test_it_is_asked_for_once_and_never_after_it_was_done():
    person = gone()
    case = asked(person)
    with pytest.raises(Refused, match="asked for already"):
        asked(person)
    carried_out(case)
    with pytest.raises(Refused, match="were erased already"):
        asked(person)


def test_a_declined_one_may_be_asked_for_again():
    person = gone()
    erasures.decline_erasure(asked(person).pk, by=officer(), today=TODAY, reason=REASON)

    assert asked(person).state == S.ASKED
    assert Mediator.objects.get(pk=person.pk).name == MARK


def test_the_reason_does_not_name_the_person():
    with pytest.raises(Refused, match="Leave the person's name out"):
        erasures.ask_for_erasure(gone().pk, by=officer(), today=TODAY, reason=f"{MARK} asks.")


@pytest.mark.parametrize(
    "values",
    [
        {"state": "unknown"},
        {"state": S.CARRIED_OUT},
        {"decided_on": TODAY},
        {"state": S.DECLINED, "decided_on": TODAY},
    ],
)
def test_the_database_keeps_an_erasure_whole(values):
    asked()

    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(**values)


def test_the_database_knows_that_two_persons_are_needed():
    first = officer()
    asked(by=first)

    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.update(state=S.CARRIED_OUT, decided_on=TODAY, decided_by=first)


# --- What goes, and what stays ------------------------------------------------------------------


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (40, 50)).save(stream, "JPEG")
    return ContentFile(stream.getvalue(), "x.jpg")


@pytest.fixture
def known_everywhere(django_capture_on_commit_callbacks):
    """A person of whom the register wrote wherever it writes of people, in several versions."""
    by = officer()
    note = {"by": by, "today": TODAY, "reason": REASON}
    with django_capture_on_commit_callbacks(execute=True):
        person = mediators.add_mediator(
            name=OTHER_MARK, sex="female", division=make.division("330681"), id_number=ID,
            phone=PHONE, certificate_number="证330681", specialities=[make.speciality()],
            languages=[make.language()], **TOLD, **note,
        )  # fmt: skip
        row = make.appointment(person, from_on=date(2015, 1, 1))
        discipline.record_discipline(
            row.pk, kind="criticism", ground="insult", decided_on=TODAY, document=paper(),
            text=f"{MARK}出言不逊。", **note,
        )  # fmt: skip
        mediators.change_mediator(person.pk, name=MARK, **note)
        mediators.replace_photo(person.pk, photo=picture(), **note)
        extracts.issue_extract(person.pk, on_date=TODAY, known_at=timezone.now(), **note)
        twin = make.mediator(name=OTHER_MARK, note="备注标记")
        merges.merge_mediators(person.pk, gone=twin, **note)
    person.refresh_from_db()
    account = make.user(name=MARK, username="zhen-keshan", is_active=False)
    Mediator.objects.filter(pk=person.pk).update(user=account)
    row.refresh_from_db()
    row.state, row.until_on, row.ended_by = "ended", LEFT, "resigned"
    row.save()
    upkeep.refresh_mediators([person.pk, twin.pk], today=TODAY)
    return person


@contextmanager
def without_the_ledger():
    """The database without its ledger, for as long as a dump takes."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for sql in ledger_guard.down(connection):
                cursor.execute(sql)
            cursor.execute("DELETE FROM office_ledgerentry")
        yield
        transaction.set_rollback(True)


def test_no_mark_is_left_in_a_dump_of_the_database(
    known_everywhere, django_capture_on_commit_callbacks
):
    photo = known_everywhere.photo
    with without_the_ledger():
        before = dump()
    marks = [MARK, OTHER_MARK, "畲族标记", "党派标记", "备注标记", "1961-02-03", "zhen-keshan"]
    assert [mark for mark in marks if mark not in before] == []
    assert photo.storage.exists(photo.name)

    case = asked(known_everywhere)
    with django_capture_on_commit_callbacks(execute=True):
        carried_out(case)

    everything = dump()
    with without_the_ledger():
        rest = dump()
    assert [mark for mark in marks if mark in rest] == []
    assert [number for number in (ID, PHONE) if number in everything] == []
    assert not photo.storage.exists(photo.name)
    assert ledger.faults() == []


def test_the_ledger_tells_that_it_was_done_and_not_what_was_there(known_everywhere):
    last = LedgerEntry.objects.order_by("-sequence").first().sequence

    carried_out(asked(known_everywhere))

    entries = LedgerEntry.objects.filter(sequence__gt=last).exclude(act="registry.post.grant")
    assert {entry.act for entry in entries} == {
        "registry.erasure.ask", "registry.erasure.carry_out", "registry.mediator.erase",
    }  # fmt: skip
    told = json.dumps([[entry.before, entry.after, entry.reason] for entry in entries])
    assert MARK not in told


def test_what_decisions_are_verified_by_stays(known_everywhere):
    public_id, version = known_everywhere.public_id, MediatorVersion.objects.count()
    carried_out(asked(known_everywhere))

    person = Mediator.objects.get(pk=known_everywhere.pk)
    assert (person.public_id, person.certificate_number) == (public_id, "证330681")
    assert (person.name, person.sex, person.id_number, person.phone) == ("（已匿名）", "", "", "")
    assert (person.user, person.erased_on) == (None, TODAY)
    assert (person.specialities.count(), person.languages.count()) == (0, 0)
    held = person.appointments.get()
    assert (held.from_on, held.until_on) == (date(2015, 1, 1), LEFT)
    assert MediatorVersion.objects.count() > version
    assert set(
        MediatorVersion.objects.filter(subject=person.pk).values_list("name", flat=True)
    ) == {"（已匿名）"}
    assert Discipline.objects.get().text == "（已匿名）出言不逊。"
    assert not MediatorRow.objects.filter(mediator=person.pk).exists()
    person.full_clean()


def test_papers_still_verify_without_the_name(client, known_everywhere):
    extract = Extract.objects.get()
    carried_out(asked(known_everywhere))

    page = client.get(reverse("extract", args=[extract.public_id]))

    assert page.status_code == 200
    assert MARK not in page.content.decode()
    assert "（已匿名）" in page.content.decode()


def test_the_public_page_tells_when_somebody_was_listed_and_nothing_else(client, known_everywhere):
    carried_out(asked(known_everywhere))

    page = client.get(known_everywhere.get_absolute_url())

    assert page.status_code == 410
    assert MARK not in page.content.decode()
    assert "（已匿名）" not in page.content.decode()


def test_an_erased_entry_is_not_corrected():
    person = gone()
    carried_out(asked(person))

    with pytest.raises(Refused, match="it stays as it is"):
        mediators.change_mediator(person.pk, by=officer(), today=TODAY, reason=REASON, name="某")


def test_if_the_middle_fails_nothing_is_gone(monkeypatch, known_everywhere):
    case = asked(known_everywhere)
    monkeypatch.setattr(erasures, "refresh_mediators", None)

    with pytest.raises(TypeError):
        carried_out(case)

    assert Mediator.objects.get(pk=known_everywhere.pk).name == MARK
    assert Erasure.objects.get().state == S.ASKED


# --- On the desk --------------------------------------------------------------------------------


def test_one_officer_asks_and_another_carries_it_out(client, at_desk):
    person = gone()
    at_desk(officer())
    response = client.post(url("mediators", "act", person.pk, "erase"), sent())
    case = Erasure.objects.get()
    own = client.post(url("erasures", "act", case.pk, "carry_out"), sent())
    at_desk(officer())
    other = client.post(url("erasures", "act", case.pk, "carry_out"), sent())

    assert response.status_code == 302
    assert "does not carry it out" in own.content.decode()
    assert other.status_code == 302
    assert Erasure.objects.get().state == S.CARRIED_OUT
    page = client.get(url("mediators", "inspect", person.pk))
    assert "personal data erased" in page.content.decode()


def test_the_history_of_an_erased_person_shows_nothing_of_what_was_there(client, at_desk):
    at_desk(officer())
    person = mediators.add_mediator(
        by=officer(), today=TODAY, reason=REASON, name="张三", division=make.division("330681"),
        ethnicity="畲族标记",
    )  # fmt: skip
    before = client.get(url("mediators", "history", person.pk)).content.decode()
    Mediator.objects.filter(pk=person.pk).update(erased_on=TODAY, name="（已匿名）")
    after = client.get(url("mediators", "history", person.pk)).content.decode()

    assert "畲族标记" in before
    assert "畲族标记" not in after
    assert "张三" not in after


@pytest.mark.parametrize(
    "page", [["inspect"], ["history"], ["act", "carry_out"], ["act", "decline"]]
)
def test_an_erasure_of_another_county_cannot_be_found(client, at_desk, page):
    case = asked(gone(in_division=elsewhere()))
    at_desk(officer())

    address = url("erasures", page[0], case.pk, *page[1:])
    assert client.get(address).status_code == 404
    assert client.post(address, sent()).status_code in {404, 405}


@pytest.mark.parametrize("role", [Role.JUSTICE_OFFICE, Role.HANDLER, Role.TRAINER])
def test_others_neither_ask_nor_see(client, at_desk, role):
    case = asked()
    at_desk(make.officer(role, make.division("330681")))

    assert client.get(url("mediators", "act", case.mediator_id, "erase")).status_code == 404
    assert client.get(url("erasures", "index")).status_code in {302, 404}
    assert client.get(url("erasures", "inspect", case.pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, at_desk, rows, django_assert_num_queries
):
    at_desk(officer())
    for _number in range(rows):
        asked()
    client.get(url("erasures", "index"))

    with django_assert_num_queries(10):
        client.get(url("erasures", "index"))


def test_the_policy_is_the_one_it_was_asked_under():
    case = asked()

    assert case.policy == Policy.objects.get(key="retention_years")


def test_the_floors_above_are_told_in_the_same_transaction():
    told = []

    def answer(sender, mediator, **kwargs):
        told.append((mediator.pk, Mediator.objects.get(pk=mediator.pk).name))

    person_is_erased.connect(answer)
    case = asked()
    try:
        carried_out(case)
    finally:
        person_is_erased.disconnect(answer)

    assert told == [(case.mediator_id, erasures.NAMELESS)]
