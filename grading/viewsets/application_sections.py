"""What the page of an application tells: clause by clause, the evidence, papers, decisions."""

from django.utils.translation import gettext as _

from grading.actions.acting import approvers_of
from grading.actions.reviewing import correction_due
from grading.evaluation import subject_of
from grading.flows.application import ApplicationState
from grading.forms.results import objection_to
from grading.models import Application, Decision
from grading.reports.clauses_of_one import clauses_of, said_of
from grading.reports.evidence_rows import rows_of
from grading.reports.late_facts import late_facts
from grading.rules.references import own_reference, reference
from grading.rules.terms import label_of
from office.desk.columns import Section, facts_of
from office.documents import documents_of
from office.templatetags.clocks import due_text

SEES_FIGURES = "grading.statistics_gradinground"
FACTS = (
    "grading_round", "round_level", "mediator", "organization", "division", "opened_on",
    "submitted_on", "declared_on", "nominated_by", "agreed_on", "returned_on", "return_reasons",
    "correct_by", "recommended_by", "recommended_on", "recommendation", "first_reviewed_by",
    "first_reviewed_on", "decided_by", "decided_on", "evidence_on", "outcome_reason", "notice",
    "ended_on", "outside_document", "outside_on", "above_by",
)  # fmt: skip


def sections_of(record, page):
    found = [facts_section(record, page), *objection_section(record, page), clauses_section(record)]
    if sees_rows(page):
        found += [evidence_section(record), *late_section(record)]
    if record.statement:
        found.append(statement_section(record))
    return [*found, decisions_section(record)]


def sees_rows(page):
    """Whether the rows of the registers are shown: to who reviews, decides or audits."""
    return page.may("answer") or page.request.user.has_perm(SEES_FIGURES)


def facts_section(record, page):
    """Who applied for what, and how far it is."""
    found = [(label, value) for label, value in facts_of(record, *FACTS) if value not in (None, "")]
    found[:0] = references_of(record, page)
    found.append((_("By the rule"), said_of(record.result)))
    found.append((_("Judged by what is known on"), record.grading_round.as_of))
    if record.state == ApplicationState.RETURNED and record.correct_by is None:
        found.append((_("To be corrected by"), due_text(correction_due(record), page.today)))
    return Section(name="application", heading=_("Application"), icon="form", facts=found)


def references_of(record, page):
    """By which numbers it is found; who reads it blind is not told by which."""
    mine = record.readings.filter(member=page.request.user, panel__state="sitting")
    if mine.exists():
        return []
    return [
        (_("Reference"), own_reference(record.opened_on.year, record.pk)),
        (_("Number on the panel"), reference(record.grading_round_id, record.pk)),
    ]


def clauses_section(record):
    """Each condition in words, with what was found and who decided."""
    waivable = {} if not record.evidence else approvers_of(record.rules)
    return Section(
        name="clauses",
        heading=_("Clause by clause"),
        icon="list-ul",
        template="grading/desk/application_clauses.html",
        context={
            "clauses": clauses_of(record),
            "open_questions": record.open_questions(),
            "waivings": list(record.waivings.select_related("by", "confirmed_by")),
            "waivable": [label_of(name) for name in waivable],
        },
    )


def evidence_section(record):
    """The rows of the registers behind the figures."""
    return Section(
        name="evidence",
        heading=_("Evidence"),
        icon="doc-full",
        template="grading/desk/application_evidence.html",
        context={"kinds": rows_of(record.evidence, subject_of(record.rules)), "record": record},
    )


def late_section(record):
    """What the registers tell of the round's day today and did not when it was decided."""
    return [
        Section(
            name="late-facts",
            heading=_("Late facts"),
            icon="warning",
            template="grading/desk/application_late_facts.html",
            context={"late": late, "record": record},
        )
        for late in late_facts(Application.objects.with_all().filter(pk=record.pk))
    ]


def statement_section(record):
    """What speaks for the level in the applicant's own words."""
    facts = [(_("What speaks for the level"), record.statement)]
    return Section(name="statement", heading=_("Statement"), icon="openquote", facts=facts)


def objection_section(record, page):
    """What was objected and what was answered; who objected stays sealed."""
    objection = objection_to(record, page.request.user)
    if objection is None:
        return []
    facts = [
        (_("Number"), objection.pk),
        (_("Received on"), objection.received_on),
        (_("State"), objection.get_state_display()),
        (_("Objection"), objection.text),
    ]
    facts += [(_("Answer"), objection.answer)] if objection.answer else []
    return [Section(name="objection", heading=_("Objection"), icon="comment", facts=facts)]


def decisions_section(record):
    """All decisions that were ever taken, each with its digest."""
    labels = dict(ApplicationState.choices)
    rows = [
        (one, one.get_kind_display(), labels.get(one.result, one.result))
        for one in Decision.objects.filter(application=record).select_related("by", "version")
    ]
    return Section(
        name="decisions",
        heading=_("Decisions"),
        icon="history",
        template="grading/desk/application_decisions.html",
        context={"decisions": rows},
    )


def papers_of(record, desk):
    """Return the papers of an application, each with its address."""
    return [
        {
            "document": one,
            "kind": label_of(one.kind),
            "url": desk.url("document", record.pk, one.pk),
        }
        for one in documents_of(record)
    ]


def papers_section(record, desk):
    """The papers, called as the rule calls them."""
    return Section(
        name="documents",
        heading=_("Documents"),
        icon="doc-full",
        template="office/desk/includes/documents.html",
        context={"papers": papers_of(record, desk)},
    )
