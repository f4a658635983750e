"""By what a rule may limit places: employment, sex, kind of organisation, division of everybody."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from grading.rules.awards import AREA, KIND, SEX
from grading.rules.ranking import EMPLOYMENT
from grading.rules.references import reference
from registry.models import Appointment, Employment, Mediator, OrganizationKind
from registry.models.division import CODE_DIGITS
from registry.rules import county_code

TOWNSHIP_DIGITS = 9
EMPLOYMENTS = ("full_time", "part_time")
SEXES = dict(Mediator._meta.get_field("sex").choices)


def district_of(level, row):
    """Return the district of an application: a county in a city's round, else a township."""
    if level.grading_round.division.level == "city":
        return county_code(row.division_id)
    return f"{row.division_id:012d}"[:TOWNSHIP_DIGITS]


def properties_of(level, row):
    """Return by what places may be limited, beside the employment; once given, as it was then."""
    kept = level.award.get("standings", {}).get(str(row.pk), {}).get("properties")
    if kept is not None:
        return kept
    return {
        SEX: "" if row.is_of_body else row.mediator.sex,
        KIND: row.organization.kind,
        AREA: district_of(level, row),
    }


def known_values(level, rows):
    """Return {property: {how a rule may write a value: the value}}; words are those of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        found = {
            EMPLOYMENT: _written(dict(Employment.choices)),
            SEX: _written(SEXES),
            KIND: _written(dict(OrganizationKind.choices)),
        }
    below = level.grading_round.division.children.values_list("code", "name")
    areas = {district_of(level, row) for row in rows}
    digits = len(next(iter(areas), ""))
    names = {name: code[:digits] for code, name in below}
    short = dict.fromkeys([*areas, *names.values()])
    whole = {one.ljust(CODE_DIGITS, "0"): one for one in short}
    return {**found, AREA: {**names, **whole, **{one: one for one in short}}}


def _written(choices):
    return {
        **{str(label): code for code, label in choices.items()},
        **{one: one for one in choices},
    }


def unknown_of(rows, entries, limits):
    """Return a sentence for everybody of whom it is not known by what the rule limits places."""
    of_row = {row.pk: row for row in rows}
    names = {
        EMPLOYMENT: _("employment"),
        SEX: _("sex"),
        KIND: _("kind of organisation"),
        AREA: _("division"),
    }
    return [
        _("%(application)s: the %(property)s is not known, and the rule limits places by it.")
        % {
            "application": reference(of_row[entry.person].grading_round_id, entry.person),
            "property": names[by],
        }
        for by in dict.fromkeys(limit.by for limit in limits if limit.is_hard)
        for entry in entries
        if not entry.property(by)
    ]


def employments_of(rows, as_of):
    """Return {application: employment}: as the evidence says it, else as the register does.

    :param rows: applications with their evidence, or with its flags alone as ``told_flags``.
    """
    found, unknown = {}, {}
    for row in rows:
        if row.is_of_body:
            continue
        flags = _flags(row)
        said = next((one for one in EMPLOYMENTS if flags.get(one) is True), None)
        if said:
            found[row.pk] = said
        else:
            unknown[row.mediator_id, row.organization_id] = row.pk
    posts = Appointment.objects.in_post(as_of).filter(mediator__in=[one for one, _body in unknown])
    for mediator, body, employment in posts.order_by("pk").values_list(
        "mediator_id", "organization_id", "employment"
    ):
        if (mediator, body) in unknown:
            found[unknown[mediator, body]] = employment
    return found


def _flags(row):
    told = row.told_flags if hasattr(row, "told_flags") else (row.evidence or {}).get("flags")
    return told or {}
