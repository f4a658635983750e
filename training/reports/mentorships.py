"""The map of masters and apprentices: who teaches whom, and how many more each may take."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from office.policies import rows_for
from office.workbench import Place, Task
from registry.models import Mediator
from training.models import Pairing, PairingLog, TrainingKey, TrainingPolicy
from training.queries.mentorships import with_standing


@dataclass(frozen=True)
class Master:
    """A mentor with open pairings; ``free`` is how many more apprentices are allowed."""

    name: str
    division: str
    pairings: list
    free: int
    in_post: bool


def map_of(user, today):
    """Return the mentors of the open pairings the user may see, those left alone first."""
    seen = rows_for(user, "view", Pairing).open().select_related("apprentice")
    people = with_standing(Mediator.objects.filter(taught__in=seen.values("pk")), today)
    rows = (
        people.distinct()
        .select_related("division")
        .prefetch_related(Prefetch("taught", queryset=seen, to_attr="open_pairings"))
    )
    loads = _loads(rows, today)
    masters = [
        Master(
            name=row.name,
            division=row.division.name,
            pairings=row.open_pairings,
            free=max(loads[row.division_id] - row.teaching, 0),
            in_post=row.serves,
        )
        for row in rows
    ]
    return sorted(masters, key=lambda master: (master.in_post, master.division, master.name))


def _loads(rows, today):
    """The figure of the load by division, asked once for each division there is."""
    return {
        division: TrainingPolicy.objects.ruling(
            TrainingKey.MENTOR_LOAD, division_id=division, on=today
        ).amount
        for division in {row.division_id for row in rows}
    }


def pairings_on_my_page(user, today):
    """Return what awaits a mediator as mentor or apprentice, and the place of the pairings."""
    mediator = Mediator.objects.filter(user=user).first()
    if mediator is None:
        return []
    mine = Pairing.objects.of(mediator)
    to_accept = mine.filter(mentor=mediator, state="proposed").select_related("apprentice")
    tasks = [
        Task(
            label=_("Decide whether to teach %(person)s") % {"person": pairing.apprentice.name},
            url=reverse("my_pairing", args=[pairing.pk]),
        )
        for pairing in to_accept
    ]
    awaiting = PairingLog.objects.awaiting(mediator).values("pairing").distinct()
    tasks += [
        Task(
            label=_("Confirm what was noted about your pairing"),
            url=reverse("my_pairing", args=[row["pairing"]]),
        )
        for row in awaiting
    ]
    if not tasks and not mine.filter(~Q(state="declined")).exists():
        return []
    return [*tasks, Place(label=_("Masters and apprentices"), url=reverse("my_pairings"))]
