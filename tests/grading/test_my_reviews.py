"""A mediator's own annual reviews: nobody else's, nothing before its day, twice harmless."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils.translation import override

from grading.models import ReviewMark, ReviewSheet, SheetObjection
from grading.notices.review_papers import sheet_paper
from grading.reports.review_lines import told_of
from office.desk.submissions import new_key
from office.roles import Role
from office.workbench import lines_of as workbench
from tests import make
from tests.grading import make_told
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAGES = ["my_review", "my_self_review", "appeal_review", "my_review_paper"]
POSTS = ["sign_review", "save_self_review", "my_self_review", "appeal_review"]
SELF = [
    {"id": "self", "indicators": ["conduct"], "share": 0},
    {"id": "bureau", "indicators": ["conduct"], "share": "100%"},
]


@pytest.fixture
def me(at_desk):
    """A mediator, signed in."""
    someone = make.mediator(user=make.user())
    at_desk(someone.user)
    return someone


def page(name, *args):
    return reverse(name, args=args)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def own(someone, state="self", *, cycle="self", content=None, **fields):
    of = fields.pop("of", None) or make_told.cycle(cycle, content=content)
    return make_told.sheet(state, of=of, mediator=someone, **fields)


def told(someone, state="notice", *, cycle="notice", **fields):
    """A sheet whose result is told: 36 of 40 cases, nobody else's figures are like these."""
    made = own(someone, state, cycle=cycle, band="称职", **fields)
    make_told.figure(made, part=36, whole=40)
    make_told.figure(made, "training", 4, 1)
    make_told.mark(made, 28, note="走访及时")
    return made


def written(sheet, **typed):
    return {"statement": "My year.", "revision": sheet.revision, **typed}


def now(sheet):
    return ReviewSheet.objects.get(pk=sheet.pk)


def test_the_list_shows_the_own_sheets_by_year_and_no_others(client, me):
    this, before = (
        make_told.cycle("notice"),
        make_told.cycle("archived", from_on="2024-01-01"),
    )
    mine = [told(me, of=this), own(me, "decided", of=before)]
    told(make.mediator(user=make.user()), of=this)
    own(me, of=make_told.cycle("abandoned", from_on="2023-01-01"))
    response = client.get(page("my_reviews"))
    found = {year: [one[0] for one in sheets] for year, sheets in response.context["years"]}
    assert found == {2025: [mine[0]], 2024: [mine[1]]}
    assert "no-store" in response["Cache-Control"]


def test_an_empty_list_says_so(client, me):
    assert "You have not been reviewed yet." in text_of(client.get(page("my_reviews")))


def test_nobody_but_a_mediator_has_such_pages(client, at_desk):
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))
    assert client.get(page("my_reviews")).status_code == 404
    client.logout()
    assert client.get(page("my_reviews")).status_code == 302


@pytest.mark.parametrize("name", PAGES)
def test_a_sheet_of_somebody_else_cannot_be_found(client, me, name):
    of = make_told.cycle("notice")
    mine, theirs = told(me, of=of), told(make.mediator(user=make.user()), of=of)
    nobodys = told(make.mediator(), of=of)
    assert client.get(page(name, mine.pk)).status_code in {200, 302}
    assert client.get(page(name, theirs.pk)).status_code == 404
    assert client.get(page(name, nobodys.pk)).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_nothing_is_sent_to_a_sheet_of_somebody_else(client, me, name):
    of = make_told.cycle("self")
    theirs = own(make.mediator(user=make.user()), of=of)
    typed = written(theirs, text="x", submission=new_key(), hand_in="1")
    assert client.post(page(name, theirs.pk), typed).status_code == 404
    assert (now(theirs).statement, now(theirs).state) == ("", "self")
    assert not SheetObjection.objects.exists()


def test_the_own_page_does_not_change_by_what_others_have(client, me):
    mine = told(me)
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')
    before = strip.sub(b"", client.get(page("my_review", mine.pk)).content)
    paper = client.get(page("my_review_paper", mine.pk)).content
    other = told(make.mediator(user=make.user()), of=mine.cycle)
    make_told.mark(other, 3, indicator="conduct", actor="office", note="秘密")
    SheetObjection.objects.create(sheet=other, text="秘密", filed_on=TODAY)
    assert strip.sub(b"", client.get(page("my_review", mine.pk)).content) == before
    assert client.get(page("my_review_paper", mine.pk)).content == paper


@pytest.mark.parametrize(
    ("state", "cycle"),
    [("organization", "organization"), ("bureau", "bureau"), ("proposed", "proposed")],
)
def test_no_points_and_no_result_are_told_before_the_notice(client, me, state, cycle):
    mine = told(me, state, cycle=cycle)
    response = client.get(page("my_review", mine.pk))
    shown = text_of(response)
    assert "36 ÷ 40" in shown
    for secret in ("走访及时", "称职", "工作作风", "What to improve", "result proposed"):
        assert secret not in shown
    # The score, and not a number in a name.
    assert not re.search(r"(?<!\d)85(?!\d)", shown)
    assert client.get(page("my_review_paper", mine.pk)).status_code == 404
    listed = text_of(client.get(page("my_reviews")))
    assert "称职" not in listed
    assert "result proposed" not in listed


def test_a_correction_is_nobody_elses_business_until_it_is_made(client, me):
    old = told(me, "decided", cycle="decided")
    new = own(
        me, "bureau", of=old.cycle, number=2, corrects=old, correction_reason="Wrong.",
        band="优秀",
    )  # fmt: skip
    assert client.get(page("my_review", new.pk)).status_code == 404
    assert "优秀" not in text_of(client.get(page("my_reviews")))


def test_a_version_that_was_replaced_leads_to_the_one_that_counts(client, me):
    old = told(me, "replaced", cycle="decided", band_earned="称职")
    new = own(
        me, "decided", of=old.cycle, number=2, corrects=old, correction_reason="Wrong.",
        band="优秀", band_earned="优秀",
    )  # fmt: skip
    replaced = client.get(page("my_review", old.pk))
    assert replaced.context["newer"] == new
    assert f'href="{page("my_review", new.pk)}"' in replaced.content.decode()
    standing = client.get(page("my_review", new.pk))
    assert standing.context["newer"] is None
    # The band stands once, and the band by points only where it is another.
    assert [str(label) for label, _value in standing.context["sums"]][-1] == "Score"
    assert text_of(standing).count("Band by points") == 0


def test_the_paper_tells_each_sum_once(me):
    sheet = told(me, "decided", cycle="decided", band_earned="优秀")
    with override("zh-hans"):
        body = sheet_paper(sheet, told_of(sheet), issuer="", dated_on=TODAY, is_final=True).body
    facts = next(
        part for head, part in pairwise(body)
        if getattr(head, "text", "").endswith("考核结果")
    )  # fmt: skip
    labels = [str(label) for label, _value in facts.pairs]
    assert len(labels) == len(set(labels))
    assert [(str(label), value) for label, value in facts.pairs][-3:] == [
        ("得分", "85"), ("等次", "称职"), ("按得分应为", "优秀")
    ]  # fmt: skip


def test_who_has_no_band_reads_why_and_nothing_of_points_that_went_elsewhere(client, me):
    mine = own(me, "notice", cycle="notice", score=None, band="", result="too_little")
    make_told.figure(mine, state="missing")
    shown = text_of(client.get(page("my_review", mine.pk)))
    assert shown.count("no band: figures were missing") == 1
    assert "Too little could be assessed for a score." in shown
    assert "its points go to what was assessed" not in shown
    with override("zh-hans"):
        body = sheet_paper(mine, told_of(mine), issuer="", dated_on=TODAY, is_final=False).body
    pairs = [pair for part in body for pair in getattr(part, "pairs", [])]
    assert ("等次", "未评定") in pairs


def test_who_signed_is_not_asked_to_sign_again_and_may_still_object(client, me):
    mine = told(me)
    asked, signed = "Sign your sheet if it is right", "You have signed, and may still object"
    before = text_of(client.get(page("my_review", mine.pk)))
    assert (asked in before, signed in before) == (True, False)
    ReviewSheet.objects.filter(pk=mine.pk).update(signed_on=TODAY)
    after = text_of(client.get(page("my_review", mine.pk)))
    assert (asked in after, signed in after) == (False, True)


def test_once_told_it_says_what_counted_why_and_what_to_improve(client, me):
    mine = told(me)
    response = client.get(page("my_review", mine.pk))
    assert [line.name for line in response.context["improvable"]] == [
        "training", "success", "conduct"
    ]  # fmt: skip
    shown = text_of(response)
    assert "10 of 20 points lost. Found: 4. 10 points from 4 on；20 points from 8 on" in shown
    assert "the bureau: 28" in shown
    # By whom points were given is not told, only for whom.
    assert mine.marks.get().by.username not in shown


def test_what_is_missing_is_told_and_not_counted_as_lost(client, me):
    mine = own(me, "notice", cycle="notice")
    make_told.figure(mine, state="missing")
    make_told.mark(mine, 28)
    response = client.get(page("my_review", mine.pk))
    assert [line.name for line in response.context["flagged"]] == ["success", "training"]
    assert [line.name for line in response.context["improvable"]] == ["conduct"]
    assert "There is no figure. Not assessed, and not counted as nothing." in text_of(response)


def test_a_self_review_is_saved_and_handed_in_without_a_script(client, me):
    mine = own(me, content=make_told.rule(steps=SELF))
    address = page("my_self_review", mine.pk)
    assert client.post(address, written(mine, points_0="25", save="1")).url == address
    assert now(mine).statement == "My year."
    assert ReviewMark.objects.get().points == Decimal("25.00")
    assert now(mine).state == "self"
    answer = client.post(address, written(now(mine), points_0="26", hand_in="1"))
    assert answer.url == page("my_review", mine.pk)
    assert (now(mine).state, now(mine).handed_in_on) == ("organization", TODAY)
    # Twice: what the first sending did stands.
    assert client.post(address, written(mine, points_0="1", hand_in="1")).status_code == 302
    assert ReviewMark.objects.get().points == Decimal("26.00")


def test_what_cannot_be_kept_stays_beside_its_field(client, me):
    mine = own(me, content=make_told.rule(steps=SELF))
    answer = client.post(page("my_self_review", mine.pk), written(mine, points_0="31"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["points_0"]
    assert answer.context["form"]["statement"].value() == "My year."
    assert now(mine).statement == ""
    missing = client.post(page("my_self_review", mine.pk), written(mine, hand_in="1"))
    assert missing.status_code == 422
    assert missing.context["form"].errors == {"points_0": ["Give points: 工作作风."]}
    assert now(mine).state == "self"


def test_the_script_saves_and_is_told_of_another_page(client, me):
    mine = own(me)
    saved = client.post(page("save_self_review", mine.pk), written(mine))
    assert saved.json() == {"said": "saved 09:00:00", "revision": now(mine).revision}
    again = client.post(page("save_self_review", mine.pk), written(mine, statement="Older."))
    assert again.status_code == 409
    assert now(mine).statement == "My year."
    shown = client.post(page("my_self_review", mine.pk), written(mine, statement="Older."))
    assert shown.status_code == 409
    assert shown.context["form"]["statement"].value() == "Older."
    assert shown.context["form"]["revision"].value() == now(mine).revision


def test_after_the_last_day_nothing_is_written(client, me):
    of = make_told.cycle("self", self_until=TODAY - DAY)
    mine = own(me, of=of)
    assert client.get(page("my_self_review", mine.pk)).url == page("my_review", mine.pk)
    assert client.post(page("my_self_review", mine.pk), written(mine)).status_code == 302
    assert client.post(page("save_self_review", mine.pk), written(mine)).status_code == 410
    assert now(mine).statement == ""
    of.self_until = TODAY
    of.save()
    assert client.get(page("my_self_review", mine.pk)).status_code == 200


def test_a_result_is_signed_once(client, me):
    mine = told(me)
    for _twice in range(2):
        answer = client.post(page("sign_review", mine.pk))
        assert answer.url == page("my_review", mine.pk)
    assert now(mine).signed_on == TODAY
    assert client.get(page("sign_review", mine.pk)).status_code == 405
    early = own(me, "bureau", of=make_told.cycle("bureau", from_on="2024-01-01"))
    client.post(page("sign_review", early.pk))
    assert now(early).signed_on is None


def test_an_objection_is_filed_once_and_its_answer_is_read(client, me):
    mine = told(me)
    address = page("appeal_review", mine.pk)
    empty = client.post(address, {"text": "", "submission": new_key()})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["text"])
    typed = {"text": "Two cases are missing.", "submission": new_key()}
    assert [client.post(address, typed).url for _twice in range(2)] == [
        page("my_review", mine.pk)
    ] * 2
    found = SheetObjection.objects.get()
    assert (found.text, now(mine).state) == ("Two cases are missing.", "objected")
    SheetObjection.objects.filter(pk=found.pk).update(
        is_upheld=False, answer="They are of 2024.", decided_by=make.user(), decided_on=TODAY
    )
    assert "They are of 2024." in text_of(client.get(page("my_review", mine.pk)))


def test_the_own_paper_is_a_pdf_that_nobody_keeps(client, me):
    answer = client.get(page("my_review_paper", told(me).pk))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert "no-store" in answer["Cache-Control"]


def test_the_own_page_lists_what_waits(me):
    assert page("my_reviews") not in [one.url for one in workbench(me.user, TODAY)[1]]
    due = own(me, of=make_told.cycle("self", self_until=TODAY + 3 * DAY))
    sign = told(me, of=make_told.cycle("notice", from_on="2024-01-01"))
    told(make.mediator(user=make.user()), of=sign.cycle)
    tasks = [(one.label, one.url, one.due_on) for one in workbench(me.user, TODAY)[0]]
    assert tasks == [
        (f"Self-review due: {due.cycle}", page("my_self_review", due.pk), TODAY + 3 * DAY),
        (f"Review to sign: {sign.cycle}", page("my_review", sign.pk), TODAY + 5 * DAY),
    ]
    places = [one.url for one in workbench(me.user, TODAY)[1]]
    assert places.count(page("my_reviews")) == 1
