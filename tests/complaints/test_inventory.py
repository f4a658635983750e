"""Every table of complaints stands in the inventory of personal data."""

from pathlib import Path

import pytest
from django.apps import apps

INVENTORY = Path(__file__).parents[2] / "docs" / "personal-data.md"
# Figures and series of numbers: no row of them is about anybody.
ABOUT_NOBODY = {"complaintpolicy", "complaintseries"}
# The tables the inventory has to name; those of later parts are told of under the fields.
OWN = [
    "complaint", "complaintclock", "clockpause", "vaultkey", "sealedidentity", "statement",
    "evidence", "receipt", "casegrant", "identityview", "declaredrecusal", "intakedraft",
    "keydestruction",
]  # fmt: skip


@pytest.mark.parametrize("name", OWN)
def test_the_inventory_says_how_long_a_table_is_kept(name):
    text = INVENTORY.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ") and f"`{name}`" in line]
    assert len(lines) == 1
    assert lines[0].count("|") == 4


def test_no_table_is_named_that_is_not_there():
    models = {model._meta.model_name for model in apps.get_app_config("complaints").get_models()}
    assert set(OWN) <= models
    assert models >= ABOUT_NOBODY
