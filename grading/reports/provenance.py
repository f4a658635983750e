"""Every decision computed anew from what was kept with it, and held against the ledger."""

import hashlib

from django.db.models import Q

from grading.actions.awarding import award_faults
from grading.actions.deciding import ELIGIBLE, NOT_ELIGIBLE
from grading.actions.judging import versions_above
from grading.flows.application import ApplicationState
from grading.models import Decision, RoundLevel
from grading.models.scheme import Subject
from grading.reports.reserve_orders import reserve_faults
from grading.rules.evidence import digest_of, facts_from
from grading.rules.judging import grade
from grading.rules.predicates import PASS
from office.models import LedgerEntry

DECIDED = "grading.application.decide"
AT_A_TIME = 500
# By these decisions something entered the register.
GIVEN = Q(kind=Decision.Kind.OUTCOME, result=ApplicationState.CONFIRMED) | Q(
    kind=Decision.Kind.ABOVE, result="granted"
)
BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def faults():
    """Yield a sentence for every decision or award that is not what it was; none proves all."""
    told, last, versions = told_decisions(), {}, {}
    yield from faults_of_the_ledger(told)
    rows = Decision.objects.select_related("version__parent__parent", "application")
    for decision in rows.order_by("pk").iterator(chunk_size=AT_A_TIME):
        version = versions.setdefault(decision.version_id, decision.version)
        for sentence in [*faults_of(decision, version), *_untold(decision, told)]:
            yield f"decision {decision.pk} on application {decision.application_id}: {sentence}"
        if decision.kind == Decision.Kind.ELIGIBILITY:
            last[decision.application_id] = decision
    for decision in last.values():
        yield from faults_of_the_state(decision)
    for version in versions.values():
        yield from faults_of_text(version)
    yield from faults_of_awards()
    yield from reserve_faults()
    yield from faults_of_the_register()


def faults_of(decision, version=None):
    """Return what is wrong with a decision by its own content: digest, version, result."""
    version, content = version or decision.version, decision.content
    try:
        found = [] if digest_of(content) == decision.digest else ["its content was altered"]
        if content["version"] != version.digest:
            found.append("it rests on another version of the rule set than it names")
        if content["above"] != [one.digest for one in versions_above(version)]:
            found.append("it rests on another rule set above its own than it names")
        if content["result"] != decision.result:
            found.append(f"“{decision.result}” was decided as “{content['result']}”")
        if decision.kind == Decision.Kind.ELIGIBILITY:
            found += _judged_otherwise(decision, version.rules)
    except BROKEN as error:
        return [f"it cannot be computed: {error!r}"]
    return found


def recomputed(content, scheme):
    """Return the result of judging stored content, from nothing but the content and the rule."""
    facts = facts_from(
        content["evidence"],
        answers=content["answers"],
        ruled=content["rulings"],
        waived=content["waived"],
    )
    if facts.as_of.isoformat() != content["as_of"]:
        raise ValueError("its evidence is of another day")
    return grade(scheme, content["level"], facts).result


def _judged_otherwise(decision, scheme):
    judged, content = recomputed(decision.content, scheme), decision.content
    found = []
    if judged != content["rests_on"]["judged"]:
        found.append(f"computed anew it is “{judged}”, not “{content['rests_on']['judged']}”")
    if decision.result not in (ELIGIBLE, NOT_ELIGIBLE):
        found.append(f"“{decision.result}” is no decision on eligibility")
    elif (judged == PASS) != (decision.result == ELIGIBLE):
        found.append(f"computed anew it is “{judged}”, which is not “{decision.result}”")
    return found


def told_decisions():
    """Return what the ledger tells of decisions, by their keys."""
    entries = LedgerEntry.objects.filter(act=DECIDED).order_by("sequence")
    rows = entries.values_list("sequence", "subject_id", "after")
    return {
        after.get("decision"): (sequence, subject, after.get("digest"), after.get("decided_as"))
        for sequence, subject, after in rows.iterator(chunk_size=AT_A_TIME)
    }


def faults_of_the_ledger(told):
    """Yield a sentence for every decision the ledger tells of that is no longer there."""
    kept = set(Decision.objects.values_list("pk", flat=True))
    for pk, (sequence, application, *_more) in told.items():
        if pk not in kept:
            yield (
                f"decision {pk} on application {application}: it was removed;"
                f" the ledger tells of it in entry {sequence}"
            )


def _untold(decision, told):
    if decision.pk not in told:
        return ["the ledger does not tell of it"]
    sequence, application, digest, result = told[decision.pk]
    if (application, digest, result) != (
        str(decision.application_id), decision.digest, decision.result,
    ):  # fmt: skip
        return [f"entry {sequence} of the ledger tells otherwise"]
    return []


def faults_of_the_state(decision):
    """Yield a sentence if an application stands otherwise than it was last decided."""
    application = decision.application
    if application.decided_on is None or application.state == ApplicationState.WITHDRAWN:
        return
    refused = application.state == ApplicationState.NOT_ELIGIBLE
    if refused != (decision.result == NOT_ELIGIBLE):
        yield (
            f"application {application.pk}: its state is “{application.state}”,"
            f" its last decision “{decision.result}”"
        )


def faults_of_text(version):
    """Yield a sentence for a text, or one it takes over from, that does not have its digest."""
    for one in [version, *versions_above(version)]:
        if hashlib.sha256(one.text.encode()).hexdigest() != one.digest:
            yield f"version {one.pk} of the rule set: its text was altered"


def faults_of_awards():
    """Yield what is wrong with every level whose places were given, its ranking worked out anew."""
    rows = RoundLevel.objects.exclude(award_digest="").select_related("grading_round__version")
    for round_level in rows.order_by("pk"):
        for sentence in award_faults(round_level):
            yield f"award of level {round_level.pk}: {sentence}"


def faults_of_the_register():
    """Yield what the register does not have as it was decided: stars, and titles given."""
    rows = Decision.objects.filter(GIVEN).order_by("pk")
    bodies = rows.filter(application__is_of_body=True)
    for decision in bodies.select_related("application__star_rating"):
        said = decision.content["rests_on"].get("stars")
        rating = decision.application.star_rating
        at = f"application {decision.application_id}"
        if rating is None:
            yield f"{at}: {said} stars were decided and are not in the register"
        elif rating.organization_id != decision.application.organization_id:
            yield f"{at}: its stars are another organisation's in the register"
        elif rating.stars != said:
            yield f"{at}: the register has {rating.stars} stars, {said} were decided"
    titles = rows.filter(version__scheme__subject=Subject.TITLE)
    for decision in titles.select_related("application__grade"):
        if "higher_level_kept" in decision.content["rests_on"]:
            continue
        grade_given = getattr(decision.application, "grade", None)
        if grade_given is None or grade_given.code != decision.content["level"]:
            yield f"application {decision.application_id}: the title decided was not given"
