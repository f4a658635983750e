"""Reappointments: opened in time, recommended by rule, decided by the unit, carried out."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from grading.actions import renewal_cases, renewals
from grading.flows import RENEWAL
from grading.models import Renewal
from grading.reports.renewals import said_reasons
from grading.rules.evidence import digest_of
from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import departures
from registry.models import Appointment, Discipline, EndedBy
from registry.questions import may_erase
from registry.rules import months_later
from tests import make
from tests.grading import make_cycles, make_renewals
from tests.grading.make_renewals import ENDS_ON, UNIT, note
from tests.make import DAY, TODAY
from tests.registry import cases
from training.models import HourEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DECISION = {
    "choice": "renew", "unit": UNIT, "unit_document": "决议1号", "unit_decided_on": TODAY,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _rules(db):
    cases.load_rules()


def said(refused):
    found = refused.value
    return sorted(str(one) for one in found.messages)


def refusal(act, *args, **given):
    with pytest.raises(Refused) as refused:
        act(*args, **given)
    return said(refused)


# --- Opened in time -----------------------------------------------------------------------------


def test_cases_are_opened_for_all_whose_term_ends_within_the_lead_time():
    at_the_limit = make_renewals.post(term_until_on=TODAY + 90 * DAY)
    over = make_renewals.post(term_until_on=TODAY - 3 * DAY)
    suspended = make_renewals.post(state="suspended")
    make_renewals.post(term_until_on=TODAY + 91 * DAY)
    make_renewals.post(term_until_on=None)
    make_renewals.post(**make.left(TODAY - DAY))
    elsewhere = make_renewals.post(body=make.organization(in_division=make.division("330682")))

    county = make.division("330681")
    opened = renewals.open_renewals(division=county, **note())

    assert opened == 3
    found = {case.appointment: case.term_until_on for case in Renewal.objects.all()}
    assert found == {row: row.term_until_on for row in (at_the_limit, over, suspended)}
    assert renewals.open_renewals(division=county, **note()) == 0
    assert renewals.open_renewals(division=None, by=None, today=TODAY, reason="Nightly.") == 1
    assert Renewal.objects.get(appointment=elsewhere).state == "open"


def test_opening_asks_no_more_questions_of_many(django_assert_max_num_queries):
    officer = cases.county_officer()
    counted = []
    for number in (1, 6):
        for _n in range(number):
            make_renewals.post()
        with django_assert_max_num_queries(30) as captured:
            assert renewals.open_renewals(division=None, **note(officer)) == number
        counted.append(len(captured))
    assert counted[0] >= counted[1]


def test_the_opening_is_in_the_ledger_where_the_post_lies():
    held = make_renewals.post()
    renewals.open_renewals(division=None, **note())
    entry = LedgerEntry.objects.of(Renewal.objects.get()).get()
    assert (entry.act, entry.area) == ("grading.renewal.open", held.organization.division_id)


def test_a_post_has_one_case_under_way():
    case = make_renewals.renewal()
    with pytest.raises(IntegrityError), transaction.atomic():
        Renewal.objects.create(appointment=case.appointment, term_until_on=ENDS_ON, opened_on=TODAY)


# --- The evidence and the recommendation --------------------------------------------------------


def test_the_evidence_is_that_of_the_term_and_of_this_person():
    version = make_renewals.rule()
    held = make_renewals.post()
    other = make_renewals.post(body=held.organization)
    sheets = make_renewals.reviewed(held, "称职", "优秀", version=version)
    make_renewals.reviewed(other, "不称职", "不称职", version=version)
    before = make_renewals.reviewed(held, "不称职", version=version, years=(2022,))
    case = make_renewals.renewal("packed", held=held, version=version, bands=())

    pack = case.pack
    assert [
        (one["sheet"], one["period"], one["band"], one["score"]) for one in pack["reviews"]
    ] == [
        (sheets[0].pk, "2024年度考核", "称职", "91.00"),
        (sheets[1].pk, "2025年度考核", "优秀", "91.00"),
    ]
    assert before[0].pk not in {one["sheet"] for one in pack["reviews"]}
    assert pack["years"] == {"2024": "称职", "2025": "优秀"}
    assert (case.pack_digest, case.pack_on) == (digest_of(pack), TODAY)
    assert (case.recommended, case.version) == ("renew", version)


def year_from_october(begins, version, held, band):
    """A decided review of a year that begins in October, and the sheet of the holder of a post."""
    of = make_cycles.cycle(
        "decided", version=version, from_on=date(begins, 10, 1), until_on=date(begins + 1, 10, 1)
    )
    return make_cycles.sheet(
        "decided", of=of, mediator=held.mediator, body=held.organization, band=band
    )


@pytest.mark.parametrize(
    ("year_of", "years"),
    [
        ("end", {"2025": "称职", "2026": None}),
        ("start", {"2024": "称职", "2025": None}),
    ],
)
def test_years_of_the_term_are_called_as_the_rule_calls_them(year_of, years):
    cycle = {"length": "year", "first_month": 10, "year_of": year_of}
    version = make_renewals.rule(cycle=cycle)
    held = make_renewals.post()
    year_from_october(2024, version, held, "称职")
    case = make_renewals.renewal("packed", held=held, version=version, bands=())
    assert case.pack["years"] == years
    assert [one["year"] for one in case.pack["reviews"]] == [min(years)]
    assert (case.lacks_reviews, case.recommended) == (True, "unclear")
    year_from_october(2025, version, held, "优秀")
    renewals.take_pack(case.pk, **note())
    case.refresh_from_db()
    assert case.pack["years"] == {**years, max(years): "优秀"}
    assert (case.lacks_reviews, case.recommended) == (False, "renew")


def test_a_review_is_called_as_its_own_rule_calls_it_when_another_rules_now():
    old = make_renewals.rule(cycle={"length": "year", "first_month": 10, "year_of": "end"})
    held = make_renewals.post()
    year_from_october(2024, old, held, "称职")
    type(old).objects.filter(pk=old.pk).update(state="retired", effective_until=TODAY)
    version = make_renewals.rule()
    case = make_renewals.renewal("packed", held=held, version=version, bands=())
    assert case.pack["years"] == {"2024": None, "2025": "称职"}


def test_the_ledger_knows_the_digest_of_the_evidence_and_not_the_evidence():
    case = make_renewals.renewal("packed")
    entry = LedgerEntry.objects.of(case).get(act="grading.renewal.take_pack")
    assert entry.after["pack_digest"] == case.pack_digest
    assert not {"pack", "reasons"} & {*entry.after, *entry.before}


@pytest.mark.parametrize(
    ("bands", "recommended"),
    [
        (("称职", "优秀"), "renew"),
        (("不称职", "不称职"), "not_renew"),
        (("称职",), "unclear"),
        ((), "unclear"),
    ],
)
def test_the_rule_recommends_with_its_reasons(bands, recommended):
    case = make_renewals.renewal("packed", bands=bands)
    assert case.recommended == recommended
    assert case.reasons


def test_the_reasons_are_data_with_their_clause():
    case = make_renewals.renewal("packed", bands=("不称职", "不称职"))
    (reason,) = case.reasons
    assert (reason["clause"], reason["name"], reason["result"], reason["is_open"]) == (
        "第十二条", "reviews.bands.不称职", "pass", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("decided_on", "recommended"),
    [(make_renewals.FROM_ON - DAY, "unclear"), (make_renewals.FROM_ON, "not_renew")],
)
def test_what_happened_before_the_term_is_not_held_against_anybody(decided_on, recommended):
    flag = {"flag": "misconduct", "clause": "第十五条"}
    asked = {"cmp": ["hours.last_year", ">=", 4], "clause": "第十条"}
    rule = make_cycles.rule(renewal={"recommend": {"all": [asked]}, "against": {"any": [flag]}})
    held = make_renewals.post()
    make.saved(
        Discipline(
            appointment=held, kind="criticism", ground="leak", unit="调委会",
            decided_on=decided_on, text="批评",
        )
    )  # fmt: skip
    case = make_renewals.renewal("packed", held=held, version=make_cycles.version(content=rule))
    assert case.recommended == recommended
    assert len(case.pack["discipline"]) == (recommended == "not_renew")


def test_hours_of_the_last_complete_year_are_counted():
    asked = {"cmp": ["hours.last_year", ">=", 4], "clause": "第十条"}
    version = make_cycles.version(content=make_cycles.rule(renewal={"recommend": {"all": [asked]}}))
    held = make_renewals.post()
    for day, hours in ((date(2025, 6, 1), "4.0"), (date(2023, 1, 1), "9.0")):
        make.saved(
            HourEntry(
                mediator=held.mediator, kind="credited", hours=hours, content_class="law",
                done_on=day, entered_on=day, source_type="drawn", source_id=make.next_number(),
                source_title="课程",
            )
        )  # fmt: skip
    case = make_renewals.renewal("packed", held=held, version=version)
    assert (case.recommended, case.pack["hours"]) == ("renew", [{"year": "2025", "hours": "4.0"}])
    (line,) = said_reasons(case)[1]
    assert (line.clause, line.found, line.answer) == ("第十条", "4", "fulfilled")


def test_without_a_rule_in_force_nothing_is_recommended():
    held = make_renewals.post(body=make.organization(in_division=make.division("340101")))
    case = make_renewals.renewal("packed", held=held, bands=())
    assert (case.recommended, case.reasons, case.version) == (
        "unclear", [{"why": "no_rule"}], None,
    )  # fmt: skip


def test_without_evidence_nothing_is_recommended():
    case = make_renewals.renewal()
    found = refusal(renewals.recommend, case.pk, advice="renew", **note())
    assert found == ["The pack of evidence is not put together."]


def test_whoever_recommends_otherwise_than_the_rule_says_why():
    case = make_renewals.renewal("packed")
    give = {"advice": "not_renew", **note()}
    assert refusal(renewals.recommend, case.pk, note=" ", **give) == [
        "The rule says otherwise: say why."
    ]
    found = renewals.recommend(case.pk, note="群众意见较大。", **give)
    assert (found.state, found.recommended, found.advice) == ("recommended", "renew", "not_renew")


# --- The decision of the unit -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"unit": "诸暨市司法局"}, "A bureau of justice neither elects nor appoints: it recommends"
                              " and records."),
        ({"unit": "另一个村村民会议"}, f"On record is “{UNIT}”: only this unit decides on another"
                                  " term."),
        ({"unit": " "}, "Name the unit that elected or appointed the person."),
        ({"choice": "unclear"}, "Choose one."),
        ({"unit_document": ""}, "Say by which document."),
        ({"unit_decided_on": TODAY + DAY}, "This day lies in the future."),
        ({"unit_decided_on": make_renewals.FROM_ON - DAY}, "On this day the term had not begun."),
        ({"new_term_until_on": ENDS_ON}, "The new term ends after the old one, and ahead of"
                                         " today."),
    ],
)  # fmt: skip
def test_only_the_unit_that_elected_or_appointed_decides(changes, sentence):
    case = make_renewals.renewal("recommended")
    assert refusal(renewals.decide, case.pk, **{**DECISION, **changes}, **note()) == [sentence]
    assert make_renewals.now(case).state == "recommended"


def test_a_new_term_lasts_three_years_at_most():
    longest = months_later(ENDS_ON, 36)
    case = make_renewals.renewal("recommended")
    refusal(renewals.decide, case.pk, new_term_until_on=longest + DAY, **DECISION, **note())
    found = renewals.decide(case.pk, new_term_until_on=longest, **DECISION, **note())
    assert (found.new_term_until_on, found.decided_digest) == (longest, found.pack_digest)


def test_without_a_review_of_the_term_another_term_needs_the_reason():
    case = make_renewals.renewal("recommended", bands=())
    found = refusal(renewals.decide, case.pk, **DECISION, **note())
    assert found == ["No review of the term is on record: say why there is none."]
    renewals.decide(case.pk, no_reviews_because="首次建档。", **DECISION, **note())


# --- The person ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "passes"), [(5, True), (6, False)])
def test_a_reply_is_in_time_on_the_last_day(days, passes):
    case = make_renewals.renewal("told", choice="not_renew")
    assert (RENEWAL.refusals(case, "reply", TODAY + days * DAY) == []) is passes


def test_one_may_ask_once():
    case = make_renewals.renewal("in_review", choice="not_renew")
    renewals.review(case.pk, answer="维持。", choice="not_renew", **note())
    found = refusal(renewals.reply, case.pk, by=None, today=TODAY, text="再次。")
    assert found == ["The person asked for a review already; there is one."]


def test_another_officer_reviews_and_nothing_becomes_worse():
    one = cases.county_officer()
    case = make_renewals.renewal("in_review", choice="renew", by=one)
    answer = {"answer": "已经复核。", "choice": "renew"}
    assert refusal(renewals.review, case.pk, **answer, **note(one)) == [
        "Whoever recommended or recorded it does not review it. Ask a colleague."
    ]
    worse = {**answer, "choice": "not_renew"}
    assert refusal(renewals.review, case.pk, **worse, **note()) == [
        "A review asked for by the person does not take the new term away."
    ]
    found = renewals.review(case.pk, **answer, **note())
    assert (found.state, found.reviewed_on) == ("told", TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Renewal.objects.filter(pk=case.pk).update(reviewed_by=found.recorded_by)


def test_a_review_may_give_the_term_that_was_refused():
    case = make_renewals.renewal("in_review", choice="not_renew")
    renewals.review(case.pk, answer="予以续聘。", choice="renew", **note())
    done = renewals.carry_out(case.pk, **note())
    assert done.new_appointment.term_until_on == months_later(ENDS_ON, 36)


# --- Carried out --------------------------------------------------------------------------------


def test_another_term_is_written_to_the_register_by_the_same_act():
    until = months_later(ENDS_ON, 12)
    case = make_renewals.renewal("recommended")
    renewals.decide(case.pk, new_term_until_on=until, **DECISION, **note())
    make_renewals.tell(case, "renew", None)
    done = renewals.carry_out(case.pk, **note())

    old, new = make_renewals.standing(case.appointment), done.new_appointment
    assert (done.state, done.ended_on) == ("ended", TODAY)
    assert (old.state, old.ended_by, old.until_on) == ("ended", EndedBy.RENEWED, ENDS_ON)
    assert (new.renewal_of, new.from_on, new.term_until_on) == (old, ENDS_ON, until)
    entry = LedgerEntry.objects.of(old).get(act="registry.appointment.renew")
    assert [one["sheet"] for one in entry.evidence] == [
        one["sheet"] for one in case.pack["reviews"]
    ]


def test_who_is_not_kept_is_not_dismissed():
    case = make_renewals.renewal("told", choice="not_renew")
    assert RENEWAL.refusals(case, "carry_out", TODAY + 5 * DAY) == [
        "The person has until the last day of the reply to ask for a review."
    ]
    done = renewals.carry_out(case.pk, **note(today=TODAY + 6 * DAY))
    old = make_renewals.standing(case.appointment)
    assert (done.state, done.new_appointment) == ("ended", None)
    assert (old.ended_by, old.until_on, old.told_on) == (EndedBy.LAPSED, ENDS_ON, TODAY)
    assert old.end_ground == ""


def test_a_reply_bars_the_end_until_it_is_reviewed():
    case = make_renewals.renewal("in_review", choice="not_renew")
    assert RENEWAL.refusals(case, "carry_out", TODAY + 30 * DAY) != []
    renewals.review(case.pk, answer="维持。", choice="not_renew", **note())
    assert renewals.carry_out(case.pk, **note()).state == "ended"


def test_if_the_register_refuses_nothing_is_written():
    case = make_renewals.renewal("told")
    Appointment.objects.filter(pk=case.appointment_id).update(state="suspended")
    given = note()
    entries = LedgerEntry.objects.count()
    refusal(renewals.carry_out, case.pk, **given)
    assert make_renewals.now(case).state == "told"
    assert (Appointment.objects.count(), LedgerEntry.objects.count()) == (1, entries)


def test_if_the_case_cannot_be_stored_the_register_stays_as_it_was(monkeypatch):
    case = make_renewals.renewal("told")

    def refuse(*args, **kwargs):
        raise Refused("No.")

    monkeypatch.setattr(Renewal, "full_clean", refuse)
    refusal(renewals.carry_out, case.pk, **note())
    assert Appointment.objects.get().state == "in_post"
    assert make_renewals.now(case).new_appointment is None


# --- A review is corrected, a post ends otherwise -----------------------------------------------


@pytest.mark.parametrize(("state", "act"), [("recommended", "decide"), ("told", "carry_out")])
def test_a_corrected_review_bars_until_the_evidence_is_taken_anew(state, act):
    case = make_renewals.renewal(state)
    Renewal.objects.filter(pk=case.pk).update(flagged_on=TODAY)
    given = DECISION if act == "decide" else {}
    take = getattr(renewals, act)
    assert refusal(take, case.pk, **given, **note()) == [
        "A review the case rests on was corrected: take the evidence anew."
    ]
    renewals.take_pack(case.pk, **note())
    assert make_renewals.now(case).flagged_on is None
    take(case.pk, **given, **note())


def test_evidence_that_was_decided_on_stays_as_it_was():
    case = make_renewals.renewal("decided")
    assert refusal(renewals.take_pack, case.pk, **note()) == [
        "The unit decided on this evidence: it stays as it was."
    ]
    Renewal.objects.filter(pk=case.pk).update(flagged_on=TODAY)
    sheet = make_cycles.ReviewSheet.objects.order_by("pk").last()
    type(sheet).objects.filter(pk=sheet.pk).update(band="不称职")
    renewals.take_pack(case.pk, **note())
    found = make_renewals.now(case)
    assert (found.recommended, found.decided_digest == found.pack_digest) == ("unclear", False)


def test_a_case_is_closed_when_its_post_ended_otherwise():
    case, other = make_renewals.renewal("told"), make_renewals.renewal()
    assert refusal(renewals.void, case.pk, **note()) == [
        "The post still runs to the end of this term: somebody has to decide."
    ]
    departures.resign_appointment(
        case.appointment_id, until_on=TODAY, document=cases.pdf(), **note()
    )
    assert refusal(renewals.carry_out, case.pk, **note()) == [
        "The post ended or its term was changed: close this case."
    ]
    assert renewal_cases.void_ended(today=TODAY, reason="Nightly.") == 1
    assert [make_renewals.now(one).state for one in (case, other)] == ["void", "open"]


def test_a_term_that_was_corrected_gets_a_case_of_its_own():
    case = make_renewals.renewal()
    Appointment.objects.update(term_until_on=ENDS_ON + 20 * DAY)
    renewals.void(case.pk, **note())
    assert renewals.open_renewals(division=None, **note()) == 1
    again = Renewal.objects.exclude(pk=case.pk).get()
    assert (again.term_until_on, again.state) == (ENDS_ON + 20 * DAY, "open")


def test_every_night_cases_are_opened_and_closed(capsys, time_machine):
    time_machine.move_to(f"{TODAY}T00:05:00+08:00")
    left = make_renewals.renewal()
    make_renewals.post()
    Appointment.objects.filter(pk=left.appointment_id).update(**make.left(TODAY))
    call_command("open_renewals")
    assert capsys.readouterr().out == "opened 1, closed 1\n"
    assert make_renewals.now(left).state == "void"


def test_a_running_case_keeps_the_person_and_erasure_takes_the_words_out():
    case = make_renewals.renewal("in_review", choice="not_renew")
    person = case.appointment.mediator
    erasure = SimpleNamespace(mediator_id=person.pk)
    answers = may_erase.send(Renewal, obj=erasure, today=TODAY)
    said_of_it = [sentence for _receiver, found in answers for sentence in found]
    assert "A reappointment of the person is not ended." in said_of_it
    renewal_cases.forget_replies(person, by=None, reason="Erased.")
    assert make_renewals.now(case).reply == renewal_cases.ERASED
    entry = LedgerEntry.objects.of(case).get(act="grading.renewal.forget")
    assert entry.after == {"reply": "—"}


def test_nobody_reads_the_history_of_the_own_case():
    officer = cases.county_officer()
    held = make_renewals.post(person=make.mediator(user=officer))
    case = make_renewals.renewal("packed", held=held)
    rows = LedgerEntry.objects.within(officer).of(case)
    assert (rows.count(), LedgerEntry.objects.within(cases.county_officer()).of(case).count()) == (
        0, 1,
    )  # fmt: skip
