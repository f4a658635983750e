"""Answers to the questions of the floors below."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from registry.flows import may_take_up_duty
from training.models import Certificate, CertificateKind


@receiver(may_take_up_duty, dispatch_uid="training.duty_certificate")
def a_duty_certificate_is_valid(sender, obj, today, **kwargs):
    """Answer with a reason if the place asks for a duty certificate and the person has none valid.

    The nearest kind of a duty certificate above the organisation says whether it does; why so:
    ``docs/decisions/0007-duty-certificates.md``.
    """
    kinds = CertificateKind.objects.issued_in(obj.organization.division_id, today)
    ruling = kinds.filter(category="duty").first()
    if ruling is None or not ruling.bars_duty:
        return []
    held = Certificate.objects.valid(today).filter(mediator=obj.mediator_id, category="duty")
    if held.exists():
        return []
    return [_("No valid duty certificate: pre-service training and test come first.")]
