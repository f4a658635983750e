"""What an applicant writes into an application: statement, papers, declaration."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from grading.actions import entering, entering_papers
from grading.flows.application import ApplicationState
from grading.forms.applications import DeclarationForm, PaperForm, StatementForm
from grading.views.own import base_context, lies_here, own_application
from grading.views.tasks import is_declared
from office.desk.documents import handed_out
from office.desk.sending import sent_once
from office.documents import documents_of


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def application_statement(request, pk):
    """Write what speaks for the level; what was typed stays if it cannot be kept."""
    application = own_application(request, pk)
    if not lies_here(application):
        return redirect("my_application", pk)
    initial = {"statement": application.statement, "revision": application.revision}
    form = StatementForm(_sent(request), initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        if typed["statement"] == application.statement:
            return redirect("my_application", pk)
        try:
            entering.save_draft(pk, by=request.user, today=timezone.localdate(), **typed)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            # Sent once more, what was typed takes the place of what is shown beside it.
            form.data = {**form.data.dict(), "revision": application.revision}
        else:
            return redirect("my_application", pk)
    context = {**base_context(application, _("What speaks for the level")), "form": form}
    return render(request, "grading/application_statement.html", context, status=_status(form))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def application_papers(request, pk):
    """Show what is missing and the papers, and take another one; the same sending adds one."""
    application = own_application(request, pk)
    here = lies_here(application)
    if request.method == "POST" and not here:
        return redirect("my_application", pk)
    kinds = entering_papers.kinds_of(application)
    form = PaperForm(_sent(request), request.FILES or None, kinds=kinds)

    def add(**typed):
        entering_papers.add_paper(pk, by=request.user, today=timezone.localdate(), **typed)
        return reverse("application_papers", args=[pk])

    if there := sent_once(request, form, add, told=_("The paper was added.")):
        return redirect(there)
    labels = dict(kinds)
    context = {
        **base_context(application, _("Data and papers")),
        "form": form if here else None,
        "missing": application.missing_in_words() if here else [],
        "papers": [(one, labels.get(one.kind, "")) for one in documents_of(application)],
        "may_remove": here and application.state == ApplicationState.DRAFT,
    }
    return render(request, "grading/application_papers.html", context, status=_status(form))


@login_required
@require_safe
def application_paper(request, pk, document):
    """Hand out a paper of the own application."""
    papers = documents_of(own_application(request, pk))
    return handed_out(get_object_or_404(papers, pk=document))


@login_required
@require_POST
def remove_paper(request, pk, document):
    """Take a paper out of a draft; a second click changes nothing."""
    application = own_application(request, pk)
    if documents_of(application).filter(pk=document).exists():
        given = {"by": request.user, "today": timezone.localdate(), "document": document}
        try:
            entering_papers.remove_paper(pk, **given)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The paper was taken out."))
    return redirect("application_papers", pk)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def application_declaration(request, pk):
    """Sign the declaration; what is signed already is left as it is."""
    application = own_application(request, pk)
    if not lies_here(application):
        return redirect("my_application", pk)
    form = DeclarationForm(_sent(request), is_of_body=application.is_of_body)
    if form.is_valid():
        try:
            if not is_declared(application):
                entering.sign_declaration(pk, by=request.user, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            return redirect("my_application", pk)
    context = {
        **base_context(application, _("Declaration")),
        "form": form,
        "is_signed": is_declared(application),
    }
    return render(request, "grading/application_declaration.html", context, status=_status(form))


def _status(form):
    return 422 if form.is_bound and form.errors else 200


def _sent(request):
    """Return what was sent, be it nothing, and None if nothing was sent at all."""
    return request.POST if request.method == "POST" else None
