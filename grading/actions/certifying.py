"""The certificates of a level are prepared from a confirmed round; another officer issues them."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.flows import RoundState
from grading.models import Grade, RoundLevel
from office import ledger
from office.flow import Refused
from registry.models import Mediator
from training.actions.certificate_runs import prepare_run
from training.flows import RunState
from training.models import CertificateCategory, CertificateKind

LONGEST_BASIS = 200


@transaction.atomic
def prepare_certificates(pk, *, by, today, reason, level, kind):
    """Prepare the certificates of a level of a round (``pk``); returns the bulk issue.

    Asked again it returns the bulk issue that stands.

    :raises Refused: if the round is not confirmed, its rule has no certificates, the kind is of
        something else, or nobody holds the level.
    """
    rows = RoundLevel.objects.select_for_update(of=("self",)).filter(grading_round=pk)
    found = rows.select_related("grading_round__version__scheme", "certificate_run").get(
        pk=level.pk
    )
    if found.certificate_run and found.certificate_run.state != RunState.DISCARDED:
        return found.certificate_run
    grades = Grade.objects.standing().in_force(today).filter(application__round_level=found)
    levels = {
        person: (label, until_on)
        for person, label, until_on in grades.values_list("mediator", "label", "until_on")
    }
    if reasons := _bars(found, kind, levels):
        raise Refused(reasons)
    grading_round = found.grading_round
    run = prepare_run(
        title=f"{grading_round.title} {found.label}"[:120],
        division=grading_round.division,
        kind=kind,
        basis=f"《{grading_round.version.scheme.title}》"[:LONGEST_BASIS],
        mediators=Mediator.objects.filter(pk__in=levels),
        levels=levels,
        by=by,
        today=today,
        reason=reason,
    )
    found.certificate_run = run
    found.save(update_fields=["certificate_run"])
    after = {"certificate_run_id": run.pk, "level": found.label}
    act = "grading.gradinground.certify"
    ledger.append(act, grading_round, by=by, reason=reason, after=after)
    return run


def bars_to_certifying(grading_round, today):
    """Return all that keeps certificates of any level of a round from being prepared."""
    if found := _bars_of_round(grading_round):
        return found
    kinds = CertificateKind.objects.issued_in(grading_round.division_id, today)
    if kinds.filter(category=CertificateCategory.LEVEL).exists():
        return []
    return [
        _("No certificate of a level is issued here yet: set one up under “Kinds of certificates”.")
    ]


def _bars_of_round(grading_round):
    if grading_round.state not in (RoundState.CONFIRMED, RoundState.ARCHIVED):
        return [_("Certificates follow the confirmation of the results.")]
    if grading_round.is_of_bodies:
        return [_("Certificates are for persons; the stars stand in the register.")]
    if grading_round.rules.section("result").get("certificate") is False:
        return [_("By its rule this round gives no certificates.")]
    return []


def _bars(level, kind, people):
    if found := _bars_of_round(level.grading_round):
        return found
    if kind.category != CertificateCategory.LEVEL:
        return [_("Choose a certificate of a level.")]
    if not people:
        return [_("Nobody holds this level from this round.")]
    return []
