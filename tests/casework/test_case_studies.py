"""The life of a write-up: its steps, its guards, two officers, versions, adoptions."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from casework import actions
from casework.flows import CASE_STUDY, StudyState
from casework.models import Adoption, CaseStudy, LibraryEntry, StudyVersion
from casework.models.case_study import SECTIONS
from office.flow import Refused, Stale
from office.models import LedgerEntry
from office.roles import Role
from registry.actions.merges import merge_mediators
from registry.models import Mediator
from tests import make
from tests.casework import make_case_studies, make_cases
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
S = StudyState
ALLOWED = {
    "submit": {S.DRAFT, S.RETURNED},
    "edit": {S.SUBMITTED},
    "return": {S.SUBMITTED, S.EDITING},
    "decline": {S.SUBMITTED, S.EDITING},
    "adopt": {S.EDITING},
    "propose": {S.ADOPTED, S.WITHDRAWN},
    "hold": {S.PROPOSED},
    "publish": {S.PROPOSED},
    "withdraw": {S.PUBLISHED},
}
ADOPTION = {"level": "county", "adopted_on": TODAY, "adopted_by": "诸暨市司法局"}


def note(by=None):
    return {"by": by or make.user(is_superuser=True), "today": TODAY, "reason": "R."}


@pytest.mark.parametrize("state", S.values)
def test_each_step_is_possible_in_its_states_only(state):
    study = make_case_studies.study(state)
    possible = {name for name in CASE_STUDY.steps if CASE_STUDY.refusals(study, name, TODAY) == []}
    assert possible == {name for name, states in ALLOWED.items() if state in states}


def test_a_write_up_goes_from_its_author_to_the_public():
    author = make_case_studies.author()
    own = {"by": author.user, "today": TODAY}
    study = actions.begin_study(
        author=author, dispute_type=make_cases.dispute_type(), **own, title="滴水"
    )
    texts = dict(make_case_studies.TEXT)
    actions.write_study(study.pk, author=author, revision=0, **own, **texts)
    actions.submit_study(study.pk, author=author, **own)
    first, second = note(), note()
    actions.edit_study(study.pk, **first)
    actions.redact_study(study.pk, **first, facts="张某与李某某两家相邻。")
    actions.adopt_study(study.pk, **first, **ADOPTION)
    actions.propose_study(study.pk, **first)
    published = actions.publish_study(study.pk, **second)

    assert published.state == "published"
    assert (published.proposed_by, published.published_by) == (first["by"], second["by"])
    entry = LibraryEntry.objects.get()
    assert (entry.public_id, entry.facts) == (study.public_id, "张某与李某某两家相邻。")
    assert (entry.author_name, entry.organization_name) == ("", "")
    acts = [row.act.rpartition(".")[2] for row in LedgerEntry.objects.of(study).order_by("pk")]
    assert acts == [
        "begin", "change", "submit", "edit", "change", "adopt", "propose", "publish",
    ]  # fmt: skip


def test_the_ledger_never_holds_the_text():
    author = make_case_studies.author()
    study = make_case_studies.study(by=author)
    actions.write_study(study.pk, author=author, by=author.user, today=TODAY, facts="张三丰的院子")
    told = LedgerEntry.objects.of(study).get()
    assert "张三丰" not in json.dumps([told.before, told.after], ensure_ascii=False)


def test_the_text_of_a_draft_is_encrypted():
    study = make_case_studies.study(facts="张三丰的院子")
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM casework_casestudy WHERE id = %s", [study.pk])
        assert "张三丰" not in cursor.fetchone()[0]


def test_only_the_author_writes_and_only_before_it_is_with_the_editors():
    author, other = make_case_studies.author(), make_case_studies.author()
    study = make_case_studies.study(by=author)
    with pytest.raises(Refused, match="Only its author"):
        actions.write_study(study.pk, author=other, by=other.user, today=TODAY, facts="x")
    with pytest.raises(Refused, match="Only its author"):
        actions.submit_study(study.pk, author=other, by=other.user, today=TODAY)
    editing = make_case_studies.study("editing", by=author)
    with pytest.raises(Refused, match="may not be edited"):
        actions.write_study(editing.pk, author=author, by=author.user, today=TODAY, facts="x")
    with pytest.raises(Refused, match="may not be edited"):
        actions.redact_study(study.pk, **note(), facts="x")


def test_a_stale_form_is_refused():
    author = make_case_studies.author()
    study = make_case_studies.study(by=author)
    own = {"author": author, "by": author.user, "today": TODAY}
    actions.write_study(study.pk, revision=0, **own, facts="一")
    with pytest.raises(Stale):
        actions.write_study(study.pk, revision=0, **own, facts="二")


@pytest.mark.parametrize("missing", ["facts", "process", "outcome"])
def test_a_story_half_told_is_not_handed_in(missing):
    study = make_case_studies.study(**{missing: " "})
    with pytest.raises(Refused, match="Write what happened"):
        actions.submit_study(study.pk, author=study.author, by=study.author.user, today=TODAY)


def test_what_certainly_identifies_bars_handing_in_and_publishing():
    author = make_case_studies.author()
    case = make_cases.case("succeeded", mediators=[author])
    make_cases.party(case, name="张三丰")
    study = make_case_studies.study(
        by=author, case=case, comment="张 三丰很满意，电话13800138000。"
    )
    proposed = make_case_studies.study("proposed", by=author, case=case, title="张三丰的屋檐")

    with pytest.raises(Refused) as refused:
        actions.submit_study(study.pk, author=author, by=author.user, today=TODAY)
    assert refused.value.messages == [
        "“张 三丰” in “comment” tells who somebody is. Take it out.",
        "“13800138000” in “comment” tells who somebody is. Take it out.",
    ]
    with pytest.raises(Refused, match="“张三丰” in “title” tells"):
        actions.publish_study(proposed.pk, **note())
    assert not LibraryEntry.objects.exists()


def test_a_party_of_another_entry_of_the_dispute_is_not_named_either():
    first = make_cases.case("succeeded")
    twin = make_cases.case("succeeded", same_as=first)
    make_cases.party(first, name="李小满")
    study = make_case_studies.study(case=twin, facts="李小满说。")
    assert [mark.text for _label, mark in study.marks()] == ["李小满"]


def test_what_may_identify_is_confirmed_with_a_reason_or_bars_publishing():
    study = make_case_studies.study("adopted", comment="村民王建国说得好。")
    with pytest.raises(Refused, match="“王建国” in “comment” may tell"):
        actions.propose_study(study.pk, **note())
    with pytest.raises(Refused, match="changed meanwhile"):
        actions.confirm_marks(study.pk, **note(), texts=["别的"])

    actions.confirm_marks(study.pk, **note(), texts=["王建国"])
    assert actions.propose_study(study.pk, **note()).state == "proposed"
    assert LedgerEntry.objects.of(study).get(act__endswith=".confirm").reason == "R."


def test_a_new_likely_mark_is_not_covered_by_what_was_confirmed():
    study = make_case_studies.study("adopted", comment="村民王建国说得好。")
    actions.confirm_marks(study.pk, **note(), texts=["王建国"])
    actions.redact_study(study.pk, **note(), comment="村民王建国和村民赵有田说得好。")
    with pytest.raises(Refused) as refused:
        actions.propose_study(study.pk, **note())
    assert refused.value.messages == [
        "“赵有田” in “comment” may tell who somebody is. Change or confirm it."
    ]


def test_the_second_officer_is_another_one():
    study = make_case_studies.study("adopted")
    first = note()
    actions.propose_study(study.pk, **first)
    with pytest.raises(Refused, match="Another officer"):
        actions.publish_study(study.pk, **first)
    assert CaseStudy.objects.get().state == "proposed"
    assert not LibraryEntry.objects.exists()


@pytest.mark.parametrize("role", ["author", "co-author"])
def test_nobody_decides_on_the_own_write_up(role):
    study = make_case_studies.study("submitted")
    by = study.author.user
    if role == "co-author":
        other = make_case_studies.author()
        study.co_authors.add(other)
        by = other.user
    with pytest.raises(Refused, match="own write-up"):
        actions.edit_study(study.pk, **note(by))


def test_a_higher_level_is_recorded_and_each_adoption_counts():
    study = make_case_studies.published()
    author = study.author
    Adoption.objects.create(study=study, level="county", adopted_on=TODAY - DAY, adopted_by="A")
    higher = {"adopted_on": TODAY, "adopted_by": "浙江省司法厅"}

    with pytest.raises(ValidationError, match="Name the document"):
        actions.raise_study(study.pk, **note(), level="province", **higher)
    actions.raise_study(study.pk, **note(), level="province", document="浙司〔2026〕9号", **higher)

    assert LibraryEntry.objects.get().level == "province"
    with pytest.raises(Refused, match="only to a higher level"):
        actions.raise_study(study.pk, **note(), level="city", **higher)
    adoptions = CaseStudy.objects.adoptions()
    assert adoptions.credited_to(author).count() == 2
    assert adoptions.during(TODAY, TODAY + DAY).count() == 1
    assert adoptions.during(TODAY - DAY, TODAY).at_level("county").count() == 1


def test_adoptions_are_counted_for_authors_and_co_authors_once_each():
    alone, both, nobody = (make_case_studies.author() for _one in range(3))
    for number, by in enumerate([alone, alone]):
        study = make_case_studies.study("adopted", by=by)
        study.co_authors.add(both, make_case_studies.author())
        Adoption.objects.create(
            study=study, level="county", adopted_on=TODAY - number * DAY, adopted_by="A"
        )
    people = Mediator.objects.filter(pk__in=[alone.pk, both.pk, nobody.pk]).order_by("pk")
    window = CaseStudy.objects.adoptions().during(TODAY, TODAY + DAY)

    counted = window.counted_for(people)
    assert [row.adoptions for row in counted] == [1, 1, 0]
    counted = CaseStudy.objects.adoptions().counted_for(people)
    assert [row.adoptions for row in counted] == [2, 2, 0]


def test_the_city_adopts_for_the_city():
    study = make_case_studies.study("editing")
    county = make.officer(Role.COUNTY_BUREAU, study.division)
    told = {**ADOPTION, "level": "city"}
    with pytest.raises(Refused, match="city bureau adopts"):
        actions.adopt_study(study.pk, **note(county), **told)
    city = make.officer(Role.CITY_BUREAU, make.division("3306"))
    assert actions.adopt_study(study.pk, **note(city), **told).level == "city"


@pytest.mark.parametrize(("day", "passes"), [(TODAY, True), (TODAY + timedelta(1), False)])
def test_an_adoption_does_not_lie_ahead(day, passes):
    study = make_case_studies.study("editing")
    told = {**ADOPTION, "adopted_on": day}
    if passes:
        assert actions.adopt_study(study.pk, **note(), **told).state == "adopted"
    else:
        with pytest.raises(Refused, match="lies in the past"):
            actions.adopt_study(study.pk, **note(), **told)
    assert Adoption.objects.exists() is passes


def test_an_adoption_that_fails_changes_nothing():
    study = make_case_studies.study("editing")
    with pytest.raises(ValidationError):
        actions.adopt_study(study.pk, **note(), **{**ADOPTION, "level": "ministry"})
    study.refresh_from_db()
    assert (study.state, study.level) == ("editing", "")
    assert not LedgerEntry.objects.of(study).exists()


def test_withdrawing_takes_the_copy_away_and_keeps_the_adoptions():
    study = make_case_studies.published()
    Adoption.objects.create(study=study, level="county", adopted_on=TODAY, adopted_by="A")
    actions.withdraw_study(study.pk, **note())
    assert not LibraryEntry.objects.exists()
    assert CaseStudy.objects.adoptions().count() == 1
    first, second = note(), note()
    actions.propose_study(study.pk, **first)
    actions.publish_study(study.pk, **second)
    assert LibraryEntry.objects.get().public_id == study.public_id


def test_every_text_that_was_is_kept_with_who_wrote_it():
    author = make_case_studies.author()
    own = {"by": author.user, "today": TODAY}
    study = actions.begin_study(
        author=author, dispute_type=make_cases.dispute_type(), title="一", **own
    )
    actions.write_study(study.pk, author=author, **own, title="二")
    actions.write_study(study.pk, author=author, **own, is_signed=True)
    CaseStudy.objects.update(state="editing", submitted_on=TODAY)
    editor = note()
    actions.redact_study(study.pk, **editor, title="三")

    kept = [
        (row.number, json.loads(row.texts)["title"], row.written_by, row.reason)
        for row in StudyVersion.objects.order_by("number")
    ]
    assert kept == [
        (1, "一", author.user, ""),
        (2, "二", author.user, ""),
        (3, "三", editor["by"], "R."),
    ]
    assert list(json.loads(StudyVersion.objects.first().texts)) == SECTIONS


def test_one_writes_of_own_cases_only_and_only_while_serving():
    author = make_case_studies.author()
    foreign = make_cases.case("succeeded")
    begin = {"author": author, "by": author.user, "today": TODAY, "title": "一"}
    with pytest.raises(Refused, match="no part in this case"):
        actions.begin_study(case=foreign, **begin)
    own = make_cases.case("succeeded", mediators=[author])
    study = actions.begin_study(case=own, **begin)
    assert (study.organization, study.dispute_type) == (own.organization, own.dispute_type)
    outsider = make.mediator(user=make.user())
    begin = {**begin, "author": outsider, "by": outsider.user}
    with pytest.raises(Refused, match="no post today"):
        actions.begin_study(dispute_type=make_cases.dispute_type(), **begin)


BROKEN = [
    ("submitted", {"state": "unheard-of"}, "study_state_is_known"),
    ("draft", {"level": "county"}, "study_adopted_at_a_level"),
    ("adopted", {"level": ""}, "study_adopted_at_a_level"),
    ("submitted", {"submitted_on": None}, "study_handed_in_on_a_day"),
    ("returned", {"reasons": ""}, "study_sent_back_with_reasons"),
    ("published", {"published_by": None}, "study_published_by_two"),
    ("published", {"published_on": None}, "study_published_by_two"),
    ("proposed", {"proposed_by": None}, "study_proposed_by_somebody"),
]


@pytest.mark.parametrize(("state", "values", "name"), BROKEN)
def test_the_database_refuses_a_write_up_that_cannot_be(state, values, name):
    study = make_case_studies.study(state)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CaseStudy.objects.filter(pk=study.pk).update(**values)


def test_the_database_refuses_one_officer_for_two():
    study = make_case_studies.study("published")
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseStudy.objects.filter(pk=study.pk).update(published_by=study.proposed_by_id)


def test_a_level_adopts_once():
    study = make_case_studies.study("adopted")
    one = {"study": study, "level": "county", "adopted_on": TODAY, "adopted_by": "A"}
    Adoption.objects.create(**one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.create(**one)


def test_a_merged_entry_keeps_what_the_person_wrote():
    kept, gone = make_case_studies.author(), make.mediator()
    alone = make_case_studies.study(by=make_case_studies.author())
    alone.co_authors.add(gone)
    merge_mediators(kept.pk, gone=gone, **note())
    assert [*alone.co_authors.all()] == [kept]
