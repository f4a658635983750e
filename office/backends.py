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
        return permissions_of({grant.role for grant in grants_of(user_obj)})
