"""The text of a draft is changed node by node; a change that would leave a fault is refused."""

from django.db import transaction
from django.utils.translation import gettext as _

from grading.actions.schemes import digest_of, refuse, unfit
from grading.flows.scheme import VersionState
from grading.models import SchemeVersion
from grading.rules import nodes
from grading.rules.documents import written
from grading.rules.reading import Unreadable
from grading.rules.scheme import SchemeFault, with_parent
from grading.rules.soundness import sound_rule_sets
from grading.rules.unknown import UNK, is_known
from office import ledger
from office.flow import Refused, Stale

# Where the numbers of a rule set come from is kept beside them.
SOURCES = "params"
LEFT_OUT = object()
KEPT = ("id", "parent", "subject")


@transaction.atomic
def rewrite(pk, change, *, by, reason="", revision=None, what=""):
    """Change the text of a draft; returns the version.

    :param change: takes the own document and the whole one, returns the own document anew.
    :param what: the place, for the ledger.
    :raises Stale: if the draft was changed since the form with this revision was opened.
    :raises Refused: if it is no draft, or would be no rule set any more. Nothing is written then.
    """
    rows = SchemeVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("scheme", "parent").get(pk=pk)
    if revision is not None and revision != version.revision:
        raise Stale
    if version.state != VersionState.DRAFT:
        raise Refused(_("Only a draft is changed; make a new one from this version."))
    document = changed(version, change)
    before, version.text = {"digest": version.digest}, written(document)
    version.digest = digest_of(version.text)
    version.edited_by = by
    version.revision += 1
    version.full_clean()
    version.save()
    for name in ("document", "rules"):
        vars(version).pop(name, None)
    after = {"digest": version.digest, "scheme_node": what}
    act = "grading.schemeversion.rewrite"
    ledger.append(act, version, by=by, reason=reason, before=before, after=after)
    return version


def changed(version, change):
    """Return the document after a change. :raises Refused: with every fault it would have."""
    old = version.document
    try:
        document = change(old, version.rules.document)
    except (nodes.NoSuchPlace, TypeError, KeyError, IndexError):
        raise Refused(_("This place is not in the rule set any more.")) from None
    if any(document.get(name) != old.get(name) for name in KEPT):
        raise Refused(_("Id, parent and kind of a rule set stay; make a draft of its own instead."))
    refuse(unfit(document))
    known = {version.parent.scheme.code: version.parent.rules} if version.parent_id else {}
    whole = with_parent(document, version.parent.rules.document) if known else document
    try:
        # As it will be read again, so that nothing is stored that could not be.
        sound_rule_sets(written(document), known)
    except SchemeFault as fault:
        start = len(document["id"]) + 1
        refuse([(path[start:], sentence) for path, sentence in fault.faults], whole)
    except Unreadable as fault:
        raise Refused(str(fault)) from None
    if whole == version.rules.document:
        raise Refused(_("This changes nothing: it says the same, or the parent says it."))
    return document


def put_node(pk, *, by, today, path, value, reason="", revision=None):
    """Put another value at a place."""
    given = {"by": by, "reason": reason, "revision": revision, "what": path}
    return rewrite(pk, lambda own, whole: nodes.put(own, whole, path, value), **given)


def put_named(pk, *, by, today, path, name, value, reason="", revision=None):
    """Put a value under a name, new or not, of the mapping at a place."""
    given = {"by": by, "reason": reason, "revision": revision, "what": f"{path}.{name}".strip(".")}
    return rewrite(pk, lambda own, whole: nodes.put_named(own, whole, path, name, value), **given)


def put_fields(pk, *, by, today, path, fields, reason="", revision=None):
    """Put several values by their names into the mapping at a place; ``LEFT_OUT`` takes one out."""

    def change(own, whole):
        own, whole = nodes.opened(own, whole, path, {})
        for name, value in fields.items():
            at = f"{path}.{name}".strip(".")
            if value is not LEFT_OUT:
                own = nodes.put_named(own, whole, path, name, value)
            elif nodes.may_be_left_out(own, whole, at):
                own = nodes.drop(own, whole, at)
        return own

    names = "、".join(map(str, fields))
    given = {"by": by, "reason": reason, "revision": revision, "what": f"{path}：{names}"}
    return rewrite(pk, change, **given)


def add_node(pk, *, by, today, path, value, reason="", revision=None):
    """Add a row to the list, or a condition to the group, at a place."""
    given = {"by": by, "reason": reason, "revision": revision, "what": path}

    def change(own, whole):
        own, whole = nodes.opened(own, whole, path, [])
        return nodes.add(own, whole, path, value)

    return rewrite(pk, change, **given)


def drop_node(pk, *, by, today, path, reason="", revision=None):
    """Take a place out of the rule set."""
    given = {"by": by, "reason": reason, "revision": revision, "what": path}
    return rewrite(pk, lambda own, whole: nodes.drop(own, whole, path), **given)


def move_node_up(pk, *, by, today, path, reason="", revision=None):
    """Put a row before the one that stands before it."""
    given = {"by": by, "reason": reason, "revision": revision, "what": path}
    return rewrite(pk, lambda own, whole: nodes.move_up(own, whole, path), **given)


def fill_parameter(pk, *, by, today, name, value, source, reason="", revision=None):
    """Give a parameter its value, with the source it comes from or that it is a setting.

    :raises Refused: if a value comes without either.
    """
    if is_known(value) and not source.strip():
        raise Refused({"source": _("Name the source, or say that it is a setting of this bureau.")})

    def change(own, whole):
        own, whole = nodes.opened(own, whole, "params", {})
        new = nodes.put_named(own, whole, "params", name, value)
        held = new.get("source")
        held = dict(held) if isinstance(held, dict) else {}
        held[SOURCES] = {**(held.get(SOURCES) or {}), name: source.strip() or UNK}
        return {**new, "source": held}

    given = {"by": by, "reason": reason, "revision": revision, "what": f"params.{name}"}
    return rewrite(pk, change, **given)


def decide_reading(pk, *, by, today, name, choice, decided_by, reason="", revision=None):
    """Choose one of the readings of a rule; who decided and when is kept with it.

    :raises Refused: if it is not said who decided.
    """
    if not decided_by.strip():
        raise Refused({"decided_by": _("Say who decided on this reading.")})
    value = {"choice": choice, "decided_by": decided_by.strip(), "decided_on": today}
    given = {"by": by, "reason": reason, "revision": revision, "what": f"readings.{name}"}
    return rewrite(
        pk, lambda own, whole: nodes.put_named(own, whole, "readings", name, value), **given
    )
