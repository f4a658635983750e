"""Which pages of grading are looked at: rule sets, rounds with all that follows, own pages."""

import re

from tests.grading.make_grading import document, published
from tests.journeys.browser import follow
from tests.journeys.pages import first_of

SCHEMES = "/admin/grading_schemes/"
ROUNDS, APPLICATIONS = "/admin/grading_rounds/", "/admin/grading_applications/"
PANELS, READINGS = "/admin/grading_panels/", "/admin/grading_readings/"
RANKS, GRADES = "/admin/grading_levels/", "/admin/grading_levels_given/"
REVIEWS, SHEETS = "/admin/grading_reviews/", "/admin/grading_sheets/"
CONSEQUENCES, RENEWALS = "/admin/grading_consequences/", "/admin/grading_renewals/"
OWN, OWN_REVIEWS, OWN_RENEWALS = "/my/grading/", "/my/reviews/", "/my/renewals/"
FIRST = "tbody th a"
# The acts whose forms are looked at on a round of each state.
OF_ROUNDS = {
    "open": ["extend", "review"], "reviewing": ["score"], "notice": ["propose", "confirm"],
    "archived": ["certify"],
}  # fmt: skip
# The same on an application of each state.
OF_APPLICATIONS = {
    "submitted": ["answer", "send_back", "pass_first"],
    "returned": [],
    "eligible": ["reopen"],
    "not_eligible": [],
    "in_notice": ["object"],
    "confirmed": [],
}
# Of what becomes of terms that end.
OF_RENEWALS = {
    "recommended": ["decide"], "in_review": ["review"],
}  # fmt: skip
NAME = re.compile(r"[A-Za-z][\w.:/-]*", re.ASCII)


def own_names():
    """Return what the rule sets looked at call their parts, sources and formats."""
    template = published("O1-national")
    names = {
        "YAML",
        "JSON",
        "UTF-8",
        "grading-rule/v1",
        "review-rule/v1",
        template["source"]["url"],
    }
    for rules in (document(), template):
        names |= {rules["id"], *rules.get("metrics", {}), *rules.get("conditions", {})}
        names |= {str(row["id"]) for row in rules.get("stages", ())}
        names |= {row["id"] for row in rules.get("sheet", {}).get("items", ())}
        # What is open is told with the path to it.
        names |= {"population", "base", "publicity.by", "publicity.days"}
        names |= {f"req.{level['code']}" for level in rules["levels"]}
    return names


def bureaus_pages(page):
    """Return the addresses of a bureau's pages of rule sets."""
    ruling = first_of(page, f"{SCHEMES}?state=active&title=等级评定", FIRST)
    draft = first_of(page, f"{SCHEMES}?state=draft&title=等级评定", FIRST)
    template = first_of(page, f"{SCHEMES}?state=template", FIRST)
    node = first_of(page, draft, "main a[href*='/node/?']")
    trial = f"{ruling}trial/"
    shown = first_of(page, f"{trial}?level=l4&assumed=on", "main a[href$='#people']")
    person = first_of(page, f"{trial}{shown}", "main h2#people ~ * a")
    return {
        "rule sets": SCHEMES,
        "templates": f"{SCHEMES}?state=template",
        "importing": f"{SCHEMES}import/",
        "beginning": f"{SCHEMES}new/",
        "in force": ruling,
        "draft": draft,
        "template": template,
        "a place of the draft": node,
        "putting into force": f"{draft}act/activate/",
        "copying": f"{template}act/copy/",
        "compared": f"{draft}compare/",
        "dry run": f"{trial}{shown}",
        "dry run compared": f"{trial}?level=l3&other={draft.rstrip('/').rpartition('/')[2]}",
        "one person": person if person.startswith("/") else f"{trial}{person}",
    }


def rounds_pages(page):
    """Return the addresses of a county's pages of rounds, applications, results and levels."""
    notice = first_of(page, f"{ROUNDS}?state=notice", FIRST)
    number = notice.rstrip("/").rpartition("/")[2]
    ended = first_of(page, f"{APPLICATIONS}?state=confirmed", FIRST)
    waiting = first_of(page, f"{APPLICATIONS}?state=submitted", FIRST)
    of_round = f"{APPLICATIONS}rounds/{number}/"
    open_round = first_of(page, f"{ROUNDS}?state=open", FIRST)
    return {
        "rounds": ROUNDS,
        "no rounds": f"{ROUNDS}?title=没有这样的批次",
        "setting a round up": f"{ROUNDS}new/",
        **with_acts(page, "round", ROUNDS, OF_ROUNDS),
        "nominating": f"{open_round}nominate/",
        "applications": APPLICATIONS,
        "applications of a round": f"{APPLICATIONS}?round={number}",
        "no applications": f"{APPLICATIONS}?name=没有这样的人",
        **with_acts(page, "application", APPLICATIONS, OF_APPLICATIONS),
        "reviewing": f"{waiting}review/?state=submitted",
        "reviewed": f"{ended}review/",
        "reasons": f"{ended}reasons/",
        "statistics": of_round,
        "late facts": f"{of_round}late-facts/",
        **panels_and_results(page),
    }


def panels_and_results(page):
    """Return the addresses of the panels that have read, the rankings and the levels given."""
    panel, rank = first_of(page, PANELS, FIRST), first_of(page, RANKS, FIRST)
    grade = first_of(page, GRADES, FIRST)
    return {
        "panels": PANELS,
        "putting a panel together": f"{PANELS}new/",
        "panel that has read": panel,
        "scores compared": f"{panel}compare/",
        "rankings": RANKS,
        "ranking": rank,
        "levels given": GRADES,
        "level given": grade,
        "checking again": f"{grade}act/recheck/",
        "proposing to lower": f"{grade}act/propose_lowering/",
        "proposing to revoke": f"{grade}act/propose_revoking/",
    }


def panels_pages(page):
    """Return the addresses of a panel that reads, as the bureau sees it."""
    panel = first_of(page, f"{PANELS}?state=sitting", FIRST)
    acts = ["seat", "end_seat", "succeed", "lift", "assign", "calibrate", "drop_reading", "reveal"]
    return {"panel that reads": panel, **{act: f"{panel}act/{act}/" for act in acts}}


def readings_pages(page):
    """Return the addresses of what a member of a panel reads."""
    sheet = first_of(page, f"{READINGS}?state=open", FIRST)
    return {
        "readings": READINGS,
        "no readings": f"{READINGS}?state=abstained",
        "sheet": sheet,
        "abstaining": f"{sheet}act/abstain/",
        "standing back": f"{sheet}act/declare/",
    }


def reviews_pages(page):
    """Return the addresses of a county's pages of annual reviews, consequences, reappointments."""
    over = first_of(page, f"{REVIEWS}?state=decided", FIRST)
    begun = first_of(page, f"{REVIEWS}?state=self", FIRST)
    waiting = first_of(page, f"{CONSEQUENCES}?state=open", FIRST)
    return {
        "reviews": REVIEWS,
        "no reviews": f"{REVIEWS}?title=没有这样的考核",
        "setting a review up": f"{REVIEWS}new/",
        "review, decided": over,
        "offices compared": f"{over}compare/",
        "review, begun": begun,
        "sheets": SHEETS,
        **with_acts(page, "sheet", SHEETS, {"decided": ["correct"], "office": ["correct_figure"]}),
        "consequences": CONSEQUENCES,
        "consequence dropped": f"{waiting}act/drop/",
        "reappointments": RENEWALS,
        **with_acts(page, "reappointment", RENEWALS, OF_RENEWALS),
        "terms that end": f"{RENEWALS}forecast/",
        "opening cases": f"{RENEWALS}open/",
        "evidence of all": f"{RENEWALS}at-once/take_packs/",
    }


def offices_pages(page):
    """Return the addresses of the sheets a justice office has before it."""
    acts = {"organization": ["points"], "office": ["points", "send_back"]}
    return {"sheets of the place": SHEETS, **with_acts(page, "sheet", SHEETS, acts)}


def own_reviews_pages(page):
    """Return the addresses of a mediator's own reviews and of what was decided on the own term."""
    review = first_of(page, OWN_REVIEWS, f"main a[href*='{OWN_REVIEWS}']")
    term = first_of(page, OWN_RENEWALS, f"main a[href*='{OWN_RENEWALS}']")
    return {
        "own reviews": OWN_REVIEWS,
        "own review": review,
        "self-review": f"{review}self/",
        "own terms": OWN_RENEWALS,
        "own term": term,
    }


def with_acts(page, noun, desk, acts):
    """Return the address of one record of each state, with those of forms of its acts."""
    found = {}
    for state, names in acts.items():
        record = first_of(page, f"{desk}?state={state}", FIRST)
        found |= {f"{noun}, {state}": record}
        found |= {f"{noun}, {name}": f"{record}act/{name}/" for name in names}
    return found


def own_draft(page):
    """Begin the mediator's application; yield the name of each page that it is made of."""
    page.goto(OWN)
    yield "levels to apply for"
    follow(page, "main .card h3 a[href*='/begin/']")
    yield "level to apply for"
    follow(page, "main form .button")
    application = page.url
    yield "draft"
    for name in ["figures", "papers", "statement", "declaration", "check", "withdraw"]:
        page.goto(f"{application}{name}/")
        yield name
    follow(page, "main form .button")
    yield "withdrawing without a reason"
    page.goto(f"{application}declaration/")
    follow(page, "main form .button")
    yield "declaration refused"
    page.goto(f"{application}check/")
    follow(page, "main form .button")
    yield "refused"
    page.goto(f"{application}declaration/")
    page.check("[name=declares]")
    follow(page, "main form .button")
    yield "all done"
    page.goto(f"{application}check/")
    follow(page, "main form .button")
    yield "handed in"
    page.goto(application)
    yield "application"
    page.goto(OWN)
    yield "own applications"
