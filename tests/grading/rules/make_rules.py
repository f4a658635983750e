"""Rules for tests, written as a document is: four levels and what a test adds."""

from datetime import date
from pathlib import Path

from grading.rules.reading import read
from grading.rules.scheme import Scheme

LEVELS = """
ruleset:
  id: invented
  levels:
    - {code: L1, label: 一级, rank: 1}
    - {code: L2, label: 二级, rank: 2}
    - {code: L3, label: 三级, rank: 3}
    - {code: L4, label: 四级, rank: 4}
  scales:
    stars:
      - {code: S3, label: 三星, rank: 1}
      - {code: S2, label: 二星, rank: 2}
"""
DAY = date(2024, 6, 1)


def rule(text="", **changed):
    """Return a scheme of the invented rule with further sections, written without indentation."""
    (document,) = read(LEVELS)
    (more,) = read(text) or [{}]
    return Scheme({**document["ruleset"], **more}, **changed)


def open_rules():
    """Return the three published rules that stand beside the tests, by id."""
    text = (Path(__file__).parent / "samples" / "rules.yaml").read_text(encoding="utf-8")
    return {one["ruleset"]["id"]: Scheme(one["ruleset"]) for one in read(text)}
