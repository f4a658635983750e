"""Bulk issues: one officer prepares and approves them, another issues, the work is done behind."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.flow import Refused, taking
from registry.models import Appointment, Mediator
from registry.rules import enclosing
from training.flows import CertificateState
from training.models import Certificate, CertificateRun
from training.tasks.certificates import issue_run as issue_in_background

MOST_PEOPLE = 5_000
OPEN = [CertificateState.APPLIED, CertificateState.EXAMINED]


@transaction.atomic
def prepare_run(
    *, title, division, kind, basis, mediators, by, today, reason="", exam=None, levels=None
):
    """Apply for a certificate of a kind for many people and approve it; returns the bulk issue.

    Who cannot get one is left out and named. Somebody else issues them.

    :param levels: {person: (label of the level, first day without it or None)} where a level is
        certified.
    :raises Refused: if there are too many people.
    """
    people = list(mediators.order_by("pk")[: MOST_PEOPLE + 1])
    if len(people) > MOST_PEOPLE:
        raise Refused(_("At most %(most)d people at a time.") % {"most": MOST_PEOPLE})
    taken, left_out = sorted_out(people, kind, today)
    run = CertificateRun(
        title=title,
        division=division,
        kind=kind,
        basis=basis,
        exam=exam,
        left_out=left_out,
        prepared_by=by,
        prepared_on=today,
    )
    run.full_clean()
    run.save()
    after = ledger.filled(run) | {"left_out": len(left_out), "people": len(taken)}
    ledger.append("training.certificaterun.prepare", run, by=by, reason=reason, after=after)
    _apply_for(taken, run, levels or {}, by=by, today=today, reason=reason)
    return run


def sorted_out(people, kind, today):
    """Return the people who may get a certificate of a kind, and [name, sentence] of the others."""
    pks = [person.pk for person in people]
    of_them = Certificate.objects.filter(mediator__in=pks)
    waiting = set(of_them.filter(kind=kind, state__in=OPEN).values_list("mediator", flat=True))
    duty = of_them.held().filter(category="duty") if kind.is_of_duty else of_them.none()
    held = set(duty.values_list("mediator", flat=True))
    taken, left_out = [], []
    for person in people:
        said = _bar(person, kind, waiting, held)
        if said:
            left_out.append([person.name, said])
        else:
            taken.append(person)
    return taken, left_out


def _bar(person, kind, waiting, held):
    if person.pk in waiting:
        return _("This certificate is applied for already.")
    if person.pk in held:
        return _("This person holds a duty certificate: reissue that one.")
    if kind.division_id and kind.division_id not in enclosing(person.division_id):
        return _("Certificates of this kind are not issued there.")
    return ""


def _apply_for(people, run, levels, *, by, today, reason):
    """Store the approved applications and tell of each, in a few statements for all."""
    bodies, nothing = _organizations(people, today), ("", None)
    rows = [
        Certificate(
            mediator=person,
            kind=run.kind,
            category=run.kind.category,
            basis=run.basis,
            organization_id=bodies.get(person.pk),
            run=run,
            level_label=levels.get(person.pk, nothing)[0],
            level_until_on=levels.get(person.pk, nothing)[1],
            state=CertificateState.EXAMINED,
            applied_on=today,
            applied_by=by,
            examined_by=by,
        )
        for person in people
    ]
    Certificate.objects.bulk_create(rows, batch_size=500)
    act = "training.certificate.apply"
    entries = [
        ledger.draft(act, row, by=by, reason=reason, after=ledger.filled(row)) for row in rows
    ]
    if entries:
        ledger.append_all(entries)


def _organizations(people, today):
    """Return {person: organisation} of the posts held today, a full-time one first."""
    posts = Appointment.objects.in_post(today).filter(mediator__in=[one.pk for one in people])
    found = {}
    for person, body in posts.order_by("employment", "from_on", "pk").values_list(
        "mediator_id", "organization_id"
    ):
        found.setdefault(person, body)
    return found


def people_of(division, today, *, lacking=None):
    """The people in post in a division; with ``lacking`` those who hold none of that kind."""
    posts = Appointment.objects.in_post(today)
    rows = Mediator.objects.in_division(division).filter(pk__in=posts.values("mediator"))
    if lacking is not None:
        held = Certificate.objects.valid(today).filter(kind__code=lacking.code)
        rows = rows.exclude(pk__in=held.values("mediator"))
    return rows


def issue_run(pk, *, by, today, reason):
    """Issue all certificates of a bulk issue in the background.

    :raises Refused: if the officer prepared it.
    """
    with taking("issue", CertificateRun.objects, pk, by=by, today=today, reason=reason) as run:
        if run.prepared_by_id == by.pk:
            raise Refused(_("Whoever prepared a bulk issue does not issue it."))
        run.issued_by, run.fault = by, ""
        work = partial(issue_in_background.enqueue, pk, by.pk, today.isoformat())
        transaction.on_commit(work)
    return run


def stop_run(pk, *, by, today, reason):
    """Stop a bulk issue; what is issued stays issued, and the rest can be issued later."""
    with taking("stop", CertificateRun.objects, pk, by=by, today=today, reason=reason) as run:
        run.fault = _("Stopped by an officer.")
    return run


def discard_run(pk, *, by, today, reason):
    """Give up a bulk issue; its applications are declined."""
    with taking("discard", CertificateRun.objects, pk, by=by, today=today, reason=reason) as run:
        rows = Certificate.objects.filter(run=run, state=CertificateState.EXAMINED)
        rows = rows.select_related("mediator")
        act = "training.certificate.decline"
        entries = [ledger.draft(act, row, by=by, reason=reason) for row in rows]
        rows.update(state=CertificateState.DECLINED)
        if entries:
            ledger.append_all(entries)
    return run
