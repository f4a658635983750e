"""What the city is measured by and honoured with: standards, terms, awards, stars, experts."""

import json
import random
from collections import defaultdict
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from registry import actions
from registry.actions import auxiliaries, awards, experts, stars
from registry.city.bodies import BRANDS
from registry.city.names import full_name
from registry.models import (
    Appointment,
    AuxiliaryKind,
    AwardLevel,
    Division,
    DivisionLevel,
    ExpertField,
    Organization,
    OrganizationKind,
    StaffingStandard,
)
from registry.rules import COMMITTEES, SEATS, years_later

WHY = "演示。"
ADOPTED_ON = date(2025, 3, 1)
# Committees are elected in waves: how many days ago, and how many in a hundred. Of the last two
# waves one runs out within months, the other has run out.
WAVES = {150: 34, 420: 36, 700: 20, 1_000: 7, 1_105: 3}
JITTER = 20  # days over which a wave spreads
AWARDS = [
    (AwardLevel.NATIONAL, "全国模范人民调解员", "司法部"),
    (AwardLevel.PROVINCE, "全省人民调解工作先进个人", "省司法厅"),
    (AwardLevel.CITY, "金牌人民调解员", "市司法局"),
    (AwardLevel.CITY, "银牌人民调解员", "市司法局"),
    (AwardLevel.COUNTY, "优秀人民调解员", "县级司法局"),
]
BODY_AWARDS = [
    (AwardLevel.NATIONAL, "全国模范人民调解委员会", "司法部"),
    (AwardLevel.PROVINCE, "枫桥式人民调解委员会", "省司法厅"),
    (AwardLevel.CITY, "先进人民调解委员会", "市司法局"),
]
EMPLOYERS = {
    ExpertField.LAW: "绍兴市某律师事务所", ExpertField.MEDICINE: "绍兴市某人民医院",
    ExpertField.PSYCHOLOGY: "绍兴市某心理咨询中心", ExpertField.ENGINEERING: "绍兴市某设计院",
    ExpertField.FINANCE: "绍兴市某保险公司", ExpertField.LABOUR: "绍兴市某人力资源协会",
}  # fmt: skip


def make_honours(*, seed, today):
    """Give the city its standard, its terms of committees, and rows of every kind and state.

    Deterministic, and independent of how the people were drawn.
    """
    rng = random.Random(f"honours {seed}")  # noqa: S311 - a demo must be repeatable, not secret
    load("policies", actions.load_policies)
    load("standards", actions.load_standards)
    hold_elections(rng, today)
    given = {"by": None, "today": today, "reason": WHY}
    city = Division.objects.filter(level=DivisionLevel.CITY).order_by("pk").first()
    adopt(city)
    give_awards(today, given)
    give_stars(today, given)
    recognise_studios(today, given)
    gather_experts(rng, city, today, given)
    gather_auxiliaries(rng, today, given)


def load(name, take):
    path = settings.BASE_DIR / "fixtures" / f"{name}.json"
    take(json.loads(path.read_text(encoding="utf-8")))


def hold_elections(rng, today):
    """The members of a committee are elected on one day; a few terms are over, some nearly."""
    elected = defaultdict(list)
    committees = Organization.objects.filter(kind__in=COMMITTEES).order_by("pk")
    for pk in committees.values_list("pk", flat=True):
        [ago] = rng.choices(list(WAVES), WAVES.values())
        elected[today - timedelta(days=ago - rng.randrange(JITTER) * (ago < max(WAVES)))].append(pk)
    for day, pks in elected.items():
        held = Appointment.objects.filter(organization__in=pks, post__in=SEATS, until_on=None)
        # Whoever came from another post since then keeps the day of coming.
        earlier = Appointment.objects.filter(mediator=OuterRef("mediator"), until_on__gt=day)
        held.exclude(Exists(earlier)).update(from_on=day, term_until_on=years_later(day, 3))


def adopt(city):
    template = StaffingStandard.objects.templates().filter(standing="stated").order_by("pk").first()
    actions.adopt_standard(
        template.pk, by=None, today=ADOPTED_ON, reason=WHY, division=city, from_on=ADOPTED_ON
    )


def some(rows, count):
    """Return the first rows by primary key: the same in every city of the seed."""
    return list(rows.order_by("pk")[:count])


def give_awards(today, given):
    """Honours of every level, one of them withdrawn."""
    held = Appointment.objects.in_post(today).filter(organization__kind=OrganizationKind.TOWNSHIP)
    people = [one.mediator for one in some(held.select_related("mediator"), 3 * len(AWARDS))]
    for number, mediator in enumerate(people):
        level, title, giver = AWARDS[number % len(AWARDS)]
        day = years_later(today, -(number % 4) - 1)
        last = awards.add_award(
            level=level, title=title, awarded_by=giver, awarded_on=day, mediator=mediator, **given
        )
    townships = Organization.objects.listed().filter(kind=OrganizationKind.TOWNSHIP)
    for number, body in enumerate(some(townships, 6)):
        level, title, giver = BODY_AWARDS[number % len(BODY_AWARDS)]
        day = years_later(today, -(number % 3) - 1)
        awards.add_award(
            level=level, title=title, awarded_by=giver, awarded_on=day, organization=body, **given
        )
    if people:
        awards.withdraw_award(last.pk, **given)


def give_stars(today, given):
    """Stars: most current, one overdue, one replaced at its re-check."""
    townships = Organization.objects.listed().filter(kind=OrganizationKind.TOWNSHIP)
    for number, body in enumerate(some(townships, 12)):
        rated = {"most_stars": 5, "rated_by": "市司法局", "organization": body}
        if number == 0:
            stars.rate(stars=3, rated_on=years_later(today, -4), **rated, **given)
        elif number == 1:
            stars.rate(stars=3, rated_on=years_later(today, -3), **rated, **given)
            stars.rate(stars=4, rated_on=today, **rated, **given)
        else:
            stars.rate(
                stars=1 + number % 5, rated_on=years_later(today, -(number % 3)), **rated, **given
            )


def recognise_studios(today, given):
    """Studios that bear a brand or a person's name, one of them with its re-check overdue."""
    held = (
        Appointment.objects.in_post(today)
        .filter(organization__kind=OrganizationKind.STUDIO)
        .select_related("organization", "mediator")
    )
    led = {}
    for one in held.order_by("pk"):
        led.setdefault(one.organization, one.mediator)
    for number, (studio, leader) in enumerate(list(led.items())[:8]):
        brand = next((brand for brand in BRANDS if brand in studio.name), leader.name)
        stars.recognise_studio(
            organization=studio,
            named_after=brand,
            leader=leader,
            level=AwardLevel.values[number % 4],
            recognised_on=years_later(today, -4 if number == 0 else -(number % 3)),
            **given,
        )


def gather_experts(rng, city, today, given):
    """A pool in every field; one term is over, one expert left, one was renewed."""
    pool = []
    for number, (field, employer) in enumerate(2 * list(EMPLOYERS.items())):
        pool.append(
            experts.add_expert(
                name=full_name(rng, female=number % 2 == 0),
                field=field,
                employer=employer,
                division=city,
                born_on=years_later(today, -40 - 2 * number),
                phone=a_phone(rng),
                from_on=years_later(today, -5 if number in {0, 1} else -(number % 4)),
                **given,
            )
        )
    experts.renew_expert(pool[1].pk, **given)
    experts.end_expert(pool[2].pk, **given)


def gather_auxiliaries(rng, today, given):
    """Informants and volunteers of some villages; every fifth one has ended."""
    villages = Organization.objects.listed().filter(kind=OrganizationKind.VILLAGE)
    for number, body in enumerate(some(villages.select_related("division"), 20)):
        person = auxiliaries.add_auxiliary(
            kind=AuxiliaryKind.VOLUNTEER if number % 3 == 0 else AuxiliaryKind.INFORMANT,
            name=full_name(rng, female=number % 2 == 0),
            phone=a_phone(rng),
            division=body.division,
            organization=body if number % 2 else None,
            from_on=today - timedelta(days=100 + 10 * number),
            **given,
        )
        if number % 5 == 4:
            auxiliaries.end_auxiliary(person.pk, until_on=today - timedelta(days=3), **given)


def a_phone(rng):
    return f"139{rng.randint(0, 99_999_999):08d}"
