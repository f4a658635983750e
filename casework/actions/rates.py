"""The rates of allowance of the schemes in force, for an employment and a level in a month."""

from collections import defaultdict

from casework.models import SubsidyScheme
from registry.models import LevelHolding


class Rates:
    """The rates that set one part (a field), each scheme asked for once a division and month."""

    def __init__(self, part):
        self._part, self._found = part, {}

    def of(self, division, month, employment, level):
        """Return the nearest rate there in a month, or None."""
        key = (division, month)
        if key not in self._found:
            scheme = SubsidyScheme.objects.ruling(division, month)
            self._found[key] = list(scheme.allowances.all()) if scheme else []
        fitting = [
            rate
            for rate in self._found[key]
            if getattr(rate, self._part) is not None
            and rate.employment in ("", employment)
            and rate.level in ("", level)
        ]
        return max(fitting, key=_nearness, default=None)


def _nearness(rate):
    return bool(rate.level), bool(rate.employment)


def levels_of(mediators):
    """Return for each mediator the codes of levels held, each with its days."""
    held = defaultdict(list)
    rows = LevelHolding.objects.filter(mediator__in=mediators, level__scale="level")
    for row in rows.select_related("level"):
        held[row.mediator_id].append((row.from_on, row.until_on, row.level.code))
    return held


def level_on(held, day):
    """Return the code of the level held on a day, or an empty string."""
    return next((c for start, end, c in held if start <= day and (not end or end > day)), "")
