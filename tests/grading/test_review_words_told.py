"""What people read about a review: how points are earned and lost, and how the notice is called."""

from types import SimpleNamespace

import pytest

from grading.notices.review_announcements import review_announcement
from grading.notices.review_words import how_of
from grading.rules.indicators import indicators_of
from grading.rules.scheme import Scheme
from tests.grading import make_told

pytestmark = pytest.mark.usefixtures("in_english")
TREE = [
    {"id": "whole", "label": "综合", "weight": 100, "manual": True},
    {"id": "complaints", "label": "投诉", "metric": "complaints.founded", "deduct": 10, "cap": 30},
    {
        "id": "awards",
        "label": "表彰",
        "metric": "awards.count",
        "each": 2,
        "cap": 10,
        "bonus": True,
    },
]


def test_points_that_are_lost_are_not_called_points_that_are_given():
    _whole, lost, given = indicators_of(Scheme(make_told.rule(indicators=TREE)))
    assert how_of(lost) == "10 points deducted each time."
    assert how_of(given) == "2 points each time."


@pytest.mark.parametrize("title", ["某县2025年度人民调解员考核", "某县2025年度人民调解员"])
def test_the_notice_says_once_what_it_is_about(title):
    version = SimpleNamespace(scheme=SimpleNamespace(title="考核办法"))
    cycle = SimpleNamespace(title=title, rules=Scheme(make_told.rule()), version=version)
    assert review_announcement(cycle, [])[0] == "某县2025年度人民调解员考核结果公示"
