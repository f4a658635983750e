"""The holder of a complaint that was joined to another reads what was found of the common facts."""

import pytest

from complaints import actions, vault
from complaints.models import Reply
from complaints.notices.replies import reply_paper
from complaints.reports.following import follow, reply_to_holder
from office.flow import Refused
from office.models import LedgerEntry
from tests.complaints.make_complaints import IDENTITY, complaint, figures, handler
from tests.complaints.make_decisions import FOUNDED, REASONS, TEXTS, decided, found, fresh
from tests.make import TODAY
from tests.registry.desk import fields, sent, url

pytestmark = pytest.mark.django_db
OTHER = {"name": "沈默然", "phone": "13900007777", "address": "枫桥镇枫源村12组8号"}
TO_JOINED = "你反映的共同事实已经查清，经查属实。"


@pytest.fixture(autouse=True)
def _figures(in_english):
    figures()


def joined(main, mode="named"):
    """A complaint of somebody else, joined to another."""
    by = main.handler
    given = {"mode": mode, "facts": f"我叫{OTHER['name']}，他收了烟。"}
    if mode != "anonymous":
        given["identity"] = OTHER
    row = complaint("screening", by=by, about=main.mediator, **given)
    return actions.merge(row.pk, into=main, by=by, today=TODAY)


def case(mode="named", count=1):
    """A decided complaint, and those that were joined to it."""
    main = found(by=handler())
    rows = [joined(main, mode) for _number in range(count)]
    actions.decide(main.pk, items=FOUNDED, reasons=REASONS, by=main.handler, today=TODAY)
    return fresh(main), *map(fresh, rows)


def reply(main, **texts):
    given = {"by": main.handler, "today": TODAY} | TEXTS | {"to_joined": TO_JOINED} | texts
    return actions.reply(main.pk, **given)


def test_the_holder_reads_what_is_common_and_nothing_of_the_other():
    main, row = case()
    assert follow(row.pk, TODAY).replies == []
    reply(main)
    [(pk, sent_on, text)] = follow(row.pk, TODAY).replies
    assert (sent_on, text) == (TODAY, TO_JOINED)
    shown = str(follow(row.pk, TODAY))
    hidden = [*IDENTITY.values(), main.number, TEXTS["to_complainant"], TEXTS["to_respondent"]]
    assert [word for word in hidden if word in shown] == []
    assert [text for _pk, _on, text in follow(main.pk, TODAY).replies] == [TEXTS["to_complainant"]]
    assert reply_to_holder(main.pk, pk) is None


def test_the_paper_bears_the_number_of_the_one_who_opens_it():
    main, row = case()
    reply(main)
    [(pk, _on, _text)] = follow(row.pk, TODAY).replies
    paper = reply_to_holder(row.pk, pk)
    told = repr(paper)
    assert (row.number in told, main.number in told, TO_JOINED in told) == (True, False, True)
    assert "申请由上一级机关复查" not in told
    for to in ("complainant", "respondent"):
        assert reply_to_holder(row.pk, Reply.objects.get(complaint=main, to=to).pk) is None
    assert main.number not in repr(reply_paper(Reply.objects.get(pk=pk)))


def test_a_stranger_reads_none_of_it():
    main, _row = case()
    reply(main)
    other, *_rest = case()
    pk = Reply.objects.get(complaint=main, to="joined").pk
    assert reply_to_holder(other.pk, pk) is None
    assert [one for one in follow(other.pk, TODAY).replies if one[0] == pk] == []


@pytest.mark.parametrize(
    ("field", "who"),
    [
        ("to_joined", IDENTITY), ("to_joined", OTHER), ("to_complainant", OTHER),
        ("to_respondent", OTHER), ("to_respondent", IDENTITY),
    ],
)  # fmt: skip
@pytest.mark.parametrize("part", ["name", "phone"])
def test_no_side_is_told_who_else_complained(field, who, part):
    main, row = case()
    with pytest.raises(Refused) as refusal:
        reply(main, **{field: f"据{who[part]}反映"})
    assert list(refusal.value.message_dict) == [field]
    assert (Reply.objects.count(), fresh(main).state) == (0, "decided")
    assert follow(row.pk, TODAY).replies == []


def test_the_complainant_may_be_named_in_the_own_reply():
    main, _row = case()
    reply(main, to_complainant=f"{IDENTITY['name']}：已经查清。")
    assert fresh(main).state == "replied"


@pytest.mark.parametrize(("mode", "is_owed"), [("named", True), ("anonymous", False)])
def test_whoever_joined_by_name_is_owed_an_answer(mode, is_owed):
    main, row = case(mode)
    assert ("joined" in actions.owed_to(main)) is is_owed
    if is_owed:
        with pytest.raises(Refused) as refusal:
            reply(main, to_joined="")
        assert list(refusal.value.message_dict) == ["to_joined"]
        return
    reply(main, to_joined="")
    assert follow(row.pk, TODAY).replies == []


def test_one_text_goes_to_all_that_were_joined():
    main, *rows = case(count=2)
    reply(main)
    assert Reply.objects.filter(to="joined").count() == 1
    texts = [follow(row.pk, TODAY).replies[0][2] for row in rows]
    assert texts == [TO_JOINED, TO_JOINED]


def test_with_the_key_of_the_other_the_answer_is_gone_and_the_own_case_is_not():
    main, row = case()
    reply(main)
    pk = follow(row.pk, TODAY).replies[0][0]
    vault.destroy(main, today=TODAY)
    shown = follow(row.pk, TODAY)
    assert (shown.replies, shown.is_destroyed) == ([], False)
    assert reply_to_holder(row.pk, pk) is None


def test_the_form_asks_for_it_where_something_was_joined_and_only_there(client, at_desk):
    main, row = case()
    at_desk(main.handler)
    address = url("complaints", "act", main.pk, "reply")
    form = fields(client.get(address))
    assert "合并办结" in form["to_joined"]
    assert client.post(address, sent(**(form | TEXTS))).status_code == 302
    assert "合并办结" in follow(row.pk, TODAY).replies[0][2]
    alone = decided()
    at_desk(alone.handler)
    assert "to_joined" not in fields(client.get(url("complaints", "act", alone.pk, "reply")))


def test_the_ledger_has_no_word_of_it():
    main, row = case()
    reply(main)
    told = str(list(LedgerEntry.objects.values_list("before", "after", "reason")))
    assert [word for word in (TO_JOINED, OTHER["name"], row.number) if word in told] == []
