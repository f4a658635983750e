"""The certificates of the mediator who is signed in."""

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.models import Mediator
from training.actions.badges import badge_file
from training.issuing.files import address_of, certificate_file
from training.models import Certificate
from training.notices import certificate_facts as words
from training.views.crumbs import own_crumbs


@login_required
@require_safe
def own_certificates(request):
    """List the certificates of the person, the newest first."""
    rows = own(request)
    today = timezone.localdate()
    listed = [(row, row.standing(today), words.TONES[row.standing(today)]) for row in rows]
    context = {"listed": listed, "crumbs": own_crumbs(_("My certificates"))}
    return kept(render(request, "training/own_certificates.html", context))


@login_required
@require_safe
def own_certificate(request, pk):
    """Show one certificate of the person: its facts, its code to be shown, its files."""
    found = one(request, pk)
    today = timezone.localdate()
    standing = found.standing(today)
    code = segno.make(address_of(found.code), error="m", micro=False)
    context = {
        "certificate": found,
        "facts": words.shown(found.facts),
        "standing": standing,
        "tone": words.TONES[standing],
        "sentences": words.sentences(found, today),
        "picture": code.svg_data_uri(scale=5, border=4),
        "crumbs": own_crumbs(
            found.number, {"label": _("My certificates"), "url": reverse("own_certificates")}
        ),
    }
    return kept(render(request, "training/own_certificate.html", context))


@login_required
@require_safe
def own_certificate_paper(request, pk):
    """Hand out the PDF of a certificate to its holder."""
    found = one(request, pk)
    content = certificate_file(found, today=timezone.localdate())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.pdf"'
    return kept(response)


@login_required
@require_safe
def own_certificate_badge(request, pk):
    """Hand out the badge of a certificate to its holder."""
    found = one(request, pk)
    response = HttpResponse(
        badge_file(found, today=timezone.localdate()), content_type="application/vc+jwt"
    )
    response["Content-Disposition"] = f'attachment; filename="{found.code}.jwt"'
    return kept(response)


def own(request):
    """Return the certificates that were issued to the person."""
    mediator = get_object_or_404(Mediator, user=request.user)
    return Certificate.objects.public().printed().filter(mediator=mediator)


def one(request, pk):
    """Return a certificate of the person. :raises Http404: if it is somebody else's, or masked."""
    found = get_object_or_404(own(request), pk=pk)
    if found.printed.forgotten_on:
        raise Http404
    return found


def kept(response):
    """Keep a personal page out of every cache."""
    response["Cache-Control"] = "no-store, private"
    return response
