"""The case library on the desk: what is listed, who may do what, what is out of reach."""

import pytest

from casework.models import Adoption, CaseStudy, LibraryEntry
from office.roles import Role
from tests import make
from tests.casework import make_case_studies
from tests.make import TODAY
from tests.registry.desk import elsewhere, fields, sent, url

pytestmark = pytest.mark.django_db
DESK = "case_studies"


def listed(client, **query):
    page = client.get(url(DESK, "index"), query)
    return {row.pk for row, _url, _cells in page.context["listed"]}


def test_drafts_are_their_authors_own(client, county):
    draft, submitted = make_case_studies.study("draft"), make_case_studies.study("submitted")
    assert listed(client) == {submitted.pk}
    assert client.get(url(DESK, "inspect", draft.pk)).status_code == 404
    assert client.get(url(DESK, "act", draft.pk, "edit")).status_code == 404


PAGES = [
    ("inspect", []), ("edit", []), ("history", []), ("act", ["adopt"]), ("act", ["propose"]),
    ("act", ["publish"]), ("act", ["confirm"]), ("act", ["raise"]), ("act", ["withdraw"]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "more"), PAGES)
def test_a_write_up_of_another_county_is_not_there(client, county, page, more):
    body = make.organization(in_division=elsewhere())
    study = make_case_studies.study("editing", body=body)
    assert client.get(url(DESK, page, study.pk, *more)).status_code == 404
    assert listed(client) == set()


@pytest.mark.parametrize("role", [Role.CLERK, Role.JUSTICE_OFFICE])
def test_units_and_offices_read_and_decide_nothing(client, at_desk, role):
    study = make_case_studies.study("submitted")
    place = study.organization if role == Role.CLERK else study.division
    at_desk(make.officer(role, place))
    assert client.get(url(DESK, "inspect", study.pk)).status_code == 200
    for act in ("edit", "return", "decline"):
        assert client.post(url(DESK, "act", study.pk, act), sent()).status_code == 404
    assert client.get(url(DESK, "edit", study.pk)).status_code == 404


def test_two_officers_take_it_to_the_public(client, at_desk):
    study = make_case_studies.study("submitted", comment="村民王建国说得好。")
    first = at_desk(make.officer(Role.COUNTY_BUREAU, study.division))

    def act(name, **typed):
        answer = client.post(url(DESK, "act", study.pk, name), sent(**typed))
        study.refresh_from_db()
        return answer

    act("edit")
    page = client.get(url(DESK, "inspect", study.pk)).content.decode()
    assert "<mark>王建国</mark>" in page
    told = {"adopted_on": TODAY, "adopted_by": "诸暨市司法局", "document": ""}
    act("adopt", level="city", **told)
    assert study.state == "editing"
    act("adopt", level="county", **told)
    assert act("propose").status_code == 422
    act("confirm", texts=["王建国"])
    act("propose")
    assert study.state == "proposed"
    assert act("publish").status_code == 422
    assert not LibraryEntry.objects.exists()
    at_desk(make.officer(Role.COUNTY_BUREAU, study.division))
    act("publish")
    assert (study.state, study.proposed_by) == ("published", first)
    act("raise", level="province", **{**told, "document": "浙司〔2026〕9号"})
    assert [row.level for row in Adoption.objects.order_by("pk")] == ["county", "province"]


def test_the_editors_correct_the_text_and_the_author_reads_the_reasons(client, county):
    study = make_case_studies.study("editing")
    typed = fields(client.get(url(DESK, "edit", study.pk))) | {"facts": "张某家滴水。"}
    client.post(url(DESK, "edit", study.pk), typed | sent())
    study.refresh_from_db()
    assert study.facts == "张某家滴水。"
    assert "张某家滴水。" in client.get(url(DESK, "inspect", study.pk)).content.decode()
    client.post(url(DESK, "act", study.pk, "return"), sent())
    study.refresh_from_db()
    assert study.state == "returned"
    assert study.reasons


def test_lists_are_narrowed_and_exported(client, county):
    one = make_case_studies.study("adopted", title="排水沟")
    two = make_case_studies.study("editing", title="旧账")
    assert listed(client, title="排水") == {one.pk}
    assert listed(client, level="county") == {one.pk}
    assert listed(client, state="editing") == {two.pk}
    assert listed(client, author=two.author.name) == {two.pk}
    answer = client.post(url(DESK, "export"), sent(format="csv"))
    assert "排水沟" in b"".join(answer.streaming_content).decode()
    assert CaseStudy.objects.count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        make_case_studies.study("submitted", body=make.organization(in_division=place))
    client.get(url(DESK, "index"))
    with django_assert_num_queries(11):
        client.get(url(DESK, "index"))
