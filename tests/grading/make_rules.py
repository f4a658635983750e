"""Invented rule sets for tests that draw them: every kind of figure and condition."""

from decimal import Decimal

from hypothesis import strategies as st

WHERE = {
    "mediations": {
        "state": ["succeeded", "failed", "accepted"],
        "agreement": ["written", "oral"],
        "fulfilment": ["fulfilled", "refused"],
        "dispute_type": ["neighbours", "family"],
        "role": ["lead", "together"],
        "is_voluntary": [True, False],
        "amount": [Decimal("0.10"), 1000, {">": Decimal("1000.34")}, {">=": 0, "<": 20000}],
    },
    "awards": {"level": ["county", "city"]},
    "discipline": {"ground": ["leak", "insult"]},
    "posts": {"employment": ["part_time", "invited"], "route": ["elected"], "state": ["suspended"]},
    "hours": {"content": ["law", "ethics"], "amount": [Decimal("0.5"), {">": Decimal("2.0")}]},
    "opinions": {"amount": [5, {">=": 3}]},
    "service": {"employment": ["part_time"], "state": ["in_post", "ended"]},
}
DATED = ["mediations", "awards", "discipline", "posts", "hours", "opinions"]
OPS = [">=", ">", "<=", "<", "=", "!=", "以上", "不满"]
windows = st.one_of(
    st.none(),
    st.sampled_from(["lifetime", "current_year", {"since": "unheard_of"}]),
    st.builds(lambda n: {"last_years": n}, st.integers(1, 6)),
    st.builds(lambda n: {"last_months": n}, st.integers(1, 40)),
    st.builds(lambda n: {"complete_years": n}, st.integers(1, 5)),
)


@st.composite
def specs(draw, dated=tuple(DATED)):
    name = draw(st.sampled_from(dated))
    where = {}
    for attribute in draw(st.lists(st.sampled_from(list(WHERE[name])), max_size=2, unique=True)):
        values = WHERE[name][attribute]
        plain = [value for value in values if not isinstance(value, dict)]
        one = st.sampled_from(values)
        where[attribute] = draw(one | st.just(plain) if plain else one)
    spec = {"of": name}
    if where:
        spec["where"] = where
    if (window := draw(windows)) is not None:
        spec["window"] = window
    return spec


@st.composite
def amounts(draw):
    spec = draw(specs(["mediations", "hours", "opinions"]))
    names = ["amount", "weight"] if spec["of"] == "mediations" else ["amount"]
    return {**spec, "field": draw(st.sampled_from(names))}


def _service(draw):
    calc = {"service_months": "service"}
    for name, values in (
        ("unit", ["years", "months"]),
        ("exact", [True]),
        ("unbroken", [True]),
        ("where", [{"employment": "part_time"}, {"state": ["in_post", "ended"]}]),
    ):
        if draw(st.booleans()):
            calc[name] = draw(st.sampled_from(values))
    return calc


CALCULATIONS = {
    "count": lambda draw: {"count": draw(specs())},
    "sum": lambda draw: {"sum": draw(amounts())},
    "average": lambda draw: {"average": draw(amounts())},
    "min": lambda draw: {"min": draw(amounts())},
    "max": lambda draw: {"max": draw(amounts())},
    "exists": lambda draw: {"exists": draw(specs())},
    "distinct": lambda draw: {"count": {**draw(specs(["mediations"])), "distinct": "dispute_type"}},
    "service": _service,
    "age": lambda draw: {"duration": "born_on", "unit": draw(st.sampled_from(["years", "months"]))},
    "latest": lambda draw: {"latest": {**draw(specs(["mediations"])), "field": draw(LATEST)}},
    "capped": lambda draw: {
        "capped_count": {"total": "cases.mediated", "limited": "cases.oral", "cap": draw(CAPS)}
    },
}
LATEST = st.sampled_from(["amount", "state", "is_voluntary", "closed_on"])
CAPS = st.sampled_from([Decimal("0.30"), Decimal("0.5"), 1])


@st.composite
def calculations(draw):
    return CALCULATIONS[draw(st.sampled_from(list(CALCULATIONS)))](draw)


@st.composite
def made_of(draw, operands):
    """Draw a figure made of two others."""
    one = st.sampled_from(operands)
    return {draw(st.sampled_from(["ratio", "add", "multiply"])): [draw(one), draw(one)]}


BOUNDS = st.sampled_from(
    [0, 1, 2, 3, 12, 24, Decimal("0.5"), Decimal("0.85"), Decimal("1000.35"), "succeeded", True]
)
# What a waiver can lift; several conditions may bear one of these names, or none.
NAMED = ["a", "b"]
MARKS = st.sampled_from(
    [{}] * 6 + [{"on_missing": "fail"}] + [{"id": name} for name in [*NAMED, *NAMED]]
)


@st.composite
def leaves(draw, metrics, years):
    kind = draw(
        st.sampled_from(["cmp"] * 5 + ["flag", "attest", "between", "in", "exists", "year"])
    )
    node = {}
    if kind == "flag":
        known = ["in_post", "committee_filed", "part_time", "misconduct", "unheard_of"]
        node = {"flag": draw(st.sampled_from(known))}
    elif kind == "attest":
        node = {"attest": draw(st.sampled_from(["a", "b"]))}
    elif kind == "year":
        node = {
            "each_year": {
                "metric": draw(st.sampled_from(years)),
                "last": draw(st.integers(1, 3)),
                "op": draw(st.sampled_from(OPS)),
                "value": draw(st.integers(0, 2)),
            }
        }
    else:
        name = draw(st.sampled_from([*metrics, "cases.agreed", "age", "education", "unheard_of"]))
        bound = draw(BOUNDS)
        if kind == "between":
            node = {"cmp": [name, "between", [0, draw(st.integers(0, 30))]]}
        elif kind == "in":
            node = {"cmp": [name, "in", [draw(BOUNDS), draw(BOUNDS)]]}
        elif kind == "exists":
            node = {"cmp": [name, "exists", draw(st.booleans())]}
        else:
            words = isinstance(bound, str | bool)
            op = draw(st.sampled_from(["=", "!="] if words else OPS))
            node = {"cmp": [name, op, bound]}
    return {**node, **draw(MARKS)}


def conditions(metrics, years):
    def groups(inner):
        lists = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            st.builds(lambda of: {"all": of}, lists),
            st.builds(lambda of: {"any": of}, lists),
            st.builds(lambda one: {"not": one}, inner),
            st.builds(
                lambda of, k: {"k_of": {"k": min(k, len(of)), "of": of}}, lists, st.integers(1, 3)
            ),
        )

    return st.recursive(leaves(metrics, years), groups, max_leaves=6)


@st.composite
def rule_sets(draw):
    """Draw the document of a rule set with two levels."""
    metrics = {f"m{at}": draw(calculations()) for at in range(3)}
    numeric = [
        name for name, calc in metrics.items()
        if not {"latest", "exists"} & calc.keys()
    ]  # fmt: skip
    metrics["made"] = draw(made_of(["cases.mediated", "cases.agreed", *numeric]))
    metrics["yearly"] = {"by_year": draw(specs(["mediations", "awards"]))}
    metrics["sums"] = {"by_year": draw(amounts())}
    names = [name for name in metrics if name not in ("yearly", "sums")]
    node = conditions(names, ["yearly", "sums", "unheard_of"])
    effects = st.sampled_from(["reject", {"cap": "L2"}, {"bar_months": 12}, "ruling"])
    vetoes = draw(st.lists(st.tuples(node, effects), max_size=2))
    lifting = st.tuples(st.lists(st.sampled_from(NAMED), min_size=1, max_size=2), node)
    waivers = draw(st.lists(lifting, max_size=2))
    return {
        "id": "drawn",
        "levels": [
            {"code": "L1", "label": "一级", "rank": 1},
            {"code": "L2", "label": "二级", "rank": 2},
        ],
        "metrics": metrics,
        "population": draw(st.just({}) | node),
        "base": draw(st.just({}) | node),
        "vetoes": [{"id": "v", "when": when, "effect": effect} for when, effect in vetoes],
        "req": {"L1": draw(node), "L2": draw(node)},
        "waivers": [
            {"nodes": nodes, "when": when, **draw(st.sampled_from([{}, {"approver": "city"}]))}
            for nodes, when in waivers
        ],
    }
