"""Awards: whom they honour, what the public sees, and how they are withdrawn."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from office.flow import Refused, Stale
from office.models import LedgerEntry
from office.roles import Role
from registry.actions import awards
from registry.models import Award
from registry.search.upkeep import refresh_organizations
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url
from tests.registry.test_standards import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
GIVEN = {
    "level": "national", "title": "全国模范人民调解员", "awarded_by": "司法部", "awarded_on": TODAY,
}  # fmt: skip


def award(**given):
    if "organization" not in given:
        given.setdefault("mediator", make.mediator())
    return awards.add_award(by=None, today=TODAY, reason=REASON, **{**GIVEN, **given})


def test_an_award_is_entered_and_told():
    row = award()

    entry = LedgerEntry.objects.of(row).get()
    assert (entry.act, entry.reason, entry.area) == (
        "registry.award.add", REASON, row.mediator.division_id,
    )  # fmt: skip
    assert entry.after["title"] == GIVEN["title"]


@pytest.mark.parametrize(("on", "passes"), [(TODAY, True), (TODAY + DAY, False)])
def test_no_award_is_given_in_the_future(on, passes):
    if passes:
        award(awarded_on=on)
    else:
        with pytest.raises(Refused, match="cannot be given in the future"):
            award(awarded_on=on)
    assert Award.objects.count() == int(passes)


@pytest.mark.parametrize("both", [True, False])
def test_an_award_honours_either_a_mediator_or_an_organisation(both):
    honoured = {
        "mediator": make.mediator() if both else None,
        "organization": make.organization() if both else None,
    }

    with pytest.raises(ValidationError, match="honours either a mediator or an organisation"):
        award(**honoured)
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.bulk_create([Award(**GIVEN, **honoured)])


@pytest.mark.parametrize(
    "values",
    [
        {"level": "village"},
        {"withdrawn_on": TODAY},
        {"withdrawn_because": "Why."},
        {"withdrawn_on": TODAY - DAY, "withdrawn_because": "Why."},
    ],
)
def test_the_database_keeps_an_award_whole(values):
    award()

    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.update(**values)


@pytest.mark.parametrize("honoured", ["mediator", "organization"])
def test_the_same_award_is_entered_once(honoured):
    row = award(**{honoured: getattr(make, honoured)()})

    with pytest.raises(ValidationError, match="in the register already"):
        award(**{honoured: row.honoured})
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.bulk_create([Award(**GIVEN, **{honoured: row.honoured})])


def test_an_award_is_withdrawn_once_with_a_reason():
    row = award()

    awards.withdraw_award(row.pk, by=None, today=TODAY, reason="A false report.")

    row.refresh_from_db()
    entry = LedgerEntry.objects.of(row).latest("sequence")
    assert (row.withdrawn_on, row.withdrawn_because) == (TODAY, "A false report.")
    assert (entry.act, entry.after["withdrawn_on"]) == ("registry.award.withdraw", "2026-11-23")
    with pytest.raises(Refused, match="withdrawn already"):
        awards.withdraw_award(row.pk, by=None, today=TODAY, reason=REASON)
    with pytest.raises(Refused, match="it stays as it was"):
        awards.change_award(
            row.pk, by=None, today=TODAY, reason=REASON, revision=1, title="另一个"
        )  # fmt: skip
    assert LedgerEntry.objects.of(row).count() == 2


def test_a_stale_correction_is_refused():
    row = award()

    with pytest.raises(Stale):
        awards.change_award(row.pk, by=None, today=TODAY, reason=REASON, revision=3, title="甲")


# --- What the public sees -----------------------------------------------------------------------


@pytest.fixture
def on_roster():
    held = make.appointment()
    refresh_organizations([held.organization_id], today=TODAY)
    return held


def test_honours_stand_on_the_public_pages_until_they_are_withdrawn(client, county, on_roster):
    client.logout()
    client.cookies["django_language"] = "en"
    own = award(mediator=on_roster.mediator)
    body = award(organization=on_roster.organization, title="枫桥式人民调解委员会")
    pages = [
        reverse("mediator", args=[on_roster.mediator.public_id]),
        reverse("organization", args=[on_roster.organization.public_id]),
    ]

    before = [" ".join(client.get(page).content.decode().split()) for page in pages]
    for row in (own, body):
        awards.withdraw_award(row.pk, by=None, today=TODAY, reason="A false report.")
    after = [client.get(page).content.decode() for page in pages]

    assert '<span lang="zh-hans">全国模范人民调解员</span> (national, 2026)' in before[0]
    assert '<span lang="zh-hans">枫桥式人民调解委员会</span> (national, 2026)' in before[1]
    assert ["Honours" in page for page in [*before, *after]] == [True, True, False, False]
    assert "A false report." not in "".join(after)


# --- On the desk --------------------------------------------------------------------------------


def test_an_award_is_added_on_the_desk(client, county):
    person = make.mediator()

    response = client.post(url("awards", "add"), sent(**GIVEN, mediator=person.pk))

    row = Award.objects.get()
    assert response.url == url("awards", "inspect", row.pk)
    assert row.mediator == person


def test_the_desk_says_that_an_award_honours_one(client, county):
    page = url("awards", "add")

    none = client.post(page, sent(**GIVEN))
    foreign = client.post(page, sent(**GIVEN, mediator=make.mediator(in_division=elsewhere()).pk))

    assert none.context["form"].non_field_errors() == [
        "An award honours either a mediator or an organisation: choose one."
    ]
    assert "mediator" in foreign.context["form"].errors
    assert Award.objects.count() == 0


def test_an_award_is_corrected_and_withdrawn_on_the_desk(client, county):
    row = award()
    edit = url("awards", "edit", row.pk)
    client.post(edit, fields(client.get(edit)) | {"title": "金牌人民调解员", "reason": REASON})
    client.post(url("awards", "act", row.pk, "withdraw"), sent())

    row.refresh_from_db()
    acts = [told.act for told in client.get(url("awards", "history", row.pk)).context["acts"]]
    assert (row.title, row.withdrawn_on) == ("金牌人民调解员", TODAY)
    assert acts == ["Withdraw", "Correct", "Add"]
    assert client.get(edit).status_code == 404


def test_awards_of_another_county_cannot_be_found(client, county):
    own = award(mediator=make.mediator())
    foreign = [
        award(mediator=make.mediator(in_division=elsewhere())),
        award(organization=make.organization(in_division=elsewhere())),
    ]

    assert rows_of(client.get(url("awards", "index"))) == [own]
    for row in foreign:
        for page in ("inspect", "edit", "history"):
            assert client.get(url("awards", page, row.pk)).status_code == 404
        assert client.post(url("awards", "act", row.pk, "withdraw"), sent()).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for _number in range(rows):
        award()
    client.get(url("awards", "index"))

    with django_assert_num_queries(9):
        client.get(url("awards", "index"))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"甲", "乙"}),
        ({"title": "甲"}, {"甲"}),
        ({"honoured": "楼晓"}, {"甲"}),
        ({"honoured": "枫桥"}, {"乙"}),
        ({"level": "city"}, {"乙"}),
        ({"since": TODAY.isoformat()}, {"甲"}),
        ({"until": (TODAY - DAY).isoformat()}, {"乙"}),
        ({"withdrawn": "true"}, {"乙"}),
        ({"withdrawn": "false"}, {"甲"}),
    ],
)
def test_the_list_answers_its_query(client, county, query, titles):
    award(title="甲", mediator=make.mediator(name="楼晓春"))
    second = award(
        title="乙", level="city", awarded_on=TODAY - DAY,
        organization=make.organization(name="枫桥镇人民调解委员会"),
    )  # fmt: skip
    awards.withdraw_award(second.pk, by=None, today=TODAY, reason=REASON)

    assert {row.title for row in rows_of(client.get(url("awards", "index"), query))} == titles


def test_the_list_is_exported(client, county):
    award()

    response = client.post(url("awards", "export"), sent(format="csv"))

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert GIVEN["title"] in text
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize(
    ("role", "writes"),
    [
        (Role.COUNTY_BUREAU, True),
        (Role.CITY_BUREAU, True),
        (Role.JUSTICE_OFFICE, False),
        (Role.AUDITOR, False),
        (Role.HANDLER, False),
    ],
)
@pytest.mark.parametrize("desk", ["awards", "stars", "studios", "experts"])
def test_county_and_city_honour_and_all_staff_read(client, at_desk, desk, role, writes):
    at_desk(make.officer(role, make.division("330681")))

    assert client.get(url(desk, "index")).status_code == 200
    assert client.get(url(desk, "add")).status_code == (200 if writes else 404)
    assert client.get(url(desk, "export")).status_code == (200 if writes else 404)
