"""Grading rounds are set up, opened, extended, closed, given up and archived."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.authorities import may_give
from grading.flows.round import RoundState
from grading.models import GradingRound, RoundLevel, SchemeVersion
from grading.rules.criteria import criteria_of
from grading.rules.stars import most_stars, stars_of
from grading.rules.unknown import UNK
from grading.rules.windows import windows
from office import ledger
from office.flow import Refused, changing, taking
from registry.models import Level
from registry.models.star import MOST_STARS

SCALE = "level"
TIERS = ("county", "city")


@transaction.atomic
def add_round(
    *, by, today, reason, division, version, title, as_of, levels, takes_late=False,
    correction_days=5,
):  # fmt: skip
    """Set up a round as a draft; its windows are those of the rule, where it names any.

    :param levels: codes of the levels that may be applied for.
    :raises Refused: if the version does not rule the division today, or a level is not for it.
    """
    if division.level not in TIERS:
        raise Refused(_("A round is held by a county or a city."))
    ruling = SchemeVersion.objects.ruling_in(division.pk, today, version.scheme.subject)
    if version not in ruling:
        raise Refused(_("This version of the rule set is not in force in this division."))
    grading_round = GradingRound(
        division=division,
        version=version,
        title=title,
        as_of=as_of,
        takes_late=takes_late,
        correction_days=correction_days,
        opened_by=by,
    )
    grading_round.full_clean()
    grading_round.save()
    after = {**ledger.filled(grading_round), "levels": _set_levels(grading_round, levels)}
    ledger.append("grading.gradinground.add", grading_round, by=by, reason=reason, after=after)
    return grading_round


def change_round(pk, *, by, today, reason, revision=None, levels=None, **fields):
    """Correct a draft: ``title``, ``as_of``, ``takes_late``, ``correction_days``, ``levels``."""
    rows = GradingRound.objects.select_related("division", "version__scheme", "version__parent")
    with changing(rows, pk, by=by, reason=reason, revision=revision) as grading_round:
        for name, value in fields.items():
            setattr(grading_round, name, value)
        if levels is not None:
            before = [level.label for level in grading_round.levels.all()]
            after = _set_levels(grading_round, levels)
            if after != before:
                told = {"before": {"levels": before}, "after": {"levels": after}}
                act = "grading.gradinground.set_levels"
                ledger.append(act, grading_round, by=by, reason=reason, **told)
    return grading_round


def offered_levels(version, division):
    """Return the levels of a rule on which the bureau of a division decides."""
    rules = version.rules
    return [
        level
        for level in rules.levels
        if level.code in rules.open_levels and may_give(rules, level.code, division)
    ]


def _set_levels(grading_round, codes):
    """Add and drop levels until they are those of these codes; return what they are called."""
    rules, chosen = grading_round.rules, {str(code) for code in codes}
    if not chosen:
        raise Refused(_("Choose at least one level."))
    if faults := _faults_of_levels(grading_round, chosen):
        raise Refused(faults)
    grading_round.levels.exclude(code__in=chosen).delete()
    held = set(grading_round.levels.values_list("code", flat=True))
    spans, ranks = _spans(rules), _ranks(grading_round)
    is_scored = bool(criteria_of(rules)) and bool(rules.section("committee"))
    for of_rule in rules.levels:
        if of_rule.code not in chosen - held:
            continue
        opens_on, closes_on = spans.get(of_rule.code, spans.get("any", (None, None)))
        level = RoundLevel(
            grading_round=grading_round,
            code=of_rule.code,
            label=of_rule.label,
            rank=of_rule.rank,
            level=ranks.get(of_rule.rank),
            stars=stars_of(rules, of_rule.code) if grading_round.is_of_bodies else None,
            opens_on=opens_on,
            closes_on=closes_on,
            is_scored=is_scored,
        )
        level.full_clean()
        level.save()
    return [level.label for level in grading_round.levels.order_by("rank")]


def _faults_of_levels(grading_round, codes):
    """Return a sentence for each level that the round cannot give."""
    rules, division = grading_round.rules, grading_round.division
    labels = {level.code: level for level in rules.levels}
    faults = []
    for code in sorted(codes):
        level = labels.get(code)
        named = {"level": level.label if level else code}
        if level is None or code not in rules.open_levels:
            faults.append(_("%(level)s: the rule does not open this level.") % named)
        elif not may_give(rules, code, division):
            faults.append(_("%(level)s: by the rule another body decides on it.") % named)
        else:
            faults += [fault % named for fault in _faults_of_register(grading_round, level)]
    return faults


def _faults_of_register(grading_round, level):
    """Return why the register could not take a level; of a title it asks for nothing."""
    if grading_round.is_of_bodies:
        stars, most = stars_of(grading_round.rules, level.code), most_stars(grading_round.rules)
        if UNK in (stars, most):
            return [_("%(level)s: the rule does not say how many stars each of its levels is.")]
        return [_("%(level)s: the register has no so many stars.")] if most > MOST_STARS else []
    if grading_round.is_of_titles or level.rank in _ranks(grading_round):
        return []
    return [_("%(level)s: the register has no level of this rank.")]


def _ranks(grading_round):
    """Return {rank: level of the register}; none where stars or titles are given."""
    if grading_round.is_of_bodies or grading_round.is_of_titles:
        return {}
    return {one.rank: one for one in Level.objects.filter(scale=SCALE)}


def _spans(rules):
    """Return the windows that the rule itself names, by level; those not known are left out."""
    return {code: span for levels, span in windows(rules) if UNK not in span for code in levels}


@transaction.atomic
def set_windows(pk, *, by, today, reason, windows):
    """Set the windows of several levels of a draft at once.

    :param windows: the first and the last day, both included or both None, by key of the level.
    """
    for level, (opens_on, closes_on) in windows.items():
        given = {"opens_on": opens_on, "closes_on": closes_on}
        set_window(level, by=by, today=today, reason=reason, **given)
    return GradingRound.objects.get(pk=pk)


@transaction.atomic
def set_window(pk, *, by, today, reason, opens_on, closes_on):
    """Set from when to when a level of a draft may be applied for; both days are included.

    :raises Refused: if the round is no draft any more.
    """
    level = _locked_level(pk)
    if level.grading_round.state != RoundState.DRAFT:
        raise Refused(_("The windows of a round that is open are only made longer."))
    if (opens_on is None) != (closes_on is None):
        raise Refused(
            _("%(level)s: type in both the first and the last day, or neither.")
            % {"level": level.label}
        )
    if (level.opens_on, level.closes_on) == (opens_on, closes_on):
        return level
    before = {"opens_on": level.opens_on, "closes_on": level.closes_on}
    level.opens_on, level.closes_on = opens_on, closes_on
    _write_window(level, "set_window", before, by=by, reason=reason)
    return level


@transaction.atomic
def extend_window(pk, *, by, today, reason, extended_to):
    """Make the window of a level longer while the round is open; the ledger keeps why.

    :raises Refused: if the round is not open, or the new last day is not later than the present
        one, or over already.
    """
    level = _locked_level(pk)
    if level.grading_round.state != RoundState.OPEN:
        raise Refused(_("The round is not open."))
    if not reason.strip():
        raise Refused(_("Give the reason."))
    if extended_to <= level.last_day:
        raise Refused(_("A window is only ever made longer."))
    if extended_to < today:
        raise Refused(_("The new last day is over already."))
    before = {"extended_to": level.extended_to}
    level.extended_to = extended_to
    _write_window(level, "extend", before, by=by, reason=reason)
    return level


def _locked_level(pk):
    """Lock the round and then the level, always in this order; return the level."""
    found = RoundLevel.objects.values_list("grading_round_id", flat=True).get(pk=pk)
    grading_round = GradingRound.objects.select_for_update().get(pk=found)
    level = RoundLevel.objects.select_for_update(of=("self",)).get(pk=pk)
    level.grading_round = grading_round
    return level


def _write_window(level, act, before, *, by, reason):
    level.full_clean()
    level.save()
    before = {name: day and day.isoformat() for name, day in before.items()}
    after = {name: day and day.isoformat() for name in before for day in [getattr(level, name)]}
    ledger.append(
        f"grading.gradinground.{act}",
        level.grading_round,
        by=by,
        reason=reason,
        before=before,
        after={"window_of": level.label, **after},
    )


def open_round(pk, *, by, today, reason):
    """Open a round: from the first day of its window each level may be applied for."""
    with taking("open", _rows(), pk, by=by, today=today, reason=reason) as grading_round:
        pass
    return grading_round


def review_round(pk, *, by, today, reason):
    """Close the windows. What was begun and never handed in stays begun."""
    with taking("review", _rows(), pk, by=by, today=today, reason=reason) as grading_round:
        pass
    return grading_round


def abandon_round(pk, *, by, today, reason):
    """Give up a round to which nobody has applied."""
    with taking("abandon", _rows(), pk, by=by, today=today, reason=reason) as grading_round:
        pass
    return grading_round


def archive_round(pk, *, by, today, reason):
    """Put away a round on which nothing is waited for any more."""
    with taking("archive", _rows(), pk, by=by, today=today, reason=reason) as grading_round:
        pass
    return grading_round


def _rows():
    return GradingRound.objects.select_related("version__scheme", "division")
