"""Which officers act for a body that a rule names: bodies are words of the rule, roles are ours."""

from office.roles import Role

# A body is known by a part of its code; the first that fits holds. Others act through the bureau
# that holds the round: associations, leading groups, founding units have no accounts of their own.
PARTS = (
    ("justice_office", Role.JUSTICE_OFFICE),
    ("town", Role.JUSTICE_OFFICE),
    ("street", Role.JUSTICE_OFFICE),
    ("sub_district", Role.JUSTICE_OFFICE),
    ("county", Role.COUNTY_BUREAU),
    ("district", Role.COUNTY_BUREAU),
    ("city", Role.CITY_BUREAU),
    ("municipal", Role.CITY_BUREAU),
)
BUREAU_OF = {"county": Role.COUNTY_BUREAU, "city": Role.CITY_BUREAU}
BELOW_A_COUNTY = ("township", "village")
# A body acts for what lies in its own area; what lies above is acted on by the round's bureau.
REACH = {
    Role.JUSTICE_OFFICE: BELOW_A_COUNTY,
    Role.COUNTY_BUREAU: ("county", *BELOW_A_COUNTY),
    Role.CITY_BUREAU: ("city", "county", *BELOW_A_COUNTY),
}


def role_of(body):
    """Return the role whose officers act for a body, None if the bureau of the round does."""
    return next((role for part, role in PARTS if part in str(body or "").lower()), None)
