from datetime import date

from django_tasks import task

from office.models import User
from training.issuing import runs


@task()
def issue_run(pk, by, today):
    """Issue all certificates of a bulk issue."""
    runs.carry_out(pk, by=User.objects.get(pk=by), today=date.fromisoformat(today))
