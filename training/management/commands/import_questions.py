"""Import questions: ``manage.py import_questions FILE [--division CODE]``."""

import json
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from training import actions
from training.actions.question_imports import judged
from training.formats.reading import read_questions
from training.management.places import account, bank_division
from training.models import QuestionVerdict, Topic
from training.rules.remarks import sentences


class Command(BaseCommand):
    help = "Import questions from GIFT, Aiken, Moodle XML, .xlsx or CSV; ends in one JSON object."

    def add_arguments(self, parser):
        parser.add_argument("file", help="a GIFT, Aiken, Moodle XML, .xlsx or CSV file")
        parser.add_argument("--division", help="code of the division whose bank it enters")
        parser.add_argument("--topic", default="other", help="topic where the file names none")
        parser.add_argument("--by", metavar="USERNAME", help="the account that answers for it")
        parser.add_argument("--check", action="store_true", help="only check; write nothing")

    def handle(self, *args, **options):
        with translation.override(settings.LANGUAGE_CODE):
            try:
                said = self._run(options, timezone.localdate())
            except ValidationError as refusal:
                raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(json.dumps(said, ensure_ascii=False))

    def _run(self, options, today):
        path = Path(options["file"])
        if not path.is_file():
            raise ValidationError(_("There is no file “%(path)s”.") % {"path": path})
        division, by = bank_division(options["division"]), account(options["by"])
        data = path.read_bytes()
        if options["check"]:
            return _told(judged(read_questions(data, path.name), division=division, on=today))
        batch = actions.check_questions(
            data,
            name=path.name,
            division=division,
            topic=_topic(options["topic"]),
            valid_from_on=today,
            by=by,
            today=today,
        )
        told = _told(list(batch.lines.all()))
        if batch.ready + batch.flagged:
            actions.enter_questions(batch.pk, by=by, today=today)
        else:
            reason = _("The file holds no new question.")
            actions.drop_questions(batch.pk, by=by, today=today, reason=reason)
        return told


def _topic(code):
    topic = Topic.objects.filter(code=code).first()
    if topic is None:
        raise ValidationError(_("There is no topic with the code “%(code)s”.") % {"code": code})
    return topic


def _told(lines):
    """Return the counts, and what was found, line by line, in sentences."""
    counts = {
        str(verdict): sum(line.verdict == verdict for line in lines) for verdict in QuestionVerdict
    }
    questions = [
        {"line": line.line, "result": str(line.verdict), "said": sentences(line.remarks)}
        for line in lines
        if line.remarks
    ]
    return {"questions": len(lines), **counts, "lines": questions}
