"""Levels that were given on paper, or elsewhere, are recorded and ended by an officer."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, asking
from registry.models import LevelHolding, Mediator
from registry.questions import may_end_level
from registry.search.upkeep import refresh_mediators

BATCH = 500


@transaction.atomic
def record_level(pk, *, by, today, reason, level, from_on, source):
    """Record that a mediator holds a level from a day on; returns the holding.

    The level held until then ends on that day, and still answers for the days before.

    :raises Refused: if the day lies in the future or in the time of another level, or the person
        holds this level.
    """
    mediator = _locked(pk)
    if from_on > today:
        raise Refused({"from_on": _("This day lies in the future.")})
    running = mediator.levels.filter(until_on=None).first()
    if running and running.level_id == level.pk:
        raise Refused({"level": _("The person holds this level.")})
    if running and running.from_on >= from_on:
        raise Refused({"from_on": _("The level held now began on this day or later.")})
    if mediator.levels.filter(until_on__gt=from_on).exists():
        raise Refused({"from_on": _("On this day the person held another level.")})
    if running:
        _bar_given_elsewhere(running, today)
        _end(running, from_on)
    holding = LevelHolding(mediator=mediator, level=level, from_on=from_on, source=source)
    holding.full_clean()
    holding.save()
    _tell("record_level", holding, by=by, today=today, reason=reason)
    return holding


@transaction.atomic
def end_level(pk, *, by, today, reason, until_on):
    """End the level a mediator holds; ``until_on`` is the first day without it.

    :raises Refused: if no level is held, or the day is not after its beginning or lies ahead.
    """
    mediator = _locked(pk)
    holding = mediator.levels.filter(until_on=None).first()
    if holding is None:
        raise Refused(_("The person holds no level."))
    if until_on > today:
        raise Refused({"until_on": _("This day lies in the future.")})
    if until_on <= holding.from_on:
        raise Refused({"until_on": _("The level cannot end before it begins.")})
    _bar_given_elsewhere(holding, today)
    _end(holding, until_on)
    _tell("end_level", holding, by=by, today=today, reason=reason)
    return holding


@transaction.atomic
def end_level_today(pk, *, by, today, reason):
    """End the level that runs today, also where its last day was known; returns the holding.

    Returns None if none runs. For floors above, whose levels are taken away by steps of their own.
    """
    holding = _locked(pk).levels.in_force(today).select_related("level").first()
    if holding is not None:
        _end(holding, today)
        _tell("end_level", holding, by=by, today=today, reason=reason)
    return holding


@transaction.atomic
def follow_level(pk, *, by, today, reason, level, from_on, until_on, source):
    """Let a level begin on a day up to today, instead of the one held then; returns the holding.

    For floors above, which decide by steps of their own.

    :raises Refused: if another level began on that day or later, or one held then ended since.
    """
    mediator = _locked(pk)
    if mediator.levels.filter(from_on__gte=from_on).exists():
        raise Refused({"from_on": _("The level held now began on this day or later.")})
    before = mediator.levels.in_force(from_on).first()
    if before and before.until_on is not None and before.until_on <= today:
        raise Refused({"from_on": _("On this day the person held another level.")})
    if before:
        _end(before, from_on)
    holding = LevelHolding(
        mediator=mediator, level=level, from_on=from_on, until_on=until_on, source=source
    )
    holding.full_clean()
    holding.save()
    _tell("record_level", holding, by=by, today=today, reason=reason)
    return holding


def held_by(pks, *, today):
    """Lock people (their keys) in one order; return {person: the holding that runs today}.

    :raises Refused: if the personal data of one of them were erased.
    """
    people = Mediator.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    if any(person.erased_on for person in people):
        raise Refused(_("The personal data of one of these entries were erased."))
    rows = LevelHolding.objects.in_force(today).filter(mediator__in=pks)
    return {row.mediator_id: row for row in rows.select_related("level")}


@transaction.atomic
def record_levels(gains, *, by, today, reason, source):
    """Record that many people hold levels from today on; returns {person: holding}.

    What each held until now ends today, and still answers for the days before.

    :param gains: (mediator, level, first day without it or None), a person once.
    :raises Refused: if what somebody holds began today or later.
    """
    people = {mediator.pk: mediator for mediator, _level, _until in gains}
    running = held_by(list(people), today=today)
    for row in running.values():
        if row.from_on >= today:
            raise Refused(
                _("%(name)s: the level held now began today or later.")
                % {"name": people[row.mediator_id].name}
            )
    ending = [row.pk for row in running.values()]
    LevelHolding.objects.filter(pk__in=ending).update(until_on=today)
    made = LevelHolding.objects.bulk_create(
        (
            LevelHolding(
                mediator=mediator, level=level, from_on=today, until_on=until_on, source=source
            )
            for mediator, level, until_on in gains
        ),
        batch_size=BATCH,
    )
    entries = [_entry("record_level", row, by=by, reason=reason) for row in made]
    if entries:
        ledger.append_all(entries)
    refresh_mediators(list(people), today=today)
    return {row.mediator_id: row for row in made}


def _bar_given_elsewhere(holding, today):
    if reasons := asking(may_end_level)(holding, today):
        raise Refused(reasons)


def _locked(pk):
    mediator = Mediator.objects.select_for_update(of=("self",)).get(pk=pk)
    if mediator.erased_on:
        raise Refused(_("The personal data of this entry were erased; it stays as it is."))
    return mediator


def _end(holding, until_on):
    holding.until_on = until_on
    holding.full_clean()
    holding.save()


def _tell(act, holding, *, by, today, reason):
    ledger.append_all([_entry(act, holding, by=by, reason=reason)])
    refresh_mediators([holding.mediator_id], today=today)


def _entry(act, holding, *, by, reason):
    days = {"level_from_on": holding.from_on, "level_until_on": holding.until_on}
    told = {name: day.isoformat() for name, day in days.items() if day}
    after = {"level_held": holding.level.label, "level_source": holding.source, **told}
    act = f"registry.mediator.{act}"
    return ledger.draft(act, holding.mediator, by=by, reason=reason, after=after)
