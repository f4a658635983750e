"""The replies to the person complained of, on the person's own pages. They name no complainant."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from complaints import vault
from complaints.models import Reply, ReplyTo
from complaints.notices.replies import reply_paper, text_of
from complaints.views.keeping import kept_nowhere
from registry.models import Mediator
from registry.viewsets.papers import pdf


def _rows(request):
    person = get_object_or_404(Mediator, user=request.user)
    rows = Reply.objects.filter(to=ReplyTo.RESPONDENT, complaint__mediator=person)
    return rows.select_related("complaint__mediator", "decision", "review").order_by("-pk")


@kept_nowhere
@login_required
@require_safe
def my_replies(request):
    """List what the person was told of complaints about the person, in full."""
    crumbs = [
        {"url": reverse("my_page"), "label": _("My page")},
        {"url": reverse("my_complaints"), "label": _("Complaints about me")},
        {"label": _("What was decided")},
    ]
    replies = [(row, _text(row)) for row in _rows(request)]
    return render(request, "complaints/my_replies.html", {"replies": replies, "crumbs": crumbs})


@kept_nowhere
@login_required
@require_safe
def my_reply(request, pk):
    """Hand out one of them as an official paper."""
    reply = get_object_or_404(_rows(request), pk=pk)
    try:
        return pdf(reply_paper(reply), f"reply-{reply.pk}")
    except vault.Destroyed:
        raise Http404 from None


def _text(reply):
    try:
        return text_of(reply)
    except vault.Destroyed:
        return ""
