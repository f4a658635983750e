"""The demo city shows every state of every flow, and every kind of what has kinds."""

import pytest
from django.apps import apps

from office.flow import Flow
from registry import flows
from registry.flows import AppointmentState
from registry.models import (
    Appointment,
    Award,
    Closure,
    ConfirmationCampaign,
    CourtNotice,
    Discipline,
    Filing,
    Ground,
    ImportBatch,
    Merge,
    PublicNotice,
    Rectification,
)
from tests.registry.posts import load_rules
from tests.registry.test_city import city, fengqiao  # noqa: F401 - the same small city

pytestmark = pytest.mark.django_db
NEVER_STORED = {
    # Computed from the dates of a post in office.
    (Appointment, "state"): {AppointmentState.TERM_ENDING},
    # A ground of the local scheme may end a post; criticism has the grounds of article 15.
    (Discipline, "ground"): {Ground.LOCAL},
}


@pytest.fixture
def peopled(fengqiao):  # noqa: F811
    load_rules()
    city(600)


def flowing():
    """Return every model of the register that moves along a flow."""
    return [
        model
        for model in apps.get_app_config("registry").get_models()
        if getattr(model, "flow", None) and not model._meta.proxy
    ]


def codes(model, field):
    return {code for code, _label in model._meta.get_field(field).flatchoices}


def shown(model, field):
    return set(model._default_manager.order_by().values_list(field, flat=True))


def test_every_flow_of_the_register_has_a_model():
    written = {id(flow) for flow in vars(flows).values() if isinstance(flow, Flow)}

    assert {id(model.flow) for model in flowing()} == written


# What tells cases and papers of one model apart.
KINDS = [
    (Award, "level"),
    (Closure, "ground"),
    (CourtNotice, "subject"),
    (Discipline, "kind"),
    (Discipline, "ground"),
    (Filing, "kind"),
    (ImportBatch, "kind"),
    (Merge, "kind"),
    (PublicNotice, "kind"),
    (Rectification, "ground"),
]


def test_the_city_shows_every_state_of_every_flow_and_every_kind(peopled):
    wanted = [(model, "state") for model in flowing()] + KINDS

    missing = {
        (model.__name__, field): codes(model, field)
        - NEVER_STORED.get((model, field), set())
        - shown(model, field)
        for model, field in wanted
    }

    assert missing == {field: set() for field in missing}
    campaigns = ConfirmationCampaign.objects
    assert campaigns.running().count() == 1
    assert campaigns.exclude(closed_on=None).count() == 1
