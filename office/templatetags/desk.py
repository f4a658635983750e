"""How values stand on the pages of the desk."""

from datetime import date, datetime

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime

register = template.Library()


@register.simple_tag
def value(shown):
    """Return a value as text: dates in full, and a dash for what is not known."""
    if shown is None or shown == "":
        return "—"
    if isinstance(shown, datetime):
        return _moment(date_format(localtime(shown), "Y-m-d H:i"))
    if isinstance(shown, date):
        return _moment(date_format(shown, "Y-m-d"))
    return shown


def _moment(text):
    return format_html("<time>{}</time>", text)


@register.simple_tag
def shown(cell):
    """Return a cell of a list, as a tag where its column has tones."""
    if not cell.tone or cell.value in ("", None):
        return value(cell.value)
    return format_html('<span class="officer-tag officer-{}">{}</span>', cell.tone, cell.value)


@register.simple_tag(takes_context=True)
def part(context, section):
    """Render a section of a record's page from its own template and context."""
    return render_to_string(section.template, dict(section.context), context["request"])


@register.simple_tag(takes_context=True)
def with_page(context, number):
    """Return the query of this page with another page number."""
    query = context["request"].GET.copy()
    query["p"] = number
    return f"?{query.urlencode()}"
