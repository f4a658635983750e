"""What the desk asks for when applications are reviewed and decided."""

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grading.actions.acting import approvers_of
from grading.models import Ruling
from grading.rules.terms import label_of
from office.desk.forms import ReasonForm

YES, NO = "yes", "no"
YES_OR_NO = [(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))]


def yes_or_no(**given):
    """A question that is answered by yes or no."""
    return forms.ChoiceField(choices=YES_OR_NO, widget=forms.RadioSelect, **given)


class AnswerForm(ReasonForm):
    name = forms.ChoiceField(label=pgettext_lazy("review", "Question"))
    answer = yes_or_no(label=pgettext_lazy("review", "Answer"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = list(self.record.questions_in_words().items())

    def values(self):
        return {**super().values(), "answer": self.cleaned_data["answer"] == YES}


class OpinionForm(ReasonForm):
    """The opinion of an organisation on what one of its mediators hands in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Opinion of the organisation")


class OverruleForm(ReasonForm):
    """Offers the conditions that ``conditions(application)`` returns as (path, words)."""

    path = forms.ChoiceField(label=gettext_lazy("Condition"))
    result = forms.ChoiceField(
        label=gettext_lazy("Decided as"),
        choices=Ruling._meta.get_field("result").choices,
        widget=forms.RadioSelect,
    )

    @staticmethod
    def conditions(application):
        return []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = self.conditions(self.record)


class RulingForm(ReasonForm):
    """Chooses one of the rulings that stand."""

    ruling = forms.TypedChoiceField(label=gettext_lazy("Ruling"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ruling"].choices = [
            (one.pk, self._words(one)) for one in self.rulings().select_related("by")
        ]

    def rulings(self):
        return self.record.rulings.filter(dropped_on=None)

    @staticmethod
    def _words(ruling):
        return _("%(clause)s: decided as “%(result)s” by %(by)s, because: %(reason)s") % {
            "clause": ruling.clause or ruling.path,
            "result": ruling.get_result_display(),
            "by": ruling.by.get_full_name(),
            "reason": ruling.reason,
        }


class WaitingRulingForm(RulingForm):
    """Chooses one of the rulings that wait for a second officer."""

    def rulings(self):
        return self.record.rulings.waiting()


class WaiverForm(ReasonForm):
    """Chooses one of the conditions that the rule lets somebody waive."""

    path = forms.ChoiceField(label=gettext_lazy("Condition waived"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["path"].choices = [(path, label_of(path)) for path in self.paths()]

    def paths(self):
        granted = {one.path for one in self.record.waivings.standing()}
        return [path for path in approvers_of(self.record.rules) if path not in granted]


class GrantedWaiverForm(WaiverForm):
    """Chooses one of the waivers that were granted."""

    def paths(self):
        return [one.path for one in self.record.waivings.standing()]


class WaitingWaiverForm(WaiverForm):
    """Chooses one of the waivers that wait for a second officer."""

    def paths(self):
        return [one.path for one in self.record.waivings.standing().filter(confirmed_on=None)]


def ready_made_opinion():
    """Return the opinion to begin with, in the language of the site: it is kept as it is read."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("The papers are complete; nothing speaks against it.")


class ReviewForm(ReasonForm):
    """All questions of the rule with the answers that stand, and the opinion of the officer."""

    reason = forms.CharField(
        label=pgettext_lazy("review", "Opinion"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is also the reason of the answers you give here."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = {one.name: one.answer for one in self.record.answers.standing()}
        worded = self.record.questions_in_words()
        self.questions = {f"answer_{at}": name for at, name in enumerate(worded)}
        for field, name in self.questions.items():
            self.fields[field] = yes_or_no(label=worded[name], required=False)
            if name in self.standing:
                self.initial[field] = YES if self.standing[name] else NO
        self.initial.setdefault("reason", ready_made_opinion())
        self.order_fields([*self.questions, "reason"])

    def answers(self):
        """Return ``{question: answer}`` of what was answered anew or otherwise than it stood."""
        given = {
            name: self.cleaned_data[field] == YES
            for field, name in self.questions.items()
            if self.cleaned_data.get(field)
        }
        return {
            name: answer for name, answer in given.items() if self.standing.get(name) is not answer
        }
