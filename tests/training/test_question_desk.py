"""The question bank on the desk: list, page, typing every kind, acts, keys, scope, export."""

from io import BytesIO

import pytest

from office import roles
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.make import TODAY
from tests.registry.desk import REASON, fields, sent, url
from tests.training.make_questions import CONTENT, IN_FORCE, city, question, topic
from training import actions
from training.formats.gift import read_gift
from training.formats.tables import read_table
from training.models import Question
from training.rules.content import faults

pytestmark = pytest.mark.django_db
KEY = "由村民委员会设立"
ROWS = {
    "single": {"text_0": "甲", "text_1": "乙", "right_1": "on", "feedback_0": "不对"},
    "multiple": {
        "text_0": "甲", "right_0": "on", "text_1": "乙", "right_1": "on", "text_3": "丙",
        "right_3": "on", "text_4": "丁",
    },
    "true_false": {"right_1": "on", "feedback_0": "见第四条"},
    "fill_in": {"text_0": "三", "text_1": "3", "weight_1": "50"},
    "numerical": {"low_0": "30", "low_1": "29", "high_1": "31", "weight_1": "50"},
    "matching": {"left_0": "甲", "right_0": "一", "left_1": "乙", "right_1": "二", "right_2": "三"},
    "essay": {"point_0": "先稳定情绪", "marks_0": "3", "point_1": "再分别谈"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english_on_a_known_day(client, time_machine):
    time_machine.move_to(f"{TODAY}T09:00:00+08:00")
    client.cookies["django_language"] = "en"


@pytest.fixture
def trainer(client):
    account = make.officer(Role.TRAINER, city())
    client.force_login(account)
    return account


def typed(kind, **more):
    return sent(
        kind=kind, division=city().pk, topic=topic().pk, difficulty="2", stem="怎样设立？",
        laws="人民调解法第8条\n民法典第1127条", valid_from_on="2011-01-01", **ROWS[kind], **more,
    )  # fmt: skip


def add(client, kind, **more):
    return client.post(url("questions", "add"), typed(kind, **more))


def listed(response):
    return [row for row, _url, _cells in response.context["listed"]]


@pytest.mark.parametrize("kind", ROWS)
def test_every_kind_is_typed_in_plain_fields(client, trainer, kind):
    page = client.get(url("questions", "add"), {"kind": kind})

    response = add(client, kind)

    assert page.status_code == 200
    held = Question.objects.get()
    assert response.url == url("questions", "inspect", held.pk)
    assert (held.kind, held.state, held.author) == (kind, "draft", trainer)
    assert faults(kind, held.current.stem, held.current.content) == []
    assert held.current.law_basis == [
        {"law": "人民调解法", "article": "8"}, {"law": "民法典", "article": "1127"},
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ROWS)
def test_a_form_sent_back_as_it_stands_changes_no_word(client, trainer, kind):
    add(client, kind)
    held = Question.objects.get()
    page = url("questions", "edit", held.pk)

    refused = client.post(page, fields(client.get(page)) | {"reason": REASON})
    changed = client.post(page, fields(client.get(page)) | {"reason": REASON, "source": "讲义"})

    assert refused.status_code == 422
    assert changed.status_code == 302
    held.refresh_from_db()
    assert held.current.number == 2
    assert held.current.content == held.versions.get(number=1).content


def test_right_answers_without_weights_share_the_marks(client, trainer):
    add(client, "multiple")

    options = Question.objects.get().current.content["options"]
    assert [one["weight"] for one in options] == ["33.33333", "33.33333", "33.33334", "-100"]


def test_weights_that_do_not_add_up_are_refused_in_words(client, trainer):
    response = add(client, "multiple", weight_0="60")

    assert response.status_code == 422
    assert Question.objects.count() == 0
    said = "The weights of the right answers add up to 126.66667 percent, not 100."
    assert said in response.content.decode()


def test_an_option_keeps_its_id_when_one_before_it_goes(client, trainer):
    add(client, "multiple")
    held = Question.objects.get()
    page = url("questions", "edit", held.pk)
    form = fields(client.get(page)) | {
        "reason": REASON,
        "text_0": "",
        "right_0": "",
        "text_6": "戊",
    }

    client.post(page, form | {"feedback_0": "", "weight_0": ""})

    held.refresh_from_db()
    options = held.current.content["options"]
    assert [(one["id"], one["text"]) for one in options] == [
        ("b", "乙"), ("c", "丙"), ("d", "丁"), ("a", "戊"),
    ]  # fmt: skip


def test_the_kind_is_asked_first(client, trainer):
    response = client.get(url("questions", "add"))

    assert "?kind=matching" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(
    client, trainer, rows, django_assert_num_queries
):
    for number in range(rows):
        question(f"第{number}个问题问什么？", topic=topic(["ethics", "skills", "labour"][number]))
    client.get(url("questions", "index"))

    with django_assert_num_queries(11):
        client.get(url("questions", "index"))


@pytest.mark.parametrize("edits", [1, 3])
def test_the_page_takes_as_many_queries_for_one_version_as_for_three(
    client, trainer, edits, django_assert_num_queries
):
    held = question(by=trainer)
    for number in range(edits):
        actions.edit_question(
            held.pk, by=trainer, today=TODAY, reason=REASON, stem=f"怎样设立{number}？"
        )
    client.get(url("questions", "inspect", held.pk))

    with django_assert_num_queries(9):
        client.get(url("questions", "inspect", held.pk))


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ({}, {"甲问？", "乙问？"}),
        ({"stem": "甲"}, {"甲问？"}),
        ({"kind": "essay"}, {"乙问？"}),
        ({"difficulty": "3"}, {"乙问？"}),
        ({"law": "民法典"}, {"乙问？"}),
        ({"flagged": "true"}, {"乙问？"}),
        ({"flagged": "false"}, {"甲问？"}),
        ({"state": "in_use"}, set()),
        ({"topic": "99999"}, {"甲问？", "乙问？"}),
    ],
)
def test_the_list_answers_its_query(client, trainer, query, stems):
    question("甲问？")
    question(
        "乙问？", "essay", difficulty=3, topic=topic("ethics"),
        law_basis=[{"law": "民法典", "article": "1"}, {"law": "婚姻法", "article": "3"}],
    )  # fmt: skip

    found = listed(client.get(url("questions", "index"), query))

    assert {row.current.stem for row in found} == stems


def test_a_question_goes_from_draft_to_use_over_two_people(client, trainer):
    held = question(by=trainer)
    client.post(url("questions", "act", held.pk, "submit"), sent())
    refused = client.post(url("questions", "act", held.pk, "review"), sent())
    second = make.officer(Role.TRAINER, city())
    client.force_login(second)
    client.post(url("questions", "act", held.pk, "review"), sent())
    client.post(url("questions", "act", held.pk, "put_in_use"), sent())

    held.refresh_from_db()
    assert refused.status_code == 422
    assert "a second person does" in refused.content.decode()
    assert (held.state, held.reviewed_by) == ("in_use", second)


def test_findings_are_settled_on_the_desk_with_a_reason(client, trainer):
    held = question("依《继承法》，谁先继承？", by=trainer)
    page = url("questions", "act", held.pk, "settle")
    key = client.get(page).context["form"].fields["findings"].choices[0][0]

    response = client.post(page, sent(findings=[key]))

    held.refresh_from_db()
    assert response.status_code == 302
    assert held.findings == []
    shown = client.get(url("questions", "inspect", held.pk)).content.decode()
    assert REASON in shown


def test_the_page_shows_what_each_edit_changed(client, trainer):
    held = question(by=trainer)
    actions.edit_question(held.pk, by=trainer, today=TODAY, reason=REASON, stem="由谁设立？")

    shown = client.get(url("questions", "inspect", held.pk)).content.decode()

    assert "<del>人民调解委员会怎样设立？</del>" in shown
    assert "<ins>由谁设立？</ins>" in shown


PAGES = [("index",), ("add",), ("export",)]
RECORD_PAGES = [
    ("inspect",), ("edit",), ("history",), ("act", "submit"), ("act", "review"), ("act", "retire"),
    ("act", "settle"), ("act", "put_in_use"), ("act", "send_back"),
]  # fmt: skip


@pytest.mark.parametrize("role", [Role.COUNTY_BUREAU, Role.AUDITOR, Role.CITY_BUREAU, Role.CLERK])
def test_who_is_no_trainer_finds_no_question_and_no_key(client, role):
    held = question("依《继承法》，谁先继承？")
    place = make.organization() if role == Role.CLERK else city()
    client.force_login(make.officer(role, place))

    answers = [client.get(url("questions", page)) for (page,) in PAGES]
    answers += [client.get(url("questions", page, held.pk, *rest)) for page, *rest in RECORD_PAGES]

    assert {answer.status_code for answer in answers} == {404}
    assert all(KEY not in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("page", RECORD_PAGES)
def test_a_question_of_another_city_is_not_found(client, trainer, page):
    held = question("依《继承法》，谁先继承？", division=make.division("3307"))

    name, *rest = page
    assert client.get(url("questions", name, held.pk, *rest)).status_code == 404
    assert client.post(url("questions", name, held.pk, *rest), sent()).status_code == 404
    assert listed(client.get(url("questions", "index"))) == []


def test_who_may_see_questions_without_keys_sees_none(client, monkeypatch):
    seen = {"training.view_question", "training.export_question"}
    held = roles._permissions[Role.AUDITOR]
    monkeypatch.setitem(roles._permissions, Role.AUDITOR, held | seen)
    held = question()
    essay = question("怎样稳定情绪？", "essay", explanation="先听后说")
    pairs = question("哪两个相配？", "matching")
    client.force_login(make.officer(Role.AUDITOR, city()))

    shown = [
        client.get(url("questions", "inspect", pk)).content.decode()
        for pk in (held.pk, essay.pk, pairs.pk)
    ]
    export = client.post(url("questions", "export"), sent(format="xlsx"))
    gift = client.post(url("questions", "export"), sent(format="gift"))

    assert KEY in shown[0]
    assert "officer-tag officer-ok" not in shown[0]
    assert "不对" not in shown[0]
    assert "先稳定情绪" not in shown[1]
    assert "先听后说" not in shown[1]
    assert "人民调解 → 群众性组织" not in shown[2]
    table = read_table(BytesIO(b"".join(export)))
    assert [item.content for item in table] == [{"options": []}, {"guide": []}, {"pairs": []}]
    assert gift.status_code == 422


def test_the_filtered_list_leaves_as_gift_with_an_entry_in_the_ledger(client, trainer):
    question()
    essay = question("怎样稳定情绪？", "essay")

    response = client.post(url("questions", "export") + "?kind=essay", sent(format="gift"))

    items = read_gift(b"".join(response).decode())
    assert [(item.code, item.kind) for item in items] == [(essay.code, "essay")]
    assert "no-store" in response["Cache-Control"]
    entry = LedgerEntry.objects.get(act="training.question.export")
    assert (entry.actor, entry.after["rows"], entry.after["format"]) == (trainer, 1, "gift")
    assert KEY not in str(entry.after)


def test_the_list_leaves_as_a_workbook_that_our_import_reads(client, trainer):
    for kind in CONTENT:
        question(f"=怎样{kind}？", kind)

    response = client.post(url("questions", "export"), sent(format="xlsx"))

    items = read_table(BytesIO(b"".join(response)))
    assert {item.kind: item.stem for item in items} == {k: f"=怎样{k}？" for k in CONTENT}
    assert all(item.errors == [] for item in items)
    assert all(faults(item.kind, item.stem, item.content) == [] for item in items)


def upload(client, content, name="questions.gift"):
    file = BytesIO(content.encode() if isinstance(content, str) else content)
    file.name = name
    return client.post(
        url("question_imports", "add"),
        sent(division=city().pk, topic=topic().pk, valid_from_on=IN_FORCE.isoformat(), file=file),
    )


def test_a_file_is_checked_looked_at_and_entered_on_the_desk(client, trainer):
    text = "::一::调解收费吗？ {F}\n\n::二::坏题 {~甲\n\n::三::依《继承法》办吗？ {T}\n"

    batch_url = upload(client, text).url
    pk = int(batch_url.rstrip("/").rsplit("/", 1)[1])
    lines = client.get(url("question_imports", "lines", pk)).content.decode()
    refused = client.get(url("question_imports", "lines", pk), {"verdict": "refused"})
    page = client.get(url("question_imports", "act", pk, "enter"))
    client.post(url("question_imports", "act", pk, "enter"), sent())

    assert client.get(batch_url).status_code == 200
    assert "A brace “{” is not closed before the next empty line." in lines
    assert "is no longer in force since 2021-01-01; 民法典 took its place." in lines
    assert len(refused.context["lines"]) == 1
    assert "1 questions enter the bank as drafts." in page.content.decode()
    assert sorted(Question.objects.values_list("author", flat=True)) == [trainer.pk] * 2


def test_a_file_that_cannot_be_taken_is_refused_in_words(client, trainer):
    response = upload(client, b"%PDF-1.7 \x00", "questions.gift")

    assert response.status_code == 422
    assert "The file is no text." in response.content.decode()


def test_an_import_of_another_city_is_not_found(client, trainer):
    upload(client, "调解收费吗？ {F}")
    other = make.officer(Role.TRAINER, make.division("3307"))
    client.force_login(other)
    pk = actions.question_imports.QuestionImport.objects.get().pk

    for page in [("inspect",), ("lines",), ("history",), ("act", "enter"), ("act", "drop")]:
        name, *rest = page
        assert client.get(url("question_imports", name, pk, *rest)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_report_takes_as_many_queries_for_one_question_as_for_three(
    client, trainer, rows, django_assert_num_queries
):
    text = "\n\n".join(f"第{number}个问题问的是什么呢？ {{T}}" for number in range(rows))
    pk = int(upload(client, text).url.rstrip("/").rsplit("/", 1)[1])
    client.post(url("question_imports", "act", pk, "enter"), sent())
    client.get(url("question_imports", "lines", pk))

    with django_assert_num_queries(10):
        client.get(url("question_imports", "lines", pk))


def test_the_history_tells_every_act_and_no_key(client, trainer):
    held = question("依《继承法》，谁先继承？", by=trainer)
    key = actions.question_doubts.key_of(held.findings[0])
    actions.settle_findings(held.pk, findings=[key], by=trainer, today=TODAY, reason="史料题。")
    actions.edit_question(held.pk, by=trainer, today=TODAY, reason=REASON, stem="谁先继承？")

    shown = client.get(url("questions", "history", held.pk))

    assert shown.status_code == 200
    assert [told.act for told in shown.context["acts"]] == ["Correct", "Correct", "Add"]
    assert KEY not in shown.content.decode()


def test_many_are_handed_over_at_once_and_the_flagged_ones_are_named(client, trainer):
    sound = [question("甲问的是什么？", by=trainer), question("乙处怎样安排？", by=trainer)]
    flagged = question("依《继承法》，谁先继承？", by=trainer)
    pks = [held.pk for held in [*sound, flagged]]

    page = client.get(url("questions", "bulk", "submit"), {"pk": pks})
    client.post(url("questions", "bulk", "submit"), sent(pk=pks))

    assert "The question has findings that must be settled first." in page.content.decode()
    assert list(Question.objects.order_by("pk").values_list("state", flat=True)) == [
        "submitted", "submitted", "draft",
    ]  # fmt: skip


def test_a_form_sent_twice_adds_one_question(client, trainer):
    form = typed("single")

    answers = {client.post(url("questions", "add"), form).url for _time in range(2)}

    assert Question.objects.count() == len(answers) == 1


def test_a_file_sent_twice_is_one_import(client, trainer):
    form = sent(division=city().pk, topic=topic().pk, valid_from_on=IN_FORCE.isoformat())

    for _time in range(2):
        file = BytesIO("调解收费吗？ {F}".encode())
        file.name = "questions.gift"
        client.post(url("question_imports", "add"), form | {"file": file})

    assert LedgerEntry.objects.filter(act="training.questionimport.receive").count() == 1
