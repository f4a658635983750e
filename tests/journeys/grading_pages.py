"""Which pages of grading are looked at: rule sets with their drafts, forms and dry runs."""

import re

from tests.grading.make_grading import document, published
from tests.journeys.pages import first_of

SCHEMES = "/admin/grading_schemes/"
FIRST = "tbody th a"
NAME = re.compile(r"[A-Za-z][\w.:/-]*", re.ASCII)


def own_names():
    """Return what the rule sets looked at call their parts, sources and formats."""
    template = published("O1-national")
    names = {"YAML", "JSON", "UTF-8", "grading-rule/v1", template["source"]["url"]}
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
    ruling = first_of(page, f"{SCHEMES}?state=active&title=绍兴", FIRST)
    draft = first_of(page, f"{SCHEMES}?state=draft&title=绍兴", FIRST)
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
