"""Appointments on the desk: list, nomination, steps, bulk, and who may do what."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from office.documents import documents_of
from office.identity import resident_id_for
from office.models import LedgerEntry
from office.roles import Role
from registry.flows import APPOINTMENT, AppointmentState
from registry.models import Appointment
from registry.reports.dashboard import terms_ending
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url
from tests.registry.posts import asked, load_rules, person, post, ready

pytestmark = pytest.mark.django_db
A = AppointmentState
LEAVING = "Nobody can be appointed in an organisation that leaves the roster."
HERE = "This mediator already holds a post in this organisation."
FULL = "This mediator already holds a full-time post."
STORED = [state for state in A if state != A.TERM_ENDING]


@pytest.fixture(autouse=True)
def rules():
    load_rules()


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def step_form(step, **typed):
    return sent(**{name: value for name, value in asked(step, **typed).items() if value != ""})


# --- The list -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        make.appointment(body=make.organization(in_division=place), term_until_on=TODAY + DAY)
    client.get(url("appointments", "index"))

    with django_assert_num_queries(11):
        client.get(url("appointments", "index"))


def test_terms_that_end_are_found_by_their_dates(client, county):
    soon = make.appointment(term_until_on=date(2026, 12, 31))
    make.appointment(term_until_on=date(2027, 1, 1))

    query = {"ends_from": "2026-12-01", "ends_until": "2026-12-31"}

    assert listed(client.get(url("appointments", "index"), query)) == [soon]


def test_a_term_that_ends_is_tagged_and_found(client, county):
    far = post(term_until_on=TODAY + 91 * DAY)
    soon = post(term_until_on=TODAY + 90 * DAY)
    over = post(term_until_on=TODAY)
    index = url("appointments", "index")

    page = client.get(index)
    shown = {row: cells[4].value for row, _url, cells in page.context["listed"]}

    assert shown == {
        far: "in post", soon: "term ending, to be decided", over: "term ending, to be decided",
    }  # fmt: skip
    assert set(listed(client.get(index, {"decision": "ending"}))) == {soon, over}
    assert listed(client.get(index, {"decision": "overdue"})) == [over]
    tagged = client.get(url("appointments", "inspect", over.pk)).context["tags"]
    assert tagged == [
        ("term ending, to be decided", "warn"), ("Term has ended, still in post", "error"),
    ]  # fmt: skip


def test_each_figure_of_the_forecast_leads_to_its_list(client, county):
    december = [post(term_until_on=date(2026, 12, day)) for day in (1, 31)]
    over = post(term_until_on=TODAY)
    post(A.SUSPENDED, term_until_on=date(2026, 12, 5))
    post(term_until_on=date(2027, 1, 1))
    client.post(url("appointments", "act", december[0].pk, "renew"), step_form("renew"))

    page = client.get(reverse("wagtailadmin_home")).content.decode()
    months = terms_ending(county, TODAY).months

    assert [month.count for month in months[:3]] == [1, 1, 1]
    assert f'href="{escape(months[1].url)}"' in page
    assert listed(client.get(months[1].url)) == [december[1]]
    for decision, found in [("ending", 3), ("overdue", 1)]:
        rows = listed(client.get(url("appointments", "index"), {"decision": decision}))
        assert len(rows) == found
        assert f"?decision={decision}" in page
    assert over in rows


def test_a_trainer_sees_who_holds_a_post_and_no_nomination(client, at_desk):
    rows = {state: post(state) for state in STORED}
    at_desk(make.officer(Role.TRAINER, make.division("3306")))

    found = {row.state for row in listed(client.get(url("appointments", "index")))}
    page = client.get(url("appointments", "inspect", rows[A.ENDED].pk)).content.decode()

    assert found == {A.PROBATION, A.IN_POST, A.SUSPENDED, A.ENDED}
    assert client.get(url("appointments", "inspect", rows[A.REJECTED].pk)).status_code == 404
    assert client.get(url("appointments", "history", rows[A.ENDED].pk)).status_code == 404
    assert "How it ended" not in page
    person_page = client.get(url("mediators", "inspect", rows[A.REJECTED].mediator_id))
    assert "rejected" not in person_page.content.decode()


def test_the_papers_of_a_post_are_for_those_who_read_internals(client, at_desk):
    row = ready(A.IN_POST, "resign")
    at_desk()
    client.post(url("appointments", "act", row.pk, "resign"), step_form("resign"))
    there = url("appointments", "document", row.pk, documents_of(row).get().pk)

    assert there in client.get(url("appointments", "inspect", row.pk)).content.decode()
    assert b"".join(client.get(there).streaming_content).startswith(b"%PDF-")
    at_desk(make.officer(Role.TRAINER, make.division("3306")))
    assert there not in client.get(url("appointments", "inspect", row.pk)).content.decode()
    assert client.get(there).status_code == 404


# --- Nominating ---------------------------------------------------------------------------------


def nomination(body, **typed):
    number = resident_id_for("330681", date(1975, 3, 8), 7)
    return sent(
        **{"organization": body.pk, "mediator": "", "name": "章丽", "id_number": number,
           "post": "member", "employment": "part_time", "from_on": "2026-12-01", **typed}
    )  # fmt: skip


def test_a_clerk_nominates_for_the_own_organization_only(client, at_desk):
    body, other = make.organization(), make.organization()
    clerk = at_desk(make.officer(Role.CLERK, body))

    button = client.get(url("appointments", "index")).content.decode()
    refused = client.post(url("appointments", "nominate"), nomination(other))
    response = client.post(url("appointments", "nominate"), nomination(body))

    row = Appointment.objects.get()
    assert url("appointments", "nominate") in button
    assert list(refused.context["form"].errors) == ["organization"]
    assert response.url == url("appointments", "inspect", row.pk)
    assert (row.state, row.nominated_by, row.mediator.name) == (A.CANDIDATE, clerk, "章丽")
    assert client.get(response.url).status_code == 200


def test_a_nomination_without_a_person_says_what_is_missing(client, county):
    response = client.post(
        url("appointments", "nominate"), nomination(make.organization(), name="", id_number="")
    )

    assert set(response.context["form"].errors) == {"name", "id_number"}


@pytest.mark.parametrize("role", [Role.JUSTICE_OFFICE, Role.CITY_BUREAU, Role.AUDITOR])
def test_who_may_not_nominate_finds_no_such_page(client, at_desk, role):
    at_desk(make.officer(role, make.division("3306")))

    assert client.get(url("appointments", "nominate")).status_code == 404
    assert client.post(url("appointments", "nominate"), sent()).status_code == 404


def test_from_nomination_to_the_post_through_three_hands(client, at_desk):
    place = make.division("330681003")
    body = make.organization(in_division=place)
    at_desk(make.officer(Role.CLERK, body))
    client.post(url("appointments", "nominate"), nomination(body))
    row = Appointment.objects.get()
    row.mediator.certificate_number = "330681000001"
    row.mediator.save()

    def act(step, **typed):
        return client.post(url("appointments", "act", row.pk, step), step_form(step, **typed))

    assert act("vet").status_code == 404
    at_desk(make.officer(Role.JUSTICE_OFFICE, place))
    act("vet")
    assert act("accept").status_code == 404
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    act("accept")
    at_desk(make.officer(Role.CLERK, body))
    act("begin")

    row.refresh_from_db()
    assert (row.state, row.from_on, row.route) == (A.IN_POST, TODAY, "elected")
    assert client.get(row.mediator.get_absolute_url()).status_code == 200


def test_the_officer_who_vetted_is_told_why_not_to_accept(client, county):
    row = post(A.VETTING, vetted_by=county)

    response = client.post(url("appointments", "act", row.pk, "accept"), step_form("accept"))

    assert response.context["form"].non_field_errors() == [
        "Who nominated or vetted a person does not accept the person as well."
    ]


# --- Steps --------------------------------------------------------------------------------------


# They are taken with the filing of a committee and with a deregistration, never on their own.
WITH_ITS_ORGANIZATION = {"take_office_with_the_committee", "end_with_organization"}


@pytest.mark.parametrize("state", STORED)
def test_the_page_offers_the_steps_of_the_state_and_no_other(client, county, state):
    row = post(state)
    page = client.get(url("appointments", "inspect", row.pk)).content.decode()

    offered = {
        name for name in APPOINTMENT.steps if url("appointments", "act", row.pk, name) in page
    }

    ahead = {step.name for step in APPOINTMENT.ahead_of(row)}
    assert offered == ahead - WITH_ITS_ORGANIZATION


@pytest.mark.parametrize("step", [name for name in APPOINTMENT.steps
                                  if name not in WITH_ITS_ORGANIZATION])  # fmt: skip
def test_a_step_is_taken_on_its_page_and_barred_in_another_state(client, county, step):
    taken = APPOINTMENT.steps[step]
    row = ready(taken.sources[0], step)
    wrong = ready(next(state for state in STORED if state not in taken.sources), step)

    before = client.get(url("appointments", "act", row.pk, step)).context
    response = client.post(url("appointments", "act", row.pk, step), step_form(step))
    client.post(url("appointments", "act", wrong.pk, step), step_form(step))

    row.refresh_from_db()
    assert before["refusals"] == []
    assert response.url == url("appointments", "inspect", row.pk)
    assert row.state == taken.target
    assert Appointment.objects.get(pk=wrong.pk).state == wrong.state
    assert LedgerEntry.objects.of(wrong).count() == 0


@pytest.mark.parametrize("step", [name for name in APPOINTMENT.steps
                                  if name not in WITH_ITS_ORGANIZATION])  # fmt: skip
def test_a_step_on_a_row_of_another_county_cannot_be_found(client, county, step):
    there = make.organization(in_division=elsewhere())
    row = ready(APPOINTMENT.steps[step].sources[0], step, body=there)

    assert client.get(url("appointments", "act", row.pk, step)).status_code == 404
    assert client.post(url("appointments", "act", row.pk, step), step_form(step)).status_code == 404
    assert LedgerEntry.objects.of(row).count() == 0


ALL = set(APPOINTMENT.steps)
MAY = {
    Role.CLERK: {"begin_probation", "begin", "drop_out", "resign"},
    Role.JUSTICE_OFFICE: {"vet"},
    Role.COUNTY_BUREAU: ALL,
    Role.CITY_BUREAU: set(),
    Role.HANDLER: set(),
    Role.AUDITOR: set(),
    Role.TRAINER: set(),
}


@pytest.mark.parametrize("role", MAY)
def test_a_role_takes_its_own_steps_only(client, at_desk, role):
    place = make.division("330681003")
    body = make.organization(in_division=place)
    at_desk(make.officer(role, body if role == Role.CLERK else place))

    found = {
        name
        for name, step in APPOINTMENT.steps.items()
        if name not in WITH_ITS_ORGANIZATION
        and client.get(
            url("appointments", "act", ready(step.sources[0], name, body=body).pk, name)
        ).status_code == 200
    }  # fmt: skip

    assert found == MAY[role] - WITH_ITS_ORGANIZATION


def test_a_second_click_on_a_step_takes_it_once(client, county):
    row = make.appointment()
    form = sent()

    answers = [client.post(url("appointments", "act", row.pk, "suspend"), form) for _ in range(2)]

    assert [answer.url for answer in answers] == [url("appointments", "inspect", row.pk)] * 2
    assert LedgerEntry.objects.of(row).count() == 1


def test_the_page_of_a_candidate_shows_each_condition(client, county):
    row = post(A.CANDIDATE, person(born_on=date(2009, 1, 1)))

    page = client.get(url("appointments", "inspect", row.pk)).content.decode()

    assert "The person is not an adult." in page
    assert "No removal or dismissal is on record." in page


def test_an_end_and_its_renewal_lead_to_each_other(client, county):
    old = post(term_until_on=TODAY + DAY)
    client.post(url("appointments", "act", old.pk, "renew"), step_form("renew"))
    new = Appointment.objects.get(renewal_of=old)

    for one, other in [(old, new), (new, old)]:
        page = client.get(url("appointments", "inspect", one.pk)).content.decode()
        assert url("appointments", "inspect", other.pk) in page


# --- Bulk ---------------------------------------------------------------------------------------


def test_terms_are_renewed_together_and_what_is_barred_stays(client, county):
    rows = [post(term_until_on=TODAY + number * DAY) for number in range(3)]
    early, other = (
        post(term_until_on=TODAY + 200 * DAY),
        post(body=make.organization(in_division=elsewhere()), term_until_on=TODAY),
    )
    chosen = {"pk": [row.pk for row in [*rows, early, other]]}
    bulk = url("appointments", "bulk", "renew")

    checked = client.get(bulk, chosen).context
    client.post(bulk, {**step_form("renew"), **chosen})

    assert {item.row for item in checked["barred_rows"]} == {early}
    assert set(
        Appointment.objects.exclude(renewal_of=None).values_list("renewal_of", flat=True)
    ) == {row.pk for row in rows}
    for row in (early, other):
        row.refresh_from_db()
        assert row.state == A.IN_POST


@pytest.mark.parametrize(("act", "state"), [
    ("lapse", A.ENDED), ("suspend", A.SUSPENDED), ("vet", A.VETTING), ("resume", A.IN_POST),
])  # fmt: skip
def test_other_steps_are_taken_together_too(client, county, act, state):
    rows = [ready(APPOINTMENT.steps[act].sources[0], act) for _ in range(2)]

    client.post(
        url("appointments", "bulk", act), {**step_form(act), "pk": [row.pk for row in rows]}
    )

    assert set(Appointment.objects.values_list("state", flat=True)) == {state}


# --- Entering and correcting --------------------------------------------------------------------


def test_a_second_post_is_added_from_the_persons_page(client, county):
    first = make.appointment()
    body = make.organization()
    page = client.get(url("mediators", "inspect", first.mediator_id)).content.decode()
    add = f"{url('appointments', 'add')}?mediator={first.mediator_id}"
    form = fields(client.get(add)) | {
        "organization": body.pk, "post": "member", "employment": "part_time",
        "from_on": "2026-11-01", "reason": REASON,
    }  # fmt: skip

    response = client.post(add, form)

    second = Appointment.objects.get(organization=body)
    assert f'href="{add}"' in page
    assert response.url == url("appointments", "inspect", second.pk)
    assert (second.mediator, second.state, second.from_on) == (
        first.mediator, "in_post", date(2026, 11, 1),
    )  # fmt: skip
    assert LedgerEntry.objects.of(second).get().act == "registry.appointment.add"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"employment": "full_time"}, FULL),
        ({"organization": "own"}, HERE),
        ({"organization": "closing"}, LEAVING),
    ],
)
def test_a_post_that_cannot_be_is_refused_in_a_sentence(client, county, typed, said):
    first = make.appointment(employment="full_time")
    bodies = {"own": first.organization, "closing": make.organization("closing")}
    form = {
        "mediator": first.mediator_id, "organization": make.organization().pk, "post": "member",
        "employment": "part_time", "from_on": "2026-11-01", **typed,
    }  # fmt: skip
    form["organization"] = getattr(bodies.get(form["organization"]), "pk", form["organization"])

    response = client.post(url("appointments", "add"), sent(**form))

    assert response.context["form"].non_field_errors() == [said]
    assert Appointment.objects.count() == 1


def test_an_appointment_is_corrected_with_a_reason(client, county):
    row = make.appointment(post="mediator")
    page = url("appointments", "edit", row.pk)

    client.post(page, fields(client.get(page)) | {"post": "director", "reason": REASON})

    row.refresh_from_db()
    assert (row.post, row.revision) == ("director", 1)
    [told] = client.get(url("appointments", "history", row.pk)).context["acts"]
    assert told.changes == [("Post", "mediator", "director")]


@pytest.mark.parametrize("page", ["inspect", "history", "edit", "letter"])
def test_a_row_of_another_county_cannot_be_found(client, county, page):
    other = post(body=make.organization(in_division=elsewhere()))

    assert client.get(url("appointments", page, other.pk)).status_code == 404
