"""A member's own desk: what is to be read, sheet by sheet; whose it is stands nowhere."""

from dataclasses import replace

from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from grading.actions import reading, recusing
from grading.flows.panel import READING, ReadingState
from grading.forms.readings import PREFIX, SheetForm, StandBackForm
from grading.models import Reading
from grading.reports.blind import shown_of
from grading.rules.criteria import criteria_of, labels_of
from grading.rules.scoring import Sheet, sheet_faults
from office.desk.acts import Act, step
from office.desk.columns import Column, column
from office.desk.filters import Filters, contains
from office.desk.history import name_acts
from office.desk.pages import FormPage, RecordPage, add_refusal
from office.desk.viewset import DeskViewSet
from office.flow import Refused, Stale

name_acts(submit=gettext_lazy("Hand in the sheet"), declare=gettext_lazy("Stand back"))
R = ReadingState
TONES = {R.OPEN: "warn", R.SUBMITTED: "ok", R.ABSTAINED: "info"}


class ReadingFilters(Filters):
    panel = contains("panel__name", gettext_lazy("Panel"))

    class Meta:
        model = Reading
        fields = []


def saved_words(row):
    """Say when a sheet was saved, by the clock of the server."""
    if row.saved_at is None:
        return _("not saved yet")
    at = timezone.localtime(row.saved_at).strftime("%H:%M:%S")
    return _("saved %(time)s") % {"time": at}


class SheetPage(RecordPage):
    """What the page of a sheet and its saving have in common."""

    action = "change"

    @cached_property
    def criteria(self):
        return criteria_of(self.record.panel.rules)

    def make_form(self, data=None, files=None):
        return SheetForm(data, reading=self.record, criteria=self.criteria)

    def save(self, form):
        given = {"by": self.request.user, "now": timezone.now(), **form.values()}
        return reading.save_reading(self.record.pk, **given)


class SheetView(FormPage, SheetPage):
    """An application beside its sheet: saved at every change, handed in, or only shown."""

    template_name = "grading/desk/sheet.html"
    make_form = SheetPage.make_form

    def get_page_title(self):
        return _("Your sheet")

    def get_page_subtitle(self):
        return ""

    def get_header_title(self):
        return str(self.record)

    def trail(self):
        return [{"url": "", "label": str(self.record)}]

    def post(self, request, *args, **kwargs):
        if self.record.state != R.OPEN:
            # Sent twice: what the first sending did stands.
            return redirect(self.record_url)
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            return self.hand_in(form) if "hand_in" in request.POST else self.keep(form)
        except Stale:
            return self.show_stale(form)
        except Refused as refusal:
            return self.show_faults(form, refusal)

    def keep(self, form):
        saved = self.save(form)
        messages.success(self.request, saved_words(saved))
        return redirect(self.record_url)

    def hand_in(self, form):
        given = {"by": self.request.user, "now": timezone.now(), "today": self.today}
        reading.hand_in_typed(self.record.pk, **given, **form.values())
        messages.success(self.request, _("Handed in: %(record)s") % {"record": self.record})
        following = self.neighbours(R.OPEN)[1]
        return redirect(self.desk.url("inspect", following) if following else self.record_url)

    def show_stale(self, form):
        """Keep what was typed; sent again it takes the place of what was saved elsewhere."""
        self.refresh(form)
        said = _(
            "This sheet was saved from another page since (%(saved)s). What you typed is below:"
            " save it again to put it in its place."
        )
        form.add_error(None, said % {"saved": saved_words(self.record)})
        return self.show(form, status=409)

    def show_faults(self, form, refusal):
        self.refresh(form)
        faults = self.faults_by_field(form)
        for name, sentences in faults.items():
            form.add_error(name, sentences)
        if not faults:
            add_refusal(form, refusal)
        return self.show(form, status=422)

    def faults_by_field(self, form):
        """Return what is wrong with each score, called as the sheet calls it."""
        labels, typed = labels_of(self.record.panel.rules), form.values()["scores"]
        found = {}
        for place, criterion in enumerate(self.criteria):
            label = labels[criterion.code]
            alone = Sheet(None, None, {label: typed[criterion.code]})
            sentences = sheet_faults(alone, [replace(criterion, code=label)])
            if sentences:
                found[f"{PREFIX}{place}"] = sentences
        return found

    def refresh(self, form):
        self.record.refresh_from_db(fields=["revision", "saved_at"])
        form.data = form.data.copy()
        form.data["revision"] = self.record.revision

    def neighbours(self, *states):
        """Return the keys of the readings before and after this one, of the same panel."""
        rows = self.rows().filter(panel=self.record.panel_id).order_by("pk")
        rows = rows.filter(state__in=states) if states else rows
        before = rows.filter(pk__lt=self.record.pk).values_list("pk", flat=True).last()
        return before, rows.filter(pk__gt=self.record.pk).values_list("pk", flat=True).first()

    def get_context_data(self, **kwargs):
        before, after = self.neighbours()
        is_open = self.record.state == R.OPEN and self.record.panel.state == "sitting"
        acts = [act for act in self.desk.all_acts if is_open and act.offered(self.record)]
        return super().get_context_data(
            shown=shown_of(self.record.application),
            is_open=is_open,
            state=self.record.get_state_display(),
            tone=TONES.get(self.record.state, "plain"),
            saved=saved_words(self.record),
            before=before and self.desk.url("inspect", before),
            after=after and self.desk.url("inspect", after),
            acts=[(act.label, self.desk.url("act", self.record.pk, act.name)) for act in acts],
            save_url=self.desk.url("save", self.record.pk),
            given=self.given(),
            **kwargs,
        )

    def given(self):
        """Return (label, score) of a sheet that is only shown."""
        labels = labels_of(self.record.panel.rules)
        return [(labels[one.code], self.record.scores.get(one.code, "")) for one in self.criteria]


class SaveView(SheetPage):
    """Saves what was typed, for the script of the page."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        form = self.make_form(request.POST)
        if not form.is_valid():
            return self.no(422, _("This cannot be saved: shorten what you typed."))
        try:
            saved = self.save(form)
        except Stale:
            return self.no(409, _("This sheet was saved from another page. Press the save button."))
        except Refused as refusal:
            return self.no(410, " ".join(refusal.messages))
        return JsonResponse({"said": saved_words(saved), "revision": saved.revision})

    def no(self, status, sentence):
        return JsonResponse({"said": sentence}, status=status)


def gone(page, _result):
    """Go back to the list: the reading is no longer the member's."""
    messages.success(page.request, _("You stand back; others read it."))
    return redirect(page.desk.url("index"))


def is_open(row):
    return row.state == R.OPEN


class ReadingDesk(DeskViewSet):
    name = "grading_readings"
    icon = "edit"
    model = Reading
    help = gettext_lazy(
        "Applications you were given to read. You see neither whose they are nor what others gave."
    )
    related = (
        "panel__grading_round__version__parent",
        "application__round_level",
        "application__mediator",
        "application__organization",
        "application__grading_round__version__parent",
    )
    filterset_class = ReadingFilters
    tab_field = "state"
    history = False
    list_columns = (
        Column(name="reference", label=gettext_lazy("Reference"), value=str, sort="pk"),
        Column(
            name="panel", label=gettext_lazy("Panel"), value=lambda row: row.panel.name,
            sort="panel__name",
        ),
        Column(
            name="level", label=gettext_lazy("Level"),
            value=lambda row: row.application.round_level.label,
        ),
        column(Reading, "state", tones=TONES),
        "saved_at",
    )  # fmt: skip
    acts = (
        step(READING, "abstain", reading.abstain, icon="cross"),
        Act(
            name="declare",
            label=gettext_lazy("Stand back"),
            take=recusing.declare_recusal,
            permission="change",
            form_class=StandBackForm,
            offered=is_open,
            refusals=lambda row, today: READING.refusals(row, "drop", today),
            consequences=lambda row, today: [
                _("The application leaves your list, and others read it."),
                _("Your reason is shown to the bureau."),
            ],
            answer=gone,
            icon="cross",
        ),
    )

    def rows(self, user, action="view"):
        """Everybody sees the own readings only, and none that were taken back."""
        return super().rows(user, action).filter(member=user).exclude(state=R.DROPPED)

    def get_urlpatterns(self):
        return [
            path("<int:pk>/", self.page(SheetView), name="inspect"),
            path("<int:pk>/save/", self.page(SaveView), name="save"),
            *(one for one in super().get_urlpatterns() if one.name != "inspect"),
        ]
