"""What is shown of sessions: the parts with who was there, and what participants thought."""

from dataclasses import dataclass, field

from django.db.models import Avg, Count, Q

from training.models import Feedback
from training.models.feedback import ASKED, FEWEST_SHOWN


@dataclass(frozen=True)
class Opinions:
    """The opinions on a session: how many, and from ``FEWEST_SHOWN`` on their means."""

    count: int
    means: list = field(default_factory=list)
    comments: list = field(default_factory=list)

    @property
    def are_shown(self):
        return self.count >= FEWEST_SHOWN


def opinions_on(session):
    """Return the opinions on a session; of fewer than ``FEWEST_SHOWN`` their number alone."""
    rows = Feedback.objects.filter(session=session)
    found = rows.aggregate(n=Count("pk"), **{name: Avg(name) for name in ASKED})
    if found["n"] < FEWEST_SHOWN:
        return Opinions(count=found["n"])
    means = [(Feedback._meta.get_field(name).verbose_name, f"{found[name]:.1f}") for name in ASKED]
    comments = rows.exclude(comment="").order_by("comment").values_list("comment", flat=True)
    return Opinions(count=found["n"], means=means, comments=list(comments))


def parts_with_presence(session):
    """Return the parts of a session, each with ``present``: how many were there for some time."""
    return session.parts.annotate(
        present=Count("attendances", filter=Q(attendances__minutes__gt=0))
    ).order_by("starts_at")
