"""A rule set from draft to its end: who may, what the database holds, what stays for good."""

from datetime import date

import pytest
from django.db import Error, IntegrityError, transaction

from grading import actions
from grading.flows import SCHEME_VERSION, VersionState
from grading.models import GradingScheme, SchemeVersion
from grading.rules.unknown import UNK
from office.flow import Refused, Stale
from office.models import LedgerEntry
from tests import make
from tests.grading import make_grading
from tests.make import DAY, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

S = VersionState
MATRIX = {
    S.TEMPLATE: set(),
    S.DRAFT: {"activate", "abandon"},
    S.ACTIVE: {"retire"},
    S.RETIRED: set(),
    S.ABANDONED: set(),
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("name", SCHEME_VERSION.steps)
def test_each_step_is_possible_in_its_states_only(state, name):
    version = make_grading.version(state)

    assert (SCHEME_VERSION.refusals(version, name, TODAY) == []) is (name in MATRIX[state])


def activate(version, **given):
    by = given.pop("by", None) or make.user()
    note = {"today": TODAY, "reason": "Decided."}
    return actions.activate_version(version.pk, by=by, **note, **given)


def refused(take, *args, **given):
    with pytest.raises(Refused) as found:
        take(*args, **given)
    return found.value.messages


def test_a_second_officer_puts_a_draft_into_force_and_the_ledger_tells_without_the_text():
    second = make.user()
    version = activate(make_grading.version(), by=second)

    assert (version.state, version.activated_by, version.activated_on) == ("active", second, TODAY)
    told = LedgerEntry.objects.of(version).get()
    assert (told.act, told.reason) == ("grading.schemeversion.activate", "Decided.")
    assert "text" not in told.before | told.after


@pytest.mark.parametrize("hand", ["drafted_by", "edited_by"])
def test_who_had_a_hand_in_a_draft_may_not_put_it_into_force(hand):
    version = make_grading.version()
    officer = make.user()
    SchemeVersion.objects.filter(pk=version.pk).update(**{hand: officer})

    assert refused(activate, version, by=officer) == [
        "A second officer puts it into force, not who drafted or edited it."
    ]
    version.refresh_from_db()
    assert version.state == "draft"


def test_nor_does_somebody_whose_edit_others_followed():
    version = make_grading.version(effective_from=None)
    one, other = make.user(), make.user()
    given = {"today": TODAY, "reason": "-"}
    actions.put_named(version.pk, by=one, **given, path="params", name="years_L4", value=3)
    actions.change_version(version.pk, by=other, **given, effective_from=TODAY)

    for officer in (one, other):
        assert refused(activate, version, by=officer) == [
            "A second officer puts it into force, not who drafted or edited it."
        ]
    assert activate(version).state == "active"


def test_a_draft_that_was_changed_since_it_was_seen_is_not_put_into_force():
    version = make_grading.version()

    assert "changed after you opened it" in refused(activate, version, revision=7)[0]


def test_all_that_is_open_is_said_at_once_each_with_its_path():
    content = make_grading.document(publicity={"by": UNK, "days": UNK}, validity={"years": UNK})
    version = make_grading.version(content=content, effective_from=None)
    reasons = refused(activate, version)

    assert reasons[0] == "The day from which it is in force is not typed in."
    assert [one.partition("：")[0] for one in reasons[1:]] == [
        "publicity.by", "publicity.days", "validity.years"
    ]  # fmt: skip


def test_a_reading_nobody_signed_bars_the_rule_set():
    version = make_grading.version(
        content=make_grading.document(readings={"oral_share": "of_mediated"})
    )

    assert refused(activate, version) == [
        "readings.oral_share：It is not said who decided on this reading, and when."
    ]


def test_a_rule_set_rests_on_no_draft():
    content = {"id": "child", "title": "县办法", "parent": "any"}
    for state, bars in (("draft", True), ("abandoned", True), ("template", False)):
        parent = make_grading.version(state)
        child = make_grading.version(content=content, parent=parent)
        found = SCHEME_VERSION.refusals(child, "activate", TODAY)
        assert any("takes over from is a draft" in one for one in found) is bars, state


def test_the_version_it_follows_ends_on_the_day_it_begins():
    former = make_grading.version("active")
    draft = make_grading.version(of=former.scheme, effective_from=TODAY + 9 * DAY)
    activate(draft)
    former.refresh_from_db()

    assert (former.state, former.effective_until) == ("retired", TODAY + 9 * DAY)
    on = SchemeVersion.objects.ruling
    assert on(former.scheme, TODAY + 8 * DAY) == former
    assert on(former.scheme, TODAY + 9 * DAY) == draft


@pytest.mark.parametrize(
    ("begins", "allowed"), [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True)]
)
def test_another_version_begins_today_or_later(begins, allowed):
    former = make_grading.version("active")
    draft = make_grading.version(of=former.scheme, effective_from=begins)

    assert (SCHEME_VERSION.refusals(draft, "activate", TODAY) == []) is allowed


def test_a_draft_does_not_begin_before_one_that_waits():
    waiting = make_grading.version("active", effective_from=TODAY + 30 * DAY)
    draft = make_grading.version(of=waiting.scheme, effective_from=TODAY + 30 * DAY)

    assert "begins on the same day or later" in refused(activate, draft)[0]


def test_a_version_is_ended_today_or_later_and_after_it_began():
    version = make_grading.version("active", effective_from=TODAY)
    retire = {"by": make.user(), "today": TODAY, "reason": "-"}
    for day in (TODAY - DAY, TODAY):
        assert refused(actions.retire_version, version.pk, effective_until=day, **retire)
    ended = actions.retire_version(version.pk, effective_until=TODAY + DAY, **retire)

    assert (ended.state, ended.effective_until) == ("retired", TODAY + DAY)


@pytest.mark.parametrize("state", ["template", "active", "retired"])
@pytest.mark.parametrize(
    "change", [{"text": "x"}, {"digest": "0" * 64}, {"number": 99}, {"state": "draft"}]
)
def test_the_database_refuses_to_change_a_settled_text(state, change):
    version = make_grading.version(state)
    with pytest.raises(Error), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(**change)

    assert SchemeVersion.objects.get(pk=version.pk).text == version.text


def test_the_text_of_a_draft_may_change():
    version = make_grading.version()
    SchemeVersion.objects.filter(pk=version.pk).update(text="x", number=9)

    assert SchemeVersion.objects.get(pk=version.pk).text == "x"


@pytest.mark.parametrize(
    ("begins", "ends", "overlaps"),
    [
        (TODAY - 200 * DAY, TODAY - 150 * DAY, True),
        (TODAY - 101 * DAY, TODAY, True),
        (TODAY - 100 * DAY, TODAY, False),
        (TODAY - 100 * DAY, None, False),
        (TODAY - 800 * DAY, TODAY - 700 * DAY, False),
        (TODAY - 800 * DAY, TODAY - 699 * DAY, True),
    ],
)
def test_the_database_refuses_two_versions_on_one_day(begins, ends, overlaps):
    former = make_grading.version("retired")
    state = "retired" if ends else "active"
    given = {"of": former.scheme, "effective_from": begins, "effective_until": ends}

    if not overlaps:
        assert make_grading.version(state, **given).pk
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        make_grading.version(state, **given)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "unheard_of"},
        {"state": "active", "effective_from": None},
        {"state": "active", "activated_by": None},
        {"state": "retired", "effective_until": None},
        {"effective_until": date(2000, 1, 1)},
    ],
)
def test_the_database_refuses_rows_that_cannot_be(wrong):
    version = make_grading.version("draft", activated_by=make.user(), activated_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeVersion.objects.filter(pk=version.pk).update(**wrong)


def test_the_database_refuses_one_officer_in_both_hands():
    version = make_grading.version(activated_on=TODAY)
    for hand in ("drafted_by", "edited_by"):
        SchemeVersion.objects.filter(pk=version.pk).update(edited_by=make.user())
        version.refresh_from_db()
        same = getattr(version, hand)
        with pytest.raises(IntegrityError), transaction.atomic():
            SchemeVersion.objects.filter(pk=version.pk).update(state="active", activated_by=same)


def copy(version, **given):
    note = {"by": make.user(), "today": TODAY, "reason": "-", "title": "新办法"}
    return actions.copy_version(version.pk, **note, **given)


def test_a_draft_of_the_same_scheme_is_its_next_version_and_the_old_text_stays():
    version = make_grading.version("active")
    text = version.text
    draft = copy(version, division=make.division(), code=version.scheme.code)

    assert (draft.scheme, draft.number, draft.state) == (version.scheme, 2, "draft")
    assert draft.drawn_from == version
    assert draft.document == {**version.document, "title": "新办法"}
    version.refresh_from_db()
    assert version.text == text


def test_a_draft_from_a_template_is_a_scheme_of_its_own():
    template = make_grading.version("template")
    draft = copy(template, division=make.division(), code=template.scheme.code)

    assert draft.scheme != template.scheme
    assert (draft.scheme.division, draft.number) == (make.division(), 1)


def test_a_draft_that_takes_over_says_only_what_differs():
    above = make_grading.version("active", division=make.division("3306"))
    draft = copy(above, division=make.division(), code="county", takes_over=True)

    assert draft.parent == above
    assert draft.document == {"id": "county", "title": "新办法", "parent": above.scheme.code}
    assert draft.rules.document["req"] == above.document["req"]
    assert draft.rules.id == "county"


@pytest.mark.parametrize("state", ["draft", "abandoned"])
def test_nothing_takes_over_from_a_text_that_may_change(state):
    above = make_grading.version(state)

    assert "may still change" in refused(
        copy, above, division=make.division(), code="county", takes_over=True
    )[0]  # fmt: skip


def test_nothing_takes_over_from_itself():
    above = make_grading.version("active")
    given = {"division": make.division(), "code": above.scheme.code, "takes_over": True}

    assert "cannot take over from itself" in refused(copy, above, **given)[0]


def test_an_empty_scheme_begins_with_its_levels_and_unknowns():
    draft = actions.add_scheme(
        by=make.user(), today=TODAY, reason="-", division=make.division(), code="new", title="办法",
        issuer="司法局", subject="mediator",
    )  # fmt: skip

    assert draft.rules.levels[0].label == "一级人民调解员"
    assert {"population", "req.L1", "publicity"} <= {path for path, _said in draft.blockers()}
    told = LedgerEntry.objects.of(draft).get()
    assert told.after["digest"] == draft.digest
    assert "text" not in told.after


def test_a_division_has_one_scheme_of_an_id():
    held = make_grading.version().scheme
    given = {"by": make.user(), "today": TODAY, "reason": "-", "division": held.division}
    given |= {"code": held.code, "title": "-", "issuer": "-", "subject": "mediator"}

    assert refused(actions.add_scheme, **given)
    assert GradingScheme.objects.count() == 1


def test_a_version_that_is_no_draft_is_not_corrected():
    version = make_grading.version("active")
    note = {"by": make.user(), "today": TODAY, "reason": "-"}

    with pytest.raises(Refused):
        actions.change_version(version.pk, **note, effective_from=TODAY)
    with pytest.raises(Stale):
        actions.change_version(make_grading.version().pk, revision=3, **note)


def test_a_file_that_is_taken_away_is_told_with_its_digest():
    version = make_grading.version("active")
    officer = make.user()

    assert actions.exported(version, by=officer).decode() == version.text
    told = LedgerEntry.objects.of(version).get()
    assert (told.act, told.actor, told.after) == (
        "grading.schemeversion.export", officer, {"digest": version.digest}
    )  # fmt: skip


def test_the_nearest_division_with_a_rule_set_in_force_rules():
    city = make_grading.version("active", division=make.division("3306"))
    rows = SchemeVersion.objects

    assert list(rows.ruling_in(make.division("330681").pk, TODAY)) == [city]
    county = make_grading.version("active")
    assert list(rows.ruling_in(make.division("330681003").pk, TODAY)) == [county]
    assert list(rows.ruling_in(make.division("330682").pk, TODAY)) == [city]
    assert list(rows.ruling_in(make.division("330681").pk, TODAY, subject="title")) == []
