"""The training of the demo city in one transaction."""

import random

from django.db import transaction

from training.city.audits import make_audit
from training.city.certificates import make_certificates
from training.city.courses import make_courses
from training.city.exams import make_exams
from training.city.leavers import leave_out_who_leaves
from training.city.marking import make_marking
from training.city.mentorships import make_pairings
from training.city.questions import make_questions
from training.city.sessions import make_sessions


@transaction.atomic
def make_training(*, seed, today, now):
    """Add invented training to a demo city that has its pages; returns what the parts counted.

    Deterministic: the same city, questions, seed and moment make the same rows.
    """
    rng = random.Random(seed)  # noqa: S311 - a demo must be repeatable, not secret
    counts = {
        "questions": make_questions(today),
        "courses": make_courses(today),
        "sessions": make_sessions(today),
        "audited": make_audit(today),
        "pairings": make_pairings(today),
        "exams": make_exams(rng, today=today, now=now),
        "markings": make_marking(today, now),
        "certificates": make_certificates(today),
    }
    leave_out_who_leaves()
    return counts
