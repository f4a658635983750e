"""Papers that an applicant adds to an application, and takes away while it is a draft."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.entering import own, rows, undeclare
from grading.flows.application import WITH_THE_APPLICANT, ApplicationState
from grading.rules.completeness import paper_kind, required
from grading.rules.terms import label_of
from grading.rules.unknown import UNK
from office import ledger
from office.documents import attach, documents_of, evidence_of
from office.flow import Refused, changing
from office.models import Document
from registry.models import Mediator, Organization

OTHER = "other"
MOST_PAPERS = 40


def kinds_of(application):
    """Return (code, label) of the papers the rule asks for at this level, any other one last."""
    applicant = Organization if application.is_of_body else Mediator
    fields = {field.attname for field in applicant._meta.concrete_fields} | {str(UNK), OTHER}
    code = application.level_code
    asked = [
        name
        for names, levels in required(application.rules)
        for name in names
        if (levels is None or code in levels) and name not in fields
    ]
    kinds = {paper_kind(name): label_of(name) for name in asked}
    return [*kinds.items(), (OTHER, _("another paper"))]


@transaction.atomic
def add_paper(pk, *, by, today, kind, upload):
    """Add a paper; returns it. A draft has to be declared again after it.

    :raises Refused: if the application does not lie with the applicant, or has too many papers.
    :raises ValidationError: if the file cannot be kept.
    """
    own(pk, by)
    application = _locked(pk, WITH_THE_APPLICANT)
    if kind not in dict(kinds_of(application)):
        raise Refused(_("Choose what kind of paper it is."))
    if documents_of(application).count() >= MOST_PAPERS:
        raise Refused(
            _("An application holds at most %(number)d papers.") % {"number": MOST_PAPERS}
        )
    paper = attach(application, upload=upload, kind=kind, by=by, today=today)
    _declare_again(application, by)
    return paper


@transaction.atomic
def remove_paper(pk, *, by, today, document):
    """Take a paper out of a draft; one that was handed in stays, a better one is added beside it.

    :param document: the key of the paper.
    """
    own(pk, by)
    application = _locked(pk, [ApplicationState.DRAFT])
    paper = documents_of(application).filter(pk=document).first()
    if paper is None:
        raise Refused(_("This paper is not there any more."))
    before = {"document": paper.name, "kind": paper.kind}
    given = {"by": by, "evidence": evidence_of([paper]), "before": before}
    ledger.append("grading.application.remove_paper", application, **given)
    paper.delete()
    transaction.on_commit(partial(_drop_file, paper.file.storage, paper.file.name))
    _declare_again(application, by)
    return application


def _drop_file(storage, name):
    """Delete the file of a paper unless another paper has the same content."""
    if not Document.objects.filter(file=name).exists():
        storage.delete(name)


def _locked(pk, states):
    application = rows().select_for_update(of=("self",)).get(pk=pk)
    if application.state not in states:
        raise Refused(_("In this state of the application its papers stay as they are."))
    return application


def _declare_again(application, by):
    if application.state == ApplicationState.DRAFT and application.declared_on is not None:
        with changing(rows(), application.pk, by=by, reason="") as row:
            undeclare(row)
