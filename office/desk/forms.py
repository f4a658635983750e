"""What every form of the desk asks: why, and which sending of the form this is."""

from copy import copy

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.submissions import new_key


class DeskForm(forms.Form):
    """A form of the desk: it knows the officer and offers only rows within the officer's posts.

    With ``permission`` only rows of those posts are offered that carry it.
    """

    permission = None

    BOOKKEEPING = ("submission",)

    submission = forms.RegexField(r"\A[0-9a-f]{32}\Z", widget=forms.HiddenInput)

    def __init__(self, *args, user, record=None, **kwargs):
        self.user, self.record = user, record
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", new_key())
        for field in self.fields.values():
            rows = getattr(field, "queryset", None)
            if hasattr(rows, "within"):
                field.queryset = rows.within(user, self.permission)
            if hasattr(field.widget, "rows"):
                field.widget.rows = field.queryset

    def values(self):
        """Return what was typed, as arguments for an action."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in self.BOOKKEEPING
        }


class ReasonForm(DeskForm):
    """Asks for the reason of an act."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It is kept in the ledger with your name."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The reason comes last, after what it is the reason for.
        self.order_fields([name for name in self.fields if name != "reason"])


class RecordForm(ReasonForm):
    """Fields of a record, typed by an officer. It never saves: an action does.

    ``revision`` is the one the form was opened with; an added record has none.
    """

    BOOKKEEPING = ("submission", "revision")

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.record is not None:
            self.initial.setdefault("revision", self.record.revision)
            self.fields["revision"].required = True

    @property
    def typed(self):
        """The names of the record's own fields that differ from what the form was opened with."""
        own = {"reason", *self.BOOKKEEPING}
        return [name for name in self.changed_data if name not in own]


class RecordModelForm(RecordForm, forms.ModelForm):
    """A ``RecordForm`` whose fields are those of a model, checked as the model checks them."""

    def __init__(self, *args, record=None, **kwargs):
        # A model form writes what was typed into its instance: it gets one of its own.
        super().__init__(*args, record=record, instance=copy(record), **kwargs)
        for name in [
            name for name, field in self.fields.items() if self._is_out_of_reach(name, field)
        ]:
            del self.fields[name]

    def _is_out_of_reach(self, name, field):
        """Whether the record is linked to a row the officer may not choose; it stays as it is."""
        linked = getattr(self.record, f"{name}_id", None)
        return linked is not None and not field.queryset.filter(pk=linked).exists()

    def save(self, commit=True):
        raise TypeError("A form of the desk never saves: call an action.")
