from datetime import date

from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend

from office.models import User
from training.issuing import runs

# So many take some seconds, for each is drawn and sealed.
MOST_IN_A_REQUEST = 80


@task()
def issue_run(pk, by, today):
    """Issue the certificates of a bulk issue."""
    officer = User.objects.get(pk=by)
    runs.carry_out(pk, by=officer, today=date.fromisoformat(today), most=most_at_once())


def most_at_once():
    """Return how many are issued at once where no worker does it; None where one does."""
    is_within_a_request = isinstance(issue_run.get_backend(), ImmediateBackend)
    return MOST_IN_A_REQUEST if is_within_a_request else None
