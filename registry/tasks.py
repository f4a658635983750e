"""What the register does in the background; each wrapper makes one call."""

from datetime import date

from django.core.mail import send_mass_mail
from django_tasks import task

from office.models import User
from registry.editions import making
from registry.imports import work


@task()
def check_import(pk, by, today):
    work.check(pk, by=_account(by), today=date.fromisoformat(today))


@task()
def apply_import(pk, by, today):
    work.apply(pk, by=_account(by), today=date.fromisoformat(today))


@task()
def undo_import(pk, by, today):
    work.undo(pk, by=_account(by), today=date.fromisoformat(today))


@task()
def make_edition(pk, by, today):
    making.make(pk, by=_account(by), today=date.fromisoformat(today))


def _account(pk):
    return User.objects.get(pk=pk) if pk else None


@task()
def send_messages(messages):
    """Send e-mails given as (subject, text, from, addresses)."""
    send_mass_mail([tuple(message) for message in messages])
