"""The unknowns on the path of a decision: what must be decided before a rule may be applied."""

from grading.rules.measures import operands_of
from grading.rules.operators import meaning
from grading.rules.predicates import GROUPS, LEAVES, kind_of
from grading.rules.unknown import UNK, is_known


def unknowns_of_level(scheme, code):
    """Return the paths of all unknowns that a decision about this level would meet."""
    found = [*_of(scheme, scheme.document.get("population", {}), "population")]
    found += _of(scheme, scheme.document.get("base", {}), "base")
    for at, veto in enumerate(scheme.rows("vetoes")):
        found += _of(scheme, veto.get("when", UNK), f"vetoes[{at}].when")
        found += _inside(scheme, veto.get("effect"), f"vetoes[{at}].effect")
    found += [name for name in ("open_levels", "vetoes") if scheme.document.get(name) is UNK]
    found += _of(scheme, scheme.requirement(code), f"req.{code}")
    return list(dict.fromkeys(found))


def unknown_in(scheme, value, path):
    """Yield the paths of all unknowns written in a value, parameters among them."""
    if value is UNK:
        yield path
    elif isinstance(value, dict):
        for key, one in value.items():
            name = key if str(key).startswith("[") else f".{key}"
            yield from unknown_in(scheme, one, f"{path}{name}")
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from unknown_in(scheme, one, f"{path}[{at}]")
    elif isinstance(value, str) and value.startswith("$p.") and not is_known(scheme.value(value)):
        yield f"params.{value[3:]}"


def unknowns_of_condition(scheme, node, path):
    """Return the paths of all unknowns that a condition and what it refers to would meet."""
    return list(dict.fromkeys(_of(scheme, node, path)))


def unknowns_of_metric(scheme, name, path):
    """Return the paths of all unknowns in how a metric is worked out."""
    return list(dict.fromkeys(_metric(scheme, name, path)))


def _of(scheme, node, path, seen=()):
    """Yield the paths of unknowns in a condition and in all it refers to."""
    if node is UNK or node is None:
        yield path
    if not node_has_kind(node):
        return
    kind = kind_of(node, path)
    yield from _INSIDE[kind](scheme, node[kind], node, path, seen)


def node_has_kind(node):
    return isinstance(node, dict) and any(key in node for key in GROUPS + LEAVES)


def _group(kind):
    def inside(scheme, nodes, node, path, seen):
        yield from _listed(scheme, nodes, node, f"{path}.{kind}", seen)

    return inside


def _listed(scheme, nodes, _node, path, seen):
    if nodes is UNK:
        yield path
    for at, one in enumerate(nodes if isinstance(nodes, list) else ()):
        yield from _of(scheme, one, f"{path}[{at}]", seen)


def _k_of(scheme, spec, node, path, seen):
    yield from _value(scheme, spec["k"], f"{path}.k_of.k")
    yield from _listed(scheme, spec["of"], node, f"{path}.k_of", seen)


def _used(scheme, name, _node, _path, seen):
    if name not in seen:
        inner = scheme.section("conditions").get(name, UNK)
        yield from _of(scheme, inner, f"conditions.{name}", (*seen, name))


def _switched(scheme, reading, node, path, seen):
    choice = scheme.reading(reading)
    if choice is UNK or choice not in node:
        yield f"readings.{reading}"
    else:
        yield from _of(scheme, node[choice], f"{path}.{choice}", seen)


def _compared(scheme, triple, _node, path, _seen):
    name, op, bound = triple
    yield from _metric(scheme, name, path)
    yield from _operator(scheme, op, path)
    yield from _value(scheme, bound, path)


def _yearly(scheme, spec, _node, path, _seen):
    yield from _metric(scheme, spec["metric"], path)
    yield from _operator(scheme, spec["op"], path)
    for name in ("last", "value"):
        yield from _value(scheme, spec[name], f"{path}.{name}")


def _named(_scheme, name, _node, path, _seen):
    if name is UNK:
        yield path


def _operator(scheme, op, path):
    if meaning(scheme, op) is UNK:
        yield path if op is UNK else f"words.{op}"


def _value(scheme, written, path):
    for one in written if isinstance(written, list) else [written]:
        if not is_known(scheme.value(one)):
            yield f"params.{one[3:]}" if isinstance(one, str) and one.startswith("$p.") else path


def _metric(scheme, name, path, seen=()):
    if name is UNK:
        yield path
        return
    calc = scheme.section("metrics").get(name) if name not in seen else None
    yield from _inside(scheme, calc, f"metrics.{name}")
    for one in operands_of(calc):
        yield from _metric(scheme, one, path, (*seen, name))


def _inside(scheme, value, path):
    """Yield the unknowns written in a calculation."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _inside(scheme, one, f"{path}.{key}")
    elif isinstance(value, list):
        for one in value:
            yield from _inside(scheme, one, path)
    elif value is UNK or isinstance(value, str):
        yield from _value(scheme, value, path)


_INSIDE = {
    "all": _group("all"),
    "any": _group("any"),
    "not": lambda scheme, inner, _node, path, seen: _of(scheme, inner, f"{path}.not", seen),
    "k_of": _k_of,
    "use": _used,
    "switch": _switched,
    "cmp": _compared,
    "each_year": _yearly,
    "flag": _named,
    "attest": _named,
}
