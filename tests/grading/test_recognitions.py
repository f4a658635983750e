"""Levels given elsewhere are recognised by two officers, on a document, and only upwards."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from grading.actions import recognising, taking_away
from grading.models import Grade, Recognition
from grading.reports.level_list import held_today
from grading.reports.own_levels import level_lines
from office import ledger
from office.flow import Refused
from office.models import LedgerEntry
from office.workbench import Place
from registry.models import Mediator, MediatorRow
from registry.rules import years_later
from tests import make
from tests.grading import make_grading, make_rounds
from tests.grading.make_results import note
from tests.make import DAY, TODAY
from tests.registry import cases
from tests.registry.at_once import at_once
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
DESK = "grading_recognitions"
GIVEN = {
    "old_level": "二级", "given_by": "宁波市司法局", "document": "甬司〔2025〕8号",
    "dated": TODAY - 120 * DAY, "from_on": TODAY - 100 * DAY,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _rules(db):
    cases.load_rules()


def somebody(**fields):
    return make_rounds.person(body=make.organization(in_division=make.division("330681001")),
                              **fields)  # fmt: skip


def version(**fields):
    return make_grading.version("active", division=make.division("3306"), **fields)


def proposed(person=None, *, code="l4", by=None, of=None, **changes):
    make.level(int(code[1:]))
    return recognising.propose_recognition(
        mediator=person or somebody(), version=of or version(), code=code, **{**GIVEN, **changes},
        **note(by),
    )  # fmt: skip


def confirmed(row, by=None, today=TODAY):
    return recognising.confirm_recognition(row.pk, **note(by, today))


def refusal_of(act, *args, **given):
    with pytest.raises(Refused) as refusal:
        act(*args, **given)
    return refusal.value.messages


def test_the_level_begins_on_its_day_once_a_second_officer_confirms():
    person = somebody(user=make.user())
    row = proposed(person)
    assert (row.state, Grade.objects.count(), person.levels.count()) == ("proposed", 0, 0)

    row = confirmed(row)

    grade = Grade.objects.get()
    three = years_later(GIVEN["from_on"], 3)
    assert (row.state, row.grade, grade.application) == ("confirmed", grade, None)
    assert (grade.code, grade.from_on, grade.until_on) == ("l4", GIVEN["from_on"], three)
    holding = person.levels.get()
    assert (holding, holding.level.rank, holding.until_on) == (grade.holding, 4, three)
    assert holding.source == "宁波市司法局 甬司〔2025〕8号"


def test_the_public_list_and_the_own_page_show_it():
    account = make.user()
    person = somebody(user=account)
    confirmed(proposed(person))
    shown = MediatorRow.objects.get(mediator=person)
    assert (shown.level, list(held_today(TODAY))) == (make.level(4).code, [shown])
    [line] = level_lines(account, TODAY)
    assert (type(line), line.note) == (Place, "四级人民调解员")


def test_what_was_typed_counts_before_what_the_rule_says():
    row = proposed(until_on=TODAY + 10 * DAY)
    assert confirmed(row).grade.until_on == TODAY + 10 * DAY


def test_whoever_proposed_it_does_not_decide():
    officer = cases.county_officer()
    row = proposed(by=officer)
    assert refusal_of(confirmed, row, by=officer) == [
        "Whoever proposed it does not decide on it. Ask a colleague."
    ]
    assert Grade.objects.count() == 0


def test_the_database_wants_two_officers():
    row = confirmed(proposed())
    with pytest.raises(IntegrityError), transaction.atomic():
        Recognition.objects.filter(pk=row.pk).update(decided_by=row.proposed_by)


def test_the_level_before_ends_on_that_day_and_answers_for_the_days_before():
    person, of = somebody(), version()
    before = make_rounds.grade(person, code="l4", version=of)
    row = confirmed(proposed(person, code="l3", of=of))
    before.refresh_from_db()
    day = GIVEN["from_on"]
    assert (before.state, before.ended_on) == ("followed", day)
    assert list(Grade.objects.filter(mediator=person).in_force(day - DAY)) == [before]
    assert list(Grade.objects.filter(mediator=person).in_force(day)) == [row.grade]
    assert person.levels.in_force(day - DAY).get().level.rank == 4
    assert person.levels.in_force(TODAY).get().level.rank == 3


@pytest.mark.parametrize("held", [3, 4])
def test_a_level_is_never_followed_by_one_that_is_not_higher(held):
    person = somebody()
    make.level_holding(person, rank=held, from_on=TODAY - 400 * DAY)
    label = person.levels.get().level.label
    assert refusal_of(proposed, person, code="l4") == [
        f"The person holds “{label}”: only a higher level follows it."
    ]
    assert (Recognition.objects.count(), person.levels.count()) == (0, 1)


def test_a_level_that_was_gained_since_the_proposal_counts():
    person = somebody()
    row = proposed(person)
    make.level_holding(person, rank=3, from_on=TODAY - DAY)
    assert "only a higher level follows it" in refusal_of(confirmed, row)[0]
    row.refresh_from_db()
    assert (row.state, Grade.objects.count()) == ("proposed", 0)


def test_a_level_that_began_on_the_day_or_later_is_not_cut():
    person = somebody()
    make.level_holding(person, rank=4, from_on=GIVEN["from_on"])
    row = proposed(person, code="l3")
    assert refusal_of(confirmed, row) == ["The level held now began on this day or later."]
    assert person.levels.get().until_on is None


def test_a_level_that_ended_since_is_not_cut():
    person = somebody()
    make.level_holding(person, rank=4, from_on=TODAY - 400 * DAY, until_on=GIVEN["from_on"] + DAY)
    row = proposed(person, code="l3")
    assert refusal_of(confirmed, row) == ["On this day the person held another level."]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"from_on": TODAY + DAY}, "A day lies in the future."),
        ({"dated": TODAY + DAY, "from_on": TODAY + DAY}, "A day lies in the future."),
        ({"from_on": TODAY - 121 * DAY}, "It cannot count from a day before its document."),
        ({"until_on": TODAY}, "By these days the level would have run out."),
    ],
)
def test_days_that_cannot_be(changes, said):
    assert said in refusal_of(proposed, **changes)
    assert Recognition.objects.count() == 0


def test_the_last_day_may_be_tomorrow_and_the_first_today():
    assert proposed(until_on=TODAY + DAY).state == "proposed"
    assert confirmed(proposed(from_on=TODAY)).grade.from_on == TODAY


def test_who_lost_a_level_waits_as_for_an_application():
    person = somebody()
    make_rounds.grade(person, state="revoked", bar_until_on=TODAY + DAY)
    person.levels.update(until_on=TODAY - 150 * DAY)
    said = f"After a level was taken away one may apply again from {TODAY + DAY}."
    assert refusal_of(proposed, person) == [said]


def test_only_one_waits_for_a_person():
    person = somebody()
    proposed(person)
    with pytest.raises(Exception, match="waits for a second officer already"):
        proposed(person)
    assert Recognition.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_only_a_rule_in_force_gives_levels(state):
    of = make_grading.version(state, division=make.division("3306"))
    if state == "draft":
        of.effective_from = TODAY - DAY
        of.save()
    assert "The version of the rule set is not in force." in refusal_of(proposed, of=of)


def test_a_rule_of_another_place_does_not_count():
    of = make_grading.version("active", division=make.division("3307"))
    assert refusal_of(proposed, of=of) == [
        "This rule set does not hold where the person is entered."
    ]


def test_people_of_another_county_are_not_ones_own():
    person = make_rounds.person(body=make.organization(in_division=make.division("330683001")))
    assert refusal_of(proposed, person) == ["This person is not entered in your area."]


def test_it_is_revoked_as_any_other_level():
    cases.load_rules()
    person = somebody()
    grade = confirmed(proposed(person)).grade
    taken = {"ground": "文件不实", "answer_days": 1}
    taking_away.propose_revoking(grade.pk, **taken, **note())
    later = TODAY + 10 * DAY
    taking_away.revoke_grade(grade.pk, **note(make.user(), later))
    assert not person.levels.in_force(later).exists()


def test_what_is_not_recognised_stays_to_be_read():
    row = proposed()
    recognising.drop_recognition(row.pk, **note())
    row.refresh_from_db()
    assert (row.state, row.decided_on, Grade.objects.count()) == ("dropped", TODAY, 0)
    assert "is not possible in the state" in refusal_of(confirmed, row)[0]


def test_the_ledger_tells_all_of_it():
    row = confirmed(proposed())
    acts = LedgerEntry.objects.of(row).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["grading.recognition.add", "grading.recognition.confirm"]
    assert LedgerEntry.objects.of(row.grade).get().act == "grading.grade.give"
    assert ledger.faults() == []


def test_a_crash_leaves_nothing(monkeypatch):
    person = somebody()
    row, given, head = proposed(person), note(), ledger.head()

    def fall_over(*args, **kwargs):
        raise RuntimeError("The power is gone.")

    monkeypatch.setattr(recognising, "follow_level", fall_over)
    with pytest.raises(RuntimeError):
        recognising.confirm_recognition(row.pk, **given)
    row.refresh_from_db()
    assert (row.state, person.levels.count(), ledger.head()) == ("proposed", 0, head)


@pytest.mark.django_db(transaction=True)
def test_of_several_who_confirm_at_once_one_does():
    row = proposed()
    officers = [cases.county_officer() for _n in range(6)]
    acts = [lambda by=by: confirmed(row, by=by) for by in officers]
    assert at_once(*acts) == ["done", *["refused"] * 5]
    assert Grade.objects.count() == 1


# --- The desk -----------------------------------------------------------------------------------


def typed(person, of, **changes):
    given = {**GIVEN, "dated": GIVEN["dated"].isoformat(), "from_on": GIVEN["from_on"].isoformat()}
    return sent(mediator=person.pk, level=f"{of.pk}:l4", reason="据实认可。", **given, **changes)


@pytest.mark.parametrize(
    ("last", "first_without"), [(TODAY, TODAY + DAY), (None, None), (date.max, date.max)]
)
def test_the_day_typed_is_the_last_one(client, at_desk, last, first_without):
    make.level(4)
    of, person = version(), somebody()
    at_desk()
    changes = {"until_on": last.isoformat()} if last else {}
    assert client.post(url(DESK, "add"), typed(person, of, **changes)).status_code == 302
    row = Recognition.objects.get()
    assert row.until_on == first_without
    facts = {label: value for one in client.get(url(DESK, "inspect", row.pk)).context["sections"]
             for label, value in (one.facts or [])}  # fmt: skip
    assert facts["Valid until"] == (first_without and first_without - DAY)


def test_an_officer_proposes_and_another_confirms_at_the_desk(client, at_desk):
    at_desk(password_shown=True)
    make.level(4)
    person, of = somebody(), version()
    response = client.post(url(DESK, "add"), typed(person, of))
    assert response.status_code == 302, response.context["form"].errors
    row = Recognition.objects.get()
    page = client.get(url(DESK, "inspect", row.pk))
    assert "甬司〔2025〕8号" in page.content.decode()
    own = client.post(url(DESK, "act", row.pk, "confirm"), sent())
    assert (own.status_code, Grade.objects.count()) == (422, 0)

    at_desk(cases.county_officer(), password_shown=True)
    shown = client.get(url(DESK, "act", row.pk, "confirm")).context["consequences"]
    day = GIVEN["from_on"].isoformat()
    assert shown[0] == "The rule does not say what this level counts as: the officers decide it."
    assert shown[1] == (
        f"The person holds “四级人民调解员” from {day}, in the register and on public pages."
    )
    assert client.post(url(DESK, "act", row.pk, "confirm"), sent()).status_code == 302
    assert Grade.objects.get().code == "l4"


def test_people_and_proposals_of_another_county_are_not_found(client, county):
    make.level(4)
    there = make.organization(in_division=make.division("330683001"))
    person = make_rounds.person(body=there)
    of = version()
    response = client.post(url(DESK, "add"), typed(person, of))
    assert (response.status_code, Recognition.objects.count()) == (422, 0)
    row = make.saved(Recognition(
        mediator=person, version=of, code="l4", label="四级", proposed_by=make.user(),
        proposed_on=TODAY, **GIVEN,
    ))  # fmt: skip
    for name in ("inspect", "history"):
        assert client.get(url(DESK, name, row.pk)).status_code == 404
    for name in ("confirm", "drop"):
        assert client.post(url(DESK, "act", row.pk, name), sent(reason="x")).status_code == 404
    assert Recognition.objects.get().state == "proposed"
    assert Mediator.objects.filter(levels__isnull=False).count() == 0


@pytest.mark.parametrize("role", ["clerk", "panel"])
def test_other_roles_find_nothing(client, at_desk, role):
    body = make.organization(in_division=make.division("330681001"))
    row = proposed(make_rounds.person(body=body))
    at_desk(make.officer(role, body if role == "clerk" else make.division("330681")))
    for name, args in (("index", []), ("add", []), ("inspect", [row.pk]), ("export", [])):
        assert client.get(url(DESK, name, *args)).status_code == 404


def test_an_office_reads_and_does_not_decide(client, at_desk):
    row = proposed()
    at_desk(make.officer("justice_office", make.division("330681001")))
    assert client.get(url(DESK, "inspect", row.pk)).status_code == 200
    assert client.post(url(DESK, "act", row.pk, "confirm"), sent(reason="x")).status_code == 404
    assert client.get(url(DESK, "add")).status_code == 404


# --- What the rule itself maps ------------------------------------------------------------------

MAPPED = {
    "scales": {"ningbo": [
        {"code": "N1", "label": "甬一级", "rank": 1}, {"code": "N2", "label": "甬二级", "rank": 2},
        {"code": "N3", "label": "甬三级", "rank": 3}, {"code": "N4", "label": "甬四级", "rank": 4},
    ]},
    "mappings": [
        {"from": "ningbo", "to": "level", "on": (TODAY - 300 * DAY).isoformat(), "by": "市司法局",
         "table": {"N1": "l3", "N2": "l4", "N3": "UNK"}},
        {"from": "ningbo", "to": "level", "on": (TODAY - 10 * DAY).isoformat(), "by": "市司法局",
         "table": {"N2": "l3"}},
    ],
}  # fmt: skip
WHY = "该同志在甬期间曾任专职副主任。"


def mapping_version():
    for rank in (3, 4):
        make.level(rank)
    return version(content=make_grading.document(**MAPPED))


def of_ningbo(code="N2", **given):
    return proposed(of=mapping_version(), scale="ningbo", old_code=code, **given)


def test_what_the_rule_maps_is_followed():
    row = of_ningbo()
    assert (row.mapping.counts_as, row.departs) == ("l4", False)
    assert confirmed(row).grade.code == "l4"


@pytest.mark.parametrize("departure", ["", " "])
@pytest.mark.parametrize(("code", "counts"), [("N1", "“三级人民调解员”"), ("N4", "nothing")])
def test_a_departure_from_the_mapping_needs_a_reason(code, counts, departure):
    assert refusal_of(of_ningbo, code, departure=departure) == [
        f"By the rule's mapping it counts as {counts}: say why it is otherwise."
    ]
    assert Recognition.objects.count() == 0
    row = of_ningbo(code, departure=WHY)
    assert (row.departs, confirmed(row).grade.code) == (True, "l4")


def test_what_the_mapping_does_not_know_the_officers_decide():
    row = of_ningbo("N3")
    assert (row.mapping.counts_as, row.departs) == ("UNK", False)
    assert confirmed(row).state == "confirmed"


def test_the_mapping_in_force_on_the_day_it_counts_from_holds():
    assert of_ningbo(code="N2", from_on=TODAY - 11 * DAY).mapping.counts_as == "l4"
    Recognition.objects.all().delete()
    late = {"code": "N2", "from_on": TODAY - 10 * DAY}
    assert "counts as “三级人民调解员”" in refusal_of(of_ningbo, **late)[0]
    early = {"from_on": TODAY - 301 * DAY, "dated": TODAY - 302 * DAY}
    assert refusal_of(of_ningbo, **early) == [
        "On this day the rule maps no such level of another scale."
    ]


def test_a_reason_to_depart_without_a_departure_is_no_reason():
    said = ["It counts as the rule says, or the rule says nothing: nothing departs."]
    assert refusal_of(of_ningbo, departure=WHY) == said
    assert refusal_of(proposed, departure=WHY) == said


def test_a_departure_whose_reason_was_lost_is_not_confirmed():
    row = of_ningbo("N1", departure=WHY)
    Recognition.objects.filter(pk=row.pk).update(departure="")
    assert "say why it is otherwise" in refusal_of(confirmed, row)[0]
    assert Grade.objects.count() == 0


def test_the_form_presets_what_the_rule_maps(client, at_desk):
    at_desk(password_shown=True)
    of = mapping_version()

    def send(code, level="", **changes):
        values = typed(somebody(), of, **changes) | {"mapped": f"{of.pk}:ningbo:{code}"}
        return client.post(url(DESK, "add"), {**values, "level": level})

    offered = client.get(url(DESK, "add")).context["form"].fields["mapped"].choices
    [group] = [choices for _name, choices in offered if isinstance(choices, list)]
    # From today on only the later decision holds.
    assert [label for _value, label in group] == [
        "ningbo, 甬一级: counts as nothing", "ningbo, 甬二级: counts as “三级人民调解员”",
        "ningbo, 甬三级: counts as nothing", "ningbo, 甬四级: counts as nothing",
    ]  # fmt: skip
    assert send("N2").status_code == 302
    row = Recognition.objects.get()
    assert (row.code, row.scale, row.old_code, row.departure) == ("l4", "ningbo", "N2", "")
    for code, level, said in (
        ("N4", "", "By the rule's mapping it counts as nothing: choose a level."),
        ("N3", "", "By the rule's mapping it counts as not known: choose a level."),
    ):
        assert send(code, level).context["form"].errors["level"] == [said]
    assert send("N1", f"{of.pk}:l4").status_code == 422
    assert Recognition.objects.count() == 1


def test_the_second_officer_reads_mapping_and_departure(client, at_desk):
    row = of_ningbo("N1", departure=WHY)
    at_desk(cases.county_officer(), password_shown=True)
    page = client.get(url(DESK, "inspect", row.pk))
    said = "By the rule's mapping ningbo, 甬一级 counts as “三级人民调解员”."
    facts = {label: value for one in page.context["sections"] for label, value in one.facts}
    assert facts["The rule's mapping"] == said
    assert facts["Departs from the mapping, because"] == WHY
    shown = client.get(url(DESK, "act", row.pk, "confirm")).context["consequences"]
    assert list(shown[:2]) == [said, f"It departs from the rule's mapping, because: {WHY}"]


def test_the_second_officer_reads_what_is_mapped_if_none_of_it_was_named(client, at_desk):
    row = proposed(of=mapping_version())
    at_desk(cases.county_officer(), password_shown=True)
    shown = client.get(url(DESK, "act", row.pk, "confirm")).context["consequences"]
    assert shown[0] == (
        "It is said to be none of the levels that the rule maps:"
        " ningbo 甬一级、ningbo 甬二级、ningbo 甬三级、ningbo 甬四级."
    )


def test_where_no_rule_maps_anything_the_form_says_so(client, at_desk):
    at_desk()
    version()
    form = client.get(url(DESK, "add")).context["form"]
    assert {"mapped", "departure"} & form.fields.keys() == set()
    assert "No rule set says what a level of another scale counts as" in str(
        form.fields["level"].help_text
    )
