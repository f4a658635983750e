"""Eligibility is decided by a second officer; clauses are overruled by two, waivers granted."""

from django.utils.translation import gettext as _

from grading.actions.acting import approvers_of, bars, by_another, require, reviewed
from grading.actions.judging import judge_anew, record_decision
from grading.models import Application, Decision, Ruling, Waiving
from grading.rules.judging import BLOCKED, NOT_OPEN
from grading.rules.predicates import FAIL, PASS, UNKNOWN
from office.flow import Refused, taking

ELIGIBLE, NOT_ELIGIBLE = "eligible", "not_eligible"


def find_eligible(pk, *, by, today, reason):
    """Find an applicant eligible who passes by the rule and all rulings."""
    return _decide("find_eligible", pk, ELIGIBLE, by=by, today=today, reason=reason)


def find_ineligible(pk, *, by, today, reason):
    """Find an applicant not eligible who does not pass by the rule and all rulings."""
    return _decide("find_ineligible", pk, NOT_ELIGIBLE, by=by, today=today, reason=reason)


def _decide(name, pk, result, *, by, today, reason):
    rows = Application.objects.with_all()
    with taking(name, rows, pk, by=by, today=today, reason=reason) as application:
        require(application, name, by)
        if reasons := bars(by, application, name):
            raise Refused(reasons)
        judge_anew(application)
        _can_be_judged(application)
        application.decided_by, application.decided_on = by, today
        application.ended_on = today if result == NOT_ELIGIBLE else None
        record_decision(
            application, Decision.Kind.ELIGIBILITY, result, by=by, today=today, reason=reason,
            rests_on={"judged": application.result},
        )  # fmt: skip
    return application


def _can_be_judged(application):
    """:raises Refused: if there is nothing to judge by; such a thing speaks against nobody."""
    if not application.evidence:
        raise Refused(_("No evidence has been taken yet."))
    if application.result in (BLOCKED, NOT_OPEN):
        raise Refused(_("The rule does not say enough to judge anybody for this level."))


def reopen(pk, *, by, today, reason):
    """Have eligibility decided anew; the decision that was taken is kept."""
    rows = Application.objects.with_all()
    with taking("reopen", rows, pk, by=by, today=today, reason=reason) as application:
        require(application, "reopen", by)
        application.decided_by = application.decided_on = application.ended_on = None
        judge_anew(application)
    return application


def leaves_of(application):
    """Return the single conditions of the judgment by their paths, as the rule answers them."""
    leaves = application.judgment().leaves()
    return {leaf.path: leaf for leaf in leaves if leaf.path.endswith(f".{leaf.kind}")}


def overrule_clause(pk, *, path, result, by, today, reason):
    """Decide one condition otherwise than the rule does; it waits for a second officer."""
    given = {"by": by, "today": today, "reason": reason, "permission": "overrule"}
    with reviewed("overrule", pk, **given) as (application, after):
        leaf = _overrulable(application, path, result)
        made = Ruling(
            application=application, path=path, clause=leaf.clause[:120], was=leaf.result,
            result=result, reason=reason, by=by, on=today,
        )  # fmt: skip
        made.full_clean()
        made.save()
        after |= {"clause_ruled": leaf.clause or path, "ruled_as": result}
    return made


def _overrulable(application, path, result):
    _can_be_judged(application)
    leaf = leaves_of(application).get(path)
    if leaf is None or leaf.result == UNKNOWN or result not in (PASS, FAIL):
        raise Refused(_("The rule has no such condition for this level."))
    if leaf.result == result:
        raise Refused(_("By the rule it counts as this already."))
    if application.rulings.filter(path=path, dropped_on=None).exists():
        raise Refused(_("There is a ruling on this condition already."))
    return leaf


def confirm_ruling(pk, *, ruling, by, today, reason):
    """Put a ruling into force as the second officer."""
    given = {"by": by, "today": today, "reason": reason, "permission": "confirm_ruling"}
    with reviewed("confirm_ruling", pk, **given) as (application, after):
        found = _ruling(application.rulings.waiting(), ruling)
        by_another(found.by_id, by)
        found.confirmed_by, found.confirmed_on = by, today
        found.save(update_fields=["confirmed_by", "confirmed_on"])
        after |= {"clause_ruled": found.clause or found.path, "ruled_as": found.result}
    return found


def drop_ruling(pk, *, ruling, by, today, reason):
    """Take a ruling back as another officer than the one who made it; it is kept."""
    given = {"by": by, "today": today, "reason": reason, "permission": "confirm_ruling"}
    with reviewed("drop_ruling", pk, **given) as (application, after):
        found = _ruling(application.rulings.filter(dropped_on=None), ruling)
        by_another(found.by_id, by)
        found.dropped_on = today
        found.save(update_fields=["dropped_on"])
        after |= {"clause_ruled": found.clause or found.path}
    return found


def _ruling(rows, ruling):
    found = rows.filter(pk=getattr(ruling, "pk", ruling)).first()
    if found is None:
        raise Refused(_("There is no such ruling any more."))
    return found


def grant_waiver(pk, *, path, by, today, reason):
    """Grant a waiver of the rule for one condition; it waits for a second officer.

    Officers of its approver do both, and it always shows.

    :param path: the id of the condition, as the rule names it among its waivers.
    """
    given = {"by": by, "today": today, "reason": reason, "permission": "answer"}

    def approver(application):
        if path not in approvers_of(application.rules):
            raise Refused(_("The rule has no waiver of this condition."))
        return approvers_of(application.rules)[path]

    with reviewed("grant_waiver", pk, body=approver, **given) as (application, after):
        if application.waivings.standing().filter(path=path).exists():
            raise Refused(_("This waiver was granted already."))
        made = Waiving(application=application, path=path, reason=reason, by=by, on=today)
        made.full_clean()
        made.save()
        after["condition_waived"] = path
    return made


def confirm_waiver(pk, *, path, by, today, reason):
    """Put a waiver into force as the second officer of its approver."""
    given = {"by": by, "today": today, "reason": reason, "permission": "answer"}

    def approver(application):
        return approvers_of(application.rules).get(path, application.deciding_body)

    with reviewed("confirm_waiver", pk, body=approver, **given) as (application, after):
        found = application.waivings.standing().filter(path=path, confirmed_on=None).first()
        if found is None:
            raise Refused(_("This waiver was not granted."))
        by_another(found.by_id, by)
        found.confirmed_by, found.confirmed_on = by, today
        found.save(update_fields=["confirmed_by", "confirmed_on"])
        after["condition_waived"] = path
    return found


def take_back_waiver(pk, *, path, by, today, reason):
    """Take a waiver back; that it was granted is kept."""
    given = {"by": by, "today": today, "reason": reason, "permission": "answer"}

    def approver(application):
        return approvers_of(application.rules).get(path, application.deciding_body)

    with reviewed("take_back_waiver", pk, body=approver, **given) as (application, after):
        if not application.waivings.standing().filter(path=path).update(replaced_on=today):
            raise Refused(_("This waiver was not granted."))
        after["condition_waived"] = path
