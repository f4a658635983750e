"""The results of a cycle: proposed by one officer, put before the public, decided by another."""

from django.utils.translation import gettext as _

from grading.actions.announcing import bar_personal_numbers
from grading.actions.consequences import open_consequences
from grading.actions.review_judging import lower
from grading.actions.review_moving import locked_sheets, move_all, tell_all
from grading.actions.review_placing import places_of
from grading.actions.review_years import bar_stale
from grading.flows.review import SheetState
from grading.models import ReviewCycle
from grading.notices.review_announcements import review_announcement
from grading.rules.review_notice import Term, notice_of, objection_of
from grading.rules.reviews import bands_of
from grading.rules.unknown import is_known
from office.clocks import Calendar, Unit, due
from office.clocks import Term as Clock
from office.flow import Refused, taking
from registry.actions.notices import draft_notice, last_day, publish_notice

KIND = "review"
S = SheetState
CURRENT = [S.PROPOSED, S.NOT_GRADED]


def _cycles():
    return ReviewCycle.objects.select_related(
        "version__parent", "version__scheme", "division", "notice"
    )


def propose_results(pk, *, by, today, reason, order=()):
    """Propose the results of a cycle: the quota is counted over all its sheets.

    :param order: keys of sheets whose equals at the cut an officer puts in order, best first.
    :raises Refused: if a sheet has no result, or the rule leaves it open who comes first.
    """
    with taking("propose", _cycles(), pk, by=by, today=today, reason=reason) as cycle:
        rows = locked_sheets(cycle.sheets.filter(state__in=CURRENT))
        bar_stale(rows)
        bands = places_of(cycle, rows, order=order)
        lowered = [row for row in rows if row.pk in bands and bands[row.pk] != row.band]
        for row in lowered:
            lower(row, bands[row.pk])
        tell_all("lower", lowered, by=by, reason=reason)
        cycle.proposed_by = by
    return cycle


def take_back_results(pk, *, by, today, reason):
    """Take the proposal back: everybody has the band by points again."""
    with taking("take_back", _cycles(), pk, by=by, today=today, reason=reason) as cycle:
        rows = locked_sheets(cycle.sheets.filter(state=S.PROPOSED))
        lowered = [row for row in rows if row.band != row.band_earned]
        for row in lowered:
            lower(row, row.band_earned)
        tell_all("raise", lowered, by=by, reason=reason)
        cycle.proposed_by = None
    return cycle


def announce_results(pk, *, by, today, reason):
    """Put everybody who has a band on public notice, for the term of the rule or of a policy.

    Whoever has no result is not named; the sheet goes on all the same.

    :raises Refused: if nobody has a result, or the text would tell a personal number.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("announce", _cycles(), pk, **note) as cycle:
        rows = locked_sheets(cycle.sheets.filter(state=S.PROPOSED))
        named = _in_the_order_of_the_notice(cycle, rows)
        if not named:
            raise Refused(_("Nobody has a result: there is nothing to put on public notice."))
        title, body = review_announcement(cycle, named)
        bar_personal_numbers(title, body)
        move_all("announce", rows, by=by, reason=reason)
        notice = draft_notice(
            kind=KIND, title=title, body=body, division=cycle.division, subject=cycle, **note
        )
        cycle.notice = publish_notice(notice.pk, **_term_of(cycle), **note)
    return cycle


def _in_the_order_of_the_notice(cycle, rows):
    names = [one.label for one in bands_of(cycle.rules)]
    graded = [row for row in rows if row.score is not None]
    return sorted(graded, key=lambda row: (names.index(row.band), row.organization_id, row.pk))


def _term_of(cycle):
    """Return the term of the notice and the text that sets it; empty where a policy is asked."""
    term = notice_of(cycle.rules)
    if not isinstance(term, Term) or not term.is_known:
        return {}
    number = cycle.rules.document.get("doc_no")
    text = f"{cycle.version.scheme.title} {number if is_known(number) else ''}"
    return {"term": _clock(term), "rests_on": text.strip()[:200]}


def _clock(term):
    return Clock(term.days, Unit(term.day_kind))


def last_day_to_object(cycle):
    """Return until when people object to their results: by the rule, else as the notice runs."""
    term = objection_of(cycle.rules)
    if not isinstance(term, Term) or not term.is_known:
        return cycle.notice.ends_on
    return last_day(due(Calendar.load(), cycle.notice.starts_on, _clock(term)))


def decide_results(pk, *, by, today, reason):
    """Decide the results as another officer; what the rule has follow from them is opened.

    Either all sheets are decided with all that follows, or none.

    :raises Refused: if a guard says no, or the same officer proposed them.
    """
    note = {"by": by, "today": today, "reason": reason}
    with taking("decide", _cycles(), pk, **note) as cycle:
        if cycle.proposed_by_id == by.pk:
            raise Refused(_("Whoever proposed the results does not decide them. Ask a colleague."))
        if today <= last_day_to_object(cycle):
            raise Refused(_("The time to object is not over."))
        rows = locked_sheets(cycle.sheets.filter(state=S.NOTICE))
        move_all("decide", rows, by=by, reason=reason, decided_by=by, decided_on=today)
        open_consequences(rows, by=by, reason=reason)
        cycle.decided_by, cycle.decided_on = by, today
    return cycle


def apply_results(pk, *, by, today, reason):
    """Note that everything that follows is settled."""
    with taking("apply", _cycles(), pk, by=by, today=today, reason=reason) as cycle:
        pass
    return cycle
