"""What is held of every page a visitor opens: accessible, not too wide, in one language."""

import re

from axe_playwright_python.base import AXE_SCRIPT

from registry.city.accounts import ACCOUNTS
from tests.journeys import pages
from tests.journeys.browser import DESK, PHONE

NARROW = {"width": 320, "height": 700}
TARGETS = {"normal": 44, "large": 48, "extra": 60}
CHINESE = re.compile("[\u3400-\u9fff]+")
ENGLISH = re.compile(r"[A-Za-z']+(?: +[A-Za-z']+)+|\b[a-z]{3,}\b")
# Names that are written alike in both languages, accounts, and what is typed into the box.
ACCOUNT = "|".join(account.username for account in ACCOUNTS)
PROPER = re.compile(
    r"\b(ICP|TOTP|PDF|XLSX|xlsx|csv|GIFT|Aiken|Moodle XML|Open Badge|zhang|chenhongyu|chy"
    rf"|{ACCOUNT}|x{{60}})\b|“[^”]*”|\S+@\S+|\S*\.(gift|pdf|png)\b|\S*\{{\w+.*\}}"
    # The address under which the tests reach the site.
    r"|(http://)?127\.0\.0\.1:\S+?(?=[，。]|$)"
)
# Colours do not change with the width: whoever has looked at them need not look again.
BROKEN_RULES = """
() => axe.run({
    runOnly: {type: "tag", values: [
        "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    resultTypes: ["violations"],
    rules: window.coloursAreSeen ? {"color-contrast": {enabled: false}} : {},
}).then((result) => result.violations.flatMap(
    (rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 90)}`)))
"""


def broken_rules(page):
    """Return the rules of accessibility that are broken, with the elements that break them."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(BROKEN_RULES)


def said_in(page, languages, pattern):
    """Return what of a page is said to be in these languages and fits the pattern."""
    return [
        text
        for language, text in page.evaluate(pages.SAID)
        if language in languages and pattern.search(PROPER.sub("", text))
    ]


def faults_of_a_chinese_page(page):
    return [
        *broken_rules(page),
        *page.evaluate(pages.STICKS_OUT),
        *said_in(page, {"zh-hans", "title-zh-hans"}, ENGLISH),
    ]


def with_targets(size, look=faults_of_a_chinese_page):
    """Return a look that also finds what is too small to be hit at a size of text."""

    def closer(page):
        return [*look(page), *page.evaluate(pages.SMALL_TARGETS, TARGETS[size])]

    return closer


def sticking_out(page):
    return page.evaluate(pages.STICKS_OUT)


def faults_at(page, widths, look):
    """Return what ``look`` finds on the page as it stands, at each width."""
    found = []
    for at, viewport in enumerate(widths):
        page.evaluate(f"window.coloursAreSeen = {int(at > 0)}")
        page.set_viewport_size(viewport)
        found += [f"{viewport['width']}: {fault}" for fault in look(page)]
    return found


def found_on(page, addresses, look, widths=(PHONE, DESK), *, glanced_at=(), answers=(200,)):
    """Open each page once; return what is found on it, where that is something.

    At the widths ``glanced_at`` it is only asked what sticks out.
    """
    found = {}
    for name, address in addresses.items():
        assert page.goto(address).status in answers, address
        faults = faults_at(page, widths, look) + faults_at(page, glanced_at, sticking_out)
        if faults:
            found[name] = faults
    return found
