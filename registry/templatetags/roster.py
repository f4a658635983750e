"""The parts of a results page that repeat: cards, boxes to tick, places.

They are put together here and not in a template because they are what a page of results costs:
ten cards and eighty options take Django's templates longer than the search takes. Every value is
escaped where it enters.
"""

from html import escape

from django import template
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def options(name, choices):
    """Return the boxes to tick of one filter, each with the number it finds if that is known."""
    return _safe(
        f'<label><input type="checkbox" name="{name}" value="{escape(one.code)}" '
        f'id="{name}-{escape(one.code)}"{" checked" if one.is_chosen else ""}>'
        f"<span>{escape(one.label)}{_quiet(one.count)}</span></label>"
        for one in choices
    )


@register.simple_tag
def place_options(places, chosen):
    """Return the places to choose from; ``chosen`` is the division in use or None."""
    in_use = chosen.code if chosen else ""
    return _safe(
        f'<option value="{code}" lang="zh-hans"'
        f"{' selected' if code == in_use else ''}>{escape(name)}</option>"
        for code, name in places
    )


@register.simple_tag
def mediator_cards(cards):
    """Return the cards of a page of mediators."""
    good_at, call, details = _words(_("Good at:"), _("Call the committee"), _("Details"))
    alike = _tag("warn", _("Sounds alike"))
    return _safe(
        _card(
            card,
            _tag("level" if card.is_rated else "none", card.level)
            + _tag("info", card.employment)
            + (alike if card.only_sounds_alike else ""),
            f'<p lang="zh-hans">{escape(card.organization)}</p>'
            + (f"<p>{good_at} {escape(card.specialities)}</p>" if card.specialities else ""),
            call,
            details,
        )
        for card in cards
    )


@register.simple_tag
def organization_cards(cards):
    """Return the cards of a page of organisations."""
    call, details = _words(_("Call"), _("Details"))
    return _safe(
        _card(
            card,
            _tag(card.state_tag, card.state) + _tag("none", card.kind),
            f'<p lang="zh-hans">{escape(card.address or card.place)}</p>',
            call,
            details,
        )
        for card in cards
    )


def _card(card, tags, lines, call, details):
    name, url = escape(card.name), escape(card.url)
    hidden = f'<span class="visually-hidden" lang="zh-hans"> {name}</span>'
    phone = f'<a class="button" href="tel:{escape(card.phone)}">{call}{hidden}</a>'
    return (
        f'<li><article class="card"><h2><a href="{url}" lang="zh-hans">{name}</a></h2> '
        f'{tags}{lines}<div class="row">{phone if card.phone else ""}'
        f'<a class="button button-secondary" href="{url}">{details}{hidden}</a>'
        "</div></article></li>"
    )


def _tag(kind, label):
    return f'<span class="tag tag-{kind}">{escape(label)}</span> '


def _quiet(count):
    return "" if count == "" else f' <span class="quiet">({count})</span>'


def _words(*words):
    return [escape(word) for word in words]


def _safe(parts):
    return mark_safe("".join(parts))  # noqa: S308 - each value is escaped above
