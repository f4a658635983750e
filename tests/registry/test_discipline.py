"""Criticism, orders to correct, and the flag of a court: recorded on a post, never public."""

import pytest
from django.db import IntegrityError, transaction

from office.documents import documents_of
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import departures, record_discipline
from registry.flows import AppointmentState
from registry.models import Discipline
from registry.search.upkeep import refresh_mediators
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, sent, url
from tests.registry.posts import asked, load_rules, paper, post

pytestmark = pytest.mark.django_db
A = AppointmentState
TEXT = "收受当事人土特产两盒。"


def recorded(row=None, **given):
    given = {
        "kind": "criticism", "ground": "property", "decided_on": TODAY - DAY, "text": TEXT,
        "document": paper(), "by": make.user(), "today": TODAY, "reason": "Minutes.", **given,
    }  # fmt: skip
    return record_discipline((row or post()).pk, **given)


def test_the_committee_criticises_and_the_paper_is_kept():
    row = post()

    record = recorded(row)

    entry = LedgerEntry.objects.of(record).get(act="registry.discipline.add")
    assert (record.unit, record.ground) == (row.organization.name, "property")
    assert [one["name"] for one in entry.evidence] == ["decision.pdf"]
    assert documents_of(record).count() == 1
    row.refresh_from_db()
    assert (row.state, row.revision) == (A.IN_POST, 0)


@pytest.mark.parametrize("state", [state for state in A if state != A.TERM_ENDING])
def test_only_who_holds_the_post_is_criticised(state):
    row = post(state)

    if state in {A.PROBATION, A.IN_POST, A.SUSPENDED}:
        recorded(row)
    else:
        with pytest.raises(Refused):
            recorded(row)

    assert Discipline.objects.exists() is (state in {A.PROBATION, A.IN_POST, A.SUSPENDED})


@pytest.mark.parametrize(("decided_on", "passes"), [
    (TODAY, True), (TODAY + DAY, False), (TODAY - 9 * DAY, True), (TODAY - 10 * DAY, False),
])  # fmt: skip
def test_what_was_decided_lies_in_the_post_and_in_the_past(decided_on, passes):
    row = post(from_on=TODAY - 9 * DAY)

    if passes:
        recorded(row, decided_on=decided_on)
    else:
        with pytest.raises(Refused):
            recorded(row, decided_on=decided_on)


@pytest.mark.parametrize(
    "values",
    [{"ground": ""}, {"ground": "local"}, {"ground": "unknown"}, {"kind": "unknown"}, {"unit": ""},
     {"kind": "court_delisting"}],
)  # fmt: skip
def test_the_database_refuses_what_no_record_can_be(values):
    record = recorded()

    with pytest.raises(IntegrityError), transaction.atomic():
        Discipline.objects.filter(pk=record.pk).update(**values)


def test_a_court_is_named_and_its_flag_is_shown_and_bars_nothing():
    row = post()
    with pytest.raises(Exception) as refused:  # noqa: PT011
        recorded(row, kind="court_delisting", ground="")

    recorded(row, kind="court_delisting", ground="", unit="诸暨市人民法院")

    shown = {one.name: one for one in post(A.CANDIDATE, row.mediator).conditions(TODAY)}
    assert list(refused.value.message_dict) == ["unit"]
    assert (shown["court_list"].met, shown["court_list"].bars) == (False, False)


def test_an_earlier_criticism_is_evidence_of_the_removal():
    load_rules()
    row = post()
    record = recorded(row)

    departures.remove_mediator(
        row.pk, by=make.user(), today=TODAY, reason="Again.",
        **asked("remove", without_criticism_because=""),
    )  # fmt: skip

    entry = LedgerEntry.objects.of(row).get(act="registry.appointment.remove")
    assert entry.evidence[0] == {
        "discipline": record.pk, "kind": "criticism", "decided_on": str(TODAY - DAY),
    }  # fmt: skip


def test_the_flag_of_a_court_is_no_criticism():
    row = post()
    recorded(row, kind="court_delisting", ground="", unit="诸暨市人民法院")

    with pytest.raises(Refused) as refused:
        departures.remove_mediator(
            row.pk, by=make.user(), today=TODAY, reason="Again.",
            **asked("remove", without_criticism_because=""),
        )  # fmt: skip

    assert list(refused.value.message_dict) == ["without_criticism_because"]


# --- On the desk --------------------------------------------------------------------------------


def typed(**given):
    return sent(
        **{"kind": "order", "ground": "insult", "decided_on": TODAY.isoformat(), "unit": "",
           "text": TEXT, "document": paper(), **given}
    )  # fmt: skip


@pytest.mark.parametrize("role", [Role.CLERK, Role.COUNTY_BUREAU])
def test_clerk_and_county_record_it_on_the_page_of_the_post(client, at_desk, role):
    row = post()
    at_desk(make.officer(role, row.organization if role == Role.CLERK else make.division("330681")))
    act = url("appointments", "act", row.pk, "discipline")

    offered = act in client.get(url("appointments", "inspect", row.pk)).content.decode()
    response = client.post(act, typed())

    record = Discipline.objects.get()
    assert offered
    assert response.url == url("appointments", "inspect", row.pk)
    assert url("discipline", "inspect", record.pk) in client.get(response.url).content.decode()


def test_what_the_rules_refuse_stands_beside_its_field(client, county):
    response = client.post(
        url("appointments", "act", post().pk, "discipline"), typed(ground="", decided_on="")
    )

    assert set(response.context["form"].errors) == {"decided_on"}
    assert Discipline.objects.count() == 0


@pytest.mark.parametrize("page", ["inspect", "history"])
def test_a_record_of_another_county_cannot_be_found(client, county, page):
    own, other = recorded(), recorded(post(body=make.organization(in_division=elsewhere())))
    paper_of = documents_of(other).get()

    assert client.get(url("discipline", page, own.pk)).status_code == 200
    assert client.get(url("discipline", page, other.pk)).status_code == 404
    assert client.get(url("discipline", "document", other.pk, paper_of.pk)).status_code == 404
    listed = [row for row, _url, _cells in client.get(url("discipline", "index")).context["listed"]]
    assert listed == [own]


@pytest.mark.parametrize("role", [Role.TRAINER, Role.SYSTEM_ADMIN])
def test_who_reads_no_internals_finds_no_discipline(client, at_desk, role):
    record = recorded()
    at_desk(make.officer(role, make.division("330681")))

    assert client.get(url("discipline", "index")).status_code == 404
    assert client.get(url("discipline", "inspect", record.pk)).status_code == 404
    for desk, row in (
        ("appointments", record.appointment), ("mediators", record.appointment.mediator),
    ):  # fmt: skip
        page = client.get(url(desk, "inspect", row.pk)).content.decode()
        assert TEXT not in page
        assert url("discipline", "inspect", record.pk) not in page


def test_the_career_tells_of_it_inside_and_the_public_page_never(client, county):
    record = recorded()
    someone = record.appointment.mediator
    refresh_mediators([someone.pk], today=TODAY)

    inside = client.get(url("mediators", "inspect", someone.pk)).content.decode()
    public = client.get(someone.get_absolute_url()).content.decode()

    assert "criticism: asking for or taking property or other improper gain" in inside
    assert someone.name in public
    assert "criticism" not in public
    assert TEXT not in public


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        recorded(post(body=make.organization(in_division=place)))
    client.get(url("discipline", "index"))

    with django_assert_num_queries(9):
        client.get(url("discipline", "index"))
