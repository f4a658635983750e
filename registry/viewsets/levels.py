"""The acts on a mediator's page by which levels are recorded and ended."""

from django.utils.translation import gettext_lazy

from office.desk.acts import Act
from office.desk.history import name_acts, name_facts
from registry.actions import levels
from registry.forms.levels import EndLevelForm, LevelForm

name_acts(
    record_level=gettext_lazy("Record a level"),
    end_level=gettext_lazy("End the level"),
)
name_facts(
    level_held=(gettext_lazy("Level"), ()),
    level_source=(gettext_lazy("Source"), ()),
    level_from_on=(gettext_lazy("Held from"), ()),
    level_until_on=(gettext_lazy("First day without the level"), ()),
)

RECORD = Act(
    name="record-level",
    label=gettext_lazy("Record a level"),
    take=levels.record_level,
    permission="record_level",
    form_class=LevelForm,
    offered=lambda row: row.erased_on is None and row.merged_into_id is None,
    icon="pick",
)
END = Act(
    name="end-level",
    label=gettext_lazy("End the level"),
    take=levels.end_level,
    permission="record_level",
    form_class=EndLevelForm,
    offered=lambda row: any(holding.until_on is None for holding in row.held_levels),
    icon="cross",
)
