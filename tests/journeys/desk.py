"""What people do again and again in the journeys: find a record, act on it, object to it."""

from datetime import UTC, datetime, timedelta

from tests.journeys.browser import follow
from tests.registry.cases import PDF

SEND = ".officer-form button[type=submit]"
PAPER = {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": PDF}
REASON = "Decided in the meeting of the bureau."


def day(days=0):
    """Return a day counted from today, as date fields are filled with it."""
    return (datetime.now(UTC) + timedelta(hours=8, days=days)).date().isoformat()


def fill(page, **typed):
    """Fill fields of the form: selects by value, files by what is uploaded, others by text."""
    for name, value in typed.items():
        field = page.locator(f".officer-form [name={name}]:visible").first
        kind = field.evaluate("field => field.type")
        if kind == "select-one":
            field.select_option(value)
        elif kind == "file":
            field.set_input_files(value)
        elif kind == "checkbox":
            field.set_checked(value)
        else:
            field.fill(value)


def send(page, **typed):
    fill(page, **typed)
    follow(page, SEND)


def press(page, name):
    """Follow a button of the record's page."""
    follow(page, f".officer-acts a:has-text('{name}')")


def act(page, name, **typed):
    """Open an act of the record on the page, fill its form and send it."""
    press(page, name)
    send(page, **{"reason": REASON, **typed})
    told = page.locator(".officer-errors li, #refusals-section li").all_inner_texts()
    assert told == [], told


def open_record(page, desk, name, field="name"):
    """Find a record in a list through its filter and open it; returns its address."""
    page.goto(f"/admin/{desk}/?{field}={name}")
    follow(page, "tbody th a")
    return page.url


def choose(page, field, value):
    """Put a row into a field whose chooser would open a window."""
    page.evaluate(f"document.querySelector('input[name={field}]').value = '{value}'")


def tags(page):
    return [tag.inner_text().strip() for tag in page.locator(".officer-title .officer-tag").all()]


def is_a_pdf(page, address):
    """Tell whether the officer is handed a PDF there."""
    answer = page.request.get(address)
    return answer.status == 200 and answer.body().startswith(b"%PDF")


def object_to(citizen, name, text="The village still needs its committee."):
    """Raise an objection to the running notice with this in its title; returns the receipt code."""
    citizen.goto("/notices/")
    follow(citizen, f".card a:has-text('{name}')")
    follow(citizen, "a:has-text('Raise an objection')")
    citizen.fill("[name=text]", text)
    follow(citizen, "main form .button")
    return citizen.locator(".code").inner_text()
