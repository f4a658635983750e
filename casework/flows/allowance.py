"""The life of an allowance run: drawn up, approved by a second officer, paid."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.flow import Flow, Step, guard


class AllowanceState(models.TextChoices):
    DRAFT = "draft", _("draft")
    APPROVAL = "approval", _("awaiting approval")
    APPROVED = "approved", _("approved, to be paid")
    PAID = "paid", _("paid")
    CANCELLED = "cancelled", _("cancelled")


A = AllowanceState


@guard(_("There is nothing to be paid in this run."))
def there_is_something_to_pay(run, today):
    return run.lines.standing().exists()


@guard(_("The total kept with the run is not that of its lines."))
def total_adds_up(run, today):
    return run.recounted() == run.total


@guard(_("A performance line still awaits its second officer."))
def performance_is_approved(run, today):
    return not run.lines.standing().filter(kind="performance", approved_by=None).exists()


@guard(_("The period has not ended yet."))
def period_is_over(run, today):
    return run.until_on <= today


WHOLE = [there_is_something_to_pay, performance_is_approved, total_adds_up]
ALLOWANCE = Flow(
    Step("submit", _("Submit for approval"), A.DRAFT, A.APPROVAL, period_is_over, *WHOLE),
    Step("approve", _("Approve"), A.APPROVAL, A.APPROVED, *WHOLE),
    Step("send_back", _("Return with reasons"), [A.APPROVAL, A.APPROVED], A.DRAFT),
    Step("pay", _("Record the payment"), A.APPROVED, A.PAID, total_adds_up),
    Step("cancel", _("Cancel"), A.DRAFT, A.CANCELLED),
    editable=[A.DRAFT],
)
