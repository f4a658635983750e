"""What of a listed organisation is corrected directly, what is filed, what was never so."""

import pytest
from django.utils import translation

from office.flow import Refused, Stale
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import organizations
from registry.flows import ORGANIZATION, OrganizationState
from registry.models import CHANGEABLE, FILED_ONLY, CourtNotice, Organization
from tests import make
from tests.make import TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url

pytestmark = pytest.mark.django_db
O = OrganizationState  # noqa: E741
NAME = "枫源村人民调解委员会"
OTHER = {
    "name": "别村人民调解委员会",
    "short_name": "别村调委会",
    "founding_unit": "别村村民委员会",
    "address": "新街2号",
    "needs_minority_member": True,
    "kind": "township",
}


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


def note(by=None):
    return {"by": by or make.user(), "today": TODAY, "reason": REASON}


def correct(body, act=organizations.change_organization, **given):
    return act(body.pk, revision=0, **note(), **given)


@pytest.mark.parametrize("name", OTHER)
def test_what_is_filed_is_not_changed_directly_on_a_listed_organisation(name):
    body = make.organization(name=NAME)
    entries = LedgerEntry.objects.of(body).count()

    with pytest.raises(Refused, match="of a listed organisation is changed by a filing"):
        correct(body, **{name: OTHER[name]})

    kept = Organization.objects.get(pk=body.pk)
    assert (getattr(kept, name), kept.revision) == (getattr(body, name), 0)
    assert LedgerEntry.objects.of(body).count() == entries


def test_neither_is_its_place():
    with pytest.raises(Refused, match="“division” of a listed organisation"):
        correct(make.organization(), division=elsewhere())


def test_every_fact_that_bars_is_named():
    with pytest.raises(Refused) as refused:
        correct(make.organization(), name="别村人民调解委员会", address="新街2号", phone="1")

    assert refused.value.messages == [
        "“name” of a listed organisation is changed by a filing.",
        "“address” of a listed organisation is changed by a filing.",
    ]


def test_how_the_public_reaches_it_is_corrected_directly():
    body = correct(make.organization(), phone="0575-2", hours="工作日")

    assert (body.phone, body.hours) == ("0575-2", "工作日")


def test_the_values_it_has_already_do_not_bar():
    body = make.organization(name=NAME, address="老街1号")

    assert correct(body, name=NAME, address="老街1号", phone="0575-2").phone == "0575-2"


@pytest.mark.parametrize("state", sorted(ORGANIZATION.editable - {O.LISTED}))
def test_before_it_is_listed_everything_is_corrected(state):
    body = correct(make.organization(state), **OTHER)

    assert [getattr(body, name) for name in OTHER] == list(OTHER.values())


def test_a_filing_may_carry_everything_but_kind_and_place():
    assert set(FILED_ONLY) - set(CHANGEABLE) == {"kind", "division"}
    assert set(CHANGEABLE) - set(FILED_ONLY) == {"phone", "hours"}


def test_an_entry_error_is_corrected_with_an_entry_and_no_letter():
    body = correct(make.organization(name=NAME), organizations.correct_entry, **OTHER)

    entry = LedgerEntry.objects.of(body).get()
    assert [getattr(body, name) for name in OTHER] == list(OTHER.values())
    assert (entry.act, entry.reason) == ("registry.organization.change", REASON)
    assert CourtNotice.objects.count() == 0


@pytest.mark.parametrize("state", sorted(set(O) - ORGANIZATION.editable))
def test_no_entry_error_is_corrected_while_something_runs(state):
    with pytest.raises(Refused, match="may not be edited"):
        correct(make.organization(state), organizations.correct_entry, address="新街2号")


def test_an_entry_error_is_not_corrected_past_another_change():
    body = make.organization()
    correct(body, phone="0575-2")

    with pytest.raises(Stale):
        correct(body, organizations.correct_entry, address="新街2号")


# --- On the desk --------------------------------------------------------------------------------


def test_the_form_of_a_listed_organisation_shows_what_is_filed_and_the_ways(client, county):
    body = make.organization(name=NAME)
    answer = client.get(url("organizations", "edit", body.pk))

    page = answer.content.decode()
    assert not set(answer.context["form"].fields) & set(FILED_ONLY)
    assert "these facts are changed by a filing" in page
    assert [address for _label, address in answer.context["ways"]] == [
        f"{url('filings', 'open', 'change')}?organization={body.pk}",
        url("organizations", "correct", body.pk),
    ]


def test_the_form_of_a_draft_asks_for_everything(client, county):
    answer = client.get(url("organizations", "edit", make.organization(O.DRAFT).pk))

    assert set(FILED_ONLY) <= set(answer.context["form"].fields)
    assert "filed_only" not in answer.context


def test_what_is_sent_past_the_form_is_not_taken(client, county):
    body = make.organization(name=NAME)
    page = url("organizations", "edit", body.pk)
    form = fields(client.get(page)) | {"phone": "0575-2", "name": "别村", "reason": REASON}

    client.post(page, form)

    body.refresh_from_db()
    assert (body.name, body.phone) == (NAME, "0575-2")


def test_the_bureau_corrects_an_entry_error_with_a_reason(client, county):
    body = make.organization(name=NAME)
    page = url("organizations", "correct", body.pk)
    form = fields(client.get(page))

    without = client.post(page, form | {"name": "枫原村人民调解委员会", "reason": ""})
    answer = client.post(page, form | {"name": "枫原村人民调解委员会", "reason": REASON})

    body.refresh_from_db()
    assert without.context["form"].errors == {"reason": ["This field is required."]}
    assert answer.url == url("organizations", "inspect", body.pk)
    assert body.name == "枫原村人民调解委员会"
    assert LedgerEntry.objects.of(body).get().actor == county


@pytest.mark.parametrize("role", [Role.CLERK, Role.JUSTICE_OFFICE, Role.AUDITOR, Role.CITY_BUREAU])
def test_nobody_else_finds_the_page(client, at_desk, role):
    body = make.organization()
    place = body if role == Role.CLERK else make.division("330681")
    at_desk(make.officer(role, place))
    page = url("organizations", "correct", body.pk)

    assert client.get(page).status_code == 404
    assert client.post(page, sent()).status_code == 404


def test_an_organisation_of_another_county_or_not_listed_cannot_be_found(client, county):
    for body in (make.organization(in_division=elsewhere()), make.organization(O.DRAFT)):
        assert client.get(url("organizations", "correct", body.pk)).status_code == 404


def test_a_clerk_is_led_to_the_filing_and_not_to_the_correction(client, at_desk):
    body = make.organization()
    at_desk(make.officer(Role.CLERK, body))

    ways = client.get(url("organizations", "edit", body.pk)).context["ways"]

    assert [label for label, _address in ways] == ["File a change"]
