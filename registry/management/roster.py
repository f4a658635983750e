"""What the two import commands share. The last line they write is one JSON object."""

import json
from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from office.models import User
from registry import actions
from registry.flows import ImportState
from registry.imports.headings import named
from registry.imports.reading import chosen, headings_of, judged_chunks, opened
from registry.imports.report import Said, write_report
from registry.models import Division, ImportBatch, Verdict

ZERO = {"rows": 0, "accepted": 0, "repaired": 0, "refused": 0, "new": 0, "changed": 0, "same": 0}


def _pair(text):
    name, equals, heading = text.partition("=")
    if not (name and equals and heading):
        raise ArgumentTypeError(f"“{text}” is not column=heading")
    return name, heading


class RosterCommand(BaseCommand):
    """Imports one file for a filing bureau's division."""

    kind = None

    def add_arguments(self, parser):
        parser.add_argument("file", help="an .xlsx or CSV file")
        parser.add_argument(
            "--division", required=True, help="code of the filing bureau's division"
        )
        parser.add_argument("--check", action="store_true", help="only check; write nothing")
        parser.add_argument("--report", metavar="OUT.xlsx", help="write refused rows and reasons")
        parser.add_argument("--by", metavar="USERNAME", help="the account that answers for it")
        parser.add_argument(
            "--map",
            action="append",
            type=_pair,
            default=[],
            metavar="COLUMN=HEADING",
            help="settle a heading; may be repeated",
        )

    def handle(self, *args, **options):
        with translation.override(settings.LANGUAGE_CODE):
            try:
                counts, said = self._run(options, timezone.localdate())
            except ValidationError as refusal:
                self._finish(ZERO, {})
                raise CommandError("\n".join(refusal.messages)) from refusal
            self._finish(counts, said)

    def _run(self, options, today):
        division, by = _division(options["division"]), _account(options["by"])
        path = Path(options["file"])
        if not path.is_file():
            raise ValidationError(_("There is no file “%(path)s”.") % {"path": path})
        with path.open("rb") as file:
            choices = self._choices(file, options["map"])
            if options["check"]:
                counts, said = self._checked(file, choices, division, today)
            else:
                counts, said = self._imported(file, choices, division, by=by, today=today)
            if options["report"]:
                sheet, _mapping = opened(file, self.kind)
                with sheet:
                    write_report(options["report"], sheet, said)
        return counts, said

    def _choices(self, file, pairs):
        """Return the headings that were typed, tell which are taken without being exact."""
        sheet, mapping = opened(file, self.kind)
        with sheet:
            choices = named(mapping, dict(pairs))
            mapping = chosen(mapping, choices)
        for match in mapping.unsure:
            if match.heading:
                self.stderr.write(
                    _("Read “%(heading)s” as “%(column)s”.")
                    % {"heading": match.heading.flat, "column": match.column.label}
                )
        return choices

    def _checked(self, file, choices, division, today):
        sheet, mapping = opened(file, self.kind)
        counts, said = dict(ZERO), {}
        with sheet:
            mapping = chosen(mapping, choices)
            headings = headings_of(mapping)
            for outcomes in judged_chunks(sheet, mapping, self.kind, division, today=today):
                for outcome in outcomes:
                    _count(counts, outcome)
                    if outcome.draft.faults or outcome.draft.remarks:
                        said[outcome.draft.number] = _said(outcome, headings)
        return counts, said

    def _imported(self, file, choices, division, *, by, today):
        name = Path(file.name).name
        batch = actions.receive_import(file, kind=self.kind, division=division, name=name, by=by)
        if choices:
            actions.settle_headings(batch.pk, choices=choices, by=by)
        actions.check_import(batch.pk, by=by, today=today, in_background=False)
        batch = _expect(batch, ImportState.CHECKED)
        counts = {name: getattr(batch, name) for name in ZERO}
        lines = batch.lines.exclude(faults=[], remarks=[])
        said = {
            line.number: Said(line.number, line.sheet_row, line.verdict, line.faults, line.remarks)
            for line in lines.defer("content").iterator()
        }
        if batch.new + batch.changed:
            actions.apply_import(batch.pk, by=by, today=today, in_background=False)
            _expect(batch, ImportState.APPLIED)
            self.stdout.write(_("Import %(number)d was entered.") % {"number": batch.pk})
        else:
            actions.abandon_import(batch.pk, by=by, today=today)
            self.stdout.write(_("The register says all of this already; nothing was changed."))
        return counts, said

    def _finish(self, counts, said):
        errors = [
            {"row": row.number, "sheet_row": row.sheet_row, "column": column, "reason": reason}
            for row in said.values()
            for column, reason in row.faults
        ]
        self.stdout.write(json.dumps({**counts, "errors": errors}, ensure_ascii=False))


def _division(code):
    division = Division.objects.filter(code=code).first()
    if division is None:
        raise ValidationError(_("There is no division with the code “%(code)s”.") % {"code": code})
    return division


def _account(username):
    if username is None:
        return None
    account = User.objects.filter(username=username).first()
    if account is None:
        raise ValidationError(_("There is no account “%(name)s”.") % {"name": username})
    return account


def _count(counts, outcome):
    counts["rows"] += 1
    if outcome.verdict == Verdict.ERROR:
        counts["refused"] += 1
    else:
        counts["accepted"] += 1
        counts["repaired"] += outcome.draft.repaired
        counts[outcome.verdict] += 1


def _said(outcome, headings):
    draft = outcome.draft
    faults, remarks = (
        [(headings[name], sentence) for name, sentence in pairs]
        for pairs in (draft.faults, draft.remarks)
    )
    return Said(draft.number, draft.sheet_row, outcome.verdict, faults, remarks)


def _expect(batch, state):
    """Return the import as it is now.

    :raises ValidationError: with what went wrong if it is not in the state it should have reached.
    """
    batch = ImportBatch.objects.get(pk=batch.pk)
    if batch.state != state:
        raise ValidationError(batch.fault.split("\n"))
    return batch
