"""Bulk issues on the officer's desk: prepared by one officer, issued by another, with progress."""

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.desk.acts import step
from office.desk.columns import Section, column, facts_of
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.records import InspectView
from office.desk.viewset import DeskViewSet
from registry.viewsets.terms import DivisionFilter, division_column
from training import actions
from training.flows import RUN, CertificateState, RunState
from training.forms.certificates import NewRunForm
from training.models import CertificateRun
from training.tasks.certificates import most_at_once

name_acts(prepare=gettext_lazy("Prepare"))
TONES = {
    RunState.PREPARED: "warn",
    RunState.ISSUING: "info",
    RunState.DONE: "ok",
    RunState.STOPPED: "error",
}
REFRESH_SECONDS = 3


class RunFilters(Filters):
    title = contains("title", gettext_lazy("Title"))
    division = DivisionFilter()

    class Meta:
        model = CertificateRun
        fields = []


class RunView(InspectView):
    """The page of a bulk issue; while it is under way it loads itself anew, without any script."""

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        if self.record.state == RunState.ISSUING:
            response["Refresh"] = str(REFRESH_SECONDS)
        return response


def issuing_effects(run, today):
    waiting, most = left_of(run), most_at_once()
    if most is not None and waiting > most:
        told = {"count": most, "left": waiting - most}
        return [
            _("%(count)d certificates are issued now; %(left)d are left, and issued when you issue"
              " again.") % told
        ]  # fmt: skip
    if most is not None:
        return [_("%(count)d certificates are issued now.") % {"count": waiting}]
    return [_("%(count)d certificates are issued in the background.") % {"count": waiting}]


def left_of(run):
    """Return how many of a bulk issue are still to be issued."""
    return run.certificates.filter(state=CertificateState.EXAMINED).count()


def shown_state(run):
    """Return the state in words; whoever stopped, work is left."""
    if run.state == RunState.STOPPED and not run.fault:
        return _("some are left")
    return run.get_state_display()


def shown_tone(run):
    is_left = run.state == RunState.STOPPED and not run.fault
    return "warn" if is_left else TONES.get(run.state, "plain")


class CertificateRunDesk(DeskViewSet):
    name = "certificate_runs"
    icon = "copy"
    model = CertificateRun
    help = gettext_lazy("Certificates for many at once. Who prepared them does not issue them.")
    related = ("division", "kind", "prepared_by", "issued_by")
    filterset_class = RunFilters
    tab_field = "state"
    list_columns = (
        "title", "kind", division_column,
        column(CertificateRun, "state", value=shown_state, tone=shown_tone), "prepared_on",
    )  # fmt: skip
    add_form_class = NewRunForm
    add = staticmethod(actions.prepare_run)
    acts = (
        step(RUN, "issue", actions.issue_run, consequences=issuing_effects, sensitive=True),
        step(RUN, "stop", actions.stop_run, icon="lock"),
        step(RUN, "discard", actions.discard_run, icon="bin"),
    )

    def get_urlpatterns(self):
        return [path("<int:pk>/", self.page(RunView), name="inspect"), *super().get_urlpatterns()]

    def tags(self, record):
        return [(shown_state(record), shown_tone(record))]

    def sections(self, record, page):
        facts = facts_of(
            record, "kind", division_column, "basis", "prepared_by", "prepared_on", "issued_by"
        )
        return [
            self.progress(record),
            Section(name="data", heading=_("Data"), icon=self.icon, facts=facts),
        ]

    def progress(self, record):
        """How many are issued; the certificates themselves say it."""
        states = list(record.certificates.values_list("state", flat=True))
        total = len(states)
        done = sum(state not in {"applied", "examined", "declined"} for state in states)
        context = {
            "total": total,
            "done": done,
            "percent": 100 * done // total if total else 0,
            "left_out": record.left_out,
            "fault": record.fault,
            "left": states.count("examined") if record.state == RunState.STOPPED else 0,
            "is_busy": record.state == RunState.ISSUING,
            "certificates_url": reverse("certificates:index") + f"?run={record.pk}",
        }
        return Section(
            name="progress",
            heading=_("Progress"),
            icon="time",
            template="training/desk/run.html",
            context=context,
        )
