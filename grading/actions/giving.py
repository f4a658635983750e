"""What a confirmed application writes into the register: a level, a title beside it, or stars.

Levels only rise: whoever holds a higher one keeps it, and so it is within the titles of one rule
set. Stars are rated anew each time, as in the register itself: the latest rating counts.
"""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _

from grading.flows import GradeState
from grading.models import Application, Grade
from grading.rules.stars import most_stars
from grading.rules.unknown import is_known
from grading.rules.validity import years, years_until_recheck
from office import ledger
from office.flow import Refused
from registry.actions.levels import held_by, record_levels
from registry.actions.stars import hold_bodies, rate
from registry.letters import bureau_of
from registry.rules import years_later

AT_A_TIME = 500
LONGEST_GIVER = 100


@dataclass(frozen=True)
class Before:
    """What applicants hold before: ``holdings`` by person in the register, ``grades`` by person."""

    holdings: dict = field(default_factory=dict)
    grades: dict = field(default_factory=dict)


def what_they_hold(applications, grading_round, today):
    """Lock the applicants and what they hold of the round's scale, ahead of the ledger."""
    if grading_round.is_of_bodies:
        hold_bodies([row.organization_id for row in applications])
        return Before()
    people = [row.mediator_id for row in applications]
    held = held_by(people, today=today)
    rows = Grade.objects.standing().filter(mediator__in=people)
    rows = rows.filter(title_of=_title_of(grading_round)).order_by("pk")
    rows = rows.select_for_update(of=("self",)).select_related("mediator", "version__scheme")
    grades = {row.mediator_id: row for row in rows}
    return Before({} if grading_round.is_of_titles else held, grades)


def give(applications, grading_round, before, *, by, today, reason):
    """Enter what was won, from today on; returns {application: what the decision tells of it}.

    :param before: what ``what_they_hold`` gave, in the same transaction.
    """
    note = {"by": by, "today": today, "reason": reason}
    if grading_round.is_of_bodies:
        return {row.pk: _rate(row, grading_round, **note) for row in applications}
    kept = {
        row.pk: {"higher_level_kept": label}
        for row in applications
        if (label := _higher(row, before, today))
    }
    winners = [row for row in applications if row.pk not in kept]
    people = {row.mediator_id for row in winners}
    followed = [one for person, one in before.grades.items() if person in people]
    follow(followed, by=by, on=today, reason=reason)
    until_on = _later(today, years(grading_round.rules))
    holdings = {} if grading_round.is_of_titles else _enter(winners, until_on, **note)
    _grade(winners, grading_round, holdings, until_on, **note)
    return kept


def _title_of(grading_round):
    """Return the rule set whose title is given, None where levels are."""
    return grading_round.version.scheme_id if grading_round.is_of_titles else None


def _higher(row, before, today):
    """Return what somebody holds that is higher than what was won, "" if nothing is."""
    if row.round_level.level is not None:
        holding = before.holdings.get(row.mediator_id)
        higher = holding is not None and holding.level.rank < row.round_level.level.rank
        return holding.level.label if higher else ""
    held = before.grades.get(row.mediator_id)
    if held is None or held.has_run_out(today):
        return ""
    return held.label if held.version.rules.level(held.code).rank < row.round_level.rank else ""


def _enter(winners, until_on, *, by, today, reason):
    """Let the levels begin in the register; returns {person: holding}."""
    if not winners:
        return {}
    gains = [(row.mediator, row.round_level.level, until_on) for row in winners]
    source = winners[0].grading_round.title[:120]
    return record_levels(gains, by=by, today=today, reason=reason, source=source)


def _grade(winners, grading_round, holdings, until_on, *, by, today, reason):
    recheck_on = _later(today, years_until_recheck(grading_round.rules))
    grades = [
        Grade(
            mediator=row.mediator,
            application=row,
            version=grading_round.version,
            title_of_id=_title_of(grading_round),
            code=row.round_level.code,
            label=row.round_level.label,
            holding=holdings.get(row.mediator_id),
            from_on=today,
            until_on=until_on,
            recheck_on=recheck_on,
        )
        for row in winners
    ]
    Grade.objects.bulk_create(grades, batch_size=AT_A_TIME)
    _tell([(row, "give", ledger.filled(row)) for row in grades], by=by, reason=reason)


def follow(rows, *, by, on, reason):
    """End the grades that stood on the day another begins; they answer for the days before it."""
    pks = [row.pk for row in rows]
    Grade.objects.filter(pk__in=pks).update(
        state=GradeState.FOLLOWED, ended_on=on, ended_by=by, revision=models.F("revision") + 1
    )
    told = {"state": GradeState.FOLLOWED.value, "ended_on": on.isoformat()}
    _tell([(row, "follow", told) for row in rows], by=by, reason=reason)


def _rate(row, grading_round, *, by, today, reason):
    """Enter the stars of an organisation; returns what the decision tells of them."""
    most = most_stars(grading_round.rules)
    if row.round_level.stars is None or not is_known(most):
        raise Refused(_("The rule does not say how many stars each of its levels is."))
    try:
        rating = rate(
            by=by, today=today, reason=reason, organization=row.organization,
            stars=row.round_level.stars, most_stars=most, rated_on=today,
            rated_by=bureau_of(grading_round.division_id)[:LONGEST_GIVER],
            recheck_years=years_until_recheck(grading_round.rules),
        )  # fmt: skip
    except Refused as refusal:
        name = row.applicant_name
        raise Refused([f"{name}：{sentence}" for sentence in refusal.messages]) from refusal
    row.star_rating = rating
    Application.objects.filter(pk=row.pk).update(star_rating=rating)
    return {"stars": rating.stars, "star_rating": rating.pk}


def _tell(acts, *, by, reason):
    entries = [
        ledger.draft(f"grading.grade.{name}", row, by=by, reason=reason, after=after)
        for row, name, after in acts
    ]
    if entries:
        ledger.append_all(entries)


def _later(day, number):
    return None if number is None else years_later(day, number)
