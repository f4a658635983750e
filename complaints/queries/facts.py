"""What is known for good: complaints whose decision can no longer be reviewed.

Nothing is stored when a time to ask runs out. Whoever reads counts anew, from the days of the
clocks: the last day still belongs to the one who may ask.
"""

from datetime import timedelta

from django.apps import apps
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from complaints.flows import ENDED

ONE_DAY = timedelta(days=1)
# Until when a review of what was told in this state may be asked for.
ASKING = {"replied": "review_ask_days", "reviewed": "recheck_ask_days"}
FOUNDED = ["founded", "partly"]


def asked_until(key):
    """The clocks of a complaint (``OuterRef``) in which somebody may still ask, the last one."""
    clocks = apps.get_model("complaints.ComplaintClock").objects
    return clocks.filter(complaint=OuterRef("pk"), key=key).order_by("-pk").values("due_on")[:1]


def with_asking(rows):
    """Complaints with ``asked_until``: the last day to ask, null while none is known."""
    return rows.annotate(
        **{f"until_{state}": Subquery(asked_until(key)) for state, key in ASKING.items()}
    )


def is_over(today):
    """The condition, on ``with_asking``: the time to ask is over, and nobody asked."""
    over = Q()
    for state in ASKING:
        over |= Q(state=state, **{f"until_{state}__lt": today})
    return over


def decided(rows):
    """Complaints on which a decision stands."""
    return rows.filter(Exists(_standing()))


def final(rows, today):
    """Complaints whose decision stands for good today."""
    ended = Q(state__in=["final", "closed"])
    return decided(with_asking(rows)).filter(ended | is_over(today))


def decided_for_good(rows, today):
    """Tell whether of none of these complaints anything more can come."""
    ended = Q(state__in=[*ENDED, "final"])
    return not with_asking(rows).exclude(ended | is_over(today)).exists()


def became_final(rows, since, until, today):
    """Complaints that became final in ``[since, until)``.

    One whose time to ask ran out became final on the day after.
    """
    rechecks = apps.get_model("complaints.Review").objects.filter(
        complaint=OuterRef("pk"), stage="recheck"
    )
    recorded = rechecks.order_by("-pk").values("decided_on")[:1]
    in_time = Q(state="closed", final_on__gte=since, final_on__lt=until)
    in_time |= Q(state="final", rechecked_on__gte=since, rechecked_on__lt=until)
    for state in ASKING:
        days = {f"until_{state}__gte": since - ONE_DAY, f"until_{state}__lt": until - ONE_DAY}
        in_time |= Q(state=state, **days)
    return final(rows, today).annotate(rechecked_on=Subquery(recorded)).filter(in_time)


def founded(rows):
    """Complaints of which the decision that stands found something."""
    return rows.filter(Exists(_standing().filter(result__in=FOUNDED)))


def founded_about(mediators, since, until, today):
    """Mediators with ``founded_complaints``: how many of those became final in ``[since, until)``.

    For annual reviews and grading; what is not final is no fact and is not counted.
    """
    about = apps.get_model("complaints.Complaint").objects.filter(mediator=OuterRef("pk"))
    counted = founded(became_final(about, since, until, today)).order_by()
    counted = counted.values("mediator").annotate(n=Count("pk")).values("n")
    return mediators.annotate(
        founded_complaints=Coalesce(Subquery(counted), 0, output_field=IntegerField())
    )


def upheld_against(mediators, since, today):
    """Return the keys of those of the mediators a complaint about whom became final since a day."""
    found = founded_about(mediators, since, today + ONE_DAY, today)
    return set(found.filter(founded_complaints__gt=0).values_list("pk", flat=True))


def _standing():
    decisions = apps.get_model("complaints.Decision").objects
    return decisions.filter(complaint=OuterRef("pk"), stands=True)
