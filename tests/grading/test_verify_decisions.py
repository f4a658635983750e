"""Decisions are computed anew from what was kept: whatever is altered or removed is found."""

import copy
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from grading.actions import deciding, reviewing
from grading.models import Application, Decision, RoundLevel, SchemeVersion
from grading.reports.provenance import faults, recomputed
from grading.rules.evidence import digest_of
from office.models import LedgerEntry
from tests import make
from tests.grading import make_grading, make_reviews
from tests.grading.make_reviews import GIVEN, now
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db


def verify():
    out = StringIO()
    try:
        call_command("verify_decisions", stdout=out)
    except CommandError as error:
        return out.getvalue().splitlines(), str(error)
    return out.getvalue().splitlines(), ""


def said(pk, application):
    """The faults, without the words that name the decision."""
    return [one.removeprefix(f"decision {pk} on application {application}: ") for one in faults()]


def test_untouched_decisions_are_computed_anew_and_alike():
    of = make_reviews.grading_round()
    for answer in (True, False):
        make_reviews.decided(of=of, answer=answer)
    assert verify() == (["2 decisions, each computed anew and alike."], "")


def test_what_changes_after_the_decision_changes_nothing_of_it():
    made = make_reviews.decided()
    made.mediator.appointments.update(from_on=made.grading_round.as_of - DAY)
    made.answers.update(answer=False)
    decision = made.decisions.get()
    assert recomputed(decision.content, made.rules) == "pass"
    assert verify()[1] == ""


def test_a_decision_by_ruling_and_one_decided_anew_are_computed_alike():
    made = make_reviews.application("first_reviewed", answer=False)
    first, second = make_reviews.bureau(), make_reviews.bureau()
    deciding.find_ineligible(made.pk, by=first, **GIVEN)
    deciding.reopen(made.pk, by=first, **GIVEN)
    given = {"path": "base.all[0].attest", "result": "pass"}
    ruling = deciding.overrule_clause(made.pk, by=first, **given, **GIVEN)
    deciding.confirm_ruling(made.pk, ruling=ruling, by=second, **GIVEN)
    deciding.find_eligible(made.pk, by=second, **GIVEN)
    assert verify() == (["2 decisions, each computed anew and alike."], "")


def flip_a_digit(content):
    name = next(name for name, rows in content["evidence"].items() if name == "service")
    content["evidence"][name][0]["from"]["$day"] = "2026-10-01"


ALTERED = {
    "evidence": flip_a_digit,
    "figure": lambda content: content["evidence"].__setitem__("cases.mediated", 77),
    "answer": lambda content: content["answers"].update(political_and_conduct=False),
    "ruling": lambda content: content["rulings"].update({"req.l4.all[0].cmp": "fail"}),
    "waiver": lambda content: content["waived"].append("years"),
    "level": lambda content: content.update(level="l3"),
    "day": lambda content: content.update(as_of="2026-01-01"),
    "version": lambda content: content.update(version="0" * 64),
    "result": lambda content: content.update(result="not_eligible"),
    "left out": lambda content: content.pop("answers"),
}
# Of these the result is another as well, not the digest alone.
TURNED = {"evidence", "answer", "ruling"}


@pytest.mark.parametrize("part", ALTERED)
def test_each_part_of_the_content_that_is_altered_is_found(part):
    made = make_reviews.decided()
    decision = made.decisions.get()
    content = copy.deepcopy(decision.content)
    ALTERED[part](content)
    Decision.objects.filter(pk=decision.pk).update(content=content)
    lines, error = verify()
    assert error == f"{len(lines)} faults in decisions of grading."
    found = said(decision.pk, made.pk)
    if part not in {"left out", "day"}:
        assert found[0] == "its content was altered"
    turned = [one for one in found if one.startswith("computed anew")]
    assert bool(turned) is (part in TURNED)


@pytest.mark.parametrize("part", sorted(TURNED))
def test_with_its_digest_altered_as_well_the_ledger_tells(part):
    made = make_reviews.decided()
    decision = made.decisions.get()
    content = copy.deepcopy(decision.content)
    ALTERED[part](content)
    Decision.objects.filter(pk=decision.pk).update(content=content, digest=digest_of(content))
    found = said(decision.pk, made.pk)
    assert "its content was altered" not in found
    sequence = LedgerEntry.objects.get(act="grading.application.decide").sequence
    assert found[-1] == f"entry {sequence} of the ledger tells otherwise"


def test_an_altered_digest_is_found():
    made = make_reviews.decided()
    Decision.objects.update(digest="f" * 64)
    found = said(made.decisions.get().pk, made.pk)
    assert found[0] == "its content was altered"
    assert len(found) == 2


def test_an_altered_result_is_found():
    made = make_reviews.decided(answer=False)
    Decision.objects.update(result="eligible")
    found = said(made.decisions.get().pk, made.pk)
    assert found[:2] == [
        "“eligible” was decided as “not_eligible”",
        "computed anew it is “fail”, which is not “eligible”",
    ]


def rewrite(version, text):
    """Change a settled text past the guards of the database."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS schemeversion_text_is_final" + (
            "" if connection.vendor == "sqlite" else " ON grading_schemeversion"
        ))  # fmt: skip
    SchemeVersion.objects.filter(pk=version.pk).update(**text)


def test_an_altered_text_of_the_rule_is_found():
    made = make_reviews.decided()
    version = made.grading_round.version
    rewrite(version, {"text": version.text.replace("years_L4: 2", "years_L4: 1")})
    assert list(faults()) == [f"version {version.pk} of the rule set: its text was altered"]


def test_a_text_altered_with_its_digest_is_found():
    from grading.actions.schemes import digest_of as digest_of_text  # noqa: PLC0415

    made = make_reviews.decided()
    version = made.grading_round.version
    text = version.text.replace("years_L4: 2", "years_L4: 20")
    rewrite(version, {"text": text, "digest": digest_of_text(text)})
    found = said(made.decisions.get().pk, made.pk)
    assert found == [
        "it rests on another version of the rule set than it names",
        "computed anew it is “fail”, not “pass”",
        "computed anew it is “fail”, which is not “eligible”",
    ]


def test_a_text_taken_over_from_is_held_as_well():
    parent = make_grading.version("active", content=make_reviews.rule())
    child = make_grading.version("active", content={
        "id": "x", "title": "县级办法", "parent": parent.scheme.code,
    }, parent=parent)  # fmt: skip
    made = make_reviews.decided(
        of=make_reviews.make_rounds.grading_round("reviewing", version=child)
    )
    decision = made.decisions.get()
    assert decision.content["above"] == [parent.digest]
    assert list(faults()) == []
    rewrite(parent, {"text": parent.text + "\n# touched"})
    assert list(faults()) == [f"version {parent.pk} of the rule set: its text was altered"]
    rewrite(parent, {"digest": "0" * 64})
    assert said(decision.pk, made.pk)[0] == (
        "it rests on another rule set above its own than it names"
    )


def test_a_removed_decision_is_found():
    made = make_reviews.decided()
    decision = made.decisions.get()
    sequence = LedgerEntry.objects.get(act="grading.application.decide").sequence
    Decision.objects.filter(pk=decision.pk).delete()
    assert list(faults()) == [
        f"decision {decision.pk} on application {made.pk}: it was removed;"
        f" the ledger tells of it in entry {sequence}"
    ]


def test_a_decision_that_was_slipped_in_is_found():
    made = make_reviews.decided()
    slipped = made.decisions.get()
    slipped.pk = None
    slipped.save()
    assert list(faults()) == [
        f"decision {slipped.pk} on application {made.pk}: the ledger does not tell of it"
    ]


def test_an_application_that_stands_otherwise_than_decided_is_found():
    made = make_reviews.decided(answer=False)
    Application.objects.filter(pk=made.pk).update(state="eligible")
    assert list(faults()) == [
        f"application {made.pk}: its state is “eligible”, its last decision “not_eligible”"
    ]


def test_awards_are_worked_out_anew():
    level = make_reviews.grading_round().levels.first()
    assert list(faults()) == []
    RoundLevel.objects.filter(pk=level.pk).update(award={"places": 3}, award_digest="1" * 64)

    said = list(faults())

    assert said
    assert all(sentence.startswith(f"award of level {level.pk}: ") for sentence in said)


def test_the_command_names_late_facts_and_applies_nothing(capsys):
    made = make_reviews.decided()
    post = made.mediator.appointments.get()
    post.from_on = made.grading_round.as_of - 300 * DAY
    post.save()
    out = StringIO()
    call_command("verify_decisions", "--late-facts", stdout=out)
    lines = out.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines[:1]] == [f"late facts, application {made.pk}"]
    assert lines[-1] == "1 decisions, each computed anew and alike."
    assert now(made).evidence == made.evidence


def test_evidence_taken_on_a_later_day_is_what_the_decision_keeps():
    made = make_reviews.application(answer=True)
    reviewing.take_anew(made.pk, by=make_reviews.office(), today=TODAY, reason="Anew.")
    reviewing.pass_first(made.pk, by=make.user(is_superuser=True), **GIVEN)
    deciding.find_eligible(made.pk, by=make_reviews.bureau(), **GIVEN)
    assert now(made).decisions.get().content["evidence"] == now(made).evidence
    assert verify()[1] == ""
