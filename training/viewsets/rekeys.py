"""Corrections of keys on the desk, and the statistics of an exam's questions they start from."""

from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts, name_facts
from office.desk.pages import RecordPage
from office.desk.records import WritingPage
from office.desk.viewset import DESKS, DeskViewSet
from training import actions
from training.actions.rekeys import MARKED_ANEW, version_ruling
from training.flows import REKEY, ExamState, RekeyState
from training.forms.marking import MarkersForm, RekeyForm, ResitForm
from training.models import Appeal, AttemptItem, QuestionVersion, Rekey, RekeyKind
from training.reports.items import HEIGHT, WIDTH, lines_of, progress, scatter
from training.rules.wording import key_in_words

name_acts(
    name_markers=gettext_lazy("Name the markers"),
    propose_rekey=gettext_lazy("Propose"),
    resit=gettext_lazy("Announce a resit"),
    remark=gettext_lazy("Mark anew"),
    claim=gettext_lazy("Take an answer to mark"),
    lodge=gettext_lazy("Appeal"),
    rekey=gettext_lazy("Correct the key"),
    replay=gettext_lazy("Look at the saved states"),
)
name_facts(markers=(gettext_lazy("Markers"), ()))
TONES = {RekeyState.PROPOSED: "warn", RekeyState.CONFIRMED: "ok"}
WITH_MARKERS = {ExamState.SCHEDULED, ExamState.OPEN, ExamState.MARKING}
WITH_STATISTICS = {ExamState.MARKING, ExamState.ASKED, ExamState.RELEASED, ExamState.ARCHIVED}


def effects_of_a_rekey(rekey, today):
    """How many attempts are marked anew, and whether people are told."""
    items = AttemptItem.objects.filter(attempt__exam=rekey.exam, version=rekey.version)
    number = items.exclude(attempt__state__in=["voided", "in_progress"]).count()
    told = [
        ngettext(
            "%(number)d attempt is marked anew.", "%(number)d attempts are marked anew.", number
        )
        % {"number": number}
    ]
    if rekey.exam.is_released:
        told.append(_("Whose marks or result change is told so on the own page."))
    return told


MARKING_ACTS = (
    Act(
        name="name_markers",
        label=gettext_lazy("Name the markers"),
        take=actions.name_markers,
        permission="name_markers",
        form_class=MarkersForm,
        offered=lambda row: row.state in WITH_MARKERS,
        consequences=lambda row, today: [
            _("Two mark each essay; name a third for answers on which two are apart."),
            _("Who is ticked off hands back what is in hand; marks that were given stay."),
        ],
        icon="user",
    ),
    Act(
        name="resit",
        label=gettext_lazy("Announce a resit"),
        take=actions.announce_resit,
        permission="resit",
        form_class=ResitForm,
        offered=lambda row: row.is_released,
        consequences=lambda row, today: [
            _("An exam is planned with this paper and these figures, for those who failed.")
        ],
        icon="rotate",
    ),
)


def marking_section(exam, user):
    """How far the marking is, who marks, and where statistics, corrections and appeals are."""
    counted = progress(exam)
    markers = "、".join(str(marker) for marker in exam.markers.select_related("user"))
    facts = [
        (_("Markers"), markers or "—"),
        (_("Answers that wait for a marker"), counted["waiting"]),
        (_("Of these for a third"), counted["third"]),
        (_("In the hands of markers"), counted["in_hand"]),
        (_("Marks given"), counted["marked"]),
    ]
    return Section(
        name="marking",
        heading=_("Marking"),
        icon="edit",
        template="training/desk/exam_marking.html",
        context={"facts": facts, "links": marking_links(exam, user)},
    )


def marking_links(exam, user):
    """Return (label, address) of what else there is of the marking of an exam for somebody."""
    desk, links = DESKS["training.exam"], []
    if exam.state == ExamState.MARKING and exam.markers.of(user).exists():
        links.append((_("Mark the next answer"), DESKS["training.marking"].url("next")))
    if exam.state in WITH_STATISTICS and desk.permits(user, "view_statistics"):
        links.append((_("Statistics of the questions"), desk.url("statistics", exam.pk)))
    found = f"?{urlencode({'title': exam.title})}"
    for label, rows in [("training.rekey", exam.rekeys), ("training.appeal", appeals_in(exam))]:
        other = DESKS[label]
        if other.permits(user, "view") and rows.exists():
            links.append((f"{other.title} ({rows.count()})", other.url("index") + found))
    return links


def appeals_in(exam):
    return Appeal.objects.filter(attempt__exam=exam)


class StatisticsView(RecordPage):
    """How each question did, before results are out; doubtful ones first."""

    action = "view_statistics"
    template_name = "training/desk/statistics.html"

    def is_permitted(self):
        return super().is_permitted() and self.record.state in WITH_STATISTICS

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def get_page_title(self):
        return _("Statistics of the questions")

    def get_context_data(self, **kwargs):
        exam, desk = self.record, self.desk
        may_ask = desk.permits(self.request.user, "ask_release")
        asks = may_ask and exam.state == ExamState.MARKING
        return super().get_context_data(
            found=statistics_of(exam, self),
            ask_url=desk.url("act", exam.pk, "ask_release") if asks else "",
            **kwargs,
        )


def statistics_of(exam, page):
    """What is shown of the questions of an exam: table and drawing, with the way to correct."""
    lines = lines_of(exam)
    may_rekey = exam.state in MARKED_ANEW and page.desk.permits(page.request.user, "propose_rekey")
    return {
        "rows": [
            {
                "line": line,
                "key": key_in_words(line.version.question.kind, key_content(line)),
                "url": page.desk.url("rekey", exam.pk, line.version.pk) if may_rekey else "",
            }
            for line in lines
        ],
        "points": scatter(lines),
        "width": WIDTH,
        "height": HEIGHT,
        "attempts": exam.attempts.counted().count(),
        "has_weights": any(line.weight is not None for line in lines),
        # Keys are for those who write and review questions; the figures are for all in office.
        "shows_keys": page.request.user.has_perm("training.see_keys_question"),
    }


def key_content(line):
    """The content whose key a question is scored by."""
    return (line.rekey and line.rekey.content) or line.version.content


class RekeyView(WritingPage, RecordPage):
    """Proposes to correct one question of an exam."""

    action = "propose_rekey"

    def is_permitted(self):
        return super().is_permitted() and self.record.state in MARKED_ANEW

    def get_page_title(self):
        return _("Correct the key of %(code)s") % {"code": self.version.question.code}

    def get_page_subtitle(self):
        return self.version.stem

    @cached_property
    def version(self):
        asked = AttemptItem.objects.filter(attempt__exam=self.record).values("version")
        rows = QuestionVersion.objects.filter(pk__in=asked).select_related("question")
        return get_object_or_404(rows, pk=self.kwargs["version"])

    def make_form(self, data=None, files=None):
        ruling = version_ruling(self.record, self.version)
        return RekeyForm(
            data, files, user=self.request.user, record=self.record, version=ruling
        )  # fmt: skip

    def carry_out(self, form):
        rekey = actions.propose_rekey(
            self.record.pk,
            by=self.request.user,
            today=self.today,
            version=self.version,
            **form.values(),
        )
        self.done_message = _("Proposed. A second person puts it in force.")
        return DESKS["training.rekey"].url("inspect", rekey.pk)


def statistics_urls(desk):
    """The pages of the statistics below an exam."""
    return [
        path("<int:pk>/statistics/", desk.page(StatisticsView), name="statistics"),
        path("<int:pk>/rekey/<int:version>/", desk.page(RekeyView), name="rekey"),
    ]


def confirm(pk, *, by, today, reason):
    return actions.confirm_rekey(pk, by=by, now=timezone.now(), today=today, reason=reason)


def drop(pk, *, by, today, reason):
    return actions.drop_rekey(pk, by=by, now=timezone.now(), today=today, reason=reason)


class RekeyFilters(Filters):
    title = contains("exam__title", gettext_lazy("Exam"))
    code = contains("version__question__code", gettext_lazy("Question"))
    kind = choice("kind", gettext_lazy("Correction"), RekeyKind.choices)

    class Meta:
        model = Rekey
        fields = []


class RekeyDesk(DeskViewSet):
    name = "rekeys"
    icon = "key"
    model = Rekey
    help = gettext_lazy(
        "Proposed from the statistics of an exam; a second person puts it in force."
    )
    related = ("exam", "version__question", "key_version", "proposed_by", "decided_by")
    filterset_class = RekeyFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="code",
            label=gettext_lazy("Question"),
            value=lambda row: row.version.question.code,
            sort="version__question__code",
        ),
        Column(
            name="exam",
            label=gettext_lazy("Exam"),
            value=lambda row: row.exam.title,
            sort="exam__title",
        ),
        "kind",
        column(Rekey, "state", tones=TONES),
        "proposed_by",
        "decided_at",
    )
    exported = (*list_columns, "reason")
    acts = (
        step(
            REKEY,
            "confirm",
            confirm,
            consequences=effects_of_a_rekey,
            sensitive=True,
            grave=True,
        ),
        step(REKEY, "drop", drop, icon="cross"),
    )

    def tags(self, record):
        return [(record.get_state_display(), TONES.get(record.state, "plain"))]

    def sections(self, record, page):
        facts = facts_of(
            record, "exam", "kind", "reason", "proposed_by", "decided_by", "decided_at"
        )
        kind, asked = record.version.question.kind, record.version
        facts += [
            (_("Question"), asked.stem),
            (_("Key as asked"), key_in_words(kind, asked.content)),
        ]
        if record.content:
            facts.append((_("Corrected key"), key_in_words(kind, record.content)))
        return [
            Section(name="data", heading=_("Data"), facts=facts),
            Section(
                name="remarks",
                heading=_("Attempts marked anew"),
                icon="list-ul",
                template="training/desk/remarks.html",
                context={"remarks": record.remarks.select_related("attempt__candidate__mediator")},
            ),
        ]
