"""The one way a whole spreadsheet is refused."""

from django.core.exceptions import ValidationError


class UnreadableSheet(ValidationError):
    """The file as a whole cannot be taken; the message says why and what the person can do."""
