"""Rule sets for stars of committees and for titles, and what their rounds are made of."""

from office.roles import Role
from tests import make
from tests.grading import make_grading, make_rounds

COUNTY, CITY = make_rounds.COUNTY, make_rounds.CITY
ORGANIZATION = "tests"
AUTHORITY = [{"when": {}, "first_review": "justice_office", "confirm": "county_bureau"}]
LEFT = ("sheet", "selection", "committee", "path", "req", "vetoes", "base", "population", "metrics")


def stars_rule(**changes):
    """A rule by which committees are given one to three stars for their members."""
    whole = make_grading.document()
    kept = {name: one for name, one in whole.items() if name not in (*LEFT, "params", "readings")}
    return {
        **kept,
        "id": "STARS",
        "title": "人民调解委员会星级评定办法（虚构）",
        "subject": "committee",
        "source": {"seen": "full"},
        "conditions": {},
        "levels": [
            {"code": "s3", "label": "三星级", "rank": 1, "stars": 3},
            {"code": "s2", "label": "二星级", "rank": 2, "stars": 2},
            {"code": "s1", "label": "一星级", "rank": 3, "stars": 1},
        ],
        "completeness": ["established_on", "规章制度"],
        "population": {"cmp": ["members.count", ">=", 1], "clause": "第二条"},
        "base": {"attest": "premises", "label": "有固定调解场所", "clause": "第三条"},
        "req": {
            "s3": {"cmp": ["members.count", ">=", 3], "clause": "第四条"},
            "s2": {"cmp": ["members.count", ">=", 2], "clause": "第五条"},
            "s1": {"cmp": ["members.count", ">=", 1], "clause": "第六条"},
        },
        "vetoes": [],
        "downgrade": [],
        "authority": AUTHORITY,
        "validity": {"years": 3, "recheck": 2},
        **changes,
    }


def titles_rule(code="TITLES", **changes):
    """A rule by which mediators win a golden or a silver title beside their level."""
    whole = make_grading.document()
    kept = {name: one for name, one in whole.items() if name not in (*LEFT, "params", "readings")}
    return {
        **kept,
        "id": code,
        "title": "金牌银牌调解员评选办法（虚构）",
        "subject": "title",
        "source": {"seen": "full"},
        "conditions": {},
        "levels": [
            {"code": "gold", "label": "金牌调解员", "rank": 1},
            {"code": "silver", "label": "银牌调解员", "rank": 2},
        ],
        "completeness": [],
        "population": {"flag": "in_post", "clause": "第二条"},
        "base": {},
        "req": {"gold": {"flag": "in_post"}, "silver": {"flag": "in_post"}},
        "vetoes": [],
        "downgrade": [],
        "authority": AUTHORITY,
        "validity": {"years": 2, "recheck": 1},
        **changes,
    }


def stars_round(state="open", *, codes=("s3", "s2"), content=None, **fields):
    content = content or stars_rule()
    return make_rounds.grading_round(state, content=content, codes=codes, **fields)


def titles_round(state="open", *, codes=("gold", "silver"), content=None, **fields):
    content = content or titles_rule()
    return make_rounds.grading_round(state, content=content, codes=codes, **fields)


def committee(members=3, **fields):
    """A committee on the roster with so many members in post."""
    body = make.organization(**fields)
    for _n in range(members):
        make_rounds.person(body=body)
    return body


def clerk(body):
    return make.officer(Role.CLERK, body)
