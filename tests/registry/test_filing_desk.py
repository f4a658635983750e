"""Filings on the desk: drawn up page by page, handed in, reviewed, decided; by whom and where."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from office.clocks import PublishedYear, store_calendar
from office.models import Document, LedgerEntry
from office.roles import Role
from registry.actions import filing_steps
from registry.flows import FILING, FilingState
from registry.models import Appointment, CourtNotice, Filing, Mediator, Organization
from tests import make
from tests.make import BORN_ON, DAY, TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url
from tests.registry.test_filing_flow import PDF, set_up

pytestmark = pytest.mark.django_db
F = FilingState
EVENT_ON = TODAY - 5 * DAY


@pytest.fixture
def town():
    return make.division("330681109", name="枫桥镇")


@pytest.fixture
def office(at_desk, town):
    """An officer of the justice office, signed in."""
    make.policies()
    return at_desk(make.officer(Role.JUSTICE_OFFICE, town))


def paper():
    return SimpleUploadedFile("minutes.pdf", PDF, content_type="application/pdf")


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def typed(place, **given):
    return sent(
        name="枫桥镇人民调解委员会", kind="township", division=place.pk,
        event_on=EVENT_ON.isoformat(), **given,
    )  # fmt: skip


def named(**given):
    return sent(post="member", employment="part_time", **given)


def test_a_committee_is_set_up_from_the_first_page_to_the_roster(client, at_desk, office, town):
    opened = client.post(url("filings", "open", "set_up"), typed(town))
    filing = Filing.objects.get()
    members = url("filings", "members", filing.pk)
    assert opened.url == members

    early = client.get(url("filings", "check", filing.pk))
    assert len(early.context["refusals"]) == 4
    client.post(
        members, named(mediator=make.mediator(in_division=town, sex="male", born_on=BORN_ON).pk)
    )
    director = named(name="王芳", sex="female", born_on=BORN_ON.isoformat()) | {"post": "director"}
    client.post(url("filings", "new_member", filing.pk), director)
    client.post(
        url("filings", "new_member", filing.pk),
        named(name="李伟", sex="male", born_on=BORN_ON.isoformat()),
    )
    client.post(url("filings", "papers", filing.pk), sent(kind="minutes", upload=paper()))
    check = client.get(url("filings", "check", filing.pk))
    assert check.context["refusals"] == []
    handed_in = client.post(url("filings", "check", filing.pk), sent())
    assert handed_in.url == url("filings", "inspect", filing.pk)
    client.post(url("filings", "act", filing.pk, "pass_on"), sent())

    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    client.post(url("filings", "act", filing.pk, "file"), sent())

    filing.refresh_from_db()
    body = Organization.objects.get()
    assert (filing.state, body.state, body.number) == ("filed", "listed", "33068120260001")
    assert set(Appointment.objects.values_list("state", flat=True)) == {"in_post"}
    assert Mediator.objects.get(name="王芳").division == town
    assert client.get(body.get_absolute_url()).status_code == 200


def test_a_clerk_files_a_change_and_sees_why_it_came_back(client, at_desk, town):
    make.policies()
    body = make.organization(
        in_division=town, kind="township", name="枫桥镇人民调解委员会", phone="0575-1"
    )  # fmt: skip
    clerk = make.officer(Role.CLERK, body)
    at_desk(clerk)
    page = url("filings", "open", "change")
    first = fields(client.get(page))
    assert first["organization"] == body.pk

    client.post(page, first | {"event_on": EVENT_ON.isoformat()})
    filing = Filing.objects.get()
    data = url("filings", "data", filing.pk)
    client.post(data, fields(client.get(data)) | {"phone": "0575-2"})
    check = client.get(url("filings", "check", filing.pk)).content.decode()
    assert "<del>0575-1</del>" in check
    assert "<ins>0575-2</ins>" in check
    client.post(url("filings", "check", filing.pk), sent())
    body.refresh_from_db()
    assert (body.state, body.phone) == ("change_pending", "0575-1")

    at_desk(make.officer(Role.JUSTICE_OFFICE, town))
    client.post(url("filings", "act", filing.pk, "send_back"), sent(reason="Wrong number."))
    at_desk(clerk)
    assert "Wrong number." in client.get(url("filings", "inspect", filing.pk)).content.decode()
    assert "Wrong number." in client.get(data).content.decode()


def test_a_re_election_is_drawn_up_with_who_stays_and_who_leaves(client, county):
    make.policies()
    body = make.organization()
    members = make.members(body, 4)
    page = url("filings", "open", "re_election")
    form = fields(client.get(f"{page}?organization={body.pk}")) | {
        "event_on": EVENT_ON.isoformat(), "term_number": 12, "term_from_on": TODAY.isoformat(),
    }  # fmt: skip

    client.post(page, form)
    filing = Filing.objects.get()
    leaving = url("filings", "leaving", filing.pk)
    client.post(leaving, fields(client.get(leaving)) | {"leaving": [members[-1].pk]})

    filing.refresh_from_db()
    told = client.get(url("filings", "members", filing.pk)).context["members"]
    assert (filing.term_number, filing.leaving) == (12, [members[-1].pk])
    assert [member for member, _drop in told] == members[:3]


def test_a_member_is_taken_off_the_draft(client, county):
    filing = set_up()
    member = Appointment.objects.last()
    drop = url("filings", "drop", filing.pk, member.pk)

    asked = client.get(drop).content.decode()
    client.post(drop, sent())

    assert member.mediator.name in asked
    assert not Appointment.objects.filter(pk=member.pk).exists()
    assert client.get(drop).status_code == 404


def test_a_set_up_is_corrected_with_its_organization(client, county):
    filing = set_up()
    page = url("filings", "event", filing.pk)

    client.post(page, fields(client.get(page)) | {"phone": "0575-7", "event_on": "2026-11-02"})

    filing.refresh_from_db()
    body = Organization.objects.get()
    assert body.phone == "0575-7"
    assert str(filing.event_on) == str(body.established_on) == "2026-11-02"


def test_a_stale_page_is_not_taken(client, county):
    filing = make.filing("draft")
    page = url("filings", "event", filing.pk)
    form = fields(client.get(page)) | {"note": "Late."}
    Filing.objects.filter(pk=filing.pk).update(revision=7)

    response = client.post(page, form)

    filing.refresh_from_db()
    assert response.status_code == 409
    assert filing.note == ""
    assert client.post(page, fields(response)).status_code == 302


def test_a_page_sent_without_what_it_needs_says_so(client, county):
    filing = set_up()

    answer = client.post(url("filings", "new_member", filing.pk), named(name="王芳"))

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"sex": ["Say the sex, or give the ID number."]}


@pytest.mark.parametrize("state", FilingState)
def test_the_pages_of_a_draft_are_open_in_a_draft_only(client, county, state):
    filing = make.filing(state, kind="set_up")
    status = 200 if state in FILING.editable else 404

    for page in ("event", "members", "new_member", "papers", "check"):
        assert client.get(url("filings", page, filing.pk)).status_code == status


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("set_up", ["data", "leaving"]),
        ("change", ["members", "leaving"]),
        ("re_election", ["data"]),
    ],
)  # fmt: skip
def test_a_page_of_another_event_is_not_found(client, county, kind, missing):
    filing = make.filing("draft", kind=kind)

    for page in missing:
        assert client.get(url("filings", page, filing.pk)).status_code == 404


PAGES = ("inspect", "history", "event", "data", "papers", "check")
ACTS = ("submit", "pass_on", "send_back", "resubmit", "file", "refuse", "withdraw", "file-again")


def test_a_filing_of_another_county_cannot_be_found(client, county):
    other = make.filing("draft", body=make.organization(in_division=elsewhere()))
    entries = LedgerEntry.objects.count()

    for page in PAGES:
        assert client.get(url("filings", page, other.pk)).status_code == 404
        assert client.post(url("filings", page, other.pk), sent()).status_code in {404, 405}
    for act in ACTS:
        assert client.post(url("filings", "act", other.pk, act), sent()).status_code == 404
    assert listed(client.get(url("filings", "index"))) == []
    assert LedgerEntry.objects.count() == entries


def test_a_paper_of_another_county_cannot_be_found(client, county):
    own, other = set_up("filing"), set_up("filing", place="330682")
    papers = {paper.subject_id: paper for paper in Document.objects.all()}

    def status(filing, of):
        response = client.get(url("filings", "document", filing.pk, papers[str(of.pk)].pk))
        list(response)
        return response.status_code

    assert status(own, own) == 200
    assert status(own, other) == status(other, other) == 404


@pytest.mark.parametrize(
    ("role", "acts"),
    [
        (Role.CLERK, {"withdraw"}),
        (Role.JUSTICE_OFFICE, {"withdraw", "send_back"}),
        (Role.COUNTY_BUREAU, {"withdraw", "send_back", "file", "refuse"}),
        (Role.AUDITOR, set()),
    ],
)
def test_each_role_is_offered_its_own_steps(client, at_desk, role, acts):
    filing = set_up("filing")
    place = filing.organization if role == Role.CLERK else filing.organization.division
    at_desk(make.officer(role, place))

    page = client.get(url("filings", "inspect", filing.pk)).content.decode()

    assert {act for act in ACTS if url("filings", "act", filing.pk, act) in page} == acts
    for act in set(ACTS) - acts - {"resubmit", "submit", "file-again", "pass_on"}:
        assert client.post(url("filings", "act", filing.pk, act), sent()).status_code == 404


def test_a_clerk_sets_nothing_up_and_sees_the_own_filings_only(client, at_desk):
    own, other = make.filing("filing"), make.filing("filing")
    at_desk(make.officer(Role.CLERK, own.organization))

    start = client.get(url("filings", "add")).content.decode()

    assert url("filings", "open", "set_up") not in start
    assert url("filings", "open", "change") in start
    assert client.get(url("filings", "open", "set_up")).status_code == 404
    assert client.get(url("filings", "open", "nonsense")).status_code == 404
    assert listed(client.get(url("filings", "index"))) == [own]
    assert client.get(url("filings", "inspect", other.pk)).status_code == 404


def test_the_city_bureau_decides_on_organizations_of_the_city_only(client, at_desk):
    filing = set_up("filing")
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))

    response = client.post(url("filings", "act", filing.pk, "file"), sent())

    assert response.context["form"].non_field_errors() == [
        "The city bureau decides on organisations of the city only."
    ]


def test_the_second_officer_is_another(client, county):
    filing = set_up("filing", opened_by=county)

    response = client.post(url("filings", "act", filing.pk, "file"), sent())

    assert response.status_code == 422
    filing.refresh_from_db()
    assert filing.state == "filing"


def test_a_return_needs_reasons(client, county):
    filing = set_up("filing")

    response = client.post(url("filings", "act", filing.pk, "send_back"), sent(reason=" "))

    assert response.context["form"].errors == {"reason": ["This field is required."]}


def test_what_an_open_filing_is_about_is_not_listed_past_it(client, county):
    filing = set_up("filing")
    page = client.get(url("organizations", "act", filing.organization_id, "list"))

    assert page.context["refusals"] == [
        "A filing of this organisation is open; it is decided there."
    ]
    client.post(url("organizations", "act", filing.organization_id, "list"), sent())
    assert Organization.objects.get().state == "filing"


def test_a_refused_set_up_is_filed_again_from_its_page(client, county):
    filing = make.filing("refused", kind="set_up")

    response = client.post(url("filings", "act", filing.pk, "file-again"), sent())

    again = Filing.objects.get(state="draft")
    assert response.url == url("filings", "event", again.pk)
    assert again.organization.state == "draft"


# --- The list and its clock ---------------------------------------------------------------------


@pytest.fixture
def calendar():
    for year in (2026, 2027):
        days = {date(year, month, 1): "节" for month in (1, 5)}
        notice = PublishedYear(year, document="No. 1", issued_on=TODAY, off=days, make_up={})
        store_calendar(notice, by=None, now=timezone.now())


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        make.filing("filing", body=make.organization("change_pending", in_division=place))
    client.get(url("filings", "index"))

    with django_assert_num_queries(11):
        client.get(url("filings", "index"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_one_member_as_for_three(
    client, county, rows, django_assert_num_queries
):
    filing = set_up("filing", count=rows)
    client.get(url("filings", "inspect", filing.pk))

    with django_assert_num_queries(13):
        client.get(url("filings", "inspect", filing.pk))


def test_the_list_begins_with_what_is_due_first_and_ends_with_what_is_decided(client, county):
    decided = make.filing("filed", due_on=TODAY - 50 * DAY)
    calm = make.filing("filing", due_on=TODAY + 9 * DAY)
    late = make.filing("first_review", due_on=TODAY - DAY)
    unknown = make.filing("draft", due_on=None)

    response = client.get(url("filings", "index"))

    assert listed(response) == [late, calm, unknown, decided]
    tabs = [(tab.label, tab.count) for tab in response.context["tabs"]]
    assert tabs == [
        ("All", 4), ("draft", 1), ("awaiting first review", 1), ("awaiting filing", 1),
        ("filed", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ago", "tone", "said"),
    [
        (5, "info", "left)"),
        (38, "warn", "left)"),
        (42, "warn", "due today"),
        (43, "error", "overdue)"),
    ],
)
@pytest.mark.usefixtures("county", "calendar")
def test_the_clock_says_how_many_working_days_are_left(client, ago, tone, said):
    make.filing("filing", event_on=TODAY - ago * DAY)

    [(_row, _url, cells)] = client.get(url("filings", "index")).context["listed"]

    clock = cells[-1]
    assert (clock.tone, said in clock.value) == (tone, True), clock.value


def test_an_overdue_filing_is_flagged_and_may_still_be_filed(client, county, calendar):
    filing = set_up("filing", event_on=TODAY - 90 * DAY)

    page = client.get(url("filings", "inspect", filing.pk)).content.decode()
    client.post(url("filings", "act", filing.pk, "file"), sent())

    filing.refresh_from_db()
    assert "overdue)" in page
    assert filing.state == "filed"


# --- Letters to the court -----------------------------------------------------------------------


@pytest.fixture
def notice(county):
    filing = set_up("filing")
    filing_steps.file_filing(filing.pk, by=make.user(), today=TODAY, reason=REASON)
    return CourtNotice.objects.get()


def test_the_letter_is_printed_and_its_sending_recorded(client, notice):
    page = client.get(url("court_notices", "inspect", notice.pk))
    pdf = client.get(url("court_notices", "letter", notice.pk))
    form = sent(sent_on=TODAY.isoformat(), court="诸暨市人民法院")

    early = client.post(
        url("court_notices", "act", notice.pk, "send"), form | {"sent_on": "2026-11-22"}
    )
    client.post(url("court_notices", "act", notice.pk, "send"), form)

    notice.refresh_from_db()
    assert url("court_notices", "letter", notice.pk) in page.content.decode()
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert early.status_code == 422
    assert (notice.sent_on, notice.court) == (TODAY, "诸暨市人民法院")
    again = client.post(
        url("court_notices", "act", notice.pk, "send"), sent(sent_on=TODAY, court="C")
    )  # fmt: skip
    assert again.status_code == 422


def test_a_letter_of_another_county_cannot_be_found(client, notice, at_desk):
    at_desk(make.officer(Role.COUNTY_BUREAU, elsewhere()))

    assert listed(client.get(url("court_notices", "index"))) == []
    for page in ("inspect", "history", "letter"):
        assert client.get(url("court_notices", page, notice.pk)).status_code == 404
    assert client.post(url("court_notices", "act", notice.pk, "send"), sent()).status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.JUSTICE_OFFICE])
def test_letters_are_of_the_bureau(client, notice, at_desk, role):
    place = notice.organization if role == Role.CLERK else notice.organization.division
    at_desk(make.officer(role, place))

    assert client.get(url("court_notices", "inspect", notice.pk)).status_code == 404


def test_the_tabs_of_letters_count_what_is_still_to_be_sent(client, notice):
    tabs = client.get(url("court_notices", "index")).context["tabs"]

    assert [(tab.label, tab.count) for tab in tabs] == [("All", 1), ("to be sent", 1)]
