"""Rule sets of the demo city: one that ended, its follower, a draft, one given up, a county's."""

from datetime import timedelta

from grading import actions
from grading.models import SchemeVersion
from office.models import User
from registry.city.accounts import make_accounts
from registry.models import Division

CITY, COUNTY = "3306", "330681"
# The first version held for a year; the second since last spring.
BEGAN, FOLLOWED = timedelta(days=560), timedelta(days=200)


def make_schemes(rules, today):
    """Enter, decide, follow and give up rule sets through the actions; returns how many there are.

    :param rules: the text of the file with the invented rule set.
    """
    make_accounts(today)
    city, county = User.objects.get(username="city"), User.objects.get(username="county")
    place = Division.objects.get(code=CITY)
    began, followed = today - BEGAN, today - FOLLOWED
    (first,) = actions.enter_schemes(
        rules, division=place, by=city, today=began, reason="演示：录入评定办法。"
    )
    decide(first, began, city)
    second = _next(first, city, followed, note="演示：四级调解员的件数由10件改为12件。")
    _set(second, "cases_L4", 12, city, followed)
    decide(second, followed, city)
    draft = _next(second, city, today, note="演示：拟提高三级调解员的件数。")
    _set(draft, "cases_L3", 24, city, today)
    given_up = _next(second, city, today, note="演示：改用另一稿。")
    actions.abandon_version(given_up.pk, by=city, today=today, reason="演示：改用另一稿。")
    actions.copy_version(
        second.pk, by=county, today=today, reason="演示：县级实施细则。", takes_over=True,
        division=Division.objects.get(code=COUNTY), code="DEMO-zhuji",
        title="诸暨示范市人民调解员等级评定实施细则（演示用虚构规则）",
    )  # fmt: skip
    return SchemeVersion.objects.exclude(scheme__division=None).count()


def _next(version, by, on, *, note):
    return actions.copy_version(
        version.pk, by=by, today=on, reason="演示：起草新版本。", division=version.scheme.division,
        code=version.scheme.code, title=version.scheme.title, note=note,
    )  # fmt: skip


def _set(version, name, value, by, on):
    given = {"name": name, "value": value, "source": "演示设定"}
    actions.fill_parameter(version.pk, by=by, today=on, reason="演示：修改参数。", **given)


def decide(version, on, by):
    """Type the day it begins, and let the second officer put it into force."""
    note = {"today": on, "reason": "演示：经局长办公会决定。"}
    actions.change_version(version.pk, by=by, effective_from=on, **note)
    second = User.objects.get(username="city2")
    actions.activate_version(version.pk, by=second, **note)
