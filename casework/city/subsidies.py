"""Subsidy schemes of the demo city: one that ended, its follower, a draft and one given up."""

from datetime import date

from casework import actions
from casework.models import SubsidyScheme
from office.models import User
from registry.models import Division

COUNTY, CITY = "330681", "3306"
BEGAN = date(2023, 1, 1)
PAPERS = {"documents_rule": "listed", "documents": ["record", "agreement"]}
FUNDS = [
    {"fund": "县财政", "percent": 60, "order": 1},
    {"fund": "乡镇财政", "percent": 40, "order": 2},
]


def make_subsidies(today):
    """Draft, decide, follow and give up schemes through the actions; returns how many there are.

    The templates are loaded before. The county's first scheme ended with last year.
    """
    first, second = (User.objects.get(username=name) for name in ("county", "county2"))
    place = Division.objects.get(code=COUNTY)
    this_year = date(today.year, 1, 1)
    former = _from_template(
        "湘阴县", first, BEGAN, division=place, name="诸暨市以案定补办法（试行）"
    )
    _decide_what_is_open(former, first)
    _activate(former, second, BEGAN)
    matrix = _from_template(
        "等级与难度", first, this_year, division=place, name="诸暨市以案定补办法"
    )
    _activate(matrix, second, this_year)
    city = User.objects.get(username="city")
    above = Division.objects.get(code=CITY)
    _from_template(
        "深圳市个案补贴（2023年起", city, today, division=above, name="市级个案补贴（草案）"
    )
    given_up = _from_template("重庆市", city, today, division=above, name="市级以案定补（旧稿）")
    actions.abandon_subsidy_scheme(given_up.pk, by=city, today=today, reason="演示：改用新稿。")
    return SubsidyScheme.objects.exclude(division=None).count()


def _from_template(start, by, on, **given):
    template = SubsidyScheme.objects.templates().get(name__startswith=start)
    return actions.copy_subsidy_scheme(
        template.pk, by=by, today=on, reason="演示：参照范本起草。", from_on=on, **given
    )


def _decide_what_is_open(scheme, by):
    note = {"by": by, "today": BEGAN, "reason": "演示：补齐范本未载明的内容。"}
    for tier in scheme.tiers.all():
        rows = [(row.level, row.low, row.high) for row in tier.amounts.all()]
        actions.save_tier(scheme.pk, tier=tier, amounts=rows, **PAPERS, **note)
    actions.put_parts(scheme.pk, part="funding", rows=FUNDS, **note)


def _activate(scheme, by, on):
    actions.activate_subsidy_scheme(scheme.pk, by=by, today=on, reason="演示：经局长办公会决定。")
