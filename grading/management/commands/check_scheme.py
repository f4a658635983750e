"""Check a file of grading rules without storing anything, and run vectors against it."""

from decimal import Decimal
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from grading.rules.blockers import blockers
from grading.rules.documents import rule_sets
from grading.rules.operations import answer
from grading.rules.reading import Unreadable, read
from grading.rules.scheme import SchemeFault
from grading.rules.shape import strangers


class Command(BaseCommand):
    help = "Checks a file of grading rules, says what blocks each, and runs vectors."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("rules", help="a file in the format grading-rule/v1")
        parser.add_argument("--vectors", help="a file of vectors to run against the rules")

    def handle(self, *args, rules, vectors, **options):
        schemes = _read(rules, rule_sets)
        for scheme in schemes.values():
            self._tell(scheme)
        if vectors and not self._run(schemes, _read(vectors, _vectors)):
            raise CommandError(_("Not every vector came out as expected."))

    def _tell(self, scheme):
        found = blockers(scheme)
        told = _("%(rule)s: %(count)s blockers") % {"rule": scheme.id, "count": len(found)}
        self.stdout.write(told if found else _("%s: nothing stands against it") % scheme.id)
        for path, sentence in found:
            self.stdout.write(f"  {path}: {sentence}")
        for key in strangers(scheme.document):
            self.stdout.write(_("  %s: not of the format; nothing acts on it.") % key)

    def _run(self, schemes, vectors):
        right = [self._right(schemes, vector) for vector in vectors]
        told = {"right": sum(right), "count": len(right)}
        self.stdout.write(_("%(right)s of %(count)s vectors as expected") % told)
        return all(right)

    def _right(self, schemes, vector):
        expected = vector.get("expect")
        got = _answered(schemes, vector)
        if plain(got) == plain(expected):
            self.stdout.write(f"{vector.get('id')} ok")
            return True
        self.stdout.write(f"{vector.get('id')} MISMATCH expected {expected} got {plain(got)}")
        return False


def _answered(schemes, vector):
    """Return the answer to a vector; what cannot be asked is an answer that nothing expects."""
    if vector.get("rule") not in schemes:
        return _("no rule set “%s”") % vector.get("rule")
    try:
        return answer(schemes[vector["rule"]], vector)
    except SchemeFault as fault:
        return str(fault)
    except KeyError as missing:
        return _("the vector does not say %s") % missing


def plain(value):
    """Return a value as vectors write it: lists for tuples, numbers by their value."""
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _vectors(text):
    return [vector for document in read(text) for vector in document.get("tests", [])]


def _read(name, reader):
    try:
        return reader(Path(name).read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise CommandError(
            _("%(name)s cannot be read: %(why)s") % {"name": name, "why": fault}
        ) from None
    except UnicodeDecodeError:
        raise CommandError(_("%s is not written in UTF-8.") % name) from None
    except (Unreadable, SchemeFault) as fault:
        raise CommandError(f"{name}: {fault}") from None
