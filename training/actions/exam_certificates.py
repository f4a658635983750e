"""After the release of an exam: certificates are prepared for all who passed."""

from django.db import transaction
from django.utils.translation import gettext as _

from office.flow import Refused
from registry.models import Mediator
from training.actions.certificate_runs import prepare_run, sorted_out
from training.flows import CertificateState
from training.models import Attempt, Certificate, CertificateRun, Exam


@transaction.atomic
def prepare_certificates(pk, *, kind, basis, by, today, reason):
    """Prepare certificates of a kind for all who passed an exam; returns the bulk issue.

    Asked again it returns what was prepared, unless somebody passed since: these get another one.

    :raises Refused: if results are not out, or there is nobody to prepare one for.
    """
    exam = Exam.objects.select_for_update(of=("self",)).get(pk=pk)
    if not exam.is_released:
        raise Refused(_("The results are not out."))
    people = passed_without(exam, kind)
    taken, left_out = sorted_out(list(people), kind, today)
    if not taken:
        return _prepared(exam, kind, left_out)
    return prepare_run(
        title=exam.title,
        division=exam.division,
        kind=kind,
        basis=basis,
        mediators=people,
        exam=exam,
        by=by,
        today=today,
        reason=reason,
    )


def passed_without(exam, kind):
    """The people who passed an exam and are in no bulk issue of it with this kind."""
    prepared = Certificate.objects.filter(run__exam=exam, run__kind=kind)
    prepared = prepared.exclude(state=CertificateState.DECLINED)
    passed = Attempt.objects.passed_of(exam).values("candidate__mediator")
    return Mediator.objects.filter(pk__in=passed).exclude(pk__in=prepared.values("mediator"))


def _prepared(exam, kind, left_out):
    """Return the last bulk issue of an exam that stands, or say why there is none."""
    runs = CertificateRun.objects.standing().filter(exam=exam, kind=kind)
    run = runs.order_by("-pk").first()
    if run is None:
        said = [f"{name}：{sentence}" for name, sentence in left_out]
        raise Refused(said or [_("Nobody has passed.")])
    return run
