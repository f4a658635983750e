"""What follows a confirmed round: what a higher body decides, and certificates of levels."""

import pytest
from django.utils import translation

from grading.actions import certifying, confirming, forwarding
from grading.models import Application, Grade, GradingRound
from office.flow import Refused
from registry.models import Mediator
from registry.rules import years_later
from tests import make
from tests.grading import make_results
from tests.grading.make_results import AFTER, note
from tests.make import DAY
from tests.registry import cases
from tests.training import make_certificates
from training.actions import certificate_runs, certificates
from training.issuing.issue import issue_certificate
from training.models import Certificate, CertificateRun

pytestmark = pytest.mark.django_db
THREE_YEARS_ON = years_later(AFTER, 3)
DOCUMENT = {"document": "省司〔2026〕9号", "on": AFTER}


@pytest.fixture(autouse=True)
def _english():
    translation.activate("en")


# --- A higher body ------------------------------------------------------------------------------


def forwarded():
    of = make_results.proposed(1)
    row = make_results.people(of)[0]
    Application.objects.filter(pk=row.pk).update(forward_to="province")
    confirming.confirm_round(of.pk, **note(today=AFTER))
    return row


def test_a_level_granted_above_begins_when_it_is_recorded():
    row = forwarded()
    forwarding.propose_above(row.pk, **DOCUMENT, **note(today=AFTER))
    forwarding.grant_above(row.pk, **note(today=AFTER + DAY))

    row.refresh_from_db()
    assert (row.state, row.outside_document, row.ended_on) == (
        "confirmed", DOCUMENT["document"], AFTER + DAY,
    )  # fmt: skip
    assert (row.grade.from_on, row.grade.holding.level.rank) == (AFTER + DAY, 4)
    decision = row.decisions.get(kind="above")
    assert decision.content["rests_on"] == {
        "document": DOCUMENT["document"], "dated": AFTER.isoformat(),
    }  # fmt: skip


def test_what_is_granted_above_takes_two_officers():
    row, first = forwarded(), cases.county_officer()
    with pytest.raises(Refused, match="A first officer proposes it before"):
        forwarding.grant_above(row.pk, **note(today=AFTER))
    forwarding.propose_above(row.pk, **DOCUMENT, **note(first, AFTER))
    with pytest.raises(Refused, match="Whoever proposed it does not decide"):
        forwarding.grant_above(row.pk, **note(first, AFTER))
    row.refresh_from_db()
    assert (row.state, row.above_by, Grade.objects.count()) == ("forwarded", first, 0)
    # Another document, proposed by a colleague: then the first may decide.
    forwarding.propose_above(row.pk, document="2", on=AFTER, **note(today=AFTER))
    forwarding.grant_above(row.pk, **note(first, AFTER))
    row.refresh_from_db()
    assert (row.state, row.outside_document) == ("confirmed", "2")


@pytest.mark.parametrize("state", ["in_notice", "confirmed", "no_level"])
def test_only_what_was_forwarded_is_granted_above(state):
    row = forwarded()
    Application.objects.filter(pk=row.pk).update(state=state)
    with pytest.raises(Refused, match="waits for no higher body"):
        forwarding.propose_above(row.pk, **DOCUMENT, **note(today=AFTER))


def test_a_level_refused_above_is_no_level():
    row = forwarded()
    forwarding.refuse_above(row.pk, **DOCUMENT, **note(today=AFTER))
    row.refresh_from_db()
    assert (row.state, row.decisions.get(kind="above").result) == ("no_level", "refused")
    assert Grade.objects.count() == 0


@pytest.mark.parametrize("take", [forwarding.propose_above, forwarding.refuse_above])
def test_a_document_of_tomorrow_is_refused(take):
    row = forwarded()
    with pytest.raises(Refused, match="lies in the future"):
        take(row.pk, document="1", on=AFTER + DAY, **note(today=AFTER))
    row.refresh_from_db()
    assert row.state == "forwarded"


# --- Certificates -------------------------------------------------------------------------------


def kind(**fields):
    fields.setdefault("wording", "经评定，取得{level}等级，特发此证。")
    return make_certificates.kind("level", name="人民调解员等级证书", is_limited=False,
                                  valid_months=None, **fields)  # fmt: skip


def prepare(of, of_kind=None, **given):
    level = of.levels.get(code="l4")
    return certifying.prepare_certificates(
        of.pk, level=level, kind=of_kind or kind(), **note(today=AFTER, **given)
    )


def issued(of, of_kind=None):
    prepare(of, of_kind)
    row = Certificate.objects.order_by("pk").first()
    issue_certificate(row.pk, by=make.user(), today=AFTER + 3 * DAY)
    row.refresh_from_db()
    return row


def test_everybody_with_the_level_is_prepared_for_and_a_second_click_finds_the_same():
    of = make_results.confirmed(2, losers=1)
    run, again = prepare(of), prepare(of)

    assert (again, CertificateRun.objects.count()) == (run, 1)
    found = Certificate.objects.filter(run=run)
    winners = Mediator.objects.filter(grades__isnull=False)
    assert {row.mediator for row in found} == set(winners)
    assert {(row.level_label, row.level_until_on) for row in found} == {
        ("四级人民调解员", THREE_YEARS_ON)
    }


def test_after_one_was_discarded_another_is_prepared():
    of = make_results.confirmed(1)
    run = prepare(of)
    certificate_runs.discard_run(run.pk, **note(today=AFTER))
    assert prepare(of) != run


def test_the_certificate_prints_the_level_and_until_when_it_is_held():
    row = issued(make_results.confirmed(1))
    assert row.facts["wording"] == "经评定，取得四级人民调解员等级，特发此证。"
    assert row.valid_until_on == THREE_YEARS_ON
    assert row.facts["valid_until"] == (THREE_YEARS_ON - DAY).isoformat()


def test_a_wording_without_a_place_for_the_level_names_it_before():
    row = issued(make_results.confirmed(1), kind(code="plain", wording="特发此证。"))
    assert row.facts["wording"] == "四级人民调解员：特发此证。"


def test_a_reissued_certificate_keeps_the_level_and_its_end():
    row = issued(make_results.confirmed(1))
    new = certificates.reissue_certificate(row.pk, basis="遗失", **note(today=AFTER + 5 * DAY))
    assert (new.level_label, new.level_until_on) == ("四级人民调解员", THREE_YEARS_ON)


def test_a_level_that_has_run_out_is_not_certified():
    prepare(make_results.confirmed(1))
    row = Certificate.objects.get()
    with pytest.raises(Refused, match="The level has run out"):
        issue_certificate(row.pk, by=make.user(), today=THREE_YEARS_ON)
    row.refresh_from_db()
    assert row.state == "examined"


def test_whoever_prepared_them_does_not_issue_them():
    officer = make.user()
    run = prepare(make_results.confirmed(1), by=officer)
    with pytest.raises(Refused, match="does not issue it"):
        certificate_runs.issue_run(run.pk, **note(officer, AFTER))


@pytest.mark.parametrize(
    ("content", "of_kind", "sentence"),
    [
        ({"result": {"certificate": False}}, "level", "gives no certificates"),
        ({}, "training", "Choose a certificate of a level"),
    ],
)
def test_what_gives_no_certificate_is_refused(content, of_kind, sentence):
    of = make_results.confirmed(1, content=make_results.rule(**content))
    chosen = kind() if of_kind == "level" else make_certificates.kind(of_kind)
    with pytest.raises(Refused, match=sentence):
        prepare(of, chosen)
    assert CertificateRun.objects.count() == 0


def test_before_the_confirmation_and_without_anybody_there_are_none():
    with pytest.raises(Refused, match="follow the confirmation"):
        prepare(make_results.announced(1))
    of = make_results.confirmed(1, code="l3")
    with pytest.raises(Refused, match="Nobody holds this level"):
        prepare(of)


def test_whoever_confirmed_the_round_does_not_record_what_is_granted_above():
    row = forwarded()
    by = GradingRound.objects.get(pk=row.grading_round_id).confirmed_by

    forwarding.propose_above(row.pk, **DOCUMENT, **note(today=AFTER))
    with pytest.raises(Refused, match="another officer records what is granted"):
        forwarding.grant_above(row.pk, **note(by, today=AFTER + DAY))

    row.refresh_from_db()
    assert (row.state, Grade.objects.count()) == ("forwarded", 0)
