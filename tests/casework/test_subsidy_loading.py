"""Published schemes come as templates; what their source does not say bars them."""

import pytest

from casework import actions
from casework.flows import SUBSIDY_SCHEME
from casework.models import SubsidyScheme
from office.flow import Refused
from registry.models import Level
from tests import make
from tests.casework import make_cases
from tests.make import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NAMES = {
    "chuxiong": "楚雄州以案定补（范本）",
    "chongqing": "重庆市以案定补（范本）",
    "shenzhen": "深圳市个案补贴（2023年起，范本）",
    "shenzhen_before": "深圳市个案补贴（2023年前，范本）",
    "xiangyin": "湘阴县以案定补（范本）",
    "demo": "等级与难度矩阵（演示范本）",
}


@pytest.fixture
def loaded():
    make_cases.difficulty()
    for rank in range(1, 5):
        make.level(rank)
    assert actions.load_subsidy_schemes(make_cases.read("subsidy_schemes.json")) == len(NAMES)
    rows = {scheme.name: scheme for scheme in SubsidyScheme.objects.whole()}
    return {key: rows[name] for key, name in NAMES.items()}


def amounts(scheme):
    return {
        tier.code: [row and str(row) for row in tier.amounts.all()] for tier in scheme.tiers.all()
    }


def test_a_second_loading_adds_nothing(loaded):
    assert actions.load_subsidy_schemes(make_cases.read("subsidy_schemes.json")) == 0


def test_the_figures_of_chuxiong_are_those_of_the_source(loaded):
    assert amounts(loaded["chuxiong"]) == {
        "very-major": [], "major": ["1000.00"], "simple": ["30.00"], "general": ["200.00"],
        "failed": ["100.00"],
    }  # fmt: skip
    rate = loaded["chuxiong"].allowances.get()
    assert (rate.amount, rate.case_part, rate.caps_cases) == (800, 200, None)


def test_the_figures_of_shenzhen_are_known_at_the_ends_only(loaded):
    def span(key):
        rows = [tier.amounts.get() for tier in loaded[key].tiers.all()]
        return [row.low for row in rows]

    assert span("shenzhen") == [4000, None, None, 400]
    assert span("shenzhen_before") == [2000, None, 200]


def test_the_range_of_xiangyin_needs_a_reason(loaded):
    assert amounts(loaded["xiangyin"]) == {"major": ["300.00-500.00"], "general": ["100.00"]}
    assert loaded["xiangyin"].tiers.get(code="major").amount_kind == "range"


def test_every_template_that_is_not_a_setting_names_its_source(loaded):
    for key, scheme in loaded.items():
        assert scheme.state == "template"
        assert (scheme.standing, bool(scheme.source)) == (
            ("setting", False) if key == "demo" else ("practice", True)
        )


OPEN = {
    "chuxiong": 5,
    "chongqing": 2,
    "shenzhen": 13,
    "shenzhen_before": 8,
    "xiangyin": 3,
    "demo": 0,
}


@pytest.mark.parametrize("key", NAMES)
def test_a_draft_from_a_template_is_barred_by_what_the_source_does_not_say(loaded, key):
    draft = actions.copy_subsidy_scheme(
        loaded[key].pk, by=make.user(), today=TODAY, reason="As there.", name="本县",
        division=make.division(), from_on=TODAY,
    )  # fmt: skip
    activate = {"by": make.user(), "today": TODAY, "reason": "Decided."}
    barred = SUBSIDY_SCHEME.refusals(draft, "activate", TODAY)

    assert len(barred) == OPEN[key], barred
    if barred:
        with pytest.raises(Refused):
            actions.activate_subsidy_scheme(draft.pk, **activate)
    else:
        assert actions.activate_subsidy_scheme(draft.pk, **activate).state == "active"


def test_the_matrix_of_the_demo_has_a_line_for_every_level(loaded):
    levels = {"", *Level.objects.filter(scale="level").values_list("code", flat=True)}
    major = loaded["demo"].tiers.get(code="major")

    assert {row.level for row in major.amounts.all()} == levels
