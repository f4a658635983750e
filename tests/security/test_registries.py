"""Nothing of the register is a page, picture, document, snippet or form of Wagtail's."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.db.models import FileField
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page, ReferenceIndex, RevisionMixin, WorkflowMixin
from wagtail.search.index import Indexed
from wagtail.snippets.models import get_snippet_models

from tests import make
from tests.security.routes import patterns

SENSITIVE = [
    model
    for app in ("office", "registry", "complaints")
    for model in apps.get_app_config(app).get_models()
]
# Wagtail keeps copies of what these are: in its index, its revisions, its collections.
COPIED = (Page, AbstractImage, AbstractDocument, Indexed, RevisionMixin, WorkflowMixin)


@pytest.mark.parametrize("model", SENSITIVE, ids=lambda model: model._meta.label)
def test_no_model_of_the_register_is_one_of_wagtails(model):
    assert not issubclass(model, COPIED)
    assert model not in get_snippet_models()
    assert model not in settings_registry


@pytest.mark.parametrize("model", SENSITIVE, ids=lambda model: model._meta.label)
def test_no_file_of_the_register_has_an_address(model):
    files = [field for field in model._meta.get_fields() if isinstance(field, FileField)]

    # Not the object itself: a test that changes a setting of files makes Django build it anew.
    private = storages["private"].location
    assert [field.name for field in files if field.storage.location != private] == []


def test_private_files_lie_where_no_address_leads(settings):
    private = Path(storages["private"].location)

    assert not private.is_relative_to(settings.MEDIA_ROOT)
    assert not private.is_relative_to(settings.STATIC_ROOT)


@pytest.mark.parametrize(
    "app", ["wagtail.contrib.forms", "wagtail.api.v2", "rest_framework", "django.contrib.admin"]
)
def test_what_would_open_another_way_to_the_data_is_not_installed(app):
    assert not apps.is_installed(app)


def test_the_only_interfaces_are_the_page_editors_and_that_for_platforms():
    """Wagtail routes three for its own screens, for staff: pages, pictures, documents."""
    interfaces = {
        route.rpartition("^")[2].split("/")[0] if "^" in route else route
        for route, _name in patterns()
        if "api/" in route
    }

    assert interfaces == {"pages", "images", "documents", "api/v1/cases/"}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/_util/login/", "/en/_util/login/", "/admin/login/"])
def test_no_page_of_wagtails_signs_anybody_in(client, address):
    """Whoever signed in there would leave no entry in the ledger and have no password clock."""
    make.user("somebody")
    typed = {"username": "somebody", "password": "correct horse battery"}

    assert client.get(address)["Location"] == "/accounts/login/"
    assert client.post(address, typed)["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_wagtails_index_of_references_knows_nothing_of_the_register():
    assert ReferenceIndex.tracked_models.isdisjoint(SENSITIVE)
