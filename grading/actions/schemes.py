"""Rule sets are drafted, put into force by a second officer, and followed by others."""

import hashlib
from copy import deepcopy

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from grading.flows.scheme import VersionState
from grading.models import GradingScheme, Purpose, SchemeVersion
from grading.models.scheme import Subject
from grading.rules.documents import written
from grading.rules.scheme import Scheme, with_parent
from grading.rules.soundness import unsound
from grading.rules.unknown import UNK, is_known
from office import ledger
from office.flow import Refused, changing, taking
from office.models import LedgerEntry

LONGEST_CODE, LONGEST_TITLE = 80, 200
EDITS = ("add", "change", "rewrite")
LEVELS = ("一级", "二级", "三级", "四级")
# What a rule set that begins empty does not say yet, and has to before it may be put into force.
UNSAID = ("population", "base", "path", "committee", "authority", "publicity", "objection")

UNSAID_OF_REVIEW = (
    "cycle", "full_mark", "floor", "cap", "indicators", "missing", "decimals", "rounding", "bands",
    "minimum_service", "top", "vetoes", "steps", "notice", "objection", "consequences",
    "consecutive", "renewal",
)  # fmt: skip


def digest_of(text):
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def told(version):
    """Return what the ledger keeps of a version: never the text, but its digest."""
    seen = ledger.filled(version)
    return {name: value for name, value in seen.items() if name != "text"}


class Faulty(Refused):
    """A document that is no rule set; its faults are pairs of a path and a sentence."""

    def __init__(self, faults, document):
        self.faults, self.document = tuple(faults), document
        super().__init__([f"{path}：{sentence}" for path, sentence in self.faults])


def refuse(faults, document=None):
    """:raises Faulty: with a sentence and its path for each fault, if there is one."""
    if faults := list(faults):
        raise Faulty(faults, document)


def unfit(document):
    """Return (path, sentence) for what a scheme is filed under and cannot be."""
    code, title, parent = (document.get(name) for name in ("id", "title", "parent"))
    name = code if isinstance(code, str) and len(code) <= LONGEST_CODE else "ruleset"
    if not isinstance(code, str) or not 0 < len(code) <= LONGEST_CODE:
        yield f"{name}.id", _("An id of at most %d characters is needed.") % LONGEST_CODE
    if not isinstance(title, str) or not 0 < len(title) <= LONGEST_TITLE:
        yield f"{name}.title", _("A title of at most %d characters is needed.") % LONGEST_TITLE
    if is_known(parent) and not isinstance(parent, str):
        yield f"{name}.parent", _("The id of a rule set is needed here.")


def parent_of(document, division, today, apart_from=None):
    """Return the version a rule set takes over from, None if it names none.

    The nearest scheme of that id: what is in force, else the newest that was not given up.

    :raises Refused: if there is none.
    """
    named = document.get("parent")
    if not is_known(named):
        return None
    for scheme in GradingScheme.objects.named(named, division):
        rows = SchemeVersion.objects.with_scheme()
        found = rows.ruling(scheme, today) or rows.newest(scheme)
        if found and scheme != apart_from:
            return found
    raise Refused({"parent": _("parent：There is no rule set “%s” to take over from.") % named})


@transaction.atomic
def enter_version(document, *, division, by, today, reason, parent=None, **given):
    """Store a rule set as the next version of its scheme; returns it. Writes the scheme if new.

    :raises Refused: if it is no rule set; every fault with its path.
    """
    refuse(unfit(document))
    whole = with_parent(document, parent.rules.document) if parent else document
    refuse(unsound(Scheme(whole)))
    scheme = _scheme(document, whole, division)
    text = written(document)
    last = scheme.versions.aggregate(last=Max("number"))["last"] or 0
    version = SchemeVersion(
        scheme=scheme, number=last + 1, text=text, digest=digest_of(text), parent=parent,
        drafted_by=by, edited_by=by, **given,
    )  # fmt: skip
    version.full_clean()
    version.save()
    ledger.append("grading.schemeversion.add", version, by=by, reason=reason, after=told(version))
    return version


def _scheme(document, whole, division):
    """Return the scheme of an id and a division, locked: versions are numbered one by one."""
    subject = whole.get("subject", "mediator")
    purpose = Purpose.REVIEW if "review" in whole else Purpose.GRADING
    given = {"title": document["title"], "subject": subject, "purpose": purpose}
    scheme, _new = GradingScheme.objects.select_for_update(of=("self",)).get_or_create(
        code=document["id"], division=division, defaults=given
    )
    if scheme.subject != subject:
        raise Refused(_("subject：A scheme grades one kind; its first version says which."))
    if scheme.purpose != purpose:
        raise Refused(_("review：A scheme is of gradings or of reviews from its first version on."))
    return scheme


def add_scheme(
    *, by, today, reason, division, code, title, issuer, subject, purpose=Purpose.GRADING
):
    """Begin a scheme whose first draft says next to nothing; returns the draft.

    One of grading has its levels, one of the annual review names its parts.

    :raises Refused: if the division has a scheme of this id, or the review is not of mediators.
    """
    if GradingScheme.objects.filter(division=division, code=code).exists():
        raise Refused({"code": _("This division has a scheme of this id already.")})
    head = {"id": code, "title": title, "doc_no": UNK, "issuer": issuer, "subject": subject}
    if purpose == Purpose.REVIEW:
        if subject != Subject.MEDIATOR:
            raise Refused({"subject": _("The annual review is of mediators.")})
        document = {**head, "review": dict.fromkeys(UNSAID_OF_REVIEW, UNK)}
        return enter_version(document, division=division, by=by, today=today, reason=reason)
    document = {
        **head,
        "levels": [
            {"code": f"L{rank}", "label": f"{name}人民调解员", "rank": rank}
            for rank, name in enumerate(LEVELS, start=1)
        ],
        **dict.fromkeys(UNSAID, UNK),
        "req": {f"L{rank}": UNK for rank in range(1, len(LEVELS) + 1)},
    }  # fmt: skip
    return enter_version(document, division=division, by=by, today=today, reason=reason)


def change_version(pk, *, by, today, reason, revision=None, **fields):
    """Correct what a draft says beside its text; whoever does so may not put it into force.

    :raises Stale: if it was changed since the form with this revision was opened.
    """
    rows = SchemeVersion.objects
    with changing(rows, pk, by=by, reason=reason, revision=revision) as version:
        for name, value in fields.items():
            setattr(version, name, value)
        version.edited_by = by
    return version


def copy_version(pk, *, by, today, reason, division, code, title, takes_over=False, note=""):
    """Make a draft from any version; returns it.

    Of the same division and id it is the next version, otherwise another scheme. With
    ``takes_over`` it says nothing itself but rests on the version it was made from.

    :raises Refused: if it would rest on a text that may still change.
    """
    source = SchemeVersion.objects.with_scheme().get(pk=pk)
    parent = source.parent
    document = {**deepcopy(source.document), "id": code, "title": title}
    if takes_over:
        if not source.is_settled:
            raise Refused({"takes_over": _("It is a draft and may still change.")})
        document = {"id": code, "title": title, "parent": source.scheme.code}
        parent = source
    if parent and parent.scheme.code == code:
        raise Refused({"code": _("A rule set cannot take over from itself; give it another id.")})
    return enter_version(
        document, division=division, by=by, today=today, reason=reason, parent=parent,
        drawn_from=source, note=note,
    )  # fmt: skip


@transaction.atomic
def activate_version(pk, *, by, today, reason, revision=None):
    """Put a draft into force; the version it follows ends on the day it begins.

    ``revision`` is the one the officer has seen.

    :raises Refused: with everything that stands against it.
    """
    draft = SchemeVersion.objects.get(pk=pk)
    # Two drafts of one scheme wait for each other here, so neither overlooks the other.
    scheme = GradingScheme.objects.select_for_update(of=("self",)).get(pk=draft.scheme_id)
    rows = SchemeVersion.objects
    with taking("activate", rows, pk, by=by, today=today, reason=reason) as version:
        if by.pk in {version.drafted_by_id, version.edited_by_id} or _has_edited(by, version):
            raise Refused(_("A second officer puts it into force, not who drafted or edited it."))
        if revision is not None and revision != version.revision:
            raise Refused(_("The draft was changed after you opened it; look at it again."))
        version.activated_by, version.activated_on = by, today
        for former in version.rivals():
            _end(former.pk, version.effective_from, by=by, today=today, reason=reason)
    GradingScheme.objects.filter(pk=scheme.pk).update(title=version.document["title"])
    return version


def _has_edited(officer, version):
    """Whether an officer had a hand in a draft, though others edited it after that."""
    own = LedgerEntry.objects.of(version).filter(actor=officer)
    return own.filter(act__in=[f"grading.schemeversion.{act}" for act in EDITS]).exists()


def retire_version(pk, *, by, today, reason, effective_until):
    """End a version on a day. Rounds that are tied to it go on by it.

    :raises Refused: if the day lies in the past or not after it began.
    """
    if effective_until < today:
        raise Refused({"effective_until": _("It ends today or later; the past stays as it was.")})
    return _end(pk, effective_until, by=by, today=today, reason=reason)


def abandon_version(pk, *, by, today, reason):
    """Give up a draft; it stays on record."""
    rows = SchemeVersion.objects
    with taking("abandon", rows, pk, by=by, today=today, reason=reason) as version:
        return version


def exported(version, *, by):
    """Return the file of a version, noted in the ledger with its digest."""
    after = {"digest": version.digest}
    ledger.append("grading.schemeversion.export", version, by=by, after=after)
    return version.text.encode()


def _end(pk, until, *, by, today, reason):
    rows = SchemeVersion.objects
    former = rows.select_for_update(of=("self",)).get(pk=pk)
    if former.state == VersionState.RETIRED:
        return _shorten(former, until, by=by, reason=reason)
    with taking("retire", rows, pk, by=by, today=today, reason=reason) as ended:
        if until <= ended.effective_from:
            raise Refused({"effective_until": _("A version cannot end before it begins.")})
        ended.effective_until = until
    return ended


def _shorten(former, until, *, by, reason):
    """Let a version whose end is set already end sooner: it is followed before that day."""
    before = {"effective_until": former.effective_until.isoformat()}
    former.effective_until = until
    former.revision += 1
    former.save()
    after = {"effective_until": until.isoformat()}
    name = "grading.schemeversion.shorten"
    ledger.append(name, former, by=by, reason=reason, before=before, after=after)
    return former
