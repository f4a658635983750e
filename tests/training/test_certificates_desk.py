"""Certificates on the desk: lists, pages, acts, bulk issue, sheets - and who sees them."""

import re
from datetime import date

import pytest
from django.core.cache import cache

from office.models import LedgerEntry
from office.roles import Role
from registry.flows import may_take_up_duty
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, sent, url
from tests.training.make_certificates import certificate, kind, picture
from training import actions
from training.issuing import runs
from training.models import Certificate, CertificateKind, CertificateRun, Seal
from training.tasks import certificates as tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_an_empty_cache():
    cache.clear()


@pytest.fixture
def sure(at_desk):
    """An officer of the county who has just shown the password."""
    return at_desk(password_shown=True)


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def run(**fields):
    fields = {
        "title": "第一期", "division": make.division(), "kind": kind("training"),
        "basis": "培训合格", "by": make.user(), "today": TODAY, **fields,
    }  # fmt: skip
    people = fields.pop("people", None) or [make.mediator()]
    rows = type(people[0]).objects.filter(pk__in=[one.pk for one in people])
    return actions.prepare_run(mediators=rows, **fields)


def seal(place=None):
    return actions.add_seal(
        picture=picture(), division=place or make.division(), body="某司法局", from_on=TODAY,
        by=make.user(), today=TODAY, reason="x",
    )  # fmt: skip


ROWS = {
    "certificates": lambda place: certificate(mediator=make.mediator(in_division=place)),
    "certificate_runs": lambda place: run(division=place),
    "certificate_kinds": lambda place: kind("training", code="own", division=place),
    "seals": seal,
}
PAGES = [
    *[(desk, page) for desk in ROWS for page in ("inspect", "history")],
    ("certificates", "paper"),
    ("certificates", "badge"),
    ("seals", "picture"),
]
ACTS = [
    ("certificates", "suspend"),
    ("certificates", "propose_revocation"),
    ("certificates", "reissue"),
    ("certificates", "check"),
    ("certificate_runs", "issue"),
    ("certificate_runs", "discard"),
    ("certificate_kinds", "end"),
    ("seals", "end"),
]


@pytest.mark.parametrize(("desk", "page"), PAGES)
def test_a_row_of_another_county_cannot_be_found(client, county, desk, page):
    own, other = ROWS[desk](make.division("330681003")), ROWS[desk](elsewhere())

    answer = client.get(url(desk, page, own.pk))
    assert answer.status_code == 200
    assert b"".join(answer)
    assert client.get(url(desk, page, other.pk)).status_code == 404


@pytest.mark.parametrize(("desk", "act"), ACTS)
def test_an_act_on_a_row_of_another_county_cannot_be_found(client, sure, desk, act):
    own, other = ROWS[desk](make.division("330681003")), ROWS[desk](elsewhere())

    assert client.get(url(desk, "act", own.pk, act)).status_code == 200
    assert client.get(url(desk, "act", other.pk, act)).status_code == 404
    assert client.post(url(desk, "act", other.pk, act), sent()).status_code == 404


@pytest.mark.parametrize("desk", ROWS)
def test_the_list_holds_the_own_county_only(client, county, desk):
    own, other = ROWS[desk](make.division("330681003")), ROWS[desk](elsewhere())

    found = listed(client.get(url(desk, "index")))

    assert own in found
    assert other not in found


@pytest.mark.parametrize(
    ("role", "act", "status"),
    [
        (Role.TRAINER, "issue", 404),
        (Role.CLERK, "issue", 404),
        (Role.JUSTICE_OFFICE, "examine", 404),
        (Role.AUDITOR, "examine", 404),
        (Role.TRAINER, "examine", 200),
        (Role.CITY_BUREAU, "examine", 200),
    ],
)
def test_an_act_without_the_right_cannot_be_found(client, at_desk, role, act, status):
    body = make.organization()
    person = make.mediator()
    make.appointment(person, body)
    row = certificate("examined" if act == "issue" else "applied", mediator=person)
    place = body if role == Role.CLERK else make.division("330681")
    at_desk(make.officer(role, place), password_shown=True)

    assert client.get(url("certificates", "act", row.pk, act)).status_code == status


QUERIES = {"certificates": 10, "certificate_runs": 10, "certificate_kinds": 9, "seals": 9}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("desk", QUERIES)
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, desk, django_assert_num_queries
):
    for number in range(rows):
        ROWS[desk](make.division(f"33068100{number + 1}"))
    client.get(url(desk, "index"))

    with django_assert_num_queries(QUERIES[desk]):
        client.get(url(desk, "index"))


def test_an_application_goes_all_the_way_at_the_desk(client, at_desk):
    person = make.mediator(name="章丽娟")
    of = kind()
    first = at_desk(password_shown=True)
    typed = {"mediator": person.pk, "kind": of.pk, "basis": "考试合格"}
    client.post(url("certificates", "add"), sent(**typed))
    row = Certificate.objects.get()

    client.post(url("certificates", "act", row.pk, "examine"), sent())
    refused = client.post(url("certificates", "act", row.pk, "issue"), sent())
    second = at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")), password_shown=True)
    asked = client.get(url("certificates", "act", row.pk, "issue"))
    client.post(url("certificates", "act", row.pk, "issue"), sent())

    row.refresh_from_db()
    assert refused.context["form"].non_field_errors() == [
        "Whoever approved the application does not issue the certificate."
    ]
    assert len(asked.context["consequences"]) == 3
    assert (row.state, row.examined_by, row.issued_by) == ("issued", first, second)
    assert "章丽娟" in client.get(url("certificates", "inspect", row.pk)).content.decode()


def test_a_revocation_takes_two_officers(client, at_desk):
    row = certificate()
    at_desk(password_shown=True)
    client.post(url("certificates", "act", row.pk, "propose_revocation"), sent())
    alone = client.post(url("certificates", "act", row.pk, "revoke"), sent())
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")), password_shown=True)
    client.post(url("certificates", "act", row.pk, "revoke"), sent())

    row.refresh_from_db()
    assert alone.status_code == 422
    assert (row.state, row.ended_on) == ("revoked", TODAY)


def test_the_award_asks_for_the_password_again(client, county):
    row = certificate("examined")

    response = client.get(url("certificates", "act", row.pk, "issue"))

    assert response.status_code == 302
    assert "reauthenticate" in response.url


def test_many_are_stamped_at_once(client, sure):
    good = [certificate(mediator=make.mediator()) for _number in range(2)]
    barred = certificate("revoked", mediator=make.mediator())
    chosen = {"pk": [row.pk for row in [*good, barred]]}

    page = client.get(url("certificates", "bulk", "check"), chosen)
    client.post(url("certificates", "bulk", "check"), sent(**chosen, year=2026))

    assert [item.row for item in page.context["barred_rows"]] == [barred]
    assert [list(row.checks.values_list("year", flat=True)) for row in good] == [[2026], [2026]]


def test_an_expired_one_is_shown_as_expired(client, county):
    row = certificate(of=kind("training", valid_months=12))

    page = client.get(url("certificates", "inspect", row.pk))

    assert page.context["tags"] == [("expired", "plain")]


def test_the_paper_of_an_erased_holder_is_not_handed_out(client, county):
    row = certificate()
    actions.forget_holder(row.mediator, by=make.user(), today=TODAY, reason="Erased.")

    assert client.get(url("certificates", "paper", row.pk)).status_code == 404
    assert client.get(url("certificates", "inspect", row.pk)).status_code == 200


def test_sheets_hold_the_issued_ones_of_the_list_and_are_noted(client, sure):
    certificate()
    certificate("applied", mediator=make.mediator())
    certificate(mediator=make.mediator(in_division=elsewhere()))

    response = client.post(url("certificates", "sheets"), sent())

    assert response.content.startswith(b"%PDF")
    entry = LedgerEntry.objects.get(act="training.certificate.export")
    assert (entry.after["rows"], entry.after["format"]) == (1, "pdf")


def test_sheets_of_nothing_are_refused(client, sure):
    certificate("applied")

    assert client.post(url("certificates", "sheets"), sent()).status_code == 422


def test_the_export_gives_labels(client, sure):
    certificate()

    response = client.post(url("certificates", "export"), sent(format="csv"))

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "330681202400001" in text
    assert "issued" in text


# --- Kinds and seals ----------------------------------------------------------------------------


def test_a_new_kind_takes_the_place_of_the_one_before(client, county):
    old = kind(division=make.division())
    typed = {
        "code": "duty", "category": "duty", "division": make.division().pk, "name": "新证",
        "name_en": "New", "wording": "特发此证。", "number_pattern": "N{serial}",
        "from_on": TODAY.isoformat(),
    }  # fmt: skip

    client.post(url("certificate_kinds", "add"), sent(**typed))

    old.refresh_from_db()
    assert old.until_on == TODAY
    assert CertificateKind.objects.get(name="新证").number_pattern == "N{serial}"


def test_a_pattern_that_makes_no_number_is_refused_beside_the_field(client, county):
    typed = {
        "code": "duty", "category": "duty", "division": make.division().pk, "name": "新证",
        "name_en": "New", "wording": "特发此证。", "number_pattern": "{nothing}",
        "from_on": TODAY.isoformat(),
    }  # fmt: skip

    response = client.post(url("certificate_kinds", "add"), sent(**typed))

    assert response.status_code == 422
    assert response.context["form"].errors["number_pattern"]


def test_a_county_sees_what_holds_from_above_and_does_not_end_it(client, county):
    everywhere = kind()
    act = url("certificate_kinds", "act", everywhere.pk, "end")

    response = client.post(act, sent(until_on=TODAY.isoformat()))

    assert everywhere in listed(client.get(url("certificate_kinds", "index")))
    assert response.status_code == 422
    everywhere.refresh_from_db()
    assert everywhere.until_on is None


def test_a_seal_is_kept_private_and_followed_by_the_next(client, county):
    first = seal()
    typed = {
        "division": make.division().pk, "body": "某司法局", "from_on": (TODAY + DAY).isoformat(),
        "picture": picture(),
    }  # fmt: skip

    client.post(url("seals", "add"), sent(**typed))

    first.refresh_from_db()
    assert first.until_on == TODAY + DAY
    assert Seal.objects.count() == 2
    shown = client.get(url("seals", "picture", first.pk))
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8")
    assert (shown["Content-Type"], "no-store" in shown["Cache-Control"]) == ("image/jpeg", True)


# --- Bulk issue ---------------------------------------------------------------------------------


def prepared(client, **typed):
    typed = {
        "title": "第一期", "division": make.division("330681").pk, "kind": kind("training").pk,
        "basis": "第一期培训合格", **typed,
    }  # fmt: skip
    return client.post(url("certificate_runs", "add"), sent(**typed))


def test_everybody_in_post_without_a_valid_one_gets_one(
    client, at_desk, django_capture_on_commit_callbacks
):
    body = make.organization()
    people = [make.mediator() for _number in range(3)]
    for person in people:
        make.appointment(person, body)
    certificate(mediator=people[0], of=kind("training"), on=TODAY)
    make.mediator()
    at_desk(password_shown=True)

    prepared(client)
    bulk = CertificateRun.objects.get()
    alone = client.post(url("certificate_runs", "act", bulk.pk, "issue"), sent())
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")), password_shown=True)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("certificate_runs", "act", bulk.pk, "issue"), sent())

    bulk.refresh_from_db()
    assert alone.status_code == 422
    assert bulk.state == "done"
    issued = Certificate.objects.filter(run=bulk, state="issued")
    assert {row.mediator for row in issued} == {*people[1:]}
    assert {row.organization for row in issued} == {body}
    page = client.get(url("certificate_runs", "inspect", bulk.pk)).content.decode()
    assert "2 of 2 certificates" in page


def test_only_those_who_are_named_get_one(client, county):
    named = make.mediator(certificate_number="A-1")
    also, other = make.mediator(), make.mediator()

    prepared(client, listed=f"A-1\n{also.public_id}\n")

    got = set(Certificate.objects.values_list("mediator", flat=True))
    assert got == {named.pk, also.pk}
    assert other.pk not in got


def test_a_name_that_is_not_in_the_division_is_told(client, county):
    stranger = make.mediator(in_division=elsewhere(), certificate_number="B-1")

    response = prepared(client, listed=f"B-1\n{stranger.public_id}")

    assert response.status_code == 422
    assert "B-1" in response.context["form"].errors["listed"][0]
    assert CertificateRun.objects.count() == 0


def test_who_cannot_get_one_is_left_out_and_named():
    of = kind()
    holder, waiting, fine = (make.mediator(name=name) for name in ("甲", "乙", "丙"))
    certificate(mediator=holder)
    certificate("applied", mediator=waiting)

    bulk = run(people=[holder, waiting, fine], kind=of)

    assert [name for name, _said in bulk.left_out] == ["甲", "乙"]
    assert [row.mediator for row in bulk.certificates.all()] == [fine]


def test_who_is_refused_meanwhile_is_declined_and_the_others_are_issued():
    of = kind()
    people = [make.mediator(), make.mediator()]
    bulk = run(people=people, kind=of)
    CertificateRun.objects.update(state="issuing", issued_by=make.user())
    Certificate.objects.filter(mediator=people[0]).update(basis="")

    runs.carry_out(bulk.pk, by=make.user(), today=TODAY)

    bulk.refresh_from_db()
    assert bulk.state == "done"
    assert len(bulk.left_out) == 1
    states = [bulk.certificates.get(mediator=person).state for person in people]
    assert states == ["declined", "issued"]


def test_work_that_was_stopped_goes_on_with_what_is_left(monkeypatch):
    bulk = run(people=[make.mediator() for _number in range(3)])
    officer = make.user()
    CertificateRun.objects.update(state="issuing", issued_by=officer)
    issue, count = runs.issue_certificate, []

    def fail_at_the_second(pk, **note):
        count.append(pk)
        if len(count) == 2:
            raise OSError
        return issue(pk, **note)

    monkeypatch.setattr(runs, "issue_certificate", fail_at_the_second)
    runs.carry_out(bulk.pk, by=officer, today=TODAY)
    bulk.refresh_from_db()
    stopped = (bulk.state, bulk.certificates.filter(state="issued").count())
    CertificateRun.objects.update(state="issuing")
    runs.carry_out(bulk.pk, by=officer, today=TODAY)

    bulk.refresh_from_db()
    assert stopped == ("stopped", 1)
    assert (bulk.state, bulk.certificates.filter(state="issued").count()) == ("done", 3)
    numbers = bulk.certificates.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"33068120260000{number}" for number in (1, 2, 3)]


def test_without_a_worker_so_many_are_issued_at_a_time_and_the_rest_is_told(
    client, at_desk, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(tasks, "MOST_IN_A_REQUEST", 2)
    bulk = run(people=[make.mediator() for _number in range(5)])
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")), password_shown=True)
    address = url("certificate_runs", "act", bulk.pk, "issue")

    def issued_again():
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(address, sent()).status_code == 302
        bulk.refresh_from_db()
        page = client.get(url("certificate_runs", "inspect", bulk.pk))
        left = re.findall(r"(\d) certificates? (?:is|are) left", page.content.decode())
        tags = [label for label, _tone in page.context["tags"]]
        return bulk.state, bulk.certificates.filter(state="issued").count(), left, tags

    said = list(client.get(address).context["consequences"])
    assert said == ["2 certificates are issued now; 3 are left, and issued when you issue again."]
    assert issued_again() == ("stopped", 2, ["3"], ["some are left"])
    assert issued_again() == ("stopped", 4, ["1"], ["some are left"])
    assert list(client.get(address).context["consequences"]) == ["1 certificates are issued now."]
    assert issued_again() == ("done", 5, [], ["issued"])
    numbers = bulk.certificates.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"33068120260000{number}" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("backend", "most"),
    [
        ("django_tasks.backends.immediate.ImmediateBackend", tasks.MOST_IN_A_REQUEST),
        ("django_tasks_db.DatabaseBackend", None),
    ],
)
def test_a_worker_issues_all_of_them(settings, backend, most):
    settings.TASKS = {"default": {"BACKEND": backend}}
    assert tasks.most_at_once() == most


@pytest.mark.parametrize(("most", "state"), [(1, "stopped"), (2, "done"), (None, "done")])
def test_what_just_fits_leaves_nothing_over(most, state):
    bulk = run(people=[make.mediator(), make.mediator()])
    officer = make.user()
    CertificateRun.objects.update(state="issuing", issued_by=officer)
    runs.carry_out(bulk.pk, by=officer, today=TODAY, most=most)
    bulk.refresh_from_db()
    assert (bulk.state, bulk.fault) == (state, "")


def test_work_that_an_officer_stopped_ends(client, sure):
    bulk = run()
    CertificateRun.objects.update(state="issuing", issued_by=make.user())
    assert client.get(url("certificate_runs", "inspect", bulk.pk))["Refresh"] == "3"

    client.post(url("certificate_runs", "act", bulk.pk, "stop"), sent())
    runs.carry_out(bulk.pk, by=make.user(), today=TODAY)

    bulk.refresh_from_db()
    assert bulk.state == "stopped"
    assert bulk.certificates.get().state == "examined"


def test_a_discarded_bulk_issue_leaves_no_application_open(client, county):
    bulk = run()

    client.post(url("certificate_runs", "act", bulk.pk, "discard"), sent())

    assert bulk.certificates.get().state == "declined"


# --- Nobody takes up duty without one -----------------------------------------------------------


def said_of(appointment, day=TODAY):
    answers = may_take_up_duty.send(type(appointment), obj=appointment, today=day)
    return [reason for _receiver, said in answers for reason in said]


@pytest.mark.parametrize(
    ("bars", "state", "barred"),
    [
        (False, None, False),
        (True, None, True),
        (True, "issued", False),
        (True, "suspended", True),
        (True, "revoked", True),
    ],
)
def test_a_place_that_asks_for_a_duty_certificate_gets_a_valid_one(bars, state, barred):
    of = kind(bars_duty=bars)
    person = make.mediator()
    post = make.appointment(person)
    if state:
        certificate(state, mediator=person, of=of)

    assert bool(said_of(post)) is barred


def test_the_nearest_place_decides():
    kind(bars_duty=True)
    kind(division=make.division("3306"), bars_duty=False, from_on=date(2026, 1, 1))
    post = make.appointment(make.mediator())

    assert said_of(post) == []
    assert said_of(post, date(2025, 12, 31)) != []
