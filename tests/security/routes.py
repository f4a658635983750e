"""Every address of the site: the patterns of the resolver, one line for each act of a desk."""

import re

from django.urls import get_resolver
from django.urls.resolvers import URLResolver

from office.desk.viewset import DESKS
from tests.security.rows import MAKERS

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Of these namespaces "pk" is a row of the register; which one, the name of the field of ``Rows``.
ROW = {
    "organizations": "organization",
    "mediators": "mediator",
    "appointments": "appointment",
    "discipline": "discipline",
    "divisions": "division",
    "posts": "post",
    "imports": "importbatch",
    "ledger": "entry",
    "choose_division": "division",
    "choose_organization": "organization",
    "choose_mediator": "mediator",
    # Pages of one desk about rows of two kinds.
    "case_statistics:organization": "organization",
    "case_statistics:mediator": "mediator",
}
# Public addresses of rows that have a desk of another name.
FURTHER = {
    "case_imports:of_case": "cases",
    "edition": "editions",
    "edition_file": "editions",
    "notice": "notices",
    "notice_paper": "notices",
    "object_to_notice": "notices",
    "notice_document": "notices",
}
NOBODY = "999999"


def patterns(resolver=None, prefix="", namespace=""):
    """Yield (route, name with its namespace) of every pattern, in the order of the resolver."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, route, inner)
        else:
            yield route, namespace + (pattern.name or "")


def routes():
    """Yield (route, name); of the acts of a desk, one for each."""
    found = list(patterns())  # Reading the patterns is what registers the desks.
    desks = {desk.name: desk for desk in DESKS.values()}
    for route, name in found:
        desk = desks.get(name.partition(":")[0])
        if desk and "<slug:act>" in route:
            acts = desk.bulk if name.endswith(":bulk") else desk.acts_by_name
            for act in acts or ["none"]:
                yield route.replace("<slug:act>", act), name
        else:
            yield route, name


def address(route, name, rows, world):
    """Return the address of a route for the given rows."""
    values = {**common(world), **of_rows(name, rows)}
    found = PARAMETER.sub(
        lambda match: str(values.get(match[1], NOBODY)), SPECIAL.get(route, route)
    )
    return "/" + found.replace("^", "").replace("$", "")


SPECIAL = {
    r"documents/^(\d+)/(.*)$": "documents/<document_id>/<document_name>",
    r"^media/(?P<path>.*)$": "media/<path>",
    r"^((?:[\w\-]+/)*)$": "",
    "admin/^.*/$": "admin/no-such-page/",
    "admin/^password_reset/": "admin/password_reset/",
    r"admin/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\."
    r"(?P<revision_id_b>live|latest|\d+)/$": "admin/pages/<page_id>/revisions/"
    "compare/earliest...live/",
}


def common(world):
    """Return what the routes of Wagtail ask for.

    There is no picture: of those Wagtail draws files that it leaves open, and warnings are errors.
    """
    page = world.page.pk
    return {
        **dict.fromkeys(
            ["page_id", "parent_page_id", "page_pk", "page_to_move_id", "destination_id"], page
        ),
        "doc_id": world.document.pk,
        "document_id": world.document.pk,
        "document_name": world.document.filename,
        "filter_spec": "width-10",
        "content_type_app_name": "portal",
        "content_type_model_name": "contentpage",
        "app_label": "wagtailcore",
        "app_name": "taggit",
        "model_name": "page",
        "action": "delete",
        "action_name": "approve",
        "uidb64": "MQ",
        "token": "none",
        "collection_id": 1,
        "path": "no-such-file.jpg",
    }


def of_rows(name, rows):
    """Return what a route asks of the rows of the register."""
    namespace = name.partition(":")[0]
    if field := ROW.get(name, ROW.get(namespace)):
        return {"pk": getattr(rows, field).pk}
    if row := rows.further.get(FURTHER.get(name, namespace)):
        # A dry run on one person names the person as well.
        return {
            "pk": row.pk,
            "public_id": getattr(row, "public_id", ""),
            "mediator": rows.mediator.pk,
        }
    if name.startswith("wagtailadmin_editing_sessions:"):
        return {"app_label": "registry", "model_name": "mediator", "object_id": rows.mediator.pk}
    if name.startswith("wagtailadmin_api:pages") or name == "wagtailadmin_pages:copy":
        return {"pk": 2}
    return {"public_id": (rows.organization if "organization" in name else rows.mediator).public_id}


def has_rows(route, name):
    """Whether the address names a row of the register."""
    namespace = name.partition(":")[0]
    is_of_a_row = {name, namespace} & ROW.keys() or (":" in name and namespace in MAKERS)
    return bool(is_of_a_row) and ("<int:pk>" in route or "<str:pk>" in route)
