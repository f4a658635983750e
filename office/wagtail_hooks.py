"""The office in the Wagtail admin."""

from wagtail import hooks

from office.desk.ledger import LedgerDesk

LAST = 1000
# The stock report tells of rows outside the scope; the ledger stands in its place.
REPLACED = {"site-history"}
# Links to pages outside, in English.
OUTSIDE = {"help"}


@hooks.register("register_admin_viewset")
def ledger_desk():
    return LedgerDesk()


@hooks.register("construct_reports_menu", order=LAST)
def ledger_instead_of_site_history(request, items):
    items[:] = [item for item in items if item.name not in REPLACED]


@hooks.register("construct_main_menu", order=LAST)
def no_links_outside(request, items):
    items[:] = [item for item in items if item.name not in OUTSIDE]
