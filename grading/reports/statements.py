"""Why an application came out as it did, for the person and for officers: rule by rule."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Min
from django.utils.translation import gettext as _

from grading.flows import ApplicationState, PanelState
from grading.models.reserve import in_orders
from grading.notices.clauses import ANSWERS, lines_of
from grading.reports.trials import said_result, words_of
from grading.rules.publicity import objection_days
from grading.rules.terms import label_of
from grading.rules.unknown import is_known
from registry.letters import bureau_of

S = ApplicationState
WON = [S.PROPOSED, S.IN_NOTICE, S.OBJECTED, S.CONFIRMED, S.FORWARDED]
CENT = Decimal("0.01")
SHOWN = {PanelState.REVEALED, PanelState.CLOSED}


@dataclass(frozen=True)
class Statement:
    """All that is told of one outcome. Pairs are (label, value); no reader is ever named."""

    facts: list
    result: str = ""
    lines: list = field(default_factory=list)
    rulings: list = field(default_factory=list)
    scores: list = field(default_factory=list)
    ranking: list = field(default_factory=list)
    decisions: list = field(default_factory=list)
    remedies: list = field(default_factory=list)


def statement_of(application):
    """Return the ``Statement`` of an application, in the language that is active."""
    judgment = application.judgment() if application.evidence else None
    return Statement(
        facts=_facts(application),
        result=said_result(judgment.result) if judgment else "",
        lines=lines_of(application.rules, judgment) if judgment else [],
        rulings=_rulings(application),
        scores=_scores(application),
        ranking=_ranking(application),
        decisions=_decisions(application),
        remedies=remedies_of(application),
    )


def _facts(application):
    grading_round = application.grading_round
    facts = [
        (_("Name"), "" if application.is_of_body else application.applicant_name),
        (_("Organisation"), application.organization.name),
        (_("Round"), grading_round.title),
        (_("Level applied for"), application.round_level.label),
        (_("Rule set"), grading_round.version.scheme.title),
        (_("Judged by what is known on"), grading_round.as_of.isoformat()),
        (_("Outcome"), application.get_state_display()),
        (_("Reason of the outcome"), application.outcome_reason),
        (_("Document of the higher body"), application.outside_document),
    ]
    return [(label, value) for label, value in facts if value]


def _rulings(application):
    """Return (condition, by the rule, decided as, reason) of what was decided otherwise."""
    return [
        (
            _condition(application.rules, one.path),
            str(ANSWERS.get(one.was, one.was)),
            one.get_result_display(),
            f"{one.reason} {one.clause}".strip(),
        )
        for one in application.rulings.in_force()
    ]


def _condition(rules, path):
    """Return a condition in words; a path may name its kind at its end."""
    if "." not in path:
        return path
    return words_of(rules, path.rpartition(".")[0], names_parameters=False) or path


def _scores(application):
    """Return (criterion, mean of all readings, most points); of readers nothing is told."""
    panel = application.round_level.panel
    if panel is None or panel.state not in SHOWN:
        return []
    sheets = [reading.scores for reading in application.readings.counting()]
    labels = _labels_of(application.rules)
    found = []
    for criterion in panel.criteria():
        code = criterion.code
        given = [Decimal(str(one[code])) for one in sheets if code in one]
        if given:
            mean = (sum(given) / len(given)).quantize(CENT, ROUND_HALF_UP)
            found.append((labels.get(code, label_of(code)), mean, criterion.high))
    return found


def _labels_of(rules):
    """Return {item of the sheet: what the rule calls it}."""
    rows = rules.section("sheet").get("items")
    rows = rows if isinstance(rows, list) else []
    return {str(row.get("id")): str(row["label"]) for row in rows if "label" in row}


def _ranking(application):
    level = application.round_level
    of_level = level.applications.all()
    last = of_level.filter(state__in=WON).aggregate(last=Min("score"))["last"]
    facts = [
        (_("Score"), application.score),
        (_("Score as given"), application.raw_score),
        (_("Rank"), application.place),
        (_("Place in the reserve"), application.reserve_place),
        (_("Levels given"), of_level.filter(state__in=WON).count()),
        (_("Score of the last who got the level"), last and last.quantize(CENT)),
    ]
    return [
        *((label, value) for label, value in facts if value is not None),
        *_ordered(application),
    ]


def _ordered(application):
    """Return the place among equals of the reserve, as two officers ordered them, and why."""
    moves = application.round_level.moves.filter(in_reserve=True, dropped_on=None)
    for order in in_orders(moves.exclude(confirmed_on=None).order_by("pk")):
        for row in order:
            if row.application_id == application.pk:
                told = {"place": row.place, "equals": len(order), "reason": row.reason}
                said = _("%(place)d of %(equals)d, ordered by two officers: %(reason)s")
                yield _("Place among the equals of the reserve"), said % told


def _decisions(application):
    """Return (day, what was decided, reason, digest), the earliest first."""
    found = []
    for one in application.decisions.all():
        told = f"{one.get_kind_display()}：{_told_result(one)}"
        found.append((one.on.isoformat(), told, one.reason, one.digest))
    return found


def _told_result(decision):
    """Return the result of a decision in words."""
    words = {
        **dict(S.choices),
        "kept": _("the proposal is kept"),
        "granted": _("granted"),
        "refused": _("refused"),
        "pass": _("eligible"),
        "fail": _("not eligible"),
    }
    return str(words.get(decision.result, decision.result))


def remedies_of(application):
    """Return sentences on what one may do against the outcome, as far as the rule says it."""
    grading_round = application.grading_round
    rules = grading_round.rules
    to, days = rules.section("objection").get("to"), objection_days(rules)
    bureau = bureau_of(grading_round.division_id)
    if is_known(to) and label_of(to) != str(to):
        bureau = f"{label_of(to)}（{bureau}）"
    told = {"bureau": bureau, "days": days}
    if days is None:
        first = _("You may object to %(bureau)s; the rule sets no time for it.") % told
    else:
        first = _("You may object to %(bureau)s within %(days)d days, as the rule says.") % told
    notice = application.notice or grading_round.notice
    sentences = [first]
    if notice is not None and notice.ends_on is not None:
        sentences.append(
            _("While the notice runs, until %(day)s, you may also object on its page.")
            % {"day": notice.ends_on.isoformat()}
        )
    return [*sentences, _("Questions are answered by phone under 12348.")]


def is_told(application):
    """Whether the person may read why: once eligibility was refused, or results are public."""
    if application.state == S.NOT_ELIGIBLE:
        return True
    public = application.grading_round.state in ("notice", "confirmed", "archived")
    return public and application.state in {
        S.IN_NOTICE, S.OBJECTED, S.CONFIRMED, S.FORWARDED, S.NO_LEVEL,
    }  # fmt: skip
