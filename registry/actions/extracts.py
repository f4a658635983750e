"""Extracts of the roster: that a person was a mediator of an organisation on a day."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused
from registry.editions.content import HEAD, content_for
from registry.letters import bureau_for
from registry.models import Extract, Mediator

PRINTED = ("姓名", "性别", "调解组织", "职务", "专职/兼职", "等级", "证号", "任职自")


@transaction.atomic
def issue_extract(pk, *, by, today, reason, on_date, known_at):
    """State in writing which posts a mediator held on a day; returns the extract.

    :raises Refused: if the day lies in the future, or the person held no post then.
    """
    mediator = Mediator.objects.get(pk=pk)
    if on_date > today:
        raise Refused({"on_date": _("An extract speaks of today or an earlier day.")})
    facts = facts_on(mediator, on_date, known_at)
    if not facts:
        raise Refused({"on_date": _("On that day this person was on no roster.")})
    extract = Extract(
        mediator=mediator,
        on_date=on_date,
        known_at=known_at,
        facts=facts,
        issued_by=by,
        issued_on=today,
        issuer=bureau_for(by, mediator.division_id),
    )
    extract.full_clean()
    extract.save()
    after = {"extract": extract.public_id, "on_date": on_date.isoformat()}
    ledger.append("registry.mediator.extract", mediator, by=by, reason=reason, after=after)
    return extract


def facts_on(mediator, on_date, known_at):
    """Return what the roster of a day said of a person, as [[term, value]]; nothing if absent."""
    columns = [HEAD.index(name) for name in PRINTED]
    return [
        [HEAD[at], row[at]]
        for row in content_for(mediator, on_date, known_at)
        for at in columns
        if row[at]
    ]
