"""Panels on the officer's desk: put together, given their readings, their scores shown."""

from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from grading.actions import assigning, panels, reading, recusing
from grading.flows.panel import PANEL, PanelState
from grading.forms.panels import (
    CalibrationForm,
    DropForm,
    EndSeatForm,
    LiftForm,
    NewPanelForm,
    OptionalReasonForm,
    PanelForm,
    SeatForm,
    SuccessorForm,
)
from grading.models import Panel
from grading.reports.panels import comparison_of, progress_of, recusals_of, seats_of
from grading.rules.unknown import is_known
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.pages import RecordPage
from office.desk.viewset import DeskViewSet

name_acts(
    seat=gettext_lazy("Give a seat"),
    end_seat=gettext_lazy("End a membership"),
    succeed=gettext_lazy("Name a successor"),
    assign=gettext_lazy("Assign the readings"),
    assign_third=gettext_lazy("Assign third readings"),
    calibrate=gettext_lazy("Let all read one application"),
    recuse=gettext_lazy("Look for recusals"),
    lift=gettext_lazy("Lift a recusal"),
    drop_reading=gettext_lazy("Take a reading back"),
)
S = PanelState
TONES = {S.DRAFT: "plain", S.SITTING: "warn", S.REVEALED: "ok", S.CLOSED: "plain"}


class PanelFilters(Filters):
    name = contains("name", gettext_lazy("Name"))
    grading_round = contains("grading_round__title", gettext_lazy("Round"))

    class Meta:
        model = Panel
        fields = []


# So many applications of a comparison stand on a page.
LINES = 100


class CompareScoresView(RecordPage):
    """The scores of all members side by side, once they are shown."""

    template_name = "grading/desk/panel_compare.html"

    def is_permitted(self):
        may = self.request.user.has_perm("grading.compare_reading")
        return may and super().is_permitted() and self.record.state in (S.REVEALED, S.CLOSED)

    def get(self, request, *args, **kwargs):
        if faults := self.record.malformed():
            # Nothing is compared as long as a sheet cannot be read.
            for sentence in faults:
                messages.error(request, sentence)
            return redirect(self.record_url)
        compared = comparison_of(self.record, request.user)
        lines = Paginator(compared.lines, LINES).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(compared=compared, page_obj=lines))

    def get_page_title(self):
        return _("Compare the scores")


def told_assignment(page, outcome):
    """Say how many readings are new, and what is short."""
    said = ngettext("%(made)d reading assigned.", "%(made)d readings assigned.", outcome.made)
    messages.success(page.request, said % {"made": outcome.made})
    for sentence in outcome.sentences:
        messages.warning(page.request, sentence)
    return redirect(page.record_url)


def told_recusals(page, made):
    said = ngettext("%(made)d new recusal.", "%(made)d new recusals.", len(made))
    messages.success(page.request, said % {"made": len(made)})
    return redirect(page.record_url)


def is_at_work(panel):
    return panel.state in (S.DRAFT, S.SITTING)


def sits(panel):
    return panel.state == S.SITTING


def act(name, label, take, permission, **given):
    return Act(name=name, label=label, take=take, permission=permission, **given)


class PanelDesk(DeskViewSet):
    name = "grading_panels"
    icon = "group"
    model = Panel
    help = gettext_lazy(
        "Who reads and scores the applications of a round. Members read alone; scores are shown to"
        " the bureau once all are in."
    )
    related = (
        "grading_round__version__scheme",
        "grading_round__version__parent__scheme",
        "grading_round__division",
    )
    filterset_class = PanelFilters
    tab_field = "state"
    list_columns = (
        "name",
        Column(
            name="round", label=gettext_lazy("Round"), value=lambda row: row.grading_round.title,
            sort="grading_round__title",
        ),
        "reads",
        column(Panel, "state", tones=TONES),
        "revealed_on",
    )  # fmt: skip
    form_class = PanelForm
    add_form_class = NewPanelForm
    add = staticmethod(panels.add_panel)
    change = staticmethod(panels.change_panel)
    acts = (
        act("seat", gettext_lazy("Give a seat"), panels.seat_member, "change",
            form_class=SeatForm, offered=is_at_work, icon="plus"),
        act("end_seat", gettext_lazy("End a membership"), panels.end_membership, "change",
            form_class=EndSeatForm, offered=is_at_work, icon="cross"),
        act("succeed", gettext_lazy("Name a successor"), panels.add_tenure, "change",
            form_class=SuccessorForm, offered=is_at_work, icon="user"),
        step(PANEL, "convene", panels.convene_panel, form_class=OptionalReasonForm),
        act("find_recusals", gettext_lazy("Look for recusals"), recusing.find_recusals, "recuse",
            form_class=OptionalReasonForm, offered=is_at_work, answer=told_recusals, icon="search"),
        act("lift", gettext_lazy("Lift a recusal"), recusing.lift_recusal, "recuse",
            form_class=LiftForm, offered=is_at_work, icon="rotate"),
        act("assign", gettext_lazy("Assign the readings"), assigning.assign_readings, "assign",
            form_class=OptionalReasonForm, offered=sits, answer=told_assignment, icon="list-ul"),
        act("assign_third", gettext_lazy("Assign third readings"), assigning.assign_third,
            "assign", form_class=OptionalReasonForm, offered=sits, answer=told_assignment,
            icon="plus"),
        act("calibrate", gettext_lazy("Let all read one application"),
            assigning.assign_calibration, "assign", form_class=CalibrationForm, offered=sits,
            answer=told_assignment, icon="group"),
        act("drop_reading", gettext_lazy("Take a reading back"), reading.drop_reading, "assign",
            form_class=DropForm, offered=sits, grave=True, icon="rotate"),
        step(PANEL, "reveal", reading.reveal, form_class=OptionalReasonForm, icon="view"),
        step(PANEL, "close", panels.close_panel, form_class=OptionalReasonForm, icon="lock"),
    )  # fmt: skip

    def get_urlpatterns(self):
        compare = path("<int:pk>/compare/", self.page(CompareScoresView), name="compare")
        return [compare, *super().get_urlpatterns()]

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def ways_on(self, record, page):
        if record.state in (S.REVEALED, S.CLOSED):
            yield _("Compare the scores"), self.url("compare", record.pk), "view", False

    def sections(self, record, page):
        user, today = page.request.user, page.today
        levels = "、".join(record.levels.order_by("rank").values_list("label", flat=True))
        settings = [
            "reads", "load_cap", "limit_points", "third_rule", "calibration_minimum",
            "mentorship_months", "case_months", "seed", "revealed_on",
        ]  # fmt: skip
        facts = [
            (_("Round"), record.grading_round.title),
            (_("Reads for"), levels),
            *facts_of(record, *settings),
        ]
        quorum = record.rules.section("committee").get("quorum")
        seats = {
            "seats": seats_of(record, today),
            "sitting": len(record.sitting(today).people),
            "quorum": quorum if is_known(quorum) else "",
        }
        progress = {
            "progress": progress_of(record, user),
            "shortages": assigning.shortages(record, user) if record.state == S.SITTING else [],
        }
        recusals = {"recusals": recusals_of(record, user)}
        return [
            Section(name="data", heading=_("Settings"), facts=facts),
            self._part("seats", _("Seats and members"), "group", seats),
            self._part("progress", _("How far the reading is"), "list-ul", progress),
            self._part("recusals", _("Recusals"), "warning", recusals),
        ]

    @staticmethod
    def _part(name, heading, icon, context):
        template = f"grading/desk/panel_{name}.html"
        return Section(name=name, heading=heading, icon=icon, template=template, context=context)
