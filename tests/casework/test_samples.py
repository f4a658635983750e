"""Samples of cases: the same again from the seed, whatever happens to the cases later."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from casework.actions.samples import faults_of
from casework.models import (
    CaseRecord,
    FileCheck,
    Sample,
    SampledCase,
    SamplePopulation,
    VisitedCase,
)
from office.flow import Refused
from office.models import LedgerEntry
from tests import make
from tests.casework import make_cases
from tests.casework import make_opinions as made
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def figures():
    made.ready()


def cases(number, body=None, **fields):
    body = body or make.organization()
    people = [make.appointment(body=body).mediator]
    return [
        make_cases.case("succeeded", body=body, mediators=people, **fields)
        for _one in range(number)
    ]


def drawn(sample):
    return list(sample.items.values_list("case_id", flat=True))


def test_the_same_seed_draws_the_same_and_another_seed_others():
    cases(30)
    first, again = made.sample(number=5), made.sample(number=5)
    other = made.sample(number=5, seed="白塔湖")

    assert drawn(first) == drawn(again)
    assert drawn(first) != drawn(other)
    assert first.digest == again.digest == other.digest
    assert len(set(drawn(first))) == 5


def test_without_a_seed_one_is_made_by_chance():
    cases(1)
    assert made.sample(seed="").seed != made.sample(seed="").seed


def test_what_happens_to_the_cases_later_changes_no_proof():
    rows = cases(10)
    sample = made.sample(number=4)
    CaseRecord.objects.filter(pk__in=[row.pk for row in rows[:5]]).update(state="void")
    cases(3)

    assert faults_of(sample) == []
    assert "all the same" in verified()


def verified(*numbers):
    out = StringIO()
    call_command("verify_samples", *numbers, stdout=out)
    return out.getvalue()


def test_a_case_put_in_the_place_of_another_is_found():
    rows = cases(6)
    sample = made.sample(number=2)
    item = sample.items.first()
    left_out = next(row for row in rows if row.pk not in drawn(sample))
    SampledCase.objects.filter(pk=item.pk).update(case=left_out)

    assert faults_of(sample) == ["The seed draws other cases than those that are kept."]
    with pytest.raises(CommandError, match="1 of 1"):
        verified(sample.pk)


def test_a_case_taken_off_the_list_is_found():
    cases(6)
    sample = made.sample(number=2)
    lines = sample.population.lines.split("\n")
    SamplePopulation.objects.update(lines="\n".join(lines[:-1]))
    sample.refresh_from_db()

    assert faults_of(sample)[0].startswith("The list of cases")


def test_only_cases_closed_there_and_then_are_drawn_and_a_dispute_once():
    [kept] = cases(1)
    make_cases.case("accepted")
    make_cases.case("void")
    make_cases.case("succeeded", body=make.organization(in_division=make.division("330682")))
    early = make_cases.case("failed", accepted_on=TODAY - 500 * DAY)
    assert early.closed_on < TODAY - 365 * DAY
    [twin] = cases(1)
    CaseRecord.objects.filter(pk=twin.pk).update(same_as=kept)

    assert drawn(made.sample(number=99)) == [kept.pk]


def test_both_ends_of_the_period_are_in_it():
    cases(1, accepted_on=TODAY - 30 * DAY)
    day = TODAY - 20 * DAY
    assert made.sample(number=9, from_on=day, last_on=day).count == 1
    for other in (day - DAY, day + DAY):
        with pytest.raises(Refused, match="No case was closed here"):
            made.sample(number=9, from_on=other, last_on=other)


def test_without_share_and_number_the_policy_rules():
    cases(11)
    visits, files = made.sample("visit"), made.sample("files")

    assert (visits.share, visits.size, visits.policy.key) == (20, 3, "visit_share")
    assert (files.share, files.size, files.policy.key) == (10, 2, "check_share")
    assert made.sample(share=50).size == 6
    number = made.sample(number=2)
    assert (number.share, number.policy, number.size) == (None, None, 2)


def test_stratified_draws_from_each_organisation_that_has_cases():
    large, small = make.organization(), make.organization()
    make.organization()
    cases(40, large)
    [lonely] = cases(1, small)
    plain = [made.sample(number=2, seed=f"s{n}") for n in range(4)]
    sample = made.sample(number=2, is_stratified=True)

    assert lonely.pk in drawn(sample)
    assert {item.case.organization for item in sample.items.all()} == {large, small}
    assert not all(lonely.pk in drawn(one) for one in plain)
    assert faults_of(sample) == []


def test_of_one_organisation_only_its_cases():
    large, small = make.organization(), make.organization()
    cases(4, large)
    [lonely] = cases(1, small)
    assert drawn(made.sample(number=9, organization=small)) == [lonely.pk]


def test_a_sample_of_files_opens_a_check_of_each_but_those_open_already():
    rows = cases(3)
    made.file_check(case=rows[0])
    sample = made.sample("files", number=3)

    assert FileCheck.objects.count() == 3
    assert FileCheck.objects.filter(sample=sample).count() == 2
    made.sample("visit", number=3)
    assert FileCheck.objects.count() == 3


def test_the_queue_holds_what_was_drawn_until_it_is_visited():
    first, second = cases(2)
    cases(1, make.organization(in_division=make.division("330682")))
    made.sample(number=9)

    def standings():
        return dict(VisitedCase.objects.with_standing().values_list("pk", "standing"))

    made.visit(first, outcome="not_reached")
    assert [standings()[row.pk] for row in (first, second)] == ["waiting", "waiting"]
    made.visit(first, outcome="declined")
    assert [standings()[row.pk] for row in (first, second)] == ["visited", "waiting"]
    made.sample(number=9, today=TODAY + DAY)
    assert [standings()[row.pk] for row in (first, second)] == ["waiting", "waiting"]
    assert set(standings().values()) == {"waiting", "unasked"}


def test_the_ledger_keeps_seed_digest_and_how_many():
    cases(5)
    sample = made.sample(number=2)
    entry = LedgerEntry.objects.of(sample).get()

    assert entry.act == "casework.sample.draw"
    assert (entry.after["seed"], entry.after["digest"]) == (sample.seed, sample.digest)
    assert (entry.after["count"], entry.after["drawn"]) == (5, 2)


def test_if_the_middle_fails_nothing_is_drawn(monkeypatch):
    cases(2)

    def fails(*args):
        raise RuntimeError

    monkeypatch.setattr("casework.actions.samples._open_checks", fails)
    with pytest.raises(RuntimeError):
        made.sample("files", number=1)
    assert not Sample.objects.exists()
    assert not LedgerEntry.objects.filter(act="casework.sample.draw").exists()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"kind": "lunch"}, "casesample_kind_is_known"),
        ({"last_on": TODAY - 900 * DAY}, "casesample_ends_after_it_begins"),
        ({"share": 101}, "casesample_share_is_a_percentage"),
        ({"share": 0}, "casesample_share_is_a_percentage"),
        ({"size": 0}, "casesample_draws_something"),
        ({"count": 0}, "casesample_draws_something"),
        ({"seed": ""}, "casesample_has_a_seed"),
        ({"digest": ""}, "casesample_has_a_digest"),
    ],
)
def test_the_database_refuses_a_sample_that_cannot_be(values, name):
    cases(1)
    sample = made.sample()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Sample.objects.filter(pk=sample.pk).update(**values)


def test_a_case_is_drawn_once():
    cases(1)
    item = made.sample().items.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SampledCase.objects.bulk_create([SampledCase(sample=item.sample, case=item.case, place=2)])
