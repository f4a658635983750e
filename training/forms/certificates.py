"""What officers may type about certificates, their kinds, bulk issues and seals: shape only."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.desk.forms import ReasonForm, RecordModelForm
from registry.forms.choosers import DIVISIONS, MEDIATORS, ORGANIZATIONS
from registry.forms.staff import DayInput
from registry.models import Mediator, Organization
from training.actions.certificate_runs import people_of
from training.models import Certificate, CertificateKind, CertificateRun, Seal


class OfKindInForce:
    """Offers the kinds that are issued today."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        field.queryset = field.queryset.in_force(timezone.localdate())


class NewCertificateForm(OfKindInForce, RecordModelForm):
    """An application for one person."""

    permission = "training.add_certificate"

    class Meta:
        model = Certificate
        fields = ["mediator", "kind", "organization", "basis"]
        widgets = {
            "mediator": MEDIATORS.widget_class,
            "organization": ORGANIZATIONS.widget_class,
        }
        help_texts = {"organization": _("Empty: that of the person's post.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["basis"].required = True


class ReissueForm(ReasonForm):
    """On what the certificate rests that takes the place of this one."""

    permission = "training.add_certificate"

    basis = forms.CharField(label=_("Basis"), max_length=200)
    organization = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organization.objects.all(),
        required=False,
        widget=ORGANIZATIONS.widget_class,
        help_text=_("Empty: that of the person's post."),
    )


def this_year():
    # The edge of the request reads the clock.
    return timezone.localdate().year


class CheckForm(ReasonForm):
    """The year that is stamped."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2200, initial=this_year)


class NewKindForm(RecordModelForm):
    """A kind of certificate for a division from a day on."""

    permission = "training.add_certificatekind"

    class Meta:
        model = CertificateKind
        fields = [
            "code", "category", "division", "name", "name_en", "wording", "number_pattern",
            "is_limited", "valid_months", "has_yearly_check", "bars_duty", "from_on",
        ]  # fmt: skip
        widgets = {"division": DIVISIONS.widget_class, "from_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What holds everywhere comes with the product; a bureau sets kinds for its own area.
        self.fields["division"].required = True


class EndForm(ReasonForm):
    """The first day on which something holds no more."""

    until_on = forms.DateField(
        label=_("First day on which it holds no more"), widget=DayInput, initial=timezone.localdate
    )


class NewSealForm(RecordModelForm):
    """The picture of a seal."""

    permission = "training.add_seal"

    class Meta:
        model = Seal
        fields = ["division", "body", "picture", "from_on"]
        widgets = {
            "division": DIVISIONS.widget_class,
            "from_on": DayInput,
            "picture": forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        }


class NewRunForm(OfKindInForce, RecordModelForm):
    """Certificates of a kind for everybody in post in a division, or for those who are named."""

    permission = "training.add_certificaterun"

    listed = forms.CharField(
        label=_("Only these people"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One a line: the certificate number, or the id from the address of the public page. "
            "Empty: everybody in post in the division who has no valid one."
        ),
    )

    class Meta:
        model = CertificateRun
        fields = ["title", "division", "kind", "basis"]
        widgets = {"division": DIVISIONS.widget_class}

    def clean_listed(self):
        return [line.strip() for line in self.cleaned_data["listed"].splitlines() if line.strip()]

    def clean(self):
        typed = super().clean()
        division, lines = typed.get("division"), typed.get("listed") or []
        if division is None or "kind" not in typed:
            return typed
        today = timezone.localdate()
        everybody = Mediator.objects.in_division(division).within(self.user, self.permission)
        if not lines:
            chosen = people_of(division, today, lacking=typed["kind"])
        else:
            chosen = everybody.filter(Q(certificate_number__in=lines) | Q(public_id__in=lines))
            self._name_the_unknown(lines, chosen)
        self.cleaned_data["mediators"] = chosen
        return typed

    def _name_the_unknown(self, lines, chosen):
        known = {
            text for pair in chosen.values_list("certificate_number", "public_id") for text in pair
        }
        if unknown := [line for line in lines if line not in known]:
            message = _("Not found in the division: %(lines)s")
            given = {"lines": ", ".join(unknown[:10])}
            self.add_error("listed", forms.ValidationError(message, params=given))

    def values(self):
        """What was typed, with the people instead of the lines."""
        return {name: value for name, value in super().values().items() if name != "listed"}
