"""``docs/security/asvs.csv`` says which control holds and which test proves it.

``row`` is the row of the specification's table of requirements, ``asvs`` the section of the OWASP
Application Security Verification Standard 5.0.
"""

import ast
import csv
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPLY_NOW = {1, 2, 3, 4, 6, 7, 9, 10, 11, 12, 15, 16, 17, 18, 19, 20, 21, 23, 24}


def controls():
    with (ROOT / "docs" / "security" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names_in(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_that_applies_has_a_control():
    assert {int(control["row"]) for control in controls()} == APPLY_NOW


def test_every_control_names_a_test_that_exists():
    named = [control["test"].split("::") for control in controls()]

    assert [name for path, name in named if name not in names_in(path)] == []


def test_every_control_names_a_section_of_the_standard():
    sections = {control["asvs"] for control in controls()}

    assert {section for section in sections if not 1 <= float(section) < 18} == set()
