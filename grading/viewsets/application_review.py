"""Side by side: what the rule asks and what was found, papers and answers; then the next one."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from grading.actions import deciding, reviewing
from grading.actions.acting import bars
from grading.evaluation import subject_of
from grading.flows.application import ApplicationState
from grading.forms.reviews import ReviewForm
from grading.reports.clauses_of_one import clauses_of, said_of
from grading.reports.evidence_rows import rows_of
from grading.viewsets.application_sections import papers_of, sees_rows
from office.desk.lists import ListPage
from office.desk.records import InspectView, WritingPage

S = ApplicationState
SAVE = "save"
# The step that is next in a state.
NEXT = {S.SUBMITTED: "pass_first", S.FIRST_REVIEWED: "find_eligible", S.PENDING: "find_eligible"}
TAKE = {"pass_first": reviewing.pass_first, "find_eligible": deciding.find_eligible}
OTHERS = ("send_back", "ask_for_evidence", "find_ineligible", "overrule", "confirm_ruling")
MOST_QUEUED = 5_000


class ReviewView(WritingPage, ListPage, InspectView):
    """One application of the list as it is filtered, with the way to those before and after it."""

    template_name = "grading/desk/application_review.html"

    def get_page_title(self):
        return _("Review side by side")

    def get_header_title(self):
        return super(ListPage, self).get_header_title()

    def trail(self):
        return super(InspectView, self).trail()

    def get(self, request, *args, **kwargs):
        return self.show(self.make_form())

    def make_form(self, data=None, files=None):
        return ReviewForm(data, user=self.request.user, record=self.record)

    @property
    def asked(self):
        """How the list was filtered, ready to follow an address."""
        query = self.request.GET.urlencode()
        return f"?{query}" if query else ""

    @cached_property
    def queue(self):
        """The keys of the list, in its order."""
        return list(self.get_queryset().values_list("pk", flat=True)[:MOST_QUEUED])

    @cached_property
    def at(self):
        """The place in the queue, None if the application is not in it."""
        pk = self.record.pk
        return self.queue.index(pk) if pk in self.queue else None

    def address(self, step):
        """Return the page of the application so many places on, "" if there is none."""
        at = step - 1 if self.at is None else self.at + step
        if not 0 <= at < len(self.queue):
            return ""
        return self.desk.url("review", self.queue[at]) + self.asked

    @property
    def list_url(self):
        return self.desk.url("index") + self.asked

    @property
    def next_step(self):
        """The step that the user may take next here, "" if it is another's."""
        name = NEXT.get(self.record.state, "")
        barred = not name or not self.may(name) or bars(self.request.user, self.record, name)
        return "" if barred else name

    @property
    def may_answer(self):
        answers = self.record.state in NEXT and self.may("answer")
        return answers and not bars(self.request.user, self.record, "answer")

    def post(self, request, *args, **kwargs):
        self.doing = request.POST.get("do", "")
        wanted = {SAVE: self.may_answer, self.next_step: bool(self.next_step)}
        if not wanted.get(self.doing) and not self.was_sent_before():
            raise Http404
        return super().post(request, *args, **kwargs)

    def was_sent_before(self):
        """Whether the step was taken: the same form sent twice leads on as it did at first."""
        return self.doing in TAKE and self.may(self.doing)

    def carry_out(self, form):
        following = self.address(1) or self.list_url
        given = {"by": self.request.user, "today": self.today}
        reason, pk = form.cleaned_data["reason"], self.record.pk
        for name, answer in form.answers().items() if self.may_answer else ():
            reviewing.answer_question(pk, name=name, answer=answer, reason=reason, **given)
        if self.doing == SAVE:
            return self.desk.url("review", pk) + self.asked
        TAKE[self.doing](pk, reason=reason, **given)
        return following

    def go_on(self, outcome):
        messages.success(self.request, _("Done: %(act)s") % {"act": self.record})
        return redirect(outcome)

    def get_context_data(self, **kwargs):
        record, step = self.record, self.next_step
        acts = [self.desk.acts_by_name[name] for name in OTHERS]
        user = self.request.user
        return super(InspectView, self).get_context_data(
            clauses=clauses_of(record),
            result=said_of(record.result),
            kinds=rows_of(record.evidence, subject_of(record.rules)) if sees_rows(self) else [],
            papers=papers_of(record, self.desk),
            open_questions=record.open_questions(),
            step=self.desk.acts_by_name[step] if step else None,
            refusals=record.flow.refusals(record, step, self.today) if step else [],
            may_answer=self.may_answer,
            others=[
                (act.label, self.desk.url("act", record.pk, act.name))
                for act in acts
                if act.offered(record)
                and self.may(act.permission)
                and not bars(user, record, act.permission)
            ],
            earlier=self.address(-1) if self.at is not None else "",
            later=self.address(1),
            place=None if self.at is None else self.at + 1,
            size=len(self.queue),
            list_url=self.list_url,
            **kwargs,
        )
