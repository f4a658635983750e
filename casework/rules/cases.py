"""What a case is called, and what cannot be true of one."""

from django.utils.translation import gettext as _

# A pattern of this register. Letters come first, so that no number is taken for a bank card.
CASE_NUMBER = "RT{county}{year}{serial:06d}"
MOST_PARTIES = 60
LEAD = "lead"


def case_number(county, year, serial):
    """Return the number of a case.

    >>> case_number("330681", 2026, 12)
    'RT3306812026000012'
    """
    return CASE_NUMBER.format(county=county, year=year, serial=serial)


def share_faults(shares):
    """Return a sentence for all that is wrong with the parts, given as (person, role, weight)."""
    people = [person for person, _role, _weight in shares]
    found = []
    if len(set(people)) != len(people):
        found.append(_("Each mediator is named once."))
    if shares and [role for _person, role, _weight in shares].count(LEAD) != 1:
        found.append(_("One of the mediators leads, and only one."))
    if any(weight < 1 for _person, _role, weight in shares):
        found.append(_("Each part weighs at least 1."))
    return found


def percent(weight, total):
    """Return a part as a percentage to read, one decimal at most; the weights stay exact.

    >>> percent(1, 3), percent(1, 4)
    ('33.3', '25')
    """
    return f"{100 * weight / total:.1f}".removesuffix(".0")


DATES = ("accepted_on", "closed_on", "agreed_on", "fulfilled_on", "confirmation_on")


def date_faults(case, today):
    """Return (field, sentence) for each date that cannot be: in the future, or before its cause."""
    agreed = case.agreed_on or case.closed_on
    ahead = {
        day: name
        for name in reversed(DATES)
        if (day := getattr(case, name)) is not None and day > today
    }
    # Days that follow one from another are said once, of the first.
    found = [(name, _("This day has not come yet.")) for name in reversed(ahead.values())]
    if _is_before(case.closed_on, case.accepted_on):
        found.append(("closed_on", _("A case cannot end before it was accepted.")))
    if _is_before(case.agreed_on, case.accepted_on):
        found.append(("agreed_on", _("Nothing is agreed before the case is accepted.")))
    if _is_before(case.closed_on, case.agreed_on):
        found.append(("agreed_on", _("What was agreed after the end is another case.")))
    if _is_before(case.fulfilled_on, agreed):
        found.append(("fulfilled_on", _("Nothing is fulfilled before it was agreed.")))
    if _is_before(case.due_on, agreed):
        found.append(("due_on", _("Nothing is due before it was agreed.")))
    if _is_before(case.confirmation_on, agreed):
        found.append(("confirmation_on", _("No court decides before it was agreed.")))
    return found


def _is_before(day, other):
    return day is not None and other is not None and day < other
