"""The yearly confirmation: opened, answered by a clerk, the others reminded, closed."""

from registry.models.division import division_id
from tests.journeys.browser import follow
from tests.journeys.city import FENGQIAO, VILLAGES
from tests.journeys.desk import SEND, act, choose, day, fill, open_record, press, tags

COUNTY = division_id("330681")


def standing(page, name):
    """Tell how an organisation stands in the list of those asked to confirm."""
    page.goto(f"/admin/confirmations/?name={name}")
    return page.locator("tbody .officer-tag").first.inner_text()


def test_a_campaign_is_opened_answered_reminded_of_and_closed(officer):
    county, clerk = officer("county"), officer("clerk")
    county.goto("/admin/campaigns/")
    follow(county, "tbody tr:not(:has(td:nth-child(5):not(:text('—')))) th a")
    act(county, "Close the campaign")
    county.goto("/admin/campaigns/")
    follow(county, "a:has-text('Add')")
    choose(county, "division", COUNTY)
    fill(county, due_on=day(30), reason="Plan of the year.")
    follow(county, SEND)
    campaign = county.url
    assert standing(county, FENGQIAO) == "not confirmed yet"

    open_record(clerk, "organizations", FENGQIAO)
    press(clerk, "Confirm people and data")
    press(clerk, "Confirm people and data")
    fill(clerk, differences="One member has moved away.")
    follow(clerk, SEND)

    assert standing(county, FENGQIAO) == "confirmed"
    assert standing(county, VILLAGES["huixin"]) == "not confirmed yet"
    county.goto(campaign)
    press(county, "Who has confirmed")
    assert county.locator(".officer-table tbody th").all_inner_texts() == [FENGQIAO]
    county.goto(campaign)
    assert county.get_by_text("One member has moved away.").is_visible()
    act(county, "Remind the clerks")
    act(county, "Close the campaign")
    assert tags(county) == ["closed"]
    open_record(clerk, "organizations", FENGQIAO)
    assert clerk.locator(".officer-acts a:has-text('Confirm people')").count() == 0
