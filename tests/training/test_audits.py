"""A sample of credits: drawn by a seed, again the same; wrong hours are taken back."""

from datetime import date

import pytest

from office.flow import Refused
from tests import make
from tests.make import TODAY
from tests.training import make_hours as hours
from training.actions import check_credit, draw_audit
from training.actions.audits import credits_of
from training.models import AuditItem, HourEntry

YEAR = TODAY.year


def audit(size=2, seed="abc", year=YEAR):
    return draw_audit(
        by=make.user(),
        today=TODAY,
        reason="Yearly check.",
        division=make.division(),
        year=year,
        size=size,
        seed=seed,
    )


@pytest.mark.django_db
class TestAudit:
    def test_what_is_credited_later_does_not_change_the_sample(self):
        person = hours.person()
        for _again in range(5):
            hours.learnt(person, "1.0")
        drawn_now = audit()
        first = set(drawn_now.items.values_list("entry_id", flat=True))
        for _again in range(20):
            hours.learnt(person, "1.0")

        assert set(credits_of(drawn_now)) == first
        assert len(first) == 2

    def test_other_years_places_and_reversals_are_not_drawn(self):
        here = hours.learnt(hours.person(), "1.0")
        hours.learnt(hours.person(), "1.0", done_on=date(YEAR - 1, 3, 3))
        hours.learnt(hours.person("330602"), "1.0")

        assert credits_of(audit(size=9)) == [here.pk]

    def test_where_nothing_was_credited_nothing_is_drawn(self):
        with pytest.raises(Refused):
            audit()

    def test_hours_not_borne_out_are_taken_back_and_a_credit_is_checked_once(self):
        hours.learnt(hours.person(), "3.0")
        item = audit().items.get()
        officer = make.user()
        check_credit(
            item.pk, by=officer, today=TODAY, reason="No list signed.", finding="not_borne_out"
        )

        assert HourEntry.objects.total() == 0
        assert AuditItem.objects.get().checked_by == officer
        with pytest.raises(Refused):
            check_credit(item.pk, by=officer, today=TODAY, reason="-", finding="borne_out")

    def test_hours_borne_out_stay(self):
        hours.learnt(hours.person(), "3.0")
        item = audit().items.get()
        check_credit(item.pk, by=make.user(), today=TODAY, reason="In order.", finding="borne_out")

        assert HourEntry.objects.total() == 3
        assert not AuditItem.objects.open().exists()

    def test_if_the_hours_cannot_be_taken_back_the_check_is_not_noted_either(self, monkeypatch):
        hours.learnt(hours.person(), "3.0")
        item = audit().items.get()

        def fails(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("training.actions.audits.reverse_hours", fails)
        with pytest.raises(RuntimeError):
            check_credit(item.pk, by=make.user(), today=TODAY, reason="-", finding="not_borne_out")

        assert AuditItem.objects.open().count() == 1
