"""One demo account for each role, in places where there is something to see."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from office.models import User
from office.roles import Role
from registry import actions
from registry.models import Division, Mediator, Organization, OrganizationKind, Post

FENGQIAO = "330681109"
# They have served for a while: what lies behind them in the demo was done by them.
SERVED = timedelta(days=1_200)
PASSWORD = "fengqiao-demo-2026"  # noqa: S105 - of the demo city only; the command refuses elsewhere


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demo: its user name, whom it stands for, and where it serves."""

    username: str
    name: str
    title: str
    role: str | None = None
    code: str = ""


ACCOUNTS = [
    DemoAccount("city", "沈明远", _("city bureau, Shaoxing"), Role.CITY_BUREAU, "3306"),
    DemoAccount(
        "city2", "章以宁", _("second officer, city bureau, Shaoxing"), Role.CITY_BUREAU, "3306"
    ),
    DemoAccount("county", "楼晓春", _("county bureau, Zhuji"), Role.COUNTY_BUREAU, "330681"),
    DemoAccount("county2", "俞敏之", _("second officer, Zhuji"), Role.COUNTY_BUREAU, "330681"),
    DemoAccount("township", "寿建林", _("justice office, Fengqiao"), Role.JUSTICE_OFFICE, FENGQIAO),
    DemoAccount(
        "township2", "楼志强", _("second officer, Fengqiao"), Role.JUSTICE_OFFICE, FENGQIAO
    ),
    DemoAccount("clerk", "边慧芬", _("clerk of the Fengqiao committee"), Role.CLERK, FENGQIAO),
    DemoAccount("panel", "宣文清", _("panel member"), Role.PANEL, "3306"),
    DemoAccount("trainer", "骆嘉宁", _("trainer"), Role.TRAINER, "3306"),
    DemoAccount("trainer2", "何知言", _("second trainer"), Role.TRAINER, "3306"),
    DemoAccount("handler", "斯宇平", _("complaint handler, Zhuji"), Role.HANDLER, "330681"),
    DemoAccount("handler2", "孟思远", _("second complaint handler, Zhuji"), Role.HANDLER, "330681"),
    DemoAccount("reviewer", "陶然之", _("complaint reviewer, Shaoxing"), Role.HANDLER, "3306"),
    DemoAccount("auditor", "竺安和", _("auditor"), Role.AUDITOR, "3306"),
    DemoAccount("system", "裘立波", _("system administrator"), Role.SYSTEM_ADMIN, "3306"),
    DemoAccount("mediator", "", _("a mediator of the Fengqiao committee")),
]


def make_accounts(today):
    """Store the accounts that are missing; returns all of them."""
    for account in ACCOUNTS:
        if User.objects.filter(username=account.username).exists():
            continue
        # The clerk has an address, so that a reminder can be tried out; it is printed, not sent.
        email = f"{account.username}@example.org" if account.role == Role.CLERK else ""
        user = User(username=account.username, name=account.name, email=email)
        user.set_password(PASSWORD)
        if account.role:
            user.save()
            _grant(user, account, today)
        else:
            _become_a_mediator(user)
    return ACCOUNTS


def _grant(user, account, today):
    place = {"division": Division.objects.get(code=account.code)}
    if account.role == Role.CLERK:
        place = {"organization": _committee(account.code)}
    actions.grant_post(
        user=user,
        role=Post(role=account.role).role,
        from_on=today - SERVED,
        by=None,
        reason="演示。",
        **place,
    )


def _become_a_mediator(user):
    """The account of the first mediator in post in the Fengqiao committee."""
    person = (
        Mediator.objects.filter(
            appointments__organization=_committee(FENGQIAO), appointments__until_on__isnull=True
        )
        .order_by("pk")
        .first()
    )
    user.name = person.name
    user.save()
    person.user = user
    person.save(update_fields=["user"])


def _committee(code):
    return Organization.objects.get(division__code=code, kind=OrganizationKind.TOWNSHIP)
