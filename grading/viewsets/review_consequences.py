"""What follows from reviews: it waits until an officer carries it out, or leaves it."""

import django_filters
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grading.actions import consequences
from grading.flows.review import CONSEQUENCE, STANDING, ConsequenceState, CycleState
from grading.forms.consequences import AwardForm, PayForm
from grading.models import ReviewConsequence, ReviewCycle
from grading.models.review_parts import Kind
from grading.notices.review_words import plain
from grading.reports.review_nothing import why_nothing_follows
from grading.viewsets.review_sheet_lists import SEES_REVIEWS
from office.desk.acts import Act, step
from office.desk.columns import Column, Section, column, facts_of
from office.desk.filters import Filters, choice, contains
from office.desk.history import name_acts_of
from office.desk.viewset import DESKS, DeskViewSet
from registry.viewsets.terms import DivisionFilter

S = ConsequenceState
name_acts_of(
    "grading.reviewconsequence",
    open=gettext_lazy("It follows from the result"),
    flag=gettext_lazy("Flag after a correction"),
    look_again=gettext_lazy("Look at it again"),
)
TONES = {S.OPEN: "warn", S.DONE: "ok", S.DROPPED: "plain"}
FACTS = (
    "state",
    "flagged_on",
    "settled_by",
    "settled_on",
    "note",
)


class ConsequenceFilters(Filters):
    name = contains("sheet__mediator__name", gettext_lazy("Name"))
    cycle = django_filters.ModelChoiceFilter(
        field_name="sheet__cycle",
        label=gettext_lazy("Annual review"),
        queryset=ReviewCycle.objects.all(),
        empty_label=gettext_lazy("All"),
    )
    kind = choice(
        "kind", gettext_lazy("Consequence"), ReviewConsequence._meta.get_field("kind").choices
    )
    division = DivisionFilter()
    flagged = django_filters.BooleanFilter(
        method="is_flagged", label=gettext_lazy("To be looked at again")
    )

    class Meta:
        model = ReviewConsequence
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cycles = ReviewCycle.objects.within(self.request.user, SEES_REVIEWS)
        self.form.fields["cycle"].queryset = cycles.defer("version__text")

    def is_flagged(self, rows, _name, value):
        return rows.filter(flagged_on__isnull=not value)


def effects_of_carrying_out(row, today):
    return [
        _("Your reason says what was done; it is kept as the note of this consequence."),
        _("Nothing is paid, awarded or renewed by this: that is done where it belongs."),
    ]


def effects_of_paying(row, today):
    return [
        _("A line of performance pay is entered in the run; another officer approves it there."),
        _("This consequence is then carried out."),
    ]


def effects_of_awarding(row, today):
    return [
        _("The award is entered in the register of %(mediator)s and shown where awards are.")
        % {"mediator": row.sheet.mediator},
        _("This consequence is then carried out."),
    ]


def of_kind(kind, name, label, take, sentence, **given):
    """Return the act that does what one kind of consequence asks for, and settles it."""

    def refusals(row, today):
        other = [] if row.kind == kind else [str(sentence)]
        return [*CONSEQUENCE.refusals(row, "carry_out", today), *other]

    return Act(
        name=name, label=label, take=take, permission="carry_out", refusals=refusals,
        offered=lambda row: row.kind == kind and row.state == S.OPEN, **given,
    )  # fmt: skip


def effects_of_dropping(row, today):
    return [_("Your reason says why it is left; it is kept with your name.")]


def effects_of_looking_again(row, today):
    return [
        _("The sheet was corrected after this was settled; your reason says what you made of it.")
    ]


def is_flagged(row):
    return row.flagged_on is not None


class ConsequenceDesk(DeskViewSet):
    name = "grading_consequences"
    icon = "tasks"
    model = ReviewConsequence
    help = gettext_lazy(
        "What the rule has follow from a band. Each waits for a person who carries it out or"
        " leaves it with a reason; none happens by itself."
    )
    related = (
        "sheet__mediator", "sheet__organization", "sheet__cycle", "sheet__division",
        "settled_by",
    )  # fmt: skip
    filterset_class = ConsequenceFilters
    tab_field = "state"
    list_columns = (
        Column(
            name="mediator", label=gettext_lazy("Name"),
            value=lambda row: row.sheet.mediator, sort="sheet__mediator__name",
        ),
        "kind",
        Column(
            name="band", label=gettext_lazy("Band"), value=lambda row: row.sheet.band,
            sort="sheet__band",
        ),
        Column(
            name="organization", label=gettext_lazy("Organisation"),
            value=lambda row: row.sheet.organization, sort="sheet__organization__name",
        ),
        Column(
            name="cycle", label=gettext_lazy("Annual review"),
            value=lambda row: row.sheet.cycle, sort="sheet__cycle__title",
        ),
        Column(
            name="flagged_on", label=gettext_lazy("To be looked at again"),
            value=lambda row: row.flagged_on, tone=lambda row: "error", sort="flagged_on",
        ),
        column(ReviewConsequence, "state", tones=TONES),
    )  # fmt: skip
    acts = (
        of_kind(
            Kind.PAY, "pay", gettext_lazy("Enter the pay"), consequences.pay_consequence,
            gettext_lazy("This is not about pay."), form_class=PayForm,
            consequences=effects_of_paying,
        ),
        of_kind(
            Kind.AWARD, "award", gettext_lazy("Enter the award"), consequences.award_consequence,
            gettext_lazy("This is not about an award."), form_class=AwardForm,
            consequences=effects_of_awarding,
        ),
        step(CONSEQUENCE, "carry_out", consequences.carry_out_consequence,
             consequences=effects_of_carrying_out),
        step(CONSEQUENCE, "drop", consequences.drop_consequence,
             consequences=effects_of_dropping, icon="cross"),
        Act(
            name="look_again", label=gettext_lazy("Note that it was looked at again"),
            take=consequences.look_again, permission="carry_out", offered=is_flagged,
            consequences=effects_of_looking_again,
        ),
    )  # fmt: skip
    bulk = ("carry_out",)

    def when_empty(self, page):
        form = page.filters.form
        cycle = form.cleaned_data.get("cycle") if form.is_valid() else None
        if cycle is None:
            if self.rows(page.request.user).exists():
                return []
            cycles = ReviewCycle.objects.within(page.request.user, SEES_REVIEWS)
            cycle = cycles.exclude(state=CycleState.ABANDONED).order_by("-until_on", "-pk").first()
        return why_nothing_follows(cycle)

    def tags(self, record):
        found = [(record.get_state_display(), TONES.get(record.state, "plain"))]
        return [*found, (_("To be looked at again"), "error")] if record.flagged_on else found

    def ways_on(self, record, page):
        sheets = DESKS["grading.reviewsheet"]
        rows = sheets.rows(page.request.user)
        if rows.filter(pk=record.sheet_id).exists():
            yield _("The review sheet"), sheets.url("inspect", record.sheet_id), "form", False
        for pk in rows.filter(corrects=record.sheet_id, state__in=STANDING).values_list("pk"):
            yield _("The corrected sheet"), sheets.url("inspect", *pk), "form", False

    def sections(self, record, page):
        whose = [
            (_("Name"), record.sheet.mediator),
            (_("Organisation"), record.sheet.organization),
            (_("Annual review"), record.sheet.cycle),
            (_("Band"), record.sheet.band),
        ]
        facts = [
            *facts_of(record, "kind", "clause"),
            (_("Amount (yuan)"), record.amount),
            (_("Times the performance pay"), record.factor and plain(record.factor)),
            *facts_of(record, *FACTS),
        ]
        facts = [(label, value) for label, value in facts if value]
        return [Section(name="consequence", heading=_("Consequence"), facts=[*whose, *facts])]
