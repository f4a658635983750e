"""The stages an application goes through: who acts, on what, how it may end, how long (P24)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from grading.rules import spelling
from grading.rules.scheme import SchemeFault, exact
from grading.rules.unknown import UNK, is_known

AT = "stages"
PASS, RETURN, REJECT, FORWARD = DECISIONS = ("pass", "return", "reject", "forward")
# Where a decision leads that leads to no other stage.
END, RETURNED, REJECTED, FORWARDED = "end", "returned", "rejected", "forwarded"
ENDS = {RETURN: RETURNED, REJECT: REJECTED, FORWARD: FORWARDED}
INPUTS = ("in", "inputs", "needs")
DAYS = ("days", "time_limit", "limit_days")


APPLICANTS = ("mediator", "applicant", "person", "人民调解员", "本人")
# Parts of codes by which a rule means the organisation the applicant mediates for.
OF_THE_APPLICANT = (
    "organization", "organisation", "mediation_committee", "mediation_body", "调解组织", "调委会",
)  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """A stage; what the rule does not say of it is UNK. ``to`` says where decisions lead."""

    id: str
    actor: object
    inputs: object = ()
    decisions: object = UNK
    days: object = UNK
    day_kind: object = UNK
    to: tuple = ()


def stages(scheme):
    """Return the stages in their order.

    :raises SchemeFault: with everything that is wrong with them.
    """
    if found := stage_faults(scheme):
        raise SchemeFault(found)
    return tuple(_stage(row) for row in scheme.rows(AT))


def next_stage(scheme, current, decision=PASS):
    """Return the stage a decision leads to, or how it ends without one.

    That is ``end`` after the last stage, ``returned``, ``rejected``, ``forwarded``; ``UNK`` if the
    rule does not know its stages or this decision.

    :param current: the stage decided in, None for whoever has just applied.
    :raises SchemeFault: if there is no such stage, or it has no such decision.
    """
    if not is_known(scheme.document.get(AT)):
        return "UNK"
    every = stages(scheme)
    ids = [stage.id for stage in every]
    if current is None:
        return ids[0] if ids else END
    if current not in ids:
        raise spelling.fault(AT, _("There is no stage “%s”.") % current)
    stage = every[ids.index(current)]
    if decision not in DECISIONS or (
        stage.decisions is not UNK and decision not in stage.decisions
    ):
        raise spelling.fault(f"{AT}.{current}", _("“%s” is no decision of this stage.") % decision)
    if decision in dict(stage.to):
        found = dict(stage.to)[decision]
        return "UNK" if found is UNK else found
    return ENDS.get(decision) or ([*ids, END][ids.index(current) + 1])


def is_sent_in_by_the_organization(scheme):
    """Whether the applicant's organisation acts before the first officer does.

    A rule that leaves its stages open asks for nothing; of decisions nothing is asked here.
    """
    for row in scheme.rows(AT):
        written = row.get("actor") if isinstance(row, dict) else None
        actor = str(written).lower() if is_known(written) else ""
        if any(part in actor for part in OF_THE_APPLICANT):
            return True
        if actor not in APPLICANTS:
            return False
    return False


def stage_faults(scheme):
    """Return what is wrong with the stages, as pairs of a path and a sentence."""
    rows = scheme.rows(AT)
    ids = [str(row.get("id")) for row in rows if isinstance(row, dict)]
    found = []
    for place, row in enumerate(rows):
        at = f"{AT}[{place}]"
        if not isinstance(row, dict) or not is_known(row.get("id")):
            found.append((at, _("A stage needs a name: “id”.")))
        else:
            found += [(f"{at}{key}", sentence) for key, sentence in _faults(row, ids)]
    return found


def _faults(row, ids):
    if ids.count(str(row["id"])) > 1:
        yield ".id", _("“%s” stands here twice.") % row["id"]
    if row.get("actor") is None:
        yield ".actor", _("A stage needs somebody who acts.")
    for decision, target in _decisions(row):
        if decision not in DECISIONS:
            told = {"decision": decision, "known": ", ".join(DECISIONS)}
            yield ".decisions", _("“%(decision)s” is none of %(known)s.") % told
        if is_known(target) and target not in (*ids, END, *ENDS.values()):
            yield ".decisions", _("There is no stage “%s”.") % target
    days = _first(row, DAYS)
    number = exact(days) if is_known(days) and not str(days).startswith("$p.") else None
    if is_known(days) and not str(days).startswith("$p.") and (number is None or number < 0):
        yield ".days", _("“%s” is no whole number.") % days
    if row.get("day_kind", UNK) not in (UNK, "working", "calendar"):
        yield ".day_kind", _("One of %s is needed here.") % "working, calendar"


def _first(row, names):
    return spelling.said(f"{AT}.{row['id']}", row, *names)


def _stage(row):
    inputs, days = _first(row, INPUTS), _first(row, DAYS)
    decisions = _decisions(row)
    return Stage(
        id=str(row["id"]),
        actor=row["actor"],
        inputs=UNK if inputs is UNK else tuple(spelling.words(inputs)),
        decisions=tuple(name for name, _to in decisions) if is_known(row.get("decisions")) else UNK,
        days=days if is_known(days) else UNK,
        day_kind=row.get("day_kind", UNK),
        to=tuple((name, to) for name, to in decisions if to is not None),
    )


def _decisions(row):
    """Return pairs of a decision and where it leads, None if that is not said."""
    written = row.get("decisions")
    if isinstance(written, dict):
        return [(str(name), None if to == "next" else to) for name, to in written.items()]
    return [(name, None) for name in spelling.words(written)]
