"""What the register holds to be so: pure statements, nothing is asked of the database here."""

from registry.rules.committees import (
    COMMITTEES,
    FEWEST_MEMBERS,
    MAJORITY,
    MOST_MEMBERS,
    SEATS,
    SITTING,
    Fault,
    Seats,
    composition_faults,
    faults_of,
    first_unlawful_day,
    name_faults,
    seats_on,
)
from registry.rules.days import (
    months_before,
    months_later,
    years_later,
)
from registry.rules.entry import (
    ADULT_AGE,
    COMMITTEE_POSTS,
    LONGEST_TERM_YEARS,
    Condition,
    DecidingBody,
    is_adult,
    is_free_to_return,
    is_not_above,
    is_not_delisted,
    right_bodies,
)
from registry.rules.numbers import (
    LETTER_NUMBER,
    REGISTER_NUMBER,
    personal_numbers,
)
from registry.rules.people import (
    MAY_GRANT,
    Likeness,
    grantable,
)
from registry.rules.places import (
    DIVISION_DIGITS,
    county_code,
    enclosing,
    stem_of_place,
)

__all__ = [
    "ADULT_AGE",
    "COMMITTEES",
    "COMMITTEE_POSTS",
    "DIVISION_DIGITS",
    "FEWEST_MEMBERS",
    "LETTER_NUMBER",
    "LONGEST_TERM_YEARS",
    "MAJORITY",
    "MAY_GRANT",
    "MOST_MEMBERS",
    "REGISTER_NUMBER",
    "SEATS",
    "SITTING",
    "Condition",
    "DecidingBody",
    "Fault",
    "Likeness",
    "Seats",
    "composition_faults",
    "county_code",
    "enclosing",
    "faults_of",
    "first_unlawful_day",
    "grantable",
    "is_adult",
    "is_free_to_return",
    "is_not_above",
    "is_not_delisted",
    "months_before",
    "months_later",
    "name_faults",
    "personal_numbers",
    "right_bodies",
    "seats_on",
    "stem_of_place",
    "years_later",
]
