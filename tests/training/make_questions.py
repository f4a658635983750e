"""Questions, topics and content of every kind for tests."""

import json
from datetime import date
from pathlib import Path

from django.conf import settings

from tests import make
from tests.make import TODAY
from training.actions import add_question, load_topics
from training.formats.items import option, truths
from training.models import Topic

FIXTURES = settings.BASE_DIR / "fixtures" / "training"
IN_FORCE = date(2011, 1, 1)
REASON = "A letter of 20 November 2026."
CONTENT = {
    "single": {
        "options": [option(0, "由村民委员会设立", "100"), option(1, "由法院设立", "0", "不对")]
    },
    "multiple": {
        "options": [
            option(0, "自愿平等", "50"), option(1, "尊重权利", "50"), option(2, "收取费用", "-100"),
        ]
    },
    "true_false": {"options": truths(answer=True, when_wrong="见第四条")},
    "fill_in": {"accepted": [{"text": "三", "weight": "100", "feedback": ""}], "case": False},
    "numerical": {"accepted": [{"low": "29", "high": "31", "weight": "100", "feedback": ""}]},
    "matching": {
        "pairs": [
            {"id": "a", "left": "人民调解", "right": "群众性组织"},
            {"id": "b", "left": "行政调解", "right": "行政机关"},
        ]
    },
    "essay": {"guide": [{"point": "先稳定情绪", "marks": "3"}]},
}  # fmt: skip


def topics():
    load_topics(json.loads(Path(FIXTURES / "topics.json").read_text(encoding="utf-8")))


def topic(code="procedure"):
    if not Topic.objects.exists():
        topics()
    return Topic.objects.get(code=code)


def city():
    return make.division("3306")


def question(stem="人民调解委员会怎样设立？", kind="single", *, by=None, **fields):
    """A draft in the bank of the city."""
    fields.setdefault("division", None)
    division = fields.pop("division") or city()
    values = {
        "topic": fields.pop("topic", None) or topic(),
        "difficulty": 1,
        "content": CONTENT[kind],
        "law_basis": [{"law": "人民调解法", "article": "8"}],
        "valid_from_on": IN_FORCE,
        "by": by or make.user(),
        "today": TODAY,
        "reason": REASON,
    }
    return add_question(division=division, kind=kind, stem=stem, **values | fields)
