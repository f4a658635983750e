"""What may be asked of a person by name: figures and flags, written in the language of the rules.

An entry is configuration over series; a scheme may define further metrics of its own in the same
words. What is not listed here, a person has to answer: it is missing until somebody does.
"""

from django.utils.translation import gettext_lazy as _

CLOSED = ["succeeded", "failed", "withdrawn", "transferred"]
LISTED = ["listed", "change_pending", "rectifying"]
YEARLY = {"where": {"cycle": "year"}}
ARTICLE_15 = ["partiality", "insult", "property", "leak"]


def _cases(**where):
    return {"count": {"of": "mediations", "where": where}}


FIGURES = {
    "age": (_("age in full years"), {"duration": "born_on"}),
    "cases.accepted": (_("cases accepted"), _cases()),
    "cases.mediated": (_("disputes mediated"), _cases(state=CLOSED)),
    "cases.agreed": (_("disputes settled"), _cases(state="succeeded")),
    "cases.failed": (_("disputes not settled"), _cases(state="failed")),
    "cases.written": (_("written agreements"), _cases(agreement="written")),
    "cases.oral": (_("oral agreements"), _cases(agreement="oral")),
    "cases.fulfilled": (_("agreements fulfilled"), _cases(fulfilment="fulfilled")),
    "cases.court_refused": (_("confirmations refused by courts"), _cases(confirmation="refused")),
    "opinions.average": (_("satisfaction"), {"average": {"of": "opinions"}}),
    "opinions.count": (_("opinions of parties"), {"count": {"of": "opinions"}}),
    "hours.total": (_("class hours"), {"sum": {"of": "hours"}}),
    "hours.last_year": (
        _("class hours of the last complete year"),
        {"sum": {"of": "hours", "window": {"complete_years": 1}}},
    ),
    "writeups.adopted": (_("write-ups adopted"), {"count": {"of": "writeups"}}),
    "awards.count": (_("awards"), {"count": {"of": "awards"}}),
    "apprentices.completed": (_("apprentices completed"), {"count": {"of": "apprentices"}}),
    "complaints.founded": (
        _("founded complaints"),
        {"count": {"of": "complaints", "where": {"result": ["founded", "partly"]}}},
    ),
    "discipline.count": (_("discipline"), {"count": {"of": "discipline"}}),
    "reviews.decided": (_("annual reviews with a result"), {"count": {"of": "reviews", **YEARLY}}),
    "reviews.last_band": (
        _("band of the last annual review"),
        {"latest": {"of": "reviews", "field": "band", **YEARLY}},
    ),
    "reviews.last_score": (
        _("score of the last annual review"),
        {"latest": {"of": "reviews", "field": "score", **YEARLY}},
    ),
}


def _holds(**where):
    return {"exists": {"of": "posts", "where": where}}


FLAGS = {
    "in_post": (_("holds a post"), _holds()),
    "committee_filed": (_("serves a filed committee"), _holds(body_state=LISTED)),
    "formally_appointed": (
        _("formally elected or appointed"),
        _holds(route=["elected", "appointed"]),
    ),
    "full_time": (_("full-time"), _holds(employment="full_time")),
    "part_time": (_("part-time"), _holds(employment="part_time")),
    "invited": (_("invited"), _holds(employment="invited")),
    "suspended": (_("suspended"), _holds(state="suspended")),
    "certified": (_("holds a valid certificate"), {"exists": {"of": "certificates"}}),
    "misconduct": (
        _("discipline on a ground of article 15"),
        {"exists": {"of": "discipline", "where": {"ground": ARTICLE_15}}},
    ),
    "complaint_founded": (
        _("a founded complaint"),
        {
            "exists": {
                "of": "complaints",
                "where": {"result": ["founded", "partly"]},
            }
        },
    ),
    "reviewed": (
        _("has an annual review"),
        {"exists": {"of": "reviews", **YEARLY}},
    ),
}
