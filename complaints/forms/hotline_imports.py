"""What a handler chooses for a file of hotline tickets."""

from django import forms
from django.utils.translation import gettext_lazy as _

from office.desk.forms import DeskForm
from registry.models import Division


class HotlineUploadForm(DeskForm):
    """A file of tickets, and for which bureau it is."""

    permission = "complaints.add_hotlineimport"

    division = forms.ModelChoiceField(
        label=_("Division"),
        queryset=Division.objects.filter(level__in=["city", "county"], until_on=None),
        help_text=_(
            "Of several organisations with one name that of this division is meant; what is about"
            " somebody unknown stays here."
        ),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "An .xlsx or CSV file of at most 2 MB and 100 tickets. It is not kept; what it says is"
            " sealed at once."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        allow_empty_file=True,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = list(self.fields["division"].queryset.values_list("pk", flat=True)[:2])
        if len(rows) == 1:
            self.initial.setdefault("division", rows[0])
