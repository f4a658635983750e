"""Whether a rule set can be applied at all: its shape, and what each section makes of itself."""

from django.utils.translation import gettext as _

from grading.rules.blockers import blockers
from grading.rules.documents import rule_sets
from grading.rules.review_shape import review_faults
from grading.rules.scheme import SchemeFault
from grading.rules.shape import faults_of


def unsound(scheme):
    """Return (path, sentence) of all that is not of the format; empty if everything is."""
    try:
        shape = review_faults if "review" in scheme.document else faults_of
        faults = shape(scheme)
        if not faults:
            blockers(scheme)
    except SchemeFault as fault:
        return list(fault.faults)
    except (TypeError, AttributeError, KeyError, ValueError):
        # A list where a name belongs, for example: whatever asked for the name could not say where.
        return [("", _("Something in it is of another kind than the format has there."))]
    return faults


def sound_rule_sets(text, known=()):
    """Return the rule sets of a file by their ids, parents worked in, each of them sound.

    :raises Unreadable: if the file cannot be read.
    :raises SchemeFault: with every fault and its path.
    """
    try:
        schemes = rule_sets(text, known)
    except (TypeError, AttributeError, KeyError) as error:
        said = _("Something in it is of another kind than the format has there.")
        raise SchemeFault([("ruleset", said)]) from error
    faults = [
        (f"{name}.{path}", said) for name, one in schemes.items() for path, said in unsound(one)
    ]
    if faults:
        raise SchemeFault(faults)
    return schemes
