"""What the page of one mediator or organisation says, in the words of the page."""

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from registry.flows import OrganizationState
from registry.models import (
    Appointment,
    Award,
    Consent,
    ConsentField,
    Mediator,
    MediatorRow,
    PostHeld,
    StarRating,
)
from registry.questions import titles_of
from registry.rules import last_day
from registry.search.cards import STATE_MEANINGS, STATE_TAGS, listed, state_told

MOST_MEMBERS = 100


def of_mediator(row, terms, listed_in, today):
    """Return the facts of a mediator: the fields the law makes public, from the roster row.

    ``listed_in`` says in words when the person was on the roster.
    """
    return _known(
        _fact(_("Sex"), row.get_sex_display()),
        _fact(_("Level"), _level(row, terms)),
        _fact(_("Titles"), _titles(row, today), "zh-hans"),
        _fact(_("Specialities"), listed(row.specialities, terms.speciality)),
        _fact(_("Languages and dialects"), listed(row.languages, terms.language)),
        _fact(_("Place"), row.place, "zh-hans"),
        _fact(_("Work phone"), row.work_phone),
        _fact(_("Certificate"), _certificate(row)),
        _fact(_("On the roster"), listed_in),
    )


def posts_of(row, today):
    """Return the running public posts of a mediator, each with its organisation and term."""
    posts = Appointment.objects.on_the_roster(today).filter(mediator=row.mediator_id)
    return [
        {
            "organization": post.organization,
            "facts": [
                _fact(_("Post"), post.get_post_display()),
                _fact(_("Full-time or part-time"), post.get_employment_display()),
                _fact(_("Term"), period(post.from_on, post.term_until_on)),
            ],
        }
        for post in posts.select_related("organization").order_by("from_on", "pk")
    ]


def may_show_photo(pk):
    """Tell whether a mediator has a photo and has consented to its publication."""
    consented = Consent.objects.filter(
        mediator=pk, field=ConsentField.PHOTO, withdrawn_on__isnull=True
    )
    return consented.exists() and Mediator.objects.filter(pk=pk).exclude(photo="").exists()


def honours_of(**honoured):
    """Return the awards of a mediator or an organisation that stand: title, level and year."""
    return [
        {"title": award.title, "level": award.get_level_display(), "year": award.awarded_on.year}
        for award in Award.objects.standing().filter(**honoured)
    ]


def state_of(body):
    """Return the state of an organisation as a tag with its meaning."""
    state = state_told(body.state)
    return {
        "label": state.label,
        "meaning": STATE_MEANINGS[state],
        "kind": STATE_TAGS.get(state, "error"),
        "is_gone": state == OrganizationState.DEREGISTERED,
    }


def stars_of(body, today):
    """Return the stars of a committee in words; none once their re-check is overdue."""
    rating = StarRating.objects.in_force(today).filter(organization=body).first()
    if rating is None:
        return None
    sentence = _("%(stars)s, %(given)d of %(most)d, given on %(day)s by %(giver)s") % {
        "stars": "★" * rating.stars + "☆" * (rating.most_stars - rating.stars),
        "given": rating.stars,
        "most": rating.most_stars,
        "day": day(rating.rated_on),
        "giver": "{}",
    }
    return format_html(sentence, format_html('<span lang="zh-hans">{}</span>', rating.rated_by))


def of_organization(body, row, today):
    """Return the facts of an organisation; how to reach it only while it is on the roster."""
    known = [
        _fact(_("Kind"), body.get_kind_display()),
        _fact(_("Field of disputes"), body.field),
        _fact(_("Place"), row.place if row else "", "zh-hans"),
        _fact(_("Register number"), body.number),
        _fact(_("Established on"), day(body.established_on)),
    ]
    if row is None:
        return _known(*known, _fact(_("Left the roster on"), day(body.deregistered_on)))
    return _known(
        _fact(_("Address"), row.address, "zh-hans"),
        _fact(_("Telephone"), row.phone),
        _fact(_("Office hours"), row.hours, "zh-hans"),
        *known,
        _fact(_("Star rating"), stars_of(body, today)),
        _fact(_("Last confirmed on"), day(body.confirmed_on)),
    )


def of_edition(edition):
    """Return what is told of an edition; of a withdrawn one only what it was and when it went."""
    told = [
        _fact(_("Place"), edition.division.name, "zh-hans"),
        _fact(_("Kind of organisation"), edition.get_kind_display()),
        _fact(_("Roster on"), day(edition.on_date)),
        _fact(_("Published on"), day(edition.published_on)),
    ]
    if edition.withdrawn_on:
        return _known(*told, _fact(_("Withdrawn on"), day(edition.withdrawn_on)))
    return _known(
        *told,
        _fact(_("Mediators"), edition.people),
        _fact(_("Organisations"), edition.organizations),
        _fact(_("SHA-256 of the rows"), edition.digest),
        _fact(_("SHA-256 of the PDF"), edition.pdf_sha256),
        _fact(_("SHA-256 of the workbook"), edition.xlsx_sha256),
        _fact(_("Head of the ledger"), edition.ledger_head),
    )


def members_of(body, today):
    """Return the roster rows of those in post in an organisation, the director first."""
    posts = (
        Appointment.objects.on_the_roster(today)
        .filter(organization=body)
        .values_list("mediator", "post")
    )
    held = dict(posts[:MOST_MEMBERS])
    rows = list(MediatorRow.objects.filter(mediator__in=held))
    for row in rows:
        row.post_here = held[row.mediator_id]
    return sorted(rows, key=lambda row: PostHeld.values.index(row.post_here))


def member_list(rows, terms):
    """Return members as name, address, post here and level."""
    posts = dict(Appointment._meta.get_field("post").choices)
    return [
        {
            "name": row.name,
            "url": row.get_absolute_url(),
            "post": posts[row.post_here],
            "level": terms.level.get(row.level, ""),
        }
        for row in rows
    ]


def period(from_on, until_on):
    """Return a term in words. The end of a post's is the day it ends on, of a level the last."""
    if until_on is None:
        return _("from %(from)s") % {"from": day(from_on)}
    return _("from %(from)s until %(until)s") % {"from": day(from_on), "until": day(until_on)}


def day(date):
    return date_format(date, "DATE_FORMAT") if date else ""


def _level(row, terms):
    if not row.level:
        return _("Not rated")
    label = terms.level.get(row.level, row.level)
    held = period(row.level_from_on, last_day(row.level_until_on))
    return _("%(level)s, held %(period)s") % {"level": label, "period": held}


def _titles(row, today):
    """Return the titles held beside the level, each with its days."""
    held = titles_of([row.mediator_id], today).get(row.mediator_id, [])
    told = _("%(level)s, held %(period)s")
    return "；".join(
        told % {"level": title, "period": period(from_on, last_day(until_on))}
        for title, from_on, until_on in held
    )


def _certificate(row):
    if not row.certificate_masked:
        return _("No certificate number is on record")
    return _("On record, number %(number)s") % {"number": row.certificate_masked}


def _known(*facts):
    """Leave out what is not on record."""
    return [fact for fact in facts if fact["value"]]


def _fact(term, value, lang=""):
    """A term with its value; ``lang`` is the language of a value that is never translated."""
    return {"term": term, "value": value, "lang": lang}
