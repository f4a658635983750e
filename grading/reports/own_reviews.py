"""What people are told of their own annual review, and what it adds to their page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from grading.flows.review import CycleState, SheetState
from grading.models import ReviewSheet
from office.workbench import Place, Task

S, C = SheetState, CycleState
ANNOUNCED = {C.NOTICE, C.DECIDED, C.APPLIED, C.ARCHIVED}
WITH_A_RESULT = {S.NOTICE, S.OBJECTED, S.DECIDED, S.NOT_GRADED, S.REPLACED}
# The bureau's own business until the results are on public notice.
UNTOLD = {S.PROPOSED, S.NOT_GRADED}
TONES = {S.SELF: "warn", S.NOTICE: "warn", S.OBJECTED: "warn", S.DECIDED: "ok", S.REPLACED: ""}


def is_told(sheet):
    """Whether the person may read the result: once it is on public notice."""
    return sheet.state in WITH_A_RESULT and sheet.cycle.state in ANNOUNCED


def told_state(sheet):
    """Return (words, tone) of how the own sheet stands."""
    if sheet.state in UNTOLD and not is_told(sheet):
        return str(S.BUREAU.label), "info"
    return sheet.get_state_display(), TONES.get(sheet.state, "info")


def is_mine_to_write(sheet, today):
    """Whether the self-review may be written and handed in."""
    cycle = sheet.cycle
    return sheet.state == S.SELF and cycle.state == C.SELF and today <= cycle.self_until


def is_mine_to_sign(sheet):
    """Whether the result waits for the person's word."""
    is_open = sheet.cycle.state in ANNOUNCED - {C.ARCHIVED}
    return is_open and sheet.state in (S.NOTICE, S.DECIDED) and sheet.signed_on is None


def is_mine_to_contest(sheet, today):
    """Whether the person may still object; who has signed may do so as well."""
    on_notice = sheet.state == S.NOTICE and sheet.cycle.state == C.NOTICE
    return on_notice and sheet.cycle.notice is not None and sheet.cycle.notice.is_running(today)


def reviews_on_my_page(user, today):
    """Return what waits for the person of the own reviews, and the place of them all."""
    rows = ReviewSheet.objects.own(user).select_related("cycle__notice").defer("content")
    sheets = list(rows.order_by("-cycle__until_on", "-pk"))
    if not sheets:
        return []
    tasks = [task for sheet in sheets if (task := _task(sheet, today))]
    return [*tasks, Place(_("My annual reviews"), reverse("my_reviews"), sheets[0].cycle.title)]


def _task(sheet, today):
    named = {"review": sheet.cycle.title}
    if is_mine_to_write(sheet, today):
        url = reverse("my_self_review", args=[sheet.pk])
        label = _("Self-review due: %(review)s") % named
        return Task(label, url, _("not handed in yet"), sheet.cycle.self_until, "warn")
    if is_mine_to_sign(sheet):
        url = reverse("my_review", args=[sheet.pk])
        label = _("Review to sign: %(review)s") % named
        if is_mine_to_contest(sheet, today):
            return Task(label, url, _("sign it, or object"), sheet.cycle.notice.ends_on, "warn")
        return Task(label, url, _("not signed yet"))
    return None
