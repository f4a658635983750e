"""The yearly confirmation: who is asked, who has answered, who may answer for whom."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import translation

from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import confirmations
from registry.flows import OrganizationState
from registry.models import (
    Confirmation,
    ConfirmationCampaign,
    ConfirmingOrganization,
    Organization,
)
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, sent, url

pytestmark = pytest.mark.django_db
O = OrganizationState  # noqa: E741
NO_CAMPAIGN = "No campaign runs for this organisation."


@pytest.fixture(autouse=True)
def _in_english(_in_the_language_of_the_site):
    translation.activate("en")


def listed(response):
    return [row.pk for row, _url, _cells in response.context["listed"]]


def confirm(body, today=TODAY, **given):
    return confirmations.confirm_organization(body.pk, by=make.user(), today=today, **given)


def opened(place, **given):
    given = {"year": 2026, "from_on": TODAY, "due_on": TODAY + 30 * DAY, **given}
    return confirmations.open_campaign(
        by=make.user(), today=TODAY, reason=REASON, division=place, **given
    )


def test_a_confirmation_is_dated_and_noted():
    running, body = make.campaign(), make.organization()

    confirmation = confirm(body, differences="The phone is another.")

    body.refresh_from_db()
    entry = LedgerEntry.objects.of(body).get()
    assert (confirmation.campaign, confirmation.confirmed_on) == (running, TODAY)
    assert (body.confirmed_on, body.revision) == (TODAY, 1)
    assert (entry.act, entry.reason) == ("registry.organization.confirm", "The phone is another.")
    assert ledger.faults() == []


def test_nobody_confirms_twice_in_a_campaign():
    make.campaign()
    body = make.organization()
    confirm(body)

    with pytest.raises(Refused) as refusal:
        confirm(body)

    assert refusal.value.messages == ["This organisation has confirmed already."]


@pytest.mark.parametrize(("from_on", "passes"), [(TODAY, True), (TODAY + DAY, False)])
def test_a_campaign_is_answered_from_its_first_day(from_on, passes):
    make.campaign(from_on=from_on)
    body = make.organization()

    if passes:
        assert confirm(body).confirmed_on == TODAY
    else:
        with pytest.raises(Refused, match=NO_CAMPAIGN):
            confirm(body)


@pytest.mark.parametrize("state", OrganizationState)
def test_only_what_may_mediate_is_asked(state):
    make.campaign()
    body = make.organization(state)
    asked = state in {O.LISTED, O.CHANGE_PENDING, O.RECTIFYING}

    assert ConfirmingOrganization.objects.asked().filter(pk=body.pk).exists() is asked
    if not asked:
        with pytest.raises(Refused, match=NO_CAMPAIGN):
            confirm(body)


def test_a_closed_campaign_asks_nobody():
    running, body = make.campaign(), make.organization()
    confirmations.close_campaign(running.pk, by=make.user(), today=TODAY, reason=REASON)

    with pytest.raises(Refused, match=NO_CAMPAIGN):
        confirm(body)
    with pytest.raises(Refused, match="closed already"):
        confirmations.close_campaign(running.pk, by=make.user(), today=TODAY, reason=REASON)


def test_last_years_answer_is_none_for_this_year():
    old, body = make.campaign(year=2025), make.organization()
    confirm(body)
    confirmations.close_campaign(old.pk, by=make.user(), today=TODAY, reason=REASON)
    make.campaign(year=2026)

    assert ConfirmingOrganization.objects.asked().get(pk=body.pk).standing == "missing"


@pytest.mark.parametrize(
    ("running", "new", "passes"),
    [
        ("330681", "330681", False),
        ("3306", "330681", False),
        ("330681", "3306", False),
        ("330682", "330681", True),
    ],
)
def test_campaigns_that_run_do_not_overlap(running, new, passes):
    make.campaign(make.division(running))

    if passes:
        assert opened(make.division(new)).closed_on is None
    else:
        with pytest.raises(Refused):
            opened(make.division(new))


@pytest.mark.parametrize(("due_on", "passes"), [(TODAY, True), (TODAY - DAY, False)])
def test_a_campaign_is_due_in_time(due_on, passes):
    if passes:
        assert opened(make.division(), due_on=due_on).due_on == due_on
    else:
        with pytest.raises(Refused):
            opened(make.division(), from_on=due_on - DAY, due_on=due_on)


@pytest.mark.parametrize(
    "values",
    [{"due_on": TODAY - 11 * DAY}, {"closed_on": TODAY - 11 * DAY}, {"high": 1}],
)
def test_the_database_refuses_what_no_campaign_is(values):
    row = make.campaign()

    with pytest.raises(IntegrityError), transaction.atomic():
        ConfirmationCampaign.objects.filter(pk=row.pk).update(**values)


def test_the_database_refuses_a_second_answer():
    make.campaign()
    row = confirm(make.organization())
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.bulk_create([row])


def test_clerks_who_have_not_confirmed_are_reminded(django_capture_on_commit_callbacks):
    running = make.campaign()
    late, done, silent = (make.organization() for _number in range(3))
    far = make.organization(in_division=elsewhere())
    for number, body in enumerate([late, done, far]):
        make.officer(Role.CLERK, body, email=f"clerk{number}@example.org")
    make.officer(Role.CLERK, silent)
    confirm(done)

    with django_capture_on_commit_callbacks(execute=True):
        count = confirmations.remind(running.pk, by=make.user(), today=TODAY, reason=REASON)

    running.refresh_from_db()
    assert (count, running.reminded_on) == (1, TODAY)
    assert [message.to for message in mail.outbox] == [["clerk0@example.org"]]
    assert late.name in mail.outbox[0].subject


def test_without_an_address_nobody_is_reminded():
    running = make.campaign()
    make.officer(Role.CLERK, make.organization())

    with pytest.raises(Refused):
        confirmations.remind(running.pk, by=make.user(), today=TODAY, reason=REASON)


# --- On the desk --------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    make.campaign()
    for number in range(rows):
        body = make.organization(in_division=make.division(f"33068100{number + 1}"))
        if number:
            confirm(body)
    client.get(url("confirmations", "index"))

    with django_assert_num_queries(11):
        client.get(url("confirmations", "index"))


def test_the_tabs_say_who_has_confirmed_and_who_not(client, county):
    make.campaign()
    done, late = make.organization(), make.organization()
    make.organization("draft")
    confirm(done)

    page = client.get(url("confirmations", "index"))
    missing = client.get(url("confirmations", "index"), {"standing": "missing"})

    tabs = [(tab.label, tab.count) for tab in page.context["tabs"]]
    assert tabs == [("All", 2), ("not confirmed yet", 1), ("confirmed", 1)]
    assert listed(missing) == [late.pk]


def test_a_clerk_confirms_the_own_organization_only(client, at_desk):
    make.campaign()
    own, other = make.organization(), make.organization()
    at_desk(make.officer(Role.CLERK, own))

    client.post(url("confirmations", "act", own.pk, "confirm"), sent(differences=""))

    assert listed(client.get(url("confirmations", "index"))) == [own.pk]
    for page in ("inspect", "act"):
        args = [other.pk, "confirm"][: 1 + (page == "act")]
        assert client.get(url("confirmations", page, *args)).status_code == 404
    forced = client.post(url("confirmations", "act", other.pk, "confirm"), sent(differences=""))
    assert forced.status_code == 404
    assert [row.organization for row in Confirmation.objects.all()] == [own]


def test_a_justice_office_confirms_many_at_once(client, at_desk):
    make.campaign()
    town = make.division("330681109")
    bodies = [make.organization(in_division=town) for _number in range(3)]
    outside = make.organization()
    confirm(bodies[0])
    at_desk(make.officer(Role.JUSTICE_OFFICE, town))
    chosen = [body.pk for body in [*bodies, outside]]

    client.post(url("confirmations", "bulk", "confirm"), sent(pk=chosen, differences=""))

    assert Confirmation.objects.count() == 3
    assert Organization.objects.get(pk=outside.pk).confirmed_on is None


@pytest.mark.parametrize("role", [Role.CITY_BUREAU, Role.AUDITOR])
def test_who_does_not_confirm_sees_the_list_without_the_button(client, at_desk, role):
    make.campaign()
    body = make.organization()
    at_desk(make.officer(role, make.division("3306")))

    page = client.get(url("confirmations", "inspect", body.pk))

    assert page.status_code == 200
    assert client.get(url("confirmations", "act", body.pk, "confirm")).status_code == 404


def test_a_campaign_is_opened_counted_and_closed_on_the_desk(client, county):
    body = make.organization()
    make.organization()
    form = sent(
        year=2026, division=make.division().pk, from_on=TODAY.isoformat(),
        due_on=(TODAY + DAY).isoformat(),
    )  # fmt: skip

    client.post(url("campaigns", "add"), form)
    running = ConfirmationCampaign.objects.get()
    confirm(body, differences="The phone is another.")
    page = client.get(url("campaigns", "inspect", running.pk))
    client.post(url("campaigns", "act", running.pk, "close"), sent())

    facts = dict(page.context["sections"][0].facts)
    assert (facts["Organisations asked"], facts["Confirmed"]) == (2, 1)
    assert "The phone is another." in page.content.decode()
    running.refresh_from_db()
    assert running.closed_on == TODAY
    assert client.get(url("campaigns", "inspect", running.pk)).status_code == 200


def test_a_campaign_of_another_county_cannot_be_found(client, county):
    other = make.campaign(elsewhere())
    body = make.organization(in_division=elsewhere())

    for page in ("inspect", "history"):
        assert client.get(url("campaigns", page, other.pk)).status_code == 404
    for act in ("close", "remind"):
        assert client.post(url("campaigns", "act", other.pk, act), sent()).status_code == 404
    assert client.get(url("confirmations", "inspect", body.pk)).status_code == 404
    form = sent(year=2026, division=elsewhere().pk, from_on=TODAY, due_on=TODAY)
    assert client.post(url("campaigns", "add"), form).status_code == 422


def leads(client, campaign):
    """Where the buttons of a campaign lead, by what is written on them."""
    buttons = client.get(url("campaigns", "inspect", campaign.pk)).context["buttons"]
    return {label: address for label, address, _icon, _grave in buttons}


def test_a_running_campaign_leads_to_who_has_confirmed_and_who_has_not(client, county):
    running = make.campaign()
    confirmed, missing = make.organization(), make.organization()
    confirm(confirmed)

    found = leads(client, running)

    assert listed(client.get(found["Who has not confirmed yet"])) == [missing.pk]
    assert listed(client.get(found["Who has confirmed"])) == [confirmed.pk]


def test_who_did_not_confirm_stays_listed_after_the_campaign_is_closed(client, county):
    asked = {"filed_on": TODAY - 9 * DAY}
    closed, answered = make.campaign(), make.organization(**asked)
    silent, gone = make.organization(**asked), make.organization(**asked)
    make.organization("draft")
    make.organization(in_division=elsewhere(), **asked)
    confirm(answered)
    confirmations.close_campaign(closed.pk, by=make.user(), today=TODAY, reason=REASON)
    Organization.objects.filter(pk=gone.pk).update(
        state="deregistered", deregistered_on=TODAY + DAY, effective_on=TODAY + DAY
    )
    late = make.organization(filed_on=TODAY + DAY)

    found = leads(client, closed)
    page = client.get(found["Who did not confirm"])
    facts = client.get(url("campaigns", "inspect", closed.pk)).context["sections"][0].facts

    assert sorted(listed(page)) == sorted([silent.pk, gone.pk])
    assert listed(client.get(found["Who has confirmed"])) == [answered.pk]
    assert late.pk not in listed(client.get(url("confirmations", "index"), {"campaign": closed.pk}))
    assert page.context["bulk_acts"] == []
    addresses = [address for _row, address, _cells in page.context["listed"]]
    assert url("organizations", "inspect", silent.pk) in addresses
    assert (dict(facts)["Organisations asked"], dict(facts)["Did not confirm"]) == (3, 2)
    answer = client.post(
        found["Who did not confirm"].replace("/?", "/export/?"), sent(format="csv")
    )
    assert silent.name in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_a_campaign_of_another_county_is_not_listed(client, county):
    other = make.campaign(elsewhere())
    make.organization(in_division=elsewhere())

    page = client.get(url("confirmations", "index"), {"campaign": other.pk})

    assert listed(page) == []
    assert other not in page.context["filters"].form.fields["campaign"].queryset


def test_what_closing_and_reminding_mean_is_said_before(client, county):
    running = make.campaign()
    make.organization()

    closing = client.get(url("campaigns", "act", running.pk, "close"))
    reminding = client.get(url("campaigns", "act", running.pk, "remind"))

    assert closing.context["consequences"] == [
        "1 organisation stays without a confirmation of this year."
    ]
    assert reminding.context["refusals"] == [
        "No clerk who has yet to confirm has an e-mail address."
    ]
