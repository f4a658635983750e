"""Filings: every step in every state, every guard at its boundary, and what a decision does."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation

from office import documents, ledger
from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import filing_steps, filings
from registry.actions.numbers import next_number
from registry.flows import FILING, ORGANIZATION, FilingState, OrganizationState
from registry.models import (
    Appointment,
    CommitteeTerm,
    CourtNotice,
    Filing,
    Mediator,
    MediatorRow,
    Organization,
    OrganizationRow,
)
from registry.rules import composition_faults, name_faults, stem_of_place, years_later
from tests import make
from tests.make import BORN_ON, DAY, TODAY

pytestmark = pytest.mark.django_db
F, O = FilingState, OrganizationState  # noqa: E741
REASON = "Minutes of 18 November 2026."
TAKE = {
    **filing_steps.HAND_IN,
    "pass_on": filing_steps.pass_on_filing,
    "send_back": filing_steps.send_back_filing,
    "file": filing_steps.file_filing,
    "refuse": filing_steps.refuse_filing,
    "withdraw": filing_steps.withdraw_filing,
}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
NO_MINORITY = "There is no member of an ethnic minority."
NOT_THE_SAME = "Whoever prepared or passed on a filing does not decide on it."


@pytest.fixture(autouse=True)
def _in_english(_in_the_language_of_the_site):
    translation.activate("en")


def with_minutes(filing):
    upload = SimpleUploadedFile("minutes.pdf", PDF)
    documents.attach(filing, upload=upload, kind="minutes", by=make.user(), today=TODAY)
    return filing


def set_up(state="draft", *, kind="village", count=3, place="330681", **given):
    """The filing of a committee that may be set up: members, minutes, a name that fits."""
    states = {**make.SET_UP_STATES}
    body = make.organization(
        states[state], kind=kind, in_division=make.division(place), established_on=TODAY - 5 * DAY
    )  # fmt: skip
    make.members(body, count, state="candidate")
    return with_minutes(make.filing(state, kind="set_up", body=body, **given))


def take(name, filing, by=None):
    return TAKE[name](filing.pk, by=by or make.user(), today=TODAY, reason=REASON)


def refused(name, filing, by=None):
    with pytest.raises(Refused) as refusal:
        take(name, filing, by)
    return refusal.value.messages


# --- The table ----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", FilingState)
@pytest.mark.parametrize("name", FILING.steps)
@pytest.mark.parametrize("kind", ["village", "industry"])
def test_a_step_is_taken_in_its_states_and_on_its_route_only(kind, name, state):
    returned_from = "filing" if kind == "industry" else "first_review"
    given = {"returned_from": returned_from} if state == F.RETURNED else {}
    filing = set_up(state, kind=kind, **given)
    ways = {
        "village": {"submit_directly", "resubmit_directly"},
        "industry": {"submit", "resubmit"},
    }
    allowed = state in FILING.steps[name].sources and name not in ways[kind]
    before = filing.organization.state

    if allowed:
        take(name, filing)
    else:
        refused(name, filing)

    filing.refresh_from_db()
    body = Organization.objects.get(pk=filing.organization_id)
    assert filing.state == (FILING.steps[name].target if allowed else state)
    assert LedgerEntry.objects.of(filing).filter(act=f"registry.filing.{name}").count() == allowed
    if allowed and not (name == "withdraw" and state == F.DRAFT):
        moved = "list" if name == "file" else name
        assert body.state == ORGANIZATION.steps[moved].target
    else:
        assert body.state == before


@pytest.mark.parametrize(
    ("name", "state", "target"),
    [
        ("submit", "draft", O.CHANGE_PENDING),
        ("pass_on", "first_review", O.CHANGE_PENDING),
        ("send_back", "filing", O.CHANGE_PENDING),
        ("resubmit", "returned", O.CHANGE_PENDING),
        ("file", "filing", O.LISTED),
        ("refuse", "filing", O.LISTED),
        ("withdraw", "returned", O.LISTED),
        ("withdraw", "draft", O.LISTED),
    ],
)
def test_a_change_moves_its_organization_along(name, state, target):
    filing = make.filing(state)

    take(name, filing)

    assert Organization.objects.get(pk=filing.organization_id).state == target


def test_what_the_bureau_returned_goes_back_to_the_bureau():
    filing = set_up("returned", returned_from="filing")

    assert refused("resubmit", filing) == [
        "The county bureau returned it, so it goes back there.",
        "It was returned by the county bureau and goes back there.",
    ]
    take("resubmit_directly", filing)

    filing.refresh_from_db()
    assert (filing.state, filing.reasons) == ("filing", "")
    assert Organization.objects.get(pk=filing.organization_id).state == "filing"


# --- Guards -------------------------------------------------------------------------------------


def test_all_reasons_are_given_at_once():
    place = make.division("330681109003", name="枫源村村委会")
    body = make.organization(
        O.DRAFT, in_division=place, name="杜黄村调委会", established_on=TODAY + DAY,
        needs_minority_member=True,
    )  # fmt: skip
    make.appointment(
        make.mediator(sex="male", born_on=BORN_ON), body, post="member", state="candidate"
    )
    filing = make.filing("draft", kind="set_up", body=body, event_on=TODAY + DAY)

    assert refused("submit", filing) == [
        "The minutes of the election or appointment are missing among the documents.",
        "The date of establishment lies in the future.",
        "The name of a committee ends with “人民调解委员会”.",
        "The name of the place, “枫源村”, is missing in the name.",
        "A committee has three to nine members; this one has 1.",
        "A committee has one director; this one has 0.",
        "There is no woman among the members.",
        "There is no member of an ethnic minority.",
    ]
    assert LedgerEntry.objects.of(filing).count() == 0


@pytest.mark.parametrize(
    ("count", "passes"), [(2, False), (3, True), (9, True), (10, False)]
)  # fmt: skip
def test_a_committee_has_three_to_nine_members(count, passes):
    filing = set_up(count=count)

    assert (FILING.refusals(filing, "submit", TODAY) == []) is passes


class Member:
    def __init__(self, post="member", sex="male", ethnicity="汉族"):
        self.post, self.mediator = post, self
        self.sex, self.ethnicity = sex, ethnicity


DIRECTOR, WOMAN, MAN = Member("director"), Member(sex="female"), Member()


@pytest.mark.parametrize(
    ("members", "minority", "said"),
    [
        ([DIRECTOR, WOMAN, MAN], False, []),
        ([DIRECTOR, DIRECTOR, WOMAN], False, ["A committee has one director; this one has 2."]),
        ([DIRECTOR, MAN, MAN], False, ["There is no woman among the members."]),
        ([DIRECTOR, WOMAN, MAN], True, [NO_MINORITY]),
        ([DIRECTOR, WOMAN, Member(ethnicity="")], True, [NO_MINORITY]),
        ([DIRECTOR, WOMAN, Member(ethnicity="畲族")], True, []),
    ],
)  # fmt: skip
def test_article_eight(members, minority, said):
    assert composition_faults(members, needs_minority_member=minority) == said


@pytest.mark.parametrize(
    ("name", "kind", "faults"),
    [
        ("枫桥镇枫源村人民调解委员会", "village", 0),
        ("枫桥镇人民调解委员会", "village", 1),
        ("诸暨市医疗纠纷人民调解委员会", "industry", 0),
        ("诸暨市医疗纠纷调解中心", "industry", 1),
        ("枫桥大妈人民调解工作室", "studio", 0),
        ("枫桥大妈工作室", "studio", 1),
        ("诸暨市人民调解委员会驻人民法院工作室", "stationed", 0),
        ("驻人民法院工作室", "stationed", 1),
        ("枫桥镇第1人民调解小组", "group", 0),
        ("枫桥镇第1小组", "group", 1),
        ("绍兴市商事调解中心", "commercial", 0),
    ],
)
def test_a_name_fits_the_pattern_of_its_kind(name, kind, faults):
    assert len(name_faults(name, kind, place="枫源村村委会", place_level="village")) == faults


def test_rules_of_no_committee_do_not_bind_a_studio():
    body = make.organization(
        O.DRAFT, kind="studio", name="枫桥大妈人民调解工作室", established_on=TODAY
    )  # fmt: skip
    filing = with_minutes(make.filing("draft", kind="set_up", body=body))

    assert FILING.refusals(filing, "submit", TODAY) == []


@pytest.mark.parametrize(("event_on", "passes"), [(TODAY, True), (TODAY + DAY, False)])
def test_an_event_has_happened(event_on, passes):
    filing = make.filing("draft", event_on=event_on)

    said = FILING.refusals(filing, "submit", TODAY)

    assert said == ([] if passes else ["The day of the event lies in the future."])


def test_a_change_changes_something_and_may_be():
    other = make.organization(name="第一村人民调解委员会")
    nothing = make.filing("draft", proposed={})
    taken = make.filing("draft", proposed={"name": other.name})
    unfit = make.filing("draft", proposed={"name": "第二村调委会"})

    assert FILING.refusals(nothing, "submit", TODAY) == [
        "Nothing is to be changed: no new value differs from the old one."
    ]
    assert FILING.refusals(taken, "submit", TODAY) == [
        "An organisation of this name is already in the register of this division."
    ]
    assert FILING.refusals(unfit, "submit", TODAY) == [
        "The name of a committee ends with “人民调解委员会”."
    ]


def test_a_re_election_makes_up_a_committee_again():
    filing = with_minutes(make.filing("draft", kind="re_election"))
    members = make.members(filing.organization)
    assert FILING.refusals(filing, "submit", TODAY) == []

    filing.leaving = [members[1].pk]

    assert FILING.refusals(filing, "submit", TODAY) == [
        "A committee has three to nine members; this one has 2."
    ]


@pytest.mark.parametrize(
    ("number", "from_on", "said"),
    [
        (3, TODAY, []),
        (2, TODAY, ["There is a term of this number already, or a later one."]),
        (3, date(2023, 11, 1), ["The new term must begin after the one that runs."]),
    ],
)
def test_a_term_follows_the_one_before_it(number, from_on, said):
    filing = with_minutes(
        make.filing(
            "draft", kind="re_election", term_number=number, term_from_on=from_on,
            event_on=date(2023, 10, 1),
        )
    )  # fmt: skip
    make.members(filing.organization)
    term(filing.organization)

    assert FILING.refusals(filing, "submit", TODAY) == said


def term(body, number=2, from_on=date(2023, 11, 1), **given):
    policy = make.Policy.objects.get(key="term_years")
    until_on = years_later(from_on, 3)
    return make.saved(
        CommitteeTerm(
            organization=body, number=number, elected_on=from_on, from_on=from_on,
            until_on=until_on, policy=policy, **given,
        )
    )  # fmt: skip


# --- Drawing up ---------------------------------------------------------------------------------


def drawn_up(**given):
    make.policies()
    return filings.open_set_up(
        by=make.user(), today=TODAY, event_on=TODAY - 5 * DAY, kind="industry",
        name="诸暨市医疗纠纷人民调解委员会", division=make.division(), **given,
    )  # fmt: skip


def test_a_set_up_is_drawn_up_with_its_organization_and_pinned_policy():
    filing = drawn_up(note="Decided.")

    body = filing.organization
    assert (filing.state, filing.kind, filing.policy.key) == ("draft", "set_up", "filing_limit")
    assert (body.state, body.established_on) == ("draft", TODAY - 5 * DAY)
    assert LedgerEntry.objects.of(filing).get().act == "registry.filing.add"


def test_a_policy_set_later_does_not_touch_an_open_filing():
    filing = drawn_up()
    make.actions.set_policy(
        by=make.user(), today=TODAY, reason=REASON, key="filing_limit",
        division=make.division(), from_on=TODAY, amount=5, unit="working", standing="setting",
        source="",
    )  # fmt: skip

    filing.refresh_from_db()
    assert (filing.policy.amount, filing.policy.unit) == (30, "working")


def opened(body, kind="change"):
    return filings.open_filing(
        by=make.user(), today=TODAY, kind=kind, organization=body, event_on=TODAY
    )  # fmt: skip


def test_one_filing_of_an_organization_is_open():
    filing = make.filing("draft")

    with pytest.raises(ValidationError) as refusal:
        opened(filing.organization)

    assert refusal.value.messages == ["A filing of this organisation is open already."]


@pytest.mark.parametrize("state", OrganizationState)
def test_a_change_is_drawn_up_for_what_is_listed_only(state):
    make.policies()
    body = make.organization(state)

    if state == O.LISTED:
        assert opened(body).state == "draft"
    else:
        with pytest.raises(Refused):
            opened(body)


def test_members_are_named_and_taken_off():
    filing = drawn_up()
    person = make.mediator()
    by = make.user()

    candidate = filings.propose_member(
        filing.pk, by=by, today=TODAY, mediator=person, post="director", employment="part_time"
    )
    assert (candidate.state, candidate.from_on) == ("candidate", TODAY - 5 * DAY)
    filings.drop_member(filing.pk, by=by, today=TODAY, appointment=candidate.pk)

    assert Appointment.objects.count() == 0
    acts = LedgerEntry.objects.of(filing).values_list("act", flat=True)
    assert set(acts) == {
        "registry.filing.add", "registry.filing.name_member", "registry.filing.drop_member",
    }  # fmt: skip


def test_somebody_new_is_entered_and_somebody_known_by_the_number_is_found():
    filing = drawn_up()
    number = "330681197001011216"
    known = make.mediator(name="陈建国", id_number=number)
    given = {"by": make.user(), "today": TODAY, "post": "member", "employment": "part_time"}

    found = filings.propose_new_member(filing.pk, name="陈建国", id_number=number, **given)
    new = filings.propose_new_member(filing.pk, name="王芳", sex="female", **given)
    with pytest.raises(Refused) as refusal:
        filings.propose_new_member(filing.pk, name="陈国建", id_number=number, **given)

    assert found.mediator == known
    assert Mediator.objects.get(name="王芳") == new.mediator
    assert refusal.value.messages == ["This ID number belongs to somebody of another name."]


@pytest.mark.parametrize("state", [s for s in FilingState if s not in FILING.editable])
def test_members_are_named_in_a_draft_only(state):
    filing = make.filing(state, kind="set_up")

    with pytest.raises(Refused):
        filings.propose_member(
            filing.pk, by=make.user(), today=TODAY, mediator=make.mediator(), post="member",
            employment="part_time",
        )  # fmt: skip


def test_only_what_differs_is_proposed():
    filing = make.filing("draft", proposed={})

    filings.propose(
        filing.pk, by=make.user(), today=TODAY, revision=0, phone="0575-9", address="",
    )  # fmt: skip

    filing.refresh_from_db()
    assert filing.proposed == {"phone": "0575-9"}
    assert filing.differences() == [("Public phone", "", "0575-9")]


# --- Decisions ----------------------------------------------------------------------------------


def test_listing_gives_number_term_posts_and_a_letter_to_the_court():
    filing = set_up("filing")

    take("file", filing)

    body = Organization.objects.get(pk=filing.organization_id)
    posts = Appointment.objects.filter(organization=body)
    begun = CommitteeTerm.objects.get(organization=body)
    assert (body.state, body.number) == ("listed", "33068120260001")
    assert (body.filed_on, body.confirmed_on) == (TODAY, TODAY)
    assert {(p.state, p.term_until_on) for p in posts} == {("in_post", begun.until_on)}
    assert (begun.number, begun.from_on) == (1, TODAY - 5 * DAY)
    assert begun.until_on == years_later(begun.from_on, 3)
    notice = CourtNotice.objects.get(organization=body)
    assert (notice.subject, notice.filing, notice.sent_on) == ("listing", filing, None)
    assert notice.number == "调解备函〔2026〕1号"
    assert OrganizationRow.objects.filter(organization=body).count() == 1
    assert MediatorRow.objects.count() == 3
    assert ledger.faults() == []


def test_a_filed_change_gives_the_new_data_and_keeps_the_old():
    body = make.organization(O.CHANGE_PENDING, phone="0575-1", needs_minority_member=False)
    field = make.speciality()
    filing = make.filing(
        "filing", body=body,
        proposed={"phone": "0575-2", "needs_minority_member": True, "field": field.pk},
    )  # fmt: skip
    assert OrganizationRow.objects.count() == 0

    take("file", filing)

    body.refresh_from_db()
    filing.refresh_from_db()
    assert (body.phone, body.field, body.needs_minority_member) == ("0575-2", field, True)
    assert filing.differences() == [
        ("Field", "", str(field)),
        ("Public phone", "0575-1", "0575-2"),
        ("Needs a minority member", "No", "Yes"),
    ]
    notice = CourtNotice.objects.get(filing=filing)
    assert notice.content["differences"][1] == ["对外电话", "0575-1", "0575-2"]


def test_the_old_data_stays_public_until_a_change_is_filed():
    filing = make.filing("draft", body=make.organization(phone="0575-1"))

    take("submit", filing)

    row = OrganizationRow.objects.get(organization=filing.organization_id)
    assert (row.state, row.phone) == ("change_pending", "0575-1")


def test_a_filed_re_election_opens_a_term_and_closes_the_one_before():
    filing = with_minutes(
        make.filing("filing", kind="re_election", term_number=3, term_from_on=TODAY)
    )
    body = filing.organization
    old = term(body)
    director, leaver, stayer = make.members(body)
    candidate = make.appointment(
        make.mediator(born_on=BORN_ON), body, post="member", state="candidate", from_on=TODAY
    )
    stray = make.appointment(body=body, post="member", state="candidate", from_on=TODAY)
    filing.leaving, filing.named = [leaver.pk], [candidate.pk]
    filing.save()

    take("file", filing)

    old.refresh_from_db()
    new = CommitteeTerm.objects.get(filing=filing)
    found = dict(Appointment.objects.values_list("pk", "state"))
    assert (old.closed_on, new.number, new.until_on) == (TODAY, 3, years_later(TODAY, 3))
    assert found == {
        director.pk: "in_post", leaver.pk: "ended", stayer.pk: "in_post",
        candidate.pk: "in_post", stray.pk: "candidate",
    }  # fmt: skip
    assert Appointment.objects.get(pk=leaver.pk).until_on == TODAY
    assert Appointment.objects.get(pk=stayer.pk).term_until_on == new.until_on
    names = [name for _post, name in CourtNotice.objects.get(filing=filing).content["members"]]
    assert len(names) == 3
    assert leaver.mediator.name not in names


def test_a_withdrawn_re_election_leaves_the_committee_as_it_was():
    filing = make.filing("filing", kind="re_election")
    members = make.members(filing.organization)
    named = make.appointment(body=filing.organization, post="member", state="candidate")
    filing.named = [named.pk]
    filing.save()

    take("withdraw", filing)

    assert set(Appointment.objects.values_list("pk", "state")) == {
        (member.pk, "in_post") for member in members
    }
    assert CommitteeTerm.objects.count() == 0


def test_a_refused_set_up_is_filed_again():
    filing = set_up("filing")
    take("refuse", filing)

    again = filings.file_again(filing.pk, by=make.user(), today=TODAY, reason=REASON)

    assert (again.state, again.organization.state) == ("draft", "draft")
    assert Filing.objects.get(pk=filing.pk).reasons == REASON


@pytest.mark.parametrize("name", ["file", "refuse"])
@pytest.mark.parametrize("part", ["opened_by", "submitted_by", "passed_on_by", "ledger"])
def test_whoever_prepared_it_does_not_decide(name, part):
    officer = make.user()
    given = {} if part == "ledger" else {part: officer}
    filing = set_up("filing", **given)
    if part in {"ledger"}:
        ledger.append("registry.filing.attach", filing, by=officer)

    if part == "ledger":
        assert refused(name, filing, officer) == [NOT_THE_SAME]
    else:
        with pytest.raises(ValidationError):
            take(name, filing, officer)

    filing.refresh_from_db()
    assert filing.state == "filing"
    assert filing.organization.state == "filing"


def test_whoever_returned_it_may_decide_later():
    officer = make.user()
    filing = set_up("filing")
    take("send_back", filing, officer)
    take("resubmit_directly", filing)

    take("file", filing, officer)

    assert Organization.objects.get(pk=filing.organization_id).state == "listed"


def test_a_listing_that_fails_in_the_middle_leaves_nothing():
    filing = set_up("filing")
    busy = Appointment.objects.filter(organization=filing.organization).last()
    busy.employment = "full_time"
    busy.save()
    Appointment.objects.filter(pk=busy.pk).update(from_on=TODAY, term_until_on=TODAY + DAY)
    before = LedgerEntry.objects.count()
    # The first term would end before this post begins, so the last entry cannot be written.
    Appointment.objects.filter(pk=busy.pk).update(
        from_on=TODAY + 4000 * DAY, term_until_on=TODAY + 4001 * DAY
    )

    with pytest.raises(ValidationError):
        take("file", filing)

    filing.refresh_from_db()
    body = Organization.objects.get(pk=filing.organization_id)
    assert (filing.state, body.state, body.number) == ("filing", "filing", None)
    assert CommitteeTerm.objects.count() == CourtNotice.objects.count() == 0
    assert set(Appointment.objects.values_list("state", flat=True)) == {"candidate"}
    assert LedgerEntry.objects.count() == before


def test_the_papers_are_noted_as_evidence():
    filing = set_up()

    take("submit", filing)

    [paper] = documents.documents_of(filing)
    entry = LedgerEntry.objects.of(filing).get(act="registry.filing.submit")
    assert entry.evidence == [{"name": "minutes.pdf", "sha256": paper.digest}]


# --- Numbers and rules --------------------------------------------------------------------------


def test_numbers_follow_one_another_in_county_and_year_and_pass_over_those_taken():
    make.organization(number="33068120260002")

    numbers = [next_number(330681109000, today=TODAY) for _time in range(2)]

    assert numbers == ["33068120260001", "33068120260003"]
    assert next_number(330682000000, today=TODAY) == "33068220260001"
    assert next_number(330681109000, today=date(2027, 1, 1)) == "33068120270001"


@pytest.mark.parametrize(
    ("day", "later"),
    [(date(2024, 2, 29), date(2027, 2, 28)), (date(2026, 11, 23), date(2029, 11, 23))],
)
def test_years_later(day, later):
    assert years_later(day, 3) == later


@pytest.mark.parametrize(
    ("name", "stem"),
    [("枫源村村委会", "枫源村"), ("和平社区居委会", "和平社区"), ("枫桥镇", "枫桥镇")],
)
def test_the_stem_of_a_place(name, stem):
    assert stem_of_place(name) == stem


# --- The database -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"state": "unknown"},
        {"kind": "unknown"},
        {"submitted_on": None},
        {"decided_on": TODAY},
        {"state": "filed", "decided_on": None},
        {"state": "filed", "decided_on": TODAY, "decided_by": None},
        {"state": "refused", "decided_on": TODAY, "opened_by": None},
        {"state": "returned", "returned_from": "", "reasons": "R."},
        {"state": "returned", "returned_from": "filing", "reasons": ""},
        {"kind": "re_election"},
        {"term_number": 1},
    ],
)
def test_the_database_refuses_what_no_filing_is(values):
    filing = make.filing("filing")
    if values.get("state") in {"filed", "refused"}:
        values = {"decided_by": make.user(), **values}

    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.filter(pk=filing.pk).update(**values)


@pytest.mark.parametrize("part", ["opened_by", "submitted_by", "passed_on_by"])
def test_the_database_refuses_a_decision_of_one_person(part):
    filing, officer = make.filing("filing"), make.user()

    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.filter(pk=filing.pk).update(
            state="filed", decided_on=TODAY, decided_by=officer, **{part: officer}
        )


def test_the_database_refuses_a_second_open_filing():
    filing = make.filing("filing")
    filing.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.bulk_create([filing])


@pytest.mark.parametrize(
    "values",
    [{"until_on": date(2023, 11, 1)}, {"closed_on": date(2023, 11, 1)}, {"number": 0},
     {"elected_on": date(2023, 11, 2)}],
)  # fmt: skip
def test_the_database_refuses_what_no_term_is(values):
    make.policies()
    row = term(make.organization())

    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeTerm.objects.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(("until_on", "expired"), [(TODAY, True), (TODAY + DAY, False)])
def test_a_term_that_ran_out_is_flagged_and_stays_open(until_on, expired):
    make.policies()
    row = term(make.organization())
    CommitteeTerm.objects.filter(pk=row.pk).update(until_on=until_on)
    row.refresh_from_db()

    assert row.is_expired(TODAY) is expired
    assert list(CommitteeTerm.objects.expired(TODAY)) == ([row] if expired else [])
    assert row.closed_on is None
