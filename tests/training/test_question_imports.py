"""Imports of questions: checked question by question, the fit ones entered, nothing twice."""

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.make import TODAY
from tests.training.make_questions import IN_FORCE, REASON, city, question, topic
from training import actions
from training.formats.items import UnreadableQuestions
from training.models import Question, QuestionImport, QuestionImportLine, QuestionVersion

pytestmark = pytest.mark.django_db
DATA = settings.BASE_DIR.parent / "shared" / "data"
TABLE, GIFT = DATA / "questions.csv", DATA / "questions_sample.gift"
# What the file itself says is wrong with the question in a row, from its own column.
MARKED = {
    6: "disputable", 12: "outdated_option_d", 27: "stem_shortened", 30: "duplicate",
    38: "near_duplicate", 40: "suspected_wrong_key", 41: "outdated", 45: "suspected_wrong_key",
    48: "check_new_law", 49: "outdated", 59: "near_duplicate", 70: "cites_repealed_law",
}  # fmt: skip
SMALL = """::一::调解收费吗？ {F}

::二::坏题 {~甲 =乙

::三::调解期限是几日？ {~十日 ~二十日}
"""


@pytest.fixture(autouse=True)
def _in_english():
    translation.activate("en")


def read(path):
    assert path.exists(), f"The shared sample {path} is missing."
    return path.read_bytes()


def check(data, name="questions.gift", *, division=None, by=None):
    if isinstance(data, str):
        data = data.encode()
    return actions.check_questions(
        data,
        name=name,
        division=division or city(),
        topic=topic("other"),
        valid_from_on=IN_FORCE,
        by=by or make.user(),
        today=TODAY,
    )


def enter(batch, by=None):
    return actions.enter_questions(batch.pk, by=by or make.user(), today=TODAY, reason=REASON)


def counts(batch):
    return (batch.ready, batch.flagged, batch.same, batch.refused)


def codes_said(batch):
    return {line.line: [said["code"] for said in line.remarks] for line in batch.lines.all()}


def test_the_sample_table_is_read_whole_with_its_defects_flagged():
    batch = check(read(TABLE), "questions.csv")

    said = codes_said(batch)
    assert batch.total == 75
    assert batch.refused == batch.same == 0
    assert {row for row, codes in said.items() if "marked_in_file" in codes} == set(MARKED)
    assert "duplicate_in_file" in said[30]
    assert "near_duplicate_in_file" in said[38]
    assert "near_duplicate_in_file" in said[59]
    assert "repealed_law" in said[41]
    assert "repealed_law" in said[70]
    assert "older_edition" in said[48]
    assert {row for row, codes in said.items() if codes and row not in MARKED} == {24, 26}
    assert batch.flagged == len(MARKED) + 2


def test_the_sample_table_enters_whole_as_drafts_with_findings():
    enter(check(read(TABLE), "questions.csv"))

    assert Question.objects.count() == QuestionVersion.objects.count() == 75
    assert set(Question.objects.values_list("state", flat=True)) == {"draft"}
    assert Question.objects.flagged().count() == len(MARKED) + 2
    duplicate = Question.objects.get(code="3306-00029")
    assert {"code": "duplicate", "of": "3306-00028"} in duplicate.findings


def test_the_sample_table_a_second_time_is_already_there():
    enter(check(read(TABLE), "questions.csv"))

    again = check(read(TABLE), "questions.csv")

    assert counts(again) == (0, 0, 75, 0)
    with pytest.raises(Refused):
        enter(again)
    assert Question.objects.count() == 75


def test_the_sample_gift_enters_whole():
    enter(check(read(GIFT), "questions_sample.gift"))

    assert Question.objects.count() == 40
    assert sorted(set(Question.objects.values_list("kind", flat=True))) == [
        "multiple", "single", "true_false",
    ]  # fmt: skip
    assert Question.objects.exclude(current__laws="").count() >= 30


def test_what_came_from_the_table_is_known_again_in_gift():
    enter(check(read(TABLE), "questions.csv"))

    assert counts(check(read(GIFT), "questions_sample.gift")) == (0, 0, 40, 0)


def test_of_a_refused_question_nothing_is_kept_and_the_others_are_entered():
    batch = check(SMALL)
    refused = batch.lines.get(verdict="refused")

    assert counts(batch) == (1, 1, 0, 1)
    assert (refused.line, refused.item, refused.question) == (3, None, None)
    enter(batch)
    assert Question.objects.count() == 2
    assert not QuestionVersion.objects.filter(stem__contains="坏题").exists()


def test_a_missing_key_is_flagged_and_bars_the_hand_over():
    enter(check(SMALL))
    keyless = Question.objects.get(current__stem="调解期限是几日？")

    with pytest.raises(Refused) as refusal:
        actions.submit_question(keyless.pk, by=make.user(), today=TODAY)

    assert refusal.value.messages == ["No option is marked as right: the key is missing."]


def test_an_edited_question_is_known_by_what_it_said_first():
    enter(check("::一::调解收费吗？ {F}"))
    entered = Question.objects.get()
    actions.edit_question(
        entered.pk, by=make.user(), today=TODAY, reason=REASON, stem="调解是否收费？"
    )

    assert counts(check("::一::调解收费吗？ {F}")) == (0, 0, 1, 0)


def test_what_came_into_the_bank_since_the_check_is_not_entered_twice():
    first, second = check(SMALL), check(SMALL)
    enter(first)

    entered = enter(second)

    assert Question.objects.count() == 2
    assert counts(entered) == (0, 0, 2, 1)


def test_another_city_has_a_bank_of_its_own():
    enter(check("::一::调解收费吗？ {F}"))

    other = check("::一::调解收费吗？ {F}", division=make.division("3307"))

    assert counts(other) == (1, 0, 0, 0)
    enter(other)
    assert sorted(Question.objects.values_list("code", flat=True)) == ["3306-00001", "3307-00001"]


def test_a_near_duplicate_of_the_bank_is_named_by_its_number():
    held = question("人民调解委员会调解民间纠纷是否可以收取费用？")

    batch = check("::一::人民调解委员会调解民间纠纷，是否可以收取任何费用？ {F}")

    said = batch.lines.get().remarks
    assert [(told["code"], told["of"]) for told in said] == [("near_duplicate", held.code)]


def test_the_author_of_an_import_does_not_approve_it():
    trainer = make.user()
    enter(check("::一::调解收费吗？ {F}", by=trainer), by=trainer)
    entered = Question.objects.get()
    actions.submit_question(entered.pk, by=trainer, today=TODAY)

    with pytest.raises(Refused):
        actions.review_question(entered.pk, by=trainer, today=TODAY)


def test_a_file_that_is_none_leaves_nothing_behind():
    with pytest.raises(UnreadableQuestions):
        check(b"\x00\x01\x02", "questions.gift")

    assert QuestionImport.objects.count() == 0


def test_what_was_put_aside_keeps_no_answers_and_cannot_be_entered():
    batch = check(SMALL)
    actions.drop_questions(batch.pk, by=make.user(), today=TODAY, reason=REASON)

    assert not batch.lines.exclude(item=None).exists()
    with pytest.raises(Refused):
        enter(batch)


def test_an_import_is_entered_once():
    batch = check(SMALL)
    enter(batch)

    with pytest.raises(Refused):
        enter(batch)
    assert Question.objects.count() == 2


def test_if_storing_fails_in_the_middle_nothing_is_entered(monkeypatch):
    batch = check(SMALL)
    monkeypatch.setattr("training.actions.question_imports.log_new", _fail)

    with pytest.raises(RuntimeError):
        enter(batch)

    batch.refresh_from_db()
    assert batch.state == "checked"
    assert Question.objects.count() == 0


def _fail(*args, **given):
    raise RuntimeError


def test_the_ledger_is_told_of_each_question_but_never_of_a_key():
    enter(check("::一::谁指导调解？ {=基层人民法院 ~检察机关}"))

    told = str(list(LedgerEntry.objects.values_list("before", "after", "reason")))
    acts = list(LedgerEntry.objects.order_by("sequence").values_list("act", flat=True))
    assert acts == [
        "training.questionimport.receive", "training.question.add", "training.questionimport.enter",
    ]  # fmt: skip
    assert "检察机关" not in told
    assert "基层人民法院" not in told


def test_the_database_keeps_nothing_of_a_refused_question():
    line = check(SMALL).lines.get(verdict="refused")

    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionImportLine.objects.filter(pk=line.pk).update(item={"stem": "x"})
