"""Rules of the annual review to be edited: the open examples, and one written in every odd way."""

from grading.rules import nodes
from grading.rules.parts import is_place_of_condition
from grading.rules.reading import read
from grading.rules.review_rows import page_keys
from grading.rules.scheme import Scheme
from grading.viewsets.review_places import ReviewPlace, vacant_keys
from office.desk.submissions import new_key
from tests.grading import make_grading

EXAMPLES = {one["ruleset"]["id"]: one["ruleset"] for one in read(make_grading.text("reviews"))}
# Every way of earning points, and every section, in the ways of writing that the examples lack.
ODD = {
    "base": 10,
    "indicators": {
        "a": 30,
        "b": {"weight": 20, "metric": "cases.agreed", "per": "event", "points": 2, "max": 20},
        "c": {"label": "丙", "most": 10, "metric": "complaints.founded", "deduct": [1, 2, 4]},
        "d": {"weight": 10, "deduct": {"first": 2, "more": 1}, "floor": 2},
        "e": {"weight": 10, "first": 1, "then": 2, "note": "迟交"},
        "f": {"weight": 5, "range": [1, 5]},
        "g": {"weight": 5, "fixed": 5},
        "h": {"bonus": True, "weight": 5, "manual": True, "evidence": "证书"},
        "i": {"of": {"j": {"weight": 10, "steps": [{"from": 1, "points": 5}, [3, 10]]}}},
        "k": {"growing": {"first_time": 3, "then": 1}, "cap": 9, "clause": "第九条"},
    },
    "missing": "siblings",
    "cycle": {"length": "quarter", "first_month": 4, "year_of": "end"},
    "rollup": {"how": "weighted", "missing": "skip", "weights": ["10%", "20%", "30%", "40%"]},
    "bands": {"好": 80, "中": {"min": 60}, "差": {"below": 60}},
    "top": {"band": "好", "at_most": {"percent": 20}, "rounding": "up", "of": "reviewed",
            "per": "whole", "tie": ["lot"], "overflow": "next_band"},
    "vetoes": [],
    "steps": [
        {"id": "office", "indicators": ["f"], "share": "40%"},
        {"id": "bureau", "indicators": "all", "share": {"f": "60%", "h": 1}},
    ],
    "prorate": {"by": "days", "what": "counts", "indicators": "b"},
    "consequences": {"好": "award", "差": [{"pay": {"amount": 100}}, "talk"]},
    "consecutive": {"bands": "差", "years": 2, "excused": "breaks", "not_reviewed": "counts",
                    "consequence": ["talk"]},
    "renewal": {"against": {"cmp": ["reviews.bands.差", ">=", 1]}},
}  # fmt: skip


def example(name="R3-shaoxing-four", **changes):
    """An example with other parts of its section on the review."""
    whole = EXAMPLES[name]
    return {**whole, "review": {**whole["review"], **changes}}


def odd(**changes):
    """A rule whose parts are written as the examples do not write them."""
    return example(**{**ODD, **changes})


class Page:
    """A page about one place of a rule, as far as a form asks for it."""

    revision = 0

    def __init__(self, document, at, kind=""):
        self.scheme, self.kind = Scheme(document), kind
        try:
            keys = nodes.keys_of(document, at)
        except nodes.NoSuchPlace:
            keys = vacant_keys(self.scheme, at)
        self.keys = page_keys(document, keys)
        self.path = nodes.address(self.keys)
        self.is_condition = is_place_of_condition(document, self.keys)

    def form(self, form_class, data, files, **given):
        return form_class(data, files, user=None, record=self, **given)


def place(document, at, kind=""):
    """Return a place of a rule as its page has it."""
    return ReviewPlace(Page(document, at, kind))


def filled(document, at, as_kind="", *, new=False, **typed):
    """Return the form of a place, sent back as it stands but for what is typed."""
    of = place(document, at, as_kind)
    make = of.adding_form if new else of.form
    empty = make(None, None)
    if empty is None:
        return None
    stands = {name: empty[name].value() for name in empty.fields}
    stands = {name: "" if one is None else one for name, one in stands.items()}
    return make({**stands, "submission": new_key(), **typed}, None)


def made(document, at, as_kind="", **typed):
    """Return what the form of a place makes of what is typed."""
    form = filled(document, at, as_kind, **typed)
    assert form.is_valid(), form.errors
    return form.made()


def places_of(document, at="review"):
    """Yield the paths of all places that have a page, parts before what they are made of."""
    sections = [f"review.{name}" for name in document["review"]] if at == "review" else []
    own = [*place(document, at).inner()] if at.count(".when") == 0 else []
    yield at
    for path in (*sections, *(path for _name, _words, path in own)):
        page = Page(document, path)
        if not page.is_condition and page.path != at:
            yield from places_of(document, page.path)
