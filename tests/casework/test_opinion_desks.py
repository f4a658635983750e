"""The desks of visits, codes, opinions, samples and checks: who sees what, what stays hidden."""

import pytest

from casework.models import FileCheck, Opinion, OpinionCode, QualityScheme, Sample
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_cases
from tests.casework import make_opinions as made
from tests.make import TODAY
from tests.registry.desk import REASON, elsewhere, sent, url

pytestmark = pytest.mark.django_db
DESKS = [
    "return_visits", "opinions", "opinion_codes", "file_checks", "case_samples", "satisfaction",
    "quality_schemes",
]  # fmt: skip
# What each role is shown; the desks it may not open are 404.
SEEN = {
    Role.CLERK: {"opinion_codes", "file_checks", "satisfaction", "quality_schemes"},
    Role.JUSTICE_OFFICE: set(DESKS),
    Role.COUNTY_BUREAU: set(DESKS),
    Role.CITY_BUREAU: {"case_samples", "satisfaction", "quality_schemes"},
    Role.AUDITOR: set(DESKS),
    Role.TRAINER: set(),
}


@pytest.fixture(autouse=True)
def figures():
    made.ready()


def text(response):
    return response.content.decode()


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


def somebody(role, body=None):
    if role == Role.CLERK:
        return make.officer(role, body or make.organization())
    return make.officer(role, make.division("330681"))


@pytest.mark.parametrize("role", SEEN)
def test_each_role_opens_its_desks_and_no_other(client, at_desk, role):
    at_desk(somebody(role))
    opened = {desk for desk in DESKS if client.get(url(desk, "index")).status_code == 200}
    assert opened == SEEN[role]


@pytest.mark.parametrize("desk", ["return_visits", "opinions", "opinion_codes", "file_checks"])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_as_many_queries_for_one_row_as_for_three(
    client, county, desk, rows, django_assert_num_queries
):
    for number in range(rows):
        place = make.division(f"33068100{number + 1}")
        case = make_cases.case("succeeded", body=make.organization(in_division=place))
        made.visit(case)
        made.code(case, side="respondent")
        made.file_check("checked", case=case)
    client.get(url(desk, "index"))

    with django_assert_num_queries(QUERIES[desk]):
        assert len(listed(client.get(url(desk, "index")))) == rows


QUERIES = {"return_visits": 10, "opinions": 10, "opinion_codes": 10, "file_checks": 10}


def rows_at(place):
    """A row for each desk, at a place."""
    body = make.organization(in_division=place)
    case = make_cases.case("succeeded", body=body)
    opinion = made.visit(case)
    code, _text = made.code(case, side="respondent")
    check = made.file_check("checked", case=case)
    sample = made.sample(division=place, organization=body)
    return {
        "return_visits": case.pk, "opinions": opinion.pk, "opinion_codes": code.pk,
        "file_checks": check.pk, "case_samples": sample.pk, "satisfaction": body.pk,
    }  # fmt: skip


PAGES = [
    *[(desk, "inspect") for desk in DESKS if desk != "quality_schemes"],
    ("return_visits", "act", "visit"), ("return_visits", "act", "issue"),
    ("opinions", "history"), ("opinion_codes", "history"), ("opinion_codes", "act", "revoke"),
    ("opinion_codes", "slip"), ("file_checks", "act", "score"), ("file_checks", "act", "drop"),
    ("file_checks", "history"), ("file_checks", "sheet"), ("case_samples", "population"),
    ("case_samples", "history"),
]  # fmt: skip


def test_no_page_of_another_district_is_found(client, county):
    there, here = rows_at(elsewhere()), rows_at(make.division("330681"))
    for desk, page, *act in PAGES:
        assert client.get(url(desk, page, there[desk], *act)).status_code == 404, (desk, page)
        answer = client.post(url(desk, page, there[desk], *act), sent())
        assert answer.status_code in {404, 405}, (desk, page)
        if page != "slip":
            assert client.get(url(desk, page, here[desk], *act)).status_code == 200, (desk, page)
    for desk in there:
        assert there[desk] not in {row.pk for row in listed(client.get(url(desk, "index")))}


def test_a_visit_is_recorded_at_the_desk(client, county):
    case = make_cases.case("succeeded")
    page = url("return_visits", "act", case.pk, "visit")
    form = sent(
        side="applicant", means="phone", visited_on=TODAY.isoformat(), outcome="reached",
        score="2", comment=made.COMMENT,
    )  # fmt: skip
    assert client.get(page).status_code == 200

    missing = client.post(page, form | {"score": ""})
    answers = [client.post(page, form).url for _time in range(3)]

    opinion = Opinion.objects.get()
    assert missing.context["form"].errors == {"score": ["Choose a mark."]}
    assert answers == [url("return_visits", "inspect", case.pk)] * 3
    assert (opinion.score, opinion.visited_by) == (2, county)


def test_who_mediated_is_refused_at_the_desk_and_sees_no_opinion_of_it(client, county):
    person = make.appointment().mediator
    person.user = county
    person.save()
    case = make_cases.case("succeeded", mediators=[person])
    opinion = made.visit(case)
    form = sent(side="respondent", means="phone", visited_on=TODAY.isoformat(), outcome="declined")

    refused = client.post(url("return_visits", "act", case.pk, "visit"), form)

    assert refused.status_code == 422
    assert "You mediated this case" in text(refused)
    assert client.get(url("opinions", "inspect", opinion.pk)).status_code == 404
    assert listed(client.get(url("opinions", "index"))) == []
    page = client.get(url("return_visits", "inspect", case.pk))
    assert url("opinions", "inspect", opinion.pk) not in text(page)


def test_a_code_is_shown_once_with_a_slip(client, county):
    case = make_cases.case("succeeded")
    page = url("return_visits", "act", case.pk, "issue")
    form = sent(side="applicant")

    shown = client.post(page, form)
    again = client.post(page, form)

    row, code = OpinionCode.objects.get(), shown.context["code"]
    assert shown["Cache-Control"].startswith("no-store, private")
    assert code in text(shown)
    assert shown.context["address"].endswith(f"/opinion/{code}/")
    assert "data:image/svg+xml" in text(shown)
    assert again.url == url("return_visits", "inspect", case.pk)
    for address in (again.url, url("opinion_codes", "inspect", row.pk),
                    url("opinion_codes", "history", row.pk)):  # fmt: skip
        assert code not in text(client.get(address))
    slip = client.post(url("opinion_codes", "slip", row.pk), {"code": code})
    assert slip.content.startswith(b"%PDF-")
    assert client.post(url("opinion_codes", "slip", row.pk), {"code": "AAAA"}).status_code == 404
    assert code.replace("-", "") not in str(list(LedgerEntry.objects.values()))


def test_a_clerk_hands_out_codes_for_own_cases_and_never_sees_an_opinion(client, at_desk):
    body = make.organization()
    case = make_cases.case("succeeded", body=body)
    opinion = made.visit(case, side="respondent")
    other = make_cases.case("succeeded", body=make.organization(in_division=body.division))
    check = made.file_check("returned", case=case)
    hidden = made.file_check("checked", case=make_cases.case("succeeded", body=body))
    made.sample(number=9)
    at_desk(somebody(Role.CLERK, body))

    shown = client.post(url("opinion_codes", "add"), sent(number=case.number, side="applicant"))
    refused = client.post(url("opinion_codes", "add"), sent(number=other.number, side="applicant"))

    row = OpinionCode.objects.get()
    assert shown.context["code"] in text(shown)
    assert refused.context["form"].errors == {"number": ["There is no case with this number here."]}
    for address in (
        url("opinions", "inspect", opinion.pk), url("opinions", "export"),
        url("return_visits", "inspect", case.pk), url("case_samples", "index"),
        url("file_checks", "inspect", hidden.pk), url("file_checks", "act", check.pk, "complete"),
        url("satisfaction", "export"),
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
    everywhere = "".join(
        text(client.get(address))
        for address in (
            url("opinion_codes", "index"), url("opinion_codes", "inspect", row.pk),
            url("file_checks", "index"), url("file_checks", "inspect", check.pk),
            url("file_checks", "history", check.pk), url("satisfaction", "index"),
            url("satisfaction", "inspect", body.pk),
        )
    )  # fmt: skip
    assert made.COMMENT not in everywhere
    assert "fewer than 5 opinions" in everywhere


def test_the_comment_is_read_by_who_visits_and_not_by_the_auditor(client, at_desk):
    opinion = made.visit()
    page = url("opinions", "inspect", opinion.pk)
    at_desk()
    assert made.COMMENT in text(client.get(page))
    at_desk(somebody(Role.AUDITOR))
    seen = client.get(page)
    assert seen.status_code == 200
    assert made.COMMENT not in text(seen)


def test_averages_are_shown_from_the_least_number_on(client, county):
    body = make.organization()
    for score in (5, 5, 4, 4):
        made.visit(make_cases.case("succeeded", body=body), score=score)
    few = text(client.get(url("satisfaction", "index")))
    made.visit(make_cases.case("succeeded", body=body), score=1)
    made.visit(make_cases.case("succeeded", body=body), outcome="declined")
    made.file_check("scored", case=make_cases.case("succeeded", body=body))
    enough = text(client.get(url("satisfaction", "index")))

    assert "fewer than 5 opinions" in few
    assert "3.80 of 5, from 5 opinions" in enough
    before = text(client.get(url("satisfaction", "index"), {"year": TODAY.year - 1}))
    assert "3.80" not in before
    [row] = listed(client.get(url("satisfaction", "index"), {"name": body.name}))
    assert (row.closed_cases, row.asked, row.reached, row.checks, row.scores_total) == (
        7, 6, 5, 1, 100,
    )  # fmt: skip


def test_a_sample_is_drawn_at_the_desk_and_proved_on_its_page(client, county):
    case = make_cases.case("succeeded")
    form = sent(
        kind="files", division=case.division_id, from_on="2026-01-01",
        last_on=TODAY.isoformat(), seed="一二三", number="5",
    )  # fmt: skip

    both = client.post(url("case_samples", "add"), form | {"share": "9"})
    page = client.post(url("case_samples", "add"), form).url

    sample = Sample.objects.get()
    shown = text(client.get(page))
    assert both.context["form"].errors == {"number": ["Type a share or a number, not both."]}
    assert page == url("case_samples", "inspect", sample.pk)
    assert "drew the same cases" in shown
    assert sample.digest in shown
    listing = client.get(url("case_samples", "population", sample.pk))
    assert text(listing) == f"{case.organization_id} {case.pk}\n"
    assert LedgerEntry.objects.of(sample).get().reason == REASON
    assert FileCheck.objects.get().sample == sample


def test_a_file_is_checked_handed_back_completed_and_scored_by_two(client, at_desk):
    first = at_desk()
    case = make_cases.case("succeeded")
    client.post(url("file_checks", "add"), sent(number=case.number))
    check = FileCheck.objects.get()

    def act(name, **typed):
        return client.post(url("file_checks", "act", check.pk, name), sent(**typed))

    assert act("check", found=made.WHOLE[:5]).status_code == 302
    assert "back cover" in text(client.get(url("file_checks", "act", check.pk, "hand_back")))
    act("hand_back", to_complete="Back cover.")
    act("complete", found=made.WHOLE)
    marks = {code: str(points) for code, points in made.full_marks().items()}
    refused = act("score", **marks)
    at_desk()
    too_many = act("score", **(marks | {"record": "26"}))
    done = act("score", **marks)

    check.refresh_from_db()
    assert check.checked_by == first
    assert "Who checked the file does not score it" in text(refused)
    assert too_many.status_code == 422
    assert done.status_code == 302
    assert (check.score, check.state) == (100, "scored")
    assert client.get(url("file_checks", "sheet", check.pk)).content.startswith(b"%PDF-")


def test_a_city_bureau_sets_a_scheme_item_by_item(client, at_desk):
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))
    form = sent(
        division=make.division("3306").pk, name="绍兴标准", standing="setting", source="",
        from_on=TODAY.isoformat(), items="材料齐全 60\n笔录 规范　40\n",
    )  # fmt: skip

    wrong = client.post(url("quality_schemes", "add"), form | {"items": "材料齐全"})
    short = client.post(url("quality_schemes", "add"), form | {"items": "材料齐全 60"})
    page = client.post(url("quality_schemes", "add"), form).url

    row = QualityScheme.objects.get(division__isnull=False)
    assert "does not end with points" in text(wrong)
    assert "must add up to 100" in text(short)
    assert page == url("quality_schemes", "inspect", row.pk)
    assert [(item.name, item.points) for item in row.items.all()] == [
        ("材料齐全", 60), ("笔录 规范", 40),
    ]  # fmt: skip


def test_a_city_bureau_sees_a_sample_without_ways_to_its_cases(client, at_desk):
    case = make_cases.case("succeeded")
    sample = made.sample("visit", number=1)
    files = made.sample("files", number=1)
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))

    for row in (sample, files):
        page = text(client.get(url("case_samples", "inspect", row.pk)))
        assert case.number in page
        assert url("return_visits", "inspect", case.pk) not in page
        assert "/file_checks/" not in page
