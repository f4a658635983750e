"""What keeps a review rule from being put into force: named in words, each with its form."""

import pytest
from django.utils.html import strip_tags

from grading.actions.schemes import UNSAID_OF_REVIEW
from grading.flows import SCHEME_VERSION
from grading.reports.schemes import blockers_of, refusals_of
from grading.rules.unknown import UNK
from tests import make
from tests.grading import make_cycles, make_grading
from tests.grading.make_review_rules import example
from tests.make import TODAY
from tests.registry.desk import sent, url

pytestmark = pytest.mark.django_db
DESK = "grading_schemes"
GAP = [{"label": "优秀", "min": 90, "clause": "第八条"}, {"label": "称职", "min": 75, "max": 89},
       {"label": "基本称职", "min": 60, "below": 75},
       {"label": "不称职", "min": 0, "below": 60}]  # fmt: skip


def version(**changes):
    content = example(**changes)
    return make_cycles.version("draft", content=content, division=make.division(),
                               effective_from=TODAY)  # fmt: skip


def told(client, rule):
    """The reasons as the page of the act tells them: as text, and the links to the forms."""
    response = client.get(url(DESK, "act", rule.pk, "activate"))
    reasons = response.context["refusals"]
    return response.content.decode(), reasons


def lines(page):
    return [" ".join(strip_tags(one.partition("</li>")[0]).split()) for one in
            page.split("officer-reasons")[1].split("<li>")[1:]]  # fmt: skip


def test_a_fault_names_its_part_in_words_and_leads_to_its_form(client, county):
    rule = version(bands=GAP)
    page, reasons = told(client, rule)
    assert [one.place for one in reasons] == ["Annual review › Bands"] * len(reasons)
    form = f"{url(DESK, 'node', rule.pk)}?at={reasons[0].path}"
    assert f'href="{form}"' in page
    assert client.get(form).status_code == 200
    assert lines(page)[0] == (
        "Annual review › Bands：Between 89 and 90 there is no band. Fill in review.bands"
    )


def test_the_clause_stands_beside_the_part(client, county):
    vetoes = [{"id": "v", "when": UNK, "effect": "zero", "clause": "第十条"}]
    rule = version(vetoes=vetoes)
    (found,) = blockers_of(rule)
    assert (found.path, found.clause) == ("review.vetoes[0].when", "第十条")
    page, _reasons = told(client, rule)
    assert "Annual review › Vetoes › v › when（第十条）：This is not known yet." in lines(page)[0]


def test_every_form_that_a_fault_leads_to_is_there(client, county):
    unsaid = {"id": "e", "title": "空白", "review": dict.fromkeys(UNSAID_OF_REVIEW, UNK)}
    bare = {"id": "b", "title": "少", "review": {"indicators": [{"id": "a", "weight": UNK}]}}
    for content in (unsaid, bare):
        rule = make_cycles.version("draft", content=content, division=make.division())
        found = blockers_of(rule)
        assert len(found) > 5
        for one in found:
            assert "review." not in one.place
            assert client.get(url(DESK, "node", rule.pk), {"at": one.path}).status_code == 200


def test_the_act_says_the_same_as_the_page_of_the_rule(client, county):
    rule = version(bands=GAP, rounding=UNK)
    page = client.get(url(DESK, "inspect", rule.pk))
    shown = page.content.decode()
    for one in told(client, rule)[1]:
        assert f"{one.place}</a>：{one.sentence}" in shown
    assert refusals_of(rule, TODAY) == blockers_of(rule)


def test_other_reasons_stay_sentences(client, county):
    rule = make_cycles.version(
        "draft", content=example(), division=make.division(), effective_from=None
    )
    page, reasons = told(client, rule)
    assert reasons == ["The day from which it is in force is not typed in."]
    assert lines(page) == reasons


def test_a_rule_of_the_gradings_keeps_its_paths(client, county):
    rule = make_grading.version(content=make_grading.document(validity={"years": UNK}),
                                effective_from=TODAY)  # fmt: skip
    page, (reason,) = told(client, rule)
    assert (reason.place, reason.clause) == ("validity.years", "")
    assert lines(page) == ["validity.years：This is not known yet. Fill in"]


def test_nothing_is_put_into_force_by_sending_the_form_all_the_same(client, county):
    rule = version(bands=GAP)
    answer = client.post(url(DESK, "act", rule.pk, "activate"), sent(revision=0))
    assert answer.status_code == 422
    assert lines(answer.content.decode())[0].startswith("Annual review › Bands：")
    rule.refresh_from_db()
    assert rule.state == "draft"
    assert SCHEME_VERSION.refusals(rule, "activate", TODAY)[0].startswith("review.bands：")


def test_who_may_not_change_the_rule_gets_no_way_to_its_form(client, county, monkeypatch):
    rule = version(bands=GAP)
    assert "?at=review.bands" in told(client, rule)[0]
    may = type(county).has_perm
    monkeypatch.setattr(
        type(county),
        "has_perm",
        lambda user, name, row=None: (
            name != "grading.change_schemeversion" and may(user, name, row)
        ),
    )
    page, reasons = told(client, rule)
    assert (len(reasons) > 0, "?at=review.bands" in page) == (True, False)
