from registry.forms.policies import NewPolicyForm
from training.models import TrainingPolicy


class NewTrainingPolicyForm(NewPolicyForm):
    """A figure of training for a division from a day on."""

    permission = "training.add_trainingpolicy"

    class Meta(NewPolicyForm.Meta):
        model = TrainingPolicy
