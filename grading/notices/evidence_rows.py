"""The rows of the registers that a figure was counted from, as their person reads them."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grading.evaluation import subject_of
from grading.evaluation.series import DAY, NUMBER, TRUTH

MOST_ROWS = 100


@dataclass(frozen=True)
class Behind:
    """The rows of one register behind a figure, the latest first; ``more`` are not shown."""

    label: str
    count: int
    rows: tuple
    more: int = 0


def behind(scheme, name, facts):
    """Return the rows behind a figure or flag of a rule, by register."""
    found = []
    for series in (subject_of(scheme).series[one] for one in _series_of(scheme, name)):
        rows = facts.series(series.name)
        if rows:
            model, label = series.rows(facts.as_of).model, capfirst(series.label)
            told = tuple(_told(series, model, row) for row in reversed(rows[-MOST_ROWS:]))
            found.append(Behind(label, len(rows), told, len(rows) - len(told)))
    return found


def _series_of(scheme, name, seen=()):
    """Return the names of the registers a figure is counted from, through figures it is made of."""
    if name in seen:
        return []
    subject = subject_of(scheme)
    if name in subject.series:
        return [name]
    metrics, told = scheme.section("metrics"), {**subject.figures, **subject.flags}
    calc = metrics[name] if name in metrics else told.get(name, ("", None))[1]
    words = dict.fromkeys(_words(calc))
    found = [one for word in words for one in _series_of(scheme, word, (*seen, name))]
    return list(dict.fromkeys(found))


def _words(calc):
    """Yield every word that stands in a calculation: among them are the names of what it counts."""
    if isinstance(calc, str):
        yield calc
    elif isinstance(calc, dict):
        for key, one in calc.items():
            if key not in ("where", "label", "window", "unit"):
                yield from _words(one)
    elif isinstance(calc, list):
        for one in calc:
            yield from _words(one)


def _told(series, model, row):
    """Return a row in one line: its days, and whatever the register has a word for."""
    if series.spans:
        until = row.get("until")
        shown = date_format(until) if until else pgettext("span", "today")
        when = f"{date_format(row['from'])} – {shown}"
    else:
        when = date_format(row["on"]) if isinstance(row.get("on"), date) else "—"
    words = [
        word
        for name, attribute in series.attributes.items()
        if (word := _word(model, attribute, row.get(name)))
    ]
    return "，".join([when, *words])


def _word(model, attribute, value):
    """Return what an attribute of a row says, "" if nothing or nothing that people read."""
    if value is None:
        return ""
    field = _field(model, attribute.path)
    if field is None:
        return ""
    if attribute.kind == TRUTH:
        said = pgettext("answer", "yes") if value else pgettext("answer", "no")
        return _("%(name)s: %(value)s") % {"name": field.verbose_name, "value": said}
    if attribute.kind in (NUMBER, DAY):
        said = date_format(value) if isinstance(value, date) else number_format(value)
        return _("%(name)s: %(value)s") % {"name": field.verbose_name, "value": said}
    return str(dict(field.flatchoices).get(value, ""))


def _field(model, path):
    """Return the field a path leads to, None if it leads to none."""
    field = None
    for name in str(path).split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        if field.is_relation:
            model = field.related_model
    return field
