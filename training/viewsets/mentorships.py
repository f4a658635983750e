"""Pairings on the desk: proposed, steered, their map, and who may teach how many more."""

import django_filters
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.pages import DeskPage
from office.desk.viewset import DeskViewSet
from registry.viewsets.papers import PaperView
from registry.viewsets.terms import DivisionFilter
from training.actions import mentorships
from training.flows import PAIRING, PairingState
from training.forms.mentorships import (
    AssessForm,
    BeginForm,
    ChangeMentorForm,
    ExtendForm,
    NewPairingForm,
    PairingForm,
    TerminateForm,
)
from training.models import Pairing
from training.models.mentorship import AGREEMENT
from training.notices.mentorships import agreement
from training.reports.mentorships import map_of

name_acts(
    propose=gettext_lazy("Propose a pairing"),
    accept=PAIRING.steps["accept"].label,
    decline=PAIRING.steps["decline"].label,
    midterm=gettext_lazy("Mid-term assessment"),
    terminate=PAIRING.steps["terminate"].label,
)
P = PairingState
TONES = {
    P.PROPOSED: "info", P.ACCEPTED: "info", P.ACTIVE: "ok", P.PAUSED: "warn", P.ASSESSED: "warn",
    P.COMPLETED: "ok", P.FAILED: "error", P.TERMINATED: "plain", P.DECLINED: "plain",
}  # fmt: skip


class PairingFilters(Filters):
    mentor = contains("mentor__name", gettext_lazy("Mentor"))
    apprentice = contains("apprentice__name", gettext_lazy("Apprentice"))
    division = DivisionFilter(field_name="apprentice__division")
    orphaned = django_filters.BooleanFilter(
        label=gettext_lazy("Mentor no longer in post"), method="only_orphaned"
    )

    class Meta:
        model = Pairing
        fields = []

    def only_orphaned(self, rows, name, value):
        orphans = Pairing.objects.orphaned(timezone.localdate()).values("pk")
        return rows.filter(pk__in=orphans) if value else rows.exclude(pk__in=orphans)


def agreement_of(pairing):
    # The edge of the request reads the clock.
    return agreement(pairing, issuer=pairing.apprentice.division.name, today=timezone.localdate())


class MapView(DeskPage):
    """Masters with their apprentices, and how many more each may take."""

    template_name = "training/desk/masters.html"

    def get(self, request, *args, **kwargs):
        masters = map_of(request.user, self.today)
        return self.render_to_response(self.get_context_data(masters=masters))

    def get_page_title(self):
        return _("Map of masters and apprentices")


class PairingDesk(DeskViewSet):
    name = "pairings"
    icon = "group"
    model = Pairing
    help = gettext_lazy(
        "A mentor accepts on the own page. The agreement is printed here, signed by three, and"
        " added before the pairing begins."
    )
    related = ("mentor", "apprentice", "apprentice__division", "logs_policy")
    filterset_class = PairingFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="mentor",
            label=gettext_lazy("Mentor"),
            value=lambda row: row.mentor.name,
            sort="mentor__name",
        ),
        Column(
            name="apprentice",
            label=gettext_lazy("Apprentice"),
            value=lambda row: row.apprentice.name,
            sort="apprentice__name",
        ),
        Column(
            name="division",
            label=gettext_lazy("Division"),
            value=lambda row: row.apprentice.division.name,
            sort="apprentice__division",
        ),
        column(Pairing, "state", tones=TONES),
        "from_on",
        "until_on",
        "ended_on",
    )
    exported = (*list_columns, "ended_because")
    form_class = PairingForm
    add_form_class = NewPairingForm
    add = staticmethod(mentorships.propose_pairing)
    change = staticmethod(mentorships.change_pairing)
    document_kinds = (
        (AGREEMENT, gettext_lazy("signed agreement")),
        ("other", gettext_lazy("other paper")),
    )
    acts = (
        step(PAIRING, "begin", mentorships.begin_pairing, form_class=BeginForm),
        step(PAIRING, "pause", mentorships.pause_pairing, icon="history"),
        step(PAIRING, "resume", mentorships.resume_pairing, icon="rotate"),
        Act(
            name="midterm",
            label=gettext_lazy("Write the mid-term assessment"),
            take=mentorships.assess_midterm,
            permission="assess",
            form_class=AssessForm,
            offered=lambda row: row.state == P.ACTIVE and not row.was_assessed("midterm"),
            icon="edit",
        ),
        step(PAIRING, "assess", mentorships.assess_pairing, form_class=AssessForm, icon="edit"),
        step(PAIRING, "complete", mentorships.complete_pairing),
        step(PAIRING, "extend", mentorships.extend_pairing, form_class=ExtendForm, icon="plus"),
        step(PAIRING, "fail", mentorships.fail_pairing, grave=True, icon="cross"),
        Act(
            name="change-mentor",
            label=gettext_lazy("Change the mentor"),
            take=mentorships.change_mentor,
            permission="change_mentor",
            form_class=ChangeMentorForm,
            refusals=lambda row, today: PAIRING.refusals(row, "terminate", today),
            offered=lambda row: row.state in PAIRING.steps["terminate"].sources,
            consequences=lambda row, today: [
                _("This pairing ends yesterday; what was logged stays with it."),
                _("The new mentor has to accept, and a new agreement is signed."),
            ],
            icon="user",
        ),
        step(
            PAIRING,
            "terminate",
            mentorships.terminate_pairing,
            form_class=TerminateForm,
            grave=True,
            icon="cross",
        ),
    )

    def tags(self, record):
        return [(record.get_state_display(), TONES[record.state])]

    def sections(self, record, page):
        facts = facts_of(record, *self.list_columns, "began_on", "extended", "plan")
        if record.ended_because:
            facts += facts_of(record, "ended_because")
        if record.follows_id:
            facts.append((_("Follows"), record.follows))
        logs = record.logs.order_by("-done_on", "-pk")
        assessments = record.assessments.order_by("pk")
        return [
            Section(name="data", heading=_("Pairing"), icon="group", facts=facts),
            Section(
                name="logs",
                heading=_("Logs and assessments"),
                icon="list-ul",
                template="training/desk/includes/pairing_logs.html",
                context={
                    "logs": logs,
                    "assessments": assessments,
                    "missing": max(record.logs_missing(timezone.localdate()), 0),
                    "agreement_url": self.url("agreement", record.pk),
                },
            ),
        ]

    @property
    def map_url(self):
        return self.url("map")

    def get_urlpatterns(self):
        paper = PaperView.as_view(desk=self, paper=staticmethod(agreement_of))
        return [
            *super().get_urlpatterns(),
            path("map/", self.page(MapView), name="map"),
            path("<int:pk>/agreement/", paper, name="agreement"),
        ]
