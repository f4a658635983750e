"""Subsidy schemes on the desk: lists, pages, forms without code, acts - and who sees them."""

from decimal import Decimal

import pytest
from django.core.cache import cache

from casework.models import SubsidyScheme
from office.roles import Role
from tests import make
from tests.casework import make_cases, make_schemes
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, sent, url

pytestmark = pytest.mark.django_db

DESK = "subsidy_schemes"
PAGES = ["inspect", "history", "try", "compare", "edit", "new_tier"]
ACTS = ["move_tier", "drop_tier", "funding", "factors", "allowance", "activate", "abandon"]


@pytest.fixture(autouse=True)
def _with_an_empty_cache():
    cache.clear()


def desk(page, *args):
    return url(DESK, page, *args)


@pytest.mark.parametrize("page", PAGES)
def test_a_scheme_of_another_county_cannot_be_found(client, county, page):
    own, other = make_schemes.scheme("draft"), make_schemes.scheme("draft", division=elsewhere())

    assert client.get(desk(page, own.pk)).status_code == 200
    assert client.get(desk(page, other.pk)).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_scheme_of_another_county_cannot_be_found(client, county, act):
    own, other = make_schemes.scheme("draft"), make_schemes.scheme("draft", division=elsewhere())

    assert client.get(desk("act", own.pk, act)).status_code == 200
    assert client.get(desk("act", other.pk, act)).status_code == 404
    assert client.post(desk("act", other.pk, act), sent()).status_code == 404


def test_a_tier_of_another_scheme_cannot_be_found(client, county):
    own, other = make_schemes.scheme("draft"), make_schemes.scheme("draft", division=elsewhere())
    mine, theirs = own.tiers.first(), other.tiers.first()

    assert client.get(desk("tier", own.pk, mine.pk)).status_code == 200
    assert client.get(desk("tier", own.pk, theirs.pk)).status_code == 404
    assert client.get(desk("tier", other.pk, theirs.pk)).status_code == 404


@pytest.mark.parametrize("state", ["active", "template", "abandoned"])
@pytest.mark.parametrize("page", ["edit", "new_tier"])
def test_what_is_no_draft_has_no_form(client, county, state, page):
    assert client.get(desk(page, make_schemes.scheme(state).pk)).status_code == 404


def buttons(response):
    return {address for _label, address, _icon, _grave in response.context["buttons"]}


@pytest.mark.parametrize("state", ["active", "retired"])
def test_a_county_reads_what_rules_it_from_above_and_acts_on_none_of_it(client, county, state):
    city = make_schemes.scheme(state, division=make.division("3306"))
    answer = client.get(desk("inspect", city.pk))

    assert answer.status_code == 200
    assert buttons(answer) == {
        desk("act", city.pk, "copy"), desk("try", city.pk), desk("compare", city.pk),
        desk("history", city.pk),
    }  # fmt: skip
    assert client.get(desk("act", city.pk, "retire")).status_code == 404


def test_a_draft_of_above_is_not_read_below(client, county):
    draft = make_schemes.scheme("draft", division=make.division("3306"))

    assert client.get(desk("inspect", draft.pk)).status_code == 404


def clerk_of(body):
    return make.officer(Role.CLERK, body)


def listed(response):
    return {row for row, _url, _cells in response.context["listed"]}


def test_a_clerk_reads_templates_and_what_rules_the_organisation(client, at_desk):
    body = make.organization(in_division=make.division("330681003"))
    at_desk(clerk_of(body))
    template = make_schemes.scheme("template")
    ruling = make_schemes.scheme()
    make_schemes.scheme("draft", name="草案")
    make_schemes.scheme(division=elsewhere())

    assert listed(client.get(desk("index"))) == {template, ruling}
    assert client.get(desk("add")).status_code == 404
    assert client.get(desk("act", ruling.pk, "retire")).status_code == 404
    assert client.get(desk("act", template.pk, "copy")).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CITY_BUREAU, 200),
        (Role.COUNTY_BUREAU, 200),
        (Role.JUSTICE_OFFICE, 404),
        (Role.AUDITOR, 404),
    ],
)
def test_only_bureaus_draft_and_decide(client, at_desk, role, status):
    at_desk(make.officer(role, make.division("330681")))
    draft, ruling = make_schemes.scheme("draft"), make_schemes.scheme()

    assert client.get(desk("inspect", draft.pk)).status_code == 200
    pages = [desk("add"), desk("edit", draft.pk), desk("act", draft.pk, "activate")]
    pages += [desk("act", ruling.pk, "retire"), desk("act", ruling.pk, "copy")]
    assert [client.get(page).status_code for page in pages] == [status] * 5


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HANDLER, Role.SYSTEM_ADMIN])
def test_others_have_no_such_desk(client, at_desk, role):
    at_desk(make.officer(role, make.division("330681")))

    assert client.get(desk("index")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    for number in range(rows):
        make_schemes.scheme("draft", name=f"办法{number}")
    client.get(desk("index"))
    with django_assert_num_queries(QUERIES):
        response = client.get(desk("index"))
    assert len(listed(response)) == rows


QUERIES = 9


def text_of(response):
    return response.content.decode()


def test_the_page_shows_the_matrix_the_papers_and_what_is_open(client, county):
    make.level(1)
    make_cases.difficulty()
    scheme = make_schemes.scheme("draft", shares=[("县财政", 70)], barred_kinds=["studio"])
    make_schemes.tier(
        scheme, ("", 300, 500), ("l1", 400, 600), code="major", name="重大", amount_kind="range",
        difficulties=["major"], documents_rule="full", clause="第三条",
    )  # fmt: skip
    page = text_of(client.get(desk("inspect", scheme.pk)))

    for said in (
        "300.00-500.00", "400.00-600.00", "Level 1", "other levels or none", "Class: Major",
        "the full file", "第三条", "personal or brand studio", "70.00",
        "The funds pay 70.00 percent together, not 100.",
    ):  # fmt: skip
        assert said in page, said


def test_a_draft_is_added_by_an_officer(client, county):
    given = {
        "division": make.division("330681").pk, "name": "新办法", "standing": "setting",
        "from_on": TODAY, "dated_by": "closed_on", "period": "quarter", "level_of": "lead",
        "needs_post": "on", "needs_listing": "on", "other_funds": "bar",
        "barred_kinds": ["studio", "group"],
    }  # fmt: skip
    answer = client.post(desk("add"), sent(**given))
    scheme = SubsidyScheme.objects.get()

    assert answer.url == desk("inspect", scheme.pk)
    assert (scheme.state, scheme.drafted_by, scheme.edited_by) == ("draft", county, county)
    assert scheme.barred_kinds == ["studio", "group"]


def test_a_draft_for_another_county_is_refused(client, county):
    given = {
        "division": elsewhere().pk, "name": "新办法", "standing": "setting", "from_on": TODAY,
        "dated_by": "closed_on", "period": "quarter", "level_of": "lead", "other_funds": "bar",
    }  # fmt: skip
    assert client.post(desk("add"), sent(**given)).status_code == 422


def test_a_draft_is_edited_by_an_officer(client, county):
    scheme = make_schemes.scheme("draft", barred_kinds=["studio"])
    given = {
        "name": scheme.name, "standing": "practice", "source": "某文件", "from_on": TODAY,
        "dated_by": "accepted_on", "period": "month", "level_of": "highest",
        "other_funds": "deduct", "revision": scheme.revision,
    }  # fmt: skip
    answer = client.post(desk("edit", scheme.pk), sent(**given))
    scheme.refresh_from_db()

    assert answer.status_code == 302
    assert (scheme.dated_by, scheme.period, scheme.level_of) == ("accepted_on", "month", "highest")
    assert (scheme.barred_kinds, scheme.needs_post, scheme.edited_by) == ([], False, county)


TIER = {
    "code": "t1", "name": "第一档", "outcomes": ["succeeded"], "least_attempts": "1",
    "documents_rule": "listed", "documents": ["record", "agreement"], "amount_kind": "range",
}  # fmt: skip


def test_a_tier_is_added_and_changed_without_writing_code(client, county):
    make.level(1)
    scheme = make_schemes.scheme("draft", tiers=[])
    amounts = {"low_l1": "400", "high_l1": "600.50", "low_others": "300", "high_others": "500"}
    answer = client.post(desk("new_tier", scheme.pk), sent(**TIER, **amounts))

    assert answer.url == desk("inspect", scheme.pk)
    tier = scheme.tiers.get()
    assert tier.papers() == ("record", "agreement")
    assert tier.terms().amounts == {
        "l1": (Decimal(400), Decimal("600.50")), "": (Decimal(300), Decimal(500))
    }  # fmt: skip

    form = client.get(desk("tier", scheme.pk, tier.pk)).context["form"]
    assert (form["low_l1"].value(), form["name"].value()) == (Decimal(400), "第一档")
    given = {**TIER, "name": "改名", "amount_kind": "fixed", "low_others": "250"}
    assert client.post(desk("tier", scheme.pk, tier.pk), sent(**given)).status_code == 302
    tier.refresh_from_db()
    assert tier.name == "改名"
    assert tier.terms().amounts == {"": (Decimal(250), Decimal(250))}


@pytest.mark.parametrize(
    "wrong",
    [
        {"high_others": "5"},
        {"low_others": "5", "high_others": "4"},
        {"low_others": "0"},
        {"low_others": "-1"},
        {"code": "simple"},
        {"documents": ["song"]},
        {"difficulties": ["endless"]},
    ],
)
def test_a_tier_that_cannot_be_is_refused_in_the_form(client, county, wrong):
    scheme = make_schemes.scheme("draft")

    assert client.post(desk("new_tier", scheme.pk), sent(**{**TIER, **wrong})).status_code == 422
    assert scheme.tiers.count() == 3


def test_the_history_tells_of_tiers_and_funds_in_words(client, county):
    scheme = make_schemes.scheme("draft", tiers=[])
    client.post(desk("new_tier", scheme.pk), sent(**TIER, low_others="300", high_others="500"))
    act(client, scheme, "funding", fund_1="市财政", percent_1="100")
    page = text_of(client.get(desk("history", scheme.pk)))

    for said in ("Add a tier", "第一档：300.00-500.00", "市财政 100.00%"):
        assert said in page, said


def test_a_second_click_adds_no_second_tier(client, county):
    scheme = make_schemes.scheme("draft", tiers=[])
    once = sent(**TIER, low_others="300", high_others="500")

    assert client.post(desk("new_tier", scheme.pk), once).status_code == 302
    assert client.post(desk("new_tier", scheme.pk), once).status_code == 302
    assert scheme.tiers.count() == 1


def act(client, scheme, act_name, **given):
    return client.post(desk("act", scheme.pk, act_name), sent(**given))


def test_funds_factors_and_allowances_are_set_in_forms(client, county):
    make.level(1)
    scheme = make_schemes.scheme("draft")
    funds = {"fund_1": "县财政", "percent_1": "70", "fund_2": "乡镇财政", "percent_2": "30"}
    assert act(client, scheme, "funding", **funds).status_code == 302
    assert act(client, scheme, "factors", factor_l1="1.5").status_code == 302
    rate = {"employment": "full_time", "amount": "800", "case_part": "200"}
    rate |= {"case_period": "month", "caps_cases": "no"}
    assert act(client, scheme, "allowance", **rate).status_code == 302

    terms = scheme.terms()
    assert terms.funding == (("县财政", Decimal(70)), ("乡镇财政", Decimal(30)))
    assert terms.factors == {"l1": Decimal("1.5")}
    held = scheme.allowances.get()
    assert (held.amount, held.case_part, held.caps_cases) == (800, 200, False)

    taken_off = {"employment": "full_time", "case_period": "month"}
    assert act(client, scheme, "allowance", **taken_off).status_code == 302
    assert not scheme.allowances.exists()


def test_a_fund_without_a_part_is_refused(client, county):
    assert act(client, make_schemes.scheme("draft"), "funding", fund_1="X").status_code == 422


def test_a_tier_is_moved_and_taken_off(client, county):
    scheme = make_schemes.scheme("draft")
    first, second, third = scheme.tiers.all()
    assert act(client, scheme, "move_tier", tier=third.pk).status_code == 302
    assert act(client, scheme, "drop_tier", tier=first.pk).status_code == 302

    assert list(scheme.tiers.all()) == [third, second]


def test_the_second_officer_decides_and_the_first_is_refused(client, county, at_desk):
    scheme = make_schemes.scheme("draft", drafted_by=county)
    refused = act(client, scheme, "activate", revision=0)
    assert refused.status_code == 422
    assert "A second officer brings it into force" in text_of(refused)

    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    assert act(client, scheme, "activate").status_code == 422
    assert act(client, scheme, "activate", revision=0).status_code == 302
    scheme.refresh_from_db()
    assert scheme.state == "active"


def test_what_will_end_is_said_before(client, county):
    make_schemes.scheme(name="旧办法")
    draft = make_schemes.scheme("draft", from_on=TODAY)

    page = text_of(client.get(desk("act", draft.pk, "activate")))
    assert f"“旧办法” ends on {TODAY.isoformat()}." in page


def test_a_scheme_is_ended_on_a_day(client, county):
    scheme = make_schemes.scheme()
    assert act(client, scheme, "retire", until_on=TODAY - DAY).status_code == 422
    assert act(client, scheme, "retire", until_on=TODAY + DAY).status_code == 302
    scheme.refresh_from_db()
    assert (scheme.state, scheme.until_on) == ("retired", TODAY + DAY)


def test_a_template_becomes_a_draft_of_the_own_county(client, county):
    template = make_schemes.scheme("template", name="范本")
    given = {"name": "本县办法", "division": make.division("330681").pk, "from_on": TODAY}
    answer = act(client, template, "copy", **given)
    draft = SubsidyScheme.objects.get(name="本县办法")

    assert answer.url == desk("inspect", draft.pk)
    assert (draft.copied_from, draft.tiers.count()) == (template, 3)
    given["division"] = elsewhere().pk
    assert act(client, template, "copy", **given).status_code == 422


TRIED = {
    "outcome": "succeeded", "agreement": "written", "attempts": "1", "source": "applied",
    "kind": "village", "employment": "part_time", "in_post": "on", "is_listed": "on",
}  # fmt: skip


def test_a_scheme_is_tried_and_says_why(client, county):
    scheme = make_schemes.scheme(shares=[("县财政", 70), ("乡镇财政", 30)])
    response = client.get(desk("try", scheme.pk), {**TRIED, "documents": ["record"]})
    page = text_of(response)

    assert response.context["offer"].low == Decimal(200)
    assert response.context["funds"] == [("县财政", Decimal(140)), ("乡镇财政", Decimal(60))]
    for said in ("200.00 yuan", "Papers missing", "back cover", "Tiers that were tried before"):
        assert said in page, said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"in_post": ""}, "was not in post on the day of the case"),
        ({"is_listed": ""}, "The organisation was not filed on the day of the case."),
        ({"paid_elsewhere": "1"}, "Another fund has paid for this case."),
        ({"outcome": "withdrawn"}, "No tier of the scheme is for this case."),
    ],
)
def test_what_speaks_against_a_tried_case_is_said(client, county, typed, said):
    given = {name: value for name, value in {**TRIED, **typed}.items() if value}
    scheme = make_schemes.scheme()

    assert said in text_of(client.get(desk("try", scheme.pk), given))


def test_facts_that_cannot_be_are_refused(client, county):
    scheme = make_schemes.scheme()

    assert client.get(desk("try", scheme.pk), {**TRIED, "attempts": "0"}).status_code == 422


def test_trying_a_draft_that_is_empty_is_no_fault(client, county):
    scheme = make_schemes.scheme("draft", tiers=[], shares=[])

    assert client.get(desk("try", scheme.pk), TRIED).status_code == 200


def test_two_schemes_stand_side_by_side(client, county):
    left = make_schemes.scheme("retired", name="旧")
    right = make_schemes.scheme(name="新", from_on=TODAY, tiers=[(make_schemes.SIMPLE, 60)])
    response = client.get(desk("compare", left.pk), {"other": right.pk})
    lines = {label: (one, two, differs) for label, one, two, differs in response.context["lines"]}

    assert lines["Rests on"][2] is False
    assert lines["Fund: 县财政"] == ("100.00%", "100.00%", False)
    assert lines["Tier: 一般纠纷"][1:] == ("—", True)
    assert "yuan：30.00" in lines["Tier: 简易口头"][0]
    assert "yuan：60.00" in lines["Tier: 简易口头"][1]


def test_a_scheme_out_of_scope_is_not_compared(client, county):
    own, other = make_schemes.scheme(), make_schemes.scheme(division=elsewhere())

    assert client.get(desk("compare", own.pk), {"other": other.pk}).status_code == 422
