"""The case library read: what was asked for, what is near, what is recommended to whom and why."""

from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.translation import gettext as _

from casework.models import CaseRecord, DisputeType, LibraryEntry, LibraryLevel
from casework.rules.library import folded, nearness
from registry.models import Speciality
from registry.rules import months_before

MOST_RELATED = 4
MOST_RECOMMENDED = 8
MOST_LOOKED_AT = 500
MOST_CASES = 30
RECENT_MONTHS = 12


@dataclass
class Asked:
    """What a visitor asks of the library: words and facets, as far as they make sense."""

    text: str = ""
    type: object = None
    field: object = None
    level: str = ""

    @property
    def is_narrowed(self):
        return bool(self.text or self.type or self.field or self.level)

    def narrow(self, rows, *, without=""):
        """Return the rows asked for, ``without`` one of the facets."""
        wanted = {"dispute_type": self.type, "field": self.field, "level": self.level}
        return rows.filter(**{k: v for k, v in wanted.items() if v and k != without})


def asked(data):
    """Read a question out of an address; what makes no sense in it is left out."""
    level = data.get("level", "")
    return Asked(
        text=data.get("q", "").replace("\x00", "").strip()[:60],
        type=_term(DisputeType, data.get("type", "")),
        field=_term(Speciality, data.get("field", "")),
        level=level if level in LibraryLevel.values else "",
    )


def _term(model, code):
    return model.objects.filter(code=code).first() if code and "\x00" not in code else None


def facets_of(question, found):
    """Return {facet: [(value, label, count)]} of what the words find; each without itself."""
    return {
        "type": _terms(question.narrow(found, without="dispute_type"), "dispute_type", DisputeType),
        "field": _terms(question.narrow(found, without="field"), "field", Speciality),
        "level": _levels(question.narrow(found, without="level")),
    }


def _counts(rows, name):
    return dict(rows.order_by().values_list(name).annotate(Count("pk")))


def _terms(rows, name, model):
    counts = _counts(rows.exclude(**{name: None}), name)
    return [(term.code, str(term), counts[term.pk]) for term in model.objects.filter(pk__in=counts)]


def _levels(rows):
    counts = _counts(rows, "level")
    return [
        (value, label, counts[value]) for value, label in LibraryLevel.choices if value in counts
    ]


def related_to(entry):
    """Return the entries nearest to one."""
    return LibraryEntry.objects.like(entry, MOST_RELATED).select_related("dispute_type")


@dataclass
class Recommended:
    """A case of the library and, in sentences, why it is recommended."""

    entry: LibraryEntry
    reasons: list = field(default_factory=list)


def recommended_to(mediator, today):
    """Return the cases nearest to a person's fields and recent cases; own ones are left out."""
    types, text = _recent_work(mediator, today)
    fields = dict(_named(mediator.specialities.all()))
    rows = LibraryEntry.objects.exclude(study__author=mediator)
    rows = rows.select_related("dispute_type").order_by("-published_on", "-pk")[:MOST_LOOKED_AT]
    scored = []
    for place, entry in enumerate(rows):
        shared = {word for word in entry.word_list if len(word) > 1 and folded(word) in text}
        score, reasons = nearness(
            (entry.dispute_type_id, entry.field_id, entry.word_list),
            types=types,
            fields=fields,
            words=shared,
        )
        if score:
            scored.append((-score, place, Recommended(entry, _told(reasons, types, fields))))
    return [found for _score, _place, found in sorted(scored, key=lambda one: one[:2])][
        :MOST_RECOMMENDED
    ]


def _recent_work(mediator, today):
    """Return {type: its name} of recent cases, and all that their summaries say."""
    cases = CaseRecord.objects.counting().of_mediator(mediator)
    cases = cases.filter(accepted_on__gt=months_before(today, RECENT_MONTHS))
    recent = cases.select_related("dispute_type").order_by("-accepted_on", "-pk")[:MOST_CASES]
    rows = list(recent)
    types = {case.dispute_type_id: str(case.dispute_type) for case in rows}
    return types, folded("\n".join(case.summary for case in rows))


def _named(terms):
    return [(term.pk, str(term)) for term in terms]


def _told(reasons, types, fields):
    sentences = {
        "type": lambda value: _("because you handle: %(what)s") % {"what": types[value]},
        "field": lambda value: _("because your field is: %(what)s") % {"what": fields[value]},
        "word": lambda value: _("because your cases speak of: %(what)s") % {"what": value},
    }
    return [sentences[kind](value) for kind, value in reasons]
