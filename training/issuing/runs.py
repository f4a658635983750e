"""The work of a bulk issue: one certificate after another, each whole or not at all.

Whoever looks sees how far it is, for each certificate is committed by itself; work that was
stopped goes on with those that are left.
"""

import logging

from django.db import DatabaseError

from office.flow import Refused, taking
from training.flows import CertificateState, RunState
from training.issuing.issue import issue_certificate, step_of
from training.models import Certificate, CertificateRun

logger = logging.getLogger(__name__)


def carry_out(pk, *, by, today, most=None):
    """Issue what is left of a bulk issue; what a rule refuses is declined and named.

    :param most: how many at the most; if more are left, it stops, and goes on when it is issued
        again. None is all.
    """
    left_out, rows = [], waiting(pk)
    try:
        for certificate in rows[:most]:
            if not is_wanted(pk):
                return
            if sentence := issued_or_refused(certificate, by=by, today=today):
                left_out.append([certificate.mediator.name, sentence])
    except (DatabaseError, OSError) as fault:
        logger.exception("A bulk issue of certificates stopped.")
        end("stop", pk, left_out, by=by, today=today, fault=type(fault).__name__)
        return
    step = "finish" if most is None or len(rows) <= most else "stop"
    end(step, pk, left_out, by=by, today=today)


def waiting(pk):
    """Return the certificates of a bulk issue that are still to be issued."""
    rows = Certificate.objects.filter(run=pk, state=CertificateState.EXAMINED)
    return list(rows.select_related("mediator").order_by("pk"))


def is_wanted(pk):
    """Whether nobody has stopped the work."""
    return CertificateRun.objects.filter(pk=pk, state=RunState.ISSUING).exists()


def issued_or_refused(certificate, *, by, today):
    """Issue a certificate, or decline it; return the reasons as one text, "" if it was issued."""
    try:
        issue_certificate(certificate.pk, by=by, today=today)
    except Refused as refusal:
        reason = " ".join(refusal.messages)
        with step_of("decline", certificate.pk, by=by, today=today, reason=reason):
            return reason
    return ""


def end(step, pk, left_out, *, by, today, fault=""):
    """End the work on a bulk issue, unless somebody stopped it meanwhile."""
    if not is_wanted(pk):
        return
    with taking(step, CertificateRun.objects, pk, by=by, today=today) as run:
        run.left_out = [*run.left_out, *left_out]
        run.fault = fault
