"""What a mediator may type about an own case: the shortest way for a simple oral one."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.forms.case_parts import (
    LONGEST_NAME,
    YES_OR_NO,
    PartiesField,
    classes_for,
    known,
    read_party,
)
from casework.models import (
    Agreement,
    CaseSource,
    DifficultyClass,
    DisputeType,
    FileDocument,
    Fulfilment,
    PartySide,
    ShareRole,
)
from office.desk.submissions import new_key
from registry.forms.staff import DayInput
from registry.models import Mediator, Organization

ORAL, ORAL_LATER, WRITTEN, FAILED, WITHDRAWN, RUNNING = (
    "oral", "oral_later", "written", "failed", "withdrawn", "running",
)  # fmt: skip
OUTCOMES = [
    (ORAL, _("Agreed orally and fulfilled on the spot")),
    (ORAL_LATER, _("Agreed orally, to be fulfilled later")),
    (WRITTEN, _("Agreed in writing")),
    (FAILED, _("No agreement")),
    (WITHDRAWN, _("Withdrawn by the parties")),
    (RUNNING, _("Not ended yet")),
]
PARTY_HELP = _("A telephone may follow the name.")
# What a draft cannot be without; all else may be missing or wrong.
LEAST = ("organization", "dispute_type")
BOOKKEEPING = {"submission", "csrfmiddlewaretoken", "draft"}


class OutcomeForm(forms.Form):
    """How a case ended, and what follows from it."""

    outcome = forms.ChoiceField(
        label=pgettext_lazy("case", "How it ended"),
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        initial=ORAL,
    )
    closed_on = forms.DateField(
        label=_("Ended on"),
        widget=DayInput,
        required=False,
        help_text=_("Left empty: today."),
    )
    due_on = forms.DateField(label=_("To be fulfilled by"), widget=DayInput, required=False)
    fulfilled_on = forms.DateField(label=_("Fulfilled on"), widget=DayInput, required=False)
    is_voluntary = forms.TypedChoiceField(
        label=_("Fulfilled voluntarily"),
        choices=YES_OR_NO,
        coerce=known,
        empty_value=None,
        required=False,
    )

    def close(self, today):
        """Return the argument ``close`` of ``enter_case``, or None while the case runs on."""
        typed = self.cleaned_data
        closed_on = typed.get("closed_on") or today
        step = {FAILED: "fail", WITHDRAWN: "withdraw", RUNNING: None}.get(typed["outcome"], END)
        if step is None:
            return None
        close = {"step": step, "closed_on": closed_on}
        return close | self.agreement(closed_on) if step == END else close

    def agreement(self, closed_on):
        """Return agreement and fulfilment; fulfilled on the spot is fulfilled that very day."""
        typed = self.cleaned_data
        if typed["outcome"] == ORAL:
            return {
                "agreement": Agreement.ORAL, "fulfilment": Fulfilment.FULFILLED,
                "fulfilled_on": typed.get("fulfilled_on") or closed_on,
                "is_voluntary": typed.get("is_voluntary"),
            }  # fmt: skip
        written = typed["outcome"] == WRITTEN
        done = typed.get("fulfilled_on") is not None
        return {
            "agreement": Agreement.WRITTEN if written else Agreement.ORAL,
            "fulfilment": Fulfilment.FULFILLED if done else Fulfilment.PENDING,
            "fulfilled_on": typed.get("fulfilled_on"),
            "due_on": typed.get("due_on"),
            "is_voluntary": typed.get("is_voluntary") if done else None,
        }


END = "succeed"


class OwnCaseForm(OutcomeForm):
    """A case as its mediator enters it. Above: what a simple one needs; ``MORE``: all else."""

    MORE = (
        "accepted_on", "closed_on", "due_on", "fulfilled_on", "is_voluntary", "difficulty",
        "source", "people", "amount", "attempts", "others", "colleagues", "documents",
    )  # fmt: skip

    field_order = (
        "organization", "dispute_type", "outcome", "applicant", "respondent", "summary",
    )  # fmt: skip

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Organisation"), empty_label=None
    )
    dispute_type = forms.ModelChoiceField(
        DisputeType.objects.all(),
        label=_("Type of dispute"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the type of dispute.")},
    )
    applicant = forms.CharField(
        label=_("One party"), max_length=80, required=False, help_text=PARTY_HELP
    )
    respondent = forms.CharField(label=_("The other party"), max_length=80, required=False)
    summary = forms.CharField(label=_("What it was about"), max_length=2000, required=False)
    accepted_on = forms.DateField(
        label=_("Accepted on"),
        widget=DayInput,
        required=False,
        help_text=_("Left empty: the day it ended, or today."),
    )
    difficulty = forms.ModelChoiceField(
        DifficultyClass.objects.none(),
        label=_("Class of difficulty"),
        required=False,
        empty_label=_("not known"),
    )
    source = forms.ChoiceField(
        label=_("How it came"), choices=CaseSource.choices, initial=CaseSource.APPLIED
    )
    people = forms.IntegerField(
        label=_("People involved"), min_value=1, max_value=1_000_000, required=False
    )
    amount = forms.DecimalField(
        label=_("Amount in dispute (yuan)"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
    )
    attempts = forms.IntegerField(
        label=_("Attempts at mediation"), min_value=1, max_value=1000, initial=1
    )
    others = PartiesField(label=_("Other people concerned"), help_text=_("One to a line."))
    colleagues = forms.ModelMultipleChoiceField(
        Mediator.objects.none(),
        label=_("Mediated together with"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("All count in equal parts."),
    )
    documents = forms.MultipleChoiceField(
        label=_("Documents in the file"),
        choices=FileDocument.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, mediator, today, as_draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.mediator, self.today, self.as_draft = mediator, today, as_draft
        self.initial.setdefault("submission", new_key())
        held = mediator.appointments.held().values("organization")
        bodies = Organization.objects.filter(pk__in=held)
        self.fields["organization"].queryset = bodies
        here = [post.organization_id for post in mediator.appointments.in_post(today)]
        self.fields["organization"].initial = next(iter(here), None)
        self.fields["colleagues"].queryset = (
            Mediator.objects.filter(appointments__in=self._posts(here))
            .exclude(pk=mediator.pk)
            .distinct()
        )
        self.fields["difficulty"].queryset = self._classes(bodies, here)

    def _posts(self, bodies):
        rows = self.mediator.appointments.model.objects.in_post(self.today)
        return rows.filter(organization__in=bodies).values("pk")

    def _classes(self, bodies, here):
        body = bodies.filter(pk__in=here).first() or bodies.first()
        if body is None:
            return DifficultyClass.objects.none()
        return classes_for(None, self.today, body.division_id)

    def clean_applicant(self):
        return self._party("applicant")

    def clean_respondent(self):
        return self._party("respondent")

    def _party(self, name):
        typed = self.cleaned_data[name].strip()
        if not typed:
            return None
        party = read_party(typed)
        if not 0 < len(party["name"]) <= LONGEST_NAME:
            raise forms.ValidationError(_("A name has at most 60 characters."))
        return party

    def clean(self):
        cleaned = super().clean()
        if not self.as_draft:
            for name in ("applicant", "respondent"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Name the party."))
        return cleaned

    def may_be_kept(self):
        """Tell whether there is enough for a draft; what is wrong beside it does not matter."""
        self.full_clean()
        return all(name in self.cleaned_data for name in (*LEAST, "submission"))

    def keep_least_errors(self):
        """Say of a draft that cannot be kept only what it lacks."""
        for name in [name for name in self.errors if name not in LEAST]:
            del self.errors[name]

    @property
    def typed(self):
        """What was typed, as JSON: it fills the form again, sense or nonsense."""
        values = {name: self.data.getlist(name) for name in self.data if name not in BOOKKEEPING}
        return json.dumps(values, ensure_ascii=False)

    def values(self):
        """Return what was typed as arguments of ``begin_case`` and ``enter_case``."""
        typed = self.cleaned_data
        names = ("difficulty", "people", "amount", "documents", "summary")
        accepted_on = typed.get("accepted_on") or typed.get("closed_on") or self.today
        return {
            "organization": typed["organization"],
            "dispute_type": typed["dispute_type"],
            "accepted_on": accepted_on,
            "source": typed.get("source") or CaseSource.APPLIED,
            "attempts": typed.get("attempts") or 1,
            "shares": self._shares(typed.get("colleagues") or ()),
            "parties": self._parties(typed),
            **{name: typed[name] for name in names if typed.get(name) not in (None, "")},
        }

    def _shares(self, colleagues):
        together = [(person, ShareRole.TOGETHER, 1) for person in colleagues]
        return [(self.mediator, ShareRole.LEAD, 1), *together]

    def _parties(self, typed):
        sides = {"applicant": PartySide.APPLICANT, "respondent": PartySide.RESPONDENT}
        two = [{"side": side, **typed[name]} for name, side in sides.items() if typed.get(name)]
        others = [{"side": PartySide.OTHER, **party} for party in typed.get("others") or ()]
        return [*two, *others]

    @property
    def above(self):
        """The fields of the short way."""
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def more(self):
        """The fields that most cases do not need, in their order."""
        return [self[name] for name in self.MORE]

    @property
    def more_is_open(self):
        """Whether something in the further part is wrong, or was typed there before."""
        return any(name in self.errors or self.initial.get(name) for name in self.MORE)


class OwnEndForm(OutcomeForm):
    """The end of a case that ran on."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [one for one in OUTCOMES if one[0] != RUNNING]


class OwnFulfilmentForm(forms.Form):
    """What became of the agreement."""

    fulfilment = forms.ChoiceField(
        label=_("Fulfilment"),
        choices=Fulfilment.choices,
        widget=forms.RadioSelect,
        initial=Fulfilment.FULFILLED,
    )
    fulfilled_on = forms.DateField(label=_("Fulfilled on"), widget=DayInput, required=False)
    due_on = forms.DateField(label=_("To be fulfilled by"), widget=DayInput, required=False)
    is_voluntary = forms.TypedChoiceField(
        label=_("Fulfilled voluntarily"),
        choices=YES_OR_NO,
        coerce=known,
        empty_value=None,
        required=False,
    )


def typed_in(draft):
    """Return what was typed into the form of a draft, as a form takes it, or an empty mapping."""
    kept = getattr(draft, "draft_input", None)
    return json.loads(kept.typed) if kept else {}
