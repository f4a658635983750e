"""An officer imports a roster: upload, headings, check, preview, entering, result file, undo."""

import re

from python_calamine import CalamineWorkbook

from tests.journeys.browser import follow
from tests.journeys.city import FENGQIAO
from tests.registry.rosters import person, table, xlsx

SEND = ".officer-form button[type=submit]"
NEW = "祝凯悦"


def numbers(page):
    """Return how many rows are refused, new, changed and the same."""
    return [int(re.search(r"\d+", text).group()) for text in tabs(page).all_inner_texts()]


def tabs(page):
    return page.locator("a[href*='verdict=']")


def roster_of_two(tmp_path):
    """Write a roster of a person who can be entered and one without a name."""
    rows = [
        person(901, 姓名=NEW, 坐班的地方=FENGQIAO, 联系电话="１３９ 0575 0901"),
        person(902, 姓名="", 坐班的地方=FENGQIAO),
    ]
    for row in rows:
        del row["所在调解组织"]
    return xlsx(tmp_path / "名册.xlsx", table(*rows))


def send_in(page, file):
    """Upload a roster and say which column names the organisation."""
    page.goto("/admin/imports/")
    follow(page, ".officer-title a.button")
    page.select_option("#id_kind", "mediators")
    page.set_input_files("#id_file", file)
    follow(page, SEND)
    page.wait_for_url("**/headings/")
    follow(page, SEND)  # a heading that is not recognised for certain is asked for
    page.wait_for_selector(".officer-errors")
    page.select_option("#id_organization", label="坐班的地方")
    follow(page, SEND)


def test_a_roster_is_checked_entered_and_undone(officer, tmp_path):
    page = officer()
    send_in(page, roster_of_two(tmp_path))

    page.wait_for_selector("a[href*='verdict=']")
    record = page.url
    assert numbers(page) == [1, 1, 0, 0]
    follow(page, "a[href*='verdict=error']")
    assert page.locator(".officer-reasons li").count() == 1
    page.goto(f"/mediators/?q={NEW}")
    assert page.locator(".card").count() == 0

    page.goto(record)
    with page.expect_download() as download:
        page.press("a[href$='/report/']", "Enter")
    download.value.save_as(tmp_path / "result.xlsx")
    result = CalamineWorkbook.from_path(tmp_path / "result.xlsx").get_sheet_by_index(0)
    assert [row[2] for row in result.to_python()[1:]] == ["refused"]

    follow(page, ".officer-send a[href$='/act/apply/']")
    page.fill("#id_reason", "Roster of November.")
    follow(page, SEND)
    page.wait_for_url(record)
    page.goto(f"/mediators/?q={NEW}")
    assert page.locator(".card h2").all_inner_texts() == [NEW]

    page.goto(record)
    follow(page, "a[href$='/act/undo/']")
    page.fill("#id_reason", "It was the wrong file.")
    follow(page, SEND)
    page.wait_for_url(record)
    page.goto(f"/mediators/?q={NEW}")
    assert page.locator(".card").count() == 0


def test_a_file_that_is_no_spreadsheet_is_refused_beside_the_field(officer, tmp_path):
    file = tmp_path / "名册.xlsx"
    file.write_bytes(b"PK\x03\x04 damaged")
    page = officer()
    page.goto("/admin/imports/new/")
    page.select_option("#id_kind", "mediators")
    page.set_input_files("#id_file", file)

    follow(page, SEND)

    assert "The file is damaged" in page.locator(".officer-errors").inner_text()
    assert page.locator("#id_kind").input_value() == "mediators"
