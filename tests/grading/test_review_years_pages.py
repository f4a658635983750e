"""What a year is made up of, as officers, the person and the paper show it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from grading.actions import review_corrections, review_sheets
from grading.models import ReviewSheet
from grading.notices.review_papers import sheet_paper
from grading.reports.review_lines import told_of
from tests import make
from tests.grading import make_sheets, make_years
from tests.grading.make_sheets import WHY
from tests.make import TODAY
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK, CYCLES = "grading_sheets", "grading_reviews"


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def year():
    """A year of somebody who came in the second quarter and has no result in the fourth."""
    rule = make_years.version({"how": "mean", "missing": "skip"})
    held = make_years.quarters(rule, 1, 2, 3)
    who = make_years.person(date(2025, 4, 1))
    who.user = make.user()
    who.save()
    make_years.part(held[2], who, 92)
    make_years.part(held[3], who, 84)
    year = make_years.opened(make_years.draft(rule))
    return make_years.checked(year)[who]


BECAME = [
    ("quarter 1 of 2025", "", "Not in post: it neither counts nor is missing."),
    ("quarter 2 of 2025", "92", "It counts for 50% of the year."),
    ("quarter 3 of 2025", "84", "It counts for 50% of the year."),
    ("quarter 4 of 2025", "", "Missing: there was no review. It is not counted as nothing."),
]


def parts(sheet):
    return [(one.label, one.score, one.became) for one in told_of(sheet).parts]


def test_each_part_is_told_with_what_became_of_it(year):
    assert parts(year) == BECAME
    told = told_of(year)
    assert (told.lines, [label for label, _value in told.sums]) == (
        [], ["By the rule", "Score", "Band by points"],
    )  # fmt: skip


def test_before_it_is_checked_the_parts_are_told_as_they_stand(year):
    review_sheets.reopen(year.pk, by=make.user(), **WHY)
    assert parts(ReviewSheet.objects.get(pk=year.pk)) == BECAME


@pytest.mark.parametrize(
    ("rollup", "scores", "became"),
    [
        ({"how": "latest", "missing": "skip"}, (90, 80, None, None),
         ["By the rule it does not count in the year.", "It counts for 100% of the year.",
          "Missing: there is no sheet. It is not counted as nothing.",
          "Missing: there is no sheet. It is not counted as nothing."]),
        ({"how": "mean", "missing": "not_assessed"}, (90, 80, 70, None),
         [*["The year has no result."] * 3,
          "Missing: there is no sheet. The year has no result."]),
    ],
)  # fmt: skip
def test_what_does_not_count_says_why(rollup, scores, became):
    rule = make_years.version(rollup)
    who = make_years.person()
    make_years.parts(who, make_years.quarters(rule), *scores)
    sheet = make_years.checked(make_years.opened(make_years.draft(rule)))[who]
    assert [one.became for one in told_of(sheet).parts] == became


def test_an_officer_finds_the_parts_and_no_points_to_give(client, county, year):
    page = client.get(url(DESK, "inspect", year.pk))
    said = text_of(page)
    assert all(f"{label} " in said and became in said for label, _score, became in BECAME)
    second = year.content["parts"][1]["sheet"]
    assert url(DESK, "inspect", second) in page.content.decode()
    review_sheets.reopen(year.pk, by=make.user(), **WHY)
    labels = [
        label for label, *_rest in client.get(url(DESK, "inspect", year.pk)).context["buttons"]
    ]
    assert labels[0] == "Propose the result"
    assert {"Give points", "Correct a figure"}.isdisjoint(labels)


def test_the_way_to_a_part_is_shown_only_to_whom_may_see_it(client, at_desk, year):
    elsewhere = make.organization(in_division=make.division("330681102"))
    second = year.content["parts"][1]["sheet"]
    ReviewSheet.objects.filter(pk=second).update(
        organization=elsewhere, division=elsewhere.division
    )
    at_desk(make_sheets.office())
    page = client.get(url(DESK, "inspect", year.pk)).content.decode()
    assert url(DESK, "inspect", second) not in page
    assert url(DESK, "inspect", year.content["parts"][2]["sheet"]) in page


def test_a_flagged_year_is_found_and_put_right_without_typing_figures(client, at_desk, year):
    at_desk(password_shown=True)
    part = year.content["parts"][1]["sheet"]
    ReviewSheet.objects.filter(pk=year.pk).update(flagged_on=TODAY)
    listed = client.get(url(DESK, "index"), {"flagged": "true", "state": "proposed"})
    assert [row.pk for row, *_rest in listed.context["listed"]] == [year.pk]
    assert "To be looked at again" in text_of(client.get(url(DESK, "inspect", year.pk)))
    year = ReviewSheet.objects.get(pk=year.pk)
    make_sheets.decided(year.cycle)
    ReviewSheet.objects.filter(pk=part).update(score=72, digest="1" * 64)
    address = url(DESK, "act", year.pk, "correct")
    shown = client.get(address)
    assert [name for name in shown.context["form"].fields if name != "submission"] == ["reason"]
    first = "The year is worked out anew from its shorter reviews as they stand now."
    assert shown.context["consequences"][0] == first
    assert client.post(address, sent()).status_code == 302
    new = ReviewSheet.objects.get(corrects=year)
    assert str(new.score) == "78.00"
    review_corrections.confirm_correction(new.pk, by=make.user(), **make_sheets.LATER)
    flagged = client.get(url(DESK, "index"), {"flagged": "true", "state": "replaced"})
    assert list(flagged.context["listed"]) == []


def test_the_person_reads_the_parts_once_the_result_is_told(client, at_desk, year):
    at_desk(year.mediator.user)
    address = reverse("my_review", args=[year.pk])
    before = text_of(client.get(address))
    assert "It counts for 50% of the year." not in before
    assert "The result of the year is made up of your shorter reviews." in before
    make_sheets.announced(year.cycle)
    page = client.get(address)
    assert all(became in text_of(page) for _label, _score, became in BECAME)
    second = year.content["parts"][1]["sheet"]
    assert reverse("my_review", args=[second]) in page.content.decode()
    assert client.get(reverse("my_review_paper", args=[year.pk])).content[:5] == b"%PDF-"


def test_the_paper_has_a_table_of_the_parts_in_place_of_figures(year):
    paper = sheet_paper(year, told_of(year), issuer="司法局", dated_on=TODAY, is_final=False)
    headings = [one.text for one in paper.body if type(one).__name__ == "Heading"]
    assert headings == ["一、各期考核", "二、考核结果", "三、异议及答复", "四、签字"]
    table = next(one for one in paper.body if type(one).__name__ == "Rows")
    assert [[row[0], row[2], row[4]] for row in table.rows] == [
        [label, score or "—", became] for label, score, became in BECAME
    ]


def test_opening_a_year_says_what_it_brings_about(client, county):
    rule = make_years.version()
    make_years.quarter(1, rule)
    make_years.person()
    year = make_years.draft(rule)
    page = client.get(url(CYCLES, "act", year.pk, "open"))
    assert page.context["consequences"][1] == (
        "The shorter reviews of this rule and place are tied to the year."
    )
    for _twice in range(2):
        client.post(url(CYCLES, "act", year.pk, "open"), sent())
    year.refresh_from_db()
    assert (year.state, year.sheets.count()) == ("bureau", 1)
    late = make_years.quarter(2, rule, "bureau", title="二季度考核")
    elsewhere = make_years.quarter(3, rule, division=make.division("330682"), title="外县考核")
    type(late).objects.filter(pk=elsewhere.pk).update(part_of=year)
    type(late).objects.filter(pk=late.pk).update(part_of=year)
    shown = text_of(client.get(url(CYCLES, "inspect", year.pk)))
    assert "二季度考核 with the bureau" in shown
    assert "外县考核" not in shown
    type(late).objects.filter(pk=elsewhere.pk).update(part_of=None)
    sheet = year.sheets.get()
    page = client.get(url(DESK, "act", sheet.pk, "check"))
    assert page.context["refusals"] == ["“二季度考核” counts in this year and is not decided yet."]
