"""The three text sizes of the elder-friendly edition (适老化), kept in a cookie."""

from django.db import models
from django.utils.translation import gettext_lazy as _

COOKIE = "text_size"
COOKIE_AGE = 365 * 24 * 60 * 60  # seconds


class TextSize(models.TextChoices):
    NORMAL = "normal", _("Standard text")
    LARGE = "large", _("Large text")
    EXTRA = "extra", _("Extra large text")

    @property
    def following(self):
        """The size the one button in the head switches to."""
        sizes = list(TextSize)
        return sizes[(sizes.index(self) + 1) % len(sizes)]


def text_size(request):
    """Return the size a visitor chose; the normal one without a request or a valid choice."""
    chosen = request.COOKIES.get(COOKIE) if request else None
    return TextSize(chosen) if chosen in TextSize.values else TextSize.NORMAL
