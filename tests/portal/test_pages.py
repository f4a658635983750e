"""The pages editors write, in two languages, and the choice between them."""

from datetime import date
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models import Locale, Page, Site

from portal import navigation
from portal.models import ContentPage, HomePage, NewsIndexPage, NewsPage, SiteDetails
from tests import make

pytestmark = pytest.mark.django_db

SLUGS = ["", "guide/", "courses/", "news/", "contact/", "privacy/", "accessibility/"]
HOME_QUERIES = 8
CONTENT_QUERIES = 7
ADDRESSES = [*(f"/{slug}" for slug in SLUGS), *(f"/en/{slug}" for slug in SLUGS)]


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def article(day=1, slug="zh-hans"):
    index = NewsIndexPage.objects.get(locale__language_code=slug)
    page = NewsPage(
        title=f"News {day}",
        slug=f"news-{day}",
        locale=index.locale,
        published_on=date(2026, 11, day),
        body=[("heading", "Heading"), ("text", "Text")],
    )
    index.add_child(instance=page)
    return page


def test_make_pages_makes_each_page_once(pages):
    before = list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id"))
    out = StringIO()

    call_command("make_pages", stdout=out)

    assert out.getvalue() == "0 pages created\n"
    assert list(Page.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before


def test_make_pages_leaves_what_editors_wrote(pages):
    ContentPage.objects.filter(slug="guide", locale__language_code="en").update(title="Own title")
    SiteDetails.objects.update(sponsor="绍兴市司法局")

    call_command("make_pages", stdout=StringIO())

    assert ContentPage.objects.get(slug="guide", locale__language_code="en").title == "Own title"
    assert SiteDetails.objects.get().sponsor == "绍兴市司法局"


def test_every_page_is_joined_to_its_translation(pages):
    by_language = {
        code: set(
            Page.objects.filter(depth__gte=2, locale__language_code=code)
            .exclude(slug="home")
            .values_list("translation_key", flat=True)
        )
        for code in ["zh-hans", "en"]
    }

    assert len(by_language["en"]) == len(SLUGS)
    assert by_language["zh-hans"] >= by_language["en"]


def test_a_page_says_its_language_and_has_one_heading_of_the_first_order(client, pages):
    found = {}
    for address in ADDRESSES:
        page = soup(client.get(address))
        phones = {link.text for link in page.find_all("a", href="tel:12348")}
        found[address] = (page.html["lang"], len(page.find_all("h1")), phones)

    languages = ["zh-hans"] * len(SLUGS) + ["en"] * len(SLUGS)
    expected = [(language, 1, {"12348"}) for language in languages]
    assert found == dict(zip(ADDRESSES, expected, strict=True))


def test_the_title_names_the_page_and_then_the_site(client, pages):
    title = soup(client.get("/en/guide/")).title.text

    assert title == "Guide - People's mediation public service"


def test_every_link_of_head_and_foot_leads_somewhere(client, pages):
    for start in ["/", "/en/"]:
        page = soup(client.get(start))
        links = {a["href"] for part in page.select("header, footer") for a in part.select("a")}

        broken = {
            link for link in links - {"tel:12348"} if client.get(link).status_code not in {200, 302}
        }

        assert broken == set()


def test_the_menu_leaves_out_what_does_not_exist():
    assert navigation.is_served("/sitemap/") is True
    assert navigation.is_served("/no-such-capability/") is False


def test_the_site_map_lists_the_pages_of_the_language(english, pages):
    links = [a["href"] for a in soup(english.get("/sitemap/")).select(".links a")]

    expected = ["/en/", *(f"/en/{slug}" for slug in SLUGS[1:])]
    assert [link for link in links if link.startswith("/en/")] == expected


def test_the_home_page_offers_counties_and_specialities(client, pages):
    make.division("330681", name="诸暨市")
    make.division("330681101", name="枫桥镇")
    make.speciality("property", name="物业")

    page = soup(client.get("/"))

    options = [(option["value"], option.text) for option in page.select("select option")]
    assert options[1:] == [("330681", "诸暨市")]
    assert [a["href"] for a in page.select(".hero .chip")][-1:] == [
        "/mediators/?speciality=property"
    ]
    assert page.select_one(".hero form")["action"] == "/mediators/"


def test_an_abolished_county_is_not_offered(client, pages):
    county = make.division("330681", name="诸暨市")
    county.until_on = date(2026, 1, 1)
    county.save()

    assert len(soup(client.get("/")).select("select option")) == 1


def test_the_home_page_shows_the_five_latest_articles(client, pages):
    for day in [3, 1, 6, 2, 5, 4]:
        article(day)

    titles = [a.text for a in soup(client.get("/")).select(".links a")]

    assert titles == ["News 6", "News 5", "News 4", "News 3", "News 2"]


def test_the_home_page_shows_only_articles_of_its_language(client, pages):
    article(1)

    assert soup(client.get("/en/")).select(".links a") == []


def test_an_article_is_headed_by_the_catalogue_of_open_information(english, pages):
    page = article(1, slug="en")
    page.index_number = "001-2026-1"
    page.save()

    head = soup(english.get("/en/news/news-1/")).select_one(".article-head")

    assert [dt.text for dt in head.select("dt")] == [
        "Index number",
        "Topic",
        "Issuing body",
        "Publication date",
        "Document number",
        "Manner of disclosure",
    ]
    assert head.select_one("dd").text == "001-2026-1"


def test_the_list_of_news_turns_pages(client, pages):
    for day in range(1, 22):
        article(day)

    first, second = (soup(client.get(f"/news/?page={number}")) for number in (1, 2))

    assert len(first.select(".links a")) == 20
    assert [a.text for a in second.select(".links a")] == ["News 1"]
    assert first.select_one(".pages a")["href"] == "?page=2"


@pytest.mark.parametrize("articles", [1, 3])
def test_the_home_page_asks_a_fixed_number_of_queries(
    client, pages, articles, django_assert_num_queries
):
    for day in range(1, articles + 1):
        article(day)
    client.get("/")

    with django_assert_num_queries(HOME_QUERIES):
        client.get("/")


def test_a_content_page_asks_a_fixed_number_of_queries(client, pages, django_assert_num_queries):
    client.get("/guide/")

    with django_assert_num_queries(CONTENT_QUERIES):
        client.get("/guide/")


def test_the_site_is_chinese_whatever_the_browser_asks_for(client, pages):
    response = client.get("/", headers={"accept-language": "en"})

    assert response.headers["Content-Language"] == "zh-hans"


@pytest.mark.parametrize("chosen", ["fr", "", "../etc", "EN"])
def test_a_cookie_of_no_known_language_means_chinese(client, pages, chosen):
    client.cookies["django_language"] = chosen

    assert client.get("/").headers["Content-Language"] == "zh-hans"


def test_an_english_visitor_is_sent_to_the_english_page(english, pages):
    response = english.get("/guide/?from=link")

    assert (response.status_code, response["Location"]) == (302, "/en/guide/?from=link")


def test_an_english_visitor_gets_views_of_one_address_in_english(english, pages):
    assert soup(english.get("/sitemap/")).html["lang"] == "en"


def test_who_came_by_an_english_address_stays_english(client, pages):
    client.get("/en/")

    assert soup(client.get("/sitemap/")).html["lang"] == "en"


def test_a_missing_record_is_not_taken_for_a_page_of_another_language(english, pages):
    assert english.get("/documents/999/none.pdf").status_code == 404


def test_a_page_missing_in_both_languages_is_not_found(english, pages):
    assert english.get("/none/", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("start", "language", "end"),
    [
        ("/guide/", "en", "/en/guide/"),
        ("/en/guide/", "zh-hans", "/guide/"),
        ("/", "en", "/en/"),
        ("/en/", "zh-hans", "/"),
        ("/sitemap/?a=1", "en", "/sitemap/?a=1"),
    ],
)
def test_the_language_switch_leads_to_the_same_page(client, pages, start, language, end):
    form = soup(client.get(start)).select_one("form[action='/language/']")
    assert form.button["value"] == language

    response = client.post(form["action"], {"next": form.input["value"], "language": language})

    assert response["Location"] == end
    assert soup(client.get(end)).html["lang"] == language


def test_the_foot_names_the_sponsor_in_the_language_of_the_page(client, pages):
    SiteDetails.objects.update(sponsor="绍兴市司法局", sponsor_en="Shaoxing Bureau of Justice")

    assert soup(client.get("/")).select_one("footer dd").text == "绍兴市司法局"
    assert soup(client.get("/en/")).select_one("footer dd").text == "Shaoxing Bureau of Justice"


def test_the_chinese_name_stands_in_for_a_missing_english_one(client, pages):
    SiteDetails.objects.update(sponsor="绍兴市司法局", sponsor_en="")

    assert soup(client.get("/en/")).select_one("footer dd").text == "绍兴市司法局"


def test_pages_without_a_site_are_not_linked(client, pages):
    Site.objects.all().delete()

    response = client.get("/sitemap/")

    assert response.status_code == 200
    assert [a["href"] for a in soup(response).select("a") if "guide" in a["href"]] == []


def test_a_page_not_translated_yet_says_which_language_it_is_in(client, pages):
    guide = ContentPage.objects.get(slug="guide", locale__language_code="zh-hans")
    page = ContentPage(title="新页面", slug="new", locale=guide.locale, body=[("text", "内容")])
    guide.get_parent().add_child(instance=page)
    home = HomePage.objects.get(locale__language_code="en")
    page.create_alias(parent=home, update_locale=Locale.objects.get(language_code="en"))

    shown = soup(client.get("/en/new/"))

    assert (shown.html["lang"], shown.article["lang"]) == ("en", "zh-hans")
