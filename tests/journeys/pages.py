"""Which pages are looked at one by one, and what is measured on them."""

from tests.journeys.browser import follow
from tests.journeys.city import FENGQIAO, FOUND_BY_SOUND
from tests.journeys.exam import TITLE

PUBLIC = {
    "home": "/",
    "list of mediators": "/mediators/",
    "results": "/mediators/?q=zhang&division=330681&employment=part_time",
    "no results": "/mediators/?q=章章章&division=330681",
    "refused search": f"/mediators/?q={'x' * 60}",
    "list of committees": "/organizations/",
    "notices": "/notices/",
    "follow an objection": "/notices/objections/",
    "editions": "/editions/",
    "guide": "/guide/",
    "courses": "/courses/",
    "case library": "/library/",
    "opinion": "/opinion/",
    "levels": "/levels/",
    "complaints": "/complaints/",
    "figures of complaints": "/complaints/figures/",
    "no draft of a complaint": "/complaints/new/what/",
    "check a certificate": "/verify/",
    "no such certificate": "/verify/AAAAAAAAAAAAAAAAAAAA/",
    "news": "/news/",
    "contact": "/contact/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "site map": "/sitemap/",
    "sign in": "/accounts/login/",
    "help with signing in": "/accounts/help/",
    "no such page": "/nowhere/",
}
DESK_PAGES = {
    "dashboard": "/admin/",
    "mediators": "/admin/mediators/",
    "organisations": "/admin/organizations/",
    "appointments": "/admin/appointments/",
    **{
        name: f"/admin/{name}/"
        for name in [
            "filings",
            "filings/new",
            "confirmations",
            "campaigns",
            "court-notices",
            "discipline",
            "detection",
            "rectifications",
            "closures",
            "notices",
            "objections",
            "staffing",
            "staffing/heat",
            "legality",
            "standards",
            "awards",
            "stars",
            "studios",
            "experts",
            "auxiliaries",
            "editions",
            "policies",
            "past-roster",
            "merges",
            "hours_audits",
            "seals",
        ]
    },
    "imports": "/admin/imports/",
    "upload": "/admin/imports/new/",
    "find by number": "/admin/mediators/find/",
    "duplicates": "/admin/mediators/?duplicates=certain",
    "out of reach": "/admin/ledger/",
    "security": "/accounts/security/",
    "sessions": "/accounts/sessions/",
}
OWN = {
    "own page": "/my/",
    "courses in hand": "/my/courses/",
    "own sessions": "/my/sessions/",
    "own exams": "/my/exams/",
    "own hours": "/my/hours/",
    "own pairings": "/my/mentorship/",
    "own certificates": "/my/certificates/",
    "textbooks": "/my/textbooks/",
    "own cases": "/my/cases/",
    "entering a case": "/my/cases/new/",
    "own pay": "/my/pay/",
    "own write-ups": "/my/case-studies/",
    "recommended cases": "/my/library/",
    "own grading": "/my/grading/",
}
TRAINING = {
    name: f"/admin/{name}/"
    for name in [
        "pairings",
        "hours",
        "hour_entries",
        "hours_waivers",
        "hours_rules",
        "training_policies",
        "courses",
        "course_studies",
        "course_divisions",
        "textbooks",
        "lecturers",
        "questions",
        "question_imports",
        "certificates",
        "certificate_runs",
        "certificate_kinds",
        "exam_papers",
        "exams",
        "exam_candidates",
        "exam_attempts",
        "training_sessions",
        "enrolments",
        "training_bases",
        "markings",
        "rekeys",
        "appeals",
    ]
}
CASEWORK = {
    name: f"/admin/{name}/"
    for name in [
        "cases",
        "case_statistics",
        "case_statistics/trend",
        "case_imports",
        "return_visits",
        "file_checks",
        "prevention",
        "prevention/missing",
        "prevention/totals",
        "case_studies",
        "claims",
        "claims/totals",
        "allowance-runs",
        "subsidy_schemes",
    ]
}
# Of these one record is opened as well.
CASEWORK_OPENED = ["cases", "case_imports", "file_checks", "claims", "subsidy_schemes"]
OPENED = [
    "pairings",
    "courses",
    "questions",
    "question_imports",
    "certificates",
    "certificate_runs",
    "exam_papers",
    "exams",
    "exam_attempts",
    "training_sessions",
    "enrolments",
    "markings",
    "rekeys",
    "appeals",
]
# What sticks out of the page sideways, unless it scrolls within a box of its own.
STICKS_OUT = """
() => [...document.querySelectorAll("body *")].filter((element) => {
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.right <= window.innerWidth + 1) return false;
    for (let e = element; e; e = e.parentElement) {
        const style = getComputedStyle(e);
        if (style.overflowX !== "visible" && e !== document.body) return false;
        if (style.clipPath !== "none" || style.visibility === "hidden") return false;
    }
    return true;
}).map((e) => e.outerHTML.slice(0, 90))
"""
# Everything one aims at with a finger; links within a sentence may be as low as its line.
SMALL_TARGETS = """
(least) => [...document.querySelectorAll(
    ".button, .chip, .link-button, .site-nav a, .pages a, summary, select, "
    + "input:not([type=hidden], [type=checkbox], [type=radio]), label:has(> input)")]
    .filter((e) => e.checkVisibility())
    .filter((e) => e.getBoundingClientRect().height < least - 0.5)
    .map((e) => e.outerHTML.slice(0, 90))
"""
# What is said on the page, each with the nearest ``lang``.
SAID = """
() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const said = [[`title-${document.documentElement.lang}`, document.title]];
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        const text = walker.currentNode.textContent.trim();
        if (!text || !parent.checkVisibility({visibilityProperty: true})) continue;
        said.push([parent.closest("[lang]").lang, text]);
    }
    for (const e of document.querySelectorAll("[aria-label], [alt], [title], [placeholder]")) {
        if (!e.checkVisibility({visibilityProperty: true})) continue;
        for (const name of ["aria-label", "alt", "title", "placeholder"])
            if (e.getAttribute(name)) said.push([e.closest("[lang]").lang, e.getAttribute(name)]);
    }
    return said;
}
"""


def public_pages(page):
    """Return the addresses of the public pages, with those of a mediator and a committee."""
    return PUBLIC | {
        "mediator": first_found(page, f"/mediators/?q={FOUND_BY_SOUND}"),
        "committee": first_found(page, f"/organizations/?q={FENGQIAO}"),
        **course_pages(page),
    }


def course_pages(page):
    """Return the addresses of a course and of its first lesson."""
    course = first_found(page, PUBLIC["courses"])
    page.goto(course)
    return {"course": course, "lesson": page.locator("main ol.links a").first.get_attribute("href")}


def own_pages(page):
    """Return the addresses of a mediator's own pages; the exam that can be sat is begun."""
    page.goto("/my/exams/")
    exams = [link.get_attribute("href") for link in page.locator(".links a").all()]
    exam = first_of(page, "/my/", f".tasks a:has-text('{TITLE}')")
    rules = exam.partition("questions/")[0]
    page.goto(rules)
    if page.locator("main form .button").count():
        follow(page, "main form .button")
    certificate = first_of(page, "/my/certificates/", "main .links a, main .card a, main td a")
    return OWN | {
        "exam to come": exams[0],
        "exam being sat": rules,
        "question of the exam": f"{rules}questions/1/",
        "handing in": f"{rules}hand-in/",
        "result": first_of(page, exams[-1], "main .button"),
        "own course": first_of(page, "/my/courses/", ".card h3 a"),
        "own case": first_of(page, "/my/cases/", "main .links a"),
        "own lesson": first_of(page, "/my/courses/", ".card .row a"),
        "own pairing": first_of(page, "/my/mentorship/", "main .links a, main .card a"),
        "own certificate": certificate,
        "verification": first_of(page, certificate, "main a[href*='/verify/']"),
    }


def training_pages(page):
    """Return the addresses of the desks of training, with those of some records."""
    records = {f"one of {name}": first_of(page, TRAINING[name], "tbody th a") for name in OPENED}
    asked = first_of(page, "/admin/exams/?state=asked", "tbody th a")
    claimed = first_of(page, "/admin/markings/?state=claimed", "tbody th a")
    return {
        **TRAINING,
        **records,
        "exam to be released": asked,
        "keeping back": f"{asked}act/keep_back/",
        "statistics": f"{asked}statistics/",
        "marking": f"{claimed}mark/",
        "map of pairings": "/admin/pairings/map/",
    }


def casework_pages(page):
    """Return the addresses of the main desks of casework, with those of some records."""
    records = {
        f"one of {name}": first_of(page, CASEWORK[name], "tbody th a") for name in CASEWORK_OPENED
    }
    scheme = records["one of subsidy_schemes"]
    organization = first_of(page, "/admin/case_statistics/?by=organization", "tbody th a")
    return {
        **CASEWORK,
        **records,
        "trial of a scheme": f"{scheme}try/",
        "schemes compared": f"{scheme}compare/",
        "figures of an organisation": organization,
    }


def first_of(page, address, selector):
    """Return where the first link of a page leads that fits."""
    page.goto(address)
    return page.locator(selector).first.get_attribute("href")


def desk_pages(page):
    """Return the addresses of the main pages of the desk, with those of one record."""
    page.goto("/admin/organizations/")
    record = page.locator("tbody th a").first.get_attribute("href")
    page.goto(record)
    edit, *_others, history = [
        link.get_attribute("href") for link in page.locator(".officer-acts a").all()
    ]
    page.goto("/admin/mediators/")
    person = page.locator("tbody th a").first.get_attribute("href")
    return DESK_PAGES | {"record": record, "edit": edit, "history": history, "person": person}


def first_found(page, address):
    page.goto(address)
    return page.locator(".card h2 a").first.get_attribute("href")
