"""Takes the pictures of the README from a running demo, and makes them small.

Run ``make demo`` first, then in another shell::

    DEBUG=1 DJANGO_SETTINGS_MODULE=portal.settings .venv/bin/python -m tests.journeys.screenshots http://127.0.0.1:8000

It uploads the sample roster and checks it, without entering it in the register.
"""

import sys

import django
from PIL import Image

from tests.databases import ROOT

FOLDER = ROOT / "docs" / "screenshots"
SAMPLE = ROOT / "tests" / "registry" / "samples" / "zhuji_organizations.xlsx"
COLOURS = 96
RESULTS = "/mediators/?q=zhang&division=330681&speciality=property"
COMMITTEE = "/organizations/?q=枫桥镇人民调解委员会"
SEND = ".officer-form button[type=submit]"


def take(page, name):
    """Keep what is on the screen, in few colours."""
    page.wait_for_load_state("networkidle")
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


def take_public(page, suffix):
    page.goto("/")
    take(page, f"home-{suffix}")
    page.goto(RESULTS)
    take(page, f"results-{suffix}")
    page.click(".card h2 a")
    take(page, f"mediator-{suffix}")
    page.goto(COMMITTEE)
    page.click(".card h2 a")
    take(page, f"organization-{suffix}")


def take_desk(page):
    take(page, "desk-dashboard")
    page.goto("/admin/mediators/?level=4")
    take(page, "desk-mediators")
    page.goto("/admin/organizations/?kind=township")
    take(page, "desk-organizations")
    page.click("tbody th a")
    take(page, "desk-organization")
    page.goto("/admin/mediators/")
    page.click("tbody th a")
    take(page, "desk-mediator")
    page.click(".officer-acts a")
    take(page, "desk-edit")


def take_import(page):
    page.goto("/admin/imports/new/")
    page.select_option("#id_kind", "organizations")
    page.set_input_files("#id_file", SAMPLE)
    page.click(SEND)
    take(page, "desk-import-headings")
    page.click(SEND)
    rows = page.locator("a[href*='verdict=error']")
    take(page, "desk-import")
    rows.click()
    take(page, "desk-import-rows")


def main(site):
    from tests.journeys.browser import DESK, PHONE, Visitor, chromium  # noqa: PLC0415

    FOLDER.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        take_public(Visitor(browser, site, viewport=DESK).page, "desktop")
        take_public(Visitor(browser, site, viewport=PHONE).page, "phone")
        large = Visitor(browser, site, viewport=PHONE, text_size="large").page
        large.goto(RESULTS)
        take(large, "results-phone-large-text")
        officer = Visitor(browser, site, viewport=DESK).sign_in("county")
        officer.wait_for_url("**/admin/")
        take_desk(officer)
        take_import(officer)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1])
