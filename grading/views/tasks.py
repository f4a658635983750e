"""The task list of an application: what is done, what is still to be done."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from grading.views.figures import counted, own_lines
from office.documents import documents_of

DONE, OPEN, OPTIONAL = "ok", "warn", ""


@dataclass(frozen=True)
class OwnTask:
    """A line of the task list; ``tone`` repeats what ``status`` says. Without address: settled."""

    label: str
    url: str
    status: str
    tone: str = OPTIONAL


def tasks_of(application, today):
    """Return the lines of an application that lies with its applicant, looked up before."""
    makers = (_level, _figures, _papers, _statement, _declaration)
    return [make(application, today) for make in makers]


def _url(page, application):
    return reverse(page, args=[application.pk])


def _level(application, today):
    bars = application.path_refusals(today)
    status = pgettext("task", "not open to you") if bars else pgettext("task", "chosen")
    label = _("Level: %(level)s") % {"level": application.round_level.label}
    return OwnTask(label, "", status, OPEN if bars else DONE)


def _figures(application, today):
    found = counted(own_lines(application))
    if found.failed:
        status = ngettext(
            "%(number)d clause not fulfilled", "%(number)d clauses not fulfilled", found.failed
        ) % {"number": found.failed}
        tone = OPEN
    else:
        status, tone = pgettext("task", "no clause against you"), DONE
    return OwnTask(
        pgettext("application", "Figures"), _url("application_figures", application), status, tone
    )


def _papers(application, today):
    missing = application.missing_in_words()
    number = documents_of(application).count()
    if missing:
        status = _("missing: %(names)s") % {"names": "、".join(missing)}
    else:
        papers = ngettext("%(number)d paper", "%(number)d papers", number) % {"number": number}
        status = _("complete, %(papers)s") % {"papers": papers}
    url = _url("application_papers", application)
    return OwnTask(_("Data and papers"), url, status, OPEN if missing else DONE)


def _statement(application, today):
    is_written = bool(application.statement.strip())
    status = pgettext("task", "written") if is_written else pgettext("task", "empty, as you like")
    url = _url("application_statement", application)
    return OwnTask(_("What speaks for the level"), url, status, DONE if is_written else OPTIONAL)


def _declaration(application, today):
    is_signed = is_declared(application)
    status = pgettext("task", "signed") if is_signed else pgettext("task", "to be signed")
    url = _url("application_declaration", application)
    return OwnTask(_("Declaration"), url, status, DONE if is_signed else OPEN)


def is_declared(application):
    """Whether the declaration stands: one from before a return does not."""
    signed, returned = application.declared_on, application.returned_on
    return signed is not None and (returned is None or signed >= returned)
