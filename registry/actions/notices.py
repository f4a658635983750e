"""Public notices are written, published, withdrawn; people object, and officers answer."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from office import ledger
from office.clocks import Calendar, due
from office.flow import Refused, changing, taking
from office.personal import keyed_hash, unmasked
from office.receipts import code_of
from registry.models import Objection, Policy, PublicNotice
from registry.models.notice import KINDS
from registry.questions import objection_upheld


@transaction.atomic
def draft_notice(*, by, today, reason, subject=None, **fields):
    """Write a notice that nobody sees yet; ``subject`` is the record it is about."""
    notice = PublicNotice(**fields)
    if subject is not None:
        notice.subject_type, notice.subject_id = subject._meta.label_lower, str(subject.pk)
    notice.full_clean()
    notice.save()
    after = ledger.filled(notice)
    ledger.append("registry.publicnotice.add", notice, by=by, reason=reason, after=after)
    return notice


def change_notice(pk, *, by, today, reason, revision=None, **fields):
    """Correct a notice that is not published yet.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    with changing(PublicNotice.objects, pk, by=by, reason=reason, revision=revision) as notice:
        for name, value in fields.items():
            setattr(notice, name, value)
    return notice


def publish_notice(pk, *, by, today, reason, organization_kind="", term=None, rests_on=""):
    """Put a notice before the public from today for the term its policy sets.

    Where a text sets the ``term``, ``rests_on`` names it and no policy is asked.

    :raises Refused: if nothing sets a term, or its end falls in a year without a calendar.
    """
    with taking("publish", PublicNotice.objects, pk, by=by, today=today, reason=reason) as notice:
        if term is None:
            notice.policy = _policy_of(notice, today, organization_kind)
            term = notice.policy.term
        else:
            notice.rests_on = rests_on
        deadline = due(Calendar.load(), today, term)
        notice.starts_on, notice.ends_on = today, last_day(deadline)
        notice.number = f"公示〔{today.year}〕{notice.pk}号"
        notice.published_by = by
    return notice


def _policy_of(notice, today, organization_kind):
    kind = KINDS.get(notice.kind)
    if kind is None:
        raise Refused(_("Notices of this kind are not known here."))
    return ruling(kind.policy_key, notice.division_id, today, organization_kind)


def ruling(key, division_id, today, kind=""):
    """Return the policy in force. :raises Refused: if the bureau has set none."""
    try:
        return Policy.objects.ruling(key, division_id=division_id, on=today, kind=kind)
    except Policy.DoesNotExist:
        raise Refused(_("No policy sets the term. Set it under “policies” first.")) from None


def last_day(deadline):
    """Return the last day of a term. :raises Refused: if nobody can know it yet."""
    if deadline.provisional:
        raise Refused(
            _("The term would end in %(year)s, and the calendar of that year is not loaded.")
            % {"year": deadline.missing_year}
        )
    return deadline.due_on


def lock_notices(**which):
    """Lock notices that an act withdraws later on, before it writes anything."""
    list(PublicNotice.objects.select_for_update(of=("self",)).filter(**which).order_by("pk"))


def withdraw_notice(pk, *, by, today, reason):
    """Take a notice back; its page keeps saying that there was one, and why it is gone."""
    with taking("withdraw", PublicNotice.objects, pk, by=by, today=today, reason=reason) as notice:
        notice.withdrawn_on, notice.withdrawal_reason = today, reason
    return notice


@transaction.atomic
def file_objection(notice_pk, *, submission, text, today, name="", phone=""):
    """Take an objection from the public; returns it with the receipt code, which is not kept.

    The code follows from the sending of the form: sent again, the same form finds the objection
    it made and the same code.

    :raises Refused: if the notice does not run today.
    """
    notice = PublicNotice.objects.select_for_update().get(pk=notice_pk)
    code = _code_of(submission)
    if found := follow_objection(code):
        return found, code
    if not notice.is_running(today):
        raise Refused(_("The time for objections to this notice is over."))
    objection = Objection(
        notice=notice, text=text, name=name, phone=phone, received_on=today, code_hash=_hash(code)
    )
    objection.full_clean()
    objection.save()
    told = {"notice": notice.pk, "anonymous": objection.is_anonymous}
    ledger.append("registry.objection.file", objection, by=None, after=told)
    return objection, code


def follow_objection(code):
    """Return the objection with this receipt code, or None."""
    return Objection.objects.filter(code_hash=_hash(code)).select_related("notice").first()


def uphold_objection(pk, *, by, today, reason, answer):
    """Find an objection right; what the notice announced is taken back in the same transaction.

    :raises Refused: if the officer published the notice, or it cannot be taken back.
    """
    note = {"by": by, "today": today, "reason": reason}
    with _answering("uphold", pk, answer=answer, **note) as objection:
        # Before the answer is written: the case locks its own rows, and the ledger comes last.
        objection_upheld.send(Objection, objection=objection, **note)
    return objection


def reject_objection(pk, *, by, today, reason, answer):
    """Find an objection wrong, and tell the objector why."""
    note = {"by": by, "today": today, "reason": reason}
    with _answering("reject", pk, answer=answer, **note) as objection:
        pass
    return objection


def withdraw_objection(pk, *, by, today, reason):
    """Note that the objector has withdrawn the objection."""
    with taking("withdraw", Objection.objects, pk, by=by, today=today, reason=reason) as objection:
        pass
    return objection


@transaction.atomic
def read_objection(pk, *, by, today, reason):
    """Return name and phone of an objector; the ledger says who read them and why."""
    objection = Objection.objects.get(pk=pk)
    shown = {name: unmasked(objection, name, reason=reason) for name in ("name", "phone")}
    ledger.append("registry.objection.read", objection, by=by, reason=reason)
    return shown


@contextmanager
def _answering(step, pk, *, by, today, reason, answer):
    """Decide an objection, as somebody other than who published the notice."""
    with taking(step, Objection.objects, pk, by=by, today=today, reason=reason) as objection:
        if by.pk == objection.notice.published_by_id:
            raise Refused(
                _("Who published the notice does not decide the objections to it. Ask a colleague.")
            )
        objection.answer, objection.answered_by, objection.answered_on = answer, by, today
        yield objection


def _code_of(submission):
    """Return the receipt code of one sending of the form."""
    if not submission:
        raise ValidationError(_("The form is incomplete. Open it again."))
    return code_of(submission, "registry.objection.submission")


def _hash(code):
    return keyed_hash(code, "registry.objection.code") or ""
