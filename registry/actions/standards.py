"""Staffing standards: templates are loaded, divisions adopt them or set their own."""

from django.db import transaction
from django.utils.translation import gettext as _

from office.flow import Refused
from registry.actions.entering import entered
from registry.models import StaffingStandard, StandardLine


@transaction.atomic
def set_standard(*, by, today, reason, division, from_on, lines, **given):
    """Set a division's staffing standard from a day on; the one it had ends that day.

    ``lines`` maps kinds of organisations to the least number of full-timers.

    :raises Refused: if the day lies in the past or before a standard set already, or no kind is
        named.
    """
    if from_on < today:
        raise Refused({"from_on": _("A standard begins today or later; the past stays as it was.")})
    if not lines:
        raise Refused(_("A standard names at least one kind of organisation."))
    _close_the_former(division, from_on)
    standard = StaffingStandard(division=division, from_on=from_on, **given)
    entered(standard, by=by, reason=reason, act="set_standard", also={"least": _told(lines)})
    _store(standard, lines)
    return standard


def adopt_standard(pk, *, by, today, reason, division, from_on):
    """Let a division adopt a template from a day on, with its lines, source and standing.

    :raises Refused: as ``set_standard`` does, or if the standard is a division's own already.
    """
    template = StaffingStandard.objects.prefetch_related("lines").get(pk=pk)
    if template.division_id is not None:
        raise Refused(_("Only a template is adopted; this standard belongs to a division."))
    return set_standard(
        by=by,
        today=today,
        reason=reason,
        division=division,
        from_on=from_on,
        lines={line.kind: line.full_time_least for line in template.lines.all()},
        name=template.name,
        standing=template.standing,
        source=template.source,
    )


@transaction.atomic
def load_standards(content):
    """Store templates of standards, as plain values; those that are there stay.

    Returns the number of templates added.
    """
    added = 0
    for values in content["standards"]:
        lines = values["lines"]
        known = {name: values[name] for name in ("name", "from_on", "standing", "source")}
        if _is_there(known):
            continue
        standard = StaffingStandard(**known)
        standard.full_clean()
        standard.save()
        _store(standard, lines)
        added += 1
    return added


def _is_there(known):
    key = {"name": known["name"], "from_on": known["from_on"]}
    return StaffingStandard.objects.templates().filter(**key).exists()


def _close_the_former(division, from_on):
    former = StaffingStandard.objects.select_for_update().filter(division=division, until_on=None)
    for old in former:
        if old.from_on >= from_on:
            raise Refused({"from_on": _("A standard that begins later is set already.")})
        old.until_on = from_on
        old.full_clean()
        old.save()


def _store(standard, lines):
    for kind, least in lines.items():
        line = StandardLine(standard=standard, kind=kind, full_time_least=least)
        line.full_clean()
        line.save()


def _told(lines):
    return ", ".join(f"{kind} {least}" for kind, least in sorted(lines.items()))
