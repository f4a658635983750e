"""What grading adds to the own page of who is signed in."""

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from grading.flows.application import (
    WITH_THE_APPLICANT,
    ApplicationState,
    its_round_is_open,
    its_window_is_open,
)
from grading.models import Application, GradingRound, RoundLevel
from grading.queries.bodies import bodies_of, committees
from grading.queries.rounds import BODIES
from office.workbench import Place, Task
from registry.models import Mediator
from registry.rules import enclosing

S = ApplicationState


def applications_on_my_page(user, today):
    """Return what came back, what waits for consent, what is begun, and the place of them all.

    The clerk of an organisation that is graded itself finds its applications as well.
    """
    mediator, bodies = Mediator.objects.filter(user=user).first(), bodies_of(user)
    if mediator is None and not bodies:
        return []
    rows = Application.objects.own_of(user).filter(state__in=WITH_THE_APPLICANT)
    rows = rows.select_related("round_level", "grading_round").order_by("pk")
    tasks = [task for row in rows if (task := _task(row, today))]
    if mediator is None:
        rounds = len(open_to_bodies(bodies, today))
        if not rounds and not Application.objects.own_of(user).exists():
            return tasks
        note = _("rounds for your organisation: %(number)d") % {"number": rounds}
        return [*tasks, Place(_("Grading"), reverse("my_grading"), note if rounds else "")]
    number = sum(not bars for _level, bars in levels_for(mediator, today))
    note = _("levels that may be applied for: %(number)d") % {"number": number}
    place = Place(_("Grading of mediators"), reverse("my_grading"), note if number else "")
    return [*tasks, place]


def levels_for(mediator, today):
    """Return (level, sentences that bar it) of every level that is open where a post is held.

    What bars is the way between levels: whoever holds the highest is offered none.
    """
    rows = RoundLevel.objects.open_to(mediator, today).with_rules()
    prefetch_related_objects([mediator], "levels__level")
    rounds, found = {}, []
    for level in rows.order_by("ends", "rank", "pk"):
        # The rule is read once for all levels of a round.
        level.grading_round = rounds.setdefault(level.grading_round_id, level.grading_round)
        begun = Application(grading_round=level.grading_round, round_level=level, mediator=mediator)
        found.append((level, begun.bars_to_beginning(today)))
    return found


def open_to_bodies(bodies, today):
    """Return the rounds in which organisations (their keys) may apply themselves today."""
    divisions = committees().filter(pk__in=bodies).values_list("division_id", flat=True)
    reached = {number for place in divisions for number in enclosing(place)}
    levels = RoundLevel.objects.open_on(today).filter(grading_round__division__in=reached)
    rows = GradingRound.objects.filter(version__scheme__subject=BODIES)
    rows = rows.filter(pk__in=levels.values("grading_round")).select_related("division")
    return list(rows.order_by("as_of", "pk"))


def _task(application, today):
    """Return the line of an application that lies with its applicant, None if it is too late."""
    level = {"level": application.round_level.label}
    url = reverse("my_application", args=[application.pk])
    if application.state == S.RETURNED:
        return Task(
            label=_("Correct your application: %(level)s") % level,
            url=url,
            note=_("returned with reasons"),
            due_on=application.correct_by,
            tone="error",
        )
    if its_round_is_open(application, today) or its_window_is_open(application, today):
        return None
    due_on = application.round_level.last_day
    if application.nominated_by_id is not None and application.agreed_on is None:
        label = _("You were nominated: %(level)s") % level
        return Task(label, url, _("agree or decline"), due_on, "warn")
    return Task(_("Application begun: %(level)s") % level, url, _("not handed in yet"), due_on)
