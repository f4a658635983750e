from complaints.models import ComplaintPolicy
from registry.forms.policies import NewPolicyForm


class NewComplaintPolicyForm(NewPolicyForm):
    """A figure of complaints for a division from a day on."""

    permission = "complaints.add_complaintpolicy"

    class Meta(NewPolicyForm.Meta):
        model = ComplaintPolicy
