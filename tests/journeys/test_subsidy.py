"""From the claim of a committee to its payment, with a return on the way."""

from tests.journeys.browser import follow
from tests.journeys.city import FENGQIAO
from tests.journeys.desk import PAPER, act, day, is_a_pdf, open_record, press, send, tags

RETURNED = "Say in the first line why two mediators took part."
MENDED = "The parties live in two villages; each sent its mediator."


def test_a_claim_is_returned_mended_checked_by_all_and_paid(officer, arrive):
    clerk, first, second = officer("clerk"), officer("township"), officer("township2")
    bureau, other = officer("county"), officer("county2")

    clerk.goto("/admin/claims/new/")
    send(clerk, reason="The claim of the quarter.")
    batch = clerk.url
    assert clerk.locator("#lines-section tbody tr, table tbody tr").count() >= 3
    decide_what_is_open(clerk, batch)
    hand_in(clerk, "Submit")
    assert tags(clerk) == ["awaiting first check"]

    first.goto(batch)
    act(first, "Return with reasons", reason=RETURNED)
    clerk.goto(batch)
    assert clerk.get_by_text(RETURNED).first.is_visible()
    mend_the_first_line(clerk, batch)
    hand_in(clerk, "Submit again")

    first.goto(batch)
    act(first, "First check passed")
    # Nobody takes two steps in a row: the same account is told so, another goes on.
    press(first, "Second check passed")
    send(first, reason="I do it myself.")
    assert "Whoever took the last step" in first.locator(".officer-errors").inner_text()
    second.goto(batch)
    act(second, "Second check passed")
    first.goto(batch)
    act(first, "Record the township", leader="何志远", reviewed_on=day(), document=PAPER)
    bureau.goto(batch)
    act(bureau, "check passed")
    other.goto(batch)
    act(other, "Approve")
    bureau.goto(batch)
    act(bureau, "Record the payment", paid_on=day(), voucher="记-2026-0099")
    assert tags(bureau) == ["paid"]

    assert is_a_pdf(bureau, f"{batch}sheet/")
    assert is_a_pdf(bureau, f"{batch}payment/")
    workbook = bureau.request.get(f"{batch}payment/xlsx/")
    assert workbook.body().startswith(b"PK")
    assert open_record(bureau, "claims", FENGQIAO, "organization")

    mediator = arrive(language="en").sign_in("mediator", to="/my/")
    follow(mediator, "a:has-text('My pay')")
    paid = mediator.locator(".card", has_text="for cases").first.inner_text()
    assert "paid" in paid


def decide_what_is_open(clerk, batch):
    """Give an amount with its reason where the scheme leaves one; strike out what stays barred."""
    for address in addresses(clerk, "tbody tr:has-text('The amount is not decided.') th a"):
        clerk.goto(address)
        offered = clerk.locator("main").inner_text()
        if "–" in offered:
            press(clerk, "Adjust")
            low = clerk.locator("[name=amount]")
            assert low.input_value() == ""
            send(clerk, amount=lowest(offered), reason="Many people, three meetings.")
    clerk.goto(batch)
    for address in addresses(clerk, "tbody tr:has(.officer-error) th a"):
        clerk.goto(address)
        act(clerk, "Strike out", reason="The file is not complete.")
    clerk.goto(batch)


def lowest(text):
    """Return the lower bound of the range that stands on the page."""
    line = next(line for line in text.splitlines() if "–" in line and line[:1].isdigit())
    return line.split("–")[0].strip()


def mend_the_first_line(clerk, batch):
    follow(clerk, "tbody th a")
    act(clerk, "Adjust", reason=MENDED)
    clerk.goto(batch)
    assert clerk.get_by_text(MENDED).first.is_visible()


def hand_in(clerk, name):
    press(clerk, name)
    clerk.check("[name=declares]")
    send(clerk, reason="Complete.")
    assert clerk.locator(".officer-errors li, #refusals-section li").all_inner_texts() == []


def addresses(page, selector):
    return [link.get_attribute("href") for link in page.locator(selector).all()]
