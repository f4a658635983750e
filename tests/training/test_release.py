"""Results are released by two persons; certificates are prepared for all who passed."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from office.flow import Refused
from office.models import LedgerEntry
from office.roles import Role
from tests import make
from tests.make import TODAY
from tests.registry.desk import elsewhere, sent, url
from tests.training import make_certificates, make_exams, make_marking
from tests.training.make_marking import OVER, WHY, answered, collected, in_marking, released
from training import actions
from training.models import Certificate, CertificateRun, Exam, Rekey

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_english")]
NOTE = {"now": OVER, **WHY}
PREPARED = {"basis": "考试合格", "today": TODAY, **WHY}


@pytest.fixture
def _english():
    translation.activate("en")


@pytest.fixture
def first():
    return make.user("first")


@pytest.fixture
def second():
    return make.user("second")


def marked(rights=(True,), at=None):
    """An exam of which everything is marked; ``rights`` says who has the answer right."""
    exam = make_exams.exam(of=make_exams.paper(["single"], marks="10", at=at))
    sittings = [answered(exam, right=["single"] if right else ()) for right in rights]
    return collected(exam), sittings


def again(exam):
    return Exam.objects.get(pk=exam.pk)


# --- Two persons --------------------------------------------------------------------------------


def test_one_asks_and_another_releases(first, second):
    exam, [sitting] = marked()

    actions.ask_release(exam.pk, by=first, **NOTE)
    waiting = again(exam)
    actions.release_exam(exam.pk, by=second, **NOTE)

    assert (waiting.state, waiting.is_released, waiting.released_by) == ("asked", False, None)
    out = again(exam)
    assert (out.state, out.release_asked_by, out.released_by) == ("released", first, second)
    assert sitting.again().state == "passed"
    acts = LedgerEntry.objects.of(exam).order_by("sequence").values_list("act", "actor__username")
    assert list(acts)[-2:] == [
        ("training.exam.ask_release", "first"), ("training.exam.release", "second"),
    ]  # fmt: skip


def test_who_asked_does_not_release(first):
    exam, [sitting] = marked()
    actions.ask_release(exam.pk, by=first, **NOTE)

    with pytest.raises(Refused, match="Who asked for the release"):
        actions.release_exam(exam.pk, by=first, **NOTE)

    assert (again(exam).state, again(exam).released_by) == ("asked", None)
    assert sitting.again().state == "marked"


def test_nothing_is_released_that_nobody_asked_for(second):
    exam, _sittings = marked()

    with pytest.raises(Refused, match="is not possible in the state"):
        actions.release_exam(exam.pk, by=second, **NOTE)


def test_asking_a_second_time_changes_nothing(first, second):
    exam, _sittings = marked()
    actions.ask_release(exam.pk, by=first, **NOTE)

    with pytest.raises(Refused):
        actions.ask_release(exam.pk, by=second, **NOTE)

    assert again(exam).release_asked_by == first


def test_what_is_kept_back_has_to_be_asked_for_again(first, second):
    exam, _sittings = marked()
    actions.ask_release(exam.pk, by=first, **NOTE)

    actions.keep_back_exam(exam.pk, by=second, **NOTE)

    kept = again(exam)
    assert (kept.state, kept.release_asked_by, kept.release_asked_at) == ("marking", None, None)
    actions.ask_release(exam.pk, by=second, **NOTE)
    actions.release_exam(exam.pk, by=first, **NOTE)
    assert again(exam).state == "released"


def asked_with_a_rekey(first):
    """An exam whose release is asked for, and then a correction of its first key is proposed."""
    exam, _sittings = in_marking(["single", "true_false"])
    actions.ask_release(exam.pk, by=first, **NOTE)
    return exam, make_marking.rekey(exam=again(exam))


def test_a_correction_in_force_takes_the_request_back(first, second):
    exam, rekey = asked_with_a_rekey(first)

    with pytest.raises(Refused, match="waits for the second person"):
        actions.release_exam(exam.pk, by=second, **NOTE)
    actions.confirm_rekey(rekey.pk, by=second, today=TODAY, **NOTE)

    assert (again(exam).state, again(exam).release_asked_by) == ("marking", None)


def test_a_correction_that_is_dropped_leaves_the_request(first, second):
    exam, rekey = asked_with_a_rekey(first)

    actions.drop_rekey(rekey.pk, by=second, today=TODAY, **NOTE)
    actions.release_exam(exam.pk, by=second, **NOTE)

    assert (again(exam).state, Rekey.objects.get().state) == ("released", "dropped")


def by_one(first, second):
    return {"released_by": first}


def by_nobody(first, second):
    return {"released_by": None}


def never_asked_for(first, second):
    return {"release_asked_by": None}


def asked_at_no_time(first, second):
    return {"release_asked_at": None}


@pytest.mark.parametrize("wrong", [by_one, by_nobody, never_asked_for, asked_at_no_time])
def test_the_database_refuses_a_release_by_one(first, second, wrong):
    exam, _sittings = marked()
    actions.ask_release(exam.pk, by=first, **NOTE)
    actions.release_exam(exam.pk, by=second, **NOTE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Exam.objects.filter(pk=exam.pk).update(**wrong(first, second))


def test_the_database_refuses_a_releaser_before_the_release(first):
    exam, _sittings = marked()
    for fields in [{"released_by": first}, {"release_asked_by": first}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Exam.objects.filter(pk=exam.pk).update(**fields)


# --- On the desk --------------------------------------------------------------------------------


def act(exam, name):
    return url("exams", "act", exam.pk, name)


def test_the_statistics_are_on_the_page_on_which_the_release_is_asked_for(client, at_desk):
    exam, _sittings = marked([True, False, True])
    trainer = at_desk(make.officer(Role.TRAINER, make.division("330681")), password_shown=True)

    page = client.get(act(exam, "ask_release"))
    client.post(act(exam, "ask_release"), sent())
    alone = client.post(act(exam, "release"), sent())

    [row] = page.context["found"]["rows"]
    assert row["line"].version.question.code in page.content.decode()
    assert "Who asked for the release does not release the results." in alone.content.decode()
    assert (alone.status_code, again(exam).release_asked_by) == (422, trainer)


@pytest.mark.parametrize(
    ("role", "at"), [(Role.TRAINER, "330681"), (Role.COUNTY_BUREAU, "330681"),
                     (Role.CITY_BUREAU, "3306")],
)  # fmt: skip
def test_a_colleague_or_a_bureau_releases_on_the_desk(client, at_desk, first, role, at):
    exam, _sittings = marked()
    actions.ask_release(exam.pk, by=first, **NOTE)
    officer = at_desk(make.officer(role, make.division(at)), password_shown=True)

    page = client.get(act(exam, "release"))
    client.post(act(exam, "release"), sent())

    assert page.context["found"]["attempts"] == 1
    assert (again(exam).state, again(exam).released_by) == ("released", officer)


def test_an_auditor_neither_asks_nor_releases(client, at_desk, first):
    exam, _sittings = marked()
    at_desk(make.officer(Role.AUDITOR, make.division("3306")))

    for name in ["ask_release", "release", "keep_back", "certify"]:
        assert client.get(act(exam, name)).status_code == 404


def test_an_exam_of_another_division_is_not_released(client, at_desk, first):
    exam, _sittings = marked(at=elsewhere())
    actions.ask_release(exam.pk, by=first, **NOTE)
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")), password_shown=True)

    for name in ["release", "keep_back"]:
        assert client.post(act(exam, name), sent()).status_code == 404
    assert again(exam).state == "asked"


def test_the_desk_keeps_back_and_says_who_asked(client, at_desk, first):
    exam, _sittings = marked()
    actions.ask_release(exam.pk, by=first, **NOTE)
    at_desk(make.officer(Role.COUNTY_BUREAU, make.division("330681")))

    page = client.get(url("exams", "inspect", exam.pk)).content.decode()
    client.post(act(exam, "keep_back"), sent())

    assert "first" in page
    assert again(exam).state == "marking"


# --- Certificates for those who passed ----------------------------------------------------------


@pytest.fixture
def kind():
    make_certificates.policies()
    return make_certificates.kind("training")


def test_who_passed_is_prepared_a_certificate(first, kind):
    exam, [one, _two, three] = released(rights=[True, False, True])

    run = actions.prepare_certificates(exam.pk, kind=kind, by=first, **PREPARED)

    rows = Certificate.objects.filter(run=run)
    assert (run.exam, run.division, run.title, run.state) == (
        exam, exam.division, exam.title, "prepared",
    )  # fmt: skip
    assert set(rows.values_list("mediator", "basis", "state")) == {
        (sitting.attempt.candidate.mediator_id, "考试合格", "examined") for sitting in [one, three]
    }


def test_a_second_click_prepares_nothing_more(first, second, kind):
    exam, _sittings = released(rights=[True, True])

    runs = [
        actions.prepare_certificates(exam.pk, kind=kind, by=by, **PREPARED)
        for by in [first, first, second]
    ]

    assert len(set(runs)) == CertificateRun.objects.count() == 1
    assert Certificate.objects.count() == 2


def test_who_passes_later_gets_a_bulk_issue_of_the_own(first, kind):
    exam, [_one, two] = released(rights=[True, False])
    early = actions.prepare_certificates(exam.pk, kind=kind, by=first, **PREPARED)
    appeal = make_marking.appeal(sitting=two)
    actions.uphold_appeal(appeal.pk, by=first, today=TODAY, marks={1: 10}, **NOTE)

    late = actions.prepare_certificates(exam.pk, kind=kind, by=first, **PREPARED)

    assert early != late
    assert [row.mediator for row in late.certificates.all()] == [two.attempt.candidate.mediator]


def test_what_was_discarded_can_be_prepared_again(first, kind):
    exam, _sittings = released()
    run = actions.prepare_certificates(exam.pk, kind=kind, by=first, **PREPARED)
    actions.discard_run(run.pk, by=first, today=TODAY, **WHY)

    assert actions.prepare_certificates(exam.pk, kind=kind, by=first, **PREPARED) != run


def test_certificates_wait_for_the_results_and_for_somebody_who_passed(first, kind):
    waiting, _sittings = marked()
    failed, _sittings = released(rights=[False])

    for exam, said in [(waiting, "not out"), (failed, "Nobody has passed")]:
        with pytest.raises(Refused, match=said):
            actions.prepare_certificates(exam.pk, kind=kind, by=first, **PREPARED)
    assert CertificateRun.objects.count() == 0


def test_the_desk_leads_from_the_exam_to_the_certificates_and_back(client, at_desk, kind):
    exam, _sittings = released(rights=[True, False])
    at_desk(make.officer(Role.TRAINER, make.division("330681")))

    page = client.get(act(exam, "certify"))
    form = page.context["form"]
    typed = {"kind": form["kind"].initial.pk, "basis": form["basis"].initial}
    answers = [client.post(act(exam, "certify"), sent(**typed)) for _click in range(2)]

    run = CertificateRun.objects.get()
    shown = url("certificate_runs", "inspect", run.pk)
    assert form["kind"].initial == kind
    assert {answer.url for answer in answers} == {shown}
    assert shown in client.get(url("exams", "inspect", exam.pk)).content.decode()
