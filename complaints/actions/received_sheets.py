"""What the unit answers: it objects, or reports findings; and what the handler returns."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.addressees import accounts_at
from complaints.actions.clocks import start_clock, stop_clock
from complaints.actions.reading import NotGiven, may_read
from complaints.actions.sheet_words import fit_to_go_out, say_in_sheet
from complaints.actions.stepping import stepping
from complaints.actions.task_sheets import LIMITS_OF_THE_UNIT, moving
from complaints.models import (
    ComplaintGround,
    ComplaintKey,
    DeclaredRecusal,
    Finding,
    Findings,
    FindingsPaper,
    SheetWord,
    TaskSheet,
)
from complaints.notices.mail import tell
from office import ledger
from office.flow import Refused

SEALED_AS = "findings"


def object_to_sheet(pk, *, words, by, today):
    """Object to the task within the limit: the complaint goes back to screening.

    :raises Refused: if the limit has passed, or the sheet was answered already.
    """
    with moving("object", pk, by=by, today=today, said=True) as sheet:
        say_in_sheet(sheet, SheetWord.OBJECTION, words, by=by, today=today)
        stop_clock(sheet.complaint, *LIMITS_OF_THE_UNIT, today=today, task=sheet.pk)
        with stepping("object", sheet.complaint_id, by=by, today=today) as complaint:
            # It is screened once more, under the limit to accept or refuse.
            start_clock(complaint, ComplaintKey.ACCEPT_DAYS, today=today)
        _tell_handler(sheet)
    return sheet


def report_findings(pk, *, investigators, is_heard, said, grounds, proposal, by, today, files=()):
    """Report what was found; returns the findings.

    ``investigators`` are two names. ``said`` is what the person complained of said, or why nobody
    was heard. ``grounds`` maps each ground of the complaint to ``finding`` and ``text``. ``files``
    are uploads; they lie sealed among the evidence of the case.

    :raises Refused: if the investigators are one person or a ground is missing.
    """
    with moving("report", pk, by=by, today=today) as sheet:
        names = _two(investigators)
        _complete(sheet.complaint, grounds)
        told = {"said": said, "grounds": grounds, "proposal": proposal}
        findings = Findings(
            sheet=sheet,
            first_investigator=names[0],
            second_investigator=names[1],
            is_heard=is_heard,
            sealed=vault.seal_text(
                sheet.complaint, json.dumps(told, ensure_ascii=False), SEALED_AS
            ),
            reported_on=today,
            by=by,
        )
        findings.full_clean()
        findings.save()
        for upload in files:
            _keep(findings, upload, by=by, today=today)
        stop_clock(sheet.complaint, *LIMITS_OF_THE_UNIT, today=today, task=sheet.pk)
        with stepping("report", sheet.complaint_id, by=by, today=today):
            pass
        _tell_handler(sheet)
    return findings


def object_for_unit(pk, *, by, today, **answer):
    """Enter the objection of a unit on paper, as ``object_to_sheet``.

    :raises Refused: if somebody at the unit has an account.
    """
    _check_on_paper(pk, by, today)
    return object_to_sheet(pk, by=by, today=today, **answer)


def report_for_unit(pk, *, by, today, **answer):
    """Enter the findings of a unit on paper, as ``report_findings``.

    :raises Refused: if somebody at the unit has an account.
    """
    _check_on_paper(pk, by, today)
    return report_findings(pk, by=by, today=today, **answer)


def why_not_on_paper(sheet, today):
    """Return why a handler does not answer for the unit: it has an account."""
    if accounts_at(sheet, today=today).exists():
        return [_("The unit has an account: it answers itself.")]
    return []


def _check_on_paper(pk, by, today):
    sheet = TaskSheet.objects.select_related("complaint").get(pk=pk)
    if not may_read(sheet.complaint, by):
        raise NotGiven
    if reasons := why_not_on_paper(sheet, today):
        raise Refused(reasons)


def findings_of(sheet):
    """Return the findings of a sheet, in order, as ``(row, what is sealed in it)``."""
    rows = sheet.findings.select_related("by").prefetch_related("papers__evidence")
    return [
        (row, json.loads(vault.open_text(sheet.complaint, row.sealed, SEALED_AS))) for row in rows
    ]


def findings_on(complaint):
    """Return the last findings of a complaint as ``(row, what is sealed in it)``; None before."""
    last = Findings.objects.filter(sheet__complaint=complaint).select_related("sheet").last()
    if last is None:
        return None
    return last, json.loads(vault.open_text(complaint, last.sealed, SEALED_AS))


def papers_of(sheet):
    """Return the files given with findings, as ``(row, name)``."""
    names = dict(vault.files(sheet.complaint))
    papers = FindingsPaper.objects.filter(findings__sheet=sheet).select_related("evidence")
    return [(paper, names[paper.evidence]) for paper in papers]


def send_findings_back(pk, *, words, by, today):
    """Return the findings to the unit, once, with words that it reads; its limit begins anew.

    :raises Refused: if they were returned before, or the words are not fit to go out.
    """
    with moving("send_back", pk, by=by, today=today, said=True) as sheet:
        if not may_read(sheet.complaint, by):
            raise NotGiven
        fit_to_go_out(sheet.complaint, words)
        say_in_sheet(sheet, SheetWord.SEND_BACK, words, by=by, today=today)
        sheet.was_sent_back = True
        with stepping("send_back", sheet.complaint_id, by=by, today=today) as complaint:
            start_clock(complaint, ComplaintKey.FINDINGS_DAYS, today=today, task=sheet.pk)
        tell(accounts_at(sheet, today=today))
    return sheet


def accept_findings(pk, *, by, today):
    """Accept the findings: the sheet is done, the complaint waits for the decision."""
    with moving("finish", pk, by=by, today=today) as sheet:
        if not may_read(sheet.complaint, by):
            raise NotGiven
    return sheet


@transaction.atomic
def stand_back(pk, *, by, today):
    """Declare to have a part in the complaint: the sheet is out of one's sight from now on."""
    sheet = TaskSheet.objects.select_related("complaint").get(pk=pk)
    _row, is_new = DeclaredRecusal.objects.get_or_create(
        complaint=sheet.complaint, user=by, defaults={"declared_on": today}
    )
    if is_new:
        ledger.append("complaints.tasksheet.recuse", sheet, by=by)
    return sheet


def _tell_handler(sheet):
    if sheet.complaint.handler:
        tell([sheet.complaint.handler])


def _two(investigators):
    names = [" ".join(name.split()) for name in investigators]
    if len(names) != 2 or not all(names) or len({name.replace(" ", "") for name in names}) != 2:
        raise Refused(_("Two different people have to look into it; give both names."))
    return names


def _complete(complaint, grounds):
    labels = dict(ComplaintGround.choices)
    missing = [
        labels.get(ground, ground)
        for ground in complaint.grounds
        if not grounds.get(ground, {}).get("text", "").strip()
        or grounds[ground].get("finding") not in Finding.values
    ]
    if missing:
        raise Refused([_("Findings are missing for: %(ground)s.") % {"ground": g} for g in missing])


def _keep(findings, upload, *, by, today):
    evidence = vault.keep_file(findings.sheet.complaint, upload, today=today, by=by)
    FindingsPaper.objects.create(findings=findings, evidence=evidence)
