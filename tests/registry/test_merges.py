"""Two entries of one become one, with all that hangs on them, and two again."""

import pytest
from django.db import IntegrityError, transaction

from office.flow import Refused
from office.models import LedgerEntry
from registry.actions import merges
from registry.models import (
    Appointment,
    LevelHolding,
    Mediator,
    MediatorRow,
    Merge,
    Organization,
    OrganizationRow,
)
from registry.rules import Likeness
from registry.search.upkeep import differences, rebuild
from tests import make
from tests.make import DAY, TODAY
from tests.registry.desk import elsewhere, sent, url

pytestmark = pytest.mark.django_db
GIVEN = {"today": TODAY, "reason": "One person."}


@pytest.fixture
def officer():
    return make.user(is_superuser=True)


@pytest.fixture
def two():
    """Two entries of one person, each with a post, the second with a level."""
    kept, gone = make.mediator(name="陈一"), make.mediator(name="陈一（重复）")
    make.appointment(kept, make.organization(name="甲村人民调解委员会"))
    make.appointment(gone, make.organization(name="乙村人民调解委员会"))
    make.level_holding(gone)
    rebuild(today=TODAY)
    return kept, gone


def posts(person):
    return sorted(
        Appointment.objects.filter(mediator=person).values_list("organization__name", flat=True)
    )


def test_every_row_goes_to_the_entry_kept(officer, two):
    kept, gone = two

    merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)

    assert posts(kept) == ["乙村人民调解委员会", "甲村人民调解委员会"]
    assert posts(gone) == []
    assert LevelHolding.objects.get().mediator == kept
    assert Mediator.objects.get(pk=gone.pk).merged_into == kept


def test_the_roster_follows_at_once(officer, two):
    kept, gone = two

    merge = merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)
    assert list(MediatorRow.objects.values_list("mediator", flat=True)) == [kept.pk]
    assert list(differences(today=TODAY)) == []

    merges.undo_merge(merge.pk, by=officer, **GIVEN)
    assert MediatorRow.objects.count() == 2
    assert list(differences(today=TODAY)) == []


def test_undoing_puts_everything_back(officer, two):
    kept, gone = two
    merge = merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)

    merges.undo_merge(merge.pk, by=officer, **GIVEN)

    assert (posts(kept), posts(gone)) == (["甲村人民调解委员会"], ["乙村人民调解委员会"])
    assert LevelHolding.objects.get().mediator == gone
    assert Mediator.objects.get(pk=gone.pk).merged_into is None
    assert Merge.objects.get().undone_on == TODAY


def test_both_entries_have_it_in_their_history(officer, two):
    merge = merges.merge_mediators(two[0].pk, by=officer, gone=two[1], **GIVEN)
    merges.undo_merge(merge.pk, by=officer, **GIVEN)

    for row in two:
        acts = LedgerEntry.objects.of(row).order_by("sequence").values_list("act", flat=True)
        assert list(acts) == ["registry.mediator.merge", "registry.mediator.unmerge"]


def test_the_old_address_leads_to_the_entry_kept(client, officer, two):
    kept, gone = two
    merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)

    answer = client.get(gone.get_absolute_url())

    assert (answer.status_code, answer["Location"]) == (301, kept.get_absolute_url())


def test_what_one_may_hold_only_once_bars_the_merge_and_nothing_moves(officer):
    kept, gone = (
        make.appointment(make.mediator(), make.organization(), employment="full_time").mediator
        for _number in range(2)
    )
    make.level_holding(gone)

    with pytest.raises(Refused):
        merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)

    assert LevelHolding.objects.get().mediator == gone
    assert not Merge.objects.exists()


def test_an_entry_is_not_merged_into_itself_nor_twice(officer, two):
    kept, gone = two
    with pytest.raises(Refused):
        merges.merge_mediators(kept.pk, by=officer, gone=kept, **GIVEN)
    merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)

    with pytest.raises(Refused):
        merges.merge_mediators(make.mediator().pk, by=officer, gone=gone, **GIVEN)
    with pytest.raises(Refused):
        merges.merge_mediators(gone.pk, by=officer, gone=make.mediator(), **GIVEN)


def test_a_merge_is_undone_once_and_from_the_last_one_back(officer, two):
    kept, gone = two
    first = merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)
    last = merges.merge_mediators(make.mediator().pk, by=officer, gone=kept, **GIVEN)

    with pytest.raises(Refused):
        merges.undo_merge(first.pk, by=officer, **GIVEN)
    merges.undo_merge(last.pk, by=officer, **GIVEN)
    merges.undo_merge(first.pk, by=officer, **GIVEN)
    with pytest.raises(Refused):
        merges.undo_merge(first.pk, by=officer, **GIVEN)


def test_a_row_that_ended_meanwhile_goes_back_as_it_is(officer, two):
    kept, gone = two
    merge = merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)
    Appointment.objects.filter(organization__name="乙村人民调解委员会").update(
        **make.left(TODAY - DAY)
    )

    merges.undo_merge(merge.pk, by=officer, **GIVEN)

    assert posts(gone) == ["乙村人民调解委员会"]


def test_a_merged_entry_is_no_duplicate_any_more(officer):
    kept, gone = (make.mediator(name="陈一", phone="13800001234") for _number in range(2))
    assert [row.likeness for row in Mediator.objects.all().like(kept)] == [Likeness.CERTAIN]

    merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)

    assert list(Mediator.objects.all().like(kept)) == []
    assert {row.likeness for row in Mediator.objects.with_likeness(Mediator.objects.all())} == {
        Likeness.NONE
    }


def test_an_organisation_takes_over_people_and_studios(officer, client):
    kept, gone = make.organization(), make.organization()
    held = make.appointment(body=gone)
    studio = make.organization(kind="studio", parent=gone)
    rebuild(today=TODAY)

    merges.merge_organizations(kept.pk, by=officer, gone=gone, **GIVEN)

    held.refresh_from_db()
    studio.refresh_from_db()
    assert (held.organization, studio.parent) == (kept, kept)
    assert not OrganizationRow.objects.filter(organization=gone.pk).exists()
    assert client.get(gone.get_absolute_url())["Location"] == kept.get_absolute_url()


def test_an_organisation_with_a_clerk_is_not_merged_away(officer):
    gone = make.organization()
    make.officer("clerk", gone)

    with pytest.raises(Refused):
        merges.merge_organizations(make.organization().pk, by=officer, gone=gone, **GIVEN)


def test_the_database_refuses_an_entry_merged_into_itself(two):
    for row in (two[0], make.organization()):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(merged_into=row.pk)


def test_the_county_merges_on_the_desk_and_undoes_it(client, county, two):
    kept, gone = two
    client.post(url("mediators", "act", kept.pk, "merge"), sent(gone=gone.pk))
    merge = Merge.objects.get()
    assert merge.gone == gone.pk

    client.post(url("merges", "act", merge.pk, "undo"), sent())

    assert Merge.objects.get().undone_on == TODAY


def test_an_entry_of_another_county_can_be_neither_chosen_nor_undone(client, at_desk, officer, two):
    kept, gone = two
    at_desk()
    other = make.mediator(in_division=elsewhere())

    answer = client.post(url("mediators", "act", kept.pk, "merge"), sent(gone=other.pk))
    assert (answer.status_code, Merge.objects.count()) == (422, 0)
    merge = merges.merge_mediators(kept.pk, by=officer, gone=gone, **GIVEN)

    at_desk(make.officer("county_bureau", elsewhere()))
    assert client.get(url("merges", "inspect", merge.pk)).status_code == 404
    assert client.post(url("merges", "act", merge.pk, "undo"), sent()).status_code == 404


def test_a_justice_office_merges_nobody(client, at_desk, two):
    at_desk(make.officer("justice_office", make.division("330681")))

    assert client.get(url("mediators", "act", two[0].pk, "merge")).status_code == 404


def test_merged_organisations_are_not_public(officer):
    kept, gone = make.organization(), make.organization()
    merges.merge_organizations(kept.pk, by=officer, gone=gone, **GIVEN)

    for rows in (Organization.objects.public(), Organization.objects.listed()):
        assert list(rows) == [kept]
