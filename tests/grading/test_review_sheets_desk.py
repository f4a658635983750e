"""Review sheets at the desk: whose turn it is, what counted and why, and what many get at once."""

import re
from decimal import Decimal

import pytest
from django.core.cache import cache

from grading.models import ReviewMark, ReviewSheet, SheetObjection
from grading.reports.review_lines import told_of
from grading.viewsets.review_sheet_acts import effect_on_the_band
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.grading import make_cycles, make_told
from tests.grading.make_told import COUNTY, ELSEWHERE, TOWN
from tests.make import TODAY
from tests.registry.desk import fields, sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK, WAITING = "grading_sheets", "grading_consequences"
QUERIES, QUERIES_OF_CONSEQUENCES = 11, 11


@pytest.fixture(autouse=True)
def _with_an_empty_cache():
    cache.clear()


def theirs(state="organization", **fields):
    """A sheet of another county, with figures that must not be seen."""
    place = make.division(ELSEWHERE)
    of = make_told.cycle(division=place, version=make_told.version(division=place))
    return make_told.filled(state, of=of, organization=make_told.body("330682101201"), **fields)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def labels(response):
    return [label for label, *_rest in response.context["buttons"]]


def office():
    return make.officer(Role.JUSTICE_OFFICE, make.division(TOWN))


def clerk(sheet):
    return make.officer(Role.CLERK, sheet.organization)


def now(sheet):
    return ReviewSheet.objects.get(pk=sheet.pk)


@pytest.mark.parametrize("page", ["inspect", "history", "paper"])
def test_a_sheet_of_another_county_cannot_be_found(client, county, page):
    assert client.get(url(DESK, page, make_told.filled().pk)).status_code == 200
    assert client.get(url(DESK, page, theirs().pk)).status_code == 404


ACTS = [
    "points", "take_up", "score", "pass_on", "check", "send_back", "reopen", "correct_figure",
    "object", "answer", "confirm", "drop",
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_a_sheet_of_another_county_cannot_be_found(client, county, act):
    # To confirm a correction asks for the password once more.
    found = 302 if act == "confirm" else 200
    assert client.get(url(DESK, "act", make_told.filled().pk, act)).status_code == found
    other = theirs()
    assert client.get(url(DESK, "act", other.pk, act)).status_code == 404
    assert client.post(url(DESK, "act", other.pk, act), sent()).status_code == 404
    assert now(other).state == "organization"


def test_nobody_finds_the_own_sheet_at_the_desk(client, county):
    own = make_told.filled(mediator=make.mediator(user=county))
    assert client.get(url(DESK, "inspect", own.pk)).status_code == 404
    assert client.get(url(DESK, "paper", own.pk)).status_code == 404
    assert client.post(url(DESK, "act", own.pk, "check"), sent()).status_code == 404
    assert [row for row, *_rest in client.get(url(DESK, "index")).context["listed"]] == []


def test_a_clerk_sees_the_own_organisation_only(client, at_desk):
    of = make_told.cycle()
    mine, other = (make_told.filled("organization", of=of) for _n in range(2))
    at_desk(clerk(mine))
    listed = [row for row, *_rest in client.get(url(DESK, "index")).context["listed"]]
    assert listed == [mine]
    assert client.get(url(DESK, "inspect", other.pk)).status_code == 404
    assert client.get(url(DESK, "act", mine.pk, "check")).status_code == 404
    assert client.get(url(DESK, "act", mine.pk, "correct_figure")).status_code == 404
    assert client.get(url(DESK, "export")).status_code == 404


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HANDLER, Role.SYSTEM_ADMIN])
def test_others_have_no_such_desk(client, at_desk, role):
    at_desk(make.officer(role, make.division(COUNTY)))
    assert client.get(url(DESK, "index")).status_code == 404
    assert client.get(url(WAITING, "index")).status_code == 404


def test_an_auditor_reads_and_does_nothing(client, at_desk):
    sheet = make_told.filled()
    at_desk(make.officer(Role.AUDITOR, make.division(COUNTY)))
    assert labels(client.get(url(DESK, "inspect", sheet.pk))) == [
        "Sheet to print (PDF)", "The review", "History"
    ]  # fmt: skip
    assert client.get(url(DESK, "act", sheet.pk, "check")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_one_row_as_for_three(
    client, county, rows, django_assert_num_queries
):
    of = make_told.cycle()
    for _number in range(rows):
        made = make_told.sheet(of=of)
        make_told.figure(made, "training", state="missing")
    client.get(url(DESK, "index"))
    with django_assert_num_queries(QUERIES):
        response = client.get(url(DESK, "index"))
    assert [row.missing for row, *_rest in response.context["listed"]] == [1] * rows


def test_sheets_are_filtered_by_what_is_missing_late_and_by_band(client, county):
    of = make_told.cycle("bureau")
    missing, late = (
        make_told.sheet("bureau", of=of),
        make_told.sheet(of=of, is_late=True),
    )
    make_told.figure(missing, state="too_few")
    banded = make_told.sheet("proposed", of=of, band="优秀")
    elsewhere = make_told.sheet(of=make_told.cycle(from_on="2024-01-01"))

    def found(**query):
        listed = client.get(url(DESK, "index"), query).context["listed"]
        return {row.pk for row, *_rest in listed}

    assert found(missing="true") == {missing.pk}
    assert found(is_late="true") == {late.pk}
    assert found(band="优秀") == {banded.pk}
    assert found(cycle=of.pk) == {missing.pk, late.pk, banded.pk}
    assert found(state="proposed") == {banded.pk}
    assert found(missing="false") == {late.pk, banded.pk, elsewhere.pk}


def test_each_line_says_what_counted_from_where_and_why(client, county):
    sheet = make_told.sheet("bureau")
    make_told.figure(sheet, state="too_few", numbers=(3, 4))
    make_told.figure(sheet, "training", 5, 1)
    make_told.mark(sheet, Decimal("24.5"), note="两次家访")
    make_told.mark(sheet, Decimal("20"), actor="self")
    told = told_of(sheet)
    success, training, conduct = told.lines
    assert conduct.marks.pop(1)[:2] == ("the mediator, put right by an officer", "20")
    assert (success.part, success.whole, success.value) == ("3", "4", "75%")
    assert success.said == "It rests on 4; the rule asks for 5. Not assessed."
    assert (success.points, success.lost) == ("", 0)
    assert (training.value, training.points, training.most) == ("5", "10", "20")
    assert training.how == "10 points from 4 on；20 points from 8 on"
    assert [mark[:3] for mark in conduct.marks] == [("the bureau", "24.5", "两次家访")]
    assert [line.name for line in told.improvable] == ["training", "conduct"]
    assert [line.name for line in told.flagged] == ["success"]
    # 34.5 of 50 points: what was not assessed goes to the rest.
    assert told.sums[:2] == [
        ("Points earned", "34.5"), ("With what was not assessed spread over the rest", "69")
    ]  # fmt: skip
    page = text_of(client.get(url(DESK, "inspect", sheet.pk)))
    assert "1 indicator not assessed" in page
    assert "两次家访" in page


@pytest.mark.parametrize("figures", [1, 2])
def test_a_sheet_is_told_in_as_many_queries_whatever_it_holds(figures, django_assert_num_queries):
    sheet = make_told.sheet("bureau")
    for name in ["success", "training"][:figures]:
        make_told.figure(sheet, name)
    row = ReviewSheet.objects.with_all().get(pk=sheet.pk)
    assert row.cycle.rules
    with django_assert_num_queries(4):
        told_of(row)


STEPS = [
    {"id": "self", "indicators": ["conduct"], "share": 0},
    {"id": "organization", "indicators": ["conduct"], "share": "40%"},
    {"id": "office", "indicators": ["conduct"], "share": "60%"},
]


@pytest.fixture
def by_steps():
    """A sheet at its organisation, by a rule that asks organisation and office for points."""
    of = make_told.cycle(content=make_told.rule(steps=STEPS))
    return make_told.sheet("organization", of=of)


def test_points_are_asked_of_whose_turn_it_is(client, at_desk, by_steps):
    at_desk(clerk(by_steps))
    page = client.get(url(DESK, "act", by_steps.pk, "points"))
    assert list(page.context["form"].fields) == ["submission", "points_0", "note_0", "reason"]
    answer = client.post(
        url(DESK, "act", by_steps.pk, "points"), sent(points_0="28", note_0="As the file shows.")
    )
    assert answer.status_code == 302
    mark = ReviewMark.objects.get()
    assert (mark.actor, mark.points, mark.note) == (
        "organization", Decimal("28.00"), "As the file shows."
    )  # fmt: skip
    client.post(url(DESK, "act", by_steps.pk, "score"), sent())
    assert now(by_steps).state == "office"
    page = client.get(url(DESK, "inspect", by_steps.pk))
    assert "Give points" not in labels(page)
    barred = client.get(url(DESK, "act", by_steps.pk, "points"))
    assert barred.context["refusals"] == ["Your post does not give these points."]
    client.post(url(DESK, "act", by_steps.pk, "points"), sent(points_0="1"))
    assert ReviewMark.objects.count() == 1


def test_points_beyond_the_full_ones_stand_beside_their_field(client, at_desk, by_steps):
    at_desk(clerk(by_steps))
    answer = client.post(url(DESK, "act", by_steps.pk, "points"), sent(points_0="31"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["points_0"]
    assert answer.context["form"]["points_0"].value() == "31"
    nothing = client.post(url(DESK, "act", by_steps.pk, "points"), sent())
    said = {"points_0": ["Give points for at least one indicator."]}
    assert nothing.context["form"].errors == said
    assert not ReviewMark.objects.exists()


def test_many_are_handed_on_at_once_and_who_is_left_out_is_said(client, at_desk):
    of = make_told.cycle(content=make_told.rule(steps=STEPS))
    ready, waits, gone = (make_told.sheet("office", of=of) for _n in range(3))
    make_told.mark(ready, actor="office")
    make_told.mark(gone, actor="office")
    gone.state = "bureau"
    gone.save()
    at_desk(office())
    pks = [ready.pk, waits.pk, gone.pk, theirs("office").pk]
    page = client.get(url(DESK, "bulk", "pass_on"), {"pk": pks})
    assert [one.row for one in page.context["passing_rows"]] == [ready]
    assert {one.row: one.refusals for one in page.context["barred_rows"]} == {
        waits: ["Give points: 工作作风."],
        gone: ["“Hand on to the bureau” is not possible in the state “with the bureau”."],
    }
    assert client.post(url(DESK, "bulk", "pass_on"), sent(pk=pks)).status_code == 302
    assert [now(one).state for one in (ready, waits, gone)] == ["bureau", "office", "bureau"]
    entries = LedgerEntry.objects.filter(act="grading.reviewsheet.pass_on")
    assert [one.subject_id for one in entries] == [str(ready.pk)]


def test_before_a_result_is_proposed_its_sum_is_shown(client, county):
    sheet = make_told.filled(of=make_told.cycle("bureau"))
    page = client.get(url(DESK, "act", sheet.pk, "check"))
    assert page.context["consequences"][0] == (
        "Points earned：90；By the rule：worked out；Score：90；Band by points：优秀"
    )
    assert client.post(url(DESK, "act", sheet.pk, "check"), sent()).status_code == 302
    assert (now(sheet).state, now(sheet).band) == ("proposed", "优秀")
    kept = text_of(client.get(url(DESK, "inspect", sheet.pk)))
    assert now(sheet).digest in kept


def test_a_figure_is_put_right_and_the_old_one_stays(client, county):
    sheet = make_told.filled(of=make_told.cycle("bureau"))
    act = url(DESK, "act", sheet.pk, "correct_figure")
    offered = [name for name, _label in client.get(act).context["form"].fields["indicator"].choices]
    assert offered == ["success", "training"]
    wrong = client.post(act, sent(indicator="success", part="9", whole="0"))
    assert list(wrong.context["form"].errors) == ["whole"]
    assert client.post(act, sent(indicator="success", part="10", whole="20")).status_code == 302
    rows = sheet.figures.filter(indicator="success").order_by("pk")
    assert [(one.part, one.replaced_on is None) for one in rows] == [(18, False), (10, True)]
    line = told_of(now(sheet)).lines[0]
    assert (line.points, line.correction) == ("25", sent()["reason"])


def test_a_correction_asks_for_what_is_put_right_and_waits_for_another(client, at_desk):
    first = at_desk(password_shown=True)
    sheet = make_told.filled("decided", of=make_told.cycle("decided"))
    act = url(DESK, "act", sheet.pk, "correct")
    told = client.get(act).context["form"].fields
    stands = "Now %s. Leave it empty if the figure stays."
    assert [told[f"{name}_0"].help_text for name in ("part", "whole")] == [stands % 18, stands % 20]
    nothing = client.post(act, sent())
    assert nothing.context["form"].non_field_errors() == ["Type in what is put right."]
    half = client.post(act, sent(part_0="3"))
    assert list(half.context["form"].errors) == ["whole_0"]
    assert client.post(act, sent(points_0="5")).status_code == 302
    new = ReviewSheet.objects.get(corrects=sheet)
    assert (new.state, new.checked_by) == ("bureau", first)
    page = client.get(url(DESK, "inspect", new.pk))
    assert "Propose the result" not in labels(page)
    assert "Confirm the correction" in labels(page)
    client.post(url(DESK, "act", new.pk, "confirm"), sent())
    assert now(sheet).state == "decided"
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division(COUNTY)), password_shown=True)
    client.post(url(DESK, "act", new.pk, "confirm"), sent())
    assert (now(sheet).state, now(new).state) == ("replaced", "decided")


def test_who_answers_an_objection_reads_it(client, county):
    sheet = make_told.filled("objected", of=make_told.cycle("notice"))
    old = {"is_upheld": False, "answer": "No.", "decided_by": county, "decided_on": TODAY}
    SheetObjection.objects.create(sheet=sheet, text="An old one.", filed_on=TODAY, **old)
    SheetObjection.objects.create(sheet=sheet, text="Two cases are missing.", filed_on=TODAY)
    told = client.get(url(DESK, "act", sheet.pk, "answer")).context["consequences"]
    assert [one for one in told if "objection" in one] == ["The objection: Two cases are missing."]


def test_of_a_plain_number_nobody_is_asked_the_denominator(client, at_desk):
    at_desk(password_shown=True)
    of = make_told.cycle("decided")
    sheet = make_told.filled("decided", of=of)
    sheet.figures.filter(indicator="training").update(part=4, whole=1)
    act = url(DESK, "act", sheet.pk, "correct")
    told = client.get(act).context["form"].fields
    assert [name for name in told if name.startswith(("part", "whole"))] == [
        "part_0", "whole_0", "part_1"
    ]  # fmt: skip
    assert (told["part_1"].label, told["part_0"].label) == ("学习培训", "调解成功率: numerator")
    assert list(client.post(act, sent(part_1="-1")).context["form"].errors) == ["part_1"]
    assert client.post(act, sent(part_1="8")).status_code == 302
    new = ReviewSheet.objects.get(corrects=sheet)
    figures = {one.indicator: (one.part, one.whole) for one in new.figures.standing()}
    assert figures == {"success": (18, 20), "training": (8, 1)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("称职", "优秀", "The band was 称职 and becomes 优秀."),
        ("称职", "称职", "The band stays: 称职."),
        ("", "称职", "The band was no band and becomes 称职."),
    ],
)
def test_who_confirms_a_correction_reads_what_becomes_of_the_band(old, new, said):
    assert effect_on_the_band(ReviewSheet(band=new, corrects=ReviewSheet(band=old))) == said


def test_the_paper_of_a_sheet_is_a_pdf_that_nobody_keeps(client, county):
    answer = client.get(url(DESK, "paper", make_told.filled().pk))
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store, private" in answer["Cache-Control"]
    assert answer.content[:5] == b"%PDF-"


def test_what_follows_waits_until_somebody_settles_it(client, county):
    sheet = make_told.filled("decided", of=make_told.cycle("decided"))
    talk, award = (make_told.consequence(sheet, kind) for kind in ("talk", "award"))
    hidden = make_told.consequence(theirs("decided"))
    listed = {row for row, *_rest in client.get(url(WAITING, "index")).context["listed"]}
    assert listed == {talk, award}
    assert client.get(url(WAITING, "inspect", hidden.pk)).status_code == 404
    assert client.get(url(WAITING, "act", hidden.pk, "drop")).status_code == 404
    empty = client.post(url(WAITING, "act", talk.pk, "carry_out"), sent(reason=""))
    assert list(empty.context["form"].errors) == ["reason"]
    client.post(url(WAITING, "act", talk.pk, "carry_out"), sent(reason="We talked."))
    client.post(url(WAITING, "act", award.pk, "drop"), sent(reason="No money."))
    for row, state, note in ((talk, "done", "We talked."), (award, "dropped", "No money.")):
        row.refresh_from_db()
        assert (row.state, row.note, row.settled_by) == (state, note, county)


def test_what_was_settled_before_a_correction_is_looked_at_again(client, county):
    sheet = make_told.filled("decided", of=make_told.cycle("decided"))
    flagged = make_told.consequence(sheet, "award", "done", flagged_on=TODAY)
    calm = make_told.consequence(sheet, "talk", "done")
    assert "Note that it was looked at again" not in labels(
        client.get(url(WAITING, "inspect", calm.pk))
    )
    listed = client.get(url(WAITING, "index"), {"flagged": "true"}).context["listed"]
    assert [row for row, *_rest in listed] == [flagged]
    assert client.post(url(WAITING, "act", flagged.pk, "look_again"), sent()).status_code == 302
    flagged.refresh_from_db()
    assert (flagged.flagged_on, flagged.state) == (None, "done")


def test_only_bureaus_settle_what_follows(client, at_desk):
    row = make_told.consequence(make_told.filled("decided", of=make_told.cycle("decided")))
    for role, place in ((Role.JUSTICE_OFFICE, TOWN), (Role.AUDITOR, COUNTY)):
        at_desk(make.officer(role, make.division(place)))
        assert client.get(url(WAITING, "inspect", row.pk)).status_code == 200
        assert client.get(url(WAITING, "act", row.pk, "carry_out")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_consequences_are_listed_in_as_many_queries(
    client, county, rows, django_assert_num_queries
):
    of = make_told.cycle("decided")
    for _number in range(rows):
        make_told.consequence(make_told.sheet("decided", of=of))
    client.get(url(WAITING, "index"))
    with django_assert_num_queries(QUERIES_OF_CONSEQUENCES):
        response = client.get(url(WAITING, "index"))
    assert len(response.context["listed"]) == rows


def test_the_export_asks_why_and_holds_only_what_is_in_scope(client, at_desk):
    at_desk(password_shown=True)
    mine, other = make_told.filled(), theirs()
    page = fields(client.get(url(DESK, "export")))
    answer = client.post(url(DESK, "export"), {**page, "format": "csv", "reason": "Asked for."})
    told = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert mine.mediator.name in told
    assert other.mediator.name not in told


def test_who_had_a_part_in_a_sheet_reads_so_before_typing_an_answer(client, at_desk):
    sheet = make_told.filled("objected")
    sheet.objections.create(text="不同意。", filed_on=TODAY)
    checker, marker, putter, other = (
        make.officer(Role.COUNTY_BUREAU, make.division(COUNTY)) for _n in range(4)
    )
    ReviewSheet.objects.filter(pk=sheet.pk).update(checked_by=checker)
    assert sheet.marks.filter(actor="bureau").update(by=marker)
    make_cycles.figure(sheet, "again", by=putter, reason="R")
    page = url(DESK, "act", sheet.pk, "answer")
    new = "Somebody who had no part in it decides on the objection."
    gave = "You gave points on this sheet, or put a figure of it right."
    said = {checker: ["You checked this sheet.", new], marker: [gave, new], putter: [gave, new]}
    for officer, reasons in said.items():
        at_desk(officer)
        response = client.get(page)
        assert response.context["refusals"] == reasons
        assert 'name="answer"' not in response.content.decode()
    at_desk(other)
    response = client.get(page)
    assert (response.context["refusals"], response.context["form"].fields["answer"].required) == (
        [], True,
    )  # fmt: skip
    assert 'name="answer"' in response.content.decode()


def test_the_guard_stays_for_who_sends_the_answer_all_the_same(client, at_desk):
    sheet = make_told.filled("objected")
    objection = sheet.objections.create(text="不同意。", filed_on=TODAY)
    officer = make.officer(Role.COUNTY_BUREAU, make.division(COUNTY))
    ReviewSheet.objects.filter(pk=sheet.pk).update(checked_by=officer)
    at_desk(officer)
    typed = sent(is_upheld="no", answer="否。")
    response = client.post(url(DESK, "act", sheet.pk, "answer"), typed)
    assert response.status_code == 422
    assert "You checked this sheet." in text_of(response)
    objection.refresh_from_db()
    assert objection.is_upheld is None
