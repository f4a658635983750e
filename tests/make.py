"""Valid rows for tests, built through the real models with ``full_clean()``."""

import json
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from django.utils import timezone

from office.models import User
from registry import actions
from registry.flows import OrganizationState
from registry.models import (
    Appointment,
    ConfirmationCampaign,
    Division,
    Filing,
    Language,
    Level,
    LevelHolding,
    Mediator,
    Organization,
    Policy,
    Speciality,
)
from registry.models.division import division_id

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
BORN_ON = date(1980, 5, 4)
_numbers = count(1)


def moment():
    """A moment after all that was written so far, told apart from it by a millisecond."""
    now = timezone.now()
    while timezone.now() < now + timedelta(milliseconds=2):
        pass
    return now + timedelta(milliseconds=1)


def next_number():
    return next(_numbers)


def is_set_key(obj, field):
    return field.remote_field is not None and getattr(obj, field.attname) is not None


def saved(obj):
    """Store a row; what the database itself holds is not asked one by one before."""
    keys = {field.name for field in obj._meta.concrete_fields if is_set_key(obj, field)}
    obj.full_clean(exclude=keys, validate_unique=False, validate_constraints=False)
    obj.save()
    return obj


LEVELS = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}


def division(code="330681", name=None):
    """A division, with all the divisions above it."""
    if found := Division.objects.filter(code=code).first():
        return found
    parents = [length for length in LEVELS if 2 < length < len(code) or (length == 2 < len(code))]
    parent = division(code[: parents[-1]]) if parents else None
    return saved(
        Division(
            id=division_id(code),
            code=code,
            name=name or f"Division {code}",
            level=LEVELS[len(code)],
            parent=parent,
        )
    )


def user(username=None, *, is_superuser=False, **fields):
    username = username or f"user{next(_numbers)}"
    account = User(
        username=username, name=fields.pop("name", username), is_superuser=is_superuser, **fields
    )
    account.set_password("correct horse battery")
    return saved(account)


def officer(role, place, *, from_on=TODAY - 900 * DAY, until_on=None, **fields):
    """An account with a post, granted by a superuser."""
    account = user(**fields)
    place = {"organization" if isinstance(place, Organization) else "division": place}
    actions.grant_post(
        user=account,
        role=role,
        from_on=from_on,
        until_on=until_on,
        by=user(is_superuser=True),
        reason="Set up.",
        **place,
    )
    return account


def speciality(code="neighbours", name="邻里", name_en="Neighbours"):
    return Speciality.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})[
        0
    ]


def language(code="mandarin", name="普通话", name_en="Mandarin"):
    return Language.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})[0]


def level(rank=4):
    label = "一二三四"[rank - 1] + "级"
    return Level.objects.get_or_create(
        scale="level",
        code=f"l{rank}",
        defaults={"label": label, "label_en": f"Level {rank}", "rank": rank},
    )[0]


def organization(state=OrganizationState.LISTED, *, in_division=None, **fields):
    fields.setdefault("name", f"第{next(_numbers)}村人民调解委员会")
    fields.setdefault("kind", "village")
    fields.setdefault("established_on", date(2012, 3, 15))
    if state == OrganizationState.DEREGISTERED:
        fields.setdefault("deregistered_on", TODAY - 30 * DAY)
    return saved(Organization(division=in_division or division(), state=state, **fields))


def mediator(*, in_division=None, **fields):
    fields.setdefault("name", f"调解员{next(_numbers)}")
    return saved(Mediator(division=in_division or division(), **fields))


def appointment(person=None, body=None, **fields):
    body = body or organization()
    fields.setdefault("from_on", TODAY - 400 * DAY)
    fields.setdefault("employment", "part_time")
    if fields.get("state") == "ended":
        fields.setdefault("ended_by", "resigned")
    return saved(
        Appointment(
            mediator=person or mediator(in_division=body.division), organization=body, **fields
        )
    )


def left(until_on):
    """What an appointment says of somebody who resigned."""
    return {"state": "ended", "ended_by": "resigned", "until_on": until_on}


def level_holding(person, rank=4, from_on=TODAY - 200 * DAY, **fields):
    return saved(LevelHolding(mediator=person, level=level(rank), from_on=from_on, **fields))


def policies():
    """The policies that come with the product."""
    path = Path(__file__).parent.parent / "fixtures" / "policies.json"
    actions.load_policies(json.loads(path.read_text(encoding="utf-8")))


def members(body, count=3, *, state="in_post", **person):
    """Members of a committee, a woman for director first."""
    person = {"born_on": BORN_ON, **person}
    posts = ["director", *["member"] * (count - 1)]
    people = [
        mediator(in_division=body.division, sex="female", **person),
        *[mediator(in_division=body.division, sex="male", **person) for _more in posts[1:]],
    ]
    return [
        appointment(person, body, post=post, state=state)
        for person, post in zip(people, posts, strict=True)
    ]


def filing(state="draft", *, kind="change", body=None, **fields):
    """A filing in any state, of an organisation in the state that goes with it."""
    if not Policy.objects.exists():
        policies()
    beside = {"set_up": SET_UP_STATES, "change": CHANGE_STATES}.get(kind, {})
    body = body or organization(beside.get(state, "listed"), established_on=TODAY - 5 * DAY)
    if kind == "re_election":
        fields = {"term_number": 1, "term_from_on": TODAY - 5 * DAY, **fields}
    if kind == "change":
        fields.setdefault("proposed", {"phone": "0575-87000009"})
    if state not in {"draft", "withdrawn"}:
        fields.setdefault("submitted_on", TODAY - 2 * DAY)
    if state == "returned":
        fields = {"returned_from": "first_review", "reasons": "Unclear.", **fields}
    if state in {"filed", "refused", "withdrawn"}:
        fields = {"decided_on": TODAY - DAY, "decided_by": user(), **fields}
    fields.setdefault("event_on", TODAY - 5 * DAY)
    fields.setdefault("opened_on", TODAY - 3 * DAY)
    fields.setdefault("opened_by", user())
    policy = Policy.objects.get(key="filing_limit", division=None, kind="")
    return saved(Filing(kind=kind, state=state, organization=body, policy=policy, **fields))


SET_UP_STATES = {
    "draft": "draft", "first_review": "first_review", "returned": "returned",
    "filing": "filing", "filed": "listed", "refused": "not_listed", "withdrawn": "not_listed",
}  # fmt: skip
CHANGE_STATES = {
    "first_review": "change_pending", "returned": "change_pending", "filing": "change_pending",
}  # fmt: skip


def campaign(place=None, **fields):
    place = place or division()
    low, high = place.span
    fields = {"year": 2026, "from_on": TODAY - 10 * DAY, "due_on": TODAY + 20 * DAY, **fields}
    return saved(
        ConfirmationCampaign(division=place, low=low, high=high, opened_by=user(), **fields)
    )
