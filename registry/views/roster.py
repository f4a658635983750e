"""The public pages of the register: the lists one searches, and the page of each one."""

from functools import wraps

from django.http import FileResponse, Http404
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from registry.flows import OrganizationState
from registry.models import (
    Mediator,
    MediatorRow,
    Organization,
    OrganizationRow,
    PublicNotice,
)
from registry.search import allowance, facts, listing, lookup
from registry.search.asking import Question
from registry.search.cards import mediator_cards, organization_cards
from registry.search.filters import OF_MEDIATORS, OF_ORGANIZATIONS, Terms

SECONDS_KEPT = 60


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
        return _mediator_gone(request, public_id)
    if allowance.is_spent(request, [public_id], now=timezone.now()):
        return render(request, "429.html", status=429)
    terms, today = Terms(), timezone.localdate()
    context = {
        "mediator": row,
        "crumbs": way(_("Find a mediator"), "mediators", row.name),
        "level": terms.level.get(row.level, ""),
        "facts": facts.of_mediator(row, terms, _when_listed(row.mediator_id, today), today),
        "posts": facts.posts_of(row, today),
        "has_photo": facts.may_show_photo(row.mediator_id),
        "honours": facts.honours_of(mediator=row.mediator_id),
    }
    return render(request, "registry/mediator.html", context)


def _mediator_gone(request, public_id):
    """Of somebody who left the roster tell only when the person was on it."""
    gone = Mediator.objects.once_public().filter(public_id=public_id).first()
    if gone is None:
        return _to_the_entry_kept(Mediator, public_id)
    context = {"listed_in": _when_listed(gone.pk, timezone.localdate())}
    return render(request, "registry/mediator_gone.html", context, status=410)


def _when_listed(pk, today):
    return listing.told_periods(listing.listed_periods(pk, today))


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
def past_organizations(request):
    """List the organisations that have left the roster, to be found by their names."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    page = listing.past_organizations(text, request.GET.get("page", ""))
    context = {
        "crumbs": [
            {"label": _("Find a committee"), "url": reverse("organizations")},
            {"label": _("Organisations that have left the roster"), "url": ""},
        ],
        "text": text,
        "page": page,
        "cards": listing.past_cards(page.object_list),
    }
    return render(request, "registry/past_organizations.html", context)


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
        "crumbs": way(_("Find a committee"), "organizations", body.name),
        "state": facts.state_of(body),
        "notice": _notice_of(body, timezone.localdate()),
        "facts": facts.of_organization(body, row, timezone.localdate()),
        "members": facts.member_list(members, terms),
        "honours": facts.honours_of(organization=body),
    }
    return render(request, "registry/organization.html", context)


def _to_the_entry_kept(model, public_id):
    """Lead from an entry that was merged to the one that was kept; other addresses are unknown."""
    merged = model.objects.exclude(merged_into=None).select_related("merged_into")
    return redirect(get_object_or_404(merged, public_id=public_id).merged_into, permanent=True)


def _notice_of(body, today):
    """Return the notice on which an organisation that is leaving may be kept by an objection."""
    if body.state != OrganizationState.CLOSING:
        return None
    return PublicNotice.objects.about(body).running(today).filter(kind="closure").first()


def way(label, list_name, name):
    """Return the crumbs to one of a list."""
    return [{"label": label, "url": reverse(list_name)}, {"label": name, "lang": "zh-hans"}]
