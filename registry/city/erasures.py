"""Erasures of the demo in every state; the one carried out is of somebody who left long ago."""

from datetime import timedelta

from office.identity import Sex
from office.models import User
from registry.actions import erasures
from registry.city.accounts import FENGQIAO
from registry.models import (
    Appointment,
    Division,
    Employment,
    EndedBy,
    Mediator,
    Organization,
    OrganizationKind,
)
from registry.rules import years_later

COUNTY = FENGQIAO[:6]


def make_erasures(today):
    """Ask for three erasures; decline one, carry out one."""
    first, second = (User.objects.get(username=name) for name in ("county", "county2"))
    asked = {"by": first, "today": today, "reason": "离任多年，本人书面申请删除个人信息。"}
    decided = {"by": second, "today": today}
    left = Mediator.objects.filter(
        division__code__startswith=COUNTY, appointments__state="ended", merged_into=None, user=None
    )
    for number, person in enumerate(left.order_by("pk").distinct()[:2]):
        case = erasures.ask_for_erasure(person.pk, **asked)
        if number:
            reason = "保存期限未届满。"
            erasures.decline_erasure(case.pk, reason=reason, **decided)
    case = erasures.ask_for_erasure(_long_gone(today).pk, **asked)
    reason = "保存期限已届满，无在办事项。"
    erasures.carry_out_erasure(case.pk, reason=reason, **decided)


def _long_gone(today):
    """Somebody whose only term ended years before the data may go."""
    body = Organization.objects.get(division__code=FENGQIAO, kind=OrganizationKind.TOWNSHIP)
    person = Mediator.objects.create(
        public_id="longgone0001",
        name="孟长林",
        sex=Sex.MALE,
        division=Division.objects.get(code=FENGQIAO),
        certificate_number=f"{COUNTY}990001",
    )
    until_on = years_later(today, -8) - timedelta(days=40)
    Appointment.objects.create(
        mediator=person,
        organization=body,
        employment=Employment.PART_TIME,
        from_on=years_later(until_on, -3),
        term_until_on=until_on,
        until_on=until_on,
        state="ended",
        ended_by=EndedBy.LAPSED,
    )
    return person
