"""Evidence is taken from the registers, and what is decided on it is kept for good."""

from collections import defaultdict

from django.db import transaction

from grading.evaluation import facts_of, subject_of
from grading.models import Answer, Application, Decision, Ruling, Waiving
from grading.rules.evidence import digest_of, stored
from office import ledger

AT_A_TIME = 500


@transaction.atomic
def take_evidence(applications, *, today):
    """Store what the registers know of the applicants on the round's day; returns how many.

    A query for each series and so many people, not for each person. Ledger entries are written by
    the act that asks for the evidence.

    :param applications: rows of one round, ``with_all()``; they are written and changed in place.
    """
    rows = list(applications)
    for begin in range(0, len(rows), AT_A_TIME):
        some = rows[begin : begin + AT_A_TIME]
        as_of, subject = some[0].grading_round.as_of, subject_of(some[0].rules)
        facts = facts_of([row.applicant_id for row in some], as_of, subject=subject)
        for row in some:
            row.evidence, row.evidence_on = stored(facts[row.applicant_id]), today
            judge_anew(row)
        Application.objects.bulk_update(some, ["evidence", "evidence_on", "result"])
    return len(rows)


def judge_anew(application):
    """Bring ``result`` up to date with the evidence, answers and rulings; the caller saves it."""
    application.__dict__.pop("facts", None)
    application.result = application.judged_result()


def told_of_all(applications):
    """Return {application: everything a decision on it rests on, as plain values}.

    :param applications: rows of one round.
    """
    rows = list(applications)
    pks = [row.pk for row in rows]
    answers, rulings, waived = defaultdict(dict), defaultdict(dict), defaultdict(set)
    for one in Answer.objects.standing().filter(application__in=pks):
        answers[one.application_id][one.name] = one.answer
    for one in Ruling.objects.in_force().filter(application__in=pks):
        rulings[one.application_id][one.path] = one.result
    for one in Waiving.objects.granted().filter(application__in=pks):
        waived[one.application_id].add(one.path)
    above = [one.digest for one in versions_above(rows[0].grading_round.version)] if rows else []
    return {
        row.pk: {
            "version": row.grading_round.version.digest,
            "above": above,
            "level": row.level_code,
            "as_of": row.grading_round.as_of.isoformat(),
            "evidence": row.evidence,
            "answers": answers[row.pk],
            "rulings": rulings[row.pk],
            "waived": sorted(waived[row.pk]),
        }
        for row in rows
    }


def told_of(application):
    """Return everything a decision on an application rests on, as plain values."""
    return told_of_all([application])[application.pk]


def versions_above(version):
    """Return the versions it takes over from, the nearest first."""
    found = []
    while (version := version.parent) is not None:
        found.append(version)
    return found


def decision_on(application, kind, result, *, by, today, reason, rests_on=None, told=None):
    """Return a ``Decision`` that is not stored yet.

    :param rests_on: what it rests on beside the judgment: scores, place, objection, document.
    :param told: what ``told_of`` gives, where it was asked for many at once.
    """
    content = {**(told or told_of(application)), "result": result, "rests_on": rests_on or {}}
    return Decision(
        application=application,
        kind=kind,
        result=result,
        version=application.grading_round.version,
        content=content,
        digest=digest_of(content),
        reason=reason,
        by=by,
        on=today,
    )


def record_decision(application, kind, result, *, by, today, reason, rests_on=None):
    """Keep a decision; the ledger knows its digest. Returns it."""
    decision = decision_on(
        application, kind, result, by=by, today=today, reason=reason, rests_on=rests_on
    )
    decision.full_clean(exclude=["content"])
    decision.save()
    after = {"decision": decision.pk, "digest": decision.digest, "decided_as": result}
    ledger.append("grading.application.decide", application, by=by, reason=reason, after=after)
    return decision
