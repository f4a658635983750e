"""The clerk applies for the organisation: on the desk to begin, on the own page to complete."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grading.actions import entering, entering_papers
from grading.flows import ApplicationState
from grading.models import Application
from office.models import LedgerEntry
from office.roles import Role
from office.workbench import lines_of
from tests import make
from tests.grading import make_bodies, make_rounds
from tests.make import TODAY
from tests.registry import cases
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
S = ApplicationState
DESK, ROUNDS = "grading_applications", "grading_rounds"
PAGES = [
    "my_application", "application_figures", "application_papers", "application_statement",
    "application_declaration", "check_application", "application_sent", "withdraw_application",
]  # fmt: skip


@pytest.fixture
def body():
    return make_bodies.committee(3)


@pytest.fixture
def clerk(body, at_desk):
    account = make_bodies.clerk(body)
    at_desk(account)
    return account


def page(name, *args):
    return reverse(name, args=args)


def draft_of(body, of=None, code="s3", state="draft", **fields):
    return make_rounds.application(
        state, of=of or make_bodies.stars_round(), code=code, body=body, **fields
    )


def test_the_clerk_begins_completes_and_hands_in(client, clerk, body):
    of = make_bodies.stars_round()
    level = of.levels.get(code="s3")
    found = client.get(url(ROUNDS, "inspect", of.pk))
    assert url(ROUNDS, "apply", of.pk) in [button[1] for button in found.context["buttons"]]
    form = client.get(url(ROUNDS, "apply", of.pk)).context["form"]
    assert list(form.fields["organization"].queryset) == [body]

    typed = sent(organization=body.pk, level=level.pk)
    answer = client.post(url(ROUNDS, "apply", of.pk), typed)
    row = Application.objects.get()
    assert answer.url == page("my_application", row.pk)
    assert (row.organization, row.mediator, row.is_of_body, row.state) == (
        body, None, True, S.DRAFT,
    )  # fmt: skip
    # The same sending twice begins one.
    assert client.post(url(ROUNDS, "apply", of.pk), typed).url == answer.url
    again = client.post(url(ROUNDS, "apply", of.pk), sent(organization=body.pk, level=level.pk))
    assert again.status_code == 422
    assert Application.objects.count() == 1

    given = {"revision": row.revision, "statement": "制度健全。"}
    assert client.post(page("application_statement", row.pk), given).status_code == 302
    kind = next(key for key, label in entering_papers.kinds_of(row) if label == "规章制度")
    upload = {"submission": sent()["submission"], "kind": kind, "upload": cases.pdf()}
    assert client.post(page("application_papers", row.pk), upload).status_code == 302
    assert (
        client.post(page("application_declaration", row.pk), {"declares": "on"}).status_code == 302
    )
    for name in PAGES:
        assert client.get(page(name, row.pk)).status_code in (200, 302), name
    answer = client.post(page("check_application", row.pk))
    assert answer.url == page("application_sent", row.pk)
    row.refresh_from_db()
    assert (row.state, row.result) == (S.SUBMITTED, "pending")
    assert LedgerEntry.objects.of(row).filter(act="grading.application.submit").count() == 1
    assert client.get(page("my_application", row.pk)).status_code == 200


def test_what_the_clerk_reads_is_said_of_the_organisation(client, clerk, body):
    row = make_rounds.application("draft", of=make_bodies.stars_round(), code="s3", body=body)
    names = [name for name in PAGES if name != "application_sent"]
    shown = {name: client.get(page(name, row.pk)).content.decode() for name in names}
    for name, text in shown.items():
        for of_a_person in (
            "My figures",
            "speaks for me",
            "personal data",
            "my own",
            "I handed in",
        ):
            assert of_a_person not in text, name
    assert "I declare for the organisation" in shown["application_declaration"]
    said = "The data of the organisation are changed in the register; papers you add here."
    assert said in shown["application_papers"]


def test_what_was_returned_is_corrected_and_may_be_withdrawn(client, clerk, body):
    row = draft_of(body, state="returned", of=make_bodies.stars_round("reviewing"))
    labels = [str(line.label) for line in lines_of(clerk, TODAY)[0]]
    assert labels == ["Correct your application: 三星级"]
    assert client.get(page("my_application", row.pk)).status_code == 200
    answer = client.post(page("withdraw_application", row.pk), {"reason": "明年再报。"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.outcome_reason) == (S.WITHDRAWN, "明年再报。")


@pytest.mark.parametrize("name", [*PAGES, "my_reasons", "my_reasons_paper"])
def test_nobody_else_finds_the_application(client, at_desk, body, name):
    row = draft_of(body, of=make_bodies.stars_round("confirmed"), state="no_level")
    strangers = [
        make_bodies.clerk(make_bodies.committee()),
        make.officer(Role.COUNTY_BUREAU, make.division("330682")),
        cases.county_officer(),
        make_rounds.person(body=body, user=make.user()).user,
        make.user(is_superuser=True),
    ]
    for stranger in strangers:
        at_desk(stranger)
        assert client.get(page(name, row.pk)).status_code == 404
    at_desk(make_bodies.clerk(body))
    assert client.get(page(name, row.pk)).status_code in (200, 302)


def test_who_is_no_clerk_does_not_begin(client, at_desk, body):
    of = make_bodies.stars_round()
    level = of.levels.get(code="s3")
    elsewhere = make_bodies.committee(in_division=make.division("330682"))
    studio = make_bodies.committee(kind="studio")
    for stranger in (
        make_bodies.clerk(elsewhere),
        make_bodies.clerk(studio),
        make.officer(Role.COUNTY_BUREAU, make.division("330682")),
        cases.county_officer(),
    ):
        at_desk(stranger)
        assert client.get(url(ROUNDS, "apply", of.pk)).status_code == 404
        typed = sent(organization=body.pk, level=level.pk)
        assert client.post(url(ROUNDS, "apply", of.pk), typed).status_code == 404
    at_desk(make_bodies.clerk(make_bodies.committee()))
    refused = client.post(url(ROUNDS, "apply", of.pk), sent(organization=body.pk, level=level.pk))
    assert refused.status_code == 422
    assert Application.objects.count() == 0


def test_rounds_of_persons_have_no_such_page_and_this_one_no_nominating(client, clerk):
    people, of = make_rounds.grading_round(), make_bodies.stars_round()
    assert client.get(url(ROUNDS, "apply", people.pk)).status_code == 404
    assert client.get(url(ROUNDS, "nominate", people.pk)).status_code == 200
    assert client.get(url(ROUNDS, "nominate", of.pk)).status_code == 404


def test_the_desk_of_another_county_finds_nothing(client, at_desk, body):
    row = draft_of(body, state="submitted")
    hidden = draft_of(make_bodies.committee())
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330682")))
    for name in ("inspect", "review"):
        assert client.get(url(DESK, name, row.pk)).status_code == 404
    at_desk(cases.county_officer())
    shown = client.get(url(DESK, "index"))
    assert [row.pk for row, *_rest in shown.context["listed"]] == [row.pk]
    assert client.get(url(DESK, "inspect", hidden.pk)).status_code == 404


def test_the_pages_of_an_officer_name_the_organisation(client, at_desk, body):
    row = draft_of(body)
    given = {"by": make_bodies.clerk(body), "today": TODAY}
    kind = next(key for key, label in entering_papers.kinds_of(row) if label == "规章制度")
    entering_papers.add_paper(row.pk, kind=kind, upload=cases.pdf(), **given)
    entering.sign_declaration(row.pk, **given)
    entering.submit_application(row.pk, **given)
    make_rounds.application("submitted", of=row.grading_round, code="s3")
    at_desk(cases.county_officer())
    for name in ("inspect", "review"):
        found = client.get(url(DESK, name, row.pk))
        assert found.status_code == 200
        assert body.name in found.content.decode()
    listed = client.get(url(DESK, "index"), {"name": body.name})
    assert [row.pk for row, *_rest in listed.context["listed"]] == [row.pk]
    for name in ("statistics", "late_facts"):
        assert client.get(url(DESK, name, row.grading_round_id)).status_code == 200
    assert client.post(url(DESK, "statistics_export", row.grading_round_id)).getvalue()
    assert client.get(url(ROUNDS, "inspect", row.grading_round_id)).status_code == 200


def test_lists_cost_no_query_for_each_organisation(client, at_desk, body):
    of = make_bodies.stars_round("reviewing")
    officer, clerk = cases.county_officer(), make_bodies.clerk(body)

    def queries(account, address):
        at_desk(account)
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    desk, own = url(DESK, "index"), page("my_grading")
    draft_of(body, of=of, state="submitted")
    before = queries(officer, desk), queries(clerk, own)
    for _n in range(4):
        draft_of(make_bodies.committee(1), of=of, state="submitted")
        draft_of(body, of=make_bodies.stars_round("reviewing"), state="submitted")
    assert queries(officer, desk) <= before[0]
    assert queries(clerk, own) <= before[1]


def test_the_own_page_of_a_clerk(client, at_desk, clerk, body):
    assert client.get(page("my_grading")).context["rounds"] == []
    of = make_bodies.stars_round()
    shown = client.get(page("my_grading")).context
    assert (shown["rounds"], shown["levels"], shown["is_person"]) == ([of], [], False)
    at_desk(make.user())
    assert client.get(page("my_grading")).status_code == 404
