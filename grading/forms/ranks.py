"""What is typed about rankings: who is put where, in which order equals come."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grading.actions.ranking import ranking_shown
from grading.actions.reserve_orders import equals_of
from grading.actions.tie_votes import members_of
from grading.models import Application, RankMove
from grading.rules.references import reference
from grading.rules.ties import Ballot
from office.desk.forms import ReasonForm
from registry.forms.staff import DayInput


def called(application):
    """Return how an application of a ranking is called in a choice."""
    number = reference(application.grading_round_id, application.pk)
    return f"{number} {application.applicant_name}"


class MoveForm(ReasonForm):
    """Somebody of the ranking, and the place."""

    application = forms.ModelChoiceField(Application.objects.none(), label=_("Application"))
    place = forms.IntegerField(label=_("To which place"), min_value=1, max_value=99_999)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            field = self.fields["application"]
            rows = self.record.applications.filter(state="eligible").select_related(
                "mediator", "organization"
            )
            field.queryset, field.label_from_instance = rows.order_by("pk"), called


class OrderForm(ReasonForm):
    """A place among the equals for each of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tied = self.equals() if self.record is not None else []
        rows = Application.objects.filter(pk__in=tied).select_related("mediator", "organization")
        self.applications = list(rows.order_by("pk"))
        places = [("", "—"), *((number, str(number)) for number in range(1, len(tied) + 1))]
        for row in self.applications:
            self.fields[f"place_{row.pk}"] = forms.TypedChoiceField(
                label=called(row), choices=places, coerce=int, help_text=self.told(row)
            )
        self.order_fields([name for name in self.fields if name != "reason"])

    def told(self, application):
        """Return what is told of one of the equals: the score, where the level is scored."""
        score = ranking_shown(self.record).standings[application.pk].score
        return "" if score is None else gettext("Score: %(score)s") % {"score": score}

    def equals(self):
        """Return the keys of those who are put in order."""
        return ranking_shown(self.record).tied

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(f"place_{row.pk}") for row in self.applications]
        if None not in given and len(set(given)) < len(given):
            raise forms.ValidationError(_("Give every place once."))
        return cleaned

    def values(self):
        given = self.cleaned_data
        order = sorted(self.applications, key=lambda row: given[f"place_{row.pk}"])
        return {"reason": given["reason"], "order": order}


class ReserveOrderForm(OrderForm):
    """A place for each of the equals who stand first in the reserve; they read the reason."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "It is kept in the ledger with your name, and each of the equals reads it in the"
            " statement of reasons: name nobody in it."
        )

    def equals(self):
        return equals_of(self.record)

    def told(self, application):
        return ""


class ChooseMoveForm(ReasonForm):
    """One of the moves that stand; an order of equals is one, whichever of it is chosen."""

    only_waiting = False
    move = forms.ModelChoiceField(RankMove.objects.none(), label=_("Move"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            rows = RankMove.objects.filter(round_level=self.record, dropped_on=None)
            rows = rows.filter(confirmed_on=None) if self.only_waiting else rows
            field = self.fields["move"]
            field.queryset = rows.select_related(
                "application__mediator", "application__organization"
            ).order_by("pk")
            field.label_from_instance = self.said

    @staticmethod
    def said(row):
        words = _("%(name)s, place among the equals: %(place)d")
        if not row.decides_tie:
            words = _("%(name)s, to place %(place)d")
        return words % {"name": called(row.application), "place": row.place}


class ConfirmMoveForm(ChooseMoveForm):
    """A move that waits for a second officer."""

    only_waiting = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


ABSENT, ABSTAINS, VOTES = "absent", "abstains", "votes"
SITS = [(ABSENT, _("absent")), (VOTES, _("votes")), (ABSTAINS, _("abstains"))]


class VoteForm(ReasonForm):
    """How each member of the panel voted on the equals at the cut, and when."""

    held_on = forms.DateField(label=_("Held on"), widget=DayInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        tied = ranking_shown(self.record).tied if self.record is not None else []
        rows = Application.objects.filter(pk__in=tied).select_related("mediator").order_by("pk")
        equals = [(str(row.pk), called(row)) for row in rows]
        self.members = members_of(self.record) if self.record is not None else []
        for account in self.members:
            told = {"name": account.get_full_name()}
            self.fields[f"sits_{account.pk}"] = forms.ChoiceField(
                label=account.get_full_name(), choices=SITS, initial=ABSENT
            )
            self.fields[f"for_{account.pk}"] = forms.MultipleChoiceField(
                label=gettext("%(name)s votes for") % told, choices=equals, required=False,
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.fields[f"why_{account.pk}"] = forms.CharField(
                label=gettext("Why %(name)s abstains") % told, max_length=300, required=False
            )
        self.order_fields([name for name in self.fields if name != "reason"])

    def clean(self):
        cleaned = super().clean()
        for account in self.members:
            sits, chosen = cleaned.get(f"sits_{account.pk}"), cleaned.get(f"for_{account.pk}")
            if sits == VOTES and not chosen:
                self.add_error(f"for_{account.pk}", gettext("Say for whom."))
            if sits in (ABSENT, ABSTAINS) and chosen:
                self.add_error(f"for_{account.pk}", gettext("Who does not vote is for nobody."))
            if sits == ABSTAINS and not cleaned.get(f"why_{account.pk}", "").strip():
                self.add_error(f"why_{account.pk}", gettext("Say why."))
        return cleaned

    def values(self):
        given = self.cleaned_data
        ballots = [
            Ballot(
                account.pk,
                frozenset(int(pk) for pk in given[f"for_{account.pk}"]),
                given[f"why_{account.pk}"].strip(),
                abstains=given[f"sits_{account.pk}"] == ABSTAINS,
            )
            for account in self.members
            if given[f"sits_{account.pk}"] != ABSENT
        ]
        return {"reason": given["reason"], "held_on": given["held_on"], "ballots": ballots}
