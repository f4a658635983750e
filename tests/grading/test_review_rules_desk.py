"""Rules of the annual review at the desk: edited in forms, nothing lost, nothing let through."""

import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache

from grading import actions
from grading.actions import review_editing
from grading.actions.scheme_editing import LEFT_OUT
from grading.models import Purpose, SchemeVersion
from grading.rules import nodes
from grading.rules.documents import written
from grading.rules.reading import read
from grading.rules.unknown import UNK
from office.flow import Refused
from office.roles import Role
from tests import make
from tests.grading import make_cycles, make_grading
from tests.grading.make_review_rules import EXAMPLES, example, odd
from tests.make import TODAY
from tests.registry.desk import elsewhere, fields, sent, url

pytestmark = pytest.mark.django_db
DESK = "grading_schemes"


@pytest.fixture(autouse=True)
def _with_an_empty_cache():
    cache.clear()


def version(content=None, state="draft", **given):
    given.setdefault("division", make.division("330681"))
    return make_cycles.version(state, content=content or example(), **given)


def page(which, pk=None, **query):
    found = url(DESK, which, *([pk] if pk else []))
    return f"{found}?{urlencode(query)}" if query else found


def put(client, rule, at, which="node", *, as_kind=None, **typed):
    """Open the form of a place, type, send it, and return the answer."""
    address = page(which, rule.pk, at=at, **({"kind": as_kind} if as_kind else {}))
    opened = client.get(address)
    assert opened.status_code == 200
    return client.post(address, {**fields(opened), **typed})


def act(client, rule, at, do):
    once = sent(revision=reread(rule).revision)
    return client.post(page("node_act", rule.pk, at=at, do=do), once)


def reread(rule):
    rule.refresh_from_db()
    for name in ("document", "rules"):
        vars(rule).pop(name, None)
    return rule


def now(rule, at):
    return nodes.at(reread(rule).document, f"review.{at}")


def saved(answer):
    assert answer.status_code == 302, answer.context and answer.context.get("errors")
    return True


def refused(answer):
    """The sentences of a refusal, by field."""
    assert answer.status_code == 422
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def test_every_place_has_a_page_and_stands_once(client, county):
    for content in (*EXAMPLES.values(), odd()):
        rule = version(content)
        body = client.get(page("inspect", rule.pk)).content.decode()
        ids = re.findall(r'\sid="([^"]+)"', body)
        assert [one for one in set(ids) if ids.count(one) > 1] == []
        assert set(re.findall(r'href="#(n-[^"]*)"', body)) <= set(ids)
        places = set(re.findall(r'node/\?at=(review[^"&]*)"', body))
        assert len(places) > 15
        for at in [*places][::7]:
            assert client.get(f"{page('node', rule.pk)}?at={at}").status_code == 200, at


def test_the_rule_is_read_in_words_with_clauses_and_faults_where_they_stand(client, county):
    body = client.get(page("inspect", version().pk)).content.decode()
    for said in (
        "founded complaints ≥ 2", "（示例：一年内经查属实的投诉两件以上）", "from 90, included",
        "points of indicators tell them apart、none of the equals has the band",
        "assessed from so many on：5", "no renewal of the term",
    ):  # fmt: skip
        assert said in body, said
    rule = version(EXAMPLES["R2-linying"])
    body = client.get(page("inspect", rule.pk)).content.decode()
    section = body[body.index('id="n-review-bands"') :]
    assert "Between 89 and 90 there is no band." in section[:400]


def test_nothing_beyond_the_rule_has_a_page(client, county):
    rule = version()
    for at in ("review.odd", "review.bands[9]", "review.consequences.无此档", "review.renewal.odd",
               "reviews", "review.notice.days.x[0]"):  # fmt: skip
        assert client.get(page("node", rule.pk, at=at)).status_code == 404, at
    for at in ("review", "review.cycle", "review.bands[0]", "review.notice", "review.renewal"):
        assert client.get(page("add_node", rule.pk, at=at)).status_code == 404, at
    assert client.get(page("node_act", rule.pk, at="review", do="drop")).status_code == 404


@pytest.mark.parametrize("which", ["node", "add_node", "node_act"])
def test_whoever_may_not_draft_finds_no_place(client, at_desk, which):
    ours = version()
    theirs = version(division=elsewhere())
    given = {"at": "review.bands", **({"do": "drop"} if which == "node_act" else {})}
    for role, place, rule in (
        (Role.COUNTY_BUREAU, make.division("330681"), theirs),
        (Role.JUSTICE_OFFICE, make.division("330681"), ours),
        (Role.CLERK, make.organization(), ours),
        (Role.AUDITOR, make.division("330681"), ours),
    ):
        at_desk(make.officer(role, place))
        before = rule.digest
        assert client.get(page(which, rule.pk, **given)).status_code == 404
        assert client.post(page(which, rule.pk, **given), sent(revision=0)).status_code == 404
        rule.refresh_from_db()
        assert rule.digest == before


def test_rules_in_force_are_not_edited(client, county):
    assert (
        client.get(page("node", version(state="active").pk, at="review.bands")).status_code == 404
    )


def test_a_gap_is_kept_shown_and_bars_the_rule(client, county):
    rule = version()
    assert saved(put(client, rule, "review.bands[1]", high="89"))
    assert now(rule, "bands[1]") == {"label": "称职", "min": 75, "below": 89}
    said = "Between 89 and 90 there is no band."
    assert said in [sentence for _path, sentence in rule.blockers()]
    assert said in client.get(page("node", rule.pk, at="review.bands")).content.decode()
    assert said in client.get(url(DESK, "act", rule.pk, "activate")).content.decode()


def test_an_unknown_is_set_kept_and_bars_the_rule(client, county):
    rule = version()
    assert saved(put(client, rule, "review.notice", days="未知"))
    assert now(rule, "notice.days") is UNK
    assert saved(act(client, rule, "review.objection", "unknown"))
    assert now(rule, "objection") is UNK
    paths = [path for path, _sentence in rule.blockers()]
    assert paths == ["review.notice.days", "review.objection"]
    body = client.get(page("inspect", rule.pk)).content.decode()
    assert "Annual review › Public notice of results › days" in body
    assert saved(put(client, rule, "review.notice.days", days="7"))
    assert saved(put(client, rule, "review.objection", days="5", day_kind="working"))
    assert reread(rule).blockers() == []


def test_rows_are_added_moved_and_taken_out(client, county):
    rule = version()
    typed = {
        "id": "extra",
        "label": "宣传",
        "metric": "writeups.adopted",
        "each": "1",
        "bonus": "是",
    }
    assert saved(put(client, rule, "review.indicators", "add_node", as_kind="each", **typed))
    assert now(rule, "indicators[4]") == {
        "id": "extra", "label": "宣传", "metric": "writeups.adopted", "each": 1, "bonus": True,
    }  # fmt: skip
    assert saved(act(client, rule, "review.indicators[4]", "up"))
    assert now(rule, "indicators[3].id") == "extra"
    assert saved(put(client, rule, "review.indicators[3]", into="review.indicators[0].of"))
    names = [one["id"] for one in now(rule, "indicators[0].of")]
    assert names == ["success", "fulfilled", "extra"]
    assert [one["id"] for one in now(rule, "indicators")] == [
        "work", "satisfaction", "training", "complaints",
    ]  # fmt: skip
    assert saved(act(client, rule, "review.indicators[0].of[2]", "drop"))
    assert reread(rule).document["review"] == example()["review"]


def test_an_indicator_goes_from_a_group_to_the_top(client, county):
    rule = version()
    assert saved(put(client, rule, "review.indicators[0].of[0]", into="review.indicators"))
    assert [one["id"] for one in now(rule, "indicators")][-1] == "success"
    assert [one["id"] for one in now(rule, "indicators[0].of")] == ["fulfilled"]
    opened = client.get(page("node", rule.pk, at="review.indicators[0]"))
    assert "into" not in opened.context["form"].fields


def test_what_others_rest_on_is_not_taken_out(client, county):
    rule = version()
    answer = act(client, rule, "review.indicators[2]", "drop")
    assert refused(answer) == {
        "__all__": [
            "Annual review › Part of the period served › for these indicators："
            "One of satisfaction is needed here."
        ]
    }
    answer = act(client, rule, "review.bands[0]", "drop")
    said = refused(answer)["__all__"]
    assert "Annual review › What follows from each band › 优秀：There is no band “优秀”." in said
    assert reread(rule).document["review"] == example()["review"]


def test_a_name_goes_along(client, county):
    rule = version()
    assert saved(put(client, rule, "review.bands[3]", label="不合格"))
    assert now(rule, "consecutive.bands") == ["不合格"]
    assert [*now(rule, "consequences")] == ["优秀", "称职", "基本称职", "不合格"]
    assert saved(put(client, rule, "review.indicators[2]", id="hours"))
    assert now(rule, "prorate.indicators") == ["hours"]


def test_a_name_goes_along_into_conditions_that_are_used_by_name(client, county):
    bad = {"cmp": ["reviews.bands.不称职", ">=", 2]}
    content = example(renewal={"against": {"use": "bad"}})
    rule = version({**content, "conditions": {"bad": bad, "in_post": {"flag": "in_post"}}})
    assert saved(put(client, rule, "review.bands[3]", label="不合格"))
    assert reread(rule).document["conditions"] == {
        "bad": {"cmp": ["reviews.bands.不合格", ">=", 2]}, "in_post": {"flag": "in_post"},
    }  # fmt: skip


def test_a_name_that_is_there_is_refused(client, county):
    rule = version()
    said = refused(put(client, rule, "review.bands[3]", label="优秀"))
    assert "“优秀” stands here twice." in str(said)
    said = refused(put(client, rule, "review.indicators[2]", id="complaints"))
    assert "stands here twice" in str(said)


def test_a_fault_stands_beside_its_field_and_what_was_typed_stays(client, county):
    rule = version()
    answer = put(client, rule, "review.notice", days="0")
    assert refused(answer) == {"days": ["At least 1 is needed here."]}
    assert answer.context["form"]["days"].value() == "0"
    answer = put(client, rule, "review.top[0]", at_most="150%")
    assert [*refused(answer)] == ["at_most"]
    answer = put(client, rule, "review.top", "add_node", band="称职")
    assert [*refused(answer)] == ["at_most", "of", "per", "overflow"]
    answer = put(client, rule, "review.consecutive", years="1")
    assert refused(answer) == {"years": ["At least 2 is needed here."]}
    answer = put(client, rule, "review.indicators[1]", linear__from="9")
    assert [*refused(answer)] == ["linear__from"]
    assert reread(rule).document["review"] == example()["review"]


def test_a_stale_form_is_refused_and_keeps_what_was_typed(client, county):
    rule = version()
    address = page("node", rule.pk, at="review.minimum_service")
    opened = client.get(address)
    note = {"by": make.user(), "today": TODAY}
    review_editing.put_part(rule.pk, path="review.cap", value=110, **note)
    answer = client.post(address, {**fields(opened), "months": "9"})

    assert answer.status_code == 409
    assert answer.context["form"]["months"].value() == "9"
    assert (now(rule, "cap"), now(rule, "minimum_service.months")) == (110, 6)
    assert saved(client.post(address, {**fields(answer), "months": "9"}))
    assert now(rule, "minimum_service.months") == 9


def test_a_second_click_adds_no_second_row(client, county):
    rule = version()
    once = sent(revision=rule.revision, kind="training")
    address = page("add_node", rule.pk, at="review.consequences.称职")
    assert client.post(address, once).status_code == 302
    assert client.post(address, once).status_code == 302
    assert now(rule, "consequences.称职")[2:] == [{"training": True}]


def test_what_follows_is_begun_for_a_band_of_which_nothing_is_said(client, county):
    rule = version(example(consequences=UNK, consecutive=UNK))
    assert saved(
        put(client, rule, "review.consequences.优秀", "add_node", kind="pay", factor="1.2")
    )
    assert saved(
        put(client, rule, "review.consecutive", bands=["不称职"], years="2", excused="passes")
    )
    assert now(rule, "consecutive.consequence") is UNK
    at = "review.consecutive.consequence"
    assert saved(put(client, rule, at, "add_node", kind="no_renewal", clause="第九条"))
    assert now(rule, "consecutive.consequence") == [{"no_renewal": True, "clause": "第九条"}]
    assert [*now(rule, "consequences")] == ["优秀"]


def test_the_recommendation_is_made_of_conditions(client, county):
    rule = version(example(renewal=UNK))
    at = "review.renewal.recommend"
    assert client.get(page("node", rule.pk, at=at)).status_code == 200
    typed = {"metric": "reviews.bands.不称职", "op": "<", "bound": "2", "clause": "第八条"}
    assert saved(put(client, rule, at, as_kind="cmp", **typed))
    assert now(rule, "renewal") == {
        "recommend": {"cmp": ["reviews.bands.不称职", "<", 2], "clause": "第八条"}
    }
    assert saved(put(client, rule, at, as_kind="wrap"))
    assert now(rule, "renewal.recommend.all[0].cmp[2]") == 2
    assert saved(put(client, rule, at, "add_node", as_kind="flag", name="in_post"))
    assert len(now(rule, "renewal.recommend.all")) == 2


def test_a_veto_is_added_with_its_condition_open(client, county):
    rule = version(example(vetoes=[]))
    typed = {"id": "v", "effect": "zero", "clause": "第十五条"}
    assert saved(put(client, rule, "review.vetoes", "add_node", **typed))
    assert now(rule, "vetoes") == [{"id": "v", "effect": "zero", "clause": "第十五条", "when": UNK}]
    assert ("review.vetoes[0].when", "This is not known yet.") in rule.blockers()
    assert saved(put(client, rule, "review.vetoes[0].when", as_kind="flag", name="misconduct"))
    assert reread(rule).blockers() == []


def test_a_review_rule_is_begun_from_nothing_and_filled_in(client, county):
    given = {"division": make.division("330681").pk, "code": "ZJ-KH", "title": "诸暨考核办法"}
    given |= {"issuer": "诸暨市司法局", "purpose": "review"}
    wrong = client.post(page("add"), sent(**given, subject="title"))
    assert refused(wrong) == {"subject": ["The annual review is of mediators."]}
    assert not SchemeVersion.objects.exists()
    answer = client.post(page("add"), sent(**given, subject="mediator"))
    rule = SchemeVersion.objects.get()
    assert (answer.status_code, rule.scheme.purpose) == (302, Purpose.REVIEW)
    assert "levels" not in rule.document
    body = client.get(answer.url).content.decode()
    assert "Quota of the top bands" in body
    assert "Grading committee" not in body
    assert saved(put(client, rule, "review", decimals="1", rounding="half_up", cap="100"))
    assert saved(put(client, rule, "review.bands", "add_node", label="合格", low="60"))
    assert now(rule, "bands") == [{"label": "合格", "min": 60}]
    assert len(rule.blockers()) > 10


def test_a_copy_is_another_draft_of_a_review_and_so_is_what_takes_over(county):
    old = version(state="active")
    given = {"by": county, "today": TODAY, "reason": "-", "division": make.division("330681")}
    same = actions.copy_version(old.pk, **given, code=old.scheme.code, title="下一版")
    assert (same.number, same.scheme) == (2, old.scheme)
    above = actions.copy_version(old.pk, **given, code="own", title="本县", takes_over=True)
    assert (above.scheme.purpose, above.document) == (
        Purpose.REVIEW, {"id": "own", "title": "本县", "parent": old.scheme.code},
    )  # fmt: skip
    review_editing.put_part(above.pk, by=county, today=TODAY, path="review.cap", value=110)
    assert now(above, "cap") == 110
    assert now(above, "bands") == example()["review"]["bands"]
    assert "cap: 100" in reread(old).text


@pytest.mark.parametrize("others", [{}, {"decimals": 2}])
def test_a_number_of_a_rule_above_is_left_out_below(county, others):
    given = {"by": county, "today": TODAY}
    names = {"reason": "-", "division": make.division("330681"), "code": "own", "title": "本县"}
    old = version(state="active")
    above = actions.copy_version(old.pk, **given, **names, takes_over=True)
    fields = {"cap": LEFT_OUT, **others}
    actions.put_fields(above.pk, **given, path="review", fields=fields)
    assert "cap" not in now(above, "")
    assert now(above, "bands") == example()["review"]["bands"]
    assert "cap: 100" in reread(old).text


def test_versions_of_a_review_are_compared_in_words(client, county):
    old = version(state="active")
    bands = [*example()["review"]["bands"]]
    bands[0] = {"label": "优秀", "min": 92}
    top = [{**example()["review"]["top"][0], "per": "organization"}]
    content = example(bands=[*bands[:3], bands[3]], top=top, rounding="down")
    new = make_grading.version(of=old.scheme, content=content)
    lines = client.get(page("compare", new.pk), {"other": old.pk}).context["lines"]
    told = {(one.place, one.before, one.after) for one in lines}
    assert told == {
        ("Annual review › Bands › 优秀 › from, included", "90", "92"),
        ("Annual review › Quota of the top bands › 优秀 › counted in each", "division",
         "organisation"),
        ("Annual review › rounded", "half and more goes up", "always down"),
    }  # fmt: skip


def test_what_was_edited_is_taken_away_and_entered_again_as_the_same_text(client, county):
    rule = version()
    assert saved(put(client, rule, "review.indicators[1]", weight="15"))
    text = client.post(page("file", rule.pk)).content.decode()
    assert text == reread(rule).text
    place = {"division": rule.scheme.division, "today": TODAY}
    assert [one.what for one in actions.check_schemes(text, **place).lines] == ["same"]
    assert written(read(text)[0]["ruleset"]) == text


def test_an_edit_that_would_leave_a_fault_writes_nothing(county):
    rule = version()
    with pytest.raises(Refused):
        review_editing.put_row(
            rule.pk, by=county, today=TODAY, path="review.bands", at=None, row={"min": 1}
        )
    assert reread(rule).revision == 0
