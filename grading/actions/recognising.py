"""Levels given elsewhere, or under an old scale, are recognised: on a document, by two officers."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.giving import follow
from grading.flows.recognition import its_version_is_in_force
from grading.models import Grade, Recognition
from office import ledger
from office.flow import Refused, taking
from registry.actions.levels import follow_level
from registry.models import Mediator
from registry.rules import enclosing

PROPOSE = "grading.add_recognition"
LONGEST_SOURCE = 120


@transaction.atomic
def propose_recognition(*, by, today, reason, mediator, version, code, **fields):
    """Propose that a level given elsewhere counts as one of the own scale; returns the proposal.

    :param fields: ``old_level``, ``given_by``, ``document``, ``dated``, ``from_on``, ``until_on``;
        ``scale`` and ``old_code`` where the rule maps the level, ``departure`` where it counts
        otherwise than that.
    :raises Refused: with all that stands against it, or if the person is not the officer's.
    """
    people = Mediator.objects.within(by, PROPOSE)
    if not people.filter(pk=mediator.pk).exists():
        raise Refused({"mediator": _("This person is not entered in your area.")})
    level = next((one for one in version.rules.levels if one.code == code), None)
    if level is None:
        raise Refused({"level": _("The rule set has no such level.")})
    if version.scheme.division_id not in enclosing(mediator.division_id):
        raise Refused({"level": _("This rule set does not hold where the person is entered.")})
    made = Recognition(
        mediator=mediator, version=version, code=code, label=level.label, proposed_by=by,
        proposed_on=today, **fields,
    )  # fmt: skip
    if found := [*its_version_is_in_force(made, today), *made.bars(today)]:
        raise Refused(found)
    made.full_clean()
    made.save()
    after = ledger.filled(made)
    ledger.append("grading.recognition.add", made, by=by, reason=reason, after=after)
    return made


@transaction.atomic
def confirm_recognition(pk, *, by, today, reason):
    """Recognise a level as the second officer: it begins on its day, in the register as well.

    The level held until then ends on that day and answers for the days before.

    :raises Refused: to the officer who proposed it, or if something stands against it by now.
    """
    Mediator.objects.select_for_update(of=("self",)).get(recognitions=pk)
    note = {"by": by, "today": today, "reason": reason}
    rows = Recognition.objects.select_related("mediator", "version__scheme")
    with taking("confirm", rows, pk, **note) as recognition:
        if recognition.proposed_by_id == by.pk:
            raise Refused(_("Whoever proposed it does not decide on it. Ask a colleague."))
        recognition.grade = _given(recognition, **note)
        recognition.decided_by, recognition.decided_on = by, today
    return recognition


def drop_recognition(pk, *, by, today, reason):
    """Do not recognise a level; the proposal stays to be read."""
    with taking("drop", Recognition.objects, pk, by=by, today=today, reason=reason) as recognition:
        recognition.decided_by, recognition.decided_on = by, today
    return recognition


def _given(recognition, *, by, today, reason):
    """Let the level begin in the register and as a grade; returns the grade."""
    standing = Grade.objects.standing().levels().filter(mediator=recognition.mediator_id)
    standing = standing.order_by("pk")
    before = list(standing.select_for_update(of=("self",)).select_related("mediator"))
    if any(one.from_on >= recognition.from_on for one in before):
        raise Refused(_("The level held now began on this day or later."))
    follow(before, by=by, on=recognition.from_on, reason=reason)
    source = f"{recognition.given_by} {recognition.document}"[:LONGEST_SOURCE]
    holding = follow_level(
        recognition.mediator_id, by=by, today=today, reason=reason, level=recognition.level,
        from_on=recognition.from_on, until_on=recognition.last_day, source=source,
    )  # fmt: skip
    grade = Grade(
        mediator=recognition.mediator, version=recognition.version, code=recognition.code,
        label=recognition.label, holding=holding, from_on=recognition.from_on,
        until_on=recognition.last_day, recheck_on=recognition.recheck_on,
    )  # fmt: skip
    grade.full_clean()
    grade.save()
    after = ledger.filled(grade)
    ledger.append("grading.grade.give", grade, by=by, reason=reason, after=after)
    return grade
