"""Which pages of complaints are looked at: whose they are, and how one gets to them."""

from complaints import vault
from tests.journeys.browser import follow
from tests.journeys.city import FOUND_BY_SOUND
from tests.journeys.desk import SEND
from tests.journeys.pages import first_of

QUEUE, FIRST = "/admin/complaints/?state={}&handler=mine", "tbody th a"
MAIN_BUTTON = "main .button:not(.button-secondary, .button-small)"
# The acts whose forms are looked at on a case of each state: those that ask for more than a reason.
CASES = {
    "screening": [
        "reject", "ask_material", "merge", "withdraw", "hand_over", "transfer", "write", "classify",
        "unmask",
    ],
    "awaiting_material": [],
    "accepted": ["suspend", "extend"],
    "findings_in": ["decide"],
    "decided": ["reply"],
    "replied": ["report_retaliation", "note_witness"],
    "rejected": [],
}  # fmt: skip
SHEETS = {"draft": ["write", "route", "propose"], "reported": ["send_back"]}
# What holders of codes see: complaints of the demo, by the forms they were sent with.
HELD = {
    "received": ("demo-0", ["add", "withdraw"]),
    "asked": ("demo-12", []),
    "refused": ("demo-22", []),
    "withdrawn": ("demo-32", []),
    "lapsed": ("demo-35", ["reopen"]),
    "with the unit": ("demo-sheet-3", []),
    "replied": ("decisions 4", ["ask_review", "rate"]),
    "final": ("decisions 12", []),
}


def handlers_pages(page):
    """Return the addresses of a handler's desks, cases and forms."""
    desks = [
        "complaints", "complaints/?group=inquiry", "task_sheets", "entered_complaints",
        "hotline_imports", "hotline_imports/new", "complaint_insight", "complaint_consequences",
        "key_destructions", "key_destructions/due", "complaint_policies",
    ]  # fmt: skip
    ticket_file = first_of(page, "/admin/hotline_imports/?state=checked", FIRST)
    return {
        **desk_pages(*desks),
        **opened(page, "case", QUEUE, CASES),
        **opened(page, "sheet", "/admin/task_sheets/?state={}", SHEETS),
        "case of another": first_of(page, "/admin/complaints/?state=received", FIRST),
        "sheet being drawn up": sheet_to_draw(page),
        "file of tickets": ticket_file,
        "entering tickets": f"{ticket_file}act/enter/",
    }


def sheet_to_draw(page):
    """Return the address of the form by which a sheet is drawn up for an accepted case."""
    page.goto(first_of(page, QUEUE.format("accepted"), FIRST))
    return page.locator("a[href*='/task_sheets/new/']").first.get_attribute("href")


def second_persons_pages(page):
    sheet = first_of(page, "/admin/task_sheets/?state=proposed", FIRST)
    return {"proposed sheet": sheet, "approving": f"{sheet}act/approve/"}


def reviewers_pages(page):
    case = first_of(page, QUEUE.format("in_review").partition("&")[0], FIRST)
    return {
        **desk_pages("complaints", "complaint_insight"),
        "case in review": case,
        "reviewing": f"{case}act/review/",
    }


def units_pages(page):
    """Return the addresses of what a committee's clerk is sent."""
    return {
        **desk_pages("received_sheets", "complaint_consequences"),
        **opened(page, "sheet", "/admin/received_sheets/?state={}", {"sent": ["object", "report"]}),
    }


def windows_pages(page):
    """Return the addresses of a justice office: the window, and the units it presses."""
    sheet = first_of(page, "/admin/supervised_sheets/", FIRST)
    return {
        **desk_pages("entered_complaints", "entered_complaints/new", "supervised_sheets"),
        "supervised sheet": sheet,
    }


def bureaus_pages(page):
    task = first_of(page, "/admin/complaint_consequences/?state=open", FIRST)
    return {**desk_pages("complaint_insight", "complaint_consequences"), "measure": task}


def heads_pages(page):
    """Return the addresses of what the head of the bureau alone sees."""
    view = first_of(page, "/admin/identity_views/", FIRST)
    proposed = first_of(page, "/admin/key_destructions/?state=proposed", FIRST)
    return {
        **desk_pages("complaints", "complaint_insight", "identity_views", "key_destructions"),
        "view of an identity": view,
        "proposed destruction": proposed,
        "refusing the destruction": f"{proposed}act/reject/",
        "adding a figure": "/admin/complaint_policies/new/",
    }


def mediators_pages(page):
    sheet = first_of(page, "/my/complaints/", "main a[href*='/my/complaints/']")
    return {
        "own sheets": "/my/complaints/",
        "own sheet": sheet,
        "replies": "/my/complaints/replies/",
    }


OFFICERS = {
    "handler": handlers_pages,
    "handler2": second_persons_pages,
    "reviewer": reviewers_pages,
    "clerk": units_pages,
    "township": windows_pages,
    "county": bureaus_pages,
    "city": heads_pages,
}


def desk_pages(*names):
    return {name: f"/admin/{name}" if "?" in name else f"/admin/{name}/" for name in names}


def opened(page, kind, desk, acts):
    """Return the address of one record in each state, with those of the forms of acts."""
    found = {}
    for state, names in acts.items():
        record = first_of(page, desk.format(state), FIRST)
        found[f"{kind} {state}"] = record
        found |= {f"{kind} {state}: {name}": f"{record}act/{name}/" for name in names}
    return found


def complain(page):
    """Go through the form, first with what is refused; yields what each page shows."""
    page.goto("/complaints/")
    follow(page, MAIN_BUTTON)
    yield "way"
    follow(page, "button[value=named]")
    yield "whom"
    follow(page, "main form[role=search] .button")
    yield "whom, nothing typed"
    page.click("summary")
    follow(page, "button[name=describe]")
    yield "whom, not described"
    page.fill("#id_q", FOUND_BY_SOUND)
    follow(page, "main form[role=search] .button")
    yield "whom, found"
    follow(page, "button[value^='mediator:']")
    yield "what"
    follow(page, MAIN_BUTTON)
    yield "what, not told"
    page.check("#id_grounds_2")
    page.fill("#id_text", "只听对方一个人说，不让我说话。" * 20)
    follow(page, MAIN_BUTTON)
    yield "evidence"
    follow(page, "button[name=add]")
    yield "evidence, no file"
    damaged = {"name": "录音.mp3", "mimeType": "audio/mpeg", "buffer": b"nothing"}
    page.set_input_files("#id_files", damaged)
    follow(page, "button[name=add]")
    yield "evidence, damaged"
    follow(page, MAIN_BUTTON)
    yield "contact"
    follow(page, MAIN_BUTTON)
    yield "contact, not told"
    page.fill("#id_name", "钱一民")
    page.fill("#id_phone", "139 0000 1111")
    follow(page, MAIN_BUTTON)
    yield "check"
    follow(page, MAIN_BUTTON)
    yield "receipt"


def follow_up(page):
    """Open complaints by their codes, and the forms of what is possible; yields each page."""
    page.goto("/complaints/follow/")
    yield "code"
    page.fill("[name=code]", "AAAA-AAAA-AAAA-AAAA")
    follow(page, "main form .button")
    yield "wrong code"
    for name, (submission, acts) in HELD.items():
        page.goto("/complaints/follow/")
        page.fill("[name=code]", vault.receipt_code(submission))
        follow(page, "main form .button")
        yield name
        links = [f"a[href$='/case/{act}/']" for act in acts]
        links += ["a[href*='/case/answer/']"] if name == "asked" else []
        for link in links:
            follow(page, link)
            yield f"{name}: {link}"
            follow(page, "main form[enctype] .button, main form .button >> nth=-1")
            yield f"{name}: {link}, nothing typed"
            page.goto("/complaints/follow/case/")


def shown_once(page):
    """Do what shows a page that no address leads to; yields what each shows."""
    page.goto("/admin/entered_complaints/new/")
    follow(page, SEND)
    yield "entry, nothing typed"
    for name, value in [("channel", "window"), ("mode", "anonymous"), ("about", "unknown")]:
        page.check(f"[name={name}][value={value}]")
    page.check("[name=grounds][value=fees]")
    page.fill("[name=whom]", "调解室里的高个子")
    page.fill("[name=facts]", "调解结束后向我收了二百元资料费，没有开收据。")
    follow(page, SEND)
    yield "code of what was entered"
    case = first_of(page, QUEUE.format("findings_in"), FIRST)
    page.goto(f"{case}act/unmask/")
    page.fill("[name=reason]", "需要向投诉人核对收据的日期。")
    follow(page, SEND)
    yield "who complained"
    page.goto(f"{case}act/decide/")
    follow(page, SEND)
    yield "decision, nothing typed"
