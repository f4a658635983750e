"""Load the product's questions: ``manage.py load_questions FILE [--reviewer USERNAME]``."""

import json
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from training import actions
from training.management.places import account, bank_division


class Command(BaseCommand):
    help = (
        "Loads questions that come with the product. In use at once with --reviewer, the account "
        "of the officer who answers for them; without, they wait for approval on the desk."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="a JSON file such as fixtures/questions.json")
        parser.add_argument("--division", help="code of the division whose bank they enter")
        parser.add_argument("--reviewer", metavar="USERNAME", help="who answers for them")

    def handle(self, *args, **options):
        with translation.override(settings.LANGUAGE_CODE):
            try:
                added = self._run(options)
            except ValidationError as refusal:
                raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(json.dumps({"added": added}))

    def _run(self, options):
        division = bank_division(options["division"])
        reviewer = account(options["reviewer"])
        if reviewer and not may_review(reviewer, division):
            raise ValidationError(_("This account may not approve questions there."))
        content = json.loads(Path(options["file"]).read_text(encoding="utf-8"))
        return actions.load_questions(
            content,
            division=division,
            by=reviewer,
            reviewer=reviewer,
            today=timezone.localdate(),
        )


def may_review(user, division):
    """Whether an account approves questions of the bank of a division."""
    permission = "training.review_question"
    divisions = type(division).objects.within(user, permission)
    return user.has_perm(permission) and divisions.filter(pk=division.pk).exists()
