"""What officers may type about rules on hours, waivers and audits."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm, RecordModelForm
from registry.forms.choosers import DIVISIONS, MEDIATORS
from registry.forms.staff import DayInput
from registry.models import Division
from training.models import AuditFinding, HoursAudit, HoursRule, HoursWaiver

MOST_IN_A_SAMPLE = 500


class NewHoursRuleForm(RecordModelForm):
    """A rule of a division from a day on."""

    permission = "training.add_hoursrule"

    class Meta:
        model = HoursRule
        fields = [
            "name", "division", "requirement", "kind", "employment", "content_class", "amount",
            "given_in", "standing", "source", "from_on",
        ]  # fmt: skip
        widgets = {"division": DIVISIONS.widget_class, "from_on": DayInput}
        help_texts = {
            "kind": _("Empty: for every kind of organisation."),
            "employment": _("Empty: for everybody."),
            "content_class": _("Empty: learning of every class counts."),
            "given_in": _("Days become class hours by the figure set under “training policies”."),
            "source": _("The document in which the rule stands; empty only for a setting."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What belongs to no division is a template; these come with the product.
        self.fields["division"].required = True


class AdoptHoursRuleForm(ReasonForm):
    """Which division adopts a template, and from when on."""

    permission = "training.add_hoursrule"

    division = forms.ModelChoiceField(
        Division.objects.all(), label=_("Division"), widget=DIVISIONS.widget_class
    )
    from_on = forms.DateField(label=_("From"), widget=DayInput, initial=timezone.localdate)


class NewWaiverForm(RecordModelForm):
    """Hours of a year that somebody need not learn."""

    permission = "training.add_hourswaiver"

    class Meta:
        model = HoursWaiver
        fields = ["mediator", "requirement", "year", "hours"]
        widgets = {"mediator": MEDIATORS.widget_class}


class NewAuditForm(RecordModelForm):
    """What a sample is drawn from, and how large it is."""

    permission = "training.add_hoursaudit"

    size = forms.IntegerField(
        label=_("Size of the sample"), min_value=1, max_value=MOST_IN_A_SAMPLE, initial=30
    )
    seed = forms.CharField(
        label=_("Seed"),
        max_length=40,
        required=False,
        help_text=_("Empty: one is made by chance. The same seed draws the same sample again."),
    )

    class Meta:
        model = HoursAudit
        fields = ["division", "year"]
        widgets = {"division": DIVISIONS.widget_class}


class CheckForm(ReasonForm):
    """What the papers of a credit say."""

    finding = forms.ChoiceField(
        label=_("Finding"),
        choices=[choice for choice in AuditFinding.choices if choice[0] != AuditFinding.OPEN],
        widget=forms.RadioSelect,
    )
