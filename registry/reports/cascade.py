"""What a deregistration will bring about: every row it touches, with what becomes of it."""

from django.utils.translation import gettext as _

from office.desk.history import kind_label
from registry.models import Organization
from registry.questions import Destination, touched_by_closing


def cascade(closure, today):
    """Return a sentence for the organisation and for each item, in the order of the decision."""
    items = {item.key: item for item in closure.items.select_related("target")}
    lines = [_line_of(closure)]
    for touched in touched_by_closing(closure.organization, today):
        item = items.get(touched.key)
        if item is not None:
            lines += [_line(item), *_below(item, items, today)]
    return [*lines, _("A letter to the court is drawn up.")]


def _line_of(closure):
    told = {"name": closure.organization, "heir": closure.successor}
    if closure.successor:
        return (
            _("“%(name)s” leaves the roster for good; its page names “%(heir)s” as successor.")
            % told
        )
    return _("“%(name)s” leaves the roster for good; its page stays and says so.") % told


def _line(item):
    told = {"kind": kind_label(item.subject_type), "item": item.label}
    if item.destination == Destination.MOVE:
        sentence = _("%(kind)s “%(item)s” moves to “%(target)s” from today.")
        return sentence % {**told, "target": item.target}
    if item.destination == Destination.HAND_OVER:
        return _("%(kind)s “%(item)s” is handed over to %(to)s.") % {**told, "to": item.note}
    return _("%(kind)s “%(item)s” ends today.") % told


def _below(item, items, today):
    """What ends along with a studio that is ended."""
    if (item.subject_type, item.destination) != ("registry.organization", Destination.END):
        return []
    studio = Organization.objects.get(pk=item.subject_id)
    return [
        _("Along with it ends: %(kind)s “%(item)s”.")
        % {"kind": kind_label(one.subject_type), "item": one.label}
        for one in touched_by_closing(studio, today)
        if one.key not in items
    ]
