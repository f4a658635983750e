"""Settle what the headings alone leave open, by looking at what stands below them."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from office.identity import check_phone, check_resident_id
from office.sheets.headings import Certainty, normalised
from office.sheets.heads import ORDER_HEADINGS

SAMPLE = 50
MOSTLY = 0.6  # share of the filled cells that must fit a column for its heading to be believed
BODY_WORDS = ("调解", "调委会", "委员会", "工作室")


def settled(mapping, rows, columns):
    """Return the mapping with every unsure column that the first ``rows`` settle.

    Of several headings the one whose cells fit is taken; if several fit, an optional column takes
    the one that stands first among its synonyms, a required one stays open and must be asked.
    """
    matches, taken = dict(mapping.matches), set(mapping.positions.values())
    for column in columns:
        match = matches[column.name]
        if not match.unsure:
            continue
        taken.discard(match.position)
        fitting = [
            heading
            for heading in match.candidates
            if heading.position not in taken and _fits(column, heading, rows)
        ]
        if len(fitting) > 1 and not column.required:
            fitting = _preferred(fitting, column)
        heading = fitting[0] if len(fitting) == 1 else None
        kept = Certainty.CLOSE if heading or column.required else Certainty.NONE
        matches[column.name] = replace(match, heading=heading, certainty=kept)
        if heading:
            taken.add(heading.position)
    return replace(mapping, matches=matches)


def questions(mapping):
    """Return a sentence for each required column that is missing or has several candidates."""
    return [
        _("Which heading is “%(column)s”: %(headings)s?")
        % {
            "column": match.column.label,
            "headings": _(" or ").join(heading.flat for heading in match.candidates),
        }
        if len(match.candidates) > 1
        else _("No heading was found for “%(column)s”.") % {"column": match.column.label}
        for match in mapping.matches.values()
        if match.column.required and match.heading is None
    ]


def named(mapping, choices):
    """Return {column name: position} for {column name: heading text} as somebody typed it.

    :raises ValidationError: if the file has no such heading.
    """
    found = {}
    for name, text in choices.items():
        positions = [
            heading.position
            for heading in mapping.headings
            if normalised(text) in {normalised(heading.text), normalised(heading.flat)}
        ]
        if len(positions) != 1:
            raise ValidationError(
                _("The file has no heading “%(heading)s”, or more than one.") % {"heading": text}
            )
        found[name] = positions[0]
    return found


def _fits(column, heading, rows):
    if normalised(heading.text) in ORDER_HEADINGS:
        return False
    cells = [row.cells[heading.position] for row in rows if heading.position < len(row.cells)]
    filled = [cell for cell in cells if str(cell or "").strip()]
    return not filled or sum(_is_possible(column, cell) for cell in filled) >= MOSTLY * len(filled)


def _is_possible(column, raw):
    cleaned = column.clean(raw)
    if cleaned.reason:
        return False
    test = TESTS.get(column.name)
    try:
        return test is None or bool(test(str(cleaned.value)))
    except ValidationError:
        return False


TESTS = {
    "id_number": check_resident_id,
    "phone": check_phone,
    "organization": lambda text: any(word in text for word in BODY_WORDS),
}


def _preferred(headings, column):
    order = [normalised(str(text)) for text in (column.label, *column.synonyms)]
    exact = [heading for heading in headings if normalised(heading.text) in order]
    return sorted(exact, key=lambda heading: order.index(normalised(heading.text)))[:1]
