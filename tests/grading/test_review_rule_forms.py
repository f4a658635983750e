"""Forms of review rules: what stands there comes back as it is, what is typed arrives."""

from decimal import Decimal

import pytest
from django import forms

from grading.notices.clauses import condition_or_value
from grading.rules.bands import gaps_and_overlaps
from grading.rules.documents import written
from grading.rules.indicators import indicators_of
from grading.rules.reading import read
from grading.rules.review_edits import renamed
from grading.rules.review_kinds import KINDS
from grading.rules.review_rows import (
    as_rows,
    bands_as_rows,
    flat_indicator,
    indicator_of,
    kind_of,
)
from grading.rules.reviews import bands_of
from grading.rules.scheme import Scheme
from grading.rules.soundness import unsound
from grading.rules.unknown import UNK
from tests.grading.make_review_rules import (
    EXAMPLES,
    Page,
    example,
    filled,
    made,
    odd,
    place,
    places_of,
)

DOCUMENTS = [*EXAMPLES.values(), odd()]
NAMES = [*EXAMPLES, "odd"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_every_part_sent_back_as_it_stands_is_what_it_was(document):
    assert unsound(Scheme(document)) == []
    forms = 0
    for at in dict.fromkeys(places_of(document)):
        of = place(document, at)
        form = filled(document, at)
        if form is None or of.value in (None, UNK):
            continue
        assert form.is_valid(), (at, form.errors)
        if at == "review":
            assert form.changed_values() == {}
        else:
            assert form.made() == of.row, at
        forms += 1
    assert forms >= {"R1-pingyi": 8, "R2-linying": 6}.get(document["id"], 20)


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_indicators_in_the_one_way_of_writing_mean_the_same(document):
    def plain(rows):
        for row in rows:
            made_anew = indicator_of(kind_of(row), flat_indicator(row), row)
            inside = {"of": [*plain(as_rows(row["of"]))]} if kind_of(row) == "group" else {}
            yield {**made_anew, **inside}

    review = document["review"]
    same = {**document, "review": {**review, "indicators": [*plain(as_rows(review["indicators"]))]}}
    old, new = indicators_of(Scheme(document)), indicators_of(Scheme(same))
    assert [vars(one) | {"how": None} for one in old] == [vars(one) | {"how": None} for one in new]
    for one, other in zip(old, new, strict=True):
        for figure in () if one.is_unknown or one.is_given else (0, 1, 2, 3, 7):
            event = [figure] if getattr(one.how, "kind", "") == "growing" else figure
            if getattr(one.how, "kind", "") == "fixed" and figure > 1:
                continue
            assert one.points(event) == other.points(event), one.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=NAMES)
def test_bands_in_the_one_way_of_writing_mean_the_same(document):
    rows = bands_as_rows(document["review"]["bands"])
    assert [made(document, f"review.bands.{row['label']}") for row in rows] == rows
    whole = {**document, "review": {**document["review"], "bands": rows or UNK}}
    assert bands_of(Scheme(whole)) == bands_of(Scheme(document))


@pytest.mark.parametrize(
    ("kind", "typed", "row"),
    [
        ("share", {"weight": "20", "metric": "cases.agreed", "least_n": "5"},
         {"weight": 20, "metric": "cases.agreed", "least_n": 5}),
        ("line", {"weight": "20", "metric": "opinions.average", "linear__from": "1",
                  "linear__to": "5"},
         {"weight": 20, "metric": "opinions.average", "linear": {"from": 1, "to": 5}}),
        ("steps", {"weight": "20", "metric": "hours.total", "steps": "4：10\n8:20.5"},
         {"weight": 20, "metric": "hours.total", "steps": {4: 10, 8: Decimal("20.5")}}),
        ("each", {"metric": "awards.count", "each": "2", "cap": "6", "bonus": "是"},
         {"metric": "awards.count", "each": 2, "cap": 6, "bonus": True}),
        ("fixed", {"weight": "5", "metric": "writeups.adopted", "fixed": "5"},
         {"weight": 5, "metric": "writeups.adopted", "fixed": 5}),
        ("deduct", {"metric": "complaints.founded", "deduct": "10", "cap": "30"},
         {"metric": "complaints.founded", "deduct": 10, "cap": 30}),
        ("climbing", {"metric": "complaints.founded", "deduct__costs": "2、4、6", "floor": "-20"},
         {"metric": "complaints.founded", "deduct": [2, 4, 6], "floor": -20}),
        ("climbing", {"deduct__costs": "2", "deduct__more": "2"},
         {"deduct": {"first": 2, "more": 2}}),
        ("growing", {"weight": "10", "growing__first": "1", "growing__then": "0.5"},
         {"weight": 10, "growing": {"first": 1, "then": Decimal("0.5")}}),
        ("growing", {"growing__first": "3", "growing__then": "1", "growing__once": "是"},
         {"growing": {"first_time": 3, "then": 1}}),
        ("hand", {"weight": "10", "clause": "第三条", "evidence": "证书"},
         {"weight": 10, "manual": True, "clause": "第三条", "evidence": "证书"}),
        ("range", {"weight": "5", "range__min": "1", "range__max": "5"},
         {"weight": 5, "range": {"min": 1, "max": 5}}),
        ("deduct", {"deduct": "未知"}, {"deduct": UNK}),
        ("steps", {"weight": "未知", "steps": "未知"}, {"weight": UNK, "steps": UNK}),
        ("group", {"label": "组"}, {"label": "组", "of": []}),
    ],
)  # fmt: skip
def test_every_kind_of_indicator_is_typed(kind, typed, row):
    document = example()
    found = made(document, "review.indicators", kind, new=True, id="new", **typed)

    assert found.pop("growing", None) == row.pop("growing", None)
    assert found == {"id": "new", **row}
    rows = [*document["review"]["indicators"], {**found}]
    if kind != "growing":
        assert unsound(Scheme(example(indicators=rows))) == []
        assert read(written(example(indicators=rows)))[0]["ruleset"]["review"]["indicators"] == rows


def test_every_kind_has_a_form_and_a_name_is_needed():
    for kind in KINDS:
        form = filled(example(), "review.indicators", kind, new=True)
        assert not form.is_valid()
        assert [*form.errors] == ["id"]
    assert filled(example(), "review.indicators", "odd", new=True) is None


def test_figures_of_the_data_come_from_the_catalogue_or_the_rule_itself():
    form = filled(example(), "review.indicators", "share", new=True)
    offered = [name for name, _label in form.fields["metric"].widget.choices]
    assert {"success", "cases.agreed", "complaints.founded"} <= set(offered)
    assert {"misconduct", "reviews.last_band", "in_post"}.isdisjoint(offered)


def test_another_kind_keeps_what_is_said_of_the_indicator():
    at = "review.indicators[3]"
    found = made(example(), at, "each", each="2", weight="10", cap="")
    assert found == {
        "id": "complaints", "label": "经查属实的投诉", "weight": 10, "each": 2,
        "metric": "complaints.founded",
    }  # fmt: skip
    assert filled(example(), "review.indicators[0]", "each").kind == "group"


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ({"low": "60"}, {"min": 60}),
        ({"low": "60", "low_included": "False"}, {"above": 60}),
        ({"low": "60", "high": "70"}, {"min": 60, "below": 70}),
        ({"low": "60", "high": "69.9", "high_included": "True"},
         {"min": 60, "max": Decimal("69.9")}),
        ({"high": "60"}, {"below": 60}),
        ({"low": "未知"}, {"min": UNK}),
        ({"low": "$p.pass"}, {"min": "$p.pass"}),
    ],
)  # fmt: skip
def test_bounds_of_a_band_are_typed_with_what_belongs_to_it(typed, row):
    found = made(example(), "review.bands", new=True, label="新", **typed)
    assert found == {"label": "新", **row}


@pytest.mark.parametrize("label", ["", "未知", "a.b", "a[0]"])
def test_a_band_needs_a_plain_word(label):
    form = filled(example(), "review.bands", new=True, label=label, low="1")
    assert not form.is_valid()
    assert [*form.errors] == ["label"]


def test_bands_are_offered_though_an_end_is_unknown():
    bands = [{"label": "好", "min": UNK}, {"label": "中", "min": 60}, {"label": "差", "below": 60}]
    rest = {"vetoes": [], "consequences": {}, "consecutive": None, "renewal": None}
    document = example(bands=bands, top=[], **rest)
    assert unsound(Scheme(document)) == []
    form = filled(document, "review.top", new=True)
    offered = [word for word, _label in form.fields["band"].widget.choices]
    assert {"好", "中", "差"} <= set(offered)
    inner = [path for _name, _words, path in place(document, "review.consequences").inner()]
    assert inner == [f"review.consequences.{one}" for one in ("好", "中", "差")]
    assert place(document, "review.consequences.中").name == "consequences.*"


def test_a_gap_between_whole_numbers_is_one_only_with_decimals():
    bands = bands_of(Scheme(EXAMPLES["R2-linying"]))
    assert gaps_and_overlaps(bands, Decimal("0.1")) == [("gap", 89, 90)]
    found = made(EXAMPLES["R2-linying"], "review.bands[1]", high="90", high_included="False")
    assert found == {"label": "良好", "min": 70, "below": 90}
    review = EXAMPLES["R2-linying"]["review"]
    rows = [review["bands"][0], found, review["bands"][2]]
    anew = Scheme({**EXAMPLES["R2-linying"], "review": {**review, "bands": rows}})
    assert gaps_and_overlaps(bands_of(anew), Decimal("0.1")) == []


def test_points_are_typed_left_out_and_unknown():
    form = filled(example(), "review", base="10", cap="", decimals="未知", rounding="down")
    assert form.is_valid(), form.errors
    changed = form.changed_values()
    assert {name: changed[name] for name in ("base", "decimals", "rounding")} == {
        "base": 10, "decimals": UNK, "rounding": "down",
    }  # fmt: skip
    assert [*changed] == ["base", "cap", "decimals", "rounding"]


@pytest.mark.parametrize(
    ("at", "typed", "value"),
    [
        ("review.cycle", {"length": "quarter"}, "quarter"),
        ("review.cycle", {"first_month": "4", "year_of": "end"},
         {"length": "year", "first_month": 4, "year_of": "end"}),
        ("review.missing", {"least_share": ""}, "siblings"),
        ("review.missing", {"spread": "all", "least_share": "1/3"},
         {"spread": "all", "least_share": "1/3"}),
        ("review.rollup", {"how": "weighted", "missing": "skip", "weights": "40%、60%"},
         {"how": "weighted", "missing": "skip", "weights": ["40%", "60%"]}),
        ("review.minimum_service", {"months": "", "days": "180"},
         {"days": 180, "label": "不定等次", "note": "示例"}),
        ("review.minimum_service", {"months": "未知"},
         {"months": UNK, "label": "不定等次", "note": "示例"}),
        ("review.prorate", {"indicators": ["未知"]},
         {"by": "months", "what": "targets", "indicators": UNK, "note": "示例"}),
        ("review.notice", {"days": "7", "shows": ["name", "band"]},
         {"days": 7, "day_kind": "working", "shows": ["name", "band"], "note": "示例"}),
        ("review.objection", {"day_kind": "未知"},
         {"days": 5, "day_kind": UNK, "note": "示例"}),
        ("review.consecutive", {"years": "3", "bands": ["基本称职", "不称职"]},
         {"bands": ["基本称职", "不称职"], "years": 3, "excused": "passes",
          "not_reviewed": "passes", "consequence": "no_renewal", "clause": "示例"}),
        ("review.vetoes[1]", {"effect": "zero", "effect__cap": ""},
         {"id": "founded_twice", "effect": "zero", "clause": "示例：一年内经查属实的投诉两件以上",
          "when": {"cmp": ["complaints.founded", ">=", 2]}}),
        ("review.vetoes[0]", {"effect": "", "effect__cap": "不称职", "window": ""},
         {"id": "article_15", "effect": {"cap": "不称职"}, "when": {"flag": "misconduct"},
          "clause": "示例：有人民调解法第十五条情形受到处理"}),
        ("review.steps[0]", {"days": "未知"},
         {"id": "self", "label": "本人自评", "days": UNK, "day_kind": "working", "note": "示例"}),
        ("review.consequences.称职[1]", {"factor": "", "amount": "300"},
         {"pay": {"amount": 300}, "clause": "示例"}),
        ("review.consequences.称职[1]", {"kind": "talk", "factor": ""},
         {"talk": True, "clause": "示例"}),
        ("review.consequences.称职[0]", {"kind": "未知"}, UNK),
    ],
)  # fmt: skip
def test_what_is_typed_arrives(at, typed, value):
    assert made(example(), at, **typed) == value


@pytest.mark.parametrize("note", ["第一行\n第二行", "很长的说明" * 20 + "\n第二行"])
def test_a_text_in_lines_stays_in_its_lines(note):
    document = example(objection={"days": 5, "day_kind": "working", "note": note})
    as_sent = {"note": note.replace("\n", "\r\n")}
    form = filled(document, "review.objection", **as_sent)
    assert isinstance(form.fields["note"].widget, forms.Textarea)
    assert made(document, "review.objection", **as_sent) == document["review"]["objection"]
    typed = {"note": "甲\r\n乙"}
    assert made(document, "review.objection", **typed)["note"] == "甲\n乙"


def test_none_of_some_words_is_a_name_left_out():
    document = example(notice={"days": 5, "day_kind": "working", "shows": ["name", "band"]})
    assert made(document, "review.notice", shows=[]) == {"days": 5, "day_kind": "working"}


def test_an_order_of_what_the_rule_does_not_have_any_more_stays():
    top = {**example()["review"]["top"][0], "tie_break": ["-complaints", "success"]}
    found = made(example(indicators=UNK, top=[top]), "review.top[0]", least="2")
    assert found == {**top, "least": 2}


@pytest.mark.parametrize("costs", ["1、2、4", "未知", ""])
def test_a_cost_that_grows_is_told_in_one_way(costs):
    typed = {"id": "new", "deduct__costs": costs, "deduct__more": "2"}
    form = filled(example(), "review.indicators", "climbing", new=True, **typed)
    assert [*form.errors] == ["deduct__costs"]


def test_only_pay_has_a_factor():
    form = filled(example(), "review.consequences.称职[1]", kind="talk")
    assert [*form.errors] == ["factor"]


@pytest.mark.parametrize("bounds", [{"约": 60}, {"约": 60, "below": 80}, {"min": 60, "约": 80}])
def test_a_bound_by_a_word_that_is_not_explained_stays(bounds):
    bands = [{"label": "好", **bounds}, {"label": "差", "min": 0}]
    document = {**example(bands=bands), "words": {"约": UNK}}
    assert made(document, "review.bands[0]") == bands[0]
    assert made(document, "review.bands[0]", label="很好") == {**bands[0], "label": "很好"}
    said = condition_or_value(Scheme(document), ("review", "bands", 0), bands[0])
    assert said.endswith("约 80" if "min" in bounds else "约 60")
    end = "high" if "min" in bounds else "low"
    found = made(document, "review.bands[0]", **{end: "70"})
    rest = {name: limit for name, limit in bounds.items() if name != "约"}
    assert found == {"label": "好", **rest, "below" if end == "high" else "min": 70}


def test_equals_at_the_cut_are_told_apart_in_the_order_that_is_typed():
    assert made(example(), "review.top[0]", tie_0="lot", tie_1="", tie_break_0="",
                tie_break_1="")["tie"] == ["lot"]  # fmt: skip
    found = made(example(), "review.top[0]", tie_break_0="-complaints", tie_break_1="success")
    assert found["tie_break"] == ["-complaints", "success"]
    assert made(example(), "review.top[0]", tie_0="未知", tie_1="")["tie"] is UNK
    assert not filled(example(), "review.top[0]", tie_0="未知").is_valid()


def test_either_unknown_or_some_words():
    form = filled(example(), "review.notice", shows=["未知", "name"])
    assert not form.is_valid()
    assert [*form.errors] == ["shows"]


def test_a_veto_has_one_effect():
    form = filled(example(), "review.vetoes[0]", effect__cap="不称职")
    assert [*form.errors] == ["effect__cap"]


BY_HAND = [{"id": "a", "weight": 60, "manual": True}, {"id": "b", "weight": 40, "range": [0, 40]}]


def given_by_two(**changes):
    steps = [{"id": "self"}, {"id": "office", "label": "司法所", **changes}, {"id": "bureau"}]
    return example(indicators=BY_HAND, steps=steps, prorate=None, top=[])


def test_shares_of_all_who_give_points_are_typed_on_one_page():
    document = given_by_two(indicators=["a"], note="留")
    typed = {"share_1_0": "40%", "share_2_0": "60%", "share_2_1": "100%"}
    assert made(document, "review.steps", **typed) == [
        {"id": "self"},
        {"id": "office", "label": "司法所", "note": "留", "indicators": ["a"],
         "share": {"a": "40%"}},
        {"id": "bureau", "indicators": ["a", "b"], "share": {"a": "60%", "b": "100%"}},
    ]  # fmt: skip


def test_who_alone_gives_points_needs_no_share_and_who_gives_none_has_none():
    document = given_by_two(indicators=["a"], share="50%")
    typed = {"share_1_0": "", "share_2_0": "100%", "share_2_1": "100%"}
    assert made(document, "review.steps", **typed) == [
        {"id": "self"},
        {"id": "office", "label": "司法所"},
        {"id": "bureau", "indicators": ["a", "b"]},
    ]


def test_who_gives_points_may_be_unknown():
    document = given_by_two(indicators=UNK)
    assert made(document, "review.steps")[1]["indicators"] is UNK
    typed = {"share_1_0": "未知", "share_1_1": ""}
    assert made(document, "review.steps", **typed)[1]["share"] == {"a": UNK}


def test_a_band_called_otherwise_is_so_wherever_it_is_named():
    review = renamed(example()["review"], "band", "不称职", "不合格")
    review = renamed(review, "band", "优秀", "优")
    review = renamed(review, "band", "基本称职", "基本合格")

    def names(value):
        rows = value.items() if isinstance(value, dict) else ()
        for key, one in rows:
            if key not in ("bands", "clause", "note") or not isinstance(one, str):
                yield from [key, *names(one)]
        for one in value if isinstance(value, list) else ():
            yield from names(one)
        if isinstance(value, str):
            yield value

    rest = {name: one for name, one in review.items() if name != "bands"}
    left = {"不称职", "优秀", "基本称职", "reviews.bands.不称职"} & set(names(rest))
    assert left == set()
    assert [*review["consequences"]] == ["优", "称职", "基本合格", "不合格"]
    assert review["consecutive"]["bands"] == ["不合格"]
    assert review["renewal"]["against"]["any"][0]["cmp"] == ["reviews.bands.不合格", ">=", 2]
    assert review["renewal"]["recommend"]["all"][1]["cmp"][2] == ["优", "称职"]
    assert review["vetoes"][1]["effect"] == {"cap": "基本合格"}
    assert example()["review"]["consecutive"]["bands"] == ["不称职"]


def test_an_indicator_called_otherwise_is_so_wherever_it_is_named():
    review = example(indicators=BY_HAND, steps=[
        {"id": "bureau", "indicators": ["a", "b"], "share": {"a": 1, "b": 1}}
    ], prorate={"indicators": ["a"]}, top={"tie_break": ["-a", "b"]})["review"]  # fmt: skip
    found = renamed(review, "indicator", "a", "x")

    assert found["steps"] == [{"id": "bureau", "indicators": ["x", "b"], "share": {"x": 1, "b": 1}}]
    assert (found["prorate"]["indicators"], found["top"]["tie_break"]) == (["x"], ["-x", "b"])


@pytest.mark.parametrize(
    ("at", "keys"),
    [
        ("review.decimals", ("review",)),
        ("review.top[0].tie_break", ("review", "top", 0)),
        ("review.bands.优秀", ("review", "bands", 0)),
        ("review.indicators.work.success", ("review", "indicators", 0, "of", 0)),
        ("review.notice.days", ("review", "notice")),
        ("review.rollup", ("review", "rollup")),
        ("review.rollup.how", None),
        ("review.consequences.优秀", ("review", "consequences", "优秀")),
        ("review.vetoes[0].when", ("review", "vetoes", 0, "when")),
        ("review.consecutive.consequence", ("review", "consecutive", "consequence")),
    ],
)
def test_every_path_of_a_fault_leads_to_a_page(at, keys):
    if keys is None:
        with pytest.raises(TypeError):
            Page(example(), at)
    else:
        assert Page(example(), at).keys == keys


@pytest.mark.parametrize(
    ("document", "section", "said"),
    [
        (odd(), "bands", "好（from 80, included）、中（from 60, included）、差（below 60）"),
        (odd(), "consequences",
         "好（award）、差（performance pay（or amount in yuan：100）、talk with the person）"),
        (odd(), "top",
         "band：好；at most：20%；a share is rounded：always up；"
         "counted of：everybody in the review；counted in each：the whole review；"
         "equals at the cut：a lot is drawn；"
         "who has no place gets：the next band"),
        (example(), "cycle", "year"),
        (example(), "minimum_service",
         "full months：6；who served less is called：不定等次；note：示例"),
        (example(), "vetoes",
         "article_15（effect：the score is nought（this year）："
         "discipline on a ground of article 15〔示例：有人民调解法第十五条情形受到处理〕）、"
         "founded_twice（or no band above：基本称职："
         "founded complaints ≥ 2〔示例：一年内经查属实的投诉两件以上〕）"),
    ],
)  # fmt: skip
def test_a_part_is_said_in_one_line_with_its_clauses(in_english, document, section, said):
    keys = ("review", section)
    assert condition_or_value(Scheme(document), keys, document["review"][section]) == said


def test_the_line_of_an_indicator_by_hand_says_who_gives_its_points(in_english):
    for document, name, said in (
        (odd(), "f", "points from justice office 40%、justice bureau 60%"),
        (odd(), "h", "points from justice bureau"),
        (EXAMPLES["R2-linying"], "whole", "who gives the points is not known yet"),
        (example(indicators=BY_HAND, steps=None), "a", "points from justice bureau"),
        (example(indicators=BY_HAND), "a", "nobody gives its points"),
    ):
        of = place(document, f"review.indicators.{name}")
        line = condition_or_value(Scheme(document), of.keys, of.value)
        assert line.endswith(f"；{said}"), line
