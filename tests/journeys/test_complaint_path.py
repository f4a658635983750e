"""A complaint from the phone to the review, through the hands of all who work on it."""

from tests.journeys.browser import follow
from tests.journeys.city import FENGQIAO, FOUND_BY_SOUND
from tests.journeys.desk import is_a_pdf, send, tags
from tests.journeys.test_complaint import Hand, complain

MAIN_BUTTON = "main .button:not(.button-secondary, .button-small)"
NAME, PHONE = "钱一民", "13900001111"
PAID = "调解结束后向我收了二百元“资料费”。"
FIELDS_OF_THE_SLIP = ["csrfmiddlewaretoken", "code"]
FOUND = "走访了在场的两人，查看了调解记录。"
TOLD = "您反映的问题部分属实，已要求改正。"


def begin(page, act):
    """Open the form of an act: the words of one stand within those of another."""
    follow(page, f".officer-acts a[href$='/act/{act}/']")


def do(page, act, **typed):
    """Take an act that asks for no reason; nothing may be refused."""
    begin(page, act)
    finish(page, **typed)


def finish(page, **typed):
    send(page, **typed)
    assert page.locator(".officer-errors li, #refusals-section li").all_inner_texts() == []


def test_from_the_phone_over_sheet_and_findings_to_decision_reply_and_review(arrive, officer):
    citizen = arrive(language="en").page
    code, number = filed(citizen)

    handler, second = officer("handler"), officer("handler2")
    case = taken_up(handler, second, number)
    sheet = sent_to_the_unit(handler, second, case)
    clerk = officer("clerk")
    reported(clerk, number)
    decided_and_replied(handler, case, sheet)

    opened(citizen, code)
    told = citizen.locator("main").inner_text()
    assert TOLD in told
    assert NAME not in told
    follow(citizen, "a[href$='/case/ask_review/']")
    citizen.fill("main form textarea", "还有一位在场的人没有问到。")
    follow(citizen, "main form[enctype] .button")
    assert citizen.locator("a[href$='/case/ask_review/']").count() == 0

    reviewer = officer("reviewer")
    reviewer.goto(case)
    do(reviewer, "take_up_review", reason="由市局复查。")
    do(
        reviewer, "review", outcome="upheld", reasons="调查充分，结论恰当。",
        to_complainant="复查维持原处理决定。", to_respondent="复查维持原处理决定。",
    )  # fmt: skip
    assert "reviewed" in tags(reviewer)


def test_at_the_window_an_officer_enters_a_complaint_and_hands_over_its_slip(arrive, officer):
    window = officer("township")
    window.goto("/admin/entered_complaints/new/")
    for name, value in [("channel", "window"), ("mode", "named"), ("about", "unknown")]:
        window.check(f"[name={name}][value={value}]")
    window.check("[name=grounds][value=fees]")
    send(window, name=NAME, phone=PHONE, whom="调解室里的高个子", facts=PAID)
    code = window.locator("dd strong").inner_text()
    slip = window.locator("form:has([name=code])")
    told = {name: slip.locator(f"[name={name}]").input_value() for name in FIELDS_OF_THE_SLIP}
    paper = window.request.post(slip.get_attribute("action"), form=told)
    assert paper.body().startswith(b"%PDF")

    window.goto("/admin/entered_complaints/")
    follow(window, "tbody th a >> nth=0")
    shown = window.content()
    assert [one for one in [NAME, PHONE, PAID, code] if one in shown] == []

    citizen = arrive(language="en").page
    opened(citizen, code)
    assert "Your complaint was received." in citizen.locator("main").inner_text()
    assert NAME not in citizen.content()


def filed(citizen):
    """Complain with a name; return the code that is shown once, and the number."""
    hand = Hand(citizen, examines=False)
    complain(hand, "named")
    hand.tap(MAIN_BUTTON)
    number = citizen.locator(".panel p").first.inner_text().split()[-1]
    return citizen.locator(".code").inner_text(), number


def taken_up(handler, second, number):
    """Take a complaint up and accept it; nobody else reads a word. Returns its page."""
    handler.goto(f"/admin/complaints/?number={number}")
    follow(handler, "tbody th a")
    case = handler.url
    assert FOUND_BY_SOUND not in handler.content()
    do(handler, "screen")
    assert FOUND_BY_SOUND in handler.content()
    assert NAME not in handler.locator("main").inner_text()
    second.goto(case)
    assert FOUND_BY_SOUND not in second.content()
    do(handler, "accept")
    return case


def sent_to_the_unit(handler, second, case):
    """Draw up the sheet, let the second person approve it; returns its page."""
    follow(handler, "#sheets-section a.button, #sheets-section .button, a:has-text('Draw up')")
    send(handler)
    sheet = handler.url
    begin(handler, "propose")
    handler.select_option("[name=second]", index=1)
    finish(handler)
    second.goto(sheet)
    do(second, "approve")
    handler.goto(case)
    assert "with the unit" in tags(handler)
    return sheet


def reported(clerk, number):
    """The unit reads what may be told and reports."""
    clerk.goto("/admin/received_sheets/?state=sent")
    follow(clerk, f"tbody th a:has-text('{number}')")
    shown = clerk.content()
    assert [one for one in [NAME, PHONE] if one in shown] == []
    assert is_a_pdf(clerk, f"{clerk.url}paper/")
    begin(clerk, "report")
    clerk.check("[name=is_heard][value=yes]")
    finish(
        clerk, first="何建明", second="宣国强", said="本人承认方式不妥。",
        finding_property="partly", text_property=FOUND, proposal="责令改正。",
    )  # fmt: skip


def decided_and_replied(handler, case, sheet):
    """Decide by ground, and reply to both sides."""
    handler.goto(case)
    begin(handler, "decide")
    handler.select_option("[name^=finding]", "partly")
    handler.check("[name=measures][value=order]")
    finish(handler, reasons="查证属实的部分，要求改正。")
    begin(handler, "reply")
    finish(
        handler, to_complainant=TOLD, to_respondent="关于您的投诉已作出处理，请改正。",
        to_unit=f"请{FENGQIAO}责令改正。",
    )  # fmt: skip


def opened(citizen, code):
    """Open the complaint with its code."""
    citizen.goto("/complaints/follow/")
    citizen.fill("[name=code]", code.lower())
    follow(citizen, "main form .button")
