"""Pairings on the desk and on the own pages of mentor and apprentice."""

import pytest

from office.roles import Role
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import sent, url
from tests.training import make_pairings as pairs
from training.models import Pairing, PairingLog

pytestmark = pytest.mark.django_db
AWAY = "330682"


@pytest.fixture(autouse=True)
def _figures(db):
    pairs.figures()


def sits_down(at_desk, person):
    """Put a mediator before the browser, with an account of the person's own."""
    if person.user is None:
        person.user = make.user()
        person.save()
    at_desk(person.user)
    return person


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", ["index", "map"])
def test_lists_take_as_many_queries_for_one_row_as_for_three(
    client, county, page, rows, django_assert_num_queries
):
    for _each in range(rows):
        pairs.pairing("active")
    client.get(url("pairings", page))

    with django_assert_num_queries(10):
        client.get(url("pairings", page))


def away():
    return pairs.pairing(
        "active",
        teacher=pairs.mentor(code=AWAY),
        learner=pairs.serving(AWAY, since=TODAY - 200 * DAY),
    )


def test_a_pairing_of_another_county_cannot_be_found(client, county):
    made = away()
    listed = client.get(url("pairings", "index")).context["listed"]
    assert [row for row, _url, _cells in listed] == []
    assert client.get(url("pairings", "map")).context["masters"] == []

    for page, *more in [
        ("inspect",), ("history",), ("agreement",), ("edit",), ("act", "terminate"),
        ("act", "begin"),
    ]:  # fmt: skip
        assert client.get(url("pairings", page, made.pk, *more)).status_code == 404
    client.post(url("pairings", "act", made.pk, "terminate"), sent(because="mutual", reason="-"))
    made.refresh_from_db()
    assert made.state == "active"


def test_across_counties_both_sides_see_it(client, county):
    made = pairs.pairing(teacher=pairs.mentor(code=AWAY))

    assert client.get(url("pairings", "inspect", made.pk)).status_code == 200


def test_the_officer_proposes_and_is_told_every_reason_against_it(client, county):
    given = {"mentor": pairs.serving().pk, "apprentice": pairs.serving().pk}
    span = {"from_on": TODAY.isoformat(), "until_on": (TODAY + 30 * DAY).isoformat()}

    answer = client.post(url("pairings", "add"), sent(**given, **span, plan=""))

    assert answer.status_code == 422
    assert len(answer.context["form"].non_field_errors()) == 2
    assert answer.context["form"]["until_on"].value() == span["until_on"]
    assert not Pairing.objects.exists()


def test_the_agreement_is_printed_and_added_and_the_pairing_begins(client, county):
    made = pairs.pairing("accepted")
    paper = client.get(url("pairings", "agreement", made.pk))
    assert paper.content.startswith(b"%PDF-")

    client.post(
        url("pairings", "act", made.pk, "begin"),
        {**sent(), "document": pairs.SimpleUploadedFile("a.pdf", pairs.PDF)},
    )

    made.refresh_from_db()
    assert (made.state, made.began_on) == ("active", TODAY)


def test_a_clerk_proposes_for_the_own_organisation_and_decides_nothing(client, at_desk):
    made = pairs.pairing("active")
    body = made.apprentice.appointments.get().organization
    at_desk(make.officer(Role.CLERK, body))

    assert client.get(url("pairings", "inspect", made.pk)).status_code == 200
    assert client.get(url("pairings", "act", made.pk, "pause")).status_code == 404
    other = pairs.pairing("active")
    assert client.get(url("pairings", "inspect", other.pk)).status_code == 404


def test_the_auditor_reads_and_does_nothing(client, at_desk):
    made = pairs.pairing("active")
    at_desk(make.officer(Role.AUDITOR, make.division("3306")))

    assert client.get(url("pairings", "inspect", made.pk)).status_code == 200
    for act in ["pause", "terminate", "change-mentor", "midterm"]:
        assert client.get(url("pairings", "act", made.pk, act)).status_code == 404


def test_a_mentor_left_is_first_on_the_map(client, county):
    made, other = pairs.pairing("active"), pairs.pairing("active")
    other.mentor.appointments.update(state="ended", ended_by="resigned", until_on=TODAY)

    masters = client.get(url("pairings", "map")).context["masters"]

    assert [(master.name, master.in_post, master.free) for master in masters] == [
        (other.mentor.name, False, 2),
        (made.mentor.name, True, 2),
    ]


def test_a_mentor_accepts_on_the_own_page_and_a_second_click_changes_nothing(client, at_desk):
    made = pairs.pairing()
    sits_down(at_desk, made.mentor)
    assert [task.url for task in client.get("/my/").context["tasks"]] == [
        f"/my/mentorship/{made.pk}/"
    ]

    for _click in range(2):
        answer = client.post(f"/my/mentorship/{made.pk}/accept/", follow=True)
        assert answer.status_code == 200
    made.refresh_from_db()
    assert made.state == "accepted"


def test_an_apprentice_does_not_accept_for_the_mentor(client, at_desk):
    made = pairs.pairing()
    sits_down(at_desk, made.apprentice)

    client.post(f"/my/mentorship/{made.pk}/accept/")
    client.post(f"/my/mentorship/{made.pk}/decline/", {"reason": "-"})

    made.refresh_from_db()
    assert made.state == "proposed"


def test_declining_needs_a_reason(client, at_desk):
    made = pairs.pairing()
    sits_down(at_desk, made.mentor)

    assert "decline" in client.post(f"/my/mentorship/{made.pk}/decline/").context
    client.post(f"/my/mentorship/{made.pk}/decline/", {"reason": "工作已满。"})

    made.refresh_from_db()
    assert made.state == "declined"


def test_one_writes_and_the_other_confirms(client, at_desk):
    made = pairs.pairing("active")
    sits_down(at_desk, made.apprentice)
    page = f"/my/mentorship/{made.pk}/"
    typed = {"kind": "talk", "done_on": made.from_on.isoformat(), "text": "谈话。"}
    assert client.post(page, typed).status_code == 302
    assert client.post(page, typed).status_code == 200
    log = PairingLog.objects.get()
    sits_down(at_desk, made.mentor)
    for _click in range(2):
        client.post(f"{page}logs/{log.pk}/confirm/")

    assert PairingLog.objects.counting().count() == 1


def test_what_was_typed_stays_when_the_day_is_wrong(client, at_desk):
    made = pairs.pairing("active")
    sits_down(at_desk, made.mentor)
    typed = {"kind": "talk", "done_on": (TODAY + DAY).isoformat(), "text": "谈话。"}

    page = client.post(f"/my/mentorship/{made.pk}/", typed)

    assert "谈话。" in page.content.decode()
    assert not PairingLog.objects.exists()


def test_nobody_sees_the_pairing_of_others(client, at_desk):
    made = pairs.pairing("active")
    log = pairs.log(made, by_mentor=False)
    sits_down(at_desk, pairs.serving())

    assert client.get("/my/mentorship/").status_code == 200
    assert client.get(f"/my/mentorship/{made.pk}/").status_code == 404
    for act in ["accept/", "decline/", f"logs/{log.pk}/confirm/"]:
        assert client.post(f"/my/mentorship/{made.pk}/{act}").status_code == 404
    log.refresh_from_db()
    assert log.confirmed_by_mentor_on is None


def test_who_is_no_mediator_has_no_pairings(client, at_desk):
    at_desk(make.user())

    assert client.get("/my/mentorship/").status_code == 404
