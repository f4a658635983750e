"""The result as its candidate reads it; keys stay hidden until the release; the appeal."""

import pytest
from django.urls import reverse

from office.workbench import Task
from tests import make
from tests.make import DAY, TODAY
from tests.training import make_exams, make_marking
from tests.training.make_marking import OVER, WHY, in_marking, marked, named, released
from training import actions
from training.models import Appeal
from training.reports.results import results_on_my_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
KINDS = ("single", "multiple", "fill_in", "matching")
KEYS = ["钥匙文本", "解析钥匙", "批注甲", "要点钥匙"]


def page(name, exam):
    return reverse(name, args=[exam.pk])


def test_every_answer_stands_beside_its_key_with_the_reason_and_the_law(client, at_desk):
    exam, [sitting] = released(KINDS, rights=[False])
    version = sitting.item("single").version
    type(version).objects.filter(pk=version.pk).update(
        law_basis=[{"law": "中华人民共和国人民调解法", "article": "17"}]
    )
    at_desk(sitting.user)

    text = client.get(page("exam_result", exam)).content.decode()

    for words in ["钥匙文本", "解析钥匙", "左一 → 右一", "中华人民共和国人民调解法", "article 17"]:
        assert words in text
    assert "0.00 of 40.00" in text


@pytest.mark.parametrize("state", ["open", "marking"])
def test_before_the_release_there_is_no_result_and_no_key_anywhere(client, at_desk, state):
    exam = make_exams.exam(of=make_exams.paper([*make_exams.CONTENT]))
    sitting = make_marking.answered(exam)
    if state == "marking":
        make_marking.collected(exam)
    at_desk(sitting.user)

    assert client.get(page("exam_result", exam)).status_code == 404
    assert client.get(page("appeal_result", exam)).status_code == 404
    assert client.post(page("acknowledge_result", exam)).status_code == 404
    for own in [reverse("my_exams"), page("my_exam", exam), reverse("my_page")]:
        text = client.get(own).content.decode()
        assert [key for key in KEYS if key in text] == []


def test_the_result_of_another_cannot_be_found(client, at_desk):
    exam, _sittings = released()
    other, [sitting] = released()
    at_desk(sitting.user)

    assert client.get(page("exam_result", other)).status_code == 200
    for name in ["exam_result", "appeal_result"]:
        assert client.get(page(name, exam)).status_code == 404
    assert client.post(page("acknowledge_result", exam)).status_code == 404


def test_the_comments_of_markers_are_read_without_their_names(client, at_desk):
    exam, [sitting] = in_marking()
    one, two = named(exam, 2)
    marked(exam, one, 3)
    row = actions.claim_answer(exam.pk, by=two, **make_marking.WHEN)
    actions.mark_answer(row.pk, by=two, points=[3], comment="层次清楚", **make_marking.WHEN)
    make_exams.release(exam, now=OVER, **WHY)
    at_desk(sitting.user)

    text = client.get(page("exam_result", exam)).content.decode()

    assert "层次清楚" in text
    assert one.name not in text
    assert two.name not in text


def test_an_appeal_is_filed_once_and_stands_with_the_result(client, at_desk):
    exam, [sitting] = released(rights=[False])
    at_desk(sitting.user)

    empty = client.post(page("appeal_result", exam), {"text": ""})
    for _click in range(2):
        sent = client.post(page("appeal_result", exam), {"text": "第1题有误"})
    text = client.get(page("exam_result", exam)).content.decode()

    assert "text" in empty.context["form"].errors
    assert sent.url == page("exam_result", exam)
    assert Appeal.objects.get().text == "第1题有误"
    assert "第1题有误" in text
    assert page("appeal_result", exam) not in text


def test_after_the_days_there_is_no_way_to_appeal(client, at_desk, time_machine):
    exam, [sitting] = released(rights=[False])
    at_desk(sitting.user)
    time_machine.move_to(f"{TODAY + 8 * DAY}T09:00:00+08:00")

    text = client.get(page("exam_result", exam)).content.decode()
    client.post(page("appeal_result", exam), {"text": "晚了"})

    assert page("appeal_result", exam) not in text
    assert Appeal.objects.count() == 0


def test_whose_result_changed_is_told_until_it_is_read(client, at_desk):
    exam, [sitting] = released(rights=[False])
    version = sitting.item(1).version
    row = actions.propose_rekey(
        exam.pk, by=make.user(), today=TODAY, version=version, kind="full_marks", **WHY
    )
    actions.confirm_rekey(row.pk, by=make.user(), now=OVER, today=TODAY, **WHY)
    at_desk(sitting.user)

    told = results_on_my_page(sitting.user, TODAY)
    text = client.get(page("exam_result", exam)).content.decode()
    client.post(page("acknowledge_result", exam))

    assert told == [
        Task(
            f"Your marks changed: {exam}", page("exam_result", exam), "the result changed",
            tone="warn",
        )
    ]  # fmt: skip
    assert "With this you have passed." in text
    assert WHY["reason"] in text
    assert results_on_my_page(sitting.user, TODAY) == []
    assert "I have read this" not in client.get(page("exam_result", exam)).content.decode()


def test_a_decision_on_an_appeal_is_told_and_read(client, at_desk):
    exam, [sitting] = released(rights=[False])
    appeal = make_marking.appeal(sitting=sitting)
    waiting = results_on_my_page(sitting.user, TODAY)
    actions.reject_appeal(appeal.pk, by=make.user(), today=TODAY, reason="答案无误。")
    at_desk(sitting.user)

    [told] = results_on_my_page(sitting.user, TODAY)
    text = client.get(page("exam_result", exam)).content.decode()
    client.post(page("acknowledge_result", exam))

    assert waiting == []
    assert (told.label, told.note) == (f"Your appeal is decided: {exam}", "rejected")
    assert "答案无误。" in text
    assert results_on_my_page(sitting.user, TODAY) == []


def test_a_marker_is_told_of_the_exam_until_nothing_waits():
    exam, _sittings = in_marking()
    one, _two = named(exam, 2)

    waiting = [task.label for task in results_on_my_page(one, TODAY)]
    row = actions.claim_answer(exam.pk, by=one, **make_marking.WHEN)
    in_hand = [task.label for task in results_on_my_page(one, TODAY)]
    actions.mark_answer(row.pk, by=one, points=[1], **make_marking.WHEN)

    assert waiting == in_hand == [f"Mark answers: {exam}"]
    assert results_on_my_page(one, TODAY) == []
