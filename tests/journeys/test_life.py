"""The life of a committee: filed, listed, put on notice to leave, kept by an objection, gone."""

from registry.models.division import division_id
from tests.journeys.browser import PHONE, follow
from tests.journeys.desk import PAPER, SEND, act, choose, day, object_to, open_record

TOWNSHIP = division_id("330681109")
NAME = "枫桥镇明理有限公司人民调解委员会"
MEMBERS = [
    ("director", "骆一帆", "female"),
    ("member", "宣二郎", "male"),
    ("member", "斯三元", "male"),
]


def file_a_new_committee(page):
    """Draw a filing up step by step; returns its address."""
    page.goto("/admin/filings/new/set_up/")
    page.fill("[name=name]", NAME)
    page.select_option("[name=kind]", "enterprise")
    choose(page, "division", TOWNSHIP)
    page.fill("[name=founding_unit]", "明理有限公司")
    page.fill("[name=event_on]", day(-5))
    follow(page, SEND)
    record = page.url.partition("/members/")[0]
    for post, name, sex in MEMBERS:
        page.goto(f"{record}/members/new/")
        page.fill("[name=name]", name)
        page.select_option("[name=sex]", sex)
        page.fill("[name=born_on]", "1980-05-04")
        page.select_option("[name=post]", post)
        follow(page, SEND)
    page.goto(f"{record}/papers/")
    page.select_option("[name=kind]", "minutes")
    page.set_input_files("[name=upload]", PAPER)
    follow(page, SEND)
    page.goto(f"{record}/check/")
    page.fill("[name=reason]", "Minutes of 17 November.")
    follow(page, SEND)
    return f"{record}/"


def test_a_committee_is_filed_by_the_justice_office_and_listed_by_the_county(officer, arrive):
    office = officer("township")
    record = file_a_new_committee(office)
    office.goto(record)
    act(office, "Pass on")
    citizen = arrive(viewport=PHONE).page
    citizen.goto(f"/organizations/?q={NAME}")
    assert citizen.locator(".card").count() == 0

    county = officer("county")
    county.goto(record)
    act(county, "Accept the filing")

    citizen.goto(f"/organizations/?q={NAME}&page=1")
    assert citizen.locator(".card h2").inner_text() == NAME
    follow(citizen, ".card h2 a")
    assert all(citizen.get_by_text(name).first.is_visible() for _post, name, _sex in MEMBERS)


def test_an_upheld_objection_keeps_a_committee_and_the_second_officer_ends_another(officer, arrive):
    county, second = officer("county"), officer("county2")
    assert kept_by_an_objection(county, second, arrive(language="en", viewport=PHONE).page)

    county.goto("/admin/closures/?state=proposed")
    name = county.locator("tbody th a").first.inner_text()
    follow(county, "tbody th a")
    address = county.url
    follow(county, ".officer-acts a:has-text('Deregister')")
    county.fill("[name=typed_name]", name)
    county.fill("[name=reason]", "Carried out by the same officer.")
    follow(county, SEND)
    assert county.locator(".officer-errors").is_visible()

    second.goto(address)
    follow(second, ".officer-acts a:has-text('Deregister')")
    second.fill("[name=typed_name]", name)
    second.fill("[name=reason]", "Decided by the second officer.")
    follow(second, SEND)

    citizen = arrive(language="en", viewport=PHONE).page
    citizen.goto(f"/organizations/?q={name}")
    assert citizen.locator(".card").count() == 0


def kept_by_an_objection(county, second, citizen):
    """Announce a deregistration, object to it, uphold the objection, which stops the case."""
    open_record(county, "organizations", "望江村")
    pk = county.url.rstrip("/").rpartition("/")[2]
    county.goto(f"/admin/closures/new/?organization={pk}")
    county.select_option("[name=ground]", "abolished")
    county.fill("[name=facts]", "The village decided so.")
    county.fill("[name=reason]", "Letter of the village.")
    follow(county, SEND)
    case = county.url
    follow(county, ".officer-acts a:has-text('Add a document')")
    county.select_option("[name=kind]", "decision")
    county.set_input_files("[name=upload]", PAPER)
    county.fill("[name=reason]", "The decision.")
    follow(county, SEND)
    act(county, "Put on public notice")
    assert object_to(citizen, "望江村") != ""

    second.goto("/admin/objections/")
    follow(second, "tbody th a:has-text('望江村')")
    follow(second, ".officer-acts a:has-text('Uphold')")
    second.fill("[name=answer]", "The objection is right.")
    second.fill("[name=reason]", "Looked into.")
    follow(second, SEND)
    county.goto(case)
    assert county.locator(".officer-acts a:has-text('Stop')").count() == 0
    citizen.goto("/organizations/?q=望江村")
    return citizen.locator(".card").count() == 1
