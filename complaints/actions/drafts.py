"""Drafts of complaints: kept half an hour, sealed under a key only the person's browser holds.

The answers are one row and each file is another; every row is found by a hash of the key, so that
without the browser nobody can tell which rows belong together, nor read any of them.
"""

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from complaints import vault
from complaints.actions.filing import file_complaint
from complaints.models import Complaint, IntakeDraft, Mode
from complaints.rules.steps import Step, next_step
from office.documents import readable, vetted
from office.flow import Refused
from office.personal import new_key, open_under, seal_under
from registry.models import Division

DRAFT_LIFE = timedelta(minutes=30)
MOST_FILES = 5
ANSWERS = "answers"


class NoDraft(Exception):
    """There is no draft under this key: it was never one, it is too old, or it was dropped."""


class AlreadySent(Exception):
    """The draft became a complaint and can no longer be changed."""


@dataclass
class Draft:
    """What somebody answered so far, with the files that came along; ``sent`` once it was sent."""

    submission: str
    channel: str
    answers: dict = field(default_factory=dict)
    files: list = field(default_factory=list)
    search: str = ""
    sent: int | None = None
    is_shown: bool = False


def begin_draft(*, channel, now, answers=None):
    """Begin a draft and return its key, which is kept nowhere here. Dead drafts are swept away."""
    sweep_drafts(now=now)
    key = new_key()
    draft = Draft(submission=uuid4().hex, channel=channel, answers=answers or {})
    _put(key, ANSWERS, _written(draft), now)
    return key


def read_draft(key, *, now):
    """Return the draft under a key. :raises NoDraft: if there is none that lives."""
    return _read(key, _row(key, ANSWERS, now))


@contextmanager
def changing_draft(key, *, now):
    """Lock a draft, yield it, and keep it as it then is for another half hour.

    Once it was sent, its time runs out: nothing is saved any more.

    :raises NoDraft: if there is none that lives.
    """
    with transaction.atomic():
        row = _row(key, ANSWERS, now, IntakeDraft.objects.select_for_update())
        draft = _read(key, row)
        row.expires_at = row.expires_at if draft.sent else now + DRAFT_LIFE
        yield draft
        row.sealed = _sealed(key, ANSWERS, _written(draft))
        row.save()
        _file_rows(key, draft).update(expires_at=row.expires_at)


def answer_step(key, step, answer, *, now):
    """Keep the answer to a step and return the draft. Who turns anonymous leaves no name behind.

    :raises NoDraft: and ``AlreadySent``, as all that changes a draft does.
    """
    with changing_draft(key, now=now) as draft:
        _still_unsent(draft)
        draft.answers[step] = answer
        if step == Step.WAY and answer["mode"] == Mode.ANONYMOUS:
            draft.answers.pop(Step.CONTACT, None)
    return draft


def remember_search(key, text, *, now):
    """Keep what was searched for: an address must not name who is complained of."""
    with changing_draft(key, now=now) as draft:
        _still_unsent(draft)
        draft.search = text


def add_file(key, upload, *, now):
    """Keep a file with a draft: vetted, pictures drawn anew without metadata, and sealed.

    :raises ValidationError: if the file is empty, too large, damaged or of no known format, or if
        there are as many as there may be.
    """
    content, suffix = vetted(upload)
    with changing_draft(key, now=now) as draft:
        _still_unsent(draft)
        if len(draft.files) >= MOST_FILES:
            raise ValidationError(_("At most %(most)d files are possible.") % {"most": MOST_FILES})
        name = readable(upload.name)[-120:]
        told = {"id": uuid4().hex[:12], "name": name, "suffix": suffix, "size": len(content)}
        _put(key, told["id"], content, now)
        draft.files.append(told)


def remove_file(key, file_id, *, now):
    """Take a file away again; one that is gone already is left so."""
    with changing_draft(key, now=now) as draft:
        _still_unsent(draft)
        IntakeDraft.objects.filter(key_hash=_hash(key, file_id)).delete()
        draft.files = [one for one in draft.files if one["id"] != file_id]


def file_content(key, file_id, *, now):
    """Return the bytes of a file of a draft. :raises NoDraft: if there is no such file."""
    row = _row(key, file_id, now)
    return open_under(key, row.sealed, _context(file_id))


def submit_draft(key, *, today, now):
    """Make the draft a complaint and empty it; sent again, it is the same complaint.

    What is left of the draft leads to the receipt until it dies.

    :raises Refused: if a step has no answer yet, or no limits are set. The draft stays then.
    """
    with changing_draft(key, now=now) as draft:
        if draft.sent:
            return
        if next_step(draft.answers) != Step.CHECK:
            raise Refused(_("A step has no answer yet."))
        complaint, _code = file_complaint(today=today, **_told(key, draft, now))
        _file_rows(key, draft).delete()
        draft.answers, draft.files, draft.search = {}, [], ""
        draft.sent = complaint.pk


def receipt_of(draft):
    """Return the complaint a draft became, and its code."""
    return Complaint.objects.get(pk=draft.sent), vault.receipt_code(draft.submission)


def note_shown(key, *, now):
    """Note that the receipt has arrived: from now on the code is shown no more."""
    with changing_draft(key, now=now) as draft:
        draft.is_shown = draft.sent is not None


def show_again(key, *, now):
    """Note that the form was sent once more: whoever does so has not seen the code."""
    with changing_draft(key, now=now) as draft:
        draft.is_shown = False


def drop_draft(key, *, now):
    """Delete a draft with its files; returns whether there was one."""
    try:
        with changing_draft(key, now=now) as draft:
            _file_rows(key, draft).delete()
    except NoDraft:
        return False
    IntakeDraft.objects.filter(key_hash=_hash(key, ANSWERS)).delete()
    return True


def sweep_drafts(*, now):
    """Delete the drafts whose time is over; returns how many rows there were."""
    return IntakeDraft.objects.filter(expires_at__lte=now).delete()[0]


def _told(key, draft, now):
    """Return the draft in the words of ``file_complaint``."""
    whom, what = draft.answers[Step.WHOM], draft.answers[Step.WHAT]
    return {
        "submission": draft.submission,
        "channel": draft.channel,
        "mode": draft.answers[Step.WAY]["mode"],
        "identity": draft.answers.get(Step.CONTACT),
        "division": Division.objects.get(pk=whom["division"]),
        "about": whom["about"],
        "mediator_id": whom.get("mediator"),
        "organization_id": whom.get("organization"),
        "whom": whom.get("description", ""),
        "grounds": what["grounds"],
        "happened_on": parse_date(what["happened_on"]),
        "facts": what["text"],
        "files": [
            (file_content(key, one["id"], now=now), one["suffix"], one["name"])
            for one in draft.files
        ],
    }


def _still_unsent(draft):
    if draft.sent:
        raise AlreadySent


def _read(key, row):
    return Draft(**json.loads(open_under(key, row.sealed, _context(ANSWERS))))


def _written(draft):
    return json.dumps(vars(draft), ensure_ascii=False).encode()


def _row(key, part, now, rows=IntakeDraft.objects):
    row = rows.filter(key_hash=_hash(key, part), expires_at__gt=now).first()
    if row is None:
        raise NoDraft
    return row


def _file_rows(key, draft):
    return IntakeDraft.objects.filter(key_hash__in=[_hash(key, one["id"]) for one in draft.files])


def _put(key, part, content, now):
    IntakeDraft.objects.create(
        key_hash=_hash(key, part), sealed=_sealed(key, part, content), expires_at=now + DRAFT_LIFE
    )


def _sealed(key, part, content):
    return seal_under(key, content, _context(part))


def _context(part):
    return f"draft of a complaint: {part}"


def _hash(key, part):
    return hashlib.sha256(f"{_context(part)} {key}".encode()).hexdigest()
