"""Who acts in the rounds of the demo: the demo's own accounts, and invented ones beside them."""

from datetime import timedelta

from office.models import User
from office.roles import Role
from registry import actions
from registry.models import Post

SERVED = timedelta(days=1_000)
PANELISTS = ["宣文清", "石开源", "方知远", "潘若谷", "郭守正", "赵以和", "何敬之"]


def officer(username):
    return User.objects.get(username=username)


def office_of(division, today):
    """Return an account of the justice office of a township, invented where there is none."""
    posts = Post.objects.filter(role=Role.JUSTICE_OFFICE, division=division, is_confirmed=True)
    if post := posts.order_by("pk").first():
        return post.user
    return _account(
        f"office-{division.code}", f"{division.name}司法所", Role.JUSTICE_OFFICE, division, today
    )


def panelists(division, today):
    """Return seven accounts of panel members in a division, the demo's own one first."""
    names = enumerate(PANELISTS[1:], start=2)
    own = officer("panel")
    return [
        own,
        *[
            _account(f"panel{at}-{division.code}", name, Role.PANEL, division, today)
            for at, name in names
        ],
    ]


def _account(username, name, role, division, today):
    account = User.objects.filter(username=username).first()
    if account is None:
        account = User(username=username, name=name)
        # Nobody signs in with it: it stands for somebody who acted before today.
        account.set_unusable_password()
        account.save()
        given = {"user": account, "role": role, "division": division}
        actions.grant_post(**given, from_on=today - SERVED, by=None, reason="演示。")
    return account
