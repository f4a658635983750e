"""What each role may do in grading; which rows is a matter of scope.

Source: the table of rights in the specification.
"""

from office.roles import Role, allow

BUREAUS = [Role.COUNTY_BUREAU, Role.CITY_BUREAU]
VERSION = "grading.{}_schemeversion".format


def allow_roles():
    """Tell the office what the roles may do on this floor."""
    allow_schemes()


def allow_schemes():
    """Bureaus draft rule sets, put them into force and end them; office and auditor read them."""
    for role in [*BUREAUS, Role.JUSTICE_OFFICE, Role.AUDITOR]:
        allow(role, VERSION("view"), VERSION("export"))
    for role in BUREAUS:
        allow(role, *map(VERSION, ["add", "change", "copy", "activate", "retire", "abandon"]))
