"""From the documents of a file to rule sets, and back to a file."""

from datetime import date
from decimal import Decimal

import yaml
from django.utils.translation import gettext as _

from grading.rules.reading import Unreadable, read
from grading.rules.review_shape import review_faults
from grading.rules.scheme import REVIEW_SCHEMA, SCHEMA, Scheme, SchemeFault, with_parent
from grading.rules.shape import faults_of
from grading.rules.unknown import Unknown, is_known

SCHEMAS = (SCHEMA, REVIEW_SCHEMA)


def rule_sets(text, known=()):
    """Return the rule sets of a file by their ids, parents worked in.

    :param known: schemes of elsewhere that may be named as parents, by id.
    :raises Unreadable: if the file cannot be read.
    :raises SchemeFault: if it holds no rule sets; every fault names its path.
    """
    documents, faults = {}, []
    for at, document in enumerate(read(text)):
        ruleset = document.get("ruleset") if isinstance(document, dict) else None
        if not isinstance(ruleset, dict) or not isinstance(ruleset.get("id"), str):
            faults.append((f"[{at}]", _("A document needs a “ruleset” with an “id”.")))
        elif document.get("schema", SCHEMA) not in SCHEMAS:
            faults.append((f"[{at}].schema", _("Only %s can be read.") % ", ".join(SCHEMAS)))
        elif (document.get("schema") == REVIEW_SCHEMA) is not ("review" in ruleset):
            faults.append((f"[{at}].schema", _("A “review” belongs to %s.") % REVIEW_SCHEMA))
        elif ruleset["id"] in documents:
            faults.append((f"[{at}].ruleset.id", _("The file has two rule sets of this id.")))
        else:
            documents[ruleset["id"]] = ruleset
    if not documents and not faults:
        raise Unreadable(_("There is no rule set in this file."))
    if faults:
        raise SchemeFault(faults)
    return {name: _scheme(name, documents, dict(known), ()) for name in documents}


def _scheme(name, documents, known, children):
    """Return a scheme with its parents worked in, checked as a whole."""
    if name in children:
        raise SchemeFault([(f"{name}.parent", _("A rule set cannot descend from itself."))])
    if name not in documents:
        if name in known:
            return known[name]
        raise SchemeFault([(f"{children[-1]}.parent", _("There is no rule set “%s”.") % name)])
    document = documents[name]
    parent = document.get("parent")
    if is_known(parent):
        above = _scheme(parent, documents, known, (*children, name))
        document = with_parent(document, above.document)
    scheme = Scheme(document)
    if faults := review_faults(scheme) if "review" in document else faults_of(scheme):
        raise SchemeFault([(f"{name}.{path}", message) for path, message in faults])
    return scheme


class Writer(yaml.SafeDumper):
    """Writes what the strict reader reads back as the same values."""

    def ignore_aliases(self, data):
        return True


# A reader takes these for ends of lines; between quotes they are escaped and stay what they are.
ENDS_OF_LINES = frozenset("\x85\u2028\u2029")


def _word(writer, value):
    style = '"' if ENDS_OF_LINES.intersection(value) else None
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


Writer.add_representer(str, _word)
Writer.add_representer(Unknown, lambda writer, _value: writer.represent_str("UNK"))
Writer.add_representer(
    Decimal, lambda writer, value: writer.represent_scalar("tag:yaml.org,2002:float", f"{value:f}")
)
Writer.add_representer(
    date, lambda writer, day: writer.represent_scalar("tag:yaml.org,2002:timestamp", str(day))
)


def schema_of(document):
    """Return the format that a rule set is written in."""
    return REVIEW_SCHEMA if "review" in document else SCHEMA


def written(document):
    """Return the text of a file that holds one rule set."""
    whole = {"schema": schema_of(document), "ruleset": document}
    return yaml.dump(whole, Dumper=Writer, allow_unicode=True, sort_keys=False, width=100)
