"""One act on a whole election year: exceptions are singled out and never written."""

import pytest

from grading.actions import renewals_at_once as at_once
from grading.models import Renewal
from grading.queries.renewals import complained_of
from office.flow import Refused
from office.models import LedgerEntry
from registry.actions.appointments import longest_term
from registry.actions.renewing import NewTerm, longest_terms, renew_appointments
from registry.models import Appointment, EndedBy, MediatorRow, Policy
from registry.rules import months_later
from tests import make
from tests.complaints.make_complaints import complaint, figures
from tests.grading import make_renewals
from tests.grading.make_renewals import ENDS_ON, UNIT, note
from tests.make import DAY, TODAY
from tests.registry import cases

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DECISION = {"unit_document": "换届选举结果", "unit_decided_on": TODAY}
TOLD = {"told_on": TODAY, "reply_until": TODAY + 5 * DAY}


@pytest.fixture(autouse=True)
def _rules(db):
    cases.load_rules()
    figures()


@pytest.fixture
def version(db):
    return make_renewals.rule()


def packed(version, **fields):
    return make_renewals.renewal("packed", version=version, **fields)


def pks(*made):
    return [case.pk for case in made]


def names(found):
    return {case.pk: names for case, names in found.exceptions}


def test_a_year_goes_from_the_evidence_to_the_new_terms(version):
    made = [make_renewals.renewal(version=version) for _n in range(3)]
    every, officer = pks(*made), cases.county_officer()

    assert at_once.take_packs(every, **note(officer)) == 3
    assert len(at_once.recommend_many(every, **note(officer)).fit) == 3
    assert len(at_once.decide_many(every, **DECISION, **note(officer)).fit) == 3
    assert len(at_once.tell_many(every, **TOLD, **note(officer)).fit) == 3
    assert len(at_once.carry_out_many(every, **note(officer)).fit) == 3

    for case in map(make_renewals.now, made):
        old, new = make_renewals.standing(case.appointment), case.new_appointment
        assert (case.state, case.choice, case.unit) == ("ended", "renew", UNIT)
        assert (old.ended_by, old.until_on, new.from_on) == (EndedBy.RENEWED, ENDS_ON, ENDS_ON)
        assert (new.term_until_on, new.renewal_of) == (months_later(ENDS_ON, 36), old)
        assert MediatorRow.objects.filter(mediator=old.mediator_id).count() == 1
        acts = LedgerEntry.objects.of(case).order_by("sequence").values_list("act", flat=True)
        assert [act.rpartition(".")[2] for act in acts] == [
            "take_pack", "recommend", "decide", "tell", "carry_out",
        ]  # fmt: skip
        entry = LedgerEntry.objects.of(old).get(act="registry.appointment.renew")
        assert [one["sheet"] for one in entry.evidence] == [
            one["sheet"] for one in case.pack["reviews"]
        ]


def test_exceptions_are_left_out_and_said(version):
    plain = packed(version)
    unclear = packed(version, bands=())
    against = packed(version, bands=("不称职", "不称职"))
    flagged, complained, suspended, nameless = (packed(version) for _n in range(4))
    Renewal.objects.filter(pk=flagged.pk).update(flagged_on=TODAY)
    complaint("accepted", mediator=complained.appointment.mediator)
    Appointment.objects.filter(pk=suspended.appointment_id).update(state="suspended")
    Appointment.objects.filter(pk=nameless.appointment_id).update(unit="诸暨市司法局")
    fresh = make_renewals.renewal(version=version)
    every = pks(plain, unclear, against, flagged, complained, suspended, nameless, fresh)

    found = at_once.recommend_many(every, **note())

    assert [case.pk for case in found.fit] == [plain.pk]
    assert names(found) == {
        unclear.pk: ["unclear", "no_reviews"],
        against.pk: ["against"],
        flagged.pk: ["flagged"],
        complained.pk: ["complaint"],
        suspended.pk: ["suspended"],
        nameless.pk: ["no_unit"],
        fresh.pk: ["no_pack", "unclear", "no_reviews"],
    }
    states = dict(Renewal.objects.values_list("pk", "state"))
    assert {pk for pk, state in states.items() if state == "recommended"} == {plain.pk}


def test_what_an_officer_advises_otherwise_is_not_decided_with_the_others(version):
    plain = make_renewals.renewal("recommended", version=version)
    other = make_renewals.renewal("recommended", version=version, choice="not_renew")
    found = at_once.decide_many(pks(plain, other), **DECISION, **note())
    assert ([case.pk for case in found.fit], names(found)) == ([plain.pk], {other.pk: ["advised"]})


def test_what_was_decided_otherwise_or_questioned_is_not_carried_out(version):
    refused = make_renewals.renewal("told", version=version, choice="not_renew")
    plain = make_renewals.renewal("told", version=version)
    waiting = make_renewals.renewal("in_review", version=version)
    found = at_once.carry_out_many(pks(refused, plain, waiting), **note())
    assert [case.pk for case in found.fit] == [plain.pk]
    assert names(found) == {refused.pk: ["advised", "decided"]}
    assert [case.pk for case in found.elsewhere] == [waiting.pk]
    assert make_renewals.standing(refused.appointment).state == "in_post"


def test_one_refusal_of_the_register_writes_nothing_for_anybody(version, monkeypatch):
    made = [make_renewals.renewal("told", version=version) for _n in range(2)]
    Renewal.objects.filter(pk=made[1].pk).update(new_term_until_on=months_later(ENDS_ON, 37))
    given = note()
    entries = LedgerEntry.objects.count()
    with pytest.raises(Refused, match="at the latest"):
        at_once.carry_out_many(pks(*made), **given)
    assert {case.state for case in Renewal.objects.all()} == {"told"}
    assert (Appointment.objects.count(), LedgerEntry.objects.count()) == (2, entries)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"unit_document": " "}, "Say by which document."),
        ({"unit_decided_on": TODAY + DAY}, "This day lies in the future."),
        ({"unit_decided_on": make_renewals.FROM_ON - DAY}, "On this day the term had not begun."),
    ],
)
def test_a_decision_for_all_has_a_document_and_a_day(version, changes, sentence):
    case = make_renewals.renewal("recommended", version=version)
    with pytest.raises(Refused, match=sentence):
        at_once.decide_many([case.pk], **{**DECISION, **changes}, **note())
    assert make_renewals.now(case).state == "recommended"


def test_many_ask_no_more_questions_than_a_few(version, django_assert_max_num_queries):
    officer = cases.county_officer()

    def a_year(count):
        every = pks(*(make_renewals.renewal("told", version=version) for _n in range(count)))
        with django_assert_max_num_queries(200) as captured:
            at_once.carry_out_many(every, **note(officer))
        return len(captured)

    assert a_year(2) >= a_year(6)


# --- The register -------------------------------------------------------------------------------


def test_the_longest_terms_are_those_found_one_by_one():
    make.policies()
    place = make.division("330681003")
    make.saved(
        Policy(
            key="term_years", amount=2, unit="years", standing="practice", division=place,
            source="办法", from_on=TODAY - 900 * DAY,
        )
    )  # fmt: skip
    posts = [
        make_renewals.post(),
        make_renewals.post(body=make.organization(in_division=place)),
        make_renewals.post(body=make.organization(kind="industry")),
    ]
    assert longest_terms(posts) == {
        post.pk: longest_term(post, post.term_until_on) for post in posts
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"term_until_on": TODAY + 91 * DAY}, "too early"),
        ({"term_until_on": None}, "not on record"),
        ({"state": "suspended"}, "not possible in the state"),
    ],
)
def test_the_register_has_the_same_guards_for_many(changes, sentence):
    held = make_renewals.post(**changes)
    term = NewTerm(TODAY, months_later(TODAY, 12), [{"sheet": 1}])
    with pytest.raises(Refused, match=sentence):
        renew_appointments({held.pk: term}, **note())
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("term", "sentence"),
    [
        (NewTerm(TODAY, months_later(ENDS_ON, 36)), "No review of the term"),
        (NewTerm(TODAY + DAY, months_later(ENDS_ON, 36), [{}]), "lies in the future"),
        (NewTerm(TODAY, months_later(ENDS_ON, 36) + DAY, [{}]), "at the latest"),
        (NewTerm(TODAY, ENDS_ON, [{}]), "would be over by now"),
    ],
)
def test_a_new_term_of_many_is_reviewed_decided_and_not_too_long(term, sentence):
    held = make_renewals.post()
    with pytest.raises(Refused, match=sentence):
        renew_appointments({held.pk: term}, **note())
    assert Appointment.objects.get().state == "in_post"


def test_only_complaints_that_are_not_ended_single_somebody_out():
    one, other = make_renewals.post(), make_renewals.post()
    complaint("accepted", mediator=one.mediator)
    complaint("rejected", mediator=other.mediator)
    people = [one.mediator_id, other.mediator_id]
    assert complained_of(people, TODAY) == {one.mediator_id}
