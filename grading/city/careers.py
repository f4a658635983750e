"""Longer careers for some people of the demo county: terms served before, hours of last year.

The register of the demo begins a few years ago; without these nobody could reach a high level.
"""

from datetime import date

from django.db.models import Count

from registry.flows import AppointmentState
from registry.models import Appointment, EndedBy, Mediator
from registry.rules import years_later
from training.actions.hours import credit_hours
from training.models import ContentClass

# For so many people so many years: the first have most.
YEARS = ((12, 14), (20, 10), (34, 7), (60, 4))
HOURS = 8


def make_careers(division, today, scale=1):
    """Give people with many cases earlier terms and hours; returns how many people.

    :param scale: how many times as many people.
    """
    people = _with_many_cases(division, today, sum(count for count, _years in YEARS) * scale)
    done_on = date(today.year - 1, 11, 20)
    begin = 0
    for count, years in YEARS:
        chosen = people[begin : begin + count * scale]
        begin += count * scale
        _serve_before(chosen, years, today)
    for person in people:
        credit_hours(
            person, hours=HOURS, content_class=ContentClass.LAW, source=person,
            title="演示：上一年度集中培训", done_on=done_on, by=None, today=today,
        )  # fmt: skip
    return len(people)


def _with_many_cases(division, today, most):
    """Return people of one post, full- or part-time, who mediated most."""
    posts = Appointment.objects.in_post(today).exclude(employment="invited")
    rows = Mediator.objects.in_division(division).filter(
        merged_into=None, erased_on=None, levels=None
    )
    rows = rows.annotate(posts=Count("appointments", distinct=True)).filter(posts=1)
    rows = rows.filter(appointments__in=posts)
    rows = rows.annotate(cases=Count("case_shares", distinct=True))
    return list(rows.order_by("-cases", "pk")[:most])


def _serve_before(people, years, today):
    """Let the post held now follow a term of so many years in the same organisation."""
    held = Appointment.objects.in_post(today).filter(mediator__in=people)
    Appointment.objects.bulk_create(
        Appointment(
            mediator_id=post.mediator_id, organization_id=post.organization_id, post=post.post,
            employment=post.employment, route=post.route or "appointed",
            from_on=years_later(post.from_on, -years), until_on=post.from_on,
            term_until_on=post.from_on, state=AppointmentState.ENDED, ended_by=EndedBy.RENEWED,
        )
        for post in held
    )  # fmt: skip
