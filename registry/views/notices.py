"""The public pages of notices: the list, the notice, the objection and what became of it."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from office.desk.submissions import new_key
from office.documents import CONTENT_TYPES, documents_of
from office.papers import render as render_paper
from registry import actions
from registry.actions.notices import follow_objection as find_objection
from registry.flows import NoticeState
from registry.forms.closures import ObjectionForm, ReceiptForm
from registry.forms.notice_query import NoticeQuery
from registry.models import PublicNotice
from registry.notices import closures as papers
from registry.search import allowance

NOTICES_A_PAGE = 20
MOST_PAGES = 50


@require_safe
def notices(request):
    """List the notices that run today, or those whose term is over."""
    today = timezone.localdate()
    query = NoticeQuery(request.GET)
    rows = query.narrow(PublicNotice.objects, today).select_related("division")
    paginator = Paginator(rows, NOTICES_A_PAGE)
    page = paginator.get_page(min(query.page, MOST_PAGES))
    context = {"query": query, "page": page, "today": today, "total": paginator.count}
    return render(request, "registry/notices.html", context)


@require_safe
def notice(request, public_id):
    """Show a notice; of a withdrawn one a stub says that there was one, and why it is gone."""
    shown = _public(public_id)
    today = timezone.localdate()
    context = {
        "notice": shown,
        "crumbs": _way(shown.title),
        "running": shown.is_running(today),
        "documents": documents_of(shown, "published"),
        "days_left": shown.ends_on.toordinal() - today.toordinal(),
    }
    gone = shown.state == NoticeState.WITHDRAWN
    template = "registry/notice_withdrawn.html" if gone else "registry/notice.html"
    return render(request, template, context)


@require_safe
def notice_paper(request, public_id):
    """Hand out a notice as an official paper to print."""
    shown = _standing(public_id)
    response = HttpResponse(
        render_paper(papers.notice_paper(shown)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'inline; filename="{shown.public_id}.pdf"'
    return response


@require_safe
def notice_document(request, public_id, document):
    """Hand out a paper of a notice that is marked as one for the public."""
    papers_of = documents_of(_standing(public_id), "published")
    paper = get_object_or_404(papers_of, pk=document)
    return FileResponse(
        paper.file.open(),
        as_attachment=True,
        filename=f"{PurePath(paper.name).stem}{paper.suffix}",
        content_type=CONTENT_TYPES[paper.suffix],
    )


@never_cache
@require_http_methods(["GET", "POST"])
def object_to_notice(request, public_id):
    """Take an objection while the notice runs; the receipt code is shown this once."""
    shown = _standing(public_id)
    context = {"notice": shown, "crumbs": _way(_("Raise an objection"), shown)}
    if request.method == "GET":
        form = ObjectionForm(initial={"submission": new_key()})
        running = shown.is_running(timezone.localdate())
        template = "registry/objection.html" if running else "registry/objection_late.html"
        return render(request, template, {**context, "form": form})
    form = ObjectionForm(request.POST)
    if form.is_valid():
        if allowance.has_written_enough(request, "objection", now=timezone.now()):
            return render(request, "429.html", status=429)
        try:
            objection, code = actions.file_objection(
                shown.pk, today=timezone.localdate(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            receipt = {**context, "objection": objection, "code": code}
            return render(request, "registry/objection_receipt.html", receipt)
    return render(request, "registry/objection.html", {**context, "form": form}, status=422)


@never_cache
@require_http_methods(["GET", "POST"])
def follow_objection(request):
    """Tell the holder of a receipt code what became of the objection; no URL holds the code."""
    context = {"crumbs": _way(_("Follow an objection"))}
    if request.method == "GET":
        return render(request, "registry/objection_follow.html", {**context, "form": ReceiptForm()})
    if allowance.has_written_enough(request, "receipt", now=timezone.now()):
        return render(request, "429.html", status=429)
    form = ReceiptForm(request.POST)
    found = find_objection(form.cleaned_data["code"]) if form.is_valid() else None
    if found:
        return render(request, "registry/objection_state.html", {**context, "objection": found})
    if form.is_valid():
        form.add_error("code", _("No objection has this code. Check it letter by letter."))
    return render(request, "registry/objection_follow.html", {**context, "form": form}, status=422)


def _public(public_id):
    rows = PublicNotice.objects.public().select_related("division")
    return get_object_or_404(rows, public_id=public_id)


def _standing(public_id):
    """Return a published notice. :raises Http404: if it was withdrawn."""
    shown = _public(public_id)
    if shown.state == NoticeState.WITHDRAWN:
        raise Http404
    return shown


def _way(label, notice=None):
    """Return the crumbs to a page below the list of notices."""
    crumbs = [{"label": _("Public notices"), "url": reverse("notices")}]
    if notice is not None:
        crumbs.append({"label": notice.title, "url": notice.get_absolute_url(), "lang": "zh-hans"})
    return [*crumbs, {"label": label}]
