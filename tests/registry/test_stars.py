"""Stars of committees and the profile of studios, each with its re-check."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.flow import Refused
from office.models import LedgerEntry
from registry import actions
from registry.actions import stars
from registry.models import Policy, StarRating, StudioProfile
from registry.rules import COMMITTEES
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, elsewhere, fields, sent, url
from tests.registry.test_standards import rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
POLICIES = Path(__file__).parents[2] / "fixtures" / "policies.json"
THREE_YEARS_AGO = date(2023, 11, 23)


@pytest.fixture(autouse=True)
def policies():
    actions.load_policies(json.loads(POLICIES.read_text(encoding="utf-8")))


def rating(body=None, rated_on=TODAY, number=3, **given):
    return stars.rate(
        by=None, today=TODAY, reason=REASON, organization=body or make.organization(),
        stars=number, rated_on=rated_on, rated_by="市司法局", **{"most_stars": 5, **given},
    )  # fmt: skip


def studio_with_leader(**fields):
    body = make.organization(kind="studio", **fields)
    return body, make.appointment(body=body).mediator


def profile(body=None, leader=None, recognised_on=TODAY, **given):
    if body is None:
        body, leader = studio_with_leader()
    return stars.recognise_studio(
        by=None, today=TODAY, reason=REASON, organization=body, leader=leader,
        recognised_on=recognised_on, **{"named_after": "老娘舅", "level": "city", **given},
    )  # fmt: skip


# --- Stars --------------------------------------------------------------------------------------


def test_the_day_of_the_re_check_follows_from_the_policy_that_is_kept():
    row = rating(rated_on=date(2024, 2, 29))

    assert (row.policy.key, row.policy.amount) == ("star_years", 3)
    assert row.recheck_due == date(2027, 2, 28)


def test_a_later_policy_leaves_a_rating_as_it_was():
    row = rating()
    actions.set_policy(
        by=None, today=TODAY, reason=REASON, key="star_years", division=make.division(),
        from_on=TODAY, amount=1, unit="years", standing="setting",
    )  # fmt: skip

    later = rating()

    row.refresh_from_db()
    assert (row.recheck_due, later.recheck_due) == (date(2029, 11, 23), date(2027, 11, 23))


@pytest.mark.parametrize(("days", "overdue"), [(0, False), (1, True)])
def test_a_re_check_is_overdue_on_the_morning_after(days, overdue):
    row = rating(rated_on=THREE_YEARS_AGO)

    assert StarRating.objects.overdue(TODAY + days * DAY).filter(pk=row.pk).exists() is overdue


def test_a_re_check_is_a_new_rating_that_closes_the_old():
    old = rating(rated_on=THREE_YEARS_AGO)

    new = stars.recheck_stars(
        old.pk, by=None, today=TODAY, reason=REASON,
        stars=4, most_stars=5, rated_on=TODAY, rated_by="市司法局",
    )  # fmt: skip

    old.refresh_from_db()
    acts = set(LedgerEntry.objects.of(old).values_list("act", flat=True))
    assert (old.until_on, new.until_on, new.stars) == (TODAY, None, 4)
    assert list(StarRating.objects.current()) == [new]
    assert acts == {"registry.starrating.rate", "registry.starrating.replace"}
    with pytest.raises(Refused, match="replaced already"):
        stars.recheck_stars(old.pk, by=None, today=TODAY, reason=REASON)


def test_a_re_check_that_fails_in_the_middle_leaves_the_old_rating_open():
    old = rating(rated_on=THREE_YEARS_AGO)

    with pytest.raises(ValidationError):
        rating(old.organization, number=6)

    old.refresh_from_db()
    assert (old.until_on, LedgerEntry.objects.of(old).count()) == (None, 1)


@pytest.mark.parametrize(("number", "passes"), [(0, False), (1, True), (3, True), (4, False)])
def test_stars_lie_within_the_scheme(number, passes):
    if passes:
        rating(number=number, most_stars=3)
    else:
        with pytest.raises(ValidationError, match="at least one star"):
            rating(number=number, most_stars=3)
    assert StarRating.objects.count() == int(passes)


@pytest.mark.parametrize("kind", ["village", "township", "studio", "group", "commercial"])
def test_only_committees_are_given_stars(kind):
    body = make.organization(kind=kind)

    if kind in COMMITTEES:
        assert rating(body).organization == body
    else:
        with pytest.raises(Refused, match="Only committees are given stars"):
            rating(body)


def test_all_reasons_are_given_at_once():
    body = make.organization("draft", kind="studio")

    with pytest.raises(Refused) as refused:
        rating(body, rated_on=TODAY + DAY)

    assert refused.value.messages == [
        "Only committees are given stars.",
        "The organisation is not on the roster.",
        "A committee cannot be rated in the future.",
    ]


@pytest.mark.parametrize(("days", "passes"), [(0, False), (1, True)])
def test_a_rating_follows_the_one_before_it(days, passes):
    old = rating(rated_on=TODAY - DAY)

    if passes:
        rating(old.organization, rated_on=old.rated_on + DAY)
    else:
        with pytest.raises(Refused, match="rated on this day or later already"):
            rating(old.organization, rated_on=old.rated_on)
    assert StarRating.objects.count() == 1 + int(passes)


@pytest.mark.parametrize(
    "values",
    [
        {"stars": 6}, {"stars": 0}, {"most_stars": 6, "stars": 6}, {"recheck_due": TODAY},
        {"until_on": TODAY},
    ],
)  # fmt: skip
def test_the_database_keeps_a_rating_whole(values):
    rating()

    with pytest.raises(IntegrityError), transaction.atomic():
        StarRating.objects.update(**values)


def test_a_committee_has_one_open_rating():
    old = rating()
    again = StarRating(
        organization=old.organization, stars=1, most_stars=5, rated_on=TODAY - DAY,
        rated_by="x", policy=old.policy, recheck_due=TODAY,
    )  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        StarRating.objects.bulk_create([again])


# --- Studios ------------------------------------------------------------------------------------


def test_a_studio_bears_a_name_and_is_checked_again():
    row = profile(recognised_on=THREE_YEARS_AGO)

    stars.recheck_studio(row.pk, by=None, today=TODAY, reason=REASON, checked_on=TODAY)

    before = row.recheck_due
    row.refresh_from_db()
    assert (before, row.checked_on, row.recheck_due) == (TODAY, TODAY, date(2029, 11, 23))
    assert LedgerEntry.objects.of(row).latest("sequence").act == "registry.studioprofile.recheck"
    with pytest.raises(Refused, match="checked on this day or later"):
        stars.recheck_studio(row.pk, by=None, today=TODAY, reason=REASON, checked_on=TODAY)


def test_only_a_studio_has_a_profile():
    body = make.organization(kind="township")

    with pytest.raises(Refused, match="Only a personal or brand studio"):
        profile(body, make.appointment(body=body).mediator)


def test_the_leader_serves_in_the_studio_or_in_its_committee():
    committee = make.organization(kind="township")
    body = make.organization(kind="studio", parent=committee)

    with pytest.raises(Refused, match="holds no post in the studio"):
        profile(body, make.appointment().mediator)
    assert profile(body, make.appointment(body=committee).mediator).organization == body


@pytest.mark.parametrize(("on", "passes"), [(TODAY, True), (TODAY + DAY, False)])
def test_no_studio_is_recognised_in_the_future(on, passes):
    if passes:
        profile(recognised_on=on)
    else:
        with pytest.raises(Refused, match="lies in the future"):
            profile(recognised_on=on)
    assert StudioProfile.objects.count() == int(passes)


@pytest.mark.parametrize(
    "values",
    [{"level": "village"}, {"checked_on": TODAY - DAY}, {"recheck_due": TODAY}],
)
def test_the_database_keeps_a_profile_whole(values):
    profile()

    with pytest.raises(IntegrityError), transaction.atomic():
        StudioProfile.objects.update(**values)


# --- On the desk --------------------------------------------------------------------------------


def test_stars_are_given_and_checked_again_on_the_desk(client, county):
    body = make.organization()
    typed = {"stars": 3, "most_stars": 5, "rated_on": "2026-11-20", "rated_by": "市司法局"}

    client.post(url("stars", "add"), sent(organization=body.pk, **typed))
    first = StarRating.objects.get()
    client.post(
        url("stars", "act", first.pk, "recheck"),
        sent(**{**typed, "stars": 5, "rated_on": TODAY.isoformat()}),
    )

    assert StarRating.objects.current().get().stars == 5
    assert "replaced" in client.get(url("stars", "inspect", first.pk)).content.decode()
    again = url("stars", "act", first.pk, "recheck")
    assert again not in client.get(url("stars", "inspect", first.pk)).content.decode()


def test_what_is_overdue_is_found(client, county):
    late, fresh = rating(rated_on=date(2022, 1, 1)), rating()
    late_studio, fresh_studio = profile(recognised_on=date(2022, 1, 1)), profile()

    for desk, wanted, other in [("stars", late, fresh), ("studios", late_studio, fresh_studio)]:
        assert rows_of(client.get(url(desk, "index"), {"overdue": "true"})) == [wanted]
        assert rows_of(client.get(url(desk, "index"), {"overdue": "false"})) == [other]
        assert "re-check overdue" in client.get(url(desk, "inspect", wanted.pk)).content.decode()


def test_a_studio_is_recognised_and_corrected_on_the_desk(client, county):
    body, leader = studio_with_leader()
    typed = {"named_after": "红枫", "level": "county", "recognised_on": TODAY.isoformat()}

    client.post(url("studios", "add"), sent(organization=body.pk, leader=leader.pk, **typed))
    row = StudioProfile.objects.get()
    edit = url("studios", "edit", row.pk)
    client.post(edit, fields(client.get(edit)) | {"named_after": "江大姐", "reason": REASON})
    client.post(url("studios", "act", row.pk, "recheck"), sent(checked_on="2026-11-24"))

    row.refresh_from_db()
    assert (row.named_after, row.checked_on) == ("江大姐", TODAY)


@pytest.mark.parametrize(("desk", "make_row"), [("stars", rating), ("studios", profile)])
def test_rows_of_another_county_cannot_be_found(client, county, desk, make_row):
    own, foreign = make_row(), make_row()
    body = foreign.organization
    type(body).objects.filter(pk=body.pk).update(division=elsewhere())

    assert rows_of(client.get(url(desk, "index"))) == [own]
    for page in ("inspect", "history"):
        assert client.get(url(desk, page, foreign.pk)).status_code == 404
    assert client.get(url(desk, "act", foreign.pk, "recheck")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("desk", "make_row"), [("stars", rating), ("studios", profile)])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    request, client, rows, desk, make_row
):
    request.getfixturevalue("county")
    for _number in range(rows):
        make_row()
    client.get(url(desk, "index"))

    with request.getfixturevalue("django_assert_num_queries")(9):
        client.get(url(desk, "index"))


@pytest.mark.parametrize(("desk", "make_row"), [("stars", rating), ("studios", profile)])
def test_the_list_is_exported(client, county, desk, make_row):
    row = make_row()

    response = client.post(url(desk, "export"), sent(format="csv"))

    assert row.organization.name in b"".join(response.streaming_content).decode("utf-8-sig")


def test_the_policies_are_those_that_come_with_the_product():
    assert Policy.objects.filter(key__in=["star_years", "forecast_months"]).count() == 2
