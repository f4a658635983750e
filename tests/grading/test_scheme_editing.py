"""A draft is edited by forms: what is typed arrives, what does not fit changes nothing."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.core.cache import cache

from grading import actions
from grading.actions.schemes import digest_of
from grading.forms.scheme_nodes import FORMS
from grading.rules import nodes
from grading.rules.measures import CALCULATIONS
from grading.rules.unknown import UNK
from office.flow import Refused, Stale
from office.models import LedgerEntry
from tests import make
from tests.grading import make_grading
from tests.make import TODAY
from tests.registry.desk import fields, sent, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_an_empty_cache():
    cache.clear()


def place(version, page, **query):
    return f"{url('grading_schemes', page, version.pk)}?{urlencode(query)}"


def put(client, version, at, page="node", *, kind=None, **typed):
    """Open the form of a place, type, send it, and return the answer."""
    query = {"at": at, **({"kind": kind} if kind else {})}
    opened = client.get(place(version, page, **query))
    assert opened.status_code == 200, opened
    return client.post(place(version, page, **query), {**fields(opened), **typed})


def now(version, at):
    version.refresh_from_db()
    for name in ("document", "rules"):
        vars(version).pop(name, None)
    return nodes.at(version.rules.document, at)


def saved(answer):
    said = answer.context and answer.context.get("errors")
    assert answer.status_code == 302, said
    return True


def test_a_comparison_is_edited_and_the_text_has_a_new_digest(client, county):
    version = make_grading.version()
    typed = {"metric": "mediated", "op": ">=", "bound_param": "", "bound": "0.50", "note": "新"}
    assert saved(put(client, version, "req.l4.all[1]", **typed))

    node = now(version, "req.l4.all[1]")
    assert node == {
        "cmp": ["mediated", ">=", Decimal("0.50")],
        "clause": "第六条第二项",
        "note": "新",
    }
    assert (version.edited_by, version.digest) == (county, digest_of(version.text))
    told = LedgerEntry.objects.of(version).first()
    assert told.act == "grading.schemeversion.rewrite"
    assert told.after == {"digest": version.digest, "scheme_node": "req.l4.all[1]"}


@pytest.mark.parametrize(
    ("kind", "typed", "node"),
    [
        ("cmp", {"metric": "*", "metric_other": "awards.count", "op": "不低于",
                 "bound_param": "$p.cases_L4"},
         {"cmp": ["awards.count", "不低于", "$p.cases_L4"]}),
        ("cmp", {"metric": "mediated", "op": "between", "bound": "3、9"},
         {"cmp": ["mediated", "between", ["3", "9"]]}),
        ("cmp", {"metric": "mediated", "op": "未知", "bound": "未知"},
         {"cmp": ["mediated", UNK, UNK]}),
        ("flag", {"name": "full_time", "window": "last_years", "window_number": "3"},
         {"flag": "full_time", "window": {"last_years": 3}}),
        ("flag", {"name": "*", "name_other": "exam_passed", "on_missing": "fail", "id": "exam"},
         {"flag": "exam_passed", "on_missing": "fail", "id": "exam"}),
        ("attest", {"name": "*", "name_other": "calm", "label": "沉着", "clause": "九"},
         {"attest": "calm", "label": "沉着", "clause": "九"}),
        ("each_year", {"metric": "mediated", "last": "3", "op": ">=", "bound": "10"},
         {"each_year": {"metric": "mediated", "last": 3, "op": ">=", "value": 10}}),
        ("use", {"use": "trained"}, {"use": "trained"}),
        ("all", {"group": "any"}, {"any": [UNK]}),
        ("all", {"group": "k_of", "k": "1"}, {"k_of": {"k": 1, "of": [UNK]}}),
        ("all", {"group": "not"}, {"not": UNK}),
        ("switch", {"reading": "oral_share", "options": "of_mediated、of_agreed"},
         {"switch": "oral_share", "of_mediated": UNK, "of_agreed": UNK}),
    ],
)  # fmt: skip
def test_each_kind_of_condition_is_added_by_its_form_and_shown_again_as_typed(
    client, county, kind, typed, node
):
    version = make_grading.version()
    assert saved(put(client, version, "req.l4", "add_node", kind=kind, **typed))
    assert now(version, "req.l4.all[4]") == node

    again = client.get(place(version, "node", at="req.l4.all[4]"))
    if nodes.is_condition(node):
        answer = client.post(
            place(version, "node", at="req.l4.all[4]"), {**fields(again), "note": "同"}
        )
        assert saved(answer)
        assert now(version, "req.l4.all[4]") == {**node, "note": "同"}


def test_every_kind_has_a_form(client, county):
    version = make_grading.version()
    for kind in FORMS:
        opened = client.get(place(version, "add_node", at="base", kind=kind))
        assert opened.context["form"] is not None, kind
    for kind in CALCULATIONS:
        opened = client.get(place(version, "add_node", at="metrics", kind=kind))
        assert opened.context["form"] is not None, kind


@pytest.mark.parametrize(
    "typed",
    [
        {"metric": "", "bound": "3"},
        {"metric": "mediated", "bound": ""},
        {"metric": "mediated", "bound": "$p.nowhere"},
        {"metric": "mediated", "bound": "3", "op": "~"},
    ],
)
def test_what_does_not_fit_changes_nothing_and_stays_in_the_form(client, county, typed):
    version = make_grading.version()
    answer = put(client, version, "req.l4", "add_node", kind="cmp", note="留下", **typed)

    assert answer.status_code == 422
    assert "留下" in answer.content.decode()
    assert answer.context["errors"]
    before = version.digest
    now(version, "base")
    assert version.digest == before


def test_a_condition_becomes_another_kind_is_put_in_a_group_and_taken_out(client, county):
    version = make_grading.version()
    old = now(version, "req.l4.all[0]")
    assert saved(put(client, version, "req.l4.all[0]", kind="wrap", group="any"))
    assert now(version, "req.l4.all[0]") == {"any": [old]}
    assert saved(put(client, version, "req.l4.all[0].any[0]", kind="flag", name="*",
                     name_other="certified"))  # fmt: skip
    assert now(version, "req.l4.all[0]") == {"any": [{"flag": "certified"}]}
    drop = {"at": "req.l4.all[0].any[0]", "do": "drop"}
    answer = client.post(
        place(version, "node_act", **drop), sent(revision=version.revision, reason="")
    )
    assert saved(answer)
    assert len(now(version, "req.l4.all")) == 3


def test_a_place_is_moved_up_and_marked_as_unknown(client, county):
    version = make_grading.version()
    first, second = now(version, "authority")
    for act, at in (("up", "authority[1]"), ("unknown", "publicity.days")):
        given = sent(revision=version.revision)
        assert saved(client.post(place(version, "node_act", at=at, do=act), given))
        assert now(version, "authority") == [second, first]
    assert now(version, "publicity.days") is UNK


@pytest.mark.parametrize(
    ("at", "typed", "found"),
    [
        ("publicity", {"days": "７", "by": ""}, {"days": 7, "day_kind": "working"}),
        ("publicity", {"days": "未知"},
         {"by": "confirming_bureau", "days": UNK, "day_kind": "working"}),
        ("validity", {"years": "4"}, {"years": 4, "recheck": "期满前重新评定"}),
        ("levels[0]", {"label": "首席调解员"}, {"code": "l1", "label": "首席调解员", "rank": 1}),
        ("vetoes[1]", {"effect": "reject", "window": "service"},
         {"id": "founded_complaint", "when": {"flag": "complaint_founded"}, "effect": "reject",
          "window": "service", "confirm_by": "county_bureau", "clause": "第十条第二项"}),
        ("authority[1].when", {"level": "l1"}, {"level": ["l1"]}),
        ("dates", {"signed": "2026年2月3日"},
         {"signed": date(2026, 2, 3), "effective_from": date(2026, 2, 1), "effective_to": UNK}),
        ("sheet.items[3]", {"cap": "12"},
         {"id": "awards", "label": "表彰奖励", "each": 2, "cap": 12, "bonus": True}),
        ("committee.seats.lawyer", {"count": "2"}, {"count": 2, "label": "律师"}),
    ],
)  # fmt: skip
def test_plain_values_are_edited_and_those_not_touched_stay(client, county, at, typed, found):
    version = make_grading.version()
    assert saved(put(client, version, at, **typed))

    assert now(version, at) == found


@pytest.mark.parametrize(
    ("at", "typed"),
    [
        ("levels[0]", {"rank": "0"}),
        ("levels[0]", {"code": "l2"}),
        ("publicity", {"days": "fünf"}),
        ("dates", {"signed": "2026-02-30"}),
        ("levels[0]", {"label": ""}),
    ],
)
def test_plain_values_that_cannot_be_are_refused(client, county, at, typed):
    version = make_grading.version()
    before = version.digest
    assert put(client, version, at, **typed).status_code == 422

    now(version, at)
    assert version.digest == before


def test_rows_are_added_with_a_condition_still_to_be_said(client, county):
    version = make_grading.version()
    typed = {"id": "late", "effect": "reject", "clause": "第十条第三项"}
    assert saved(put(client, version, "vetoes", "add_node", **typed))
    assert now(version, "vetoes[2]") == {**typed, "when": UNK}
    level = {"code": "l5", "label": "见习调解员", "rank": "5"}
    assert saved(put(client, version, "levels", "add_node", **level))
    assert now(version, "levels[4]") == {**level, "rank": 5}


def test_a_section_the_rule_does_not_name_is_begun(client, county):
    version = make_grading.version()
    assert saved(put(client, version, "exam", **{"pass": "60", "validity_years": "2"}))
    assert now(version, "exam") == {"pass": 60, "validity_years": 2}
    assert saved(put(client, version, "waivers", "add_node", nodes="exam、age", max="2"))
    assert now(version, "waivers") == [{"nodes": ["exam", "age"], "max": 2, "when": UNK}]


def test_names_are_added_to_any_mapping(client, county):
    version = make_grading.version()
    assert saved(put(client, version, "committee", "add_node", name="secret", value="是"))
    assert now(version, "committee.secret") is True
    assert saved(put(client, version, "sheet", "add_node", name="raters", holds="names"))
    assert saved(put(client, version, "sheet.raters", "add_node", name="least", value="3"))
    assert now(version, "sheet.raters") == {"least": 3}
    taken = put(client, version, "committee", "add_node", name="size", value="9")
    assert taken.status_code == 422


def test_a_parameter_is_filled_with_its_source(client, county):
    content = make_grading.document()
    content["params"] = {**content["params"], "cases_L4": UNK}
    version = make_grading.version(content=content)
    assert put(client, version, "params.cases_L4", value="10", source="").status_code == 422
    assert saved(put(client, version, "params.cases_L4", value="10", source="本局设定"))

    assert now(version, "params.cases_L4") == 10
    assert now(version, "source.params.cases_L4") == "本局设定"
    assert version.blockers() == []


def test_a_parameter_is_added(client, county):
    version = make_grading.version()
    typed = {"name": "least_age", "value": "18", "source": "人民调解法第十四条"}
    assert saved(put(client, version, "params", "add_node", **typed))

    assert now(version, "params.least_age") == 18


def test_a_reading_is_decided_by_somebody_on_a_day(client, county):
    version = make_grading.version(content=make_grading.document(readings={"oral_share": UNK}))
    opened = client.get(place(version, "node", at="readings.oral_share"))
    assert [value for value, _label in opened.context["form"].fields["choice"].choices] == [
        "of_mediated", "of_agreed"
    ]  # fmt: skip
    typed = {"choice": "of_agreed", "decided_by": "局长办公会"}
    assert saved(put(client, version, "readings.oral_share", **typed))

    assert now(version, "readings.oral_share") == {**typed, "decided_on": TODAY}
    assert version.blockers() == []
    typed["choice"] = "cap_countable"
    assert put(client, version, "readings.oral_share", **typed).status_code == 422


@pytest.mark.parametrize(
    ("kind", "typed", "calc"),
    [
        ("field", {"of": "cases.mediated"}, {"field": "cases.mediated"}),
        ("service_months", {"of": "service", "unit": "years"},
         {"service_months": "service", "unit": "years"}),
        ("ratio", {"left": "cases.agreed", "right": "cases.mediated"},
         {"ratio": ["cases.agreed", "cases.mediated"]}),
        ("capped_count", {"total": "cases.mediated", "limited": "cases.oral", "cap": "0.3"},
         {"capped_count": {"total": "cases.mediated", "limited": "cases.oral",
                           "cap": Decimal("0.3")}}),
        ("add", {"operands": "success、mediated"}, {"add": ["success", "mediated"]}),
        ("count", {"of": "mediations", "where": "state：succeeded、failed\nagreement：oral",
                   "window": "last_years", "window_number": "3"},
         {"count": {"of": "mediations", "window": {"last_years": 3},
                    "where": {"state": ["succeeded", "failed"], "agreement": "oral"}}}),
        ("sum", {"of": "hours", "field": "amount"}, {"sum": {"of": "hours", "field": "amount"}}),
        ("duration", {"of": "born_on"}, {"duration": "born_on"}),
    ],
)  # fmt: skip
def test_each_kind_of_figure_is_added_and_shown_again_as_typed(client, county, kind, typed, calc):
    version = make_grading.version()
    typed = {"name": "figure", "label": "新指标", **typed}
    assert saved(put(client, version, "metrics", "add_node", kind=kind, **typed))
    assert now(version, "metrics.figure") == {"label": "新指标", **calc}

    assert saved(put(client, version, "metrics.figure", label="改名"))
    assert now(version, "metrics.figure") == {"label": "改名", **calc}


def test_a_figure_that_rests_on_itself_is_refused(client, county):
    version = make_grading.version()
    typed = {"name": "figure", "operands": "figure、mediated"}

    assert put(client, version, "metrics", "add_node", kind="add", **typed).status_code == 422


def test_a_stale_form_keeps_what_was_typed(client, county):
    version = make_grading.version()
    opened = client.get(place(version, "node", at="publicity"))
    note = {"by": make.user(), "today": TODAY}
    actions.put_node(version.pk, path="validity.years", value=5, **note)
    typed = {**fields(opened), "days": "9"}
    answer = client.post(place(version, "node", at="publicity"), typed)

    assert answer.status_code == 409
    assert 'value="9"' in answer.content.decode()
    assert now(version, "publicity.days") == 5


def test_a_second_click_adds_no_second_row(client, county):
    version = make_grading.version()
    once = sent(revision=version.revision, code="l5", label="见习", rank="5")
    page = place(version, "add_node", at="levels")

    assert client.post(page, once).status_code == 302
    assert client.post(page, once).status_code == 302
    assert len(now(version, "levels")) == 5


def child():
    """A draft that takes over from the rule set of the city, and says only its own title."""
    above = make_grading.version("active", division=make.division("3306"))
    given = {"division": make.division(), "code": "county", "title": "县细则", "takes_over": True}
    return actions.copy_version(above.pk, by=make.user(), today=TODAY, reason="-", **given)


def test_what_is_taken_over_is_copied_only_where_it_is_changed():
    version = child()
    note = {"by": make.user(), "today": TODAY}
    actions.put_node(version.pk, path="publicity.days", value=7, **note)
    actions.put_node(version.pk, path="req.l4.all[0].clause", value="县第一条", **note)
    actions.put_node(version.pk, path="authority[0].confirm", value="county_bureau_x", **note)
    assert now(version, "publicity") == {
        "by": "confirming_bureau", "days": 7, "day_kind": "working"
    }  # fmt: skip

    own = version.document
    assert own["publicity"] == {"days": 7}
    assert list(own["req"]) == ["l4"]
    assert len(own["authority"]) == 2
    assert set(own) == {"id", "title", "parent", "publicity", "req", "authority"}
    assert version.parent.document["publicity"]["days"] == 5


def test_a_row_is_found_by_its_id_before_another_by_its_label():
    rows = {"rows": [{"id": "a", "label": "b"}, {"id": "b"}, {"label": "c"}]}
    found = [nodes.keys_of(rows, f"rows.{name}") for name in "abc"]
    assert found == [("rows", 0), ("rows", 1), ("rows", 2)]


def test_what_is_taken_over_cannot_be_taken_out():
    version = child()
    with pytest.raises(Refused):
        actions.drop_node(version.pk, by=make.user(), today=TODAY, path="req.l4")


def test_id_parent_and_kind_stay():
    version = make_grading.version()
    note = {"by": make.user(), "today": TODAY}
    for name, value in (("id", "other"), ("subject", "title"), ("parent", "x")):
        with pytest.raises(Refused):
            actions.put_named(version.pk, path="", name=name, value=value, **note)


@pytest.mark.parametrize("state", ["active", "template", "retired", "abandoned"])
def test_only_a_draft_is_edited(state):
    version = make_grading.version(state)
    with pytest.raises(Refused):
        actions.put_node(version.pk, by=make.user(), today=TODAY, path="validity.years", value=9)


def test_a_draft_that_was_changed_meanwhile_is_stale():
    version = make_grading.version()
    given = {"by": make.user(), "today": TODAY, "path": "validity.years", "value": 9}
    with pytest.raises(Stale):
        actions.put_node(version.pk, revision=4, **given)


def test_a_veto_may_cap_the_level_and_look_back_over_a_span(client, county):
    version = make_grading.version()
    typed = {"cap": "l3", "window": "last_months", "window_number": "18"}
    assert saved(put(client, version, "vetoes[0]", **typed))
    veto = now(version, "vetoes[0]")
    assert (veto["effect"], veto["window"]) == ({"cap": "l3"}, {"last_months": 18})

    assert saved(put(client, version, "vetoes[0]", clause="新"))
    assert now(version, "vetoes[0]") == {**veto, "clause": "新"}
    assert saved(put(client, version, "vetoes[0]", cap="", window=""))
    veto = now(version, "vetoes[0]")
    assert veto["effect"] == "reject"
    assert "window" not in veto
