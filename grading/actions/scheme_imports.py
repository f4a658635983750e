"""A file of rule sets: looked at first, entered as drafts after; with a fault nothing is."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.schemes import enter_version, parent_of, unfit
from grading.flows.scheme import VersionState
from grading.models import GradingScheme, SchemeVersion
from grading.rules.blockers import blockers
from grading.rules.documents import written
from grading.rules.reading import Unreadable, read
from grading.rules.scheme import Scheme, SchemeFault
from grading.rules.soundness import sound_rule_sets
from grading.rules.unknown import is_known
from office.flow import Refused

NEW, CHANGED, SAME = "new", "changed", "same"
MOST_CHARACTERS = 400_000


@dataclass(frozen=True)
class Line:
    """What a file would do with one rule set: new, changed or same as the version ``former``."""

    code: str
    title: str
    what: str
    scheme: Scheme
    former: SchemeVersion | None = None
    blockers: tuple = ()


@dataclass(frozen=True)
class Findings:
    """What was found in a file: faults as (path, sentence), or a line for each rule set."""

    faults: tuple = ()
    lines: tuple = ()


def text_of(upload):
    """Return the text of a file. :raises Refused: if it is too large or no text."""
    content = upload.read(MOST_CHARACTERS * 4 + 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("The file is no text in UTF-8.")) from None
    if len(text) > MOST_CHARACTERS:
        raise Refused(_("The file is too large: at most %s characters.") % MOST_CHARACTERS)
    return text


def check_schemes(text, *, division, today):
    """Look at a file without writing anything."""
    try:
        documents = _documents(text)
        if faults := [fault for document in documents.values() for fault in unfit(document)]:
            return Findings(faults=tuple(faults))
        known = _known(documents, division, today)
        schemes = sound_rule_sets(text, known)
    except Unreadable as fault:
        return Findings(faults=(("", str(fault)),))
    except SchemeFault as fault:
        more = _all_faults(text, division, today)
        return Findings(faults=tuple(dict.fromkeys([*fault.faults, *more])))
    lines = (_line(documents[code], scheme, division) for code, scheme in schemes.items())
    return Findings(lines=tuple(lines))


@transaction.atomic
def enter_schemes(text, *, division, by, today, reason, state=VersionState.DRAFT):
    """Enter all rule sets of a file that are new or changed, as drafts; returns the versions.

    :raises Refused: with every fault and its path, if there is one. Nothing is written then.
    """
    found = check_schemes(text, division=division, today=today)
    if found.faults:
        raise Refused([f"{path}：{sentence}" for path, sentence in found.faults])
    wanted = {line.code for line in found.lines if line.what != SAME}
    made = {}
    for document in _in_order(_documents(text)):
        if document["id"] in wanted:
            parent = made.get(document.get("parent")) if is_known(document.get("parent")) else None
            made[document["id"]] = enter_version(
                document, division=division, by=by, today=today, reason=reason, state=state,
                parent=parent or parent_of(document, division, today),
            )  # fmt: skip
    return list(made.values())


def _documents(text):
    """Return the rule sets of a file as they are written, by id; what is none is left out."""
    found = (one.get("ruleset") for one in read(text) if isinstance(one, dict))
    return {
        one["id"]: one for one in found if isinstance(one, dict) and isinstance(one.get("id"), str)
    }


def _in_order(documents):
    """Yield the rule sets, what others take over from before those."""
    done, waiting = set(), list(documents.values())
    while waiting:
        for document in list(waiting):
            if document.get("parent") not in documents or document["parent"] in done:
                waiting.remove(document)
                done.add(document["id"])
                yield document


def _known(documents, division, today):
    """Return the schemes of the house that rule sets of the file take over from, by id."""
    found = {}
    for document in documents.values():
        named = document.get("parent")
        if is_known(named) and isinstance(named, str) and named not in documents:
            try:
                found[named] = parent_of(document, division, today).rules
            except Refused:
                continue
    return found


def _all_faults(text, division, today):
    """Return the faults of all rule sets of a file, not only of the first that has any."""
    documents = _documents(text)
    known = _known(documents, division, today)
    faults = []
    for code, document in documents.items():
        others = {name: Scheme(one) for name, one in documents.items() if name != code}
        try:
            sound_rule_sets(written(document), {**others, **known})
        except (SchemeFault, Unreadable) as fault:
            faults += getattr(fault, "faults", [(code, str(fault))])
    return tuple(faults)


def _line(document, scheme, division):
    named = GradingScheme.objects.filter(code=document["id"], division=division).first()
    former = named and SchemeVersion.objects.newest(named)
    is_same = former is not None and former.document == document
    what = NEW if former is None else SAME if is_same else CHANGED
    left = tuple(blockers(scheme))
    return Line(document["id"], document["title"], what, scheme, former, left)
