"""What people are answered who write to the official account, or press a button of its menu.

Nothing that is written here becomes a complaint, and no text is kept: whoever complains is led to
the form, for there one learns what happens with one's words and chooses whether to give a name. An
answer never repeats a code or a name, because it stays in the history of a telephone.
"""

import re
from enum import StrEnum, auto

from django.utils.translation import gettext as _

from complaints.actions import open_by_code, status_in_words
from complaints.wechat.addresses import follow_page, mediators_page, start_page
from office.identity import plain

QUERIES = ("查询", "查詢")
NOT_OF_A_CODE = re.compile(r"[^0-9A-Z]")
HOTLINE = "12348"
OTHER_KINDS = {"image", "voice", "video", "shortvideo", "location", "link"}


class Answer(StrEnum):
    """Which of the answers is given."""

    GREETING = auto()
    HOW_TO_COMPLAIN = auto()
    HOW_TO_FOLLOW = auto()
    HOTLINE = auto()
    WORDS_ONLY = auto()
    STATUS = auto()


def answer_to(message):
    """Return the answer a message asks for, or None if it asks for none."""
    if message.kind == "event":
        return _to_event(message)
    if message.kind == "text":
        return _to_text(message)
    return Answer.WORDS_ONLY if message.kind in OTHER_KINDS else None


def _to_event(message):
    if message.event == "subscribe":
        return Answer.GREETING
    if message.event == "CLICK":
        known = message.key in {Answer.HOW_TO_FOLLOW, Answer.HOTLINE}
        return Answer(message.key) if known else Answer.HOW_TO_COMPLAIN
    return None


def _to_text(message):
    code = code_in(message.text)
    if code is None:
        return Answer.HOW_TO_COMPLAIN
    return Answer.STATUS if code else Answer.HOW_TO_FOLLOW


def code_in(text):
    """Return letters and digits after 查询, in half-width capitals; None if it begins otherwise."""
    typed = plain(text)
    if not typed.startswith(QUERIES):
        return None
    return NOT_OF_A_CODE.sub("", typed.removeprefix(QUERIES[0]).removeprefix(QUERIES[1]))


def words(answer, message, *, today):
    """Return the text of an answer."""
    if answer is Answer.STATUS:
        return status(code_in(message.text), today=today)
    return {
        Answer.GREETING: _greeting,
        Answer.HOW_TO_COMPLAIN: _how_to_complain,
        Answer.HOW_TO_FOLLOW: _how_to_follow,
        Answer.HOTLINE: _hotline,
        Answer.WORDS_ONLY: _words_only,
    }[answer]()


def status(code, *, today):
    """Tell in plain words how far a complaint is; of a code nobody has, one sentence says so."""
    complaint = open_by_code(code)
    if complaint is None:
        told = [_("No complaint is found under this code. Please look at your receipt again.")]
    else:
        told = status_in_words(complaint, today)
    return _lines(*told, _("All that can be done with your code: %(link)s") % _link(follow_page()))


def too_many():
    """Return what is answered to somebody who asks too often, whatever the code."""
    told = _("You have asked several times within an hour. Please ask again later.")
    return _lines(told, _("You can also look here: %(link)s") % _link(follow_page()))


def busy():
    """Return what is answered when the system cannot look right now."""
    return _("The system is busy. Please write again in a few minutes.")


def _greeting():
    return _lines(
        _("Welcome. This is the public service of people's mediation."),
        _("Complain about a mediator or an organisation: %(link)s") % _link(start_page()),
        _("Follow a complaint with your receipt code: %(link)s") % _link(follow_page()),
        _("Find a mediator: %(link)s") % _link(mediators_page()),
        _hotline(),
    )


def _how_to_complain():
    return _lines(
        _("Complain about a mediator or an organisation: %(link)s") % _link(start_page()),
        _("There you choose whether to give your name. What you write here is not kept and is"
          " not a complaint: please use the form."),
        _how_to_follow(),
    )  # fmt: skip


def _how_to_follow():
    return _lines(
        _("To ask how far your complaint is, send 查询 and your receipt code."),
        _("Or follow it here: %(link)s") % _link(follow_page()),
    )


def _hotline():
    number = {"number": HOTLINE}
    return _("For legal advice call %(number)s, the hotline of public legal services.") % number


def _words_only():
    return _lines(_("This account reads written messages only."), _how_to_complain())


def _link(address):
    return {"link": address}


def _lines(*lines):
    return "\n".join(lines)
