"""What applicants type about their own applications, and who is nominated or applied for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from grading.models import RoundLevel
from grading.queries.bodies import APPLY, bodies_of, committees_of
from office.desk.documents import PaperField
from office.desk.forms import DeskForm, ReasonForm
from office.desk.submissions import new_key
from registry.forms.choosers import MEDIATORS
from registry.models import Mediator, Organization

LONGEST_STATEMENT = 3_000


class StatementForm(forms.Form):
    """What speaks for the level, in the applicant's own words."""

    statement = forms.CharField(
        label=_("What speaks for the level"),
        max_length=LONGEST_STATEMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("What figures do not tell. At most 3000 characters; you may leave it empty."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class PaperForm(forms.Form):
    """A paper to be added."""

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of paper"))
    upload = PaperField()

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", new_key())
        self.fields["kind"].choices = kinds


class DeclarationForm(forms.Form):
    """The applicant's word."""

    declares = forms.BooleanField(
        label=_("I declare that everything I hand in is true and my own."),
        error_messages={"required": _("Tick the box to sign the declaration.")},
    )

    def __init__(self, *args, is_of_body, **kwargs):
        super().__init__(*args, **kwargs)
        if is_of_body:
            self.fields["declares"].label = _(
                "I declare for the organisation that everything handed in is true and its own."
            )


class WithdrawForm(forms.Form):
    """Why an application is taken back, or a nomination declined."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class NominateForm(ReasonForm):
    """Who is nominated for which level of the round."""

    permission = "grading.nominate_application"

    mediator = forms.ModelChoiceField(
        label=_("Mediator"),
        queryset=Mediator.objects.all(),
        widget=MEDIATORS.widget_class,
        help_text=_("The mediator has to agree, and hands in the application."),
    )
    level = forms.ModelChoiceField(RoundLevel.objects.none(), label=_("Level"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = self.record.levels.all()


class ApplyForm(DeskForm):
    """Which of the clerk's organisations applies for which level of the round."""

    permission = APPLY

    organization = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organization.objects.none(), empty_label=_("Choose")
    )
    level = forms.ModelChoiceField(
        RoundLevel.objects.none(), label=_("Level"), empty_label=_("Choose")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        own = committees_of(self.record.division).filter(pk__in=bodies_of(self.user))
        self.fields["organization"].queryset = own.order_by("pk")
        self.fields["level"].queryset = self.record.levels.all()
        if len(found := list(own[:2])) == 1:
            self.initial.setdefault("organization", found[0].pk)
