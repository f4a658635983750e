"""The evidence of a reappointment and the reasons of the rule, as people read them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grading.notices.clauses import ANSWERS, TONES, Leaf, line_of
from grading.rules.evidence import facts_from
from grading.rules.renewal_pack import NO_RULE, missing_years, verdict_of
from registry.models import AwardLevel, DisciplineKind, Employment, Ground, PostHeld, Route

SHOWN_FIGURES = ("cases.accepted", "cases.agreed", "cases.failed", "opinions.average")


@dataclass(frozen=True)
class Table:
    """A kind of evidence: its heading, the heads of its columns and its rows."""

    name: str
    heading: str
    heads: list
    rows: list

    @property
    def cells(self):
        """Give each row as (head, value) of its columns."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]


def said_reasons(case):
    """Return (sentence where the rule says nothing, a line for each reason of the rule)."""
    if case.reasons and "why" in case.reasons[0]:
        return _silence(case.reasons[0]["why"]), []
    scheme = case.version.rules if case.version else None
    return "", [_line(scheme, reason) for reason in case.reasons] if scheme else []


def _silence(why):
    if why == NO_RULE:
        return _("No rule of the annual review is in force here: a person has to weigh it.")
    return _("The rule in force says nothing about the end of a term: a person has to weigh it.")


def _line(scheme, reason):
    return line_of(scheme, Leaf(verdict_of(reason)), ANSWERS, TONES)


def facts_of_case(case):
    """Return (label, value) of the post as it stood when the evidence was taken."""
    pack = case.pack
    post, term = pack["post"], pack["term"]
    return [
        (_("Mediator"), case.appointment.mediator.name),
        (_("Organisation"), post["organization"]),
        (_("Post"), f"{_word(PostHeld, post['post'])} ({_word(Employment, post['employment'])})"),
        (_("Elected or appointed"), f"{_word(Route, post['route'])} {post['unit']}".strip()),
        (_("Term"), f"{term['from']} – {term['until']}"),
        (_("Evidence taken on"), date.fromisoformat(pack["as_of"])),
        ("SHA-256", case.pack_digest),
    ]


def tables_of(pack):
    """Return the evidence kind by kind; a kind of which there is nothing has no rows."""
    return [
        Table(
            "reviews",
            _("Reviews of the term"),
            [_("Period"), _("Band"), _("Score")],
            [
                [one["period"], one["band"] or _("no band: figures were missing"),
                 one["score"] or "—"]
                for one in pack["reviews"]
            ]
            + [[year, _("no review"), "—"] for year in missing_years(pack)],
        ),
        _table(pack, "levels", _("Levels held"), [_("Level"), _("From"), _("Until")],
               lambda one: [one["level"], one["from"], one["until"] or "—"]),
        _table(pack, "hours", _("Class hours"), [_("Year"), _("Hours")],
               lambda one: [one["year"], one["hours"]]),
        _table(pack, "certificates", _("Certificates"),
               [_("Number"), _("Kind"), _("Issued on"), _("Valid until")],
               lambda one: [one["number"], one["kind"], one["on"], one["until"] or "—"]),
        _table(pack, "complaints", _("Founded complaints"), [_("Decided on"), _("Result")],
               lambda one: [one["on"], _found(one["result"])]),
        _table(pack, "discipline", _("Discipline"), [_("Decided on"), _("Kind"), _("Ground")],
               lambda one: [one["on"], _word(DisciplineKind, one["kind"]),
                            _word(Ground, one["ground"])]),
        _table(pack, "awards", _("Awards"), [_("Awarded on"), _("Title"), _("Level")],
               lambda one: [one["on"], one["title"], _word(AwardLevel, one["level"])]),
        _figures(pack),
    ]  # fmt: skip


def _table(pack, name, heading, heads, row):
    return Table(name, heading, heads, [row(one) for one in pack[name]])


def _figures(pack):
    values = facts_from(pack["facts"]).values
    labels = {
        "cases.accepted": _("cases accepted"),
        "cases.agreed": _("disputes settled"),
        "cases.failed": _("disputes not settled"),
        "opinions.average": _("satisfaction"),
    }
    rows = [[labels[name], _number(values.get(name))] for name in SHOWN_FIGURES]
    heads = [pgettext("of a figure", "Figure"), pgettext("of a figure", "Number")]
    return Table("figures", _("Cases of the term"), heads, rows)


def _number(value):
    if value is None:
        return "—"
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def _found(result):
    return {"founded": _("founded"), "partly": _("partly founded")}.get(result, result)


def _word(choices, value):
    return str(dict(choices.choices).get(value, value) or "—")
