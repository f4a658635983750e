"""Who gives points for what in an annual review."""

from grading.rules.indicators import indicators_of


def asked_of(scheme, actor):
    """Return the indicators that an actor gives points for, in the order of the rule.

    Where the rule names no steps, the bureau gives all points that are given by hand.
    """
    by_hand = [one for one in indicators_of(scheme) if one.by_hand]
    return by_hand if actor == "bureau" else []
