"""Applications at the desk: who sees which, lists and filters, a page in words, side by side."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from grading.actions import deciding
from grading.forms.reviews import AnswerForm
from grading.models import Application
from grading.rules.terms import label_of
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.casework import make_cases
from tests.grading import make_grading, make_reviews, make_rounds
from tests.grading.make_reviews import GIVEN, QUESTION, now
from tests.make import DAY, TODAY
from tests.registry.desk import REASON, sent, url

pytestmark = pytest.mark.django_db
DESK = "grading_applications"
PAGES = ["inspect", "history", "review"]
ACTS = [
    "pass_first", "find_eligible", "find_ineligible", "answer", "send_back", "take_up",
    "ask_for_evidence", "take_anew", "overrule", "confirm_ruling", "drop_ruling", "grant_waiver",
    "confirm_waiver", "take_back_waiver", "reopen",
]  # fmt: skip
TOKENS = [
    rb'name="csrfmiddlewaretoken" value="[^"]+"',
    rb'name="submission" value="[^"]+"',
    rb'"CSRF_TOKEN": "[^"]+"',
]


def listed(response):
    return [row.pk for row, _address, _cells in response.context["listed"]]


def labels(response):
    return {str(label) for label, *_more in response.context["buttons"]}


def bare(response):
    """A response without what is drawn anew for each."""
    body = response.getvalue() if response.streaming else response.content
    for token in TOKENS:
        body = re.sub(token, b"", body)
    return body


# Who sees what


@pytest.mark.parametrize("page", PAGES)
def test_an_application_of_another_county_cannot_be_found(client, county, page):
    assert client.get(url(DESK, page, make_reviews.application().pk)).status_code == 200
    theirs = make_reviews.application(place="330682101")
    assert client.get(url(DESK, page, theirs.pk)).status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_an_application_of_another_county_cannot_be_found(client, county, act):
    theirs = make_reviews.application(place="330682101")
    assert client.get(url(DESK, "act", make_reviews.application().pk, act)).status_code == 200
    assert client.get(url(DESK, "act", theirs.pk, act)).status_code == 404
    assert client.post(url(DESK, "act", theirs.pk, act), sent()).status_code == 404
    assert client.post(url(DESK, "review", theirs.pk), sent(do="pass_first")).status_code == 404


def test_drafts_are_their_writers_own(client, county):
    draft = make_rounds.application("draft")
    assert client.get(url(DESK, "inspect", draft.pk)).status_code == 404
    assert listed(client.get(url(DESK, "index"))) == []


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HANDLER])
def test_other_roles_find_no_applications(client, at_desk, role):
    at_desk(make.officer(role, make.division("330681")))
    made = make_reviews.application()
    assert client.get(url(DESK, "index")).status_code == 404
    assert client.get(url(DESK, "inspect", made.pk)).status_code == 404


def test_a_clerk_reads_those_of_the_own_body_without_the_rows_of_the_registers(client, at_desk):
    made = make_reviews.application()
    at_desk(make.officer(Role.CLERK, made.organization))
    make_reviews.application()
    response = client.get(url(DESK, "index"))
    assert listed(response) == [made.pk]
    assert not response.context["can_export"]
    page = client.get(url(DESK, "inspect", made.pk))
    names = [section.name for section in page.context["sections"]]
    assert names == ["application", "clauses", "decisions", "documents"]
    assert labels(page) == {"Review side by side", "History"}
    assert client.get(url(DESK, "review", made.pk)).context["kinds"] == []


# Recusal


def pages_of(client, made, **query):
    found = [client.get(url(DESK, "index"), query), client.get(url(DESK, "export"), query)]
    found.append(client.post(url(DESK, "export"), sent(format="csv"), query_params=query))
    found += [client.get(url(DESK, page, made.pk), query) for page in PAGES]
    return [bare(one) for one in found]


@pytest.mark.parametrize("query", [{}, {"state": "submitted"}, {"mine": "true"}, {"p": "1"}])
def test_of_an_application_a_recused_officer_sees_no_trace(client, county, query):
    of = make_reviews.grading_round()
    seen = make_reviews.application(of=of)
    panel = make_rounds.panel(make_rounds.grading_round("scoring"), members=[county])
    before = pages_of(client, seen, **query)

    hidden = make_reviews.application(of=of)
    found = panel.recusals.create(application=hidden, user=county, grounds=["kin"], found_on=TODAY)
    assert pages_of(client, seen, **query) == before
    for page in PAGES:
        assert client.get(url(DESK, page, hidden.pk)).status_code == 404

    found.lifted_on = TODAY
    found.save()
    if query != {"mine": "true"}:
        assert pages_of(client, seen, **query) != before


# Lists


def test_tabs_filters_and_tags(client, county):
    of = make_reviews.grading_round()
    late = make_reviews.application(of=of, is_late=True)
    passing = make_reviews.application("first_reviewed", of=of, answer=True)
    other = make_rounds.application("submitted", code="l3")

    def pks(**query):
        return set(listed(client.get(url(DESK, "index"), query)))

    assert pks() == {late.pk, passing.pk, other.pk}
    assert pks(state="first_reviewed") == {passing.pk}
    assert pks(round=of.pk) == {late.pk, passing.pk}
    assert pks(level=other.round_level.level_id) == {other.pk}
    assert pks(result="pass") == {passing.pk}
    assert pks(is_late="true") == {late.pk}
    assert pks(division=make.division(make_reviews.TOWN).pk) == {late.pk, passing.pk}
    assert pks(name=late.mediator.name) == {late.pk}
    response = client.get(url(DESK, "index"))
    assert [(str(tab.label), tab.count) for tab in response.context["tabs"]] == [
        ("All", 3), ("submitted", 2), ("first review passed", 1),
    ]  # fmt: skip
    shown = {
        row.pk: [(cell.value, cell.tone) for cell in cells if cell.column.name == "result"]
        for row, _address, cells in response.context["listed"]
    }
    assert shown == {
        late.pk: [("left open", "warn")],
        passing.pk: [("passes", "ok")],
        other.pk: [("not judged yet", "plain")],
    }


def test_what_waits_for_me(client, at_desk):
    of = make_reviews.grading_round()
    submitted = make_reviews.application(of=of)
    to_decide = make_reviews.application("first_reviewed", of=of, answer=True)
    by_bureau = make_reviews.application(of=of, place="330681")
    elsewhere = make_reviews.application(of=of, place="330681102")
    bureau, office = make_reviews.bureau(), make_reviews.office()
    own = make_reviews.application("first_reviewed", of=of, first_reviewed_by=bureau)
    mine = {"mine": "true"}
    at_desk(bureau)
    assert set(listed(client.get(url(DESK, "index"), mine))) == {to_decide.pk, by_bureau.pk}
    rest = {submitted.pk, elsewhere.pk, own.pk}
    assert set(listed(client.get(url(DESK, "index"), {"mine": "false"}))) == rest
    at_desk(office)
    assert listed(client.get(url(DESK, "index"), mine)) == [submitted.pk]
    at_desk(make.officer(Role.CITY_BUREAU, make.division("3306")))
    assert listed(client.get(url(DESK, "index"), mine)) == []
    at_desk(make.officer(Role.AUDITOR, make.division("3306")))
    assert listed(client.get(url(DESK, "index"), mine)) == []


def test_the_list_asks_no_more_of_the_database_for_more_rows(
    client, county, django_assert_max_num_queries
):
    of = make_reviews.grading_round()
    for state in ("submitted", "returned", "first_reviewed"):
        make_reviews.application(state, of=of)
    with django_assert_max_num_queries(40) as few:
        client.get(url(DESK, "index"))
    for state in ("submitted", "returned", "first_reviewed"):
        make_reviews.application(state, of=of)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(url(DESK, "index"))


def test_a_return_shows_its_clock(client, county):
    make_reviews.application("returned", correct_by=TODAY + 2 * DAY)
    response = client.get(url(DESK, "index"))
    ((_row, _address, cells),) = response.context["listed"]
    shown = next((cell.value, cell.tone) for cell in cells if cell.column.name == "clock")
    assert shown == (TODAY + 2 * DAY, "warn")


def test_an_export_holds_labels_and_no_numbers_of_persons(client, county):
    made = make_reviews.application(answer=True)
    response = client.post(url(DESK, "export"), sent(format="xlsx"))
    head, line = load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True)
    told = dict(zip(head, line, strict=True))
    assert told["Name"] == made.mediator.name
    assert (told["State"], told["By the rule"]) == ("submitted", "passes")
    assert told["Level"] == made.round_level.label
    assert not {"ID number", "Phone"} & set(head)
    entry = LedgerEntry.objects.get(act="grading.application.export")
    assert entry.after["rows"] == 1


# The page of one


def test_the_page_tells_every_clause_in_words(client, county):
    made = make_reviews.application(answer=True)
    response = client.get(url(DESK, "inspect", made.pk))
    (section,) = [one for one in response.context["sections"] if one.name == "clauses"]
    told = [(one.clause, one.answer, one.tone) for one in section.context["clauses"]]
    assert told[-3:] == [
        ("第五条第一项", "fulfilled", "ok"),
        ("第六条第一项", "fulfilled", "ok"),
        ("第六条第二项", "fulfilled", "ok"),
    ]
    answered = section.context["clauses"][-3]
    who = made.answers.get().by.get_full_name()
    assert answered.notes == (f"Answered “Yes” by {who} on 2026-11-23: {make_reviews.REASON}",)
    assert section.context["clauses"][-2].found == "5"


def test_the_page_shows_rulings_and_waivers_beside_what_the_rule_says(client, county):
    waivers = [{"nodes": ["years"], "when": {"flag": "in_post"}, "approver": "county_bureau"}]
    of = make_reviews.grading_round(content=make_reviews.rule(waivers=waivers))
    made = make_reviews.application("first_reviewed", of=of, answer=False)
    path = "base.all[0].attest"
    first, second = make_reviews.bureau(), make_reviews.bureau()
    ruling = deciding.overrule_clause(made.pk, path=path, result="pass", by=first, **GIVEN)

    def clause(path):
        sections = client.get(url(DESK, "inspect", made.pk)).context["sections"]
        (section,) = [one for one in sections if one.name == "clauses"]
        return next(one for one in section.context["clauses"] if one.path == path)

    waiting = clause(path)
    assert (waiting.answer, waiting.by_rule) == ("not fulfilled", "")
    assert waiting.notes[-1] == "This ruling waits for a second officer and does not count yet."
    deciding.confirm_ruling(made.pk, ruling=ruling, by=second, **GIVEN)
    ruled = clause(path)
    assert (ruled.answer, ruled.by_rule) == ("fulfilled", "not fulfilled")
    deciding.grant_waiver(made.pk, path="years", by=second, **GIVEN)
    name = second.get_full_name()
    waived = f"Waived by {name} on 2026-11-23: {make_reviews.REASON}"
    assert clause("req.l4.all[0].cmp").notes == ()
    page = client.get(url(DESK, "inspect", made.pk)).content.decode()
    assert "This waiver waits for a second officer and does not count yet." in page
    third = make_reviews.bureau()
    deciding.confirm_waiver(made.pk, path="years", by=third, **GIVEN)
    assert clause("req.l4.all[0].cmp").notes == (
        waived, f"Confirmed by {third.get_full_name()} on 2026-11-23.",
    )  # fmt: skip


def test_the_rows_behind_the_figures_name_no_party(client, county):
    person = make_rounds.person(body=make.organization(in_division=make_reviews.town()))
    case = make_cases.case(
        "succeeded", body=person.appointments.get().organization, mediators=[person],
        accepted_on=TODAY - 100 * DAY, dispute_type=make_cases.dispute_type(),
    )  # fmt: skip
    made = make_reviews.application(mediator=person)
    response = client.get(url(DESK, "inspect", made.pk))
    (section,) = [one for one in response.context["sections"] if one.name == "evidence"]
    kinds = {one.label: one for one in section.context["kinds"]}
    rows = kinds["cases of the ledger"]
    told = dict(zip(rows.heads, rows.rows[0], strict=True))
    assert told["Day"] == str(case.accepted_on)
    assert told["State"] == case.get_state_display()
    assert case.number not in response.content.decode()
    for party in case.parties.all():
        assert party.name not in response.content.decode()


def test_acts_are_offered_to_those_whose_task_they_are(client, at_desk):
    made = make_reviews.application(answer=True)
    bureau, office = make_reviews.bureau(), make_reviews.office()
    at_desk(bureau)
    assert "First review passed" not in labels(client.get(url(DESK, "inspect", made.pk)))
    page = client.get(url(DESK, "act", made.pk, "pass_first"))
    assert page.context["refusals"] == [
        "By the rule this is done by: justice office（Division 330681101）."
    ]
    assert client.post(url(DESK, "act", made.pk, "pass_first"), sent()).status_code == 422
    assert now(made).state == "submitted"
    at_desk(office)
    assert "First review passed" in labels(client.get(url(DESK, "inspect", made.pk)))
    response = client.post(url(DESK, "act", made.pk, "pass_first"), sent())
    assert response.status_code == 302
    assert now(made).first_reviewed_by == office


def test_a_waiver_is_offered_to_its_approver(client, at_desk):
    waivers = [{"nodes": ["years"], "when": {"flag": "in_post"}, "approver": "county_bureau"}]
    of = make_reviews.grading_round(content=make_reviews.rule(waivers=waivers))
    made = make_reviews.application(of=of)
    at_desk(make_reviews.office())
    assert "Grant a waiver" not in labels(client.get(url(DESK, "inspect", made.pk)))
    assert client.get(url(DESK, "act", made.pk, "grant_waiver")).context["refusals"] == [
        "By the rule this is done by: county bureau（Division 330681101）."
    ]
    at_desk(make_reviews.bureau())
    assert "Grant a waiver" in labels(client.get(url(DESK, "inspect", made.pk)))
    for act in ("grant_waiver", "take_back_waiver"):
        response = client.post(url(DESK, "act", made.pk, act), sent(path="years"))
        assert response.status_code == 302
    assert made.waivings.get().replaced_on == TODAY


def test_a_late_application_says_so_in_the_list(client, county):
    made = make_reviews.application(is_late=True)
    ((_row, _address, cells),) = client.get(url(DESK, "index")).context["listed"]
    shown = {cell.column.name: (cell.value, cell.tone) for cell in cells}
    assert shown["submitted_on"] == (f"{made.submitted_on.isoformat()}, late", "warn")


FORMS = {
    "answer": {"name": QUESTION, "answer": "yes"},
    "send_back": {},
    "take_anew": {},
}


@pytest.mark.parametrize("act", FORMS)
def test_acts_of_the_first_review_are_taken_from_the_page(client, at_desk, act):
    made = make_reviews.application()
    at_desk(make_reviews.office())
    response = client.post(url(DESK, "act", made.pk, act), sent(**FORMS[act]))
    assert response.status_code == 302
    assert now(made).revision > made.revision


def test_a_ruling_is_made_and_confirmed_from_the_page(client, at_desk):
    made = make_reviews.application("first_reviewed", answer=False)
    at_desk(make_reviews.bureau())
    typed = {"path": "base.all[0].attest", "result": "pass"}
    assert client.post(url(DESK, "act", made.pk, "overrule"), sent(**typed)).status_code == 302
    ruling = made.rulings.get()
    confirm = url(DESK, "act", made.pk, "confirm_ruling")
    assert client.post(confirm, sent(ruling=ruling.pk)).status_code == 422
    at_desk(make_reviews.bureau())
    assert client.post(confirm, sent(ruling=ruling.pk)).status_code == 302
    assert now(made).result == "pass"
    drop = url(DESK, "act", made.pk, "drop_ruling")
    assert client.post(drop, sent(ruling=ruling.pk)).status_code == 302
    assert now(made).result == "fail"


def test_all_that_pass_are_found_eligible_at_once(client, county):
    of = make_reviews.grading_round()
    passing = [make_reviews.application("first_reviewed", of=of, answer=True) for _n in range(2)]
    failing = make_reviews.application("first_reviewed", of=of, answer=False)
    own = make_reviews.application("first_reviewed", of=of, answer=True, first_reviewed_by=county)
    pks = [one.pk for one in [*passing, failing, own]]
    page = client.get(url(DESK, "bulk", "find_eligible"), {"pk": pks})
    assert page.context["passing"] == 2
    assert len(page.context["barred_rows"]) == 2
    client.post(url(DESK, "bulk", "find_eligible"), sent(pk=pks))
    states = [Application.objects.get(pk=pk).state for pk in pks]
    assert states == ["eligible", "eligible", "first_reviewed", "first_reviewed"]


# Side by side


def review(made, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{url(DESK, 'review', made.pk)}{'?' + asked if asked else ''}"


def test_pass_and_next_keeps_to_the_list(client, at_desk):
    of = make_reviews.grading_round()
    one, two, three = (make_reviews.application(of=of, answer=True) for _n in range(3))
    make_reviews.application("first_reviewed", of=of)
    at_desk(make_reviews.office())
    query = {"state": "submitted", "round": of.pk}
    page = client.get(review(two, **query))
    assert (page.context["place"], page.context["size"]) == (2, 3)
    assert (page.context["earlier"], page.context["later"]) == (
        review(one, **query), review(three, **query),
    )  # fmt: skip
    typed = sent(do="pass_first", answer_0="yes")
    response = client.post(review(two, **query), typed)
    assert (response.status_code, response.url) == (302, review(three, **query))
    assert now(two).state == "first_reviewed"
    # Sent twice it leads to the same place and does nothing more.
    again = client.post(review(two, **query), typed)
    assert (again.status_code, again.url) == (302, response.url)
    assert LedgerEntry.objects.filter(act="grading.application.pass_first").count() == 1
    # The answer stood already.
    assert two.answers.count() == 1
    last = client.post(review(three, **query), sent(do="pass_first"))
    assert last.url == f"{url(DESK, 'index')}?state=submitted&round={of.pk}"


def test_answers_and_the_opinion_are_kept_in_one_go(client, at_desk):
    made = make_reviews.application()
    office = at_desk(make_reviews.office())
    response = client.post(review(made), sent(do="pass_first", answer_0="yes"))
    assert response.status_code == 302
    found = made.answers.get()
    assert (found.answer, found.reason, found.by) == (True, REASON, office)
    assert now(made).state == "first_reviewed"


def test_if_the_step_is_refused_no_answer_is_kept_and_what_was_typed_stays(client, at_desk):
    made = make_reviews.application()
    at_desk(make_reviews.office())
    response = client.post(review(made), sent(do="pass_first", reason="Nearly."))
    assert response.status_code == 422
    assert response.context["form"]["reason"].value() == "Nearly."
    assert not made.answers.exists()
    response = client.post(review(made), sent(do="pass_first", answer_0="yes", reason=""))
    assert response.status_code == 422
    assert response.context["form"]["answer_0"].value() == "yes"
    assert not made.answers.exists()


def test_answers_are_kept_without_passing(client, at_desk):
    made = make_reviews.application()
    at_desk(make_reviews.office())
    response = client.post(review(made), sent(do="save", answer_0="no"))
    assert response.url == review(made)
    assert (now(made).state, now(made).result) == ("submitted", "fail")


def test_the_decision_is_taken_side_by_side_by_the_second_officer(client, at_desk):
    made = make_reviews.application("first_reviewed", answer=True)
    at_desk(make_reviews.office())
    assert client.post(review(made), sent(do="find_eligible")).status_code == 404
    at_desk(make_reviews.bureau())
    assert client.post(review(made), sent(do="confirm")).status_code == 404
    assert client.post(review(made), sent(do="find_eligible")).status_code == 302
    assert now(made).state == "eligible"


def test_an_application_outside_the_list_leads_back_into_it(client, county):
    of = make_reviews.grading_round()
    one = make_reviews.application(of=of)
    other = make_reviews.application("first_reviewed", of=of, answer=True)
    page = client.get(review(other, state="submitted"))
    assert (page.context["place"], page.context["earlier"]) == (None, "")
    assert page.context["later"] == review(one, state="submitted")


def test_a_question_is_called_what_the_rule_calls_it(client, county):
    base = {
        "all": [
            {"attest": "leads_and_teaches", "label": "能够带教新任调解员"},
            {"all": [{"attest": "leads_and_teaches"}, {"attest": "good_conduct"}]},
            {"attest": "said_by_nobody"},
        ]
    }
    of = make_rounds.grading_round("reviewing", content=make_grading.document(base=base))
    row = make_rounds.application(of=of)
    worded = row.questions_in_words()
    assert worded["leads_and_teaches"] == "能够带教新任调解员"
    assert worded["said_by_nobody"] == "said_by_nobody"
    assert worded["good_conduct"] == label_of("good_conduct")
    assert list(worded) == row.questions()
    assert row.open_questions() == list(worded.values())
    form = AnswerForm(user=county, record=row)
    assert form.fields["name"].choices == list(worded.items())
