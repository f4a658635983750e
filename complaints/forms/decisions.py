"""What an officer types when a complaint is decided, told, looked at again and closed."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from complaints.actions import owed_to
from complaints.models import ComplaintGround, Finding, Measure, Outcome, ReplyTo, ReplyWay
from complaints.notices.replies import first_words
from complaints.queries.decisions import standing_decision
from office.desk.documents import PaperField
from office.desk.forms import DeskForm
from registry.forms.choosers import MEDIATORS
from registry.forms.staff import DayInput
from registry.models import Mediator

LONGEST = 5000
FINDING = "finding_{}".format


def text(label, **given):
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}), **given
    )


class FindingsForm(DeskForm):
    """One finding for each ground of the complaint, the measures proposed, and the reasons.

    Values are given on as ``items``: pairs of ground and finding.
    """

    findings_required = True

    measures = forms.MultipleChoiceField(
        label=_("Measures proposed"),
        choices=Measure.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "They are proposed to the committee or to the unit; the bureau itself removes nobody."
        ),
    )
    reasons = text(
        pgettext_lazy("decision", "Reasons"), help_text=_("They are kept sealed in the case.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels, names = dict(ComplaintGround.choices), []
        for ground in self.record.grounds:
            names.append(FINDING(ground))
            self.fields[names[-1]] = forms.ChoiceField(
                label=_("Finding: %(ground)s") % {"ground": labels[ground]},
                choices=[("", "—"), *Finding.choices],
                required=self.findings_required,
            )
        self.order_fields([*self.first_fields(), *names])

    def first_fields(self):
        return []

    def values(self):
        values = super().values()
        found = [(ground, values.pop(FINDING(ground))) for ground in self.record.grounds]
        return {**values, "items": [(ground, finding) for ground, finding in found if finding]}


class ToldForm(forms.Form):
    """What both sides, and the unit, are told."""

    to_complainant = text(_("To the complainant"), required=False)
    to_joined = text(
        _("To those whose complaints were joined to it"),
        required=False,
        help_text=_("On the common facts only. Nothing may tell who else complained."),
    )
    to_respondent = text(
        _("To the person or unit complained of"),
        required=False,
        help_text=_("Nothing may tell who complained."),
    )
    to_unit = text(
        _("To the electing or appointing unit"),
        required=False,
        help_text=_("Only if it is asked to do something. Nothing may tell who complained."),
    )
    way = forms.ChoiceField(
        label=pgettext_lazy("reply", "Way"), choices=ReplyWay.choices, initial=ReplyWay.CODE
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.record.merged.exists():
            del self.fields["to_joined"]


class ReplyForm(ToldForm, DeskForm):
    """The replies, begun with what was found of each ground."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        decision, owed = standing_decision(self.record), owed_to(self.record)
        items = list(decision.items.all()) if decision else []
        for to in [ReplyTo.COMPLAINANT, ReplyTo.JOINED, ReplyTo.RESPONDENT]:
            if items and to in owed:
                self.initial.setdefault(f"to_{to}", first_words(items, to))


class ReviewForm(ToldForm, FindingsForm):
    """What comes of a review; findings and measures only if the decision is changed."""

    findings_required = False

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(one.value, one.label) for one in (Outcome.UPHELD, Outcome.CHANGED)],
    )

    def first_fields(self):
        return ["outcome"]


class LookAgainForm(DeskForm):
    reasons = text(
        pgettext_lazy("decision", "Reasons"), help_text=_("They are kept sealed in the case.")
    )


class RecheckForm(FindingsForm):
    """What a body outside decided; findings and measures only if it changed the decision."""

    findings_required = False

    body = forms.CharField(label=_("Decided by"), max_length=120)
    number = forms.CharField(label=_("Document number"), max_length=60)
    decided_on = forms.DateField(label=_("Decided on"), widget=DayInput)
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[(one.value, one.label) for one in (Outcome.UPHELD, Outcome.CHANGED)],
    )
    document = PaperField(label=_("Document"))

    def first_fields(self):
        return ["body", "number", "decided_on", "outcome"]


class RetaliationForm(DeskForm):
    text = text(_("What happened"))


class WitnessForm(DeskForm):
    mediator = forms.ModelChoiceField(
        label=_("Mediator"), queryset=Mediator.objects.all(), widget=MEDIATORS.widget_class
    )
