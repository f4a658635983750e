"""What only a person can answer: attestations, and flags that no register tells."""

from grading.evaluation.subjects import subject_of
from grading.rules.terms import label_of


def questions_of(scheme, level):
    """Return the names of the questions that a judgment for a level asks of officers, in order."""
    return list(questions_in_words(scheme, level))


def questions_in_words(scheme, level):
    """Return {name: what it is called} of these questions: as the rule words it, if it does."""
    document = scheme.document
    nodes = [document.get("population"), document.get("base"), scheme.requirement(level)]
    nodes += [veto.get("when") for veto in scheme.rows("vetoes")]
    found = {}
    for node in nodes:
        for name, worded in _asked(scheme, node):
            found[name] = found.get(name) or worded
    return {name: str(worded or label_of(name)) for name, worded in found.items()}


def _asked(scheme, node):
    """Yield the questions of a condition and of all it is made of, each with its label."""
    if isinstance(node, dict):
        told = subject_of(scheme).flags
        kinds = (kind for kind in QUESTIONS if _is_question(kind, node.get(kind), told))
        yield from ((node[kind], node.get("label")) for kind in kinds)
        for inner in INSIDE:
            yield from _asked(scheme, inner(scheme, node))
    elif isinstance(node, list):
        for one in node:
            yield from _asked(scheme, one)


def _is_question(kind, name, told):
    return isinstance(name, str) and (kind == "attest" or name not in told)


def _chosen(scheme, node):
    return node.get(scheme.reading(node["switch"])) if "switch" in node else None


def _counted(_scheme, node):
    return node["k_of"].get("of") if isinstance(node.get("k_of"), dict) else None


def _used(scheme, node):
    return scheme.section("conditions").get(node["use"]) if "use" in node else None


QUESTIONS = ("attest", "flag")
INSIDE = (
    lambda _scheme, node: node.get("all"),
    lambda _scheme, node: node.get("any"),
    lambda _scheme, node: node.get("not"),
    _counted,
    _used,
    _chosen,
)
