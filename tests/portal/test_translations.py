"""Every sentence has its Chinese: in code, in templates, in the words of the tables."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from portal import translations

OURS = ["office", "registry", "casework", "training", "complaints", "grading", "portal"]


def catalogue(text):
    return polib.pofile(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\n{text}')


# Tables of the machinery, which no page shows.
UNSEEN = {
    "casework.CaseSeries",
    "casework.ClaimSeries",
    "casework.LibraryEntry",
    "office.LedgerHead",
    "registry.NumberSeries",
    "training.CertificateFacts",
    "training.CertificateSeries",
    "training.IssuedFile",
    "training.SigningKey",
    "registry.DivisionUserObjectPermission",
    "registry.OrganizationUserObjectPermission",
}
WANTED = catalogue('msgid "Open"\nmsgstr ""\n')


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")
def test_the_catalogue_holds_every_sentence_translated_and_no_other():
    call_command("check_translations", verbosity=0)


def test_sentences_are_marked_by_names_the_catalogue_looks_for():
    other = re.compile(r"\b(n|p|np)?gettext(_lazy)? as (?!_\b)")
    found = [
        f"{path}: {line.strip()}"
        for app in OURS
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        if "." not in path.stem
        for line in path.read_text(encoding="utf-8").splitlines()
        if other.search(line)
    ]
    assert found == []


def named():
    """Yield what the tables call themselves, their fields and their choices."""
    models = [
        model
        for app in OURS
        if apps.is_installed(app)
        for model in apps.get_app_config(app).get_models()
        if model._meta.label not in UNSEEN
    ]
    for model in models:
        yield model._meta.label, model._meta.verbose_name
        for field in model._meta.local_fields:
            if field.editable and not field.auto_created:
                yield str(field), field.verbose_name
                yield from ((str(field), label) for _value, label in field.flatchoices)


def test_what_the_tables_are_called_is_translated():
    with translation.override("zh-hans"):
        found = {
            (where, str(label))
            for where, label in named()
            if str(label).isascii() and re.search("[A-Za-z]", str(label))
        }
    assert found == set()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('msgid "Open"\nmsgstr "开始"\n', []),
        ("", ["not in the catalogue: Open"]),
        ('msgid "Open"\nmsgstr ""\n', ["not translated: Open"]),
        ('#, fuzzy\nmsgid "Open"\nmsgstr "开始"\n', ["marked as unsure: Open"]),
        (
            'msgid "Open"\nmsgstr "开始"\n\nmsgid "Shut"\nmsgstr "关"\n',
            ["no longer used: Shut"],
        ),
        ('msgid "Open"\nmsgstr "开始"\n\n#~ msgid "Shut"\n#~ msgstr "关"\n', []),
        ('msgid "Open"\nmsgstr "%(what)s开始"\n', ["other placeholders: Open"]),
        (
            'msgctxt "shop"\nmsgid "Open"\nmsgstr "开"\n',
            ["not in the catalogue: Open", "no longer used: Open"],
        ),
    ],
)
def test_each_way_to_fall_short_is_told(text, faults):
    assert translations.faults(WANTED, catalogue(text)) == faults


@pytest.mark.parametrize(
    ("chinese", "faults"),
    [
        ("%(count)s 人", []),
        ("", ["not translated: one"]),
        ("若干人", ["other placeholders: one"]),
    ],
)
def test_a_plural_is_compared_with_its_many(chinese, faults):
    text = 'msgid "one"\nmsgid_plural "%(count)s people"\nmsgstr[0] "{}"\n'

    assert translations.faults(catalogue(text), catalogue(text.format(chinese))) == faults


def test_the_file_the_site_reads_is_built_when_the_catalogue_is_newer(tmp_path, monkeypatch):
    source = tmp_path / "django.po"
    catalogue('msgid "Open"\nmsgstr "开始"\n').save(str(source))
    monkeypatch.setattr(translations, "CATALOGUE", source)

    translations.build()
    built = source.with_suffix(".mo")
    first = built.stat().st_mtime_ns
    translations.build()

    assert [entry.msgstr for entry in polib.mofile(str(built))] == ["开始"]
    assert built.stat().st_mtime_ns == first
