"""The officer's dashboard: panels come from the apps; this is the one shown when there are none."""

from wagtail.admin.ui.components import Component
from wagtail.admin.views import home

STOCK_PANELS = (
    home.WorkflowObjectsToModeratePanel,
    home.UserObjectsInWorkflowModerationPanel,
    home.RecentEditsPanel,
    home.LockedPagesPanel,
)


class NothingDuePanel(Component):
    name = "nothing_due"
    order = 900
    template_name = "portal/desk/nothing_due.html"


def own_panels(panels):
    """Return the panels without those of a stock content site; never none at all.

    The stock ones are partly English under zh-hans and speak of page drafts, not of duties.
    """
    return [panel for panel in panels if not isinstance(panel, STOCK_PANELS)] or [NothingDuePanel()]
