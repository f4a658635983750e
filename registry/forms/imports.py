"""What officers may type about an import: the file, and which heading is which column."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.desk.forms import DeskForm
from registry.models import Division, ImportKind

NOT_READ = "none"


class UploadForm(DeskForm):
    """A roster file of a filing bureau within the officer's posts."""

    permission = "registry.add_importbatch"

    kind = forms.ChoiceField(label=_("What the file lists"), choices=ImportKind.choices)
    division = forms.ModelChoiceField(
        label=_("Filing bureau's division"),
        queryset=Division.objects.filter(level__in=["city", "county"], until_on=None),
        help_text=_("Organisations and townships are looked up within it."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("An .xlsx or CSV file of at most 50 MB; the headings may be your own."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        allow_empty_file=True,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = list(self.fields["division"].queryset.values_list("pk", flat=True)[:2])
        if len(rows) == 1:
            self.initial.setdefault("division", rows[0])


class HeadingsForm(DeskForm):
    """For each column the heading that means it; what was recognised is chosen already."""

    def __init__(self, *args, mapping, samples, **kwargs):
        super().__init__(*args, **kwargs)
        self.mapping = mapping
        headings = [(str(heading.position), heading.flat) for heading in mapping.headings]
        for name, match in mapping.matches.items():
            empty = [("", _("— Please choose —"))] if match.column.required else []
            choices = [*empty, (NOT_READ, _("Do not read")), *headings]
            self.fields[name] = forms.ChoiceField(
                label=capfirst(str(match.column.label)),
                choices=choices[:1] + headings if match.column.required else choices,
                required=match.column.required,
                help_text=_help(match, samples),
                initial=_initial(match),
            )

    def clean(self):
        super().clean()
        choices = self.choices()
        try:
            self.mapping.overridden(choices)
        except ValidationError as refusal:
            self.add_error(None, refusal)
        return self.cleaned_data

    def choices(self):
        """Return {column: position, or None for "not read"}."""
        return {
            name: None if value == NOT_READ else int(value)
            for name, value in self.values().items()
            if value != ""
        }


def _initial(match):
    if match.position is not None:
        return str(match.position)
    return "" if match.column.required else NOT_READ


def _help(match, samples):
    """Say how sure the recognition is and what stands below the heading."""
    said = [] if match.heading and not match.unsure else [str(match.certainty.label)]
    if match.heading:
        found = [
            str(row.cells[match.position] or "")
            for row in samples[:20]
            if match.position < len(row.cells)
        ]
        shown = [text for text in dict.fromkeys(found) if text.strip()][:3]
        if shown and match.column.name not in {"id_number", "phone"}:
            said.append(gettext("For example: %(samples)s") % {"samples": "、".join(shown)})
    elif match.candidates:
        fitting = "、".join(heading.flat for heading in match.candidates)
        said.append(gettext("Possible: %(headings)s") % {"headings": fitting})
    return "；".join(said)
