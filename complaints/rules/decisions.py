"""What may be decided of a complaint: the whole from its grounds, and which measures follow.

The people's mediation committee criticises and orders to correct; in serious cases the unit that
elected a mediator removes, the unit that appointed one dismisses (People's Mediation Law, art. 15).
The bureau proposes a measure to whoever may take it, and takes none itself.
"""

from django.utils.translation import gettext as _

FOUNDED, PARTLY, UNFOUNDED = "founded", "partly", "unfounded"
CRITICISM, ORDER, REMOVAL, DISMISSAL, TRANSFER = (
    "criticism", "order", "removal", "dismissal", "transfer",
)  # fmt: skip
ELECTED, APPOINTED = "elected", "appointed"


def result_of(findings):
    """Return what was found on the whole, from what was found of each ground.

    All unfounded is unfounded, all founded is founded, anything else is partly founded.

    :raises ValueError: if there is no finding at all.
    """
    found = set(findings)
    if not found:
        raise ValueError("A complaint without a finding has no result.")
    return found.pop() if len(found) == 1 else PARTLY


def ground_refusals(grounds, items):
    """Return why these (ground, finding) do not decide a complaint: each ground once, no other."""
    decided = [ground for ground, _finding in items]
    found = []
    if set(grounds) - set(decided):
        found.append(_("Each ground of the complaint has to be decided."))
    if len(decided) != len(set(decided)):
        found.append(_("A ground is decided once."))
    if set(decided) - set(grounds):
        found.append(_("Only grounds of the complaint are decided."))
    return found


def measure_refusals(result, measures, *, route, has_post, has_body):
    """Return why these measures may not be proposed.

    ``route`` is how the person complained of came into post, empty if that is not known;
    ``has_post`` and ``has_body`` tell whether such a post, or an organisation, is known at all.
    """
    if not measures:
        return []
    if result == UNFOUNDED:
        return [_("Where nothing is founded no measure follows.")]
    found = []
    personal = {CRITICISM, REMOVAL, DISMISSAL} & set(measures)
    if (personal and not has_post) or (ORDER in measures and not (has_post or has_body)):
        found.append(_("Nobody is known to whom this measure could apply."))
    if {REMOVAL, DISMISSAL} <= set(measures):
        found.append(_("A post ends in one way: by removal or by dismissal."))
    if REMOVAL in measures and route == APPOINTED:
        found.append(_("The mediator was appointed: the appointing unit dismisses (art. 15)."))
    if DISMISSAL in measures and route == ELECTED:
        found.append(_("The mediator was elected: the electing unit removes (art. 15)."))
    return found
