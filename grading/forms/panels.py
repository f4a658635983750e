"""What is typed about panels: shape only; the actions and the flows decide."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from grading.actions.assigning import calibration_choices
from grading.actions.panels import BEFORE_THE_RANKING
from grading.models import (
    Application,
    GradingRound,
    Panel,
    PanelMember,
    PanelSeat,
    Reading,
    Recusal,
    RoundLevel,
)
from grading.rules.references import reference
from office.desk.forms import ReasonForm, RecordModelForm
from office.models import User
from office.policies import rows_for
from office.roles import Role
from registry.forms.staff import DayInput
from registry.models import Post
from registry.rules import enclosing

SITS = [Role.PANEL, Role.JUSTICE_OFFICE, Role.COUNTY_BUREAU, Role.CITY_BUREAU, Role.TRAINER]
SETTINGS = [
    "name", "reads", "load_cap", "limit_points", "third_rule", "calibration_minimum",
    "mentorship_months", "case_months",
]  # fmt: skip


class LevelsField(forms.ModelMultipleChoiceField):
    """Levels of rounds, each called with its round."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        return f"{obj.grading_round} · {obj.label}"


class ReferenceField(forms.ModelChoiceField):
    """Applications called by their reference: who assigns need not know whose they are."""

    def label_from_instance(self, obj):
        return f"{reference(obj.grading_round_id, obj.pk)} · {obj.round_level}"


class PanelForm(RecordModelForm):
    """Name, levels and settings of a panel."""

    levels = LevelsField(RoundLevel.objects.none(), label=_("Reads for"))

    class Meta:
        model = Panel
        fields = SETTINGS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rounds = rows_for(self.user, "change", GradingRound)
        rows = RoundLevel.objects.filter(grading_round__state__in=BEFORE_THE_RANKING)
        rows = rows.filter(grading_round__in=rounds).select_related("grading_round")
        free = rows.filter(panel=None)
        if self.record is not None:
            of_round = rows.filter(grading_round=self.record.grading_round_id)
            free = of_round.filter(panel=None) | of_round.filter(panel=self.record)
            self.initial.setdefault("levels", list(self.record.levels.order_by("pk")))
        self.fields["levels"].queryset = free.order_by("grading_round", "rank")


class NewPanelForm(PanelForm):
    """As ``PanelForm``; the seats come from the rule."""

    places = forms.IntegerField(
        label=_("Members"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=_("Only where the rule names no seats."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False

    def clean_levels(self):
        levels = self.cleaned_data["levels"]
        if len({level.grading_round_id for level in levels}) > 1:
            raise forms.ValidationError(_("A panel reads for one round."))
        return levels

    def values(self):
        values = super().values()
        return {**values, "grading_round": values["levels"][0].grading_round}


class OfPanelForm(ReasonForm):
    """An act on a panel that chooses among what belongs to it."""

    def choose(self, name, rows):
        if self.record is not None:
            self.fields[name].queryset = rows


def accounts_for(panel):
    """The accounts that may sit on a panel: with a post where its round is, above or below."""
    place = panel.grading_round.division
    # The edge of the request reads the clock.
    posts = Post.objects.in_force(timezone.localdate()).filter(role__in=SITS)
    low, high = place.span
    near = posts.filter(division__gte=low, division__lt=high)
    above = posts.filter(division__in=enclosing(place.pk))
    users = User.objects.filter(is_active=True)
    found = users.filter(pk__in=near.values("user")) | users.filter(pk__in=above.values("user"))
    return found.order_by("name", "pk")


class SeatForm(OfPanelForm):
    """Who sits where, from when."""

    seat = forms.ModelChoiceField(PanelSeat.objects.none(), label=_("Seat"))
    user = forms.ModelChoiceField(User.objects.none(), label=_("Account"))
    post = forms.CharField(
        label=_("Post"),
        max_length=120,
        required=False,
        help_text=_("For a seat that goes with a post: its title."),
    )
    alternate = forms.IntegerField(
        label=_("Alternate"),
        min_value=0,
        max_value=99,
        initial=0,
        help_text=_("0: holds the seat. 1, 2 …: the order in which alternates step in."),
    )
    from_on = forms.DateField(label=_("From"), widget=DayInput)
    until_on = forms.DateField(label=_("Until"), widget=DayInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            self.choose("seat", self.record.seats.order_by("pk"))
            self.choose("user", accounts_for(self.record))


class EndSeatForm(OfPanelForm):
    """Whose right to a seat ends, and when."""

    member = forms.ModelChoiceField(PanelMember.objects.none(), label=_("Member"))
    until_on = forms.DateField(label=_("Until"), widget=DayInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = PanelMember.objects.filter(seat__panel=self.record)
        self.choose("member", rows.select_related("seat", "user").order_by("pk"))


class SuccessorForm(OfPanelForm):
    """Who is in the post of a seat, and from when."""

    member = forms.ModelChoiceField(PanelMember.objects.none(), label=_("Post"))
    user = forms.ModelChoiceField(User.objects.none(), label=_("Account"))
    from_on = forms.DateField(label=_("From"), widget=DayInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            rows = PanelMember.objects.filter(seat__panel=self.record).exclude(post="")
            self.choose("member", rows.order_by("pk"))
            self.choose("user", accounts_for(self.record))


class OptionalReasonForm(ReasonForm):
    """An act that needs no reason of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


class CalibrationForm(OfPanelForm):
    """The application that all members read."""

    application = ReferenceField(Application.objects.none(), label=_("Application"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            rows = calibration_choices(self.record).not_recused(self.user)
            self.choose("application", rows.select_related("round_level").order_by("-pk"))


class LiftForm(OfPanelForm):
    """Which recusal is lifted."""

    recusal = forms.ModelChoiceField(Recusal.objects.none(), label=_("Recusal"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            seen = Application.objects.not_recused(self.user)
            rows = self.record.recusals.standing().filter(application__in=seen)
            self.choose("recusal", rows.select_related("user").order_by("pk"))
            self.fields["recusal"].label_from_instance = self.called

    def called(self, row):
        return f"{row.user} · {reference(self.record.grading_round_id, row.application_id)}"


class DropForm(OfPanelForm):
    """Which reading is taken back; what stands on it is not shown."""

    reading = forms.ModelChoiceField(
        Reading.objects.none(), label=capfirst(Reading._meta.verbose_name)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            seen = Application.objects.not_recused(self.user)
            rows = self.record.readings.exclude(state="dropped").filter(application__in=seen)
            self.choose("reading", rows.select_related("member", "panel").order_by("pk"))
            self.fields["reading"].label_from_instance = self.called

    def called(self, row):
        return f"{row} · {row.member} · {row.get_state_display()}"
