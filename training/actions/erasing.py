"""What training wrote about somebody goes with the person's other data."""

from django.db.models import Q, Value
from django.db.models.functions import Replace

from office import ledger
from registry.actions.erasures import NAMELESS
from training.models import Appeal, Enrolment, ExamCandidate, HoursWaiver, Pairing, PairingLog


def forget_words(mediator, *, by, today, reason):
    """Blank what a person who was erased wrote in appeals, and what others wrote of the person.

    What was decided stays with its days: states, marks, minutes and hours. The opinions on sessions
    never said whose they are.
    """
    appeals = Appeal.objects.select_for_update(of=("self",)).filter(
        attempt__candidate__mediator=mediator, erased_on=None
    )
    entries = [ledger.draft("training.appeal.erase", row, by=by, reason=reason) for row in appeals]
    appeals.exclude(decision="").update(decision=NAMELESS)
    appeals.update(text=NAMELESS, erased_on=today)
    own = {"mediator": mediator}
    ExamCandidate.objects.filter(**own).exclude(extra_reason="").update(extra_reason=NAMELESS)
    Enrolment.objects.filter(**own).exclude(note="").update(note=NAMELESS)
    HoursWaiver.objects.filter(**own).update(reason=NAMELESS)
    _take_the_name_out(mediator)
    if entries:
        ledger.append_all(entries)


def _take_the_name_out(mediator):
    """Replace the name in what master and apprentice wrote, which is of both of them."""
    if not mediator.name:
        return
    pairings = Pairing.objects.filter(Q(mentor=mediator) | Q(apprentice=mediator))
    nameless = {"plan": Replace("plan", Value(mediator.name), Value(NAMELESS))}
    logs = PairingLog.objects.filter(pairing__in=pairings)
    logs.update(text=Replace("text", Value(mediator.name), Value(NAMELESS)))
    pairings.update(**nameless)
