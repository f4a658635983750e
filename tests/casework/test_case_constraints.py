"""What the database itself holds of a case, whoever writes it."""

import pytest
from django.db import IntegrityError, connection, transaction

from casework.models import CaseRecord, CaseShare
from tests import make
from tests.casework import make_cases
from tests.make import DAY, TODAY

pytestmark = pytest.mark.django_db

BROKEN = [
    # Other constraints may speak first of a state that nobody knows.
    ("succeeded", {"state": "unheard-of"}, "case_"),
    ("succeeded", {"number": None}, "case_has_a_number_once_accepted"),
    ("succeeded", {"number": ""}, "case_has_a_number_once_accepted"),
    ("succeeded", {"closed_on": None}, "case_closed_on_a_day"),
    ("accepted", {"closed_on": TODAY}, "case_closed_on_a_day"),
    ("succeeded", {"closed_on": TODAY - 31 * DAY}, "case_closes_after_it_was_accepted"),
    ("failed", {"agreement": "written"}, "case_agreement_goes_with_success"),
    ("succeeded", {"agreement": "none"}, "case_success_is_an_agreement"),
    ("succeeded", {"agreement": "sung"}, "case_agreement_is_known"),
    ("failed", {"fulfilment": "fulfilled"}, "case_fulfilment_is_known"),
    ("succeeded", {"is_voluntary": True}, "case_voluntary_only_if_fulfilled"),
    ("failed", {"confirmation": "confirmed"}, "case_confirmation_is_known"),
    ("succeeded", {"judgment": "lost"}, "case_judgment_is_known"),
    ("succeeded", {"source": "heard"}, "case_source_is_known"),
    ("succeeded", {"attempts": 0}, "case_was_attempted"),
    ("succeeded", {"amount": -1}, "case_amount_is_not_negative"),
]


@pytest.mark.parametrize(("state", "values", "name"), BROKEN)
def test_the_database_refuses_a_case_that_cannot_be(state, values, name):
    case = make_cases.case(state)
    # SQLite tells the name of the constraint as well.
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        CaseRecord.objects.filter(pk=case.pk).update(**values)


def test_no_case_is_its_own_twin():
    case = make_cases.case()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseRecord.objects.filter(pk=case.pk).update(same_as=case.pk)


def test_a_number_is_given_once():
    case = make_cases.case(number="X1")
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseRecord.objects.filter(pk=make_cases.case().pk).update(number=case.number)


def test_one_person_leads_and_nobody_takes_part_twice():
    case = make_cases.case()
    share = case.shares.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseShare.objects.bulk_create(
            [CaseShare(case=case, mediator=share.mediator, role="recorder")]
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseShare.objects.bulk_create([CaseShare(case=case, mediator=make.mediator())])
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseShare.objects.filter(pk=share.pk).update(weight=0)


def test_what_parties_are_called_is_encrypted():
    party = make_cases.party(make_cases.case(), name="张三丰", phone="13800001234")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone FROM casework_caseparty WHERE id = %s", [party.pk])
        stored = " ".join(cursor.fetchone())
    assert "张三丰" not in stored
    assert "1234" not in stored
    assert type(party).objects.get(pk=party.pk).name == "张三丰"


def test_the_scheme_of_the_nearest_division_holds():
    everywhere = make_cases.difficulty().scheme
    county = make.division("330681")
    own = make.saved(type(everywhere)(division=county, name="诸暨办法", from_on=TODAY - DAY))
    ruling = type(everywhere).objects.ruling
    assert ruling(make.division("330681").pk, TODAY) == own
    assert ruling(make.division("330681").pk, TODAY - 2 * DAY) == everywhere
    assert ruling(make.division("330683").pk, TODAY) == everywhere
