"""What officers may type about a policy."""

from django.utils.translation import gettext_lazy as _

from office.desk.forms import RecordModelForm
from registry.forms.choosers import DIVISIONS
from registry.forms.staff import DayInput
from registry.models import Policy


class NewPolicyForm(RecordModelForm):
    """A figure for a division from a day on."""

    permission = "registry.add_policy"

    class Meta:
        model = Policy
        fields = ["key", "division", "kind", "amount", "unit", "standing", "source", "from_on"]
        widgets = {"division": DIVISIONS.widget_class, "from_on": DayInput}
        help_texts = {
            "kind": _("Empty: for every kind of organisation."),
            "source": _("The document in which the figure stands; empty only for a setting."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What holds everywhere comes with the product; a bureau sets figures for its own area.
        self.fields["division"].required = True
