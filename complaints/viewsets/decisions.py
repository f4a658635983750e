"""What of a decision stands on the page of a case, and what may be done with it.

``decision_sections`` and the acts belong to the desk of complaints; ``decision_paths`` are its
addresses of the papers.
"""

from uuid import uuid4

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from complaints import actions
from complaints.flows import COMPLAINT, ComplaintState
from complaints.forms.case_reason import CaseReasonForm
from complaints.forms.decisions import (
    FindingsForm,
    LookAgainForm,
    RecheckForm,
    ReplyForm,
    RetaliationForm,
    ReviewForm,
    WitnessForm,
)
from complaints.forms.handling import ExtendForm
from complaints.models import Complaint, Measure
from complaints.notices.replies import replies_of, reply_paper
from complaints.queries.retaliation import acts_since_complaint
from complaints.vault import Destroyed
from complaints.viewsets.consequences import consequences_section
from office.desk.acts import Act, step
from office.desk.columns import Section
from office.desk.history import name_acts_of, told
from office.desk.pages import RecordPage
from registry.viewsets.papers import pdf

S = ComplaintState
name_acts_of(
    "complaints.complaint",
    note_witness=gettext_lazy("Note a witness"),
    extend_review=gettext_lazy("Extend the limit of the review"),
)
CLOSABLE = [S.LEAD, S.REPLIED, S.REVIEWED, S.FINAL]
NEVER_OVER = [S.RECEIVED, S.REJECTED, S.MERGED]


def closing_bars(row, today):
    return COMPLAINT.refusals(row, "close", today) or actions.closing_refusals(row, today)


def deciding_effects(row, today):
    return [
        _("The limit to decide stops; the reply is due within its own limit."),
        _("Measures are proposed to others. The bureau removes or dismisses nobody."),
    ]


def replying_effects(row, today):
    return [
        _("The time in which a review may be asked for begins today."),
        _("Tasks are opened for the measures; they may be carried out once the decision is final."),
    ]


def extending_effects(row, today):
    return [_("The limit is counted anew, once. Whoever asked for the review is told why.")]


def lifting_effects(row, today):
    return [_("What the decision asked for is lifted.")]


def closing_effects(row, today):
    return [_("The result counts for reviews and grading from now on, if anything was founded.")]


def report(pk, *, by, today, text):
    """Report a retaliation from the desk; each form is sent once, which the desk sees to."""
    row = Complaint.objects.get(pk=pk)
    return actions.report_retaliation(row, text=text, today=today, submission=uuid4().hex, by=by)


def shown_once(page, result):
    """Show the receipt code of the linked case; it is kept nowhere."""
    made, code = result
    context = page.get_context_data(number=made.number, code=code)
    return render(page.request, "complaints/desk/retaliation_code.html", context)


DECISION_ACTS = (
    step(COMPLAINT, "decide", actions.decide, form_class=FindingsForm,
         consequences=deciding_effects),
    step(COMPLAINT, "reply", actions.reply, form_class=ReplyForm, consequences=replying_effects,
         icon="mail"),
    Act(
        name="take_up_review",
        label=gettext_lazy("Take up the review"),
        take=lambda pk, *, by, today, reason: actions.take_up_review(pk, by=by, today=today),
        permission="take",
        form_class=CaseReasonForm,
        offered=lambda row: row.state == S.IN_REVIEW,
        icon="view",
    ),
    step(COMPLAINT, "review", actions.review, form_class=ReviewForm),
    Act(
        name="extend_review",
        label=gettext_lazy("Extend the limit of the review"),
        take=actions.extend_review,
        permission="review",
        form_class=ExtendForm,
        consequences=extending_effects,
        offered=lambda row: row.state == S.IN_REVIEW,
        icon="time",
    ),
    step(COMPLAINT, "look_again", actions.look_again, form_class=LookAgainForm,
         consequences=lifting_effects, icon="rotate"),
    step(COMPLAINT, "recheck", actions.recheck, form_class=RecheckForm),
    Act(
        name="close",
        label=COMPLAINT.steps["close"].label,
        take=actions.close,
        permission="close",
        form_class=CaseReasonForm,
        refusals=closing_bars,
        consequences=closing_effects,
        offered=lambda row: row.state in CLOSABLE,
        icon="folder-inverse",
    ),
    Act(
        name="close_early",
        label=gettext_lazy("Close: both sides ask for nothing more"),
        take=actions.close_early,
        permission="close",
        form_class=CaseReasonForm,
        refusals=lambda row, today: COMPLAINT.refusals(row, "close", today),
        consequences=closing_effects,
        offered=lambda row: row.state in [S.REPLIED, S.REVIEWED],
        icon="folder-inverse",
        grave=True,
    ),
)  # fmt: skip
WITNESS_ACTS = (
    Act(
        name="note_witness",
        label=gettext_lazy("Note a witness"),
        take=actions.note_witness,
        permission="read",
        form_class=WitnessForm,
        offered=lambda row: row.state not in NEVER_OVER,
        icon="user",
    ),
    Act(
        name="report_retaliation",
        label=gettext_lazy("Report a retaliation"),
        take=report,
        permission="read",
        form_class=RetaliationForm,
        answer=shown_once,
        offered=lambda row: row.state not in NEVER_OVER,
        icon="warning",
        grave=True,
    ),
)


class ReplyPaperView(RecordPage):
    """A reply as an official paper, for those the case was given to."""

    def get(self, request, *args, **kwargs):
        if not actions.may_read(self.record, request.user):
            raise Http404
        reply = get_object_or_404(self.record.replies, pk=kwargs["reply"])
        try:
            paper = reply_paper(reply, days=_time_to_ask(self.record))
        except Destroyed:
            raise Http404 from None
        return pdf(paper, f"reply-{reply.pk}")


def decision_paths(desk):
    """Return the addresses the desk of complaints has for replies as papers."""
    view = desk.page(ReplyPaperView)
    return [path("<int:pk>/replies/<int:reply>/", view, name="reply")]


def decision_sections(record, page):
    """Return what was decided of a case, told, reviewed, asked of others, and what came after.

    Only those the case was given to are shown any of it.
    """
    if not page.reads:
        return []
    decisions = [_decision(one) for one in _decisions(record)]
    sections = []
    if decisions:
        sections.append(_section("decisions", _("Decision"), "decisions", decisions=decisions))
    return [
        *sections,
        *_replies(record, page.desk),
        *consequences_section(record, page.request.user),
        *_later_acts(record, page.today),
    ]


def _decisions(record):
    rows = record.decisions.select_related("decided_by")
    return rows.prefetch_related("items", "reviews")


def _decision(decision):
    measures = [str(Measure(one).label) for one in decision.measures]
    return {
        "row": decision,
        "items": decision.items.all(),
        "measures": measures,
        "reasons": _opened(actions.reasons_of, decision),
        "reviews": [(row, _opened(actions.review_reasons, row)) for row in decision.reviews.all()],
    }


def _replies(record, desk):
    try:
        told_of = replies_of(record)
    except Destroyed:
        return []
    rows = [(row, text, desk.url("reply", record.pk, row.pk)) for row, text in told_of]
    return [_section("replies", _("Replies"), "replies", rows=rows)] if rows else []


def _later_acts(record, today):
    witnesses = [one.mediator for one in record.witnesses.select_related("mediator")]
    acts = told(acts_since_complaint(record, today))
    if not witnesses and not acts:
        return []
    heading = _("Later acts to be looked at")
    return [_section("later", heading, "later_acts", witnesses=witnesses, acts=acts)]


def _section(name, heading, template, **context):
    return Section(
        name=name,
        heading=heading,
        icon="warning" if name == "later" else "doc-full",
        template=f"complaints/desk/{template}.html",
        context=context,
    )


def _opened(read, row):
    try:
        return read(row)
    except Destroyed:
        return pgettext("complaint", "destroyed")


def _time_to_ask(record):
    """Return the time to ask for a review as papers write it, as the clock of the case has it."""
    clock = record.clocks.filter(key="review_ask_days").order_by("-pk").first()
    if clock is None:
        return ""
    return f"{clock.policy.amount}{'个工作日' if clock.policy.unit == 'working' else '日'}"
