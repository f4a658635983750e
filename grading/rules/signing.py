"""Who decided what a rule leaves to be decided."""

from django.utils.translation import gettext as _

from grading.rules.unknown import is_known


def unsigned_readings(scheme):
    """Return (path, sentence) for each reading that was chosen without saying who did and when."""
    return [
        (f"readings.{name}", _("It is not said who decided on this reading, and when."))
        for name, chosen in scheme.section("readings").items()
        if is_known(scheme.reading(name)) and not _is_signed(chosen)
    ]


def _is_signed(chosen):
    return isinstance(chosen, dict) and all(
        is_known(chosen.get(name)) and chosen[name] != "" for name in ("decided_by", "decided_on")
    )
