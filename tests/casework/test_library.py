"""The library before the public: what is found, in which order, and what is nowhere."""

import pytest
from django.urls import reverse

from casework import actions
from casework.models import CaseStudy, LibraryEntry
from casework.rules.library import keywords_of, least_matches, nearness, tokens, words_in
from casework.views import library
from registry.questions import person_is_erased
from tests import make
from tests.casework import make_case_studies, make_cases
from tests.make import TODAY

pytestmark = pytest.mark.django_db
TITLE = "独一无二的屋檐"


@pytest.fixture(autouse=True)
def _in_english(client):
    client.cookies["django_language"] = "en"


def found(client, **query):
    return [entry.title for entry in client.get(reverse("library"), query).context["page"]]


UNPUBLISHED = ["draft", "submitted", "editing", "returned", "declined", "adopted", "proposed"]


@pytest.mark.parametrize("state", UNPUBLISHED)
def test_what_is_not_published_is_nowhere_public(client, state):
    study = make_case_studies.study(state, title=TITLE)

    page = client.get(reverse("library_case", args=[study.public_id]))
    assert page.status_code == 404
    assert found(client) == found(client, q=TITLE[:4]) == []
    for address in (reverse("library"), reverse("site_map"), page.request["PATH_INFO"]):
        assert TITLE not in client.get(address).content.decode()


def test_a_withdrawn_case_says_only_that_it_was_there(client):
    study = make_case_studies.published(title=TITLE)
    by = make.user(is_superuser=True)
    actions.withdraw_study(study.pk, by=by, today=TODAY, reason="R.")
    page = client.get(reverse("library_case", args=[study.public_id]))
    assert page.status_code == 410
    assert TITLE not in page.content.decode()
    assert found(client) == []


@pytest.mark.parametrize("signed", [True, False])
def test_the_author_is_named_only_if_published_so(client, signed):
    study = make_case_studies.published(is_signed=signed)
    pages = [
        client.get(address).content.decode()
        for address in (study.get_absolute_url(), reverse("library"))
    ]
    names = (study.author.name, study.organization.name)
    assert all((name in pages[0]) is signed for name in names)
    assert all(name not in pages[1] for name in names)


def test_the_case_it_tells_of_is_not_named(client):
    author = make_case_studies.author()
    case = make_cases.case("succeeded", mediators=[author])
    study = make_case_studies.published(by=author, case=case)
    assert case.number not in client.get(study.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("排水", ["排水沟之争", "旧账"]),
        ("排水沟", ["排水沟之争"]),
        ("排水沟的争执", ["排水沟之争"]),
        ("ＬＥＤ", ["灯箱"]),
        ("led", ["灯箱"]),
        ("工资", []),
        ("  ", ["灯箱", "旧账", "排水沟之争"]),
        ("%", ["灯箱", "旧账", "排水沟之争"]),
    ],
)
def test_cases_are_found_by_pairs_of_characters_titles_first(client, words, titles):
    plain = {"keywords": "", "process": "上门。", "outcome": "和好。", "law": "", "comment": ""}
    make_case_studies.published(title="排水沟之争", facts="水沟堵塞。", **plain)
    make_case_studies.published(title="旧账", facts="顺便谈到排水。", **plain)
    make_case_studies.published(title="灯箱", facts="LED 灯太亮。", **plain)
    assert found(client, q=words) == titles


def test_facets_narrow_and_count_what_the_words_find(client):
    drains = make_cases.dispute_type()
    wages = make_cases.dispute_type("wages", "劳动报酬", "Wages")
    make_case_studies.published(title="甲", dispute_type=drains)
    make_case_studies.published(title="乙", dispute_type=drains, level="city")
    make_case_studies.published(title="丙", dispute_type=wages, facts="张某欠薪。")

    assert found(client, type="wages") == ["丙"]
    assert found(client, level="city") == ["乙"]
    assert found(client, field="neighbours") == ["丙", "乙", "甲"]
    assert found(client, type="unheard-of", level="nowhere") == ["丙", "乙", "甲"]
    facets = client.get(reverse("library"), {"q": "滴水流入", "level": "city"}).context["facets"]
    assert facets["type"] == [("neighbours", "Neighbours", 1)]
    assert facets["level"] == [("county", "county", 1), ("city", "city", 1)]


def test_pages_are_capped_and_nonsense_leads_to_the_first(client, monkeypatch):
    for number in range(3):
        make_case_studies.published(title=f"第{number}件")
    monkeypatch.setattr(library, "CASES_A_PAGE", 1)
    monkeypatch.setattr(library, "MOST_PAGES", 2)
    assert found(client, page="2") == ["第1件"]
    assert found(client, page="9") == ["第1件"]
    assert found(client, page="x") == ["第2件"]


def test_related_cases_share_type_or_words(client):
    wages = make_cases.dispute_type("wages", "劳动报酬", "Wages")
    one = make_case_studies.published(title="甲", keywords="排水 相邻")
    make_case_studies.published(title="同类", keywords="通风")
    make_case_studies.published(title="同词", keywords="排水", dispute_type=wages)
    make_case_studies.published(title="同类同词", keywords="相邻 采光")
    make_case_studies.published(title="无关", keywords="工资", dispute_type=wages)
    related = client.get(one.get_absolute_url()).context["related"]
    assert [entry.title for entry in related] == ["同类同词", "同类", "同词"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_search_takes_as_many_queries_for_one_row_as_for_three(
    client, rows, django_assert_num_queries
):
    for number in range(rows):
        make_case_studies.published(title=f"第{number}件")
    client.get(reverse("library"))
    with django_assert_num_queries(7):
        client.get(reverse("library"), {"q": "滴水"})


def test_the_text_cannot_become_markup(client):
    study = make_case_studies.published(comment="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(study.get_absolute_url()).content.decode()


def test_the_copy_holds_no_more_than_the_public_reads():
    make_case_studies.published()
    names = {field.name for field in LibraryEntry._meta.fields}
    assert names & {"author", "organization", "division", "case", "confirmed"} == set()
    assert CaseStudy.objects.count() == 1


def test_words_are_pairs_of_characters_and_whole_latin_words():
    assert tokens("排水沟 LED灯") == ["排水", "水沟", "led", "灯"]
    assert tokens("！，") == []
    assert [least_matches(number) for number in (1, 2, 3, 5, 10)] == [1, 2, 2, 3, 6]
    assert words_in("排水沟，LED 12米。") == 6
    assert keywords_of("排水、相邻，排水 ；采光") == ["排水", "相邻", "采光"]


def test_nearness_counts_type_field_and_shared_words():
    near = nearness((1, 2, ["a", "b"]), types={1}, fields={2}, words={"b"})
    assert near == (6, [("type", 1), ("field", 2), ("word", "b")])
    assert nearness((1, None, []), types=set(), fields={None}, words=set()) == (0, [])


def test_who_is_erased_is_no_longer_named(client):
    study = make_case_studies.published(is_signed=True)
    name = study.author.name
    told = {"by": make.user(), "today": TODAY, "reason": "R."}
    person_is_erased.send(type(study.author), mediator=study.author, **told)
    study.refresh_from_db()
    assert not study.is_signed
    assert name not in client.get(study.get_absolute_url()).content.decode()
    assert LibraryEntry.objects.get().organization_name == ""
