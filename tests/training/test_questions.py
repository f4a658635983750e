"""The life of a question: every step from every state, versions, second person, findings."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from office.flow import Refused, Stale
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.make import DAY, TODAY
from tests.training.make_questions import CONTENT, IN_FORCE, REASON, city, question, topic, topics
from training import actions
from training.actions.question_doubts import key_of
from training.city.questions import make_questions
from training.flows import QUESTION, QuestionState
from training.models import Question, QuestionImport, QuestionVersion

pytestmark = pytest.mark.django_db
S = QuestionState
TAKES = {
    "submit": actions.submit_question,
    "send_back": actions.send_back_question,
    "review": actions.review_question,
    "put_in_use": actions.put_question_in_use,
    "retire": actions.retire_question,
}
TARGETS = {
    (S.DRAFT, "submit"): S.SUBMITTED,
    (S.SUBMITTED, "send_back"): S.DRAFT,
    (S.REVIEWED, "send_back"): S.DRAFT,
    (S.SUBMITTED, "review"): S.REVIEWED,
    (S.REVIEWED, "put_in_use"): S.IN_USE,
    (S.DRAFT, "retire"): S.RETIRED,
    (S.SUBMITTED, "retire"): S.RETIRED,
    (S.REVIEWED, "retire"): S.RETIRED,
    (S.IN_USE, "retire"): S.RETIRED,
}
QUESTIONS = [
    {
        "code": "RT-1", "type": "single", "topic": "procedure", "difficulty": 1, "stem": "谁？",
        "options": [
            {"text": "甲", "correct": False, "feedback": ""},
            {"text": "乙", "correct": True, "feedback": "对"},
        ],
        "accepted": [], "marking_guide": [], "explanation": "说明",
        "law_basis": [{"law": "中华人民共和国人民调解法", "article": "2"}],
        "valid_from": "2011-01-01",
    },
    {
        "code": "RT-2", "type": "multiple", "topic": "ethics", "difficulty": 2, "stem": "哪些？",
        "options": [{"text": text, "correct": text != "丙"} for text in "甲乙丙丁"],
        "law_basis": [], "valid_from": "2021-01-01",
    },
    {
        "code": "RT-3", "type": "true_false", "topic": "ethics", "difficulty": 2, "stem": "收费。",
        "options": [
            {"text": "错误", "correct": True, "feedback": "第四条"},
            {"text": "正确", "correct": False, "feedback": ""},
        ],
        "valid_from": "2011-01-01",
    },
    {
        "code": "RT-4", "type": "fill_in", "topic": "ethics", "difficulty": 2, "stem": "几年？",
        "accepted": ["三", "3"], "valid_from": "2011-01-01",
    },
    {
        "code": "RT-5", "type": "case", "topic": "skills", "difficulty": 3, "stem": "谈谈。",
        "marking_guide": [{"point": "先听", "marks": 4}], "valid_from": "2011-01-01",
    },
]  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english():
    translation.activate("en")


def at(state, **fields):
    """A question in a state, reached through the acts."""
    held = question(**fields)
    steps = {
        S.DRAFT: [], S.SUBMITTED: ["submit"], S.REVIEWED: ["submit", "review"],
        S.IN_USE: ["submit", "review", "put_in_use"], S.RETIRED: ["retire"],
    }[state]  # fmt: skip
    for step in steps:
        take(held, step)
    held.refresh_from_db()
    return held


def take(held, step, by=None, today=TODAY):
    return TAKES[step](held.pk, by=by or make.user(), today=today, reason=REASON)


def edit(held, by=None, **fields):
    return actions.edit_question(
        held.pk, by=by or make.user(), today=TODAY, reason=REASON, **fields
    )


@pytest.mark.parametrize("step", TAKES)
@pytest.mark.parametrize("state", S)
def test_each_step_leads_from_its_states_and_no_other(state, step):
    held = at(state)

    if target := TARGETS.get((state, step)):
        assert take(held, step).state == target
        entry = LedgerEntry.objects.of(held).order_by("-sequence").first()
        assert (entry.act, entry.reason) == (f"training.question.{step}", REASON)
    else:
        with pytest.raises(Refused):
            take(held, step)
        held.refresh_from_db()
        assert held.state == state


def test_the_table_of_the_flow_is_the_one_tested():
    arrows = {
        (source, step.name): step.target
        for step in QUESTION.steps.values()
        for source in step.sources
    }
    assert arrows == TARGETS


def test_the_author_of_the_current_version_does_not_approve_it():
    author, second = make.user(), make.user()
    held = question(by=author)
    take(held, "submit", by=author)

    with pytest.raises(Refused) as refusal:
        take(held, "review", by=author)

    held.refresh_from_db()
    assert refusal.value.messages == [
        "Who wrote a question does not approve it; a second person does."
    ]
    assert (held.state, held.reviewed_by) == (S.SUBMITTED, None)
    assert take(held, "review", by=second).reviewed_by == second


def test_who_edits_becomes_the_author_and_the_first_author_may_approve():
    first, second = make.user(), make.user()
    held = question(by=first)
    edit(held, by=second, stem="由谁设立？")
    take(held, "submit", by=first)

    with pytest.raises(Refused):
        take(held, "review", by=second)
    assert take(held, "review", by=first).state == S.REVIEWED


def test_the_database_knows_no_author_who_approved():
    held = at(S.REVIEWED)

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=held.pk).update(reviewed_by=held.author)


@pytest.mark.parametrize("state", ["reviewed", "in_use"])
def test_the_database_knows_no_approved_question_without_reviewer(state):
    held = question()

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=held.pk).update(state=state)


@pytest.mark.parametrize(
    "change", [{"kind": "riddle"}, {"state": "lost"}, {"difficulty": 4}, {"difficulty": 0}]
)
def test_the_database_keeps_what_is_not_known_out(change):
    held = question()

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=held.pk).update(**change)


def test_the_database_gives_a_number_once_in_a_bank():
    first, second = question(), question("另一问是什么？")

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.filter(pk=second.pk).update(code=first.code)


def test_the_database_keeps_a_version_once():
    version = question().current
    version.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionVersion.objects.bulk_create([version])


def test_numbers_of_a_bank_follow_one_another():
    codes = [question(f"第{number}问，问的是什么？").code for number in range(3)]

    assert codes == ["3306-00001", "3306-00002", "3306-00003"]
    assert question(division=make.division("3307")).code == "3307-00001"


@pytest.mark.parametrize("state", [S.DRAFT, S.REVIEWED, S.IN_USE])
def test_an_edit_is_a_new_version_and_the_question_a_draft_again(state):
    held = at(state)
    seen = held.current

    edit(held, stem="由谁设立？")

    held.refresh_from_db()
    seen.refresh_from_db()
    assert (held.state, held.reviewed_by, held.current.number) == (S.DRAFT, None, 2)
    assert (seen.number, seen.stem) == (1, "人民调解委员会怎样设立？")
    assert held.current.content == seen.content


@pytest.mark.parametrize("state", [S.SUBMITTED, S.RETIRED])
def test_what_waits_or_is_retired_is_not_edited(state):
    held = at(state)

    with pytest.raises(Refused):
        edit(held, stem="由谁设立？")
    assert held.versions.count() == 1


def test_an_edit_over_the_edit_of_another_is_stale():
    held = question()
    edit(held, stem="由谁设立？", revision=0)

    with pytest.raises(Stale):
        edit(held, stem="怎样撤销？", revision=0)
    assert held.versions.count() == 2


def test_if_an_edit_fails_in_the_middle_no_version_is_left():
    held = question()

    with pytest.raises(Exception, match="difficulty"):
        edit(held, stem="由谁设立？", difficulty=9)
    assert held.versions.count() == 1


def test_faulty_answers_bar_the_hand_over_each_with_its_sentence():
    options = [{**one, "weight": "0"} for one in CONTENT["single"]["options"]]
    held = question(content={"options": options})

    assert QUESTION.refusals(held, "submit", TODAY) == [
        "No option is marked as right: the key is missing."
    ]
    edit(held, content=CONTENT["single"])
    held = Question.objects.get(pk=held.pk)
    assert QUESTION.refusals(held, "submit", TODAY) == []


@pytest.mark.parametrize(
    ("from_on", "until_on", "passes"),
    [
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (IN_FORCE, TODAY, False),
        (IN_FORCE, TODAY + DAY, True),
    ],
)
def test_a_question_is_used_while_its_law_is_in_force(from_on, until_on, passes):
    held = at(S.REVIEWED)
    QuestionVersion.objects.update(valid_from_on=from_on, valid_until_on=until_on)
    held = Question.objects.get(pk=held.pk)

    assert (QUESTION.refusals(held, "put_in_use", TODAY) == []) is passes
    Question.objects.update(state=S.IN_USE)
    assert Question.objects.in_use(TODAY).exists() is passes


def test_a_finding_bars_the_hand_over_until_it_is_settled_with_a_reason():
    officer = make.user()
    held = question("依《继承法》，谁先继承？", by=officer)
    with pytest.raises(Refused) as refusal:
        take(held, "submit")

    actions.settle_findings(
        held.pk, findings=[key_of(held.findings[0])], by=officer, today=TODAY, reason="史料题。"
    )

    assert refusal.value.messages == ["The question has findings that must be settled first."]
    held.refresh_from_db()
    assert held.settled[0]["reason"] == "史料题。"
    assert take(held, "submit").state == S.SUBMITTED


def test_what_was_settled_stays_settled_after_an_edit_and_what_is_new_does_not():
    held = question("依《继承法》，谁先继承？")
    key = key_of(held.findings[0])
    actions.settle_findings(held.pk, findings=[key], by=make.user(), today=TODAY, reason="史料题。")

    edit(held, stem="依《继承法》《婚姻法》，谁先继承？")

    held.refresh_from_db()
    assert [(told["code"], told["law"]) for told in held.findings] == [("repealed_law", "婚姻法")]


def test_a_finding_goes_when_the_edit_removes_its_cause():
    held = question("依《继承法》，谁先继承？")

    edit(held, stem="依《民法典》，谁先继承？")

    held.refresh_from_db()
    assert held.findings == []


@pytest.mark.parametrize("keys", [[], ["nonsense"]])
def test_a_finding_that_is_not_there_is_not_settled(keys):
    held = question("依《继承法》，谁先继承？")

    with pytest.raises(Refused):
        actions.settle_findings(held.pk, findings=keys, by=make.user(), today=TODAY, reason=REASON)


def test_the_same_question_again_is_found_and_named():
    first = question()
    second = question("人民调解委员会，怎样设立?")
    near = question("人民调解委员会怎样设立呢？", content=CONTENT["single"])

    assert second.findings == [{"code": "duplicate", "of": first.code}]
    assert [told["code"] for told in near.findings] == ["near_duplicate"]


def test_the_bank_of_another_city_makes_no_duplicate():
    question()

    assert question(division=make.division("3307")).findings == []


def test_the_ledger_is_told_the_digest_of_the_words_and_no_key():
    held = question()
    edit(held, content=CONTENT["single"] | {"options": CONTENT["single"]["options"][::-1]})

    entries = LedgerEntry.objects.of(held)
    assert [entry.act for entry in entries.order_by("sequence")] == [
        "training.question.add", "training.question.change",
    ]  # fmt: skip
    assert entries.filter(act__endswith="add").get().evidence[0]
    assert "由村民委员会设立" not in str(list(entries.values_list("before", "after", "evidence")))


LAW = [{"law": "仲裁法(2017)", "article": "3"}]
NEWER_ON = date(2026, 3, 1)


def recheck(today):
    return actions.recheck_questions(division=city(), by=None, today=today)


@pytest.mark.parametrize("state", [S.DRAFT, S.REVIEWED, S.IN_USE])
def test_a_law_revised_since_flags_the_question_from_its_day_on_and_changes_nothing(state):
    held = at(state, law_basis=[], stem="仲裁协议是否有效？")
    QuestionVersion.objects.update(law_basis=LAW)

    assert recheck(NEWER_ON - DAY) == 0
    assert recheck(NEWER_ON) == 1
    assert recheck(NEWER_ON) == 0

    held.refresh_from_db()
    assert [told["code"] for told in held.findings] == ["older_edition"]
    assert (held.state, held.current.number) == (state, 1)
    entry = LedgerEntry.objects.get(act="training.question.recheck")
    assert (entry.actor, entry.subject_id) == (None, str(held.pk))


def test_what_was_settled_or_retired_is_not_flagged_again():
    held = at(S.IN_USE, law_basis=[], stem="仲裁协议是否有效？")
    at(S.RETIRED, law_basis=[], stem="离婚能否仲裁？")
    QuestionVersion.objects.update(law_basis=LAW)
    assert run("recheck_questions") == {"flagged": 1}
    held.refresh_from_db()
    actions.settle_findings(
        held.pk, findings=[key_of(held.findings[0])], by=make.user(), today=TODAY, reason="仍有效。"
    )

    assert run("recheck_questions") == {"flagged": 0}
    held.refresh_from_db()
    assert (held.state, held.findings) == (S.IN_USE, [])


def test_what_waits_for_the_second_person_is_not_settled():
    held = at(S.SUBMITTED)
    found = [{"code": "older_edition", "law": "仲裁法", "since": "2026-03-01"}]
    Question.objects.update(findings=found)

    with pytest.raises(Refused):
        actions.settle_findings(
            held.pk, findings=[key_of(found[0])], by=make.user(), today=TODAY, reason=REASON
        )


# What comes with the product


def load(content=QUESTIONS, **given):
    topics()
    return actions.load_questions(content, division=city(), by=None, today=TODAY, **given)


def test_with_a_reviewer_the_products_questions_are_in_use_in_that_name():
    reviewer = make.user()

    assert load(reviewer=reviewer) == 5

    held = Question.objects.select_related("current")
    assert {one.state for one in held} == {S.IN_USE}
    assert {(one.author, one.reviewed_by) for one in held} == {(None, reviewer)}
    kinds = {one.code: one.kind for one in held}
    assert kinds == {
        "RT-1": "single", "RT-2": "multiple", "RT-3": "true_false", "RT-4": "fill_in",
        "RT-5": "essay",
    }  # fmt: skip
    assert [one["weight"] for one in held.get(code="RT-3").current.content["options"]] == [
        "0", "100",
    ]  # fmt: skip
    assert LedgerEntry.objects.filter(act="training.question.load").count() == 5


def test_without_a_reviewer_they_wait_for_the_second_person():
    load()

    assert set(Question.objects.values_list("state", "reviewed_by")) == {(S.SUBMITTED, None)}
    assert take(Question.objects.get(code="RT-1"), "review").state == S.REVIEWED


def test_loading_again_changes_nothing():
    load()
    edited = Question.objects.get(code="RT-1")
    take(edited, "retire")

    assert load() == 0
    edited.refresh_from_db()
    assert edited.state == S.RETIRED


@pytest.mark.parametrize("change", [{"topic": "nonsense"}, {"options": []}])
def test_one_unsound_question_and_nothing_is_loaded(change):
    with pytest.raises(Refused) as refusal:
        load([*QUESTIONS[1:], QUESTIONS[0] | change])

    assert refusal.value.messages[0].startswith("RT-1: ")
    assert Question.objects.count() == 0


def test_one_that_cites_a_repealed_law_enters_as_a_draft():
    load([QUESTIONS[0] | {"stem": "依《合同法》，谁？"}], reviewer=make.user())

    held = Question.objects.get()
    assert (held.state, held.reviewed_by) == (S.DRAFT, None)
    assert held.findings[0]["law"] == "合同法"


def run(command, *args, **options):
    out = StringIO()
    call_command(command, *args, stdout=out, **options)
    return json.loads(out.getvalue().strip().split("\n")[-1])


@pytest.fixture
def bank(tmp_path):
    path = tmp_path / "questions.json"
    path.write_text(json.dumps(QUESTIONS), encoding="utf-8")
    topics()
    city()
    return str(path)


def test_the_command_loads_them_in_the_name_of_a_reviewer(bank):
    trainer = make.officer(Role.TRAINER, city(), username="trainer-of-tests")

    assert run("load_questions", bank, reviewer=trainer.username) == {"added": 5}
    assert Question.objects.filter(reviewed_by=trainer, state="in_use").count() == 5


@pytest.mark.parametrize("name", ["nobody", "county"])
def test_the_command_takes_no_reviewer_who_may_not_review(bank, name):
    make.officer(Role.COUNTY_BUREAU, make.division("330681"), username="county")

    with pytest.raises(CommandError):
        run("load_questions", bank, reviewer=name)
    assert Question.objects.count() == 0


def test_the_command_imports_a_file_and_tells_what_it_found(tmp_path):
    path = tmp_path / "a.gift"
    path.write_text("收费吗？ {F}\n\n坏 {=甲\n\n依《继承法》办吗？ {T}", encoding="utf-8")
    topics()
    city()

    checked = run("import_questions", str(path), check=True)
    assert Question.objects.count() == QuestionImport.objects.count() == 0
    entered = run("import_questions", str(path))
    again = run("import_questions", str(path))

    assert checked == entered
    assert {name: entered[name] for name in ("questions", "ready", "flagged", "refused")} == {
        "questions": 3, "ready": 1, "flagged": 1, "refused": 1,
    }  # fmt: skip
    assert [line["line"] for line in entered["lines"]] == [3, 5]
    assert Question.objects.count() == again["same"] == 2


@pytest.mark.parametrize(
    "options", [{"division": "999999"}, {"topic": "nonsense"}, {"by": "nobody"}]
)
def test_the_command_refuses_what_it_does_not_know(tmp_path, options):
    path = tmp_path / "a.gift"
    path.write_text("收费吗？ {F}", encoding="utf-8")
    topics()
    city()

    with pytest.raises(CommandError):
        run("import_questions", str(path), **options)
    with pytest.raises(CommandError):
        run("import_questions", str(tmp_path / "none.gift"))


# The demo city


def test_the_demo_has_questions_in_every_state():
    city()
    make.user("trainer")

    made = make_questions(TODAY)

    assert made == Question.objects.count() >= 6
    assert set(Question.objects.values_list("state", flat=True)) == set(S.values)
    assert Question.objects.flagged().exists()
    assert QuestionImport.objects.filter(state="checked").exists()


def test_the_demo_without_accounts_makes_nothing():
    assert make_questions(date(2026, 11, 23)) == 0
    assert topic()
