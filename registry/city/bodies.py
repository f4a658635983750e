"""The organisations of the city: who has which committees, and in which state they are."""

from dataclasses import dataclass
from datetime import timedelta

from registry.flows import OrganizationState
from registry.models import DivisionLevel, Organization, OrganizationKind, Speciality
from registry.models.public_id import ALPHABET, LENGTH

K, S = OrganizationKind, OrganizationState
INDUSTRY = {
    "medical": "医疗纠纷", "traffic": "道路交通事故", "labour": "劳动争议",
    "property": "物业管理", "marriage": "婚姻家庭", "consumer": "消费纠纷",
    "environment": "环境保护", "finance": "金融纠纷", "insurance": "保险",
    "intellectual": "知识产权", "food-drug": "食品药品", "tourism": "旅游",
}  # fmt: skip
TRADES = [
    "纺织",
    "印染",
    "袜业",
    "珍珠",
    "机电",
    "化工",
    "轴承",
    "茶业",
    "建筑",
    "酒业",
    "电机",
    "铜业",
]
HOSTS = ["人民法院", "人民检察院", "公安局交警大队", "信访局", "社会治理中心"]
BRANDS = ["老娘舅", "和为贵", "枫桥大妈", "红枫", "江大姐", "暖心", "稽山", "解忧", "平安", "同心"]
# How many in ten thousand stand outside the roster's calm. What is being filed comes with its
# filing (``registry.city.filings``).
STATES = {S.LISTED: 9_830, S.RECTIFYING: 40, S.CLOSING: 30, S.DEREGISTERED: 100}


@dataclass
class Plan:
    """What is to become an organisation, and how many mediators it should have."""

    name: str
    kind: str
    division: object
    weight: float
    speciality: str = ""
    under: "Plan | None" = None
    row: Organization | None = None


def plans(rng, divisions):
    """Yield the plans of all organisations, committees before what stands under them."""
    names = {division.pk: division.name for division in divisions}
    for place in divisions:
        if place.level == DivisionLevel.CITY:
            yield Plan(f"{place.name}人民调解委员会", K.COUNTY, place, 9)
            for code in list(INDUSTRY)[:6]:
                name = f"{place.name}{INDUSTRY[code]}人民调解委员会"
                yield Plan(name, K.INDUSTRY, place, 8, code)
            # Another regime, licensed by the province: listed, not graded here.
            yield Plan(f"{place.name}商事调解中心", K.COMMERCIAL, place, 0)
        elif place.level == DivisionLevel.COUNTY:
            yield from _of_a_county(rng, place)
        elif place.level == DivisionLevel.TOWNSHIP:
            yield from _of_a_township(rng, place)
        # Not every village has a committee; in a small one its members do the work.
        elif place.level == DivisionLevel.VILLAGE and rng.random() < 0.93:
            name = f"{names[place.parent_id]}{_village(place.name)}人民调解委员会"
            yield Plan(name, K.VILLAGE, place, 2.9)


def _of_a_county(rng, county):
    name, committee = county.name, Plan(f"{county.name}人民调解委员会", K.COUNTY, county, 6)
    yield committee
    for code in rng.sample(list(INDUSTRY), rng.randint(8, 10)):
        yield Plan(f"{name}{INDUSTRY[code]}人民调解委员会", K.INDUSTRY, county, 6, code)
    for host in HOSTS:
        yield Plan(f"{committee.name}驻{host}工作室", K.STATIONED, county, 3, under=committee)
    for trade in rng.sample(TRADES, 2):
        yield Plan(f"{name}{trade}行业商会人民调解委员会", K.SOCIAL, county, 4)
    yield Plan(f"{name}经济开发区人民调解委员会", K.REGIONAL, county, 5)


def _of_a_township(rng, place):
    name, committee = place.name, Plan(f"{place.name}人民调解委员会", K.TOWNSHIP, place, 8)
    yield committee
    yield Plan(f"{committee.name}驻派出所工作室", K.STATIONED, place, 2, under=committee)
    if rng.random() < 0.85:
        brand = rng.choice(BRANDS)
        yield Plan(f"{name}{brand}人民调解工作室", K.STUDIO, place, 2, under=committee)
    for trade in rng.sample(TRADES, rng.choice([1, 1, 2])):
        yield Plan(f"{name}{trade}集团有限公司人民调解委员会", K.ENTERPRISE, place, 3)
    if rng.random() < 0.3:
        group = f"{name}第{rng.randint(1, 9)}人民调解小组"
        yield Plan(group, K.GROUP, place, 1.5, under=committee)


def _village(name):
    for ending in ("居委会", "村委会", "委员会"):
        name = name.removesuffix(ending)
    return name


def organizations(rng, divisions, today):
    """Store the organisations of the plans; returns the plans with their rows."""
    made = list(plans(rng, divisions))
    specialities = {s.code: s for s in Speciality.objects.all()}
    for number, plan in enumerate(made, start=1):
        plan.row = _row(rng, plan, number, specialities, today)
    for standing in (False, True):
        batch = [plan for plan in made if bool(plan.under) is standing]
        for plan in batch:
            plan.row.parent = plan.under.row if plan.under else None
        Organization.objects.bulk_create([plan.row for plan in batch], batch_size=1_000)
    _link_successors(made)
    return made


def _row(rng, plan, number, specialities, today):
    state = S.LISTED
    if plan.kind not in {K.COUNTY, K.TOWNSHIP}:
        state = rng.choices(list(STATES), STATES.values())[0]
    established = today - timedelta(days=rng.randint(400, 5_400))
    on_roster = state in {S.LISTED, S.CHANGE_PENDING, S.RECTIFYING, S.CLOSING, S.DEREGISTERED}
    return Organization(
        public_id=draw_public_id(rng),
        name=plan.name,
        kind=plan.kind,
        field=specialities.get(plan.speciality),
        division=plan.division,
        founding_unit=plan.name.split("人民调解")[0],
        number=f"{plan.division.code[:6].ljust(6, '0')}{number:05d}" if on_roster else None,
        state=state,
        established_on=established,
        filed_on=established + timedelta(days=rng.randint(5, 30)) if on_roster else None,
        confirmed_on=today - timedelta(days=rng.randint(20, 420)) if on_roster else None,
        deregistered_on=today - timedelta(days=rng.randint(10, 380))
        if state == S.DEREGISTERED
        else None,
        address=f"{plan.name.split('人民调解')[0]}便民服务中心{rng.randint(1, 3)}楼",
        phone=f"0575-8{rng.randint(1_000_000, 9_999_999)}",
        hours="工作日 8:30-12:00，14:00-17:30",
    )


def _link_successors(made):
    """A deregistered village committee went to that of its township."""
    committees = {plan.division.pk: plan.row for plan in made if plan.kind == K.TOWNSHIP}
    linked = [
        plan.row
        for plan in made
        if plan.row.state == S.DEREGISTERED and plan.division.parent_id in committees
    ]
    for row in linked:
        row.successor = committees[row.division.parent_id]
    Organization.objects.bulk_update(linked, ["successor"], batch_size=500)


def draw_public_id(rng):
    return "".join(rng.choice(ALPHABET) for _ in range(LENGTH))
