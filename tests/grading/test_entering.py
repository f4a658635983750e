"""A mediator begins, writes, declares, hands in, mends, takes back; somebody else nominates."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from grading.actions import entering, entering_papers, nominating
from grading.flows.application import AT_WORK, ENDED
from grading.models import Application, RoundLevel
from grading.rules.completeness import paper_kind
from office.documents import documents_of
from office.flow import Refused, Stale
from office.models import Document, LedgerEntry
from office.roles import Role
from tests import make
from tests.grading import make_grading, make_rounds
from tests.make import DAY, TODAY
from tests.registry.at_once import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
COUNTY, CITY, ELSEWHERE = "330681", "3306", "330682"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def paper(name="表.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def person(**fields):
    fields.setdefault("user", make.user())
    return make_rounds.person(**fields)


def begun(someone=None, of=None, code="l4", **fields):
    """A draft that has all it needs to be handed in today."""
    someone = someone or person()
    of = of or make_rounds.grading_round("open")
    fields.setdefault("declared_on", TODAY)
    return make_rounds.application("draft", of=of, mediator=someone, code=code, **fields)


def asking_for(*names, **content):
    asked = {"completeness": list(names), **content}
    return make_rounds.grading_round("open", content=make_grading.document(**asked))


def begin(someone, of, code="l4", today=TODAY):
    level = of.levels.get(code=code)
    return entering.begin_application(someone, level, by=someone.user, today=today)


def submit(application, today=TODAY):
    return entering.submit_application(application.pk, by=application.mediator.user, today=today)


def acts_on(application):
    entries = LedgerEntry.objects.of(application).order_by("sequence")
    return [entry.act.rpartition(".")[2] for entry in entries]


def test_a_draft_is_begun_where_a_post_is_held_full_time_first():
    someone, of = person(), make_rounds.grading_round("open")
    part_time = someone.appointments.get().organization
    full_time = make.organization()
    make.appointment(someone, full_time, employment="full_time")
    abroad = make.organization(in_division=make.division(ELSEWHERE))
    make.appointment(someone, abroad, employment="part_time")

    made = begin(someone, of)
    assert (made.state, made.organization, made.opened_on) == ("draft", full_time, TODAY)
    assert made.organization != part_time
    assert (made.first_body, made.deciding_body) == ("justice_office", "county_bureau")
    assert acts_on(made) == ["begin"]


def test_without_a_post_in_the_division_nobody_applies():
    of = make_rounds.grading_round("open")
    elsewhere = person(body=make.organization(in_division=make.division(ELSEWHERE)))
    left = person()
    left.appointments.update(**make.left(TODAY))
    for someone in (elsewhere, left):
        with pytest.raises(Refused, match="No post is held in an organisation of Division 330681"):
            begin(someone, of)
    left.appointments.update(until_on=TODAY + DAY)
    assert begin(left, of).pk


def test_nobody_begins_for_somebody_else():
    someone, of = person(), make_rounds.grading_round("open")
    with pytest.raises(Refused, match="Only the applicant"):
        entering.begin_application(someone, of.levels.first(), by=make.user(), today=TODAY)
    assert not Application.objects.exists()


def test_a_person_has_one_application_in_a_round_and_begins_anew_after_withdrawing():
    someone, of = person(), make_rounds.grading_round("open")
    first = begin(someone, of)
    with pytest.raises(Refused, match="There is an application in this round already"):
        begin(someone, of, code="l3")
    args = {"by": someone.user, "today": TODAY, "reason": "The other level."}
    entering.withdraw_application(first.pk, **args)
    assert begin(someone, of, code="l3").pk != first.pk
    assert begin(someone, make_rounds.grading_round("open")).pk


@pytest.mark.parametrize("state", ["draft", "reviewing", "ranking", "confirmed", "abandoned"])
def test_a_round_that_is_not_open_is_not_entered(state):
    with pytest.raises(Refused, match="The round is not open"):
        begin(person(), make_rounds.grading_round(state))


@pytest.mark.parametrize(
    ("days", "takes_late", "allowed", "is_late"),
    [
        (-1, False, False, None), (0, False, True, False), (10, False, True, False),
        (11, False, False, None), (11, True, True, True), (-1, True, False, None),
    ],
)  # fmt: skip
def test_the_first_and_the_last_day_are_included_and_late_ones_marked(
    days, takes_late, allowed, is_late
):
    of = make_rounds.grading_round("open", takes_late=takes_late)
    of.levels.update(opens_on=TODAY, closes_on=TODAY + 10 * DAY)
    day, someone = TODAY + timedelta(days), person()
    draft = begun(of=of)
    if not allowed:
        for act in (lambda: begin(someone, of, today=day), lambda: submit(draft, day)):
            with pytest.raises(Refused, match="The window for this level is not open"):
                act()
        draft.refresh_from_db()
        assert (draft.state, draft.evidence) == ("draft", {})
        return
    assert begin(someone, of, today=day).pk
    made = submit(draft, day)
    assert (made.state, made.is_late, made.submitted_on) == ("submitted", is_late, day)


def test_a_window_that_was_made_longer_is_not_late():
    of = make_rounds.grading_round("open")
    of.levels.update(closes_on=TODAY - 3 * DAY, extended_to=TODAY)
    assert submit(begun(of=of)).is_late is False


def test_what_is_handed_in_is_judged_on_evidence_and_the_ledger_keeps_its_digest():
    made = submit(begun())

    assert made.evidence_on == TODAY
    assert made.evidence["as_of"] == {"$day": made.grading_round.as_of.isoformat()}
    assert made.result == "fail"
    entry = LedgerEntry.objects.of(made).get()
    assert entry.act == "grading.application.submit"
    assert [len(one["sha256"]) for one in entry.evidence] == [64]
    # The ledger names the evidence, it does not hold it.
    assert "evidence" not in entry.after


def test_whoever_does_not_fulfil_a_clause_may_hand_in():
    someone = person()
    someone.appointments.update(from_on=TODAY - 30 * DAY)
    assert submit(begun(someone)).result == "fail"


def test_the_second_sending_changes_nothing():
    draft = begun()
    submit(draft)
    with pytest.raises(Refused, match="is not possible in the state “submitted”"):
        submit(draft, TODAY + DAY)
    draft.refresh_from_db()
    assert draft.submitted_on == TODAY
    assert acts_on(draft) == ["submit"]


def test_what_is_missing_is_listed_by_name():
    of = asking_for("photo", "education", "recommendation", "申请表")
    someone = person(full=False)
    draft = begun(someone, of)
    with pytest.raises(Refused) as refused:
        submit(draft)
    assert refused.value.messages == [
        "Missing: photo.", "Missing: education.", "Missing: recommendation.", "Missing: 申请表.",
    ]  # fmt: skip

    type(someone).objects.filter(pk=someone.pk).update(photo="p.jpg", education="bachelor")
    for kind in ("recommendation", paper_kind("申请表")):
        entering_papers.add_paper(draft.pk, by=someone.user, today=TODAY, kind=kind, upload=paper())
    entering.sign_declaration(draft.pk, by=someone.user, today=TODAY)
    assert submit(draft).state == "submitted"


def test_without_a_declaration_nothing_is_handed_in():
    draft = begun(declared_on=None)
    with pytest.raises(Refused, match="The declaration is not signed"):
        submit(draft)
    entering.sign_declaration(draft.pk, by=draft.mediator.user, today=TODAY)
    assert submit(draft).declared_on == TODAY


@pytest.mark.parametrize(
    ("held", "days", "code", "allowed"),
    [
        (None, 0, "l3", True),
        (4, 366, "l3", True),
        (4, 300, "l3", False),
        (3, 800, "l3", False),
        (3, 800, "l4", False),
    ],
)
def test_the_way_between_levels_is_the_rules(held, days, code, allowed):
    someone = person()
    if held:
        make.level_holding(someone, rank=held, from_on=TODAY - days * DAY)
    draft = begun(someone, code=code)
    if allowed:
        assert submit(draft).state == "submitted"
    else:
        with pytest.raises(Refused, match="does not allow to apply for this one"):
            submit(draft)
        draft.refresh_from_db()
        assert (draft.state, draft.evidence, draft.result) == ("draft", {}, "")


def test_a_way_that_skips_a_level_is_judged_by_the_evidence_of_the_day():
    skips = {"first": "any", "promotion": {"skip_if": {"flag": "part_time"}}}
    of = asking_for(path=skips, authority=[{"when": {}, "confirm": "county_bureau"}])
    make_rounds.round_level(of, "l2")
    someone = person()
    make.level_holding(someone, rank=4)
    assert submit(begun(someone, of, code="l2")).state == "submitted"
    other = person()
    other.appointments.update(employment="full_time")
    make.level_holding(other, rank=4)
    with pytest.raises(Refused, match="does not allow"):
        submit(begun(other, of, code="l2"))


def test_a_body_of_another_tier_decides_for_this_organisation():
    matrix = [
        {"when": {"kind": ["industry"]}, "confirm": "city_bureau"},
        {"when": {}, "first_review": "town_government", "confirm": "county_bureau",
         "forward_to": "provincial_association"},
    ]  # fmt: skip
    of = asking_for(authority=matrix)
    industry = person(body=make.organization(kind="industry"))
    with pytest.raises(Refused, match="By the rule another body decides on this level"):
        begin(industry, of)
    made = begin(person(), of)
    assert (made.first_body, made.deciding_body, made.forward_to) == (
        "town_government", "county_bureau", "provincial_association",
    )  # fmt: skip


def test_a_statement_is_kept_once_for_each_revision_and_has_to_be_declared():
    draft = begun()
    args = {"by": draft.mediator.user, "today": TODAY}
    made = entering.save_draft(draft.pk, statement="十年。", revision=0, **args)
    assert (made.statement, made.declared_on, made.revision) == ("十年。", None, 1)
    with pytest.raises(Stale):
        entering.save_draft(draft.pk, statement="九年。", revision=0, **args)
    entering.sign_declaration(draft.pk, **args)
    same = entering.save_draft(draft.pk, statement="十年。", revision=2, **args)
    assert same.declared_on == TODAY


@pytest.mark.parametrize("state", [*AT_WORK, *ENDED])
def test_what_does_not_lie_with_the_applicant_is_not_written(state):
    made = make_rounds.application(state, mediator=person())
    args = {"by": made.mediator.user, "today": TODAY}
    acts = [
        lambda: entering.save_draft(made.pk, statement="x", **args),
        lambda: entering.sign_declaration(made.pk, **args),
        lambda: entering_papers.add_paper(made.pk, kind="other", upload=paper(), **args),
    ]
    for act in acts:
        if state == "returned":
            assert act()
        else:
            with pytest.raises(Refused):
                act()


def test_nobody_else_does_anything_with_an_application():
    draft = begun(nominated_by=make.user())
    stranger = {"by": make.officer(Role.COUNTY_BUREAU, make.division(COUNTY)), "today": TODAY}
    acts = [
        lambda: entering.save_draft(draft.pk, statement="x", **stranger),
        lambda: entering.sign_declaration(draft.pk, **stranger),
        lambda: entering.submit_application(draft.pk, **stranger),
        lambda: entering.resubmit_application(draft.pk, **stranger),
        lambda: entering.withdraw_application(draft.pk, reason="x", **stranger),
        lambda: nominating.agree_to_nomination(draft.pk, **stranger),
        lambda: nominating.decline_nomination(draft.pk, reason="x", **stranger),
        lambda: entering_papers.add_paper(draft.pk, kind="other", upload=paper(), **stranger),
        lambda: entering_papers.remove_paper(draft.pk, document=1, **stranger),
    ]
    for act in acts:
        with pytest.raises(Refused, match="Only the applicant does this"):
            act()
    assert acts_on(draft) == []


def test_a_paper_is_added_told_and_taken_away(django_capture_on_commit_callbacks):
    draft, twin = begun(), begun()
    args = {"today": TODAY, "kind": "other", "upload": paper()}
    one = entering_papers.add_paper(draft.pk, by=draft.mediator.user, **args)
    same = entering_papers.add_paper(twin.pk, by=twin.mediator.user, **args)
    draft.refresh_from_db()
    assert (draft.declared_on, one.area) == (None, draft.division_id)

    away = {"by": draft.mediator.user, "today": TODAY}
    # A paper of somebody else's application is none of this one.
    with pytest.raises(Refused, match="not there any more"):
        entering_papers.remove_paper(draft.pk, document=same.pk, **away)
    with django_capture_on_commit_callbacks(execute=True):
        entering_papers.remove_paper(draft.pk, document=one.pk, **away)
    assert list(Document.objects.all()) == [same]
    assert same.file.storage.exists(same.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        entering_papers.remove_paper(twin.pk, by=twin.mediator.user, today=TODAY, document=same.pk)
    assert not same.file.storage.exists(same.file.name)
    assert acts_on(draft) == ["attach", "change", "remove_paper"]


def test_a_paper_of_no_kind_or_no_format_is_refused():
    draft = begun()
    args = {"by": draft.mediator.user, "today": TODAY}
    with pytest.raises(Refused, match="what kind"):
        entering_papers.add_paper(draft.pk, kind="photo", upload=paper(), **args)
    with pytest.raises(ValidationError, match="is not a PDF"):
        entering_papers.add_paper(draft.pk, kind="other", upload=paper("a.exe"), **args)
    draft.refresh_from_db()
    assert (documents_of(draft).count(), draft.declared_on) == (0, TODAY)


def test_the_kinds_of_papers_are_those_of_the_level_and_any_other():
    of = asking_for(
        "photo", {"document": "form", "levels": ["l4"]}, {"any": ["proof", "letter"]},
        {"document": "thesis", "levels": ["l3"]},
    )  # fmt: skip
    kinds = entering_papers.kinds_of(begun(of=of))
    assert [code for code, _label in kinds] == ["form", "proof", "letter", "other"]


def returned(**fields):
    fields.setdefault("declared_on", TODAY)
    return make_rounds.application("returned", mediator=person(), **fields)


@pytest.mark.parametrize(
    ("correct_by", "allowed"), [(TODAY + DAY, True), (TODAY, True), (TODAY - DAY, False)]
)
def test_what_was_returned_is_mended_in_time(correct_by, allowed):
    made = returned(correct_by=correct_by)
    args = {"by": made.mediator.user, "today": TODAY}
    if allowed:
        again = entering.resubmit_application(made.pk, **args)
        assert (again.state, again.evidence_on) == ("submitted", TODAY)
        assert again.submitted_on == TODAY - 14 * DAY
    else:
        with pytest.raises(Refused, match="The time for corrections is over"):
            entering.resubmit_application(made.pk, **args)


def test_what_was_returned_is_declared_anew():
    made = returned(declared_on=TODAY - 6 * DAY)
    args = {"by": made.mediator.user, "today": TODAY}
    with pytest.raises(Refused, match="signed before the return"):
        entering.resubmit_application(made.pk, **args)
    entering.sign_declaration(made.pk, **args)
    assert entering.resubmit_application(made.pk, **args).state == "submitted"


def test_papers_that_were_handed_in_stay():
    made = returned()
    args = {"by": made.mediator.user, "today": TODAY}
    kept = entering_papers.add_paper(made.pk, kind="other", upload=paper(), **args)
    with pytest.raises(Refused, match="papers stay as they are"):
        entering_papers.remove_paper(made.pk, document=kept.pk, **args)
    assert documents_of(made).get() == kept


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "eligible", "in_notice"])
def test_an_application_is_withdrawn_with_its_reason(state):
    made = make_rounds.application(state, mediator=person())
    args = {"by": made.mediator.user, "today": TODAY, "reason": "I move away."}
    gone = entering.withdraw_application(made.pk, **args)
    assert (gone.state, gone.ended_on, gone.outcome_reason) == (
        "withdrawn", TODAY, "I move away.",
    )  # fmt: skip
    with pytest.raises(Refused):
        entering.withdraw_application(made.pk, **args)


def test_looking_up_stores_nothing():
    draft = begun()
    assert entering.look_up(draft).judged_result() == "fail"
    draft.refresh_from_db()
    assert (draft.evidence, draft.result) == ({}, "")
    # What was handed in is shown as it was taken then.
    made = make_rounds.application("submitted", mediator=person())
    assert entering.look_up(made).evidence == {}


def nominated(by=None, someone=None, of=None, code="l4"):
    by = by or make.officer(Role.COUNTY_BUREAU, make.division(COUNTY))
    of = of or make_rounds.grading_round("open")
    return nominating.nominate(
        of.pk, by=by, today=TODAY, reason="Ten good years.", mediator=someone or person(),
        level=RoundLevel.objects.get(grading_round=of, code=code),
    )  # fmt: skip


def test_a_nomination_needs_consent_before_it_is_handed_in():
    by = make.officer(Role.COUNTY_BUREAU, make.division(COUNTY))
    made = nominated(by)
    assert (made.state, made.nominated_by, acts_on(made)) == ("draft", by, ["nominate"])
    args = {"by": made.mediator.user, "today": TODAY}
    entering.sign_declaration(made.pk, **args)
    with pytest.raises(Refused, match="does not agree to the nomination yet"):
        submit(made)
    assert nominating.agree_to_nomination(made.pk, **args).agreed_on == TODAY
    with pytest.raises(Refused, match="No nomination waits"):
        nominating.agree_to_nomination(made.pk, **args)
    assert submit(made).state == "submitted"


def test_nobody_is_nominated_for_a_level_to_which_the_rule_has_no_way():
    body, of = make.organization(), make_rounds.grading_round("open")
    clerk, someone = make.officer(Role.CLERK, body), person(body=body)
    make.level_holding(someone, rank=3, from_on=TODAY - 800 * DAY)
    given = {"by": clerk, "today": TODAY, "reason": "x", "mediator": someone}
    for code in ("l3", "l4"):
        with pytest.raises(Refused, match="does not allow to apply for this one"):
            nominating.nominate(of.pk, level=of.levels.get(code=code), **given)
    assert not Application.objects.exists()


def test_a_nomination_is_declined_with_a_reason_and_only_while_it_waits():
    made = nominated()
    args = {"by": made.mediator.user, "today": TODAY, "reason": "Not this year."}
    gone = nominating.decline_nomination(made.pk, **args)
    assert (gone.state, gone.outcome_reason) == ("withdrawn", "Not this year.")
    alone = begun()
    with pytest.raises(Refused, match="No nomination waits"):
        nominating.decline_nomination(alone.pk, **{**args, "by": alone.mediator.user})
    alone.refresh_from_db()
    assert alone.state == "draft"


def test_a_clerk_nominates_for_the_own_organisation_only():
    own, foreign = make.organization(), make.organization()
    clerk = make.officer(Role.CLERK, own)
    with pytest.raises(Refused, match="own organisation or area only"):
        nominated(clerk, person(body=foreign))
    both = person(body=own)
    make.appointment(both, foreign, employment="full_time")
    assert nominated(clerk, both).organization == own


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUSTICE_OFFICE, Role.PANEL])
def test_others_nominate_nobody(role):
    by = make.officer(role, make.division(COUNTY))
    with pytest.raises(Refused, match="own organisation or area only"):
        nominated(by)


def test_nobody_is_nominated_who_could_not_agree_or_is_the_nominator():
    by = make.officer(Role.COUNTY_BUREAU, make.division(COUNTY))
    with pytest.raises(Refused, match="has no account"):
        nominated(by, person(user=None))
    with pytest.raises(Refused, match="Nobody nominates oneself"):
        nominated(by, person(user=by))
    of, level = make_rounds.grading_round("open"), make_rounds.grading_round("open").levels.first()
    args = {"by": by, "today": TODAY, "reason": "x", "mediator": person(), "level": level}
    with pytest.raises(Refused, match="none of the round"):
        nominating.nominate(of.pk, **args)
    assert not Application.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_beginnings_at_once_leave_one_application():
    someone, of = person(), make_rounds.grading_round("open")
    level = RoundLevel.objects.select_related("grading_round__division").get(
        grading_round=of, code="l4"
    )
    outcomes = at_once(
        *[
            lambda: entering.begin_application(someone, level, by=someone.user, today=TODAY)
        ] * 8
    )  # fmt: skip
    assert outcomes == ["done", *["refused"] * 7]
    assert Application.objects.count() == 1
    assert LedgerEntry.objects.filter(act="grading.application.begin").count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_sendings_at_once_hand_in_once():
    draft = begun()
    by = draft.mediator.user
    outcomes = at_once(*[lambda: entering.submit_application(draft.pk, by=by, today=TODAY)] * 4)
    assert outcomes == ["done", *["refused"] * 3]
    assert acts_on(draft) == ["submit"]
