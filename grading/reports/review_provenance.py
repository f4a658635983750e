"""Every result of a review computed anew from what was kept with it, and held against all else."""

from dataclasses import dataclass

from grading.actions.judging import versions_above
from grading.actions.review_judging import plain, recomputed, told_of_figure, told_of_year
from grading.flows.review import SheetState
from grading.models import ReviewFigure, ReviewMark, ReviewSheet
from grading.rules.evidence import digest_of
from office.models import LedgerEntry

DECIDE = "grading.reviewsheet.decide"
AT_A_TIME = 500
BROKEN = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
S = SheetState
WITH_A_RESULT = [S.PROPOSED, S.NOTICE, S.OBJECTED, S.DECIDED, S.REPLACED]


@dataclass(frozen=True)
class Told:
    """What the ledger tells last of a sheet: its digest, and with which one it was decided."""

    digest: str
    decided: str | None = None
    band: str | None = None
    sequence: int = 0


def sheet_faults():
    """Yield a sentence for every result of a review that is not what it was."""
    told = told_sheets()
    yield from _removed(told)
    rows = ReviewSheet.objects.filter(state__in=WITH_A_RESULT).exclude(result="", digest="")
    rows = rows.select_related("cycle__version__parent__parent").order_by("pk")
    some = []
    for sheet in rows.iterator(chunk_size=AT_A_TIME):
        some.append(sheet)
        if len(some) == AT_A_TIME:
            yield from _faults_of_some(some, told)
            some = []
    yield from _faults_of_some(some, told)


def _faults_of_some(sheets, told):
    figures, marks = _rows_of(sheets)
    parts = _parts_of(sheets)
    for sheet in sheets:
        found = [
            *faults_of_content(sheet),
            *_of_rows(sheet, figures.get(sheet.pk, {}), marks.get(sheet.pk, {})),
            *_of_parts(sheet, parts),
            *_untold(sheet, told.get(str(sheet.pk))),
        ]
        for sentence in found:
            yield f"review sheet {sheet.pk}: {sentence}"


def faults_of_content(sheet):
    """Return what is wrong with a result by its own content: digest, version, score, band."""
    content, version = sheet.content, sheet.cycle.version
    try:
        found = [] if digest_of(content) == sheet.digest else ["its content was altered"]
        if content["version"] != version.digest:
            found.append("it rests on another version of the rule set than it names")
        if content["above"] != [one.digest for one in versions_above(version)]:
            found.append("it rests on another rule set above its own than it names")
        if content["mediator"] != sheet.mediator_id or content["number"] != sheet.number:
            found.append("its content is of another sheet")
        found += _computed_otherwise(sheet, content, recomputed(content, version.rules))
    except BROKEN as error:
        return [f"it cannot be computed: {error!r}"]
    return found


def _computed_otherwise(sheet, content, review):
    score = None if review.score is None else str(review.score)
    anew = {"result": review.state, "score": score, "band_earned": review.band or ""}
    if review.year is not None:
        anew |= told_of_year(review.year)
    found = [
        f"computed anew its {name} is “{value}”, not “{content[name]}”"
        for name, value in anew.items()
        if content[name] != value
    ]
    row = {
        "result": sheet.result,
        "score": plain(sheet.score),
        "band": sheet.band,
        "band_earned": sheet.band_earned,
    }
    kept = {**{name: content[name] for name in row}, "score": plain(content["score"])}
    found += [
        f"its {name} is “{row[name]}”, decided was “{kept[name]}”"
        for name in row
        if row[name] != kept[name]
    ]
    return found


def _rows_of(sheets):
    """Return the standing figures and points of sheets as their contents tell them."""
    pks, figures, marks = [sheet.pk for sheet in sheets], {}, {}
    for row in ReviewFigure.objects.standing().filter(sheet__in=pks).order_by("pk"):
        figures.setdefault(row.sheet_id, {})[row.indicator] = told_of_figure(row)
    for row in ReviewMark.objects.standing().filter(sheet__in=pks).order_by("pk"):
        by_actor = marks.setdefault(row.sheet_id, {}).setdefault(row.indicator, {})
        by_actor[row.actor] = {"points": plain(row.points), "by": row.by_id}
    return figures, marks


def _of_rows(sheet, figures, marks):
    content = sheet.content
    if not isinstance(content, dict):
        return []
    found = []
    if content.get("figures") != figures:
        found.append("its figures are no longer those it rests on")
    if content.get("marks") != marks:
        found.append("its points are no longer those it rests on")
    return found


def _told_parts(sheet):
    parts = sheet.content.get("parts", ()) if isinstance(sheet.content, dict) else ()
    return [one for one in parts if one.get("sheet")]


def _parts_of(sheets):
    """Return the sheets that results of a year are made up of, by their key."""
    pks = {one["sheet"] for sheet in sheets for one in _told_parts(sheet)}
    return ReviewSheet.objects.defer("content").in_bulk(pks)


def _of_parts(sheet, rows):
    """Return what is wrong with the parts of a year: each is what its own sheet says."""
    found = []
    for told in _told_parts(sheet):
        row = rows.get(told["sheet"])
        if row is None or row.mediator_id != sheet.mediator_id:
            found.append(f"review sheet {told['sheet']}, a part of it, is not there")
            continue
        score = None if row.score is None else str(row.score)
        own = {"digest": row.digest, "result": row.result, "score": score, "band": row.band}
        if any(told[name] != value for name, value in own.items()):
            found.append(f"review sheet {row.pk}, a part of it, tells otherwise")
        is_replaced = row.state == S.REPLACED and sheet.state != S.REPLACED
        if is_replaced and sheet.flagged_on is None:
            found.append(f"review sheet {row.pk}, a part of it, was replaced and nobody was told")
    return found


def told_sheets():
    """Return what the ledger tells of results, by the sheets' keys as it writes them."""
    entries = LedgerEntry.objects.filter(subject_type=ReviewSheet._meta.label_lower)
    entries = entries.filter(act__startswith="grading.reviewsheet.").order_by("sequence")
    rows = entries.values_list("sequence", "act", "subject_id", "after")
    found = {}
    for sequence, act, subject, after in rows.iterator(chunk_size=AT_A_TIME):
        if not after.get("digest"):
            continue
        if act == DECIDE:
            found[subject] = Told(after["digest"], after["digest"], after.get("band"), sequence)
        else:
            old = found.get(subject, Told(""))
            found[subject] = Told(after["digest"], old.decided, old.band, sequence)
    return found


def _untold(sheet, told):
    if told is None:
        return ["the ledger does not tell of it"]
    if sheet.state in (S.DECIDED, S.REPLACED) and told.decided is None:
        return ["the ledger does not tell of its decision"]
    is_decided = told.decided is not None
    if told.digest != sheet.digest or (is_decided and told.band != sheet.band):
        return [f"entry {told.sequence} of the ledger tells otherwise"]
    return []


def _removed(told):
    decided = {subject: one for subject, one in told.items() if one.decided is not None}
    states = dict(
        ReviewSheet.objects.filter(state__in=[S.DECIDED, S.REPLACED]).values_list("pk", "state")
    )
    for subject, one in decided.items():
        if int(subject) not in states:
            yield (
                f"review sheet {subject}: it was decided and is no longer;"
                f" the ledger tells of it in entry {one.sequence}"
            )
