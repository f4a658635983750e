"""Training in the Wagtail admin."""

from wagtail import hooks

from training.viewsets import TrainingGroup


@hooks.register("register_admin_viewset")
def training_group():
    return TrainingGroup()
