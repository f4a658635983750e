"""The desk's menu: packed quickly, and still that of the account and the language of the page."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.menu import MenuItem, admin_menu
from wagtail.admin.telepath import JSContext
from wagtail.admin.ui.sidebar import LinkMenuItem, SubMenuItem

from office.roles import Role
from portal.sidebar import in_full
from tests import make
from tests.make import TODAY

DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def menu(client, time_machine):
    """Return a function that signs an account in and returns the packed menu of a page."""
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")

    def menu(who=None, language="en"):
        client.cookies["django_language"] = language
        if who:
            client.force_login(who)
        answer = client.get(reverse("wagtailadmin_home"))
        page = BeautifulSoup(answer.content.decode(), "html.parser")
        return json.loads(page.select_one("#wagtail-sidebar-props").text)["modules"][-1]

    return menu


def officer(role, name=""):
    return make.officer(role, make.division("330681"), name=name)


def said_of(menu, what):
    """Return every value of one kind in a packed menu."""
    if isinstance(menu, dict):
        own = [menu[what]] if what in menu else []
        return own + [found for part in menu.values() for found in said_of(part, what)]
    parts = menu if isinstance(menu, list) else []
    return [found for part in parts for found in said_of(part, what)]


def unpacked(value, known):
    """Return a packed value with every reference replaced by what it refers to."""
    if isinstance(value, list):
        return [unpacked(part, known) for part in value]
    if not isinstance(value, dict):
        return value
    if "_ref" in value:
        return known[value["_ref"]]
    parts = {key: unpacked(part, known) for key, part in value.items() if key != "_id"}
    bare = next((parts[key] for key in ("_val", "_list", "_dict") if key in parts), parts)
    return known.setdefault(value.get("_id"), bare) if "_id" in value else bare


@pytest.mark.parametrize("role", [Role.CLERK, Role.COUNTY_BUREAU, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_the_menu_is_what_telepath_makes_of_it(rf, role):
    request = rf.get(reverse("wagtailadmin_home"))  # Reading the addresses registers the desks.
    request.user = (
        make.officer(role, make.organization(in_division=make.division("330681")))
        if role == Role.CLERK
        else officer(role)
    )
    stock = [LinkMenuItem("account", "Account", "/a/"), *admin_menu.render_component(request)]

    packed = JSContext().pack(stock)

    assert len(stock) > 2
    assert json.dumps(in_full(stock), default=str) == json.dumps(unpacked(packed, {}))


def test_what_occurs_twice_or_is_named_like_telepaths_own_words_stays_readable():
    twice = LinkMenuItem("one", "A label that is long enough to be kept", "/one/", attrs={"_id": 1})
    packed = in_full(SubMenuItem("both", "Both", [twice, twice]))

    assert packed["_args"][1] == [packed["_args"][1][0]] * 2
    assert packed["_args"][1][0]["_args"][0]["attrs"] == {"_dict": {"_id": 1}}


def test_the_page_holds_the_menu_packed_in_full(menu):
    packed = menu(officer(Role.COUNTY_BUREAU))

    assert packed["_type"] == "wagtail.sidebar.MainMenuModule"
    assert said_of(packed, "_ref") == said_of(packed, "_id") == []
    assert {"/admin/organizations/", "/admin/mediators/"} <= set(said_of(packed, "url"))


def test_two_accounts_with_different_posts_have_different_menus(menu):
    county, auditor = officer(Role.COUNTY_BUREAU), officer(Role.AUDITOR)
    first, second, again = menu(county), menu(auditor), menu(county)

    assert set(said_of(first, "url")) != set(said_of(second, "url"))
    assert first == again
    assert reverse("ledger:index") in said_of(second, "url")


def test_the_menu_names_the_account_and_speaks_its_language(menu):
    one, other = officer(Role.COUNTY_BUREAU), officer(Role.COUNTY_BUREAU)
    english, chinese, others = menu(one), menu(language="zh-hans"), menu(other)

    assert said_of(english, "label") != said_of(chinese, "label")
    assert said_of(english, "url") == said_of(chinese, "url")
    assert english["_args"][2]["name"] == one.username
    assert others["_args"][2]["name"] == other.username


def test_a_post_that_ends_takes_its_entries_along_at_once(menu):
    who = officer(Role.COUNTY_BUREAU)
    make.actions.grant_post(
        user=who, role=Role.AUDITOR, division=make.division("330681"), from_on=TODAY - DAY,
        by=make.user(), reason="For a while.",
    )  # fmt: skip
    with_both = menu(who)

    who.posts.filter(role=Role.AUDITOR).update(until_on=TODAY)

    assert set(said_of(menu(), "url")) < set(said_of(with_both, "url"))


def test_a_count_in_the_menu_is_counted_anew_on_every_page(menu):
    who, counted = officer(Role.COUNTY_BUREAU), []

    class Counted(MenuItem):
        def render_component(self, request):
            counted.append(len(counted))
            return LinkMenuItem("due", f"Due ({len(counted)})", "/due/")

    admin_menu.registered_menu_items.append(Counted("Due", "/due/", name="due"))
    try:
        labels = [said_of(menu(who), "label") for _ in range(2)]
    finally:
        admin_menu.registered_menu_items.pop()

    assert "Due (1)" in labels[0]
    assert "Due (2)" in labels[1]
