from casework.models import CaseworkPolicy
from registry.forms.policies import NewPolicyForm


class NewCaseworkPolicyForm(NewPolicyForm):
    """A figure of casework for a division from a day on."""

    permission = "casework.add_caseworkpolicy"

    class Meta(NewPolicyForm.Meta):
        model = CaseworkPolicy
