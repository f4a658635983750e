"""Who may see and touch which rows in the Wagtail admin.

Register one for every scoped model in ``AppConfig.ready()``: Wagtail's own generic views then ask
about the row as well, wherever they still are in use.
"""

from functools import reduce
from operator import or_

from django.contrib.auth import get_permission_codename
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from office.queries import ScopedQuerySet


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
