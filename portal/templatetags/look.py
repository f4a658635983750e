"""What every page of the public site shows besides its own content."""

from django import template
from django.core.cache import caches
from django.utils.translation import get_language
from wagtail.models import Site

from portal.models import SiteDetails
from portal.navigation import entries, written_in
from portal.text_size import text_size as text_size_of

register = template.Library()


@register.simple_tag(takes_context=True)
def text_size(context):
    """Return the text size of the visitor's cookie."""
    return text_size_of(context.get("request"))


@register.simple_tag(takes_context=True)
def site_details(context):
    """Return who runs the site; blank details where the site is not set up yet."""
    return _kept_a_minute("details", _details, context.get("request"))


@register.simple_tag(takes_context=True)
def navigation(context):
    """Return the entries of the main menu and of the footer."""
    return _kept_a_minute("navigation", entries, context.get("request"))


def _details(request):
    if request is None or Site.find_for_request(request) is None:
        return SiteDetails()
    return SiteDetails.for_request(request)


def _kept_a_minute(name, make, request):
    """Return what ``make(request)`` says, which is the same on every page of a language."""
    host = request.get_host() if request else ""
    return caches["page_parts"].get_or_set(f"{name}:{get_language()}:{host}", lambda: make(request))


@register.filter
def is_within(path, url):
    """Tell whether the address shown lies in the part of the site that an entry opens."""
    return bool(path) and path.startswith(url)


@register.simple_tag
def crumbs_to(label):
    """Return the way to a page right below the home page."""
    return [{"label": label, "url": ""}]


@register.simple_tag(takes_context=True)
def page_crumbs(context):
    """Return the way from below the home page to the page shown."""
    page, request = context["page"], context["request"]
    rows = page.get_ancestors().filter(depth__gt=2).select_related("alias_of__locale")
    above = rows if page.depth > 3 else []
    return [
        *(
            {"label": one.title, "url": one.get_url(request), "lang": written_in(one)}
            for one in above
        ),
        {"label": page.title, "url": "", "lang": written_in(page)},
    ]


@register.filter
def page_numbers(page):
    """Return the numbers to show below a list, with a gap where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
