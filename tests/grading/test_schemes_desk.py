"""Rule sets at the desk: who sees which, pages in words, import, acts, comparison."""

import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import Textarea

from grading.forms.scheme_values import MappingForm
from grading.models import SchemeVersion
from grading.rules.unknown import UNK
from office.roles import Role
from tests import make
from tests.grading import make_grading
from tests.make import TODAY
from tests.registry.desk import elsewhere, sent, url

pytestmark = pytest.mark.django_db

DESK = "grading_schemes"
PAGES = ["inspect", "history", "compare", "file", "edit"]
PLACES = [
    "", "req.l4", "req.l4.all[0]", "base", "population.all[2]", "params.years_L4", "params",
    "readings.oral_share", "readings", "metrics.success", "metrics", "levels", "levels[0]",
    "vetoes[0]", "vetoes[0].when", "vetoes", "committee", "committee.seats", "authority[0]",
    "authority[0].when", "publicity", "validity", "objection", "round", "stages[1]", "sheet",
    "sheet.items", "sheet.items[0]", "sheet.bands[0]", "selection.quotas[0]", "path", "words",
    "conditions.oral_share_kept", "conditions.oral_share_kept.of_mediated", "downgrade[0].when",
    "completeness", "jurisdiction", "dates", "source", "exam", "waivers", "benefits",
]  # fmt: skip
ACTS = ["activate", "abandon", "copy"]


@pytest.fixture(autouse=True)
def _with_an_empty_cache():
    cache.clear()


def desk(page, *args, **query):
    return f"{url(DESK, page, *args)}?{urlencode(query)}" if query else url(DESK, page, *args)


def other():
    return make_grading.version(division=elsewhere())


@pytest.mark.parametrize("page", PAGES)
def test_a_rule_set_of_another_county_cannot_be_found(client, county, page):
    assert client.get(desk(page, make_grading.version().pk)).status_code == 200
    assert client.get(desk(page, other().pk)).status_code == 404


def test_no_place_of_another_county_can_be_found(client, county):
    theirs = other()
    for page in ("node", "add_node"):
        assert client.get(desk(page, theirs.pk, at="req.l4")).status_code == 404
        assert client.post(desk(page, theirs.pk, at="req.l4"), sent()).status_code == 404
    assert client.get(desk("node_act", theirs.pk, at="base", do="drop")).status_code == 404
    assert client.post(desk("file", theirs.pk)).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_rule_set_of_another_county_cannot_be_found(client, county, act):
    theirs = other()

    assert client.get(desk("act", make_grading.version().pk, act)).status_code == 200
    assert client.get(desk("act", theirs.pk, act)).status_code == 404
    assert client.post(desk("act", theirs.pk, act), sent()).status_code == 404


def test_a_county_reads_what_rules_it_from_above_and_edits_none_of_it(client, county):
    city = make_grading.version("active", division=make.division("3306"))
    draft = make_grading.version("draft", division=make.division("3306"))

    assert client.get(desk("inspect", city.pk)).status_code == 200
    assert client.get(desk("node", city.pk, at="base")).status_code == 404
    assert client.get(desk("act", city.pk, "retire")).status_code == 404
    assert client.get(desk("inspect", draft.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CITY_BUREAU, 200),
        (Role.COUNTY_BUREAU, 200),
        (Role.JUSTICE_OFFICE, 404),
        (Role.AUDITOR, 404),
    ],
)
def test_only_bureaus_draft_and_decide(client, at_desk, role, status):
    at_desk(make.officer(role, make.division("330681")))
    draft = make_grading.version()

    assert client.get(desk("inspect", draft.pk)).status_code == 200
    pages = [desk("add"), desk("import"), desk("edit", draft.pk), desk("act", draft.pk, "activate")]
    pages += [desk("node", draft.pk, at="base"), desk("act", draft.pk, "copy")]
    assert [client.get(page).status_code for page in pages] == [status] * 6


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HANDLER, Role.SYSTEM_ADMIN])
def test_others_have_no_such_desk(client, at_desk, role):
    at_desk(make.officer(role, make.division("330681")))

    assert client.get(desk("index")).status_code == 404


def test_a_clerk_has_no_such_desk(client, at_desk):
    at_desk(make.officer(Role.CLERK, make.organization()))

    assert client.get(desk("index")).status_code == 404


@pytest.mark.parametrize("state", ["active", "template", "retired", "abandoned"])
def test_what_is_no_draft_is_not_edited(client, county, state):
    version = make_grading.version(state)
    for page in (desk("edit", version.pk), desk("node", version.pk, at="base")):
        assert client.get(page).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for _number in range(rows):
        make_grading.version()
    client.get(desk("index"))
    with django_assert_num_queries(QUERIES):
        response = client.get(desk("index"))
    assert len(response.context["listed"]) == rows


QUERIES = 9


def text_of(response):
    return response.content.decode()


def test_the_page_says_the_rule_in_words_with_the_clauses_beside(client, county):
    client.cookies["django_language"] = "zh-hans"
    page = text_of(client.get(desk("inspect", make_grading.version().pk)))

    for said in (
        "累计服务年限 满 2〔years_L4〕", "第六条第一项", "调解成功率 不低于 60%〔success_L4〕",
        "一级人民调解员", "绍兴示范市司法局局长办公会（虚构）", "能够主持调解疑难复杂纠纷",
        'id="n-req-l4-all-0-"',
    ):  # fmt: skip
        assert said in page, said


def test_unknowns_are_marked_and_lead_to_their_places(client, county):
    content = make_grading.document(publicity={"by": UNK, "days": 5})
    content["req"] = {**content["req"], "l1": UNK}
    version = make_grading.version(content=content)
    page = text_of(client.get(desk("inspect", version.pk)))

    assert 'href="#n-publicity-by"' in page
    assert 'id="n-publicity-by"' in page
    assert 'id="n-req-l1"' in page
    assert f"{url(DESK, 'node', version.pk)}?at=req.l1" in page


@pytest.mark.parametrize("at", PLACES)
def test_every_place_has_a_page(client, county, at):
    version = make_grading.version()

    assert client.get(desk("node", version.pk, at=at)).status_code == 200


def test_no_page_is_there_for_what_is_not(client, county):
    version = make_grading.version()
    for at in ("nowhere", "req.l9", "levels[9]", "req.l4.all[99]", "base.all[x]"):
        assert client.get(desk("node", version.pk, at=at)).status_code == 404, at
    assert client.get(desk("node_act", version.pk, at="base", do="burn")).status_code == 404


def test_a_scheme_is_begun_without_a_file(client, county):
    given = {"division": make.division("330681").pk, "code": "ZJ-2026", "title": "诸暨办法"}
    answer = client.post(desk("add"), sent(**given, issuer="诸暨市司法局", subject="mediator"))
    version = SchemeVersion.objects.get()

    assert answer.url == desk("inspect", version.pk)
    assert (version.drafted_by, str(version.scheme)) == (county, "诸暨办法")
    assert client.get(answer.url).status_code == 200


def test_a_scheme_for_another_county_is_refused(client, county):
    given = {"division": elsewhere().pk, "code": "X", "title": "X", "issuer": "X"}

    assert client.post(desk("add"), sent(**given, subject="mediator")).status_code == 422


def upload(client, text, **given):
    given.setdefault("division", make.division("330681").pk)
    file = SimpleUploadedFile("rules.yaml", text.encode())
    return client.post(desk("import"), sent(**given, file=file))


def test_a_file_is_looked_at_and_then_entered(client, county):
    looked = upload(client, make_grading.text("published"))
    assert looked.context["header_title"] == "Enter rule sets"
    page = text_of(looked)
    assert looked.status_code == 200
    assert "关于开展人民调解员等级评定工作的意见" in page
    assert not SchemeVersion.objects.exists()

    form = looked.context["form"]
    given = {"division": form["division"].value(), "text": form["text"].value()}
    answer = client.post(desk("enter_import"), sent(**given))
    assert answer.url == desk("index")
    assert SchemeVersion.objects.count() == 3
    again = upload(client, make_grading.text("published"))
    assert "The file says nothing new." in text_of(again)


def test_what_a_file_changes_is_shown_node_by_node(client, county):
    place = {"division": make.division("330681").pk}
    text = make_grading.text("published")
    client.post(desk("enter_import"), sent(**place, text=text))
    page = text_of(upload(client, text.replace("cases_L4: 50", "cases_L4: 60")))

    assert "Parameters › cases_L4" in page
    assert '<td data-label="Before">50</td><td data-label="After">60</td>' in page


def test_a_file_with_faults_says_each_and_stores_nothing(client, county):
    text = make_grading.text("published").replace("rank: 2}", "rank: 1}")
    answer = upload(client, text)

    assert answer.status_code == 422
    assert "O1-national.levels：Two levels have the same rank." in text_of(answer)
    assert client.post(
        desk("enter_import"), sent(division=make.division("330681").pk, text=text)
    ).status_code == 422  # fmt: skip
    assert not SchemeVersion.objects.exists()


def test_nothing_is_imported_into_another_county(client, county):
    text = make_grading.text("published")

    assert upload(client, text, division=elsewhere().pk).status_code == 422
    given = sent(division=elsewhere().pk, text=text)
    assert client.post(desk("enter_import"), given).status_code == 422
    assert not SchemeVersion.objects.exists()


def test_the_file_of_a_version_is_taken_away(client, county):
    version = make_grading.version("active")
    answer = client.post(desk("file", version.pk))

    assert answer.content.decode() == version.text
    assert "no-store" in answer["Cache-Control"]


def act(client, version, name, **given):
    return client.post(desk("act", version.pk, name), sent(**given))


def test_the_second_officer_decides_and_the_first_is_refused(client, county, at_desk):
    version = make_grading.version(drafted_by=county, effective_from=TODAY)
    assert "A second officer puts it into force" in text_of(
        act(client, version, "activate", revision=0)
    )
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    assert act(client, version, "activate", revision=0).status_code == 302
    version.refresh_from_db()
    assert version.state == "active"


def test_all_blockers_stand_on_the_page_of_the_act(client, county):
    version = make_grading.version(content=make_grading.document(validity={"years": UNK}))

    page = text_of(client.get(desk("act", version.pk, "activate")))
    assert "validity.years</a>：This is not known yet." in page


def test_a_template_becomes_a_draft_of_the_own_county(client, county):
    template = make_grading.version("template")
    given = {"division": make.division("330681").pk, "code": "own", "title": "本县办法"}
    answer = act(client, template, "copy", **given)
    draft = SchemeVersion.objects.get(scheme__code="own")

    assert answer.url == desk("inspect", draft.pk)
    given["division"] = elsewhere().pk
    assert act(client, template, "copy", **given).status_code == 422


def test_two_versions_stand_beside_each_other(client, county):
    old = make_grading.version("active")
    content = make_grading.document(validity={"years": 5, "recheck": "期满前重新评定"})
    new = make_grading.version(of=old.scheme, content=content)
    response = client.get(desk("compare", new.pk), {"other": old.pk})
    lines = {line.path: line for line in response.context["lines"]}

    assert (lines["validity.years"].before, lines["validity.years"].after) == ("3", "5")
    assert len(lines) == 1
    assert client.get(desk("compare", new.pk), {"other": other().pk}).status_code == 422


def test_every_place_stands_once_on_the_page_and_every_blocker_leads_to_one(client, county):
    for content in (make_grading.document(), make_grading.published("O3-guangdong-chaoan")):
        version = make_grading.version(content=content)
        page = text_of(client.get(desk("inspect", version.pk)))
        ids = re.findall(r'\sid="([^"]+)"', page)

        assert [one for one in set(ids) if ids.count(one) > 1] == []
        assert set(re.findall(r'href="#(n-[^"]*)"', page)) <= set(ids)


@pytest.mark.parametrize("children", [1, 3])
def test_the_page_of_a_version_asks_as_often_however_long_the_rule_is(
    client, county, children, django_assert_num_queries
):
    content = make_grading.document()
    content["base"] = {"all": content["base"]["all"] * children}
    version = make_grading.version(content=content)
    client.get(desk("inspect", version.pk))
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(desk("inspect", version.pk))


PAGE_QUERIES = 15


def test_a_text_in_lines_that_was_not_touched_is_no_change():
    version = make_grading.version()
    typed = sent(note="甲\r\n乙", other="丙\r\n丁", revision=version.revision)
    given = {"mapping": {"note": "甲\n乙", "other": "丙"}, "usual": (), "user": None}
    form = MappingForm(typed, None, record=version, **given)

    assert isinstance(form.fields["note"].widget, Textarea)
    assert form.is_valid(), form.errors
    assert form.changed_values() == {"other": "丙\n丁"}
