"""What every page must keep: policy, budgets, text sizes, forms, refusals, the officers' desk."""

import gzip
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from wagtail.admin.views.home import RecentEditsPanel

from portal import samples, views
from portal.desk import NothingDuePanel, own_panels
from portal.text_size import TextSize

STATIC = settings.BASE_DIR / "portal" / "static" / "portal"
ADDRESSES = [
    "/",
    "/guide/",
    "/news/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/sitemap/",
    "/components/",
    "/no-such-page/",
]
OFF_SITE = [
    "https://evil.example/",
    "//evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
    "",
]


def soup(html):
    return BeautifulSoup(html, "html.parser")


def address_in(language, address):
    has_prefix = language == "en" and address not in {"/sitemap/", "/components/"}
    return f"/en{address}" if has_prefix else address


@pytest.mark.parametrize("name", ["portal.css", "desk.css"])
def test_a_stylesheet_keeps_its_budget(name):
    assert len(gzip.compress((STATIC / name).read_bytes())) <= 12_000


def test_the_script_keeps_its_budget():
    assert len(gzip.compress((STATIC / "portal.js").read_bytes())) <= 8_000


def test_stylesheets_have_no_gradients_and_load_nothing():
    for name in ["portal.css", "desk.css"]:
        assert re.findall(r"gradient|url\(|@import", (STATIC / name).read_text()) == []


def breaches(page):
    """Return what of a page a browser would refuse under the strict policy."""
    loaded = [tag.get("src") or tag["href"] for tag in page.select("script, img, link")]
    return [
        *page.find_all(style=True),
        *page.find_all("style"),
        *(script for script in page.find_all("script") if not script.get("src")),
        *(name for tag in page.find_all() for name in tag.attrs if name.startswith("on")),
        *(source for source in loaded if not source.startswith("/static/")),
    ]


def english_words(page):
    """Return the runs of English words that a Chinese page shows or has read aloud."""
    for foreign in page.select('[lang="en"]'):
        foreign.decompose()
    hidden = [tag.get(name, "") for tag in page.find_all() for name in ("aria-label", "alt")]
    text = " | ".join([page.get_text(" | ", strip=True), *hidden])
    return re.findall(r"[A-Za-z']+ +[a-z]+(?: +[a-z]+)*", text)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_keeps_the_strict_policy(client, pages, settings, language):
    client.cookies["django_language"] = language
    found = {}
    for address in ADDRESSES:
        settings.DEBUG = address == "/components/"
        found[address] = breaches(soup(client.get(address_in(language, address)).content))

    assert found == {address: [] for address in ADDRESSES}


def test_no_chinese_page_has_an_english_sentence(client, pages, settings):
    found = {}
    for address in ADDRESSES:
        settings.DEBUG = address == "/components/"
        found[address] = english_words(soup(client.get(address).content))

    assert found == {address: [] for address in ADDRESSES}


def test_the_home_page_is_light(client, pages):
    response = client.get("/")
    page = soup(response.content)
    loaded = {tag.get("src") or tag["href"] for tag in page.select("script, img, link")}
    weight = len(response.content) + sum(
        (STATIC / address.rsplit("/")[-1]).stat().st_size for address in loaded
    )

    assert len(loaded) + 1 <= 12
    assert weight <= 100_000


def test_reading_a_page_sets_no_cookie(client, pages):
    assert dict(client.get("/").cookies) == {}


@pytest.mark.parametrize(
    ("size", "following"), [("normal", "large"), ("large", "extra"), ("extra", "normal")]
)
def test_the_one_button_goes_round_the_three_text_sizes(client, pages, size, following):
    client.post("/text-size/", {"size": size, "next": "/guide/"})

    page = soup(client.get("/guide/").content)

    assert page.html["data-text"] == size
    assert page.select_one("[name=size]")["value"] == following


@pytest.mark.parametrize("size", ["huge", "", "normal; x=1"])
def test_an_unknown_text_size_changes_nothing(client, db, size):
    response = client.post("/text-size/", {"size": size, "next": "/guide/"})

    assert response["Location"] == "/guide/"
    assert dict(response.cookies) == {}


def test_a_forged_cookie_means_the_normal_size(client, pages):
    client.cookies["text_size"] = '"><script>'

    assert soup(client.get("/").content).html["data-text"] == TextSize.NORMAL


@pytest.mark.parametrize("switch", ["/text-size/", "/language/"])
@pytest.mark.parametrize("elsewhere", OFF_SITE)
def test_a_switch_never_leads_off_the_site(client, db, switch, elsewhere):
    response = client.post(switch, {"size": "large", "language": "zh-hans", "next": elsewhere})

    assert response["Location"] == "/"


@pytest.mark.parametrize("switch", ["/text-size/", "/language/"])
def test_a_switch_only_takes_a_form(client, db, switch):
    assert client.get(switch, {"next": "/", "size": "large", "language": "en"}).status_code == 405


def test_the_switches_work_without_a_token(db):
    client = Client(enforce_csrf_checks=True)

    assert client.post("/text-size/", {"size": "large", "next": "/"}).status_code == 302
    assert client.post("/language/", {"language": "en", "next": "/sitemap/"}).status_code == 302


def test_the_components_are_not_for_the_public(client, db):
    assert client.get("/components/").status_code == 404


def test_the_components_are_for_those_who_debug(client, pages, settings):
    settings.DEBUG = True

    assert client.get("/components/").status_code == 200


def test_each_field_is_described_by_what_is_on_the_page():
    page = soup(str(samples.components()["form_refused"]))
    ids = [tag["id"] for tag in page.find_all(id=True)]
    described = " ".join(tag["aria-describedby"] for tag in page.select("[aria-describedby]"))

    assert len(ids) == len(set(ids))
    assert set(described.split()) - set(ids) == set()
    assert len(page.select(".error-message")) == 5


def test_the_error_summary_leads_to_each_refused_field():
    form = samples.components()["form_refused"]
    summary = soup(render_to_string("portal/includes/error_summary.html", {"form": form}))
    ids = {tag["id"] for tag in soup(str(form)).find_all(id=True)}

    targets = {link["href"][1:] for link in summary.select("a")}

    assert len(targets) == 5
    assert targets - ids == set()
    assert summary.div["role"] == "alert"


def test_a_form_without_errors_has_no_summary():
    html = render_to_string("portal/includes/error_summary.html", {"form": samples.SampleForm()})

    assert html.strip() == ""


def test_the_title_says_that_the_form_was_refused(db):
    form = samples.components()["form_refused"]
    request = RequestFactory().get("/")

    refused = render_to_string("403.html", {"form": form}, request)
    blank = render_to_string("403.html", {"form": samples.SampleForm()}, request)

    assert soup(refused).title.text == f"错误：{soup(blank).title.text}"


def test_what_was_typed_stays_in_a_refused_form():
    page = soup(str(samples.components()["form_refused"]))

    assert page.select_one("[name=happened_on]")["value"] == "11月5日"
    assert page.select_one("[name=story]").text.strip() == "太短"
    assert [box["value"] for box in page.select("[name=grounds][checked]")] == ["1"]


def test_a_missing_page_offers_the_search(client, db):
    response = client.get("/no-such-page/")

    form = soup(response.content).select_one("main form")
    assert (response.status_code, form["action"], form.input["name"]) == (404, "/mediators/", "q")


# These three are rendered without access to the database: that may be what failed.
def test_a_failure_says_what_was_kept_and_gives_a_code_that_is_in_the_log(caplog):
    response = views.server_error(RequestFactory().get("/"))

    code = soup(response.content).select_one(".code").text
    assert response.status_code == 500
    assert re.fullmatch(r"[0-9A-F]{8}", code)
    assert [record.args for record in caplog.records] == [(code,)]


def test_too_many_requests_names_the_telephone():
    response = views.too_many_requests(RequestFactory().get("/"))

    assert response.status_code == 429
    assert {a["href"] for a in soup(response.content).select("a[href^=tel]")} == {"tel:12348"}


def test_a_damaged_request_is_answered_without_the_database():
    assert soup(render_to_string("400.html")).select_one("h1").text == "请求无法识别"


@pytest.mark.parametrize(
    ("referer", "back"),
    [("http://testserver/guide/", "http://testserver/guide/"), ("https://evil.example/", "/")],
)
def test_a_form_without_its_token_shows_the_way_back(db, referer, back):
    request = RequestFactory().post("/", headers={"referer": referer})

    response = views.csrf_failure(request)

    assert response.status_code == 403
    assert soup(response.content).select_one("main a.button")["href"] == back


def test_the_foot_has_no_details_where_there_is_no_site(db):
    html = render_to_string("404.html", {}, None)

    assert soup(html).select("footer dd") == []


def test_the_desk_drops_the_panels_of_a_stock_content_site():
    own = NothingDuePanel()

    assert own_panels([RecentEditsPanel(), own]) == [own]


def test_an_empty_desk_says_that_nothing_is_due():
    assert [panel.name for panel in own_panels([RecentEditsPanel()])] == ["nothing_due"]
