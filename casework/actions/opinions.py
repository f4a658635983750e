"""Parties are visited, or handed a code, and say what they thought of the mediation."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from casework.actions.taking_part import refuse_who_mediated
from casework.flows import CLOSED, CodeState
from casework.models import (
    CaseRecord,
    CaseworkKey,
    CaseworkPolicy,
    Channel,
    Opinion,
    OpinionCode,
    Outcome,
)
from casework.queries import COUNTING
from office import ledger
from office.clocks import Calendar, due
from office.flow import Refused, taking
from office.personal import keyed_hash
from office.receipts import new_code
from registry.actions.entering import entered


@transaction.atomic
def record_visit(
    pk, *, by, today, side, outcome, means, visited_on, score=None, comment="", reason=""
):
    """Note what came of asking one party of a case; returns the opinion.

    An answer takes the place of a code the party still holds: the code is taken back.

    :raises Refused: if the case is not closed, the officer mediated it, the day cannot be right,
        or every party of the side has given its opinion.
    """
    case = _locked(pk, by)
    codes = list(case.opinion_codes.select_for_update().filter(side=side).order_by("pk"))
    if not case.closed_on <= visited_on <= today:
        raise Refused(_("A visit lies after the end of the mediation, and not ahead."))
    if outcome == Outcome.REACHED:
        running = [code for code in codes if _is_running(code, today)]
        surplus = _taken(case, side) + 1 + len(running) - places_of(case, side)
        if surplus > len(running):
            raise Refused(_("Every party of this side has given its opinion already."))
        for code in running[len(running) - max(surplus, 0) :]:
            revoke_code(code.pk, by=by, today=today, reason="")
    opinion = Opinion(
        case=case,
        channel=Channel.VISIT,
        means=means,
        side=side,
        outcome=outcome,
        score=score,
        comment=comment,
        given_on=visited_on,
        visited_by=by,
    )
    return entered(opinion, by=by, reason=reason, act="visit")


@transaction.atomic
def issue_code(pk, *, by, today, side, reason=""):
    """Make a code for a party of a case; returns the row and the code, which is not kept.

    :raises Refused: if the case is not closed, the officer mediated it, no policy sets how long
        codes are valid, or the parties of the side hold as many codes as they may.
    """
    case = _locked(pk, by)
    held = sum(_is_running(code, today) for code in case.opinion_codes.filter(side=side))
    if _taken(case, side) + held >= places_of(case, side):
        raise Refused(_("Every party of this side has given its opinion or holds a code."))
    code = new_code()
    policy = ruling(CaseworkKey.SURVEY_DAYS, case.division_id, today)
    row = OpinionCode(
        case=case,
        side=side,
        code_hash=hash_of(code),
        policy=policy,
        issued_by=by,
        issued_on=today,
        last_on=_last_day(policy, today),
    )
    row.full_clean()
    row.save()
    told = {name: value for name, value in ledger.filled(row).items() if name != "code_hash"}
    ledger.append("casework.opinioncode.hand_out", row, by=by, reason=reason, after=told)
    return row, code


def revoke_code(pk, *, by, today, reason):
    """Take a code back that was not used; who has it is told the same as of an unknown one."""
    with taking("revoke", OpinionCode.objects, pk, by=by, today=today, reason=reason) as code:
        pass
    return code


def find_code(text, *, today):
    """Return the row of a code that can be used or was; None for all others alike."""
    rows = OpinionCode.objects.select_related("case__organization", "case__dispute_type")
    found = rows.filter(code_hash=hash_of(text)).first()
    if found is None or found.case.state not in COUNTING:
        return None
    is_over = found.state == CodeState.REVOKED or (
        found.state == CodeState.ISSUED and today > found.last_on
    )
    return None if is_over else found


@transaction.atomic
def give_opinion(pk, *, today, score, comment=""):
    """Take the opinion of whoever holds a code, once; neither name nor mark goes to the ledger.

    :raises Refused: if the code was used, taken back, or is too old.
    """
    # The case before the code, as a visit locks them: the new row refers to the case.
    CaseRecord.objects.select_for_update(of=("self",)).get(opinion_codes=pk)
    with taking("use", OpinionCode.objects, pk, by=None, today=today) as code:
        opinion = Opinion(
            case=code.case,
            channel=Channel.CODE,
            side=code.side,
            outcome=Outcome.REACHED,
            score=score,
            comment=comment,
            code=code,
            given_on=today,
        )
        opinion.full_clean()
        opinion.save()
    return opinion


def places_of(case, side):
    """Return how many opinions a side may give: one for each party, or one if none is named."""
    return max(case.parties.filter(side=side).count(), 1)


def ruling(key, division_id, today):
    """Return the figure in force. :raises Refused: if the bureau has set none."""
    try:
        return CaseworkPolicy.objects.ruling(key, division_id=division_id, on=today)
    except CaseworkPolicy.DoesNotExist:
        raise Refused(_("No policy sets this figure. Set it under “policies” first.")) from None


def hash_of(code):
    """Return the hash a code is found by; case, width, blanks and dashes make no difference."""
    return keyed_hash(code, "casework.opinion.code") or "-"


def _locked(pk, by):
    """Lock a closed case. :raises Refused: if it is not closed, or the officer mediated it."""
    case = CaseRecord.objects.select_for_update(of=("self",)).get(pk=pk)
    if case.state not in CLOSED:
        raise Refused(_("Parties are asked once the mediation is over."))
    refuse_who_mediated(case, by)
    return case


def _taken(case, side):
    return case.opinions.scored().filter(side=side).count()


def _is_running(code, today):
    return code.state == CodeState.ISSUED and today <= code.last_on


def _last_day(policy, today):
    deadline = due(Calendar.load(), today, policy.term)
    # A party need not wait for the calendar of next year: calendar days are never too many here.
    return deadline.due_on or today + timedelta(days=policy.amount)
