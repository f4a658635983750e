"""Informants and volunteers: counted apart, never as mediators."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import auxiliaries
from registry.models import AuxiliaryPerson, MediatorRow, Organization
from registry.queries.legality import seats_of
from registry.reports.dashboard import by_kind, figures, pyramid, terms_ending
from registry.reports.standards import heat
from registry.search.upkeep import refresh_organizations
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url
from tests.registry.test_standards import rows_of, staffed, standard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PHONE = "13912345678"


def auxiliary(**given):
    fields_given = {
        "kind": "informant", "name": "骆嘉宁", "phone": PHONE,
        "division": make.division("330681001"), "from_on": TODAY, **given,
    }  # fmt: skip
    return auxiliaries.add_auxiliary(by=None, today=TODAY, reason=REASON, **fields_given)


def test_no_figure_moves_when_informants_and_volunteers_come(client, county):
    standard(township=2)
    body = staffed(1, 1, kind="township", in_division=make.division("330681001"))
    client.get(reverse("wagtailadmin_home"))  # the desks are registered with the first address

    def counted():
        refresh_organizations([body.pk], today=TODAY)
        return (
            figures(county, TODAY), by_kind(county), pyramid(county, TODAY),
            terms_ending(county, TODAY), heat(county, make.division("330681"), TODAY),
            seats_of(Organization.objects.all(), TODAY), MediatorRow.objects.count(),
        )  # fmt: skip

    before = counted()
    for kind in ("informant", "volunteer"):
        auxiliary(kind=kind, organization=body)

    assert counted() == before
    assert AuxiliaryPerson.objects.serving(TODAY).count() == 2


@pytest.mark.parametrize(("days", "passes"), [(0, False), (1, True)])
def test_the_end_comes_after_the_beginning(days, passes):
    person = auxiliary()
    given = {"by": None, "today": TODAY, "reason": REASON, "until_on": TODAY + days * DAY}

    if passes:
        auxiliaries.end_auxiliary(person.pk, **given)
        with pytest.raises(Refused, match="on record already"):
            auxiliaries.end_auxiliary(person.pk, **given)
    else:
        with pytest.raises(Refused, match="comes after the beginning"):
            auxiliaries.end_auxiliary(person.pk, **given)
    person.refresh_from_db()
    assert (person.until_on is not None) is passes


@pytest.mark.parametrize("values", [{"kind": "mediator"}, {"until_on": TODAY}])
def test_the_database_keeps_a_row_whole(values):
    auxiliary()

    with pytest.raises(IntegrityError), transaction.atomic():
        AuxiliaryPerson.objects.update(**values)


@pytest.fixture
def office(at_desk):
    """The justice office of the township 330681001."""
    return at_desk(
        make.officer(Role.JUSTICE_OFFICE, make.division("330681001")), password_shown=True
    )


def test_a_justice_office_keeps_those_of_its_township(client, office):
    village = make.division("330681001201")
    typed = {
        "kind": "volunteer", "name": "斯文", "phone": PHONE, "division": village.pk,
        "from_on": TODAY.isoformat(),
    }  # fmt: skip

    foreign = client.post(
        url("auxiliaries", "add"), sent(**{**typed, "division": make.division("330681002").pk})
    )
    client.post(url("auxiliaries", "add"), sent(**typed))
    person = AuxiliaryPerson.objects.get()
    edit = url("auxiliaries", "edit", person.pk)
    client.post(edit, fields(client.get(edit)) | {"name": "斯文清", "reason": REASON})
    client.post(
        url("auxiliaries", "act", person.pk, "end"), sent(until_on=(TODAY + DAY).isoformat())
    )

    person.refresh_from_db()
    history = client.get(url("auxiliaries", "history", person.pk)).context["acts"]
    assert "division" in foreign.context["form"].errors
    assert (person.name, person.phone, person.until_on) == ("斯文清", PHONE, TODAY + DAY)
    assert [told.act for told in history] == ["Note the end", "Correct", "Add"]


def test_the_phone_is_masked_and_shown_in_full_for_a_reason(client, office):
    person = auxiliary()

    masked = client.get(url("auxiliaries", "inspect", person.pk)).content.decode()
    shown = client.post(url("auxiliaries", "act", person.pk, "unmask"), sent()).content.decode()

    assert "139****5678" in masked
    assert (PHONE in masked, PHONE in shown) == (False, True)
    assert LedgerEntry.objects.of(person).latest("sequence").reason == REASON


def test_those_of_another_township_cannot_be_found(client, office):
    own, foreign = auxiliary(), auxiliary(division=make.division("330681002"))

    assert rows_of(client.get(url("auxiliaries", "index"))) == [own]
    for page in ("inspect", "edit", "history"):
        assert client.get(url("auxiliaries", page, foreign.pk)).status_code == 404
    for name in ("end", "unmask"):
        assert client.get(url("auxiliaries", "act", foreign.pk, name)).status_code == 404


def test_a_clerk_sees_those_of_the_own_organisation_and_writes_none(client, at_desk):
    body = make.organization()
    own = auxiliary(organization=body)
    auxiliary()
    at_desk(make.officer(Role.CLERK, body))

    assert rows_of(client.get(url("auxiliaries", "index"))) == [own]
    assert client.get(url("auxiliaries", "add")).status_code == 404
    assert client.get(url("auxiliaries", "edit", own.pk)).status_code == 404


def test_informants_and_volunteers_are_counted_in_tabs_of_their_own(client, county):
    auxiliary()
    auxiliary(kind="volunteer")
    auxiliary(kind="volunteer", from_on=TODAY + DAY)
    auxiliary(division=elsewhere())

    page = client.get(url("auxiliaries", "index"))
    serving = client.get(url("auxiliaries", "index"), {"serving": "true"})

    tabs = [(tab.label, tab.count) for tab in page.context["tabs"]]
    assert tabs == [("All", 3), ("informant", 1), ("volunteer", 2)]
    assert [(tab.label, tab.count) for tab in serving.context["tabs"]][1:] == [
        ("informant", 1), ("volunteer", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        auxiliary(organization=make.organization(), division=make.division(f"33068100{number + 1}"))
    client.get(url("auxiliaries", "index"))

    with django_assert_num_queries(10):
        client.get(url("auxiliaries", "index"))


def test_the_export_holds_no_phone(client, county):
    auxiliary()

    response = client.post(url("auxiliaries", "export"), sent(format="csv"))

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "骆嘉宁" in text
    assert PHONE not in text
