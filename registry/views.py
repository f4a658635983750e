"""The public pages of the register: the lists one searches, and the page of each one."""

from functools import wraps

from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.flows import EditionState
from registry.models import (
    Edition,
    Extract,
    Mediator,
    MediatorRow,
    Organization,
    OrganizationRow,
)
from registry.search import allowance, facts, lookup
from registry.search.asking import Question
from registry.search.cards import mediator_cards, organization_cards
from registry.search.filters import OF_MEDIATORS, OF_ORGANIZATIONS, Terms

SECONDS_KEPT = 60
EDITIONS_A_PAGE = 20
EDITION_FILES = ("pdf", "xlsx")


def kept_for_a_minute(view):
    """Let caches keep a page that shows the same to everybody, and ask whether it changed."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not request.user.is_authenticated:
            patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
        return response

    return require_safe(decorator_from_middleware(ConditionalGetMiddleware)(answer))


@kept_for_a_minute
def mediators(request):
    """Look for mediators on the roster."""
    question = Question(request.GET, OF_MEDIATORS)
    answer = question.answered_by(lookup.find_mediators)
    if allowance.is_spent(request, [row.public_id for row in answer.rows], now=timezone.now()):
        return render(request, "429.html", status=429)
    context = {
        "question": question,
        "answer": answer,
        "options": question.options(answer.facets),
        "cards": mediator_cards(answer.rows, question.choices.terms),
        "suggestions": [] if answer.rows else question.wider(lookup.count_mediators),
    }
    return render(request, "registry/mediators.html", context)


@kept_for_a_minute
def organizations(request):
    """Look for organisations on the roster."""
    question = Question(request.GET, OF_ORGANIZATIONS)
    answer = question.answered_by(lookup.find_organizations)
    context = {
        "question": question,
        "answer": answer,
        "options": question.options(answer.facets),
        "cards": organization_cards(answer.rows, question.choices.terms),
        "suggestions": [] if answer.rows else question.wider(lookup.count_organizations),
    }
    return render(request, "registry/organizations.html", context)


@kept_for_a_minute
def mediator(request, public_id):
    """Show a mediator on the roster; of one who left it, only that the person is not on it."""
    row = MediatorRow.objects.filter(public_id=public_id).first()
    if row is None:
        if not Mediator.objects.once_public().filter(public_id=public_id).exists():
            return _to_the_entry_kept(Mediator, public_id)
        return render(request, "registry/mediator_gone.html", status=410)
    if allowance.is_spent(request, [public_id], now=timezone.now()):
        return render(request, "429.html", status=429)
    terms, today = Terms(), timezone.localdate()
    context = {
        "mediator": row,
        "crumbs": _way(_("Find a mediator"), "mediators", row.name),
        "level": terms.level.get(row.level, ""),
        "facts": facts.of_mediator(row, terms),
        "posts": facts.posts_of(row, today),
        "has_photo": facts.may_show_photo(row.mediator_id),
    }
    return render(request, "registry/mediator.html", context)


@require_safe
def mediator_photo(request, public_id):
    """Hand out the photo of a mediator on the roster who has consented to its publication."""
    row = get_object_or_404(MediatorRow, public_id=public_id)
    if not facts.may_show_photo(row.mediator_id):
        raise Http404
    photo = Mediator.objects.only("photo").get(pk=row.mediator_id).photo
    response = FileResponse(photo.open(), content_type="image/jpeg")
    patch_cache_control(response, private=True, max_age=SECONDS_KEPT)
    return response


@kept_for_a_minute
def organization(request, public_id):
    """Show an organisation that is or was on the roster, with its state and its members."""
    found = Organization.objects.once_public().select_related("field", "successor")
    body = found.filter(public_id=public_id).first()
    if body is None:
        return _to_the_entry_kept(Organization, public_id)
    members = facts.members_of(body, timezone.localdate())
    if allowance.is_spent(request, [row.public_id for row in members], now=timezone.now()):
        return render(request, "429.html", status=429)
    terms = Terms()
    row = OrganizationRow.objects.filter(public_id=public_id).first()
    context = {
        "organization": body,
        "crumbs": _way(_("Find a committee"), "organizations", body.name),
        "state": facts.state_of(body),
        "facts": facts.of_organization(body, row),
        "members": facts.member_list(members, terms),
    }
    return render(request, "registry/organization.html", context)


@kept_for_a_minute
def editions(request):
    """List the published editions of the roster, the newest first."""
    found = Edition.objects.public().select_related("division").order_by("-on_date", "-pk")
    page = Paginator(found, EDITIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "registry/editions.html", {"page": page})


@kept_for_a_minute
def edition(request, public_id):
    """Show an edition with its files and their digests; of a withdrawn one only that it was."""
    found = get_object_or_404(
        Edition.objects.public().select_related("division"), public_id=public_id
    )
    context = {
        "edition": found,
        "facts": facts.of_edition(found),
        "crumbs": _way(_("Roster editions"), "editions", found.title),
    }
    return render(request, "registry/edition.html", context)


@require_safe
def edition_file(request, public_id, suffix):
    """Hand out a file of a published edition."""
    found = get_object_or_404(
        Edition.objects.filter(state=EditionState.PUBLISHED), public_id=public_id
    )
    if suffix not in EDITION_FILES:
        raise Http404
    name = f"{found.title}.{suffix}"
    return FileResponse(getattr(found, suffix).open(), as_attachment=True, filename=name)


@require_safe
def extract(request, public_id):
    """Show every fact that a printed extract of the roster states, so that it can be compared."""
    found = get_object_or_404(Extract.objects, public_id=public_id)
    response = render(request, "registry/extract.html", {"extract": found})
    patch_cache_control(response, private=True, no_store=True)
    return response


def _to_the_entry_kept(model, public_id):
    """Lead from an entry that was merged to the one that was kept; other addresses are unknown."""
    merged = model.objects.exclude(merged_into=None).select_related("merged_into")
    return redirect(get_object_or_404(merged, public_id=public_id).merged_into, permanent=True)


def _way(label, list_name, name):
    """Return the crumbs to one of a list."""
    return [{"label": label, "url": reverse(list_name)}, {"label": name, "lang": "zh-hans"}]
