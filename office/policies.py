"""Who may see and touch which rows, pages and files in the Wagtail admin.

Register one for every scoped model in ``AppConfig.ready()``: Wagtail's own generic views then ask
about the row as well, wherever they still are in use.
"""

from functools import reduce
from operator import or_

from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group
from django.db.models import Q
from wagtail.models import GroupCollectionPermission, GroupPagePermission
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from office.queries import ScopedQuerySet
from office.scopes import grants_of


def permission_for(action, model):
    """Return the permission for an action on a model, as ``app.action_model``."""
    return f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"


def rows_for(user, action, model):
    """Return the rows of a model on which the user may take the action; often none.

    The permission says what, the posts that carry it say where.
    """
    rows, permission = model._default_manager.all(), permission_for(action, model)
    return rows.within(user, permission) if user.has_perm(permission) else rows.none()


class ScopedPolicy(ModelPermissionPolicy):
    """The permission of a role says what, the posts that carry the role say on which rows."""

    def user_has_permission_for_instance(self, user, action, instance):
        return rows_for(user, action, self.model).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user, actions, instance):
        rows = self.instances_user_has_any_permission_for(user, actions)
        return rows.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user, actions):
        rows = (rows_for(user, action, self.model) for action in actions)
        return reduce(or_, rows, self.model._default_manager.none())

    def users_with_any_permission_for_instance(self, actions, instance):
        """Nobody is listed: roles are not in the tables this would be read from.

        Wagtail asks this only to notify the moderators of a workflow; no scoped model has one.
        """
        return self.users_with_any_permission(actions).none()


def scope_policies(app):
    """Register the policy for every model of an app whose rows have a scope."""
    for model in app.get_models():
        if isinstance(model._default_manager.all(), ScopedQuerySet):
            register_permission_policy(model, ScopedPolicy(model))


def group_of(role):
    """Return the name of the group whose pages and files the holders of a role may write.

    Nobody is put into it: whoever holds a post of the role today counts as one of it.
    """
    return f"role:{role}"


def groups_of(user):
    """Return the keys of the groups a user is in, and of those of the roles held today.

    Read once per user object, that is once per request; of most there are none, and then nothing
    further is asked.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "groups_today"):
        roles = {group_of(grant.role) for grant in grants_of(user)}
        groups = Group.objects.filter(Q(user=user) | Q(name__in=roles))
        user.groups_today = list(groups.values_list("pk", flat=True))
    return user.groups_today


class PagePolicy(PagePermissionPolicy):
    """Wagtail's rights on parts of the page tree, for posts as well as for groups."""

    def get_all_permissions_for_user(self, user):
        rights = GroupPagePermission.objects.filter(group__in=groups_of(user))
        return rights.select_related("page", "permission")


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's rights on collections of files, for posts as well as for groups."""

    def get_all_permissions_for_user(self, user):
        rights = GroupCollectionPermission.objects.filter(group__in=groups_of(user))
        return rights.select_related("collection", "permission")


def admit_posts_to_pages(page, *files):
    """Register the policies that heed posts: for pages, and for the models of files."""
    register_permission_policy(page, PagePolicy(page))
    for model in files:
        label = model._meta.label_lower
        policy = FilePolicy(model, auth_model=label, owner_field_name="uploaded_by_user")
        # Wagtail's own apps register theirs after this; the exact class is asked first.
        register_permission_policy(model, policy, exact_class=True)
