"""What stands beside the levels in the demo city: stars of committees, a title of mediators."""

from datetime import timedelta

from grading import actions
from grading.city.applying import committees_for, hand_in, people_for
from grading.city.officers import officer
from grading.city.rounds import CITY, COUNTY, finish, judge, set_up, to_the_notice
from grading.city.schemes import decide
from grading.flows import ApplicationState
from registry.models import Division

STARS, TITLES = "DEMO-stars", "DEMO-titles"
ALL_STARS = ("s3", "s2", "s1")
# So many committees apply for each number of stars, so many people for each title.
COMMITTEES, PEOPLE = 2, 4
BEGAN = timedelta(days=190)


def make_honours(rules, today):
    """Hold a round of stars that is over and one that is open, and a round of titles on notice.

    :param rules: the text of the file with the invented rules.
    """
    county = Division.objects.get(code=COUNTY)
    versions = _entered(rules, today - BEGAN)
    taken = set()
    over = _stars(versions[STARS], county, today - timedelta(days=120), taken)
    over = judge(over, today - timedelta(days=105))
    if _somebody_is_eligible(over):
        to_the_notice(over, today - timedelta(days=100), is_scored=False)
        finish(over)
    _stars(versions[STARS], county, today - timedelta(days=4), taken)
    _titles(versions[TITLES], county, today)


def _entered(rules, on):
    """Enter the rules for the city, in force by two officers; returns {code: version}."""
    city, place = officer("city"), Division.objects.get(code=CITY)
    made = actions.enter_schemes(
        rules, division=place, by=city, today=on, reason="演示：录入星级评定和评选办法。"
    )
    for version in made:
        decide(version, on, city)
        version.refresh_from_db()
    return {version.scheme.code: version for version in made}


def _stars(version, county, opened_on, taken):
    """A round of stars for which some committees have applied."""
    title = f"{county.name}{opened_on:%Y}年{opened_on.month}月人民调解委员会星级评定（演示）"
    window = opened_on, opened_on + timedelta(days=14)
    made = set_up(version, county, ALL_STARS, window, title)
    for level in made.levels.order_by("rank"):
        bodies = committees_for(level, COMMITTEES, taken)
        hand_in(level, bodies, today=opened_on + timedelta(days=2))
    return made


def _titles(version, county, today):
    """A round of titles whose notice runs: a panel read, and there are fewer titles than people."""
    opened_on = today - timedelta(days=45)
    title = f"{county.name}{opened_on:%Y}年金牌调解员评选（演示）"
    window = opened_on, opened_on + timedelta(days=14)
    made, taken = set_up(version, county, ("gold", "silver"), window, title), set()
    for level in made.levels.order_by("rank"):
        people = people_for(level, county, PEOPLE, taken)
        hand_in(level, people, today=opened_on + timedelta(days=5))
    made = judge(made, window[1] + timedelta(days=1))
    if _somebody_is_eligible(made):
        to_the_notice(made, today - timedelta(days=2))


def _somebody_is_eligible(made):
    """In a city without cases nobody is: there is nothing to announce."""
    return made.applications.filter(state=ApplicationState.ELIGIBLE).exists()
