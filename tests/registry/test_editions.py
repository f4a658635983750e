"""Editions of the roster: prepared by one, scanned, published by another, verifiable ever after."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import editions, extracts
from registry.editions import scan
from registry.editions.content import HEAD, content_of
from registry.editions.making import make as make_files
from registry.editions.verifying import verify
from registry.flows import EDITION, EditionState
from registry.models import Appointment, Edition, Mediator, MediatorVersion
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, sent, url

pytestmark = pytest.mark.django_db
S = EditionState
REASON = "Yearly."
ID_NUMBER = "330681197509012696"


@pytest.fixture
def people():
    body = make.organization(name="甲村人民调解委员会", phone="0575-87000000")
    person = make.mediator(name="陈一", sex="male", certificate_number="330681201500123")
    make.appointment(person, body, post="director", employment="full_time")
    make.level_holding(person, 2)
    make.appointment(make.mediator(name="陈二", sex="female"), body)
    return body


@pytest.fixture
def first():
    return make.officer("county_bureau", make.division("330681"))


@pytest.fixture
def second():
    return make.officer("county_bureau", make.division("330681"))


def prepared(by, **fields):
    given = {
        "title": "诸暨市人民调解员名册",
        "division": make.division("330681"),
        "on_date": TODAY,
        "known_at": make.moment(),
        **fields,
    }
    edition = editions.prepare_edition(by=by, today=TODAY, reason=REASON, **given)
    make_files(edition.pk, by=by, today=TODAY)
    edition.refresh_from_db()
    return edition


def published(first, second, **fields):
    edition = prepared(first, **fields)
    return editions.publish_edition(edition.pk, by=second, today=TODAY, reason=REASON)


def content(file):
    with file.open() as opened:
        return opened.read()


@pytest.fixture
def long_after(at_desk, time_machine):
    """Let the desk stand long after everything was written: versions bear the database's time."""
    time_machine.move_to(f"{TODAY.replace(year=TODAY.year + 20)}T09:00:00+08:00")


def in_state(state, by):
    edition = prepared(by)
    dates = {"published_by": make.user(), "published_on": TODAY}
    given = dates if state in {S.PUBLISHED, S.WITHDRAWN} else {}
    given |= {"withdrawn_on": TODAY} if state == S.WITHDRAWN else {}
    Edition.objects.filter(pk=edition.pk).update(state=state, **given)
    return Edition.objects.get(pk=edition.pk)


ALLOWED = {
    ("present", S.PREPARING),
    ("publish", S.READY),
    ("discard", S.PREPARING),
    ("discard", S.READY),
    ("withdraw", S.PUBLISHED),
}


@pytest.mark.parametrize("state", S)
def test_each_step_leads_from_its_own_states_only(people, first, state):
    edition = in_state(state, first)

    allowed = {name for name in EDITION.steps if not EDITION.refusals(edition, name, TODAY)}

    assert allowed == {name for name, source in ALLOWED if source == state}


def test_the_files_hold_the_public_fields_of_everybody_in_post(people, first):
    edition = prepared(first)

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content(edition.xlsx)))
    head, *found = workbook.get_sheet_by_index(0).to_python()
    assert tuple(head) == HEAD
    assert sorted(row[0] for row in found) == ["陈一", "陈二"]
    assert found[0][:9] == [
        "陈一", "男", "甲村人民调解委员会", "村（社区）调委会", "Division 330681", "主任", "专职",
        "二级", "33***********23",
    ]  # fmt: skip
    assert (edition.people, edition.organizations, edition.findings) == (2, 1, [])


def test_the_pdf_names_everybody_and_the_digest(people, first):
    edition = prepared(first)

    pages = PdfReader(io.BytesIO(content(edition.pdf))).pages
    text = "".join(page.extract_text() for page in pages)
    assert "陈一" in text
    assert "陈二" in text
    assert edition.digest[:32] in text.replace("\n", "")


def test_it_speaks_of_the_day_and_the_moment_it_names(people, first):
    edition = prepared(first)
    Appointment.objects.filter(mediator__name="陈二").update(**make.left(TODAY - 10 * DAY))

    later = prepared(first)

    assert (edition.people, later.people) == (2, 1)
    assert content_of(edition).digest == edition.digest != later.digest


def test_a_part_holds_one_kind_in_one_division(people, first):
    make.appointment(body=make.organization(kind="township"))
    make.appointment(body=make.organization(in_division=elsewhere()))

    assert [prepared(first).people, prepared(first, kind="village").people] == [3, 2]


def test_a_roster_of_the_future_is_refused(people, first):
    with pytest.raises(Refused):
        prepared(first, on_date=TODAY + DAY)


def test_making_the_files_again_changes_nothing(people, first):
    edition = prepared(first)

    make_files(edition.pk, by=first, today=TODAY)

    assert Edition.objects.get(pk=edition.pk).revision == edition.revision


def test_whoever_prepared_it_does_not_publish_it(people, first, second):
    edition = prepared(first)

    with pytest.raises(Refused):
        editions.publish_edition(edition.pk, by=first, today=TODAY, reason=REASON)
    assert Edition.objects.get(pk=edition.pk).state == S.READY

    editions.publish_edition(edition.pk, by=second, today=TODAY, reason=REASON)
    assert Edition.objects.get(pk=edition.pk).state == S.PUBLISHED


def test_the_database_knows_the_two_persons_rule_as_well(people, first):
    edition = prepared(first)

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(
            state=S.PUBLISHED, published_by=first, published_on=TODAY
        )


def test_an_edition_with_nobody_in_it_is_not_published(first, second):
    edition = prepared(first)

    with pytest.raises(Refused):
        editions.publish_edition(edition.pk, by=second, today=TODAY, reason=REASON)


@pytest.mark.parametrize(
    ("text", "column", "kind"),
    [
        (ID_NUMBER, "姓名", "id_number"),
        (f"证{ID_NUMBER}号", "调解组织", "id_number"),
        ("330681197509012695", "姓名", ""),
        ("13800001234", "姓名", "phone"),
        ("电话13800001234", "调解组织", "phone"),
        ("13800001234", "调解组织电话", ""),
        ("0575-87000000", "调解组织电话", ""),
        ("6222020000000000000", "姓名", "card"),
        ("6222020000000000008", "姓名", ""),
        ("2026-11-23", "任职自", ""),
        ("33***********23", "证号", ""),
    ],
)
def test_the_scan_knows_personal_numbers_by_their_check_digits(text, column, kind):
    assert scan.kind_of(text, column) == kind


def test_an_edition_with_personal_data_is_shown_but_never_published(first, second):
    make.appointment(body=make.organization(name=f"{ID_NUMBER}村人民调解委员会"))
    edition = prepared(first)

    assert edition.findings == [{"row": 2, "column": "调解组织", "kind": "id_number"}]
    with pytest.raises(Refused):
        editions.publish_edition(edition.pk, by=second, today=TODAY, reason=REASON)


def test_a_published_file_verifies_and_an_altered_one_does_not(people, first, second, tmp_path):
    edition = published(first, second)
    file = tmp_path / "roster.xlsx"
    file.write_bytes(content(edition.xlsx))

    call_command("verify_edition", file)
    assert verify(file.read_bytes()).faults == []

    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(CommandError, match="another one or altered"):
        call_command("verify_edition", file)


def test_a_register_that_was_altered_past_its_history_no_longer_agrees(people, first, second):
    edition = published(first, second)
    data = content(edition.pdf)
    Mediator.objects.filter(name="陈一").update(name="陈改")
    assert verify(data).faults == []

    MediatorVersion.objects.filter(name="陈一").update(name="陈改")
    assert verify(data).faults == ["The register gives other rows for this edition."]


def test_a_head_that_is_not_in_the_ledger_is_told(people, first, second):
    edition = published(first, second)
    Edition.objects.filter(pk=edition.pk).update(ledger_head=f"1:{'f' * 64}")

    assert verify(content(edition.pdf)).faults == [
        "The ledger does not hold the head that the edition names."
    ]


def test_an_unpublished_file_is_no_edition(people, first):
    assert verify(content(prepared(first).pdf)).edition is None


def test_a_withdrawn_edition_keeps_a_page_without_files(client, people, first, second):
    edition = published(first, second)
    page, file = edition.get_absolute_url(), f"{edition.get_absolute_url()}pdf/"
    handed_out = client.get(file)
    assert b"".join(handed_out.streaming_content) == content(edition.pdf)
    assert client.get(page).status_code == 200

    editions.withdraw_edition(edition.pk, by=first, today=TODAY, reason="An error.")

    shown = client.get(page)
    assert (shown.status_code, client.get(file).status_code) == (200, 404)
    assert edition.digest not in shown.content.decode()
    assert verify(content(edition.pdf)).faults == [f"The edition was withdrawn on {TODAY}."]


def test_what_is_not_published_is_not_public(client, people, first):
    edition = prepared(first)

    assert client.get(edition.get_absolute_url()).status_code == 404
    assert client.get(f"{edition.get_absolute_url()}pdf/").status_code == 404
    assert edition.title not in client.get("/editions/").content.decode()


def test_a_published_file_has_no_third_format(client, people, first, second):
    edition = published(first, second)

    assert client.get(f"{edition.get_absolute_url()}findings/").status_code == 404


def test_an_officer_of_another_county_finds_no_edition(client, at_desk, people, first):
    edition = prepared(first)
    at_desk(make.officer("county_bureau", elsewhere()))

    for page in ("inspect", "pdf", "xlsx"):
        assert client.get(url("editions", page, edition.pk)).status_code == 404
    assert client.get(url("editions", "act", edition.pk, "publish")).status_code == 404


def test_two_officers_publish_on_the_desk(
    client, at_desk, people, long_after, django_capture_on_commit_callbacks
):
    at_desk()
    typed = {"title": "名册", "division": make.division("330681").pk, "on_date": TODAY, "kind": ""}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url("editions", "add"), sent(**typed)).status_code == 302
    edition = Edition.objects.get()
    assert edition.state == S.READY

    at_desk(make.officer("county_bureau", make.division("330681")), password_shown=True)
    client.post(url("editions", "act", edition.pk, "publish"), sent())

    edition.refresh_from_db()
    assert edition.state == S.PUBLISHED
    assert LedgerEntry.objects.of(edition).count() == 3


def extracted(person, by, **fields):
    given = {"on_date": TODAY, "known_at": make.moment(), **fields}
    return extracts.issue_extract(person.pk, by=by, today=TODAY, reason="Asked for.", **given)


def test_an_extract_states_the_posts_of_the_day_and_its_page_shows_all_of_it(client, people, first):
    extract = extracted(Mediator.objects.get(name="陈一"), first)

    page = client.get(extract.get_absolute_url()).content.decode()

    assert ["调解组织", "甲村人民调解委员会"] in extract.facts
    assert extract.issuer == f"{make.division('330681').name}司法局"
    assert all(value in page for _term, value in extract.facts)


def test_an_extract_stays_as_issued_whatever_becomes_of_the_person(client, people, first):
    person = Mediator.objects.get(name="陈一")
    extract = extracted(person, first)
    Appointment.objects.filter(mediator=person).update(**make.left(TODAY))

    assert "甲村人民调解委员会" in client.get(extract.get_absolute_url()).content.decode()


@pytest.mark.parametrize("on_date", [TODAY - 401 * DAY, TODAY + DAY])
def test_there_is_no_extract_for_a_day_without_a_post(people, first, on_date):
    with pytest.raises(Refused):
        extracted(Mediator.objects.get(name="陈一"), first, on_date=on_date)


def test_the_desk_hands_out_the_paper(client, at_desk, people, long_after):
    at_desk()
    person = Mediator.objects.get(name="陈一")

    answer = client.post(
        url("mediators", "act", person.pk, "extract"), sent(on_date=TODAY.isoformat())
    )

    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert answer["Content-Type"] == "application/pdf"
    assert "陈一" in text
    assert "甲村人民调解委员会" in text


def test_a_number_nobody_issued_is_not_found(client):
    assert client.get("/extracts/abcdefghijkl/").status_code == 404
