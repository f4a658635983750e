"""What a roster row and its index entry should say, read from the register."""

from registry.models import (
    Appointment,
    Division,
    Level,
    LevelHolding,
    Mediator,
    MediatorRow,
    Organization,
    OrganizationRow,
)
from registry.models.appointment import Employment
from registry.models.roster import UNRATED, mediator_rank, organization_rank
from registry.rules import DIVISION_DIGITS
from registry.search.tokens import entry

# A county and everything below it is told by its name; "Zhejiang" helps nobody find a committee.
NAMED_DIGITS = DIVISION_DIGITS[2:]
LEVEL_SCALE = "level"
UNRATED_CODE = "unrated"
MASK = "*"


def listed_mediators(pks, today):
    """Yield ``(row, entry)`` of those of the mediators who are on the roster today."""
    people, levels = [*_people(pks, today)], Level.objects.filter(scale=LEVEL_SCALE).in_bulk()
    places = Places(
        post.organization.division_id for _who, posts, _held in people for post in posts
    )
    for mediator, of_one, holding in people:
        yield _mediator(mediator, of_one, holding, levels, places)


def listed_organizations(pks, today):
    """Yield ``(row, entry)`` of those of the organisations that are on the roster."""
    rows = Organization.objects.public().filter(pk__in=pks).select_related("field")
    bodies = list(rows.order_by("pk"))
    places = Places(body.division_id for body in bodies)
    for body in bodies:
        yield _organization(body, places)


def mask(number):
    """Return a certificate number with its middle hidden, so that a paper can be compared with it.

    >>> mask("330681201500123")
    '33***********23'
    """
    if len(number) <= 4:
        return MASK * len(number)
    return number[:2] + MASK * (len(number) - 4) + number[-2:]


class Places:
    """The names of divisions, read at once however many rows lie in them."""

    def __init__(self, numbers):
        """Read the names of divisions and of those around them."""
        rows = Division.objects.filter(pk__in={one for number in numbers for one in around(number)})
        self._found = dict(rows.values_list("pk", "name"))

    def names(self, number):
        """Return the names from the county down to the division of this number."""
        return [self._found[one] for one in around(number) if self._found.get(one)]


def around(number):
    """Return the numbers of the divisions that are named: the county first, the division last.

    >>> around(330681104000)
    [330681000000, 330681104000]
    """
    code = f"{number:012d}"
    return list(dict.fromkeys(int(code[:digits].ljust(12, "0")) for digits in NAMED_DIGITS))


def _people(pks, today):
    """Yield each mediator with public posts: the person, the posts, main one first, the level."""
    posts, holdings = {}, {}
    running = Appointment.objects.on_the_roster(today).filter(mediator__in=pks)
    for post in running.select_related("organization"):
        posts.setdefault(post.mediator_id, []).append(post)
    for holding in LevelHolding.objects.in_force(today).filter(
        mediator__in=posts, level__scale=LEVEL_SCALE
    ):
        holdings[holding.mediator_id] = holding
    people = Mediator.objects.filter(pk__in=posts).prefetch_related("specialities", "languages")
    for mediator in people.order_by("pk"):
        yield mediator, sorted(posts[mediator.pk], key=_main_first), holdings.get(mediator.pk)


def _main_first(post):
    return Employment.values.index(post.employment), post.from_on, post.pk


def _mediator(mediator, posts, holding, levels, places):
    main, level = posts[0], levels[holding.level_id] if holding else None
    bodies = [post.organization for post in posts]
    specialities = list(mediator.specialities.all())
    languages = [language.code for language in mediator.languages.all()]
    number = mediator.certificate_number or ""
    row = MediatorRow(
        rank=mediator_rank(level.rank if level else UNRATED, main.employment, mediator.pk),
        mediator_id=mediator.pk,
        public_id=mediator.public_id,
        name=mediator.name,
        sex=mediator.sex,
        division_id=bodies[0].division_id,
        place=" ".join(places.names(bodies[0].division_id)),
        organization_public_id=bodies[0].public_id,
        organization_name=bodies[0].name,
        organization_kind=bodies[0].kind,
        work_phone=bodies[0].phone,
        post=main.post,
        employment=main.employment,
        from_on=main.from_on,
        term_until_on=main.term_until_on,
        level=level.code if level else "",
        level_from_on=holding.from_on if holding else None,
        level_until_on=holding.until_on if holding else None,
        specialities=" ".join(speciality.code for speciality in specialities),
        languages=" ".join(languages),
        certificate_masked=mask(number),
    )
    facets = {
        f"l{row.level or UNRATED_CODE}",
        *(f"e{post.employment}" for post in posts),
        *(f"k{body.kind}" for body in bodies),
        *(f"s{speciality.code}" for speciality in specialities),
        *(f"g{language}" for language in languages),
    }
    return row, entry(
        row.rank,
        name=mediator.name,
        number=number,
        lines=[*_lines(bodies, places), *(word for term in specialities for word in _words(term))],
        facets=facets,
        divisions=[body.division_id for body in bodies],
    )


def _organization(body, places):
    row = OrganizationRow(
        rank=organization_rank(body.kind, body.pk),
        organization_id=body.pk,
        place=" ".join(places.names(body.division_id)),
        field=body.field.code if body.field else "",
        **{name: getattr(body, name) for name in COPIED},
    )
    return row, entry(
        row.rank,
        lines=[*_lines([body], places), *(_words(body.field) if body.field else [])],
        number=body.number or "",
        facets={f"k{body.kind}", *({f"s{body.field.code}"} if body.field else ())},
        divisions=[body.division_id],
    )


COPIED = ["public_id", "name", "kind", "state", "division_id", "address", "phone", "hours"]


def _lines(bodies, places):
    for body in bodies:
        yield body.name
        yield body.short_name
        yield from places.names(body.division_id)


def _words(term):
    return [term.name, *term.synonyms]
