"""The Chinese catalogue: where it lies, how it is built, what is wrong with it."""

import re

import polib
from django.conf import settings

LOCALE = "zh_Hans"
CATALOGUE = settings.LOCALE_PATHS[0] / LOCALE / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")


def build():
    """Make the file that the site reads, if the catalogue is newer. Needs no program but Python."""
    built = CATALOGUE.with_suffix(".mo")
    if not built.exists() or built.stat().st_mtime < CATALOGUE.stat().st_mtime:
        polib.pofile(str(CATALOGUE)).save_as_mofile(str(built))


def faults(wanted, catalogue):
    """Return a sentence for each way in which the catalogue falls short of the wanted entries."""
    texts = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    wanted_keys = {_key(entry) for entry in wanted}
    return [
        *(f"not in the catalogue: {key[0]}" for key in sorted(wanted_keys - texts.keys())),
        *(f"no longer used: {key[0]}" for key in sorted(texts.keys() - wanted_keys)),
        *(f"{fault}: {key[0]}" for key, entry in texts.items() if (fault := _fault(entry))),
    ]


def _key(entry):
    return entry.msgid, entry.msgctxt or ""


def _fault(entry):
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        return "marked as unsure"
    if not texts or not all(texts):
        return "not translated"
    asked = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    if any(set(PLACEHOLDER.findall(text)) != asked for text in texts):
        return "other placeholders"
    return ""
