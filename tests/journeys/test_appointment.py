"""A mediator's way into a post and out of it again, each step by the account whose it is."""

from datetime import date

from office.identity import resident_id_for
from tests.journeys.browser import PHONE, follow
from tests.journeys.city import FENGQIAO
from tests.journeys.desk import PAPER, act, day, fill, is_a_pdf, open_record, press, send, tags

NAME = "屠若谷"
ID_NUMBER = resident_id_for("330681", date(1984, 7, 21), 773)


def test_somebody_is_nominated_vetted_appointed_criticised_and_resigns(officer, arrive):
    clerk, office, county = officer("clerk"), officer("township"), officer("county")
    open_record(clerk, "organizations", FENGQIAO)
    press(clerk, "Nominate somebody")
    fill(clerk, name=NAME, id_number=ID_NUMBER, post="mediator", employment="part_time")
    send(clerk, from_on=day(), reason="The committee needs people.")
    post = clerk.url
    open_record(office, "appointments", NAME, field="mediator")
    assert office.url == post
    act(office, "Vet")
    county.goto(post)
    decided = {"route": "appointed", "unit_body": "committee", "unit": FENGQIAO}
    act(county, "Accept", decided_on=day(-20), document=PAPER, **decided)

    clerk.goto(post)
    press(clerk, "Take up the post")
    assert "certificate" in clerk.locator("#refusals-section").inner_text()
    follow(county, f"#data-section a:has-text('{NAME}')")
    press(county, "Edit")
    send(county, certificate_number="330681099773", reason="Certificate issued today.")
    clerk.goto(post)
    act(clerk, "Take up the post", from_on=day(-10))
    assert tags(clerk) == ["in post"]
    assert is_a_pdf(clerk, f"{post}letter/")
    person = arrive(language="en", viewport=PHONE).page
    person.goto(f"/mediators/?q={NAME}")
    follow(person, ".card h2 a")

    act(clerk, "Record criticism", kind="criticism", ground="partiality", decided_on=day(),
        text="Took sides; told so in the meeting.", document=PAPER)  # fmt: skip
    act(clerk, "Record the resignation", until_on=day(), document=PAPER)
    assert tags(clerk) == ["left the post"]
    follow(clerk, "#discipline-section li a")
    assert clerk.get_by_text("Took sides; told so in the meeting.").is_visible()
    later = arrive(language="en", viewport=PHONE).page
    assert later.goto(person.url).status == 410
