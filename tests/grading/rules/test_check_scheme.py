"""The command: the vectors pass whole, blockers are named, a wrong answer fails the run."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SAMPLES = Path(__file__).parent / "samples"
RULES, VECTORS = SAMPLES / "rules.yaml", SAMPLES / "vectors.yaml"
WHOLE = """
ruleset:
  id: whole
  levels: [{code: A, label: 甲, rank: 1}, {code: B, label: 乙, rank: 2}]
  params: {cases: 50}
  metrics: {mediated: {field: cases.mediated}}
  population: {flag: in_post}
  req:
    A: {cmp: [mediated, 不低于, $p.cases]}
    B: {}
  authority: [{when: {}, evaluate: county}]
  committee: {size: 3, seats: {lawyer: 3}, quorum: 2, vote: majority_of_present}
  publicity: {by: county, days: 5, day_kind: working}
"""
pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def file_of(tmp_path):
    def make(text, name="given.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return make


def check(*args, **options):
    out = StringIO()
    call_command("check_scheme", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_the_open_vectors_pass_whole():
    told = check(RULES, vectors=str(VECTORS))
    assert "24 of 24 vectors as expected" in told
    assert told.count(" ok\n") == 24
    assert "MISMATCH" not in told


def test_every_unknown_on_an_active_path_is_told_with_its_path():
    told = check(RULES)
    for path in ("O1-national: 8", "  population:", "  req.L4:", "  committee.tie:"):
        assert path in told


def test_unknown_dates_sources_and_pay_stop_nobody(file_of):
    advisory = "  dates: {effective_from: UNK}\n  benefits: UNK\n  round: {cycle_years: UNK}\n"
    assert "whole: nothing stands against it" in check(file_of(WHOLE + advisory))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("cases: 50", "cases: UNK"), "params.cases"),
        (("B: {}", "B: UNK"), "req.B"),
        (("days: 5", "days: UNK"), "publicity.days"),
        (("size: 3", "size: 4"), "may be even"),
        (("quorum: 2", "quorum: UNK"), "committee.quorum"),
        (("evaluate: county", "evaluate: UNK"), "authority[0].evaluate"),
        (("when: {}", "when: {level: [A]}"), "Nobody decides about the level “B”"),
        (("field: cases.mediated", "ratio: [cases.oral, UNK]"), "metrics.mediated"),
        (("params:", "selection: {quotas: {A: 10}}\n  params:"), "selection.tie_at_cut"),
        (
            (
                "params:",
                "sheet: {bands: [{label: 优, min: 90}, {label: 良, max: 80, min: 0}]}\n  params:",
            ),
            "sheet.bands",
        ),
        (("population:", "conditions: {x: UNK}\n  base: {use: x}\n  population:"), "conditions.x"),
        (
            ("population:", "readings: {r: UNK}\n  base: {switch: r, a: {}}\n  population:"),
            "readings.r",
        ),
    ],
)
def test_each_kind_of_blocker_blocks(file_of, change, told):
    vectors = file_of("tests: [{id: a, op: activate, rule: whole, expect: allowed}]", "v.yaml")
    assert "a ok" in check(file_of(WHOLE), vectors=str(vectors))

    broken = file_of(WHOLE.replace(*change))
    assert told in check(broken)
    with pytest.raises(CommandError):
        check(broken, vectors=str(vectors))


@pytest.mark.parametrize(
    "vector",
    [
        "{id: x, op: activate, rule: whole, expect: refused}",
        "{id: x, op: activate, rule: nobody, expect: refused}",
        "{id: x, op: unheard_of, rule: whole, expect: ok}",
        "{id: x, op: window, rule: whole, expect: open}",
        "{id: x, op: grade, rule: whole, level: Z, facts: {as_of: 2024-01-01}, expect: pass}",
    ],
)
def test_an_answer_that_was_not_expected_fails_the_run(file_of, vector):
    vectors = file_of(f"tests: [{vector}]", "v.yaml")
    with pytest.raises(CommandError):
        check(file_of(WHOLE), vectors=str(vectors))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ruleset: {id: x}", "x.levels"),
        ("levels: []", "needs a “ruleset”"),
        ("", "no rule set"),
        (WHOLE + "---" + WHOLE, "two rule sets"),
        (WHOLE + "  vetos: []\n", "Is “vetoes” meant?"),
        (WHOLE + "  parent: whole\n", "cannot descend from itself"),
        (WHOLE + "  parent: nobody\n", "no rule set “nobody”"),
        (WHOLE.replace("rank: 2", "rank: 1"), "same rank"),
        (WHOLE.replace("$p.cases", "$p.csaes"), "no parameter “csaes”"),
        (WHOLE.replace("不低于", "大约"), "no comparison"),
        (WHOLE.replace("B: {}", "B: {flag: a, attest: b}"), "req.B"),
        (WHOLE.replace("B: {}", "B: {all: [{any: []}]}"), "req.B.all[0].any"),
        (WHOLE.replace("B: {}", "B: {k_of: {k: 3, of: [{flag: a}]}}"), "req.B.k_of.k"),
        (WHOLE.replace("B: {}", "B: {use: nothing}"), "no condition “nothing”"),
        (WHOLE.replace("{field: cases.mediated}", "{add: [mediated, 1]}"), "rest on itself"),
        ("schema: grading-rule/v2\n" + WHOLE, "grading-rule/v1"),
    ],
)
def test_a_file_with_faults_names_their_paths(file_of, text, told):
    with pytest.raises(CommandError, match=told.replace("[", r"\[").replace("?", r"\?")):
        check(file_of(text))


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        check(tmp_path / "nothing.yaml")
    (tmp_path / "gbk.yaml").write_bytes("标题: 办法".encode("gbk"))
    with pytest.raises(CommandError, match="UTF-8"):
        check(tmp_path / "gbk.yaml")


def test_a_child_says_one_name_anew_and_keeps_the_others(file_of):
    child = """
---
ruleset:
  id: child
  parent: whole
  params: {cases: 60}
  req: {B: {cmp: [mediated, ">=", $p.cases]}}
"""
    vectors = """
tests:
  - id: a
    op: grade
    rule: child
    level: B
    facts: &f {as_of: 2024-01-01, flags: {in_post: true}, cases: {mediated: 59}}
    expect: fail
  - {id: b, op: grade, rule: child, level: A, facts: {<<: *f, cases: {mediated: 60}}, expect: pass}
  - {id: c, op: grade, rule: whole, level: B, facts: {<<: *f}, expect: pass}
"""
    told = check(file_of(WHOLE + child), vectors=str(file_of(vectors, "v.yaml")))
    assert "3 of 3" in told
