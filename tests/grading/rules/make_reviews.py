"""Rules of the annual review for tests: a sound one and what a test says otherwise."""

from grading.rules.scheme import Scheme

BANDS = [
    {"label": "优秀", "min": 90},
    {"label": "称职", "min": 75},
    {"label": "基本称职", "min": 60},
    {"label": "不称职", "min": 0},
]
INDICATORS = [
    {"id": "work", "weight": 40},
    {"id": "hours", "weight": 20, "metric": "hours", "steps": {4: 10, 8: 20}},
    {"id": "conduct", "weight": 20, "manual": True},
    {"id": "publicity", "weight": 20, "manual": True},
]


def review_rule(metrics=None, params=None, **section):
    """Return a scheme of a review; what is None is left out."""
    section = {
        "cycle": "year",
        "full_mark": 100,
        "floor": 0,
        "cap": 100,
        "indicators": INDICATORS,
        "missing": "all",
        "decimals": 1,
        "rounding": "half_up",
        "bands": BANDS,
        "minimum_service": {"months": 6, "label": "不定等次"},
        "steps": [{"id": "bureau", "indicators": "all"}],
        "notice": {"days": 5, "day_kind": "working", "shows": ["name", "organization", "band"]},
        "objection": {"days": 5, "day_kind": "working"},
        **section,
    }
    section = {name: said for name, said in section.items() if said is not None}
    return Scheme({"id": "R", "review": section, "metrics": metrics or {}, "params": params or {}})
