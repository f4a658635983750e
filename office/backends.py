"""How Django learns what a user may do."""

from django.contrib.auth.backends import BaseBackend

from office.roles import permissions_of
from office.scopes import grants_of


class PostBackend(BaseBackend):
    """Permissions come from the roles of the posts a user holds today."""

    def get_all_permissions(self, user_obj, obj=None):
        # Rows are a matter of ``within``; asked about a single row this backend knows nothing.
        if obj is not None:
            return set()
        grants = grants_of(user_obj)
        # A page asks some hundred times; the grants are read once a request, and so are these.
        if getattr(user_obj, "grants_asked", None) is not grants:
            user_obj.grants_asked = grants
            user_obj.permissions_today = permissions_of({grant.role for grant in grants})
        return user_obj.permissions_today
