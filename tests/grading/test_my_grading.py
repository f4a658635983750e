"""A mediator's own pages of grading: only the own ones, without script, twice harmless."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grading.actions import entering_papers
from grading.actions.entering import look_up
from grading.actions.judging import take_evidence
from grading.models import Application
from grading.notices.clauses import lines_of
from grading.notices.evidence_rows import behind
from office.desk.submissions import new_key
from office.documents import documents_of
from office.models import LedgerEntry
from office.roles import Role
from office.workbench import lines_of as workbench
from tests import make
from tests.casework import make_cases
from tests.grading import make_grading, make_rounds
from tests.make import DAY, TODAY
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
COUNTY, CITY, ELSEWHERE = "330681", "3306", "330682"
PAGES = [
    "my_application", "application_figures", "application_papers", "application_statement",
    "application_declaration", "check_application", "application_sent", "withdraw_application",
]  # fmt: skip


@pytest.fixture
def applicant(at_desk):
    """A mediator with a post in the county, signed in."""
    someone = make_rounds.person(user=make.user())
    at_desk(someone.user)
    return someone


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(name, *args):
    return reverse(name, args=args)


def pdf(name="form.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n")


def draft_of(someone, of=None, **fields):
    of = of or make_rounds.grading_round("open")
    return make_rounds.application("draft", of=of, mediator=someone, **fields)


def test_the_list_shows_own_applications_and_levels_of_the_own_place(client, applicant):
    own, other = (
        make_rounds.grading_round("open", title=title) for title in ("Own round", "Other round")
    )
    make_rounds.grading_round("open", title="Foreign", division=make.division(ELSEWHERE))
    make_rounds.grading_round("draft", title="Hidden")
    city = make_rounds.grading_round("open", title="Of the city", division=make.division(CITY))
    over = make_rounds.grading_round("open", title="Over")
    over.levels.update(closes_on=TODAY - DAY)
    draft_of(applicant, own)
    draft_of(make_rounds.person(), other)

    response = client.get(page("my_grading"))
    assert [one.grading_round for one, *_rest in response.context["applications"]] == [own]
    assert {one.grading_round for one, _in_time in response.context["levels"]} == {other, city}
    assert response["Cache-Control"].split(", ").count("no-store") == 1


def holding(someone, rank, days=800, until_on=None):
    return make.level_holding(someone, rank=rank, from_on=TODAY - days * DAY, until_on=until_on)


def shown_levels(client):
    context = client.get(page("my_grading")).context
    offered = [level.code for level, _in_time in context["levels"]]
    return offered, [level.code for level, _reasons in context["barred"]]


@pytest.mark.parametrize(
    ("held", "of_county", "of_city"),
    [
        ((1, 800), ([], ["l3", "l4"]), ([], ["l1", "l2"])),
        ((2, 800), ([], ["l3", "l4"]), (["l1"], ["l2"])),
        ((2, 364), ([], ["l3", "l4"]), ([], ["l1", "l2"])),
        ((3, 800), ([], ["l3", "l4"]), (["l2"], ["l1"])),
        ((4, 800), (["l3"], ["l4"]), ([], ["l1", "l2"])),
    ],
)
def test_whoever_holds_a_level_is_offered_only_what_the_rule_has_a_way_to(
    client, applicant, held, of_county, of_city
):
    holding(applicant, *held)
    of = make_rounds.grading_round("open")
    assert shown_levels(client) == of_county
    of.levels.all().delete()
    make_rounds.grading_round("open", division=make.division(CITY))
    assert shown_levels(client) == of_city
    places = workbench(make.User.objects.get(pk=applicant.user_id), TODAY)[1]
    place = next(one for one in places if one.url == page("my_grading"))
    offered = len(of_city[0])
    assert place.note == (f"levels that may be applied for: {offered}" if offered else "")


def test_on_the_first_day_without_a_level_it_may_be_applied_for_again(client, applicant):
    held = holding(applicant, 4, until_on=TODAY + DAY)
    level = make_rounds.grading_round("open").levels.get(code="l4")
    assert shown_levels(client) == (["l3"], ["l4"])
    barred = client.get(page("begin_application", level.pk))
    assert "Begin the application" not in text_of(barred)
    answer = client.post(page("begin_application", level.pk))
    assert (answer.status_code, Application.objects.count()) == (422, 0)
    assert "From the level held now, the rule does not allow" in text_of(answer)
    held.until_on = TODAY
    held.save()
    assert shown_levels(client) == (["l3", "l4"], [])
    assert client.post(page("begin_application", level.pk)).status_code == 302


def test_a_level_that_a_condition_lets_one_skip_to_is_offered(client, applicant):
    skips = {"first": "any", "promotion": {"skip_if": {"flag": "part_time"}}}
    holding(applicant, 4)
    content = make_grading.document(path=skips)
    make_rounds.grading_round("open", division=make.division(CITY), content=content)
    assert shown_levels(client) == (["l1", "l2"], [])


def test_nobody_but_a_mediator_has_such_pages(client, at_desk):
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division(COUNTY)))
    assert client.get(page("my_grading")).status_code == 404
    client.logout()
    assert client.get(page("my_grading")).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_an_application_of_somebody_else_cannot_be_found(client, applicant, name):
    of = make_rounds.grading_round("open")
    own, theirs = draft_of(applicant, of), draft_of(make_rounds.person(), of)
    assert client.get(page(name, own.pk)).status_code in {200, 302}
    assert client.get(page(name, theirs.pk)).status_code == 404


def test_nothing_is_sent_to_an_application_of_somebody_else(client, applicant):
    of = make_rounds.grading_round("open")
    stranger = make_rounds.person(user=make.user())
    theirs = draft_of(stranger, of, nominated_by=make.user())
    kept = entering_papers.add_paper(
        theirs.pk, by=stranger.user, today=TODAY, kind="other", upload=pdf()
    )
    posts = [
        page("agree_to_nomination", theirs.pk), page("check_application", theirs.pk),
        page("application_declaration", theirs.pk), page("application_statement", theirs.pk),
        page("withdraw_application", theirs.pk), page("application_papers", theirs.pk),
        page("remove_application_paper", theirs.pk, kept.pk),
    ]  # fmt: skip
    typed = {"reason": "x", "declares": "on", "statement": "x", "revision": 0}
    assert {client.post(address, typed).status_code for address in posts} == {404}
    assert client.get(page("application_paper", theirs.pk, kept.pk)).status_code == 404
    own = draft_of(applicant, of)
    assert client.get(page("application_paper", own.pk, kept.pk)).status_code == 404
    client.post(page("remove_application_paper", own.pk, kept.pk))
    assert documents_of(theirs).get() == kept
    before = (theirs.state, theirs.agreed_on, theirs.statement)
    theirs.refresh_from_db()
    assert (theirs.state, theirs.agreed_on, theirs.statement) == before


def test_a_level_of_another_county_or_of_a_draft_cannot_be_found(client, applicant):
    foreign = make_rounds.grading_round("open", division=make.division(ELSEWHERE))
    hidden = make_rounds.grading_round("draft")
    for of in (foreign, hidden):
        level = of.levels.get(code="l4")
        assert client.get(page("begin_application", level.pk)).status_code == 404
        assert client.post(page("begin_application", level.pk)).status_code == 404
    assert not Application.objects.exists()


def test_one_begins_once_however_often_one_clicks(client, applicant):
    level = make_rounds.grading_round("open").levels.get(code="l4")
    shown = text_of(client.get(page("begin_application", level.pk)))
    assert "第六条第二项" in shown
    assert not Application.objects.exists()
    answers = [client.post(page("begin_application", level.pk)) for _twice in range(2)]
    made = Application.objects.get()
    assert [one.url for one in answers] == [page("my_application", made.pk)] * 2


def test_why_a_level_cannot_be_begun_is_said(client, applicant):
    matrix = [
        {"when": {"kind": ["village"]}, "confirm": "city_bureau"},
        {"when": {}, "confirm": "county_bureau"},
    ]
    content = make_grading.document(authority=matrix)
    level = make_rounds.grading_round("open", content=content).levels.get(code="l4")
    answer = client.post(page("begin_application", level.pk))
    assert answer.status_code == 422
    assert "By the rule another body decides on this level" in answer.content.decode()


def test_the_whole_way_from_the_level_to_the_confirmation(client, applicant):
    of = make_rounds.grading_round(
        "open", content=make_grading.document(completeness=["photo", "form"])
    )
    client.post(page("begin_application", of.levels.get(code="l4").pk))
    draft = Application.objects.get()
    tasks = client.get(page("my_application", draft.pk)).context["tasks"]
    assert [(one.label, one.tone) for one in tasks] == [
        ("Level: 四级人民调解员", "ok"),
        ("Figures", "warn"),
        ("Data and papers", "warn"),
        ("What speaks for the level", ""),
        ("Declaration", "warn"),
    ]

    refused = client.post(page("check_application", draft.pk))
    assert refused.status_code == 422
    assert refused.context["refusals"] == ["The declaration is not signed.", "Missing: form."]
    typed = {"submission": new_key(), "kind": "form"}
    for _twice in range(2):
        client.post(page("application_papers", draft.pk), {**typed, "upload": pdf()})
    assert documents_of(draft).count() == 1
    typed = {"statement": "十年调解。", "revision": 0}
    for _twice in range(2):
        answer = client.post(page("application_statement", draft.pk), typed)
        assert answer.url == page("my_application", draft.pk)
    unsigned = client.post(page("application_declaration", draft.pk), {})
    assert unsigned.status_code == 422
    assert "Tick the box" in unsigned.content.decode()
    for _twice in range(2):
        client.post(page("application_declaration", draft.pk), {"declares": "on"})

    assert client.get(page("check_application", draft.pk)).context["bars"] == []
    answers = [client.post(page("check_application", draft.pk)) for _twice in range(2)]
    assert [one.url for one in answers] == [page("application_sent", draft.pk)] * 2
    draft.refresh_from_db()
    assert (draft.state, draft.statement, draft.revision) == ("submitted", "十年调解。", 3)
    confirmed = text_of(client.get(page("application_sent", draft.pk)))
    for words in (f"PD2026-{draft.pk:06d}", "First review: justice office.", "5 working days"):
        assert words in confirmed
    acts = LedgerEntry.objects.of(draft).order_by("sequence").values_list("act", flat=True)
    assert [one.rpartition(".")[2] for one in acts] == [
        "begin", "attach", "change", "change", "submit",
    ]  # fmt: skip


def test_clauses_are_shown_with_number_threshold_and_clause(client, applicant):
    draft = draft_of(applicant)
    for _n in range(3):
        make_cases.case(
            "succeeded", mediators=[applicant], accepted_on=TODAY - 90 * DAY, agreement="written"
        )
    response = client.get(page("application_figures", draft.pk))
    lines = {one.line.name: one for one in response.context["lines"]}
    mediated = lines["mediated"].line
    assert (mediated.clause, mediated.found, mediated.wanted, mediated.answer) == (
        "第六条第二项", "3", "≥ 10", "not fulfilled",
    )  # fmt: skip
    share = lines["success"].line
    assert (share.found, share.wanted, share.answer) == ("100%（3／3）", "≥ 60%", "fulfilled")
    assert lines["committee_filed"].line.found == "yes"
    # The clause of a group is that of what stands in it.
    assert lines["part_time"].line.clause == "第三条第二款"
    # Being invited is what the rule does not want; of two kinds of work one is enough.
    told = {name: (lines[name].line.found, lines[name].line.answer) for name in lines}
    assert told["invited"] == ("no", "fulfilled")
    assert lines["invited"].line.words == "must not be: invited"
    assert told["part_time"] == ("yes", "fulfilled")
    assert told["full_time"] == ("no", "not needed")
    assert told["hours_last_year"] == ("0", "not fulfilled")
    assert told["misconduct"] == ("no", "does not apply")
    rows = lines["mediated"].rows[0]
    assert (rows.count, rows.more) == (3, 0)
    assert "succeeded" in rows.rows[0]
    assert "You may hand in all the same." in text_of(response)
    draft.refresh_from_db()
    assert draft.evidence == {}


def test_only_so_many_rows_are_listed_and_the_rest_is_counted(applicant, monkeypatch):
    monkeypatch.setattr("grading.notices.evidence_rows.MOST_ROWS", 2)
    draft = draft_of(applicant)
    for number in range(3):
        make_cases.case("succeeded", mediators=[applicant], accepted_on=TODAY - (60 + number) * DAY)
    facts = look_up(draft).facts
    (found,) = behind(draft.rules, "success", facts)
    assert (found.count, len(found.rows), found.more) == (3, 2, 1)
    assert behind(draft.rules, "political_and_conduct", facts) == []


def test_what_officers_decided_shows_as_decided_beside_the_number(applicant):
    made = make_rounds.application("eligible", mediator=applicant)
    by, second = make.user(), make.user()
    rows = Application.objects.with_all().filter(pk=made.pk)
    take_evidence(rows, today=TODAY)
    path = "req.l4.all[1].cmp"
    made.rulings.create(
        path=path, was="fail", result="pass", reason="Counted by hand.", by=by, on=TODAY,
        confirmed_by=second, confirmed_on=TODAY,
    )  # fmt: skip
    judged = rows.get()
    line = next(one for one in lines_of(judged.rules, judged.judgment()) if one.name == "mediated")
    assert (line.found, line.answer, line.mark) == ("0", "fulfilled", "decided by officers")


def test_what_officers_answered_is_told_with_the_decision_and_not_before(client, applicant):
    made = make_rounds.application("submitted", mediator=applicant)
    take_evidence(Application.objects.with_all().filter(pk=made.pk), today=TODAY)
    made.answers.create(
        name="political_and_conduct", answer=True, reason="Known.", by=make.user(), on=TODAY
    )

    def answer():
        lines = client.get(page("application_figures", made.pk)).context["lines"]
        return next(one.line.answer for one in lines if one.line.name == "political_and_conduct")

    assert answer() == "left open"
    Application.objects.filter(pk=made.pk).update(
        state="not_eligible", first_reviewed_by=make.user(), first_reviewed_on=TODAY,
        decided_by=make.user(), decided_on=TODAY,
    )  # fmt: skip
    assert answer() == "fulfilled"


def test_a_stale_statement_keeps_what_was_typed(client, applicant):
    draft = draft_of(applicant, revision=3)
    typed = {"statement": "新的陈述", "revision": 2}
    answer = client.post(page("application_statement", draft.pk), typed)
    assert answer.status_code == 422
    assert "was changed by someone else" in answer.content.decode()
    assert "新的陈述" in answer.content.decode()
    too_long = {"statement": "长" * 3_001, "revision": 3}
    assert client.post(page("application_statement", draft.pk), too_long).status_code == 422
    draft.refresh_from_db()
    assert draft.statement == ""


def test_a_wrong_paper_is_refused_beside_its_field_and_taken_out_twice(client, applicant):
    draft = draft_of(applicant)
    wrong = SimpleUploadedFile("a.exe", b"MZ")
    typed = {"submission": new_key(), "kind": "other"}
    answer = client.post(page("application_papers", draft.pk), {**typed, "upload": wrong})
    assert answer.status_code == 422
    assert "upload" in answer.context["form"].errors
    client.post(page("application_papers", draft.pk), {**typed, "upload": pdf()})
    paper = documents_of(draft).get()
    handed = client.get(page("application_paper", draft.pk, paper.pk))
    assert handed["Content-Disposition"] == 'attachment; filename="form.pdf"'
    assert b"".join(handed.streaming_content).startswith(b"%PDF-")
    for _twice in range(2):
        answer = client.post(page("remove_application_paper", draft.pk, paper.pk))
        assert answer.url == page("application_papers", draft.pk)
    assert not documents_of(draft).exists()


def returned(someone, **fields):
    fields.setdefault("return_reasons", "The photo is blurred.")
    return make_rounds.application(
        "returned", mediator=someone, declared_on=TODAY, correct_by=TODAY + 2 * DAY, **fields
    )


def test_what_was_returned_shows_its_reasons_and_is_handed_in_again(client, applicant):
    made = returned(applicant)
    shown = text_of(client.get(page("my_application", made.pk)))
    assert "The photo is blurred." in shown
    answers = [client.post(page("check_application", made.pk)) for _twice in range(2)]
    assert [one.url for one in answers] == [page("application_sent", made.pk)] * 2
    made.refresh_from_db()
    assert made.state == "submitted"


def test_after_its_time_a_correction_is_refused_in_a_sentence(client, applicant):
    made = make_rounds.application(
        "returned", mediator=applicant, declared_on=TODAY, correct_by=TODAY - DAY
    )
    answer = client.post(page("check_application", made.pk))
    assert answer.status_code == 422
    assert answer.context["refusals"] == ["The time for corrections is over."]


@pytest.mark.parametrize(
    ("state", "of_round", "told"),
    [
        ("submitted", "reviewing", "submitted"),
        ("scored", "ranking", "eligible, to be ranked"),
        ("proposed", "ranking", "eligible, to be ranked"),
        ("no_level", "ranking", "eligible, to be ranked"),
        ("no_level", "notice", "no level"),
        ("confirmed", "confirmed", "level confirmed"),
        ("draft", "reviewing", "not handed in"),
    ],
)
def test_the_outcome_is_told_once_it_is_announced_and_no_score(
    client, applicant, state, of_round, told
):
    of = make_rounds.grading_round(of_round)
    given = {} if state == "draft" else {"score": "87.65", "place": 31}
    made = make_rounds.application(
        state, of=of, mediator=applicant, outcome_reason="Below the cut.", **given
    )
    response = client.get(page("my_application", made.pk))
    assert response.context["state"] == told
    assert "87.65" not in response.content.decode()
    is_told = (state, of_round) == ("no_level", "notice")
    assert ("Below the cut." in response.content.decode()) is is_told


def test_a_draft_of_a_round_that_is_past_is_not_written_any_more(client, applicant):
    made = draft_of(applicant, make_rounds.grading_round("reviewing"))
    assert "was not handed in and is not judged" in text_of(
        client.get(page("my_application", made.pk))
    )
    for name in ("application_statement", "application_declaration", "check_application"):
        typed = {"statement": "x", "revision": 0, "declares": "on"}
        assert client.post(page(name, made.pk), typed).url == page("my_application", made.pk)
    client.post(
        page("application_papers", made.pk),
        {"submission": new_key(), "kind": "other", "upload": pdf()},
    )
    made.refresh_from_db()
    assert (made.statement, made.declared_on, documents_of(made).count()) == ("", None, 0)


def test_one_withdraws_with_a_reason_and_may_not_once_it_is_confirmed(client, applicant):
    made = make_rounds.application("submitted", mediator=applicant)
    assert client.post(page("withdraw_application", made.pk), {}).status_code == 422
    for _twice in range(2):
        answer = client.post(page("withdraw_application", made.pk), {"reason": "I move away."})
        assert answer.url == page("my_application", made.pk)
    made.refresh_from_db()
    assert (made.state, made.outcome_reason) == ("withdrawn", "I move away.")
    final = make_rounds.application(
        "in_notice", of=make_rounds.grading_round("confirmed"), mediator=applicant
    )
    client.post(page("withdraw_application", final.pk), {"reason": "x"})
    final.refresh_from_db()
    assert final.state == "in_notice"


def test_a_nomination_is_agreed_to_or_declined(client, applicant):
    first = draft_of(applicant, nominated_by=make.user(name="王科长"))
    shown = text_of(client.get(page("my_application", first.pk)))
    assert "王科长 nominates you for this level." in shown
    for _twice in range(2):
        client.post(page("agree_to_nomination", first.pk))
    first.refresh_from_db()
    assert (first.agreed_on, first.state) == (TODAY, "draft")
    second = draft_of(applicant, nominated_by=make.user())
    client.post(page("withdraw_application", second.pk), {"reason": "Not this year."})
    second.refresh_from_db()
    assert (second.state, second.agreed_on) == ("withdrawn", None)


def test_the_workbench_names_what_waits_and_until_when(applicant):
    came_back = returned(applicant)
    asked = draft_of(applicant, nominated_by=make.user())
    begun = draft_of(applicant)
    draft_of(applicant, make_rounds.grading_round("reviewing"))
    draft_of(make_rounds.person())
    tasks, places = workbench(make.User.objects.get(pk=applicant.user_id), TODAY)
    own = {task.url: (task.label, task.due_on, task.tone) for task in tasks}
    last = TODAY + 10 * DAY
    assert own == {
        page("my_application", came_back.pk): (
            "Correct your application: 四级人民调解员", TODAY + 2 * DAY, "error",
        ),
        page("my_application", asked.pk): ("You were nominated: 四级人民调解员", last, "warn"),
        page("my_application", begun.pk): ("Application begun: 四级人民调解员", last, ""),
    }  # fmt: skip
    place = next(one for one in places if one.url == page("my_grading"))
    assert place.note == "levels that may be applied for: 6"
    assert workbench(make.user(), TODAY)[1] == []


@pytest.mark.parametrize(("takes_late", "number"), [(False, 0), (True, 1)])
def test_a_draft_whose_window_is_over_is_no_task_any_more(applicant, takes_late, number):
    of = make_rounds.grading_round("open", takes_late=takes_late)
    of.levels.update(closes_on=TODAY - DAY)
    draft_of(applicant, of)
    tasks, _places = workbench(make.User.objects.get(pk=applicant.user_id), TODAY)
    assert len(tasks) == number


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_application_as_for_three(
    client, applicant, rows, django_assert_num_queries
):
    for _number in range(rows):
        draft_of(applicant)
        make_rounds.grading_round("open")
    client.get(page("my_grading"))
    with django_assert_num_queries(QUERIES):
        response = client.get(page("my_grading"))
    assert len(response.context["applications"]) == rows


QUERIES = 8


def nomination(of, someone, code="l4"):
    return sent(mediator=someone.pk, level=of.levels.get(code=code).pk)


def test_a_clerk_nominates_from_the_page_of_the_round(client, at_desk):
    body = make.organization()
    at_desk(make.officer(Role.CLERK, body))
    of = make_rounds.grading_round("open")
    someone = make_rounds.person(body=body, user=make.user())
    labels = [
        label
        for label, *_rest in client.get(url("grading_rounds", "inspect", of.pk)).context["buttons"]
    ]
    assert "Nominate a mediator" in labels
    typed = nomination(of, someone)
    for _twice in range(2):
        answer = client.post(url("grading_rounds", "nominate", of.pk), typed)
        assert answer.url == url("grading_rounds", "inspect", of.pk)
    made = Application.objects.get()
    assert (made.mediator, made.agreed_on, made.state) == (someone, None, "draft")


def test_nobody_of_elsewhere_is_nominated_and_no_level_of_another_round(client, county):
    of = make_rounds.grading_round("open")
    foreign = make.organization(in_division=make.division(ELSEWHERE))
    stranger = make_rounds.person(body=foreign, user=make.user())
    someone = make_rounds.person(user=make.user())
    other = make_rounds.grading_round("open")
    wrong = [nomination(of, stranger), {**nomination(other, someone)}]
    for typed in wrong:
        assert client.post(url("grading_rounds", "nominate", of.pk), typed).status_code == 422
    theirs = make_rounds.grading_round("open", division=make.division(ELSEWHERE))
    assert client.get(url("grading_rounds", "nominate", theirs.pk)).status_code == 404
    assert not Application.objects.exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUSTICE_OFFICE])
def test_who_may_not_nominate_has_no_such_page(client, at_desk, role):
    at_desk(make.officer(role, make.division(COUNTY)))
    of = make_rounds.grading_round("open")
    assert client.get(url("grading_rounds", "inspect", of.pk)).status_code == 200
    assert client.get(url("grading_rounds", "nominate", of.pk)).status_code == 404
