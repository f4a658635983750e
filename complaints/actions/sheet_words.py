"""The words of task sheets: said, opened, and held against who complained before they go out."""

from django.utils.translation import gettext as _

from complaints import vault
from complaints.models import SheetStatement, SheetWord, StatementKind
from complaints.notices.sheet_words import KIND_LABELS
from complaints.rules.redaction import Hidden, doubtful, leftovers, suggestions
from office.flow import Refused

# What of a complaint a sheet is drawn up from; where nobody is named, also about whom it is.
DRAWN_FROM = [StatementKind.FACTS, StatementKind.ADDITION]
SEALED_AS = "task sheet"


def say_in_sheet(sheet, kind, text, *, by, today):
    """Keep words of a task sheet, sealed under the key of its complaint; returns the row."""
    sealed = vault.seal_text(sheet.complaint, text, SEALED_AS)
    statement = SheetStatement(sheet=sheet, kind=kind, sealed=sealed, said_on=today, by=by)
    statement.full_clean()
    statement.save()
    return statement


def words_of(sheet, *kinds):
    """Return the words of a sheet of these kinds, in order, as ``(row, text)``."""
    rows = list(sheet.statements.filter(kind__in=kinds).select_related("by").order_by("pk"))
    return [(row, vault.open_text(sheet.complaint, row.sealed, SEALED_AS)) for row in rows]


def draft_of(sheet):
    """Return the text a sheet would go out with now, as ``(row, text)``."""
    row = sheet.statements.filter(kind=SheetWord.DRAFT).select_related("by").last()
    return row, vault.open_text(sheet.complaint, row.sealed, SEALED_AS)


def approved_text(sheet):
    """Return the text the unit was sent; an empty string before."""
    said = words_of(sheet, SheetWord.TEXT)
    return said[0][1] if said else ""


def original_of(complaint):
    """Return what the complainant wrote of what happened, as one text."""
    kinds = list(DRAWN_FROM)
    if complaint.mediator is None:
        kinds.append(StatementKind.WHOM)
    return "\n\n".join(text for _row, text in vault.statements(complaint, *kinds))


def hidden_in(complaint):
    """Return who must not be known by the words that leave a complaint."""
    return Hidden.of(vault.identity(complaint))


def kept_in(complaint):
    """Return the names that must stay: those of the person and the body complained of."""
    named = [complaint.mediator and complaint.mediator.name]
    named.append(complaint.organization and complaint.organization.name)
    return [name for name in named if name]


def suggested_for(complaint):
    """Return the original text of a complaint and what should be written differently in it."""
    text = original_of(complaint)
    return text, suggestions(text, hidden_in(complaint), kept_in(complaint))


def doubts_about(complaint, text):
    """Return what in a text that is to go out somebody should look at once more."""
    return doubtful(text, hidden_in(complaint), kept_in(complaint))


def fit_to_go_out(complaint, text):
    """Refuse words to the unit that name the complainant or a number that leads to a person.

    :raises Refused: with a sentence for each kind of find; what was found is not repeated.
    """
    found = leftovers(text, hidden_in(complaint))
    if found:
        raise Refused(
            [_("The text still holds: %(kind)s.") % {"kind": KIND_LABELS[kind]} for kind in found]
        )
