"""The house rules that a reader could break without noticing. Each has a test."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from office.management.commands.draw_flows import drawings

ROOT = Path(__file__).parent.parent

# An app may import the apps it names here, directly or through them, never another.
BELOW = {
    "office": [],
    "registry": ["office"],
    "casework": ["registry", "office"],
    "training": ["registry", "office"],
    "complaints": ["registry", "office"],
    "grading": ["casework", "training", "complaints", "registry", "office"],
    "portal": ["grading", "casework", "training", "complaints", "registry", "office"],
}
APPS = [app for app in BELOW if (ROOT / app).is_dir()]

# Within an app a module or package may import those before it, never those after it.
STOREYS = [
    "rules", "flows", "permissions", "queries", "models", "notices", "tasks", "actions",
    "forms", "views", "reports", "viewsets", "wagtail_hooks", "urls",
]  # fmt: skip
ORDER = {
    "office": [
        "identity", "roles", "samples", "sheets", "papers", "pictures", "personal", "receipts",
        "scopes",
        "queries", "models", "ledger", "documents", "clocks", "flow", "accounts", "backends",
        "policies", "workbench", "desk", *STOREYS[STOREYS.index("forms"):],
    ],
    "registry": [
        "rules", "questions", *STOREYS[1:5], "versions", "overlaps", "letters", "search", "imports",
        "editions", *STOREYS[5:8], "city", *STOREYS[8:],
    ],
    "casework": [
        "rules", *STOREYS[1:5], "metrics", "formats", "notices", "imports", "tasks", "actions",
        "city", "forms", "reports", "views", *STOREYS[11:],
    ],
    "training": [
        "rules", *STOREYS[1:5], "formats", "notices", "issuing", "tasks", "actions", "city",
        "forms", "reports", "views", *STOREYS[11:],
    ],
    "complaints": [
        "rules", *STOREYS[1:5], "vault", "notices", "imports", "tasks", "actions", "city", "wechat",
        "forms", "reports", "views", *STOREYS[11:],
    ],
    "grading": [
        "rules", *STOREYS[1:4], "evaluation", "models", "imports", *STOREYS[5:8], "city",
        "forms", "reports", "views", *STOREYS[11:],
    ],
}  # fmt: skip
# The table of sessions is of the accounts, but Django wants every table among the models; it asks
# the session's model for its store, and the store for its model.
ALLOWED = {
    "office/models/session.py imports office.accounts.queries.SessionQuerySet",
    "office/models/session.py imports office.accounts.sessions.SessionStore",
}
WIRING = {"apps", "receivers", "management", "migrations", "templatetags", "__init__"}

LINES_OF_A_MODULE = 400
LINES_OF_A_FUNCTION = 50
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "core", "common", "misc"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=[\"']|javascript:", re.I)


@cache
def source(path):
    return path.read_text(encoding="utf-8")


@cache
def tree(path):
    return ast.parse(source(path))


def name_of(path):
    return str(path.relative_to(ROOT))


def modules(*apps):
    """Return the files of the apps that people write."""
    return [
        path
        for app in apps
        for path in sorted((ROOT / app).rglob("*.py"))
        # While translations are checked, copies lie about that end in .html.py or .txt.py.
        if "migrations" not in path.parts and "." not in path.stem
    ]


def imports(path):
    """Yield the dotted name of everything a module imports, wherever in the module it does so."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def storey_of(path):
    """Return the module or package below the app that a file belongs to."""
    return path.relative_to(ROOT).with_suffix("").parts[1]


def functions(path):
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_from_the_floors_below(app):
    others = BELOW.keys() - {app, *BELOW[app]} | {"tests"}
    found = {
        f"{name_of(path)} imports {name}"
        for path in modules(app)
        for name in imports(path)
        if name.split(".")[0] in others
    }
    assert found == set()


@pytest.mark.parametrize("app", [app for app in APPS if app != "portal"])
def test_a_module_imports_only_from_the_storeys_below(app):
    order = ORDER.get(app, STOREYS)
    found = {
        f"{name_of(path)} imports {name}"
        for path in modules(app)
        if storey_of(path) in order
        for name in imports(path)
        if name.startswith(f"{app}.")
        and (storey := name.split(".")[1]) in order
        and order.index(storey) > order.index(storey_of(path))
    }
    assert found - ALLOWED == set()


@pytest.mark.parametrize("app", [app for app in APPS if app != "portal"])
def test_every_module_has_its_storey(app):
    found = {storey_of(path) for path in modules(app)}
    assert found - {*ORDER.get(app, STOREYS), *WIRING} == set()


def test_no_module_is_too_long():
    found = {
        name_of(path): lines
        for path in modules(*APPS)
        if (lines := source(path).count("\n")) > LINES_OF_A_MODULE
    }
    assert found == {}


def test_no_function_is_too_long():
    found = {
        f"{name_of(path)}:{function.lineno} {function.name}"
        for path in modules(*APPS, "tests")
        for function in functions(path)
        if function.end_lineno - function.lineno + 1 > LINES_OF_A_FUNCTION
    }
    assert found == set()


def test_no_module_has_a_name_that_says_nothing():
    found = {
        name_of(path)
        for path in modules(*APPS, "tests", "benchmarks")
        if NAMES_THAT_SAY_NOTHING & set(path.relative_to(ROOT).with_suffix("").parts)
    }
    assert found == set()


def test_nothing_is_marked_as_unfinished():
    found = {
        name_of(path)
        for path in modules(*APPS, "tests", "benchmarks")
        if path != Path(__file__) and UNFINISHED.search(source(path))
    }
    assert found == set()


def test_no_model_overrides_save():
    found = {
        f"{name_of(path)}:{function.lineno}"
        for path in modules(*APPS)
        if storey_of(path) == "models"
        for function in functions(path)
        if function.name == "save"
    }
    assert found == set()


def test_a_rule_and_a_flow_never_read_the_clock():
    found = {
        f"{name_of(path)} imports {name}"
        for path in modules(*APPS)
        if storey_of(path) in {"rules", "flows"}
        for name in imports(path)
        if name in {"django.utils.timezone", "time.time"}
    }
    assert found == set()


def templates():
    return sorted(path for app in APPS for path in (ROOT / app).glob("templates/**/*.html"))


def test_no_template_holds_script_or_style():
    found = {
        f"{name_of(path)}: {match[0]}"
        for path in templates()
        if (match := INLINE.search(source(path)))
    }
    assert found == set()


def test_a_template_has_one_first_heading_at_most():
    found = {name_of(path) for path in templates() if source(path).count("<h1") > 1}
    assert found == set()


def test_the_drawings_of_the_flows_are_those_of_the_code():
    drawn = {path.name: path.read_text() for path in (ROOT / "docs" / "flows").glob("*.mmd")}
    assert drawn == drawings()
