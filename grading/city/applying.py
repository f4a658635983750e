"""Applications of the demo as they lie after being handed in: many people at once.

What mediators do on their own pages is written down here as it would have been; from then on
everything goes through the actions of the officers.
"""

from datetime import timedelta

from grading.actions import entering
from grading.actions.judging import take_evidence
from grading.evaluation import Everybody
from grading.flows import ApplicationState
from grading.models import Application
from grading.queries.bodies import committees_of
from office import ledger
from registry.models import Appointment, Mediator, StarRating

STATEMENT = "（演示）长期从事调解工作，熟悉本地情况，愿意承担更多调解任务。"
OF_A_COMMITTEE = "（演示）队伍稳定，制度健全，台账齐全，群众满意。"
# Of so many who pass there is one who does not and applies all the same.
ONE_IN = 6


def people_for(level, division, count, taken):
    """Return people of a division who would apply for a level: most pass, some do not.

    :param taken: keys of people who have an application in the round; the chosen ones are added.
    """
    of = level.grading_round
    serving = Mediator.objects.in_division(division).filter(
        merged_into=None,
        erased_on=None,
        # A title is won beside a level, by those who hold one.
        levels__isnull=not of.is_of_titles,
        appointments__in=Appointment.objects.in_post(of.as_of),
    )
    everybody = Everybody(of.rules, level.code, of.as_of, people=serving.distinct(), answer=True)
    passing = [pk for pk in everybody.having("pass", most=count * 3) if pk not in taken][:count]
    failing = [pk for pk in everybody.having("fail", most=count * 3) if pk not in taken]
    chosen = passing + failing[: max(count // ONE_IN, 1)]
    taken.update(chosen)
    return list(Mediator.objects.filter(pk__in=chosen).order_by("pk"))


def committees_for(level, count, taken):
    """Return committees that would apply for a level, its stars never given before.

    :param taken: keys of committees left out; the chosen ones are added.
    """
    of = level.grading_round
    rated = StarRating.objects.values("organization")
    bodies = committees_of(of.division).exclude(pk__in=rated).exclude(pk__in=taken)
    everybody = Everybody(of.rules, level.code, of.as_of, people=bodies, answer=True)
    chosen = everybody.having("pass", most=count)
    taken.update(chosen)
    return list(committees_of(of.division).filter(pk__in=chosen).order_by("pk"))


def hand_in(level, people, *, today):
    """Store applications of people, or of committees, as handed in on a day; returns them.

    Those whose organisation another body decides on are left out.
    """
    made = [row for person in people if (row := _applying(level, person, today))]
    Application.objects.bulk_create(made)
    rows = Application.objects.with_all().filter(pk__in=[row.pk for row in made]).order_by("pk")
    take_evidence(rows, today=today)
    entries = [
        ledger.draft(f"grading.application.{act}", row, by=None, reason="演示。", after=after)
        for row in rows
        for act, after in (("begin", ledger.filled(row) | {"evidence": {}}), ("submit", {}))
    ]
    if entries:
        ledger.append_all(entries)
    return list(rows)


def _applying(level, person, today):
    of, is_of_body = level.grading_round, level.grading_round.is_of_bodies
    body = person if is_of_body else entering.organization_of(person, of.division, today)
    if body is None:
        return None
    row = Application(
        grading_round=of, round_level=level, organization=body, division=body.division,
        is_of_body=is_of_body, mediator=None if is_of_body else person,
        state=ApplicationState.SUBMITTED, statement=OF_A_COMMITTEE if is_of_body else STATEMENT,
        opened_on=today - timedelta(days=3), declared_on=today, submitted_on=today,
    )  # fmt: skip
    entering.set_bodies(row)
    return row
