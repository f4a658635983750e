from datetime import date

from django_tasks import task

from casework.imports import work
from office.models import User


@task()
def check_case_import(pk, by, today):
    work.check(pk, by=_account(by), today=date.fromisoformat(today))


@task()
def apply_case_import(pk, by, today):
    work.apply(pk, by=_account(by), today=date.fromisoformat(today))


@task()
def undo_case_import(pk, by, today):
    work.undo(pk, by=_account(by), today=date.fromisoformat(today))


def _account(pk):
    return User.objects.get(pk=pk) if pk else None
