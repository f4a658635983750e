"""Who signs in, and how Django learns what a user may do."""

from django.contrib.auth.backends import ModelBackend

from office.roles import permissions_of
from office.scopes import grants_of


class PostBackend(ModelBackend):
    """The password lets in; permissions come from the roles of the posts a user holds today.

    What stands with a user or a group in Django's own tables gives nothing and is not read: posts
    have dates, confirmations and a ledger, those tables have not.
    """

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    def get_group_permissions(self, user_obj, obj=None):
        return set()

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

    def with_perm(self, perm, is_active=True, include_superusers=True, obj=None):
        raise NotImplementedError("Who holds a permission is asked of the posts.")
