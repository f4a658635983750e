"""A draft lives half an hour in one browser, sealed, and is gone at one click."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from complaints.actions import drafts
from complaints.models import Complaint, IntakeDraft
from office.personal import Unreadable
from tests.complaints.make_complaints import figures
from tests.complaints.make_intake import CONTACT, NOW, WHAT, Citizen, listed, picture

pytestmark = pytest.mark.django_db
MARKER = "特别的标记在此"


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOW, tick=False)
    cache.clear()
    figures()


@pytest.fixture
def citizen(client):
    client.cookies["django_language"] = "en"
    return Citizen(client)


def test_a_draft_lies_sealed_and_the_key_to_it_in_no_table(citizen):
    citizen.begin("named")
    citizen.pick(listed())
    citizen.send("new/what", **(WHAT | {"text": f"{MARKER}，他收了两条香烟。"}))
    citizen.send("new/evidence", files=[picture(f"{MARKER}.jpg")])
    citizen.send("new/contact", **CONTACT)
    assert MARKER in citizen.text

    whole = "\n".join(everything_stored())
    assert IntakeDraft.objects.count() == 2
    kept_from_view = [MARKER, CONTACT["name"], "13900001111", citizen.key, "JFIF"]
    assert [secret for secret in kept_from_view if secret in whole] == []


def everything_stored():
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - every table there is
            yield from (str(row) for row in cursor.fetchall())


def test_the_cookie_is_for_these_pages_alone_and_out_of_reach_of_scripts(citizen):
    for secure in (False, True):
        response = citizen.client.post("/complaints/", secure=secure)
        cookie = response.cookies["complaint_draft"]
        told = cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]
        assert told == ("/complaints/", True, "Lax", secure or "")
        assert (cookie["max-age"], cookie["expires"]) == ("", "")


@pytest.mark.parametrize(
    ("later", "lives"),
    [(timedelta(minutes=30, milliseconds=-1), True), (timedelta(minutes=30), False)],
)
def test_a_draft_lives_thirty_minutes_from_the_last_save(citizen, time_machine, later, lives):
    citizen.begin()
    time_machine.shift(timedelta(minutes=20))
    citizen.pick(listed())
    time_machine.shift(later)

    citizen.open("new/what")

    assert citizen.page.status_code == (200 if lives else 404)
    assert ("Your draft is no longer there" in citizen.text) is not lives


def test_looking_at_a_page_does_not_keep_a_draft_alive(citizen, time_machine):
    citizen.begin()
    for _look in range(3):
        time_machine.shift(timedelta(minutes=10))
        citizen.open("new/whom")
    assert citizen.page.status_code == 404


def test_the_files_live_as_long_as_the_answers(citizen, time_machine):
    citizen.begin()
    citizen.pick(listed())
    citizen.send("new/what", **WHAT)
    citizen.send("new/evidence", files=[picture()], add="yes")
    time_machine.shift(timedelta(minutes=29))
    citizen.send("new/evidence")
    time_machine.shift(timedelta(minutes=29))
    citizen.send("new/check")
    assert Complaint.objects.get().evidence.count() == 1


def test_who_writes_for_too_long_can_copy_what_was_written(citizen, time_machine):
    citizen.begin()
    citizen.pick(listed())
    time_machine.shift(timedelta(minutes=31))

    citizen.send("new/what", **WHAT)

    assert citizen.page.status_code == 404
    assert WHAT["text"] in citizen.text
    assert "Begin again" in citizen.text
    citizen.begin()
    assert citizen.at == "new/whom"


@pytest.mark.parametrize("key", [None, "", "x", "A" * 44])
@pytest.mark.parametrize("step", ["way", "whom", "what", "evidence", "contact", "check"])
def test_without_the_key_there_is_nothing_to_see_and_nothing_to_change(client, step, key):
    drafts.begin_draft(channel="web", now=timezone.now())
    before = IntakeDraft.objects.values_list("sealed", "expires_at").get()
    if key is not None:
        client.cookies["complaint_draft"] = key
    for answer in (client.get, client.post):
        response = answer(f"/complaints/new/{step}/")
        assert response.status_code == 404
    assert IntakeDraft.objects.values_list("sealed", "expires_at").get() == before


def test_pictures_of_another_draft_are_not_shown(citizen):
    citizen.begin()
    citizen.pick(listed())
    citizen.send("new/what", **WHAT)
    citizen.send("new/evidence", files=[picture()], add="yes")
    address = citizen.text.partition('<img src="/complaints/new')[2].partition('"')[0]
    address = f"/complaints/new{address}"
    assert citizen.client.get(address)["Content-Type"] == "image/jpeg"

    stranger = Citizen(Client())
    assert stranger.client.get(address).status_code == 404
    stranger.begin()
    assert stranger.client.get(address).status_code == 404


def test_leaving_deletes_draft_files_and_key_and_leads_to_a_page_of_this_site(citizen, settings):
    citizen.begin()
    citizen.pick(listed())
    citizen.send("new/what", **WHAT)
    citizen.send("new/evidence", files=[picture()], add="yes")
    other = drafts.begin_draft(channel="web", now=timezone.now())

    citizen.send("leave", follow=False)

    assert (citizen.page.status_code, citizen.page["Location"]) == (302, "/")
    assert citizen.page.cookies["complaint_draft"]["max-age"] == 0
    assert citizen.page.cookies["complaint_draft"]["path"] == "/complaints/"
    assert IntakeDraft.objects.count() == 1
    assert drafts.read_draft(other, now=timezone.now()).answers == {}
    settings.QUICK_EXIT_PATH = "/news/"
    citizen.send("leave", follow=False)
    assert citizen.page["Location"] == "/news/"


@pytest.mark.parametrize("step", ["way", "whom", "what", "evidence", "contact", "check"])
def test_every_step_has_the_way_out(citizen, step):
    citizen.up_to_check(listed(), "named")
    citizen.open(f"new/{step}")
    assert 'action="/complaints/leave/"' in citizen.text


def test_beginning_anew_leaves_nothing_of_the_draft_before(citizen):
    citizen.begin()
    citizen.begin()
    assert IntakeDraft.objects.count() == 1


def test_dead_drafts_are_swept_and_living_ones_stay(time_machine, capsys):
    drafts.begin_draft(channel="web", now=timezone.now())
    time_machine.shift(timedelta(minutes=10))
    living = drafts.begin_draft(channel="web", now=timezone.now())
    time_machine.shift(timedelta(minutes=20))

    call_command("sweep")

    assert "1 rows of dead drafts deleted\n" in capsys.readouterr().out
    assert IntakeDraft.objects.count() == 1
    assert drafts.read_draft(living, now=timezone.now())
    time_machine.shift(timedelta(minutes=20))
    drafts.begin_draft(channel="web", now=timezone.now())
    assert IntakeDraft.objects.count() == 1


def test_a_form_sent_from_another_site_is_refused(citizen):
    for site, status in [("cross-site", 403), ("same-site", 403), ("same-origin", 302)]:
        response = citizen.client.post("/complaints/", headers={"sec-fetch-site": site})
        assert response.status_code == status
    assert IntakeDraft.objects.count() == 1


def test_a_sealed_part_does_not_open_in_the_place_of_another(citizen):
    citizen.begin()
    citizen.pick(listed())
    citizen.send("new/what", **WHAT)
    citizen.send("new/evidence", files=[picture()], add="yes")
    first, second = IntakeDraft.objects.order_by("pk")
    IntakeDraft.objects.filter(pk=first.pk).update(sealed=second.sealed)
    with pytest.raises(Unreadable):
        drafts.read_draft(citizen.key, now=timezone.now())
