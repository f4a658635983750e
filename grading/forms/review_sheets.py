"""What officers may type about review sheets: shape only; the actions and the rule decide."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.evaluation.review_figures import is_share
from grading.flows.review import SheetState
from grading.forms.results import ObjectionField
from grading.models import Actor
from grading.notices.review_words import plain
from grading.rules.indicators import indicators_of
from grading.rules.unknown import is_known
from office.desk.forms import ReasonForm
from registry.flows import ObjectionState
from registry.models import Objection

POINTS, NOTE, PART, WHOLE = "points_", "note_", "part_", "whole_"
# Whose points a sheet waits for.
ACTOR_AT = {
    SheetState.SELF: Actor.SELF,
    SheetState.ORGANIZATION: Actor.ORGANIZATION,
    SheetState.OFFICE: Actor.OFFICE,
    SheetState.BUREAU: Actor.BUREAU,
}
YES_OR_NO = [("yes", _("upheld")), ("no", _("not upheld"))]


def points_field(indicator, **given):
    """Return the field for the points of an indicator, from nothing to its full points."""
    most = indicator.most if is_known(indicator.most) else None
    said = gettext("From 0 to %(most)s points.") % {"most": plain(most)} if most else ""
    return forms.DecimalField(
        label=indicator.label,
        min_value=0,
        max_value=None if most is None else Decimal(plain(most)),
        max_digits=6,
        decimal_places=2,
        required=False,
        help_text=said,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        **given,
    )


class PointsMixin:
    """A field for the points of each indicator that an actor is asked for, and one for why."""

    def add_points(self, sheet, actor):
        self.asked = list(sheet.asked_of(actor))
        self.field_of = {one.name: f"{POINTS}{place}" for place, one in enumerate(self.asked)}
        given = {one.indicator: one for one in sheet.marks.standing().filter(actor=actor)}
        for place, one in enumerate(self.asked):
            mark = given.get(one.name)
            self.fields[f"{POINTS}{place}"] = points_field(
                one, initial=None if mark is None else plain(mark.points)
            )
            self.fields[f"{NOTE}{place}"] = forms.CharField(
                label=gettext("%(indicator)s: on what the points rest") % {"indicator": one.label},
                max_length=500,
                required=False,
                initial="" if mark is None else mark.note,
            )

    def typed_points(self):
        """Return ({indicator: points}, {indicator: note}) of what was typed."""
        points, notes = {}, {}
        for place, one in enumerate(self.asked):
            typed = self.cleaned_data.get(f"{POINTS}{place}")
            if typed is not None:
                points[one.name] = typed
                notes[one.name] = self.cleaned_data.get(f"{NOTE}{place}", "")
        return points, notes


class PointsForm(PointsMixin, ReasonForm):
    """The points of whoever the sheet lies with."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = ACTOR_AT.get(self.record.state, "")
        self.add_points(self.record, self.actor)
        self.fields["reason"].required = False
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.typed_points()[0]:
            said = gettext("Give points for at least one indicator.")
            self.add_error(f"{POINTS}0" if len(self.asked) == 1 else None, said)
        return cleaned

    def values(self):
        points, notes = self.typed_points()
        reason = self.cleaned_data["reason"] or gettext("Points given by the rule.")
        return {"actor": self.actor, "points": points, "notes": notes, "reason": reason}


class FigureForm(ReasonForm):
    """Which figure is put right, and its two numbers as they are."""

    indicator = forms.ChoiceField(label=_("Figure"))
    part = forms.DecimalField(
        label=_("Numerator"), min_value=0, max_digits=20, decimal_places=4,
        help_text=_("Of a plain number: the number itself."),
    )  # fmt: skip
    whole = forms.DecimalField(
        label=_("Denominator"), min_value=0, max_digits=20, decimal_places=4, initial=1,
        help_text=_("Of a plain number: 1."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = indicators_of(self.record.cycle.rules)
        self.fields["indicator"].choices = [(one.name, one.label) for one in found if one.metric]

    def clean_whole(self):
        whole = self.cleaned_data["whole"]
        if not whole:
            raise forms.ValidationError(gettext("A denominator is more than nothing."))
        return whole


class ContestForm(ReasonForm):
    """Which objection to the notice of the results is one to this sheet."""

    objection = ObjectionField(Objection.objects.none(), label=_("Objection"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Objection.objects.within(self.user, "registry.view_objection")
        self.fields["objection"].queryset = rows.filter(
            notice=self.record.cycle.notice_id, notice__isnull=False, state=ObjectionState.OPEN
        ).order_by("pk")


def _told_of(number):
    """Return what stands before a figure is put right, and that it may stay."""
    if number is None:
        return gettext("Leave it empty if the figure stays.")
    told = {"number": plain(number)}
    return gettext("Now %(number)s. Leave it empty if the figure stays.") % told


class PutRightMixin:
    """Fields for what is put right: figures by their two numbers, points by hand."""

    def add_what_is_put_right(self):
        # A year that is made up of shorter reviews is put right there.
        self.is_made_up = self.record.cycle.is_rolled_up
        found = () if self.is_made_up else indicators_of(self.record.cycle.rules)
        self.counted = [one for one in found if one.metric]
        self.asked = [one for one in found if one.is_given]
        self.field_of = {one.name: f"{POINTS}{place}" for place, one in enumerate(self.asked)}
        standing = {one.indicator: one for one in self.record.figures.standing()}
        self.over_one = set()
        for place, one in enumerate(self.counted):
            now = standing.get(one.name)
            numbers = [
                (PART, now and now.part, gettext("%(indicator)s: numerator")),
                (WHOLE, now and now.whole, gettext("%(indicator)s: denominator")),
            ]
            if now and now.whole == 1 and not is_share(self.record.cycle.rules, one.metric):
                # A plain number: nobody is asked over what.
                self.over_one.add(place)
                numbers = [(PART, now.part, "%(indicator)s")]
            for prefix, number, label in numbers:
                self.fields[f"{prefix}{place}"] = forms.DecimalField(
                    label=label % {"indicator": one.label},
                    min_value=0,
                    max_digits=20,
                    decimal_places=4,
                    required=False,
                    help_text=_told_of(number),
                )
        for place, one in enumerate(self.asked):
            self.fields[f"{POINTS}{place}"] = points_field(one)

    def clean(self):
        cleaned = super().clean()
        for place in self.over_one:
            is_typed = cleaned.get(f"{PART}{place}") is not None
            cleaned[f"{WHOLE}{place}"] = Decimal(1) if is_typed else None
        for place, _one in enumerate(self.counted):
            if f"{PART}{place}" in self.errors:
                continue
            part, whole = cleaned.get(f"{PART}{place}"), cleaned.get(f"{WHOLE}{place}")
            if (part is None) is not (whole is None):
                missing = PART if part is None else WHOLE
                self.add_error(f"{missing}{place}", gettext("A figure has both numbers."))
            elif whole is not None and not whole:
                said = gettext("A denominator is more than nothing.")
                self.add_error(f"{WHOLE}{place}", said)
        return cleaned

    def put_right(self):
        """Return ({indicator: (numerator, denominator)}, {indicator: points})."""
        typed = self.cleaned_data
        figures = {
            one.name: (typed[f"{PART}{place}"], typed[f"{WHOLE}{place}"])
            for place, one in enumerate(self.counted)
            if typed.get(f"{PART}{place}") is not None
        }
        points = {
            one.name: typed[f"{POINTS}{place}"]
            for place, one in enumerate(self.asked)
            if typed.get(f"{POINTS}{place}") is not None
        }
        return figures, points


class CorrectionForm(PutRightMixin, ReasonForm):
    """What is put right on a decided sheet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_what_is_put_right()
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.is_made_up and not any(self.put_right()):
            raise forms.ValidationError(gettext("Type in what is put right."))
        return cleaned

    def values(self):
        figures, points = self.put_right()
        return {"figures": figures, "points": points, "reason": self.cleaned_data["reason"]}


class AnswerForm(PutRightMixin, ReasonForm):
    """Whether an objection is upheld, what the person is told, and what is put right."""

    is_upheld = forms.ChoiceField(
        label=_("The objection is"), choices=YES_OR_NO, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Answer"),
        max_length=3_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The person reads it on the own page."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_what_is_put_right()
        self.order_fields([name for name in self.fields if name != "reason"])

    def values(self):
        figures, points = self.put_right()
        typed = self.cleaned_data
        return {
            "reason": typed["reason"],
            "answer": typed["answer"],
            "is_upheld": typed["is_upheld"] == "yes",
            "figures": figures,
            "points": points,
        }
