"""The minimum of each place is left aside by two officers where the places do not do for it."""

import pytest

from grading.actions import awarding, covering
from grading.models import Application, RoundLevel
from office.models import LedgerEntry
from tests import make
from tests.grading import make_grading, make_panels
from tests.grading.make_panels import WHY
from tests.grading.test_ranking_rounds import outcome, refusal_of
from tests.registry.desk import sent, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BARRED = (
    "There are too few places to cover everybody: two officers leave the minimum of each place"
    " aside, or a new version of the rule has other numbers."
)


def ranked(number=1):
    """Two applicants of two townships, each of which is to have one place at least."""
    content = make_grading.document(
        selection={
            "quotas": [{"level": "l4", "number": number}], "tie_at_cut": "manual",
            "coverage": {"per": "township", "min": 1},
        }
    )  # fmt: skip
    level, rows = make_panels.ranking([40, 30], content=content)
    for row, code in zip(rows, ("330681001", "330681002"), strict=True):
        Application.objects.filter(pk=row.pk).update(division=make.division(code))
    return level, rows


def award(level):
    return awarding.award_level(level.pk, by=make.user(), **WHY)


def leave(level, by=None, **given):
    return covering.leave_coverage(level.pk, by=by or make.user(), **{**WHY, **given})


def test_two_officers_leave_it_aside_and_rank_alone_decides():
    level, rows = ranked()
    assert refusal_of(award, level) == [BARRED]
    first, second = make.user(), make.user()
    leave(level, first)
    assert refusal_of(award, level) == [BARRED]
    assert refusal_of(covering.confirm_leaving, level.pk, by=first, **WHY) == [
        "Another officer than the one who proposed it confirms."
    ]
    covering.confirm_leaving(level.pk, by=second, **WHY)
    award(level)

    assert outcome(rows) == [("proposed", 1), ("no_level", None)]
    level = RoundLevel.objects.get(pk=level.pk)
    assert level.award["uncovered"] == [WHY["reason"], first.pk, second.pk]
    assert awarding.award_faults(level) == []


def test_where_the_places_do_nothing_is_left_aside():
    level, _rows = ranked(number=2)
    assert refusal_of(leave, level) == ["The places do for the minimum of each place."]
    assert refusal_of(covering.confirm_leaving, level.pk, by=make.user(), **WHY) == [
        "It is confirmed or taken back already."
    ]


def test_it_is_proposed_once_with_a_reason_and_taken_back():
    level, rows = ranked()
    assert refusal_of(leave, level, reason=" ") == ["Give the reason."]
    leave(level)
    assert refusal_of(leave, level) == ["It is proposed already; a second officer confirms it."]
    covering.confirm_leaving(level.pk, by=make.user(), **WHY)
    covering.keep_coverage(level.pk, by=make.user(), **WHY)
    assert refusal_of(award, level) == [BARRED]
    level.refresh_from_db()
    assert (level.uncovered_reason, level.uncovered_by, level.uncovered_on) == ("", None, None)
    acts = LedgerEntry.objects.of(level).order_by("pk").values_list("act", flat=True)
    assert list(acts) == [
        "grading.roundlevel.leave_coverage", "grading.roundlevel.confirm_leaving",
        "grading.roundlevel.keep_coverage",
    ]  # fmt: skip
    assert outcome(rows) == [("eligible", None), ("eligible", None)]


def test_once_places_are_given_nothing_of_it_changes():
    level, _rows = ranked(number=2)
    award(level)
    for act in (covering.leave_coverage, covering.confirm_leaving, covering.keep_coverage):
        said = refusal_of(act, level.pk, by=make.user(), **WHY)
        assert said == ["The places of this level are given."]


def test_the_desk_offers_it_and_of_another_county_nobody_finds_it(client, at_desk):
    level, _rows = ranked()
    acts = ("leave_coverage", "confirm_leaving", "keep_coverage")
    at_desk(make.officer("county_bureau", make.division("330682")))
    for name in acts:
        assert client.post(url("grading_levels", "act", level.pk, name), sent()).status_code == 404
    for name, officer in zip(acts, ("a", "b", "c"), strict=True):
        at_desk(make.officer("county_bureau", make.division("330681")))
        response = client.post(url("grading_levels", "act", level.pk, name), sent())
        assert response.status_code == 302, officer
    level.refresh_from_db()
    assert level.uncovered_by is None
