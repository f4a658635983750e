"""Who may be asked to handle a complaint."""

from office.models import User
from office.roles import Role
from registry.models import Post
from registry.rules import enclosing


def handlers_for(complaint, today):
    """Return the accounts that may handle a complaint where it lies and have not to do with it."""
    posts = Post.objects.in_force(today).filter(
        role=Role.HANDLER, division__in=enclosing(complaint.division_id)
    )
    accounts = User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("pk")
    rows = type(complaint).objects.filter(pk=complaint.pk)
    return [one for one in accounts if rows.without_recused(one).exists()]
