"""A handful of cases in every state, through the acts that mediators and officers take."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from casework import actions
from casework.models import Agreement, CaseRecord, CaseSource, DifficultyScheme, DisputeType
from registry.models import Appointment

DAY = timedelta(days=1)
REASON = "演示。"
# What happens to a case, how often in a round.
LIVES = (
    "spot", "spot", "spot", "written", "written", "later", "partly", "refused", "failed",
    "withdrawn", "transferred", "open", "draft", "void", "reopened", "joined",
)  # fmt: skip
ROUNDS = 4
STORIES = (
    "两家因房屋滴水发生争执。", "因田埂边界多次争吵。", "借款到期未还。",
    "电动车剐蹭后赔偿谈不拢。",
    "装修噪声影响休息。", "合伙经营散伙后分账不清。", "老人赡养费分担有分歧。", "工钱拖欠两个月。",
)  # fmt: skip
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈", "建国秀英志强桂兰海燕文斌玉梅立新春花永福"
DOCUMENTS = ["application", "notice", "identity", "record", "agreement", "cover"]


@transaction.atomic
def make_some_cases(today, rounds=ROUNDS):
    """Enter invented cases in every state for people in post; returns how many there are.

    Deterministic: the same city and day make the same cases. The account ``mediator`` has the first
    of each kind.
    """
    posts = _posts(today, rounds)
    types = list(DisputeType.objects.order_by("order", "pk"))
    if not posts or not types:
        return 0
    for number in range(rounds * len(LIVES)):
        post = posts[number % len(posts)] if number >= len(LIVES) else posts[0]
        _live(LIVES[number % len(LIVES)], number, post, types[number % len(types)], today)
    return CaseRecord.objects.count()


def _posts(today, rounds):
    """Posts held long enough for a case, that of the demo mediator first."""
    rows = Appointment.objects.on_the_roster(today).filter(from_on__lte=today - 90 * DAY)
    rows = rows.select_related("mediator__user", "organization").order_by("pk")
    own = list(rows.filter(mediator__user__username="mediator")[:1])
    return [*own, *rows[: rounds * 5]]


def _live(life, number, post, dispute_type, today):
    by = post.mediator.user
    accepted_on = today - (20 + number % 40) * DAY
    note = {"by": by, "today": today, "reason": REASON}
    given = _given(number, post, dispute_type, accepted_on)
    if life == "draft":
        return actions.begin_case(**note, **given)
    case = actions.enter_case(**note, **given, close=_close(life, accepted_on, today))
    return _after(life, case, note, given)


def _given(number, post, dispute_type, accepted_on):
    colleague = (
        post.organization.appointments.in_post(accepted_on)
        .exclude(mediator=post.mediator)
        .select_related("mediator")
        .order_by("pk")
        .first()
    )
    shares = [(post.mediator, "lead", 2 if number % 3 == 0 else 1)]
    if number % 3 == 0 and colleague:
        shares.append((colleague.mediator, "together", 1))
    return {
        "organization": post.organization,
        "dispute_type": dispute_type,
        "difficulty": _class(post.organization.division_id, accepted_on, number),
        "source": CaseSource.values[number % len(CaseSource.values)],
        "accepted_on": accepted_on,
        "people": 2 + number % 5,
        "amount": Decimal(500 * (1 + number % 30)) if number % 2 else None,
        "attempts": 1 + number % 3,
        "documents": DOCUMENTS[: 3 + number % 4],
        "summary": STORIES[number % len(STORIES)],
        "shares": shares,
        "parties": [_party("applicant", number), _party("respondent", number + 7)],
    }


def _class(division_id, on, number):
    scheme = DifficultyScheme.objects.ruling(division_id, on)
    classes = list(scheme.classes.order_by("order")) if scheme else []
    return classes[min(number % 5, len(classes) - 1)] if classes else None


def _party(side, number):
    start = 2 * (number % (len(GIVEN) // 2))
    name = FAMILY[number % len(FAMILY)] + GIVEN[start : start + 2]
    # No number of this form is given to anybody.
    return {"side": side, "name": name, "phone": f"1990000{number % 10_000:04d}"}


def _close(life, accepted_on, today):
    """Return how the case of a life is closed, or None while it runs on."""
    day = accepted_on + 5 * DAY
    agreed = {"step": "succeed", "closed_on": day, "agreement": Agreement.WRITTEN}
    done = {"fulfilment": "fulfilled", "fulfilled_on": day, "is_voluntary": True}
    return {
        "spot": agreed | done | {"agreement": Agreement.ORAL},
        "written": agreed | done,
        "later": agreed | {"fulfilment": "pending", "due_on": today + 5 * DAY},
        "partly": agreed | {"fulfilment": "partly", "due_on": day + 5 * DAY},
        "refused": agreed | {"fulfilment": "refused", "due_on": day + 5 * DAY},
        "failed": {"step": "fail", "closed_on": day},
        "withdrawn": {"step": "withdraw", "closed_on": day},
        "transferred": {"step": "transfer", "closed_on": day, "transferred_to": "人民法院"},
        "void": {"step": "fail", "closed_on": day},
        "reopened": {"step": "fail", "closed_on": day},
        "joined": agreed | done,
    }.get(life)


def _after(life, case, note, given):
    """What still happens to a case after it was entered."""
    if life == "written":
        court = {"confirmation": "confirmed", "confirmation_on": case.closed_on + 3 * DAY}
        return actions.note_confirmation(case.pk, **note, **court)
    if life == "void":
        return actions.void_case(case.pk, **note)
    if life == "reopened":
        return actions.reopen_case(case.pk, **note)
    if life == "joined":
        close = {"step": "succeed", "closed_on": case.closed_on, "agreement": Agreement.WRITTEN}
        twin = actions.enter_case(**note, **given, close=close)
        return actions.join_disputes(twin.pk, other=case, **note)
    return case
