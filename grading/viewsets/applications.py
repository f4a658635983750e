"""Applications for levels on the officer's desk: reviewed, decided, with every clause in words."""

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.actions import deciding, recommending, reviewing
from grading.actions.acting import BY_BODIES, WAIVERS, approvers_of, bars, may_take
from grading.flows import APPLICATION, ApplicationState
from grading.flows.application import ENDED, its_round_is_under_review
from grading.forms.reviews import (
    AnswerForm,
    GrantedWaiverForm,
    OpinionForm,
    OverruleForm,
    RulingForm,
    WaitingRulingForm,
    WaitingWaiverForm,
    WaiverForm,
)
from grading.models import Application, GradingRound, Ruling
from grading.reports.clauses_of_one import overrulable, said_of
from grading.viewsets.application_lists import (
    EXPORTED,
    LISTED,
    TONES,
    ApplicationBulkView,
    ApplicationFilters,
    ApplicationList,
)
from grading.viewsets.application_review import ReviewView
from grading.viewsets.application_sections import papers_section, sections_of
from grading.viewsets.round_results import APPLICATION_ACTS
from grading.viewsets.round_statistics import LateFactsView, StatisticsExportView, StatisticsView
from grading.viewsets.statements import ReasonsView
from office.desk.acts import Act, step
from office.desk.forms import ReasonForm
from office.desk.history import name_acts_of, name_facts
from office.desk.records import ActView, InspectView
from office.desk.viewset import DeskViewSet
from office.policies import rows_for

S = ApplicationState
UNDER_REVIEW = (S.SUBMITTED, S.FIRST_REVIEWED, S.PENDING)
name_acts_of(
    "grading.application",
    answer=gettext_lazy("Answer a question of the rule"),
    recommend=gettext_lazy("Send in for the organisation"),
    take_anew=gettext_lazy("Take the evidence anew"),
    overrule=gettext_lazy("Overrule a clause"),
    confirm_ruling=gettext_lazy("Confirm a ruling"),
    drop_ruling=gettext_lazy("Take a ruling back"),
    grant_waiver=gettext_lazy("Grant a waiver"),
    confirm_waiver=gettext_lazy("Confirm a waiver"),
    take_back_waiver=gettext_lazy("Take a waiver back"),
    decide=gettext_lazy("Keep the decision with all it rests on"),
)
name_facts(
    question_asked=(pgettext_lazy("review", "Question"), ()),
    question_answer=(
        pgettext_lazy("review", "Answer"),
        ((True, gettext_lazy("Yes")), (False, gettext_lazy("No"))),
    ),
    clause_ruled=(gettext_lazy("Clause"), ()),
    ruled_as=(
        gettext_lazy("Decided as"),
        Ruling._meta.get_field("result").choices,
    ),
    condition_waived=(gettext_lazy("Condition waived"), ()),
    decided_as=(gettext_lazy("Decided as"), S.choices),
    evidence_digest=("SHA-256", ()),
)


class OverruleHereForm(OverruleForm):
    conditions = staticmethod(overrulable)


def is_under_review(row):
    return row.state in UNDER_REVIEW


def waits_for_its_organization(row):
    return row.state == S.SUBMITTED and row.waits_for_its_organization()


def effects_of_recommending(row, today):
    return [_("The office reviews it once it is sent in; the opinion is kept with it.")]


def bars_to_review(row, today):
    return its_round_is_under_review(row, today)


def effects_of_deciding(row, today):
    return [
        _("By the rule and all rulings: %(result)s.") % {"result": said_of(row.result)},
        _("The evidence, answers, rulings and the version of the rule are kept with it for good."),
    ]


def effects_of_returning(row, today):
    days = row.grading_round.correction_days
    return [
        _("The applicant reads the reasons and has %(days)d working days; it is returned once.")
        % {"days": days}
    ]


def effects_of_a_ruling(row, today):
    return [_("It counts only once another officer has confirmed it.")]


def effects_of_taking_anew(row, today):
    return [
        _("Only what is known as of %(day)s counts, as the registers tell it today.")
        % {"day": row.grading_round.as_of.isoformat()}
    ]


def review(name, label, take, permission, form_class, **given):
    """Return an act on an application under review that is no step of its flow."""
    given.setdefault("offered", is_under_review)
    return Act(
        name=name, label=label, take=take, permission=permission, form_class=form_class,
        refusals=bars_to_review, **given,
    )  # fmt: skip


def rule_name(act):
    """Return by what it is known whose task an act is: waivers have approvers of their own."""
    return act.name if act.name in WAIVERS else act.permission


class ApplicationView(InspectView):
    """An application; acts of other bodies are not offered."""

    template_name = "grading/desk/application.html"

    def buttons(self):
        desk, user = self.desk, self.request.user
        theirs = {
            desk.url("act", self.record.pk, act.name)
            for act in desk.all_acts
            if rule_name(act) in BY_BODIES and not may_take(user, self.record, rule_name(act))
        }
        return (button for button in super().buttons() if button[1] not in theirs)


class ApplicationActView(ActView):
    """An act; says as well if another body or another officer has to take it."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        mine = bars(self.request.user, self.record, rule_name(self.act))
        return {**context, "refusals": [*context["refusals"], *mine]}


class ApplicationDesk(DeskViewSet):
    name = "grading_applications"
    icon = "form"
    model = Application
    help = gettext_lazy(
        "The rule is applied to what the registers know on the day of the round; nobody is left"
        " out silently. The first review and the decision are taken by two officers."
    )
    filterset_class = ApplicationFilters
    tab_field = "state"
    index_template = "grading/desk/applications.html"
    list_columns = LISTED
    exported = EXPORTED
    document_kinds = (("paper", gettext_lazy("paper of the application")),)
    acts = (
        Act(name="recommend", label=gettext_lazy("Send in for the organisation"),
            take=recommending.recommend, permission="recommend", form_class=OpinionForm,
            refusals=recommending.bars_to_recommending, offered=waits_for_its_organization,
            consequences=effects_of_recommending, icon="mail"),
        step(APPLICATION, "pass_first", reviewing.pass_first),
        step(APPLICATION, "find_eligible", deciding.find_eligible,
             consequences=effects_of_deciding),
        step(APPLICATION, "find_ineligible", deciding.find_ineligible,
             consequences=effects_of_deciding, icon="cross", grave=True),
        review("answer", gettext_lazy("Answer a question"), reviewing.answer_question, "answer",
               AnswerForm, icon="edit",
               offered=lambda row: is_under_review(row) and bool(row.questions())),
        step(APPLICATION, "send_back", reviewing.send_back, consequences=effects_of_returning,
             icon="rotate"),
        step(APPLICATION, "take_up", reviewing.take_up),
        step(APPLICATION, "ask_for_evidence", reviewing.ask_for_evidence, icon="help"),
        review("take_anew", gettext_lazy("Take the evidence anew"), reviewing.take_anew, "answer",
               ReasonForm, consequences=effects_of_taking_anew, icon="rotate"),
        review("overrule", gettext_lazy("Overrule a clause"), deciding.overrule_clause, "overrule",
               OverruleHereForm, consequences=effects_of_a_ruling, icon="openquote"),
        review("confirm_ruling", gettext_lazy("Confirm a ruling"), deciding.confirm_ruling,
               "confirm_ruling", WaitingRulingForm,
               offered=lambda row: is_under_review(row) and row.rulings.waiting().exists()),
        review("drop_ruling", gettext_lazy("Take a ruling back"), deciding.drop_ruling,
               "confirm_ruling", RulingForm, icon="rotate",
               offered=lambda row: is_under_review(row)
               and row.rulings.filter(dropped_on=None).exists()),
        review("grant_waiver", gettext_lazy("Grant a waiver"), deciding.grant_waiver, "answer",
               WaiverForm, icon="lock-open", consequences=effects_of_a_ruling,
               offered=lambda row: is_under_review(row) and bool(approvers_of(row.rules))),
        review("confirm_waiver", gettext_lazy("Confirm a waiver"), deciding.confirm_waiver,
               "answer", WaitingWaiverForm,
               offered=lambda row: is_under_review(row)
               and row.waivings.standing().filter(confirmed_on=None).exists()),
        review("take_back_waiver", gettext_lazy("Take a waiver back"), deciding.take_back_waiver,
               "answer", GrantedWaiverForm, icon="rotate",
               offered=lambda row: is_under_review(row) and row.waivings.standing().exists()),
        step(APPLICATION, "reopen", deciding.reopen, icon="rotate"),
        *APPLICATION_ACTS,
    )  # fmt: skip
    bulk = ("find_eligible",)

    def rows(self, user, action="view"):
        return super().rows(user, action).with_all()

    def get_urlpatterns(self):
        own = [
            path("", self.page(ApplicationList), name="index"),
            path("bulk/<slug:act>/", self.page(ApplicationBulkView), name="bulk"),
            path("<int:pk>/", self.page(ApplicationView), name="inspect"),
            path("<int:pk>/act/<slug:act>/", self.page(ApplicationActView), name="act"),
            path("<int:pk>/review/", self.page(ReviewView), name="review"),
            path("<int:pk>/reasons/", self.page(ReasonsView), name="reasons"),
            path("rounds/<int:round>/", self.page(StatisticsView), name="statistics"),
            path("rounds/<int:round>/export/", self.page(StatisticsExportView),
                 name="statistics_export"),
            path("rounds/<int:round>/late-facts/", self.page(LateFactsView), name="late_facts"),
        ]  # fmt: skip
        taken = {one.name for one in own}
        return [*own, *(one for one in super().get_urlpatterns() if one.name not in taken)]

    def tags(self, record):
        found = [(record.get_state_display(), TONES.get(record.state, "plain"))]
        if waits_for_its_organization(record):
            found.append((_("with its organisation"), "warn"))
        return [*found, (_("Late"), "warn")] if record.is_late else found

    def ways_on(self, record, page):
        yield _("Review side by side"), self.url("review", record.pk), "view", False
        if record.state in ENDED:
            yield _("Reasons of the outcome"), self.url("reasons", record.pk), "doc-full", False
        user, of = page.request.user, record.grading_round_id
        if rows_for(user, "statistics", GradingRound).filter(pk=of).exists():
            yield _("Figures of the round"), self.url("statistics", of), "table", False

    def sections(self, record, page):
        return sections_of(record, page)

    def papers(self, record):
        return [papers_section(record, self)]
